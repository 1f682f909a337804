#include <fmt/format.h>

#include <algorithm>

#include "care/course.hpp"
#include "care/crossing.hpp"
#include "care/gate_checks.hpp"
#include "care/plan_check.hpp"

namespace evenkeel::care {
namespace {

// One answered instrument, as the suicide screen reads it.
ScreenAnswer judged(const GateQuestion& q, const Event& event) {
  const auto& evaluation = std::get<Evaluation>(event.body);
  const auto known = std::ranges::find(q.instruments, evaluation.instrument, &Instrument::id);
  const std::string when = fmt::format("at {}", moment_text(event.at));
  if (known == q.instruments.end()) {
    return {GateOutcome::missing,
            fmt::format("{} {} cannot be scored: the library does not hold it", evaluation.instrument, when),
            {event.id}};
  }
  const Score scored = score(*known, evaluation);
  if (!scored.urgent_actions.empty()) {
    return {GateOutcome::failed,
            fmt::format("{} {}: {}", known->short_title, when, scored.urgent_actions.front()),
            {event.id}};
  }
  if (known->urgent.empty() || !scored.not_judged.empty() || !scored.total) {
    return {GateOutcome::missing,
            fmt::format("{} {} does not answer it: {}", known->short_title, when,
                        known->urgent.empty()        ? "it has no urgent item"
                        : !scored.not_judged.empty() ? scored.not_judged.front()
                                                     : scored.no_total_because),
            {event.id}};
  }
  return {GateOutcome::passed, fmt::format("{} {}: nothing urgent", known->short_title, when), {event.id}};
}

std::vector<const Event*> answered(const GateQuestion& q, const std::string& instrument) {
  std::vector<const Event*> found;
  for (const Event& event : q.valid) {
    const auto* evaluation = std::get_if<Evaluation>(&event.body);
    if (evaluation != nullptr && evaluation->instrument == instrument && event.at <= q.now)
      found.push_back(&event);
  }
  std::ranges::stable_sort(found, {}, [](const Event* event) { return event->at; });
  return found;
}

std::optional<Duration> least_interval(const Protocol& protocol, Provenance& from) {
  if (protocol.dosing) {
    from = protocol.dosing->bounds.least_interval.from;
    return protocol.dosing->bounds.least_interval.value;
  }
  if (!protocol.fixed) return std::nullopt;
  from = protocol.fixed->least_interval.from;
  return protocol.fixed->least_interval.value;
}

// Where the plan's dose and the protocol's are of two kinds; else empty.
std::string dose_of_another_kind(const Protocol& protocol, const PlanApproved& plan) {
  if (plan.fixed_dose_mg && !protocol.fixed)
    return "its dose is fixed, but the protocol doses by body weight";
  if (!plan.fixed_dose_mg && !protocol.dosing)
    return "its dose is by body weight, but the protocol's doses are fixed";
  return {};
}

std::vector<std::string> plan_faults(const GateAsk& ask, const PlanInForce& in_force) {
  const Protocol& protocol = ask.question.protocol;
  const PlanApproved& plan = in_force.plan;
  const Date today = Date::of(ask.question.now);
  std::vector<std::string> faults;
  if (plan.protocol != protocol.id || plan.protocol_version != protocol.version) {
    faults.push_back(fmt::format("it follows {} {}, but the session is held against {} {}", plan.protocol,
                                 plan.protocol_version, protocol.id, protocol.version));
  }
  if (plan.drug != protocol.drug) {
    faults.push_back(fmt::format("it is for {}, but the protocol is for {}", drug_text(plan.drug),
                                 drug_text(protocol.drug)));
  }
  if (today > plan.stop_date)
    faults.push_back(fmt::format("its stop date was {}", plan.stop_date.to_string()));
  if (today > plan.next_review)
    faults.push_back(fmt::format("its review was due on {}", plan.next_review.to_string()));
  const auto given =
      std::ranges::count_if(ask.others, [&](const Session& s) { return s.start >= in_force.approved; });
  if (given >= plan.planned_sessions)
    faults.push_back(fmt::format("all of its {} sessions were given", plan.planned_sessions));
  return faults;
}

GateResult criterion_result(const GateAsk& ask, const Criterion& criterion, GateOutcome outcome,
                            std::string text) {
  GateResult result = gate_result(ask, outcome, std::move(text));
  result.id = criterion.id;
  result.source = criterion.source;
  return result;
}

// What is in the way by this criterion, if anything is.
std::optional<GateResult> criterion_in_the_way(const GateAsk& ask, const Criterion& criterion) {
  const Event* event = latest_event(ask.question.valid, [&](const Body& body) {
    const auto* screening = std::get_if<Screening>(&body);
    return screening != nullptr && screening->criterion == criterion.id;
  });
  const bool is_check = criterion.kind == Criterion::Kind::baseline_check;
  if (event == nullptr) {
    if (is_check && !criterion.required) return std::nullopt;
    return criterion_result(ask, criterion, GateOutcome::missing,
                            fmt::format("{}: never looked at", criterion.words));
  }
  const auto& screening = std::get<Screening>(event->body);
  if (screening.outcome == Screened::concern) {
    const bool bars = criterion.kind == Criterion::Kind::absolute;
    GateResult result = criterion_result(
        ask, criterion, GateOutcome::failed,
        fmt::format("{}: a concern {}: {}", criterion.words, age_words(ask, event->at), screening.note));
    result.consequence = bars ? Consequence::block : Consequence::decide;
    result.basis = {event->id};
    return result;
  }
  if (!ask.gate.not_older_than || is_fresh(ask, event->at)) return std::nullopt;
  GateResult result = criterion_result(
      ask, criterion, GateOutcome::stale,
      fmt::format("{}: looked at {}; {}", criterion.words, age_words(ask, event->at), wanted_words(ask)));
  result.basis = {event->id};
  return result;
}

// What the instrument's answers since then amount to; `before` gets what an older one said.
std::optional<ScreenAnswer> latest_since(const GateQuestion& q, const std::string& instrument, Instant since,
                                         std::optional<ScreenAnswer>& before) {
  std::optional<ScreenAnswer> latest;
  for (const Event* event : answered(q, instrument)) {
    ScreenAnswer answer = judged(q, *event);
    if (!within(q.now - event->at, q.now - since)) {
      if (answer.outcome != GateOutcome::missing) before = std::move(answer);
      continue;
    }
    // What answers nothing takes no urgent answer back.
    const bool stands = latest && latest->outcome == GateOutcome::failed;
    if (!(stands && answer.outcome == GateOutcome::missing)) latest = std::move(answer);
  }
  return latest;
}

}  // namespace

ScreenAnswer suicide_screen(const GateQuestion& q, Instant since) {
  const auto gate = std::ranges::find(q.protocol.session.gates, GateKind::suicide_screen, &Gate::kind);
  if (gate == q.protocol.session.gates.end() || gate->instruments.empty())
    return {GateOutcome::missing, "the protocol names no instrument for the suicide screen", {}};
  ScreenAnswer best{GateOutcome::missing, "no suicide screen is recorded", {}};
  for (const std::string& instrument : gate->instruments) {
    std::optional<ScreenAnswer> before;
    auto latest = latest_since(q, instrument, since, before);
    if (latest && latest->outcome == GateOutcome::failed) return *std::move(latest);
    if (best.outcome == GateOutcome::passed) continue;
    if (before) best = {GateOutcome::stale, "the last suicide screen: " + before->text, before->basis};
    if (latest) best = *std::move(latest);
  }
  return best;
}

GateResults interval_gate(const GateAsk& ask) {
  const Protocol& protocol = ask.question.protocol;
  Provenance from;
  const auto least = least_interval(protocol, from);
  if (!least)
    return {gate_result(ask, GateOutcome::missing, "the protocol says nothing of the time between sessions")};
  if (ask.others.empty()) return {gate_result(ask, GateOutcome::passed, "no session before this one")};
  const Session& last = ask.others.back();
  std::vector<std::string> basis{last.event};
  const Duration passed = ask.question.now - last.start;
  GateResult result =
      gate_result(ask, GateOutcome::passed,
                  fmt::format("session {} began {}", last.id, age_words(ask, last.start)), basis);
  result.source = from;
  if (!lasted(passed, *least)) {
    result.outcome = GateOutcome::failed;
    result.text += fmt::format("; at least {} between starts are asked for", length_text(*least));
    return {std::move(result)};
  }
  const auto this_week = std::ranges::count_if(
      ask.others, [&](const Session& s) { return !lasted(ask.question.now - s.start, 7.0 * units::day); });
  const int most = protocol.course.induction_per_week_most.value;
  const bool induction = std::ssize(ask.others) < protocol.course.induction_sessions.value;
  if (induction && this_week >= most) {
    result.outcome = GateOutcome::failed;
    result.text += fmt::format("; {} in the last 7 days, and {} a week are the most", this_week, most);
    result.source = protocol.course.induction_per_week_most.from;
  }
  return {std::move(result)};
}

GateResults consent_gate(const GateAsk& ask) {
  const auto plan = plan_at(ask.question.valid, ask.question.now);
  if (!plan)
    return {
        gate_result(ask, GateOutcome::missing, "no plan is approved, so there is no version to agree to")};
  const std::string& version = plan->plan.consent_version;
  const Event* given = latest_event(ask.question.valid, [&](const Body& body) {
    const auto* consent = std::get_if<ConsentRecorded>(&body);
    return consent != nullptr && consent->given && consent->version == version;
  });
  const Event* withdrawn = latest_event(ask.question.valid, [](const Body& body) {
    const auto* consent = std::get_if<ConsentRecorded>(&body);
    return consent != nullptr && !consent->given;
  });
  // Written in the same moment, the withdrawal holds.
  if (withdrawn != nullptr && (given == nullptr || withdrawn->at >= given->at)) {
    return {gate_result(ask, GateOutcome::failed,
                        fmt::format("consent was withdrawn {}", age_words(ask, withdrawn->at)),
                        {withdrawn->id})};
  }
  if (given == nullptr) {
    return {gate_result(ask, GateOutcome::missing,
                        fmt::format("no consent to version {} of the plan is recorded", version))};
  }
  const std::string text = fmt::format("consent to version {} given", version);
  if (ask.gate.not_older_than) return {aged_result(ask, GateOutcome::passed, text, *given)};
  return {gate_result(ask, GateOutcome::passed, fmt::format("{} {}", text, age_words(ask, given->at)),
                      {given->id})};
}

GateResults plan_gate(const GateAsk& ask) {
  const auto in_force = plan_at(ask.question.valid, ask.question.now);
  if (!in_force) return {gate_result(ask, GateOutcome::missing, "no plan is approved")};
  const PlanApproved& plan = in_force->plan;
  std::vector<std::string> faults = plan_faults(ask, *in_force);
  std::vector<std::string> basis{in_force->event};
  const std::string other_kind = dose_of_another_kind(ask.question.protocol, plan);
  if (!other_kind.empty()) faults.push_back(other_kind);
  const bool unsigned_only = faults.empty();
  if (!in_force->doses.empty() && in_force->doses.back().event != in_force->event)
    basis.push_back(in_force->doses.back().event);
  if (other_kind.empty() && needs_second_signature(plan, ask.question.protocol) &&
      !is_signed(ask.question.valid, *in_force, ask.question.now))
    faults.push_back("its dose needs the signature of a second clinician, another person than the first");
  std::string text =
      fmt::format("plan of {}, by {}", moment_text(in_force->approved), plan.responsible_clinician);
  // A fault that comes later is not one that was decided about.
  for (const std::string& fault : faults) {
    text += "; " + fault;
    basis.push_back(fault);
  }
  const GateOutcome outcome = faults.empty()  ? GateOutcome::passed
                              : unsigned_only ? GateOutcome::missing
                                              : GateOutcome::failed;
  return {gate_result(ask, outcome, std::move(text), std::move(basis))};
}

GateResults evaluations_gate(const GateAsk& ask) {
  const GateQuestion& q = ask.question;
  const CourseStatus course = course_status({q.valid, ask.others, q.protocol, q.instruments, q.now});
  GateResult result = gate_result(ask, GateOutcome::passed, "");
  for (const Due& due : course.due) {
    if (due.state != DueState::never && due.state != DueState::overdue) continue;
    if (due.state == DueState::never)
      result.outcome = GateOutcome::missing;
    else if (result.outcome == GateOutcome::passed)
      result.outcome = GateOutcome::stale;
    result.text += fmt::format("{}{} {}", result.text.empty() ? "" : "; ", due.what, due_words(due.state));
    if (due.last) result.text += fmt::format(", last {}", age_words(ask, *due.last));
    result.basis.push_back(due.what);
  }
  if (result.basis.empty())
    result.text = fmt::format("nothing of the calendar is overdue ({} items)", course.due.size());
  return {std::move(result)};
}

GateResults eligibility_gate(const GateAsk& ask) {
  GateResults results;
  for (const Criterion& criterion : ask.question.protocol.eligibility) {
    if (auto result = criterion_in_the_way(ask, criterion)) results.push_back(*std::move(result));
  }
  if (results.empty()) {
    results.push_back(gate_result(
        ask, GateOutcome::passed,
        fmt::format("all {} criteria screened, none in the way", ask.question.protocol.eligibility.size())));
  }
  return results;
}

}  // namespace evenkeel::care
