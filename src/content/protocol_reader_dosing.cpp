// The dose of a protocol: by weight within bounds, or fixed. The protocol's bounds lie within the compiled-in
// ones, so that a file can only restrict.

#include "content/protocol_parts.hpp"

namespace evenkeel::content {
namespace {

using json::Reader;
using plan::LimitKind;
using units::h;
using units::kg;
using units::mg;

void at_most(Reader place, double seen, LimitKind kind) {
  const double cap = compiled_cap(kind);
  if (!(seen <= cap))
    place["value"].fault(
        fmt::format("{:.6g} {} is above what is compiled in, {:g}", seen, limit_unit(kind), cap));
}

void at_least(Reader place, double seen, LimitKind kind) {
  const double cap = compiled_cap(kind);
  if (!(seen >= cap))
    place["value"].fault(
        fmt::format("{:.6g} {} is below what is compiled in, {:g}", seen, limit_unit(kind), cap));
}

care::DoseBounds read_bounds(Reader place, const Header& header) {
  care::DoseBounds bounds;
  if (!place.object({"lowest", "highest", "highest_rate", "per_week", "least_interval"})) return bounds;
  bounds.lowest = above_zero<DosePerBody>(place["lowest"], header);
  bounds.highest = above_zero<DosePerBody>(place["highest"], header);
  bounds.highest_rate = above_zero<RatePerBody>(place["highest_rate"], header);
  bounds.per_week = above_zero<DosePerBody>(place["per_week"], header);
  bounds.least_interval = time_above_zero(place["least_interval"], header);
  at_most(place["highest"], bounds.highest.value.in(mg / kg), LimitKind::dose_per_kg);
  at_most(place["highest_rate"], bounds.highest_rate.value.in(mg / kg / h), LimitKind::rate_per_kg);
  at_least(place["least_interval"], bounds.least_interval.value.in(h), LimitKind::shortest_interval);
  if (!(bounds.per_week.value >= bounds.highest.value))
    place["per_week"].fault("below the highest dose of one session: that dose could never be given");
  return bounds;
}

void check_dosing(Reader place, const care::Dosing& dosing) {
  const auto& bounds = dosing.bounds;
  if (!(bounds.lowest.value <= dosing.standard.value && dosing.standard.value <= bounds.highest.value))
    place["standard"].fault("the standard dose lies from the lowest to the highest of the bounds");
  if (!(dosing.second_signature_above.value <= bounds.highest.value))
    place["second_signature_above"].fault("above the highest dose: no dose would need the second signature");
  at_least(place["infusion_length"], dosing.infusion_length.value.in(units::min),
           LimitKind::shortest_infusion);
  at_most(place["infusion_length"], dosing.infusion_length.value.in(units::min), LimitKind::longest_infusion);
  const RatePerBody rate = dosing.standard.value / dosing.infusion_length.value;
  if (!(rate <= bounds.highest_rate.value * (1.0 + 1e-9)))
    place["infusion_length"].fault(
        fmt::format("the standard dose over it runs at {:.4g} mg/kg/h, above the highest rate, {:.4g}",
                    rate.in(mg / kg / h), bounds.highest_rate.value.in(mg / kg / h)));
  if (!(dosing.step_up_monitoring_above.value <= bounds.highest_rate.value))
    place["step_up_monitoring_above"].fault("above the highest rate: it would never step up");
}

}  // namespace

void read_dosing(Reader place, const Header& header, care::Protocol& out) {
  if (!place.object({"standard", "infusion_length", "step_up_monitoring_above", "second_signature_above",
                     "ideal_weight_from_bmi", "bounds"}))
    return;
  const auto before = place.faults();
  care::Dosing dosing;
  dosing.standard = above_zero<DosePerBody>(place["standard"], header);
  dosing.infusion_length = time_above_zero(place["infusion_length"], header);
  dosing.step_up_monitoring_above = above_zero<RatePerBody>(place["step_up_monitoring_above"], header);
  dosing.second_signature_above = above_zero<DosePerBody>(place["second_signature_above"], header);
  dosing.ideal_weight_from_bmi = plain_number(place["ideal_weight_from_bmi"], header, "kg/m^2", 15.0, 60.0);
  dosing.bounds = read_bounds(place["bounds"], header);
  if (place.faults() == before) check_dosing(place, dosing);
  if (out.route != care::Route::intravenous) place.fault("a dose by weight over a length is for an infusion");
  out.dosing = std::move(dosing);
}

void read_fixed_dosing(Reader place, const Header& header, care::Protocol& out) {
  if (!place.object({"doses", "second_signature_above", "per_week", "least_interval", "giving_length"}))
    return;
  care::FixedDosing fixed;
  for (Reader each : place["doses"].items(1)) {
    fixed.doses.push_back(above_zero<DrugMass>(each, header));
    if (fixed.doses.size() > 1 && !(fixed.doses.back().value > fixed.doses[fixed.doses.size() - 2].value))
      each.fault("fixed doses rise from one to the next");
  }
  fixed.second_signature_above = above_zero<DrugMass>(place["second_signature_above"], header);
  fixed.per_week = above_zero<DrugMass>(place["per_week"], header);
  fixed.least_interval = time_above_zero(place["least_interval"], header);
  fixed.giving_length = time_above_zero(place["giving_length"], header);
  at_least(place["least_interval"], fixed.least_interval.value.in(h), LimitKind::shortest_interval);
  at_most(place["giving_length"], fixed.giving_length.value.in(units::min), LimitKind::longest_infusion);
  if (!fixed.doses.empty() && !(fixed.per_week.value >= fixed.doses.back().value))
    place["per_week"].fault("below the highest dose of one session: that dose could never be given");
  out.fixed = std::move(fixed);
}

}  // namespace evenkeel::content
