#include "care/plan_check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace evenkeel::care {
namespace {

using Faults = std::vector<PlanFault>;
using units::day;
using units::h;
using units::kg;
using units::mg;

constexpr double rounding = 1.0 + 1e-9;  // of a division; never a digit that was written

DosePerBody dose_of(const PlanApproved& plan) {
  return plan.dose_mg_per_kg.to_double() * (mg / kg);
}

void check_words(const PlanApproved& plan, Faults& out) {
  const auto needed = [&](const std::string& text, const char* field, const char* what) {
    if (text.empty()) out.push_back({field, fmt::format("{} is missing", what)});
  };
  needed(plan.indication, "indication", "the indication");
  needed(plan.endpoint.instrument, "endpoint", "the instrument of the endpoint");
  needed(plan.responsible_clinician, "responsible_clinician", "the responsible clinician");
  needed(plan.consent_version, "consent_version", "the version of the consent");
  if (plan.endpoint.target != "response" && plan.endpoint.target != "remission")
    out.push_back(
        {"endpoint", fmt::format("the target '{}' is neither response nor remission", plan.endpoint.target)});
  if (!(plan.planned_sessions > 0)) out.push_back({"planned_sessions", "the number of sessions is missing"});
}

void check_dates(const PlanApproved& plan, const Protocol& protocol, Instant approved, Faults& out) {
  const Date today = Date::of(approved);
  if (!(plan.stop_date > today))
    out.push_back({"stop_date", fmt::format("the stop date {} is not after the approval on {}",
                                            plan.stop_date.to_string(), today.to_string())});
  const Instant latest = today.start() + protocol.course.longest_course.value;
  if (!(plan.stop_date <= Date::of(latest)))
    out.push_back(
        {"stop_date", fmt::format("the stop date {} is after {}, the longest course of the protocol",
                                  plan.stop_date.to_string(), Date::of(latest).to_string())});
  if (!(plan.next_review > today))
    out.push_back({"next_review", fmt::format("the next review {} is not after the approval on {}",
                                              plan.next_review.to_string(), today.to_string())});
  if (!(plan.next_review <= plan.stop_date))
    out.push_back({"next_review", fmt::format("the next review {} is after the stop date {}",
                                              plan.next_review.to_string(), plan.stop_date.to_string())});
}

void check_drug(const PlanApproved& plan, const Protocol& protocol, Faults& out) {
  if (plan.protocol != protocol.id || plan.protocol_version != protocol.version)
    out.push_back({"protocol", fmt::format("the plan names {} {}, the protocol is {} {}", plan.protocol,
                                           plan.protocol_version, protocol.id, protocol.version)});
  if (plan.drug != protocol.drug)
    out.push_back({"drug", fmt::format("the plan is for {}, the protocol for {}", drug_text(plan.drug),
                                       drug_text(protocol.drug))});
}

void check_dose(const PlanApproved& plan, const Dosing& dosing, Faults& out) {
  if (plan.fixed_dose_mg) {
    out.push_back({"fixed_dose", "a fixed dose; the protocol doses by body weight"});
    return;
  }
  const DoseBounds& bounds = dosing.bounds;
  const DosePerBody dose = dose_of(plan);
  if (!(dose >= bounds.lowest.value && dose <= bounds.highest.value))
    out.push_back(
        {"dose", fmt::format("{} mg/kg; the protocol allows {:g} to {:g}", plan.dose_mg_per_kg.to_string(),
                             bounds.lowest.value.in(mg / kg), bounds.highest.value.in(mg / kg))});
  if (!(plan.infusion_length > Duration{})) {
    out.push_back({"infusion_length", "the length of the infusion is missing"});
    return;
  }
  const RatePerBody rate = dose / plan.infusion_length;
  if (!(rate <= bounds.highest_rate.value * rounding))
    out.push_back({"infusion_length",
                   fmt::format("{} mg/kg over {:g} min is {:.3g} mg/kg/h; the protocol allows at most {:g}",
                               plan.dose_mg_per_kg.to_string(), plan.infusion_length.in(units::min),
                               rate.in(mg / kg / h), bounds.highest_rate.value.in(mg / kg / h))});
}

void check_fixed(const PlanApproved& plan, const FixedDosing& fixed, Faults& out) {
  if (!plan.fixed_dose_mg) {
    out.push_back({"dose", "a dose by body weight; the protocol has fixed doses"});
    return;
  }
  const DrugMass dose = plan.fixed_dose_mg->to_double() * mg;
  std::string allowed;
  for (const auto& each : fixed.doses) {
    if (each.value == dose) return;
    allowed += fmt::format("{}{:g}", allowed.empty() ? "" : " or ", each.value.in(mg));
  }
  out.push_back({"fixed_dose",
                 fmt::format("{} mg; the protocol allows {} mg", plan.fixed_dose_mg->to_string(), allowed)});
}

Duration least_interval(const Protocol& protocol) {
  if (protocol.dosing) return protocol.dosing->bounds.least_interval.value;
  return protocol.fixed ? protocol.fixed->least_interval.value : Duration{};
}

// What the plan's interval comes to in a week, for each session and for the dose.
void check_spacing(const PlanApproved& plan, const Protocol& protocol, Faults& out) {
  if (!(plan.interval >= least_interval(protocol))) {
    out.push_back({"interval", fmt::format("{:g} h between sessions; the protocol allows {:g} h at least",
                                           plan.interval.in(h), least_interval(protocol).in(h))});
    return;
  }
  const double a_week = units::week / plan.interval;
  const int most = protocol.course.induction_per_week_most.value;
  if (!(a_week <= most * rounding))
    out.push_back(
        {"interval", fmt::format("a session every {:.3g} days is {:.2g} a week; the protocol allows {}",
                                 plan.interval.in(day), a_week, most)});
  if (protocol.dosing && !(a_week * dose_of(plan) <= protocol.dosing->bounds.per_week.value * rounding))
    out.push_back({"interval", fmt::format("{:.3g} mg/kg a week; the protocol allows {:g}",
                                           a_week * plan.dose_mg_per_kg.to_double(),
                                           protocol.dosing->bounds.per_week.value.in(mg / kg))});
  if (protocol.fixed && plan.fixed_dose_mg &&
      !(a_week * plan.fixed_dose_mg->to_double() * mg <= protocol.fixed->per_week.value * rounding))
    out.push_back({"interval", fmt::format("{:.4g} mg a week; the protocol allows {:g}",
                                           a_week * plan.fixed_dose_mg->to_double(),
                                           protocol.fixed->per_week.value.in(mg))});
}

void check_endpoint(const PlanQuestion& q, Faults& out) {
  const std::string& id = q.plan.endpoint.instrument;
  if (id.empty()) return;
  const auto found = std::ranges::find(q.instruments, id, &Instrument::id);
  if (found == q.instruments.end()) {
    out.push_back({"endpoint", fmt::format("there is no instrument '{}'", id)});
    return;
  }
  const bool defined = q.plan.endpoint.target == "remission" ? found->remission_below.has_value()
                                                             : found->response.has_value();
  if (!defined)
    out.push_back({"endpoint", fmt::format("'{}' does not define {}", id, q.plan.endpoint.target)});
}

// A plan that takes the place of another says why; one that raises the dose rests on two scores.
void check_change(const PlanQuestion& q, Faults& out) {
  std::vector<Event> before;
  std::ranges::copy_if(q.valid, std::back_inserter(before),
                       [&](const Event& e) { return e.at < q.approved; });
  const auto old = plan_at(before, q.approved);
  if (!old) return;
  if (!q.plan.change_reason || q.plan.change_note.empty())
    out.push_back(
        {"change_reason", fmt::format("it replaces the plan of event {}: say why, with a note", old->event)});
  const bool rises =
      dose_of(q.plan) > dose_of(old->plan) ||
      (q.plan.fixed_dose_mg && old->plan.fixed_dose_mg && *q.plan.fixed_dose_mg > *old->plan.fixed_dose_mg);
  if (!rises) return;
  const auto all = scores(before, q.instruments);
  const auto outcome = std::ranges::count_if(all, [&](const TimedScore& s) {
    return s.instrument == q.protocol.course.outcome_instrument && s.score.total.has_value();
  });
  if (outcome < 2)
    out.push_back({"dose", fmt::format("a rise rests on two scores of {}; {} recorded",
                                       q.protocol.course.outcome_instrument, outcome)});
}

void check_weights(const PlanQuestion& q, Faults& out) {
  if (!q.protocol.dosing) return;
  std::vector<Event> before;
  std::ranges::copy_if(q.valid, std::back_inserter(before),
                       [&](const Event& e) { return e.at < q.approved; });
  const auto weights = dose_by_weights(q.plan, q.protocol, latest_facts(before), q.ideal_weight);
  if (weights.show_both && !weights.by_ideal) out.push_back({"weight_basis", weights.words});
  if (q.plan.weight_basis == WeightBasis::ideal && !q.ideal_weight)
    out.push_back({"weight_basis", "the plan doses by ideal weight, and none is stated"});
}

std::string plain(std::string_view name) {
  std::string text;
  for (const char c : name) {
    if (std::isspace(static_cast<unsigned char>(c)) == 0)
      text += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return text;
}

}  // namespace

std::vector<PlanFault> plan_against_protocol(const PlanApproved& plan, const Protocol& protocol,
                                             Instant approved) {
  Faults out;
  check_words(plan, out);
  check_dates(plan, protocol, approved, out);
  check_drug(plan, protocol, out);
  if (protocol.dosing) check_dose(plan, *protocol.dosing, out);
  if (protocol.fixed) check_fixed(plan, *protocol.fixed, out);
  check_spacing(plan, protocol, out);
  return out;
}

std::vector<PlanFault> check_plan(const PlanQuestion& q) {
  Faults out = plan_against_protocol(q.plan, q.protocol, q.approved);
  check_endpoint(q, out);
  check_change(q, out);
  check_weights(q, out);
  return out;
}

bool needs_second_signature(const PlanApproved& plan, const Protocol& protocol) {
  if (plan.fixed_dose_mg)
    return !protocol.fixed ||
           !(plan.fixed_dose_mg->to_double() * mg <= protocol.fixed->second_signature_above.value);
  return !protocol.dosing || !(dose_of(plan) <= protocol.dosing->second_signature_above.value);
}

const Event* to_sign(std::span<const Event> valid, const PlanInForce& plan) {
  const std::string& wanted = plan.doses.empty() ? plan.event : plan.doses.back().event;
  const auto found = std::ranges::find(valid, wanted, &Event::id);
  return found == valid.end() ? nullptr : &*found;
}

bool may_sign(const Event& approval, const PlanInForce& plan, std::string_view clinician) {
  return plain(clinician) != plain(approval.recorded_by) &&
         plain(clinician) != plain(plan.plan.responsible_clinician);
}

const Event* signature_of(std::span<const Event> valid, const PlanInForce& plan, Instant when) {
  const Event* approval = to_sign(valid, plan);
  if (approval == nullptr) return nullptr;
  const auto found = std::ranges::find_if(valid, [&](const Event& event) {
    const auto* signature = std::get_if<PlanSigned>(&event.body);
    return signature != nullptr && signature->plan == approval->id && event.at <= when &&
           event.at >= approval->at && may_sign(*approval, plan, signature->clinician);
  });
  return found == valid.end() ? nullptr : &*found;
}

bool is_signed(std::span<const Event> valid, const PlanInForce& plan, Instant when) {
  return signature_of(valid, plan, when) != nullptr;
}

DoseByWeights dose_by_weights(const PlanApproved& plan, const Protocol& protocol, const Facts& facts,
                              std::optional<BodyMass> ideal_weight) {
  DoseByWeights found;
  if (!protocol.dosing || plan.fixed_dose_mg) {
    found.words = "a fixed dose, whatever the weight";
    return found;
  }
  if (!facts.weight) {
    found.words = "no weight is recorded";
    return found;
  }
  found.by_actual = dose_of(plan) * *facts.weight;
  if (ideal_weight) found.by_ideal = dose_of(plan) * *ideal_weight;
  if (!facts.height_cm) {
    found.words =
        fmt::format("{:.3g} mg by actual weight; no height is recorded, so the body mass index is not known",
                    found.by_actual->in(mg));
    return found;
  }
  const double metres = *facts.height_cm / 100.0;
  const double limit = protocol.dosing->ideal_weight_from_bmi.value;
  found.bmi = facts.weight->in(kg) / (metres * metres);
  found.show_both = !(*found.bmi < limit);
  found.words = fmt::format("{:.3g} mg by actual weight", found.by_actual->in(mg));
  if (found.by_ideal) {
    found.words += fmt::format(", {:.3g} mg by ideal weight", found.by_ideal->in(mg));
  } else if (found.show_both) {
    found.words += fmt::format(
        "; the body mass index is {:.1f}, from {:g} on the dose by ideal weight stands beside "
        "it: state the ideal weight",
        *found.bmi, limit);
  }
  return found;
}

}  // namespace evenkeel::care
