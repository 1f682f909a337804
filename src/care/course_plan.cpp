// The plan in force: what was approved, with its changes applied in the order in which they happened.

#include <algorithm>

#include "care/course.hpp"

namespace evenkeel::care {
namespace {

using units::kg;
using units::mg;

template <class T>
void apply(std::optional<T> change, T& field) {
  if (change) field = *change;
}

// A dose by weight takes the place of a fixed one, and the other way round.
void apply_dose(PlanInForce& in_force, const PlanChanged& change, const Event& event) {
  PlanApproved& plan = in_force.plan;
  const bool for_response = change.reason == ChangeReason::insufficient_response;
  if (change.dose_mg_per_kg) {
    plan.dose_mg_per_kg = *change.dose_mg_per_kg;
    plan.fixed_dose_mg.reset();
    in_force.doses.push_back(
        {event.id, event.at, plan.dose_mg_per_kg.to_double() * (mg / kg), for_response, {}});
  } else if (change.fixed_dose_mg) {
    plan.dose_mg_per_kg = Decimal{};
    plan.fixed_dose_mg = change.fixed_dose_mg;
    in_force.doses.push_back({event.id, event.at, DosePerBody{}, for_response, change.fixed_dose_mg});
  }
}

void apply_change(PlanInForce& in_force, const PlanChanged& change, const Event& event) {
  PlanApproved& plan = in_force.plan;
  apply(change.infusion_length, plan.infusion_length);
  apply(change.planned_sessions, plan.planned_sessions);
  apply(change.interval, plan.interval);
  apply(change.stop_date, plan.stop_date);
  apply(change.next_review, plan.next_review);
  apply_dose(in_force, change, event);
  if (change.reason == ChangeReason::taper && !in_force.taper_since) in_force.taper_since = event.at;
}

// A new plan does not forget the doses of the one before it.
PlanInForce approved(const PlanApproved& plan, const Event& event, std::vector<DosePoint> doses) {
  const bool for_response = plan.change_reason == ChangeReason::insufficient_response;
  doses.push_back(
      {event.id, event.at, plan.dose_mg_per_kg.to_double() * (mg / kg), for_response, plan.fixed_dose_mg});
  PlanInForce in_force{plan, event.id, event.at, std::move(doses), {}};
  if (plan.change_reason == ChangeReason::taper) in_force.taper_since = event.at;
  return in_force;
}

void follow(std::optional<PlanInForce>& in_force, const Event& event) {
  if (const auto* plan = std::get_if<PlanApproved>(&event.body))
    in_force = approved(*plan, event, in_force ? std::move(in_force->doses) : std::vector<DosePoint>{});
  else if (in_force)
    apply_change(*in_force, std::get<PlanChanged>(event.body), event);
}

// The events that set a plan, by time.
std::vector<const Event*> plan_events(std::span<const Event> valid) {
  std::vector<const Event*> by_time;
  for (const Event& event : valid) {
    if (std::holds_alternative<PlanApproved>(event.body) || std::holds_alternative<PlanChanged>(event.body))
      by_time.push_back(&event);
  }
  std::ranges::stable_sort(by_time, {}, [](const Event* event) { return event->at; });
  return by_time;
}

}  // namespace

Plans::Plans(std::span<const Event> valid) {
  std::optional<PlanInForce> now;
  for (const Event* event : plan_events(valid)) {
    follow(now, *event);
    if (now)
      by_time_.push_back(
          {event->at, {now->plan, now->event, now->approved, {now->doses.back()}, now->taper_since}});
  }
}

const PlanInForce* Plans::at(Instant when) const {
  const auto later = std::ranges::upper_bound(by_time_, when, {}, &Since::at);
  return later == by_time_.begin() ? nullptr : &std::prev(later)->plan;
}

std::optional<PlanInForce> plan_at(std::span<const Event> valid, Instant when) {
  std::optional<PlanInForce> in_force;
  for (const Event* event : plan_events(valid)) {
    if (event->at <= when) follow(in_force, *event);
  }
  return in_force;
}

std::string plan_dose_words(const PlanApproved& plan) {
  return plan.fixed_dose_mg ? plan.fixed_dose_mg->to_string() + " mg"
                            : plan.dose_mg_per_kg.to_string() + " mg/kg";
}

}  // namespace evenkeel::care
