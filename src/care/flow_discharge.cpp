// What is in the way of going home.
#include <fmt/format.h>

#include <algorithm>

#include "care/crossing.hpp"
#include "care/flow_parts.hpp"
#include "care/gate_checks.hpp"

namespace evenkeel::care {
namespace {

DischargeCriterion waited(const Watched& w, std::string id, const Sourced<Duration>& least,
                          std::optional<Instant> since, std::string_view what) {
  if (!w.ended || !since) {
    return {std::move(id), Met::not_met,
            fmt::format("{} after the {}: it still runs", length_text(least.value), what), least.from};
  }
  const Duration passed = w.when - *since;
  return {
      std::move(id), lasted(passed, least.value) ? Met::met : Met::not_met,
      fmt::format("{} after the {}; {} are asked for", length_text(passed), what, length_text(least.value)),
      least.from};
}

DischargeCriterion alert(const Watched& w) {
  const Sourced<int>& least = w.question.protocol.session.discharge.moaas;
  const TimedVitals* last = nullptr;
  for (const TimedVitals& reading : w.session.vitals) {
    if (w.ended && reading.at >= *w.ended && reading.signs.moaas) last = &reading;
  }
  if (last == nullptr) {
    return {"moaas", Met::unknown, fmt::format("no MOAA/S since the end; {} is asked for", least.value),
            least.from};
  }
  return {
      "moaas", *last->signs.moaas >= least.value ? Met::met : Met::not_met,
      fmt::format("MOAA/S {} at {}; {} is asked for", *last->signs.moaas, clock_text(last->at), least.value),
      least.from};
}

bool is_after(Moment moment) {
  return moment == Moment::after_dose || moment == Moment::between_doses;
}

DischargeCriterion scored(const Watched& w) {
  const DischargeRules& rules = w.question.protocol.session.discharge;
  DischargeCriterion result{"score", Met::unknown, "",
                            rules.least_total ? rules.least_total->from : rules.source};
  const auto known = std::ranges::find(w.question.instruments, rules.instrument, &Instrument::id);
  if (known == w.question.instruments.end()) {
    result.text = fmt::format("{} cannot be scored: the library does not hold it", rules.instrument);
    return result;
  }
  const std::string wanted =
      rules.least_total ? fmt::format("; {} or more is asked for", rules.least_total->value) : std::string{};
  const Event* event = latest_event(w.question.valid, [&](const Body& body) {
    const auto* evaluation = std::get_if<Evaluation>(&body);
    return evaluation != nullptr && evaluation->instrument == rules.instrument;
  });
  // One of before is of the drug still running, whatever the clock says.
  const bool since_end = event != nullptr && w.ended && event->at > *w.ended &&
                         is_after(std::get<Evaluation>(event->body).moment);
  if (!since_end) {
    result.text = fmt::format("no {} since the end{}", known->short_title, wanted);
    return result;
  }
  const Score found = score(*known, std::get<Evaluation>(event->body));
  if (!found.total) {
    result.text =
        fmt::format("{} at {}: {}", known->short_title, clock_text(event->at), found.no_total_because);
    return result;
  }
  const bool enough = !rules.least_total || *found.total >= rules.least_total->value;
  result.met = enough ? Met::met : Met::not_met;
  result.text = fmt::format("{} {} at {}{}", known->short_title, *found.total, clock_text(event->at), wanted);
  return result;
}

DischargeCriterion escorted(const Watched& w) {
  const DischargeRules& rules = w.question.protocol.session.discharge;
  DischargeCriterion result{"escort", Met::unknown, "no escort is recorded", rules.source};
  if (const auto* home = std::get_if<Discharged>(&w.state)) {
    result.met = home->out.escort ? Met::met : Met::not_met;
    result.text = home->out.escort ? "left with an escort" : "left without an escort";
    return result;
  }
  const Event* event = latest_event(w.question.valid, [&](const Body& body) {
    const auto* done = std::get_if<PreCheck>(&body);
    return done != nullptr && done->session == w.session.id && done->check == Check::escort;
  });
  if (event == nullptr) return result;
  const auto& done = std::get<PreCheck>(event->body);
  result.met = done.outcome == Screened::clear ? Met::met : Met::not_met;
  result.text = fmt::format("escort: {}, by {} at {}{}", screened_words(done.outcome), event->recorded_by,
                            clock_text(event->at), done.note.empty() ? "" : ": " + done.note);
  return result;
}

// The start itself is before: what was asked then is the gate's.
DischargeCriterion safe(const Watched& w) {
  const ScreenAnswer answer = suicide_screen(w.question, w.infusion.start + 0.001 * units::s);
  DischargeCriterion result{"suicide_screen", Met::unknown, answer.text,
                            w.question.protocol.session.discharge.source};
  if (answer.outcome == GateOutcome::passed) result.met = Met::met;
  if (answer.outcome == GateOutcome::failed) result.met = Met::not_met;
  if (answer.outcome == GateOutcome::stale) result.text += "; it is asked again once the infusion has begun";
  return result;
}

DischargeCriterion nothing_open(const Watched& w, const std::vector<Firing>& fired) {
  DischargeCriterion result{"open_stop", Met::met, "no stop and no hold waits for a decision",
                            w.question.protocol.session.discharge.source};
  for (const Firing& firing : fired) {
    if (!firing.waits()) continue;
    result.met = Met::not_met;
    result.text = fmt::format("{}: waits for a clinician's decision about '{}'", firing.text, firing.rule);
    result.source = firing.source;
  }
  return result;
}

// The latest reading of each sign, whatever was decided about it: who goes home has left the limits behind
// at which the drug is held.
DischargeCriterion within_limits(const Watched& w) {
  DischargeCriterion result{"vital_signs", Met::met, "the latest vital signs break no rule of the session",
                            w.question.protocol.session.discharge.source};
  const std::vector<TimedVitals> readings = after_start(w);
  for (const VitalRule& rule : w.question.protocol.session.during) {
    if (rule.consequence != Consequence::hold && rule.consequence != Consequence::stop) continue;
    const auto fired = crossings(rule, readings);
    const auto last = std::ranges::find_if(readings.rbegin(), readings.rend(), [&](const TimedVitals& each) {
      return vital_value(each.signs, rule.vital).has_value();
    });
    if (fired.empty() || &readings[fired.back().reading] != &*last) continue;
    result.met = Met::not_met;
    result.text = fmt::format("{}, and nothing later: read again; nobody goes home with it",
                              crossing_text(rule, fired.back().value, last->at));
    result.source = rule.value.from;
  }
  return result;
}

}  // namespace

std::vector<DischargeCriterion> discharge_criteria(const Watched& w, const std::vector<Firing>& fired) {
  const DischargeRules& rules = w.question.protocol.session.discharge;
  std::vector<DischargeCriterion> all;
  all.push_back(waited(w, "time_after_end", rules.after_end, w.ended, "end"));
  if (rules.after_start)
    all.push_back(waited(w, "time_after_start", *rules.after_start, w.infusion.start, "start"));
  all.push_back(alert(w));
  if (!rules.instrument.empty()) all.push_back(scored(w));
  if (rules.escort) all.push_back(escorted(w));
  if (rules.suicide_screen) all.push_back(safe(w));
  all.push_back(nothing_open(w, fired));
  all.push_back(within_limits(w));
  return all;
}

}  // namespace evenkeel::care
