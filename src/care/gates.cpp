#include "care/gates.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "care/crossing.hpp"
#include "care/gate_checks.hpp"
#include "care/procedure.hpp"

namespace evenkeel::care {
namespace {

GateResults ask_gate(const GateAsk& ask) {
  switch (ask.gate.kind) {
    case GateKind::identity:
      return identity_gate(ask);
    case GateKind::weight_today:
      return weight_gate(ask);
    case GateKind::fasting:
      return checked_gate(ask, Check::fasting);
    case GateKind::escort:
      return checked_gate(ask, Check::escort);
    case GateKind::equipment:
      return checked_gate(ask, Check::equipment);
    case GateKind::no_change:
      return checked_gate(ask, Check::no_change);
    case GateKind::pregnancy:
      return checked_gate(ask, Check::pregnancy);
    case GateKind::blood_pressure:
      return pressure_gate(ask);
    case GateKind::suicide_screen:
      return suicide_gate(ask);
    case GateKind::interval:
      return interval_gate(ask);
    case GateKind::consent:
      return consent_gate(ask);
    case GateKind::plan_in_force:
      return plan_gate(ask);
    case GateKind::evaluations:
      return evaluations_gate(ask);
    case GateKind::dispensing_check:
      return dispensing_gate(ask);
    case GateKind::eligibility:
      return eligibility_gate(ask);
  }
  return {};
}

// Every gate as `valid` answers it at `now`, decisions left aside.
GateResults undecided(const GateQuestion& q) {
  std::vector<Event> past;
  std::ranges::copy_if(q.valid, std::back_inserter(past), [&](const Event& e) { return e.at <= q.now; });
  const GateQuestion then{past, q.protocol, q.instruments, q.session, q.now};
  std::vector<Session> others = sessions(past, q.now);
  std::erase_if(others, [&](const Session& s) { return s.id == q.session; });
  std::optional<Instant> checked_in;
  for (const Event& event : past) {
    const auto* in = std::get_if<SessionCheckedIn>(&event.body);
    if (in != nullptr && in->session == q.session) checked_in = event.at;
  }
  GateResults all;
  for (const Gate& gate : q.protocol.session.gates) {
    for (GateResult& result : ask_gate({then, others, checked_in, gate})) all.push_back(std::move(result));
  }
  return all;
}

bool same_finding(const GateResult& a, const GateResult& b) {
  return a.id == b.id && a.outcome == b.outcome && a.basis == b.basis;
}

}  // namespace

std::string_view outcome_words(GateOutcome outcome) {
  switch (outcome) {
    case GateOutcome::passed:
      return "passed";
    case GateOutcome::failed:
      return "failed";
    case GateOutcome::missing:
      return "missing";
    case GateOutcome::stale:
      return "too old";
    case GateOutcome::not_applicable:
      return "not applicable";
  }
  return "";
}

GateResult gate_result(const GateAsk& ask, GateOutcome outcome, std::string text,
                       std::vector<std::string> basis) {
  return {std::string{gate_id(ask.gate.kind)},
          ask.gate.kind,
          outcome,
          ask.gate.consequence,
          std::move(text),
          std::move(basis),
          std::nullopt,
          ask.gate.source};
}

bool is_fresh(const GateAsk& ask, Instant seen) {
  if (ask.gate.not_older_than) return within(ask.question.now - seen, ask.gate.not_older_than->value);
  return ask.checked_in && seen >= *ask.checked_in;
}

std::string age_words(const GateAsk& ask, Instant seen) {
  return fmt::format("at {}, {} ago", moment_text(seen), length_text(ask.question.now - seen));
}

std::string wanted_words(const GateAsk& ask) {
  if (!ask.gate.not_older_than) return "one since the check-in is asked for";
  return fmt::format("no older than {} is asked for", length_text(ask.gate.not_older_than->value));
}

GateResult aged_result(const GateAsk& ask, GateOutcome fresh, std::string text, const Event& seen) {
  GateResult result = gate_result(ask, fresh, fmt::format("{} {}", text, age_words(ask, seen.at)), {seen.id});
  if (ask.gate.not_older_than) result.source = ask.gate.not_older_than->from;
  if (is_fresh(ask, seen.at)) return result;
  result.outcome = GateOutcome::stale;
  result.text += "; " + wanted_words(ask);
  return result;
}

// A decision counts for what it was made about: the gate, asked anew of what was written down before the
// decision and at its moment, must have given the same outcome for the same events.
std::vector<GateResult> gates(const GateQuestion& q) {
  GateResults results = undecided(q);
  for (std::size_t i = 0; i < q.valid.size(); ++i) {
    const Event& event = q.valid[i];
    const auto* decision = std::get_if<SessionDecision>(&event.body);
    if (decision == nullptr || decision->session != q.session || event.at > q.now) continue;
    const bool is_asked = std::ranges::any_of(
        results, [&](const GateResult& r) { return r.id == decision->about && !r.passes(); });
    if (!is_asked) continue;
    const GateResults then = undecided({q.valid.first(i), q.protocol, q.instruments, q.session, event.at});
    for (GateResult& result : results) {
      if (result.id != decision->about || result.passes()) continue;
      const bool known =
          std::ranges::any_of(then, [&](const GateResult& r) { return same_finding(r, result); });
      if (known)
        result.decision = {event.id, event.at, decision->go_on, decision->clinician, decision->reason};
    }
  }
  return results;
}

StartAnswer may_start(std::span<const GateResult> results) {
  StartAnswer answer{StartAnswer::Kind::clear, {}};
  for (const GateResult& result : results) {
    if (result.lets_start()) continue;
    // Only what a decision can lift is left to one; anything else bars the start.
    const bool liftable = result.consequence == Consequence::decide;
    if (!liftable)
      answer.kind = StartAnswer::Kind::blocked;
    else if (answer.kind == StartAnswer::Kind::clear)
      answer.kind = StartAnswer::Kind::needs_decision;
    answer.open.push_back(result);
  }
  return answer;
}

}  // namespace evenkeel::care
