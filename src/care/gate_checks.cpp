#include "care/gate_checks.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "care/crossing.hpp"

namespace evenkeel::care {
namespace {

const Event* latest_check(const GateAsk& ask, Check check) {
  return latest_event(ask.question.valid, [&](const Body& body) {
    const auto* done = std::get_if<PreCheck>(&body);
    return done != nullptr && done->session == ask.question.session && done->check == check;
  });
}

std::string noted(const PreCheck& done) {
  return done.note.empty() ? std::string{} : ": " + done.note;
}

// The patient's readings by time, whatever session they name.
std::vector<TimedVitals> readings(std::span<const Event> events) {
  std::vector<TimedVitals> found;
  for (const Event& event : events) {
    if (const auto* signs = std::get_if<VitalSigns>(&event.body))
      found.push_back({event.id, event.at, *signs});
  }
  std::ranges::stable_sort(found, {}, &TimedVitals::at);
  return found;
}

const TimedVitals* last_with(std::span<const TimedVitals> by_time, Vital vital) {
  const TimedVitals* last = nullptr;
  for (const TimedVitals& reading : by_time) {
    if (vital_value(reading.signs, vital)) last = &reading;
  }
  return last;
}

// The rule on the last reading of its sign, which must be as fresh as the pressure.
GateResult rule_result(const GateAsk& ask, const VitalRule& rule, std::span<const TimedVitals> by_time) {
  GateResult result = gate_result(ask, GateOutcome::passed, "");
  result.id = rule.id;
  result.consequence = rule.consequence;
  result.source = rule.value.from;
  const TimedVitals* last = last_with(by_time, rule.vital);
  if (last == nullptr || !is_fresh(ask, last->at)) {
    result.outcome = last == nullptr ? GateOutcome::missing : GateOutcome::stale;
    result.text = last == nullptr ? fmt::format("no {} is recorded", vital_words(rule.vital))
                                  : fmt::format("{} was read {}; {}", vital_words(rule.vital),
                                                age_words(ask, last->at), wanted_words(ask));
    if (last != nullptr) result.basis = {last->event};
    return result;
  }
  const int value = *vital_value(last->signs, rule.vital);
  result.basis = {last->event};
  const auto fired = crossings(rule, by_time);
  const bool crossed = !fired.empty() && &by_time[fired.back().reading] == last;
  if (!crossed) {
    result.text = fmt::format("{} {} {}, {}", vital_words(rule.vital), value, vital_unit(rule.vital),
                              age_words(ask, last->at));
    return result;
  }
  result.outcome = GateOutcome::failed;
  result.text = fmt::format("{}: {}", crossing_text(rule, value, last->at), rule.action);
  return result;
}

}  // namespace

GateResults identity_gate(const GateAsk& ask) {
  const Event* first = latest_check(ask, Check::identity_first);
  const Event* second = latest_check(ask, Check::identity_second);
  std::vector<std::string> basis;
  for (const Event* each : {first, second}) {
    if (each == nullptr) continue;
    basis.push_back(each->id);
    const auto& done = std::get<PreCheck>(each->body);
    if (done.outcome != Screened::clear) {
      return {gate_result(ask, GateOutcome::failed,
                          fmt::format("{} by {}: {}{}", check_words(done.check), each->recorded_by,
                                      screened_words(done.outcome), noted(done)),
                          std::move(basis))};
    }
  }
  if (first == nullptr || second == nullptr) {
    const char* lacking = first != nullptr    ? "the second check, by another person, is missing"
                          : second != nullptr ? "the first check is missing"
                                              : "neither check is recorded";
    return {gate_result(ask, GateOutcome::missing, fmt::format("identity by two people: {}", lacking),
                        std::move(basis))};
  }
  if (first->recorded_by == second->recorded_by) {
    return {gate_result(
        ask, GateOutcome::failed,
        fmt::format("both checks of identity are by {}: the second is another person's", first->recorded_by),
        std::move(basis))};
  }
  return {gate_result(ask, GateOutcome::passed,
                      fmt::format("identity told to {} at {} and to {} at {}", first->recorded_by,
                                  clock_text(first->at), second->recorded_by, clock_text(second->at)),
                      std::move(basis))};
}

GateResults checked_gate(const GateAsk& ask, Check check) {
  const Event* event = latest_check(ask, check);
  if (event == nullptr) {
    return {gate_result(ask, GateOutcome::missing,
                        fmt::format("{}: not recorded for this session", check_words(check)))};
  }
  const auto& done = std::get<PreCheck>(event->body);
  const std::string text = fmt::format("{}: {}{}, by {}", check_words(check), screened_words(done.outcome),
                                       noted(done), event->recorded_by);
  if (done.outcome == Screened::concern) return {gate_result(ask, GateOutcome::failed, text, {event->id})};
  if (done.outcome == Screened::not_applicable) {
    // Only a pregnancy can be beside the point; nobody can be fasting or not as not applicable.
    const auto outcome = check == Check::pregnancy ? GateOutcome::not_applicable : GateOutcome::failed;
    return {gate_result(ask, outcome, text, {event->id})};
  }
  if (ask.gate.not_older_than) return {aged_result(ask, GateOutcome::passed, text, *event)};
  return {gate_result(ask, GateOutcome::passed, fmt::format("{} at {}", text, clock_text(event->at)),
                      {event->id})};
}

GateResults weight_gate(const GateAsk& ask) {
  const Event* event = latest_event(ask.question.valid, [](const Body& body) {
    const auto* facts = std::get_if<PatientFacts>(&body);
    return facts != nullptr && facts->weight.has_value();
  });
  if (event == nullptr)
    return {gate_result(ask, GateOutcome::missing, "no weight is recorded; " + wanted_words(ask))};
  const BodyMass weight = *std::get<PatientFacts>(event->body).weight;
  return {
      aged_result(ask, GateOutcome::passed, fmt::format("weight {:g} kg,", weight.in(units::kg)), *event)};
}

GateResults pressure_gate(const GateAsk& ask) {
  const auto by_time = readings(ask.question.valid);
  const TimedVitals* last = last_with(by_time, Vital::systolic);
  GateResults results;
  if (last == nullptr) {
    results.push_back(
        gate_result(ask, GateOutcome::missing, "no blood pressure is recorded; " + wanted_words(ask)));
  } else {
    const auto read = std::ranges::find(ask.question.valid, last->event,
                                        [](const Event& e) -> const std::string& { return e.id; });
    results.push_back(aged_result(
        ask, GateOutcome::passed,
        fmt::format("blood pressure {}/{} mmHg,", *last->signs.systolic_mmHg, *last->signs.diastolic_mmHg),
        *read));
  }
  const bool pressure_known = results.front().passes();
  for (const VitalRule& rule : ask.question.protocol.session.before_start) {
    const bool of_pressure = rule.vital == Vital::systolic || rule.vital == Vital::diastolic;
    if (of_pressure && !pressure_known) continue;  // the gate itself says so
    results.push_back(rule_result(ask, rule, by_time));
  }
  return results;
}

GateResults suicide_gate(const GateAsk& ask) {
  Instant since = ask.checked_in.value_or(ask.question.now);
  if (ask.gate.not_older_than) since = ask.question.now - ask.gate.not_older_than->value;
  ScreenAnswer answer = suicide_screen(ask.question, since);
  if (!answer.basis.empty() && answer.outcome == GateOutcome::stale) answer.text += "; " + wanted_words(ask);
  return {gate_result(ask, answer.outcome, std::move(answer.text), std::move(answer.basis))};
}

// What is found in a dispensing history is a clinician's to weigh, and shuts nobody out.
GateResults dispensing_gate(const GateAsk& ask) {
  const Event* event = latest_event(ask.question.valid, [](const Body& body) {
    const auto* looked = std::get_if<OtherSource>(&body);
    return looked != nullptr && looked->looked_in == LookedIn::dispensing_history;
  });
  if (event == nullptr) {
    return {gate_result(ask, GateOutcome::missing,
                        "the dispensing history was never looked at; " + wanted_words(ask))};
  }
  const auto& all = std::get<OtherSource>(event->body).found;
  const auto found = std::ranges::find(all, SupplyKind::ketamine, &OtherSource::Found::kind);
  if (found == all.end())
    return {aged_result(ask, GateOutcome::passed, "dispensing history without another source,", *event)};
  GateResult result = aged_result(
      ask, GateOutcome::failed,
      fmt::format("dispensing history shows {} from {},", found->substance, found->supplier), *event);
  if (result.outcome == GateOutcome::failed) result.consequence = Consequence::decide;
  return {std::move(result)};
}

}  // namespace evenkeel::care
