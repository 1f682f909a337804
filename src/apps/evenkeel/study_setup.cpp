#include "apps/evenkeel/study_setup.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "apps/evenkeel/command.hpp"
#include "cohort/outcome_bytes.hpp"
#include "content/library_loader.hpp"
#include "content/study_reader.hpp"
#include "store/audit.hpp"

namespace evenkeel::app {
namespace {

namespace fs = std::filesystem;

void set_numbers(const StudyOptions& options, cohort::Study& study) {
  study.patients = options.patients.value_or(study.patients);
  study.weeks = options.weeks.value_or(study.weeks);
  study.seed = options.seed.value_or(study.seed);
}

// Files of the folder and those below whose name ends so, by path.
Result<std::vector<fs::path>> files_below(const fs::path& folder, std::string_view ending, bool deep) {
  std::vector<fs::path> files;
  std::error_code error;
  fs::recursive_directory_iterator it{folder.empty() ? "." : folder, error};
  for (; !error && it != fs::recursive_directory_iterator{}; it.increment(error)) {
    if (!deep) it.disable_recursion_pending();
    if (it->path().filename().string().ends_with(ending)) files.push_back(it->path());
  }
  if (error)
    return Error{ErrorCode::storage, folder.string(), "the folder cannot be read: " + error.message()};
  std::ranges::sort(files);
  return files;
}

// Of the files' names within the folder and their contents.
Result<std::string> hash_of(const fs::path& folder, const std::vector<fs::path>& files) {
  std::string all;
  for (const fs::path& file : files) {
    const auto text = content::read_text(file);
    if (!text) return text.error();
    all += file.lexically_relative(folder.empty() ? "." : folder).string() + ' ' +
           store::hex(store::sha256(*text)) + '\n';
  }
  return store::hex(store::sha256(all));
}

Result<std::string> hash_below(const fs::path& folder, std::string_view ending, bool deep) {
  const auto files = files_below(folder, ending, deep);
  if (!files) return files.error();
  return hash_of(folder, *files);
}

}  // namespace

Result<StudySetup, Errors> set_up(const StudyOptions& options) {
  const fs::path folder = content_folder(options.content);
  auto study = content::load_study(options.study, folder);
  if (!study) return std::move(study.error());
  set_numbers(options, *study);
  if (options.sensitivity && study->sensitivity_patients == 0) {
    return Errors{{ErrorCode::invalid_input, "--sensitivity",
                   "the study's 'sensitivity_patients' is 0: say there how many patients each run has"}};
  }
  auto library = content::load_library(folder, instruments_folder(options.instruments));
  if (!library) return std::move(library.error());
  StudySetup setup;
  setup.library = std::make_unique<const assess::Library>(*std::move(library));
  auto world = cohort::World::make(*std::move(study), *setup.library);
  if (!world) return Errors{world.error()};
  setup.world = std::make_unique<const cohort::World>(*std::move(world));
  return setup;
}

Result<StudyMarks> marks_of(const StudyOptions& options, const cohort::Study& study) {
  const fs::path file{options.study};
  const auto text = content::read_text(file);
  if (!text) return text.error();
  const auto beside = hash_below(file.parent_path(), ".population.json", false);
  if (!beside) return beside.error();
  const auto content = hash_below(content_folder(options.content), ".json", true);
  if (!content) return content.error();
  const std::string instruments = instruments_folder(options.instruments).string();
  const auto own = instruments.empty() ? Result<std::string>{"none"} : hash_below(instruments, ".json", true);
  if (!own) return own.error();
  return StudyMarks{{"program", "evenkeel " EVENKEEL_VERSION},
                    {"outcomes", fmt::format("{}", cohort::outcome_form)},
                    {"study", study.id + " " + study.version},
                    {"study_sha256", store::hex(store::sha256(*text + *beside))},
                    {"patients", fmt::format("{}", study.patients)},
                    {"weeks", fmt::format("{}", study.weeks)},
                    {"seed", fmt::format("{}", study.seed)},
                    {"content_sha256", *content},
                    {"instruments_sha256", *own}};
}

}  // namespace evenkeel::app
