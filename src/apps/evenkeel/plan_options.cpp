#include "apps/evenkeel/plan_options.hpp"

#include <fmt/format.h>

#include "apps/evenkeel/aims.hpp"
#include "content/library_loader.hpp"
#include "content/site_reader.hpp"

namespace evenkeel::app {
namespace {

// What stands between the separators.
std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts{""};
  for (const char c : text) {
    if (c == separator)
      parts.emplace_back();
    else
      parts.back() += c;
  }
  return parts;
}

Result<std::vector<Decimal>> decimals(const std::string& text, char separator, const char* option,
                                      const char* form) {
  std::vector<Decimal> found;
  for (const std::string& part : split(text, separator)) {
    auto value = Decimal::parse(part);
    if (!value || !(*value > Decimal{}))
      return Error{ErrorCode::invalid_input, option, fmt::format("'{}' is not of the form '{}'", text, form)};
    found.push_back(*value);
  }
  return found;
}

// Doses and lengths together: where one is named, the other must be too, for the plan's is not known here.
Result<std::optional<plan::Grid>> grid_of(const PlanOptions& options) {
  if (options.doses.empty() && options.lengths.empty()) return std::optional<plan::Grid>{};
  if (options.doses.empty() || options.lengths.empty())
    return Error{ErrorCode::invalid_input, options.doses.empty() ? "--doses" : "--lengths",
                 "--doses and --lengths go together: name both, or none for the plan's"};
  const auto doses = decimals(options.doses, ':', "--doses", "0.1:0.5:0.05");
  if (!doses) return doses.error();
  if (doses->size() != 3)
    return Error{ErrorCode::invalid_input, "--doses", "needs three numbers: from:to:step, in mg/kg"};
  const auto lengths = decimals(options.lengths, ',', "--lengths", "40,60");
  if (!lengths) return lengths.error();
  return std::optional{plan::Grid{(*doses)[0], (*doses)[1], (*doses)[2], *lengths, {plan::Profile{}}}};
}

}  // namespace

Result<assess::NextDoseOptions> next_dose_options(const PlanOptions& options) {
  assess::NextDoseOptions made;
  if (!options.start.empty()) {
    auto start = Instant::parse(options.start);
    if (!start) {
      start.error().where = "--start";
      return start.error();
    }
    made.start = *start;
  }
  made.purpose = options.giving ? plan::Purpose::giving : plan::Purpose::planning;
  for (const std::string& text : options.peaks) {
    auto aim = peak_argument(text);
    if (!aim) return aim.error();
    made.aims.push_back(*std::move(aim));
  }
  for (const std::string& text : options.effects) {
    auto aim = effect_argument(text);
    if (!aim) return aim.error();
    made.aims.push_back(*std::move(aim));
  }
  if (!made.aims.empty()) made.aims.emplace_back(plan::LeastDose{});
  auto grid = grid_of(options);
  if (!grid) return grid.error();
  made.grid = *std::move(grid);
  made.models = options.models;
  made.interactions = options.interactions;
  if (options.assumed_error_percent) made.assumed_sd = *options.assumed_error_percent / 100.0;
  made.seed = options.seed;
  return made;
}

Result<plan::Site, Status> site_or_complain(const std::string& file) {
  const auto text = content::read_text(file);
  if (!text) {
    complain(text.error());
    return storage_failed;
  }
  auto site = content::read_site(*text);
  if (site) return *std::move(site);
  for (Error fault : site.error()) {
    fault.where = fault.where.empty() ? file : file + ": " + fault.where;
    complain(fault);
  }
  return bad_input;
}

}  // namespace evenkeel::app
