// Where limits come from: compiled in, a protocol, a plan. A site's own stand in its file.

#include <fmt/format.h>

#include "plan/limit.hpp"

namespace evenkeel::plan {
namespace {

Decimal written(std::string_view text) {
  return *Decimal::parse(text);
}

Limit proposed(LimitKind kind, std::string_view value, std::string_view source, std::string_view citation,
               std::string_view note) {
  return {kind, Origin::compiled_in, written(value),
          Provenance{std::string(source), Label::proposal, std::string(note)}, std::string(citation)};
}

Limit of_plan(LimitKind kind, Decimal value, const care::PlanInForce& plan, Label label, std::string note) {
  return {kind, Origin::plan, value, Provenance{plan.event, label, std::move(note)},
          fmt::format("plan in force, event {}", plan.event)};
}

// mg/kg/h of the plan's dose over its length, evenly; rounded up to 1e-6, so the plan's own dose passes.
Result<Decimal> rate_of(const care::PlanApproved& plan) {
  const auto minutes = decimal_of(plan.infusion_length.in(units::min), 3);
  const auto hourly = multiply(plan.dose_mg_per_kg, Decimal{60});
  if (!minutes || !hourly) return minutes ? hourly.error() : minutes.error();
  const Decimal millionth = *Decimal{1}.shifted(6);
  const auto steps = whole_steps_reaching({*hourly, *minutes}, millionth);
  if (!steps) return steps;
  return multiply(*steps, millionth);
}

std::string citation_of(const care::Protocol& protocol, const Provenance& from) {
  for (const auto& [key, citation] : protocol.sources) {
    if (key == from.source) return citation;
  }
  return from.source;
}

}  // namespace

std::vector<Limit> compiled_in() {
  return {
      proposed(LimitKind::dose_per_kg, "3.0", "ajp-2022",
               "Letter on ketamine practice in 98 US community clinics, Am J Psychiatry 2022, doi "
               "10.1176/appi.ajp.21111086",
               "The upper end of the doses that the clinics reported after titration (V). Using it as a "
               "ceiling is a proposal: it is no recommended dose."),
      proposed(LimitKind::rate_per_kg, "2", "asra-2018",
               "Consensus guidelines on intravenous ketamine for chronic pain, ASRA, AAPM and ASA 2018",
               "The upper end of its infusions outside intensive care, 0.5 to 2 mg/kg/h (V2). Using it as a "
               "ceiling is a proposal."),
      proposed(LimitKind::shortest_infusion, "2", "andrade-2017",
               "Andrade C. Ketamine for depression, 4. J Clin Psychiatry 2017;78:e852",
               "Sessions of 2 to 100 min were used (V). Using the shorter end as a bound is a proposal."),
      proposed(LimitKind::longest_infusion, "240", "asra-2018",
               "Consensus guidelines on intravenous ketamine for chronic pain, ASRA, AAPM and ASA 2018",
               "4 h a day was studied in outpatients (0.35 mg/kg/h, V2). Using it as a bound is a proposal."),
      proposed(LimitKind::shortest_interval, "20", "evenkeel",
               "A proposal of Evenkeel, not a finding of the literature",
               "Never two infusions on one day. Infusions on ten days running were studied (ASRA 2018, V2)."),
      proposed(LimitKind::sessions_per_week, "7", "evenkeel",
               "A proposal of Evenkeel, not a finding of the literature",
               "One a day at most; the protocol's own number is lower."),
  };
}

std::vector<Limit> limits_of(const care::Protocol& protocol, care::Phase phase) {
  std::vector<Limit> limits;
  const auto bound = [&](LimitKind kind, double value, const Provenance& from) {
    // A bound that no decimal can hold was never read from a file: the reader knows these numbers.
    if (const auto exact = decimal_of(value, 9); exact && *exact > Decimal{})
      limits.push_back({kind, Origin::protocol, *exact, from, citation_of(protocol, from)});
  };
  if (protocol.dosing) {
    const care::DoseBounds& bounds = protocol.dosing->bounds;
    bound(LimitKind::dose_per_kg, bounds.highest.value.in(units::mg / units::kg), bounds.highest.from);
    bound(LimitKind::rate_per_kg, bounds.highest_rate.value.in(units::mg / units::kg / units::h),
          bounds.highest_rate.from);
    bound(LimitKind::dose_per_kg_per_week, bounds.per_week.value.in(units::mg / units::kg),
          bounds.per_week.from);
    bound(LimitKind::shortest_interval, bounds.least_interval.value.in(units::h), bounds.least_interval.from);
  }
  if (protocol.fixed && !protocol.fixed->doses.empty()) {
    const care::FixedDosing& fixed = *protocol.fixed;
    bound(LimitKind::dose, fixed.doses.back().value.in(units::mg), fixed.doses.back().from);
    bound(LimitKind::dose_per_week, fixed.per_week.value.in(units::mg), fixed.per_week.from);
    bound(LimitKind::shortest_interval, fixed.least_interval.value.in(units::h), fixed.least_interval.from);
  }
  const bool inducing = phase == care::Phase::before_treatment || phase == care::Phase::induction;
  const auto& per_week = protocol.course.induction_per_week_most;
  if (inducing) bound(LimitKind::sessions_per_week, per_week.value, per_week.from);
  return limits;
}

Result<std::vector<Limit>> limits_of(const care::PlanInForce& in_force) {
  const care::PlanApproved& plan = in_force.plan;
  const auto interval = decimal_of(0.75 * plan.interval.in(units::h), 6);
  const auto rate = plan.fixed_dose_mg ? Result<Decimal>{Decimal{1}} : rate_of(plan);
  const Decimal& dose = plan.fixed_dose_mg ? *plan.fixed_dose_mg : plan.dose_mg_per_kg;
  if (!interval || !rate || !(*rate > Decimal{}) || !(*interval > Decimal{}) || !(dose > Decimal{}) ||
      !(plan.planned_sessions > 0)) {
    return Error{
        ErrorCode::invalid_input, "patient.plan",
        fmt::format("the plan of event {} has a dose of {} {}, a length of {} min, an interval of "
                    "{} h and {} sessions; each is above zero",
                    in_force.event, dose.to_string(), plan.fixed_dose_mg ? "mg" : "mg/kg",
                    plan.infusion_length.in(units::min), plan.interval.in(units::h), plan.planned_sessions)};
  }
  std::vector<Limit> limits;
  if (plan.fixed_dose_mg) {
    limits.push_back(of_plan(LimitKind::dose, dose, in_force, Label::derived,
                             "The fixed dose that a clinician approved."));
  } else {
    limits.push_back(of_plan(LimitKind::dose_per_kg, dose, in_force, Label::derived,
                             "The dose that a clinician approved."));
    limits.push_back(of_plan(LimitKind::rate_per_kg, *rate, in_force, Label::derived,
                             "The rate of the dose and the length that a clinician approved."));
  }
  limits.push_back(
      of_plan(LimitKind::shortest_interval, *interval, in_force, Label::proposal,
              "Three quarters of the plan's interval, the share below which the warning sign for "
              "shortening intervals looks."));
  limits.push_back(of_plan(LimitKind::sessions_in_plan, Decimal{plan.planned_sessions}, in_force,
                           Label::derived, "The number of sessions that a clinician approved."));
  return limits;
}

}  // namespace evenkeel::plan
