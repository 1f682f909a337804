#include "report/typical_curve.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <variant>

#include "pkpd/schedule.hpp"
#include "pkpd/structure.hpp"
#include "report/diagram_graph.hpp"
#include "report/html_text.hpp"

namespace evenkeel::report {
namespace {

constexpr DosePerBody dose = 0.5 * units::mg / units::kg;
constexpr Duration infusion = 40.0 * units::min;

// To two digits: the middle of 10.8 to 74.8 kg is 43, not 42.8.
double two_digits(double value) {
  if (!(value > 0.0)) return 0.0;
  const double unit = std::pow(10.0, std::floor(std::log10(value)) - 1.0);
  return std::round(value / unit) * unit;
}

template <class T>
double within(double wanted, const std::optional<Sourced<Interval<T>>>& domain, T unit) {
  if (!domain || domain->value.contains(wanted * unit)) return wanted;
  const double low = domain->value.low() / unit;
  const double high = domain->value.high() / unit;
  return two_digits((low + high) / 2.0);
}

std::set<pkpd::Covariate> asked(const pkpd::Model& model) {
  std::set<pkpd::Covariate> found;
  for (const auto& parameter : model.parameters) {
    for (const auto& effect : parameter.effects)
      found.insert(std::visit([](const auto& each) { return each.covariate; }, effect));
  }
  return found;
}

// A dose by this route is in the blood as it is given.
bool straight_into_blood(const pkpd::Model& model, const pkpd::Route& route) {
  if (route.paths.size() != 1) return false;
  const pkpd::Path& path = route.paths.front();
  return path.over.empty() && std::ranges::any_of(model.outputs, [&](const pkpd::Output& output) {
           return output.compartment == path.compartment;
         });
}

Result<TypicalCurve> curve_by(const pkpd::Structure& structure, std::size_t route,
                              const TypicalPerson& person) {
  const pkpd::Model& model = structure.model();
  auto values = structure.typical(person.patient);
  if (!values) return values.error();
  auto system = structure.system(*values);
  if (!system) return system.error();
  const bool into_blood = straight_into_blood(model, model.routes[route]);
  const Duration length = into_blood ? infusion : Duration{};
  const DrugMass amount = dose * *person.patient.weight;
  pkpd::Record record;
  record.kind = pkpd::RecordKind::dose;
  record.dose.route = route;
  record.dose.amount = amount;
  record.dose.form = into_blood ? pkpd::DoseForm::over_duration : pkpd::DoseForm::at_once;
  record.dose.duration = length;
  const pkpd::Subject subject{{record}, {*std::move(system)}, {*std::move(values)}};
  auto timeline = pkpd::schedule(structure, subject, pkpd::AfterLastRecord::all_that_is_due);
  if (!timeline) return timeline.error().error;
  auto trajectory = pkpd::Trajectory::make(*std::move(timeline));
  if (!trajectory) return trajectory.error();
  return TypicalCurve{model.routes[route].id, amount, length, *std::move(trajectory)};
}

}  // namespace

TypicalPerson typical_person(const pkpd::Model& model) {
  TypicalPerson person;
  const double weight_kg = within(70.0, model.domain.weight, units::kg);
  const double age_years = within(40.0, model.domain.age_years, 1.0);
  person.patient = {weight_kg * units::kg, age_years, false, false};
  person.words = number_text(weight_kg, 2) + " kg";
  const auto covariates = asked(model);
  if (covariates.contains(pkpd::Covariate::age)) person.words += ", " + number_text(age_years, 2) + " years";
  if (covariates.contains(pkpd::Covariate::asian)) person.words += ", not Asian";
  return person;
}

Result<std::vector<TypicalCurve>> typical_curves(const pkpd::Model& model, const TypicalPerson& person) {
  const pkpd::Structure structure{model};
  std::vector<TypicalCurve> curves;
  for (std::size_t route = 0; route < model.routes.size(); ++route) {
    auto curve = curve_by(structure, route, person);
    if (!curve) return curve.error();
    curves.push_back(*std::move(curve));
  }
  return curves;
}

std::string dose_words(const TypicalCurve& curve) {
  const std::string amount = number_text(curve.amount.in(units::mg), 1) + " mg ";
  const std::string length = curve.length > Duration{} ? "over " + duration_text(curve.length) : "at once";
  return amount + length + ", " + id_words(curve.route);
}

}  // namespace evenkeel::report
