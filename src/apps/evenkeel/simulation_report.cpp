#include "apps/evenkeel/simulation_report.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "apps/evenkeel/arguments.hpp"
#include "apps/evenkeel/output.hpp"

namespace evenkeel::app {
namespace {

using report::SimulatedCurve;
using report::SimulatedModel;
using report::SimulatedQuantity;
using report::Simulation;

constexpr const char* usual_percentiles = "5,50,95";
constexpr double no_level = 1e12;  // mg/L: never reached

struct Shown {
  double of_mg_L = 1.0;
  std::string unit;
};
Shown shown(const pkpd::Output& output) {
  return output.moiety == pkpd::Moiety::unspecified ? Shown{1.0, "mg/L"} : Shown{1000.0, "ng/mL"};
}

std::string dose_words(const pkpd::Model& model, const pkpd::TimedDose& each, bool per_kg) {
  const double amount = each.dose.amount.in(units::mg);
  std::string words = per_kg ? fmt::format("{:.6g} mg/kg", amount / 70.0) : fmt::format("{:.6g} mg", amount);
  if (each.dose.form == pkpd::DoseForm::over_duration)
    words += fmt::format(" over {:.6g} min", each.dose.duration.in(units::min));
  words += ", " + model.routes[each.dose.route].id;
  if (each.dose.additional > 0)
    words +=
        fmt::format(", and {} more, {:.6g} h apart", each.dose.additional, each.dose.interval.in(units::h));
  if (each.dose.steady != pkpd::SteadyState::none) words += ", repeated since ever";
  return words;
}

std::string subjects_words(const SimulateOptions& options) {
  if (!options.seed) return "One patient with the model's typical values.";
  const std::string who = options.subjects == 1 ? "One simulated subject"
                                                : fmt::format("{} simulated subjects", options.subjects);
  const std::string from = options.population.empty() ? "" : ", weight and age drawn as well";
  return fmt::format("{}, seed {}{}.", who, *options.seed, from);
}

std::string variability_words(const SimulateOptions& options, const EnsembleSetup& setup) {
  const auto& variability = setup.model().variability;
  if (!options.seed) return "Typical values: no spread between patients is shown.";
  if (variability.blocks.empty()) return "The model states no spread between patients: none is drawn.";
  std::string words = "The spread between patients that the model states is drawn";
  if (setup.ensemble.occasions) words += ", and that between occasions";
  words += ".";
  if (!variability.note.empty()) words += " " + variability.note;
  return words;
}

// One quantity of every subject, as the report shows it.
SimulatedQuantity quantity(const std::string& output, std::string name, std::string unit,
                           const std::vector<double>& of_subjects, const std::vector<double>& percentiles) {
  SimulatedQuantity found{output, std::move(name), std::move(unit), {}};
  if (percentiles.empty()) found.values = {of_subjects.front()};
  for (const double percent : percentiles)
    found.values.push_back(pkpd::percentile(of_subjects, percent / 100.0));
  return found;
}

class ModelReport {
 public:
  ModelReport(const SimulateOptions& options, const EnsembleSetup& setup, std::vector<double> percentiles)
      : options_(options), setup_(setup), percentiles_(std::move(percentiles)) {}

  Result<std::optional<SimulatedModel>> make() {
    const pkpd::Model& model = setup_.model();
    SimulatedModel made{model.id,
                        model.version,
                        model.status,
                        model.title,
                        std::string(pkpd::moiety_text(model.dosed.front())),
                        variability_words(options_, setup_),
                        model.caveats,
                        {},
                        {}};
    made.caveats.insert(made.caveats.end(), setup_.caveats.begin(), setup_.caveats.end());
    auto whole = percentiles_.empty() ? add_curve(made) : add_bands(made);
    if (!whole) return whole.error();
    if (*whole) whole = add_quantities(made);
    if (!whole) return whole.error();
    if (!*whole) return std::optional<SimulatedModel>{};
    return std::optional{std::move(made)};
  }

 private:
  // False when the user stopped it.
  Result<bool> add_curve(SimulatedModel& made) {
    for (const auto& output : setup_.model().outputs)
      made.curves.push_back({output.id, shown(output).unit, {}, {{}}});
    const auto take = [&](const pkpd::CurveBlock& block) {
      for (std::size_t row = 0; row < block.rows; ++row) {
        for (std::size_t o = 0; o < block.outputs; ++o)
          made.curves[o].values[0].push_back(block.at(0, row)[o] * shown(setup_.model().outputs[o]).of_mg_L);
      }
      return true;
    };
    if (auto error = pkpd::for_each_block(setup_.ensemble, take, options_.threads)) return *std::move(error);
    return true;
  }

  Result<bool> add_bands(SimulatedModel& made) {
    pkpd::BandOptions wanted{{}, options_.exact};
    for (const double percent : percentiles_) wanted.probabilities.push_back(percent / 100.0);
    const auto bands = pkpd::percentile_bands(setup_.ensemble, wanted, run_);
    if (!bands) return bands.error();
    if (!*bands) return false;
    for (std::size_t o = 0; o < (*bands)->outputs; ++o) {
      const auto& output = setup_.model().outputs[o];
      SimulatedCurve curve{output.id, shown(output).unit, percentiles_, {}};
      for (std::size_t p = 0; p < percentiles_.size(); ++p) {
        curve.values.emplace_back();
        for (std::size_t row = 0; row < (*bands)->rows; ++row)
          curve.values.back().push_back((*bands)->at(p, o, row) * shown(output).of_mg_L);
      }
      made.curves.push_back(std::move(curve));
    }
    return true;
  }

  // One run for the peaks and areas, and one for each further published level.
  Result<bool> add_quantities(SimulatedModel& made) {
    const auto& levels = setup_.model().levels;
    for (std::size_t i = 0; i < std::max(levels.size(), std::size_t{1}); ++i) {
      std::vector<double> asked(setup_.model().outputs.size(), no_level);
      if (i < levels.size()) asked.front() = levels[i].from.value.canonical();
      const auto found = pkpd::summarise(setup_.ensemble, asked, run_);
      if (!found) return found.error();
      if (!*found) return false;
      for (std::size_t o = 0; i == 0 && o < asked.size(); ++o) add_peak_and_area(made, **found, o);
      if (i < levels.size()) add_time_above(made, **found, levels[i]);
    }
    return true;
  }

  std::vector<double> of_subjects(const pkpd::BatchSummaries& found, std::size_t output,
                                  double pkpd::CourseSummary::*which, double factor) const {
    std::vector<double> values;
    for (std::size_t subject = 0; subject < setup_.ensemble.subjects; ++subject)
      values.push_back(found.at(subject, output).*which * factor);
    return values;
  }

  void add_peak_and_area(SimulatedModel& made, const pkpd::BatchSummaries& found, std::size_t o) const {
    const auto& output = setup_.model().outputs[o];
    const Shown unit = shown(output);
    using pkpd::CourseSummary;
    made.quantities.push_back(quantity(output.id, "Cmax", unit.unit,
                                       of_subjects(found, o, &CourseSummary::peak_mg_L, unit.of_mg_L),
                                       percentiles_));
    made.quantities.push_back(quantity(output.id, "Tmax", "h",
                                       of_subjects(found, o, &CourseSummary::peak_at_h, 1.0), percentiles_));
    made.quantities.push_back(quantity(output.id, "AUC", unit.unit + " h",
                                       of_subjects(found, o, &CourseSummary::area_mg_h_L, unit.of_mg_L),
                                       percentiles_));
  }

  void add_time_above(SimulatedModel& made, const pkpd::BatchSummaries& found,
                      const pkpd::ReferenceLevel& level) const {
    const auto& output = setup_.model().outputs.front();
    const std::string name =
        fmt::format("time above {:.4g} {} ({})", level.from.value.canonical() * shown(output).of_mg_L,
                    shown(output).unit, level.name);
    made.quantities.push_back(quantity(
        output.id, name, "h", of_subjects(found, 0, &pkpd::CourseSummary::hours_above, 1.0), percentiles_));
  }

  const SimulateOptions& options_;
  const EnsembleSetup& setup_;
  std::vector<double> percentiles_;
  Progress progress_{"subjects"};
  pkpd::BatchOptions run_{options_.threads, [this](std::size_t done, std::size_t total) {
                            progress_.show(done, total);
                            return !asked_to_stop();
                          }};
};

}  // namespace

Result<std::optional<Simulation>> simulation_of(const SimulateOptions& options,
                                                const std::vector<EnsembleSetup>& setups) {
  std::vector<double> percentiles;
  if (options.subjects > 1) {
    auto asked = percentiles_argument(options.percentiles.empty() ? usual_percentiles : options.percentiles);
    if (!asked) return asked.error();
    percentiles = *std::move(asked);
  }
  const EnsembleSetup& first = setups.front();
  Simulation made{"evenkeel " EVENKEEL_VERSION,
                  first.regimen.title,
                  subjects_words(options),
                  options.seed,
                  options.subjects,
                  {},
                  {},
                  {}};
  for (const auto& dose : first.ensemble.doses) {
    const bool per_kg = static_cast<bool>(first.ensemble.dose_factor);
    const bool timed = dose.dose.form == pkpd::DoseForm::over_duration;
    made.doses.push_back({dose.at.in(units::h), dose_words(first.model(), dose, per_kg),
                          timed ? dose.dose.duration.in(units::h) : 0.0, dose.dose.additional,
                          dose.dose.interval.in(units::h)});
  }
  for (const Duration time : first.ensemble.times) made.times_h.push_back(time.in(units::h));
  for (const EnsembleSetup& setup : setups) {
    auto model = ModelReport{options, setup, percentiles}.make();
    if (!model) return model.error();
    if (!*model) return std::optional<Simulation>{};
    made.models.push_back(**std::move(model));
  }
  return std::optional{std::move(made)};
}

}  // namespace evenkeel::app
