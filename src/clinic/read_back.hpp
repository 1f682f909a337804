// The dose as it is said at the chair: what the plan asks for the weight that is known, what was drawn up,
// and what somebody read back before the start. Pure; safe to use from any thread.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "base/decimal.hpp"
#include "base/result.hpp"
#include "care/event.hpp"
#include "care/procedure.hpp"

namespace evenkeel::clinic {

// Of the base. What cannot be told is an error that says why.
struct PlannedDose {
  Result<Decimal> base_mg;
  std::optional<Decimal> mg_per_kg;  // none: the dose is fixed
  Duration length;
  Result<Decimal> weight_kg;
  std::optional<Instant> weighed;
  care::Drug drug = care::Drug::racemic_ketamine;
  std::string protocol;  // "id version"
};
// None without a plan in force. A plan by ideal weight says no dose: no record holds that weight.
[[nodiscard]] std::optional<PlannedDose> planned_dose(std::span<const care::Event> valid, Instant now);

// Every way of saying the dose that is in the syringe; volumes and rates cut to a thousandth.
struct DrawnUp {
  care::SessionReady ready;
  std::string by;
  Result<Decimal> volume_mL, rate_mg_per_h, rate_mL_per_h, weight_kg, mg_per_kg;
};
[[nodiscard]] DrawnUp drawn_up(const care::Ready& state, std::span<const care::Event> valid);

struct ReadBack {
  Decimal base_mg, volume_mL, rate_mL_per_h;
};
// Where what was read back is not what was drawn up, number by number; none: it may start. A syringe and a
// pump show fewer digits than a division has, so volume and rate may be said with one decimal or more,
// rounded or cut there; the dose is said whole.
[[nodiscard]] Errors differences(const ReadBack& said, const DrawnUp& drawn);

}  // namespace evenkeel::clinic
