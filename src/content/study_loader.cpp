#include "content/behaviour_reader.hpp"
#include "content/library_loader.hpp"
#include "content/population_reader.hpp"
#include "content/study_reader.hpp"

namespace evenkeel::content {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view population_ending = ".population.json";

void add(Errors faults, const std::string& file, Errors& all) {
  for (Error& fault : faults) {
    fault.where = fault.where.empty() ? file : file + ": " + fault.where;
    all.push_back(std::move(fault));
  }
}

// Each *.population.json of the folder; one with a fault is told, for the study may rest on it.
std::vector<pkpd::Demographics> populations_in(const fs::path& folder, Errors& faults) {
  std::vector<fs::path> files;
  std::error_code error;
  for (fs::directory_iterator it{folder.empty() ? "." : folder, error}, end; !error && it != end;
       it.increment(error)) {
    if (it->path().filename().string().ends_with(population_ending)) files.push_back(it->path());
  }
  std::ranges::sort(files);
  std::vector<pkpd::Demographics> populations;
  for (const fs::path& file : files) {
    const auto text = read_text(file);
    if (!text) {
      faults.push_back(text.error());
      continue;
    }
    auto population = read_population(*text);
    if (population)
      populations.push_back(*std::move(population));
    else
      add(std::move(population.error()), file.string(), faults);
  }
  return populations;
}

}  // namespace

Result<cohort::Study, Errors> load_study(const fs::path& file, const fs::path& content_folder) {
  const auto text = read_text(file);
  if (!text) return Errors{text.error()};
  const auto behaviours = load_behaviours(content_folder);
  if (!behaviours) return Errors{behaviours.error()};
  Errors faults;
  const auto populations = populations_in(file.parent_path(), faults);
  auto study = read_study(*text, {*behaviours, populations});
  if (!study) add(std::move(study.error()), file.string(), faults);
  if (!faults.empty()) return faults;
  return study;
}

}  // namespace evenkeel::content
