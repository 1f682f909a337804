#include "clinic/read_back.hpp"

#include <fmt/format.h>

#include "care/course.hpp"
#include "plan/amount.hpp"

namespace evenkeel::clinic {
namespace {

constexpr int shown_places = 3;  // of a rate and a volume that are read back

Result<Decimal> cut(const Result<Decimal>& a, const Result<Decimal>& b) {
  if (!a) return a;
  if (!b) return b;
  if (*b == Decimal{}) return Error{ErrorCode::invalid_input, "amount", "nothing can be divided by zero"};
  return divide_down(*a, *b, shown_places);
}

Result<Decimal> weight_of(const care::Facts& facts) {
  if (facts.weight) return plan::decimal_of(facts.weight->in(units::kg), 3);
  return Error{ErrorCode::not_found, "weight", "no weight is recorded"};
}

Result<Decimal> planned_mg(const care::PlanApproved& plan, const Result<Decimal>& weight) {
  if (plan.fixed_dose_mg) return *plan.fixed_dose_mg;
  if (plan.weight_basis == care::WeightBasis::ideal)
    return Error{ErrorCode::outside_domain, "weight_basis",
                 "the plan doses by ideal weight, which no record holds: work it out from the plan"};
  if (!weight) return weight;
  return multiply(plan.dose_mg_per_kg, *weight);
}

// `wanted` as it is said with so many decimals.
bool is_said(const Decimal& said, const Decimal& wanted, int places) {
  const auto half = Decimal{5}.shifted(places + 1);
  const auto up = half ? add(wanted, *half) : half;
  const auto cut_there = divide_down(wanted, Decimal{1}, places);
  const auto rounded = up ? divide_down(*up, Decimal{1}, places) : up;
  return (cut_there && said == *cut_there) || (rounded && said == *rounded);
}

// As a device shows it: with the decimals of what was said, and one at least.
bool is_shown_as(const Decimal& said, const Decimal& wanted) {
  for (int places = 1; places <= shown_places; ++places) {
    if (places >= said.places() && is_said(said, wanted, places)) return true;
  }
  return false;
}

}  // namespace

std::optional<PlannedDose> planned_dose(std::span<const care::Event> valid, Instant now) {
  const auto in_force = care::plan_at(valid, now);
  if (!in_force) return std::nullopt;
  const care::PlanApproved& plan = in_force->plan;
  const auto facts = care::latest_facts(valid);
  const Result<Decimal> weight = weight_of(facts);
  PlannedDose planned{planned_mg(plan, weight),
                      {},
                      plan.infusion_length,
                      weight,
                      facts.weighed,
                      plan.drug,
                      plan.protocol + " " + plan.protocol_version};
  if (!plan.fixed_dose_mg) planned.mg_per_kg = plan.dose_mg_per_kg;
  return planned;
}

DrawnUp drawn_up(const care::Ready& state, std::span<const care::Event> valid) {
  const care::SessionReady& ready = state.drawn_up;
  const auto minutes = plan::decimal_of(ready.length.in(units::min), 3);
  const auto per_hour = [&](const Result<Decimal>& amount) -> Result<Decimal> {
    if (!amount) return amount;
    return cut(multiply(*amount, Decimal{60}), minutes);
  };
  const auto volume = cut(ready.dose_mg, ready.mg_per_mL);
  const Result<Decimal> weight = weight_of(care::latest_facts(valid));
  return {
      ready, state.by, volume, per_hour(ready.dose_mg), per_hour(volume), weight, cut(ready.dose_mg, weight)};
}

Errors differences(const ReadBack& said, const DrawnUp& drawn) {
  Errors all;
  const auto compare = [&](const char* field, const Decimal& read, const Result<Decimal>& wanted,
                           bool shown) {
    if (wanted && (read == *wanted || (shown && is_shown_as(read, *wanted)))) return;
    all.push_back({ErrorCode::outside_domain, field,
                   fmt::format("{} was read back, and {} is drawn up: look again", read.to_string(),
                               wanted ? wanted->to_string() : "what cannot be told")});
  };
  compare("base_mg", said.base_mg, drawn.ready.dose_mg, false);
  compare("volume_mL", said.volume_mL, drawn.volume_mL, true);
  compare("rate_mL_per_h", said.rate_mL_per_h, drawn.rate_mL_per_h, true);
  return all;
}

}  // namespace evenkeel::clinic
