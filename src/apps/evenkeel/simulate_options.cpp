#include "apps/evenkeel/simulate_options.hpp"

#include <fmt/format.h>

#include "apps/evenkeel/arguments.hpp"
#include "pkpd/subject.hpp"

namespace evenkeel::app {
namespace {

Error fault(std::string option, std::string what) {
  return {ErrorCode::invalid_input, std::move(option), std::move(what)};
}

std::optional<Error> not_for_a_table(const SimulateOptions& options) {
  const std::pair<bool, const char*> unfit[] = {{!options.at.empty(), "--at"},
                                                {!options.every.empty(), "--every"},
                                                {!options.until.empty(), "--until"},
                                                {!options.percentiles.empty(), "--percentiles"},
                                                {!options.population.empty(), "--population"},
                                                {options.subjects != 1, "--subjects"},
                                                {options.models.size() > 1, "--model"},
                                                {!options.effects.empty(), "--effect"},
                                                {!options.interaction.empty(), "--interaction"},
                                                {options.format != "csv", "--format"}};
  for (const auto& [given, option] : unfit) {
    if (given)
      return fault(option, "a table has its own subjects and times, and gives one table back, in CSV");
  }
  return std::nullopt;
}

std::optional<Error> not_for_a_regimen(const SimulateOptions& options) {
  if (!options.covariates.empty())
    return fault("--covariate", "a regimen has no columns; this is for a table's");
  if (options.repeated_ids) return fault("--repeated-ids", "a regimen has no ids; this is for a table's");
  if (options.at.empty() == (options.every.empty() || options.until.empty()) ||
      (!options.at.empty() && !options.every.empty()))
    return fault("--every", "say when to read: --every 5min --until 24h, or --at 0,40min,2h");
  if (options.subjects == 0) return fault("--subjects", "at least one");
  if (options.subjects > 1 && !options.seed)
    return fault("--seed", "simulated subjects need a seed, so that they can be simulated again");
  if (!options.population.empty() && !options.patient.empty())
    return fault("--population", "either one patient or a population");
  if (!options.percentiles.empty() && options.subjects == 1)
    return fault("--percentiles", "percentiles need more than one subject: --subjects N --seed S");
  if (options.exact && options.percentiles.empty() && options.format == "csv")
    return fault("--exact", "this is for percentiles");
  const bool one_curve = options.subjects == 1 && options.models.size() == 1 && options.format == "csv";
  if (!options.effects.empty() && !one_curve)
    return fault("--effect", "effects are read off one curve: one model, one patient, in CSV");
  return std::nullopt;
}

}  // namespace

std::optional<Error> contradiction(const SimulateOptions& options, bool is_table) {
  const bool drawn = options.residual || options.replicate != 0 || !options.population.empty();
  if (drawn && !options.seed) return fault("--seed", "what is drawn at random needs a seed");
  return is_table ? not_for_a_table(options) : not_for_a_regimen(options);
}

Result<std::vector<Duration>> times_of(const SimulateOptions& options) {
  if (!options.at.empty()) return times_argument(options.at);
  const auto every = duration_argument(options.every, "--every");
  if (!every) return every.error();
  const auto until = duration_argument(options.until, "--until");
  if (!until) return until.error();
  return even_times(*every, *until);
}

Result<exchange::CarriedByName> carried_of(const SimulateOptions& options) {
  exchange::CarriedByName carried;
  for (const std::string& word : options.covariates) {
    const auto equals = word.find('=');
    const std::string how = equals == std::string::npos ? "" : word.substr(equals + 1);
    const auto as = how == "backward"  ? std::optional{pkpd::Carried::backward}
                    : how == "forward" ? std::optional{pkpd::Carried::forward}
                    : how == "linear"  ? std::optional{pkpd::Carried::linear}
                                       : std::nullopt;
    if (!as) return fault("--covariate", fmt::format("'{}': write COLUMN=backward, forward or linear", word));
    carried.emplace_back(word.substr(0, equals), *as);
  }
  return carried;
}

}  // namespace evenkeel::app
