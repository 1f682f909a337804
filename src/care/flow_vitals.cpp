// When vital signs are due, and what fired on them.
#include <fmt/format.h>

#include <algorithm>

#include "care/crossing.hpp"
#include "care/flow_parts.hpp"

namespace evenkeel::care {
namespace {

std::vector<Instant> pressure_times(const Session& session) {
  std::vector<Instant> times;
  for (const TimedVitals& reading : session.vitals) {
    if (reading.signs.systolic_mmHg) times.push_back(reading.at);
  }
  return times;
}

// From one reading to the next; a reading counts for the last time that was due before it.
void due_during(const Watched& w, const std::vector<Instant>& readings, std::vector<VitalsDue>& all) {
  const SessionRules& rules = w.question.protocol.session;
  const Duration every = rules.vitals_every.value;
  const Duration grace = rules.vitals_late_after.value;
  const std::string what = fmt::format("every {}", length_text(every));
  const Instant until = w.ended.value_or(w.when);
  Instant due = w.infusion.start + every;
  const auto put = [&](VitalsState state, std::optional<Instant> taken) {
    all.push_back({what, due, state, taken, rules.vitals_every.from});
  };
  const auto pass_by = [&](Instant at, Duration allowed) {
    for (; !within(at - due, allowed); due = due + every) put(VitalsState::missing, {});
  };
  for (const Instant at : readings) {
    if (at <= w.infusion.start || at > until) continue;
    if (w.ended && due > until) return;  // what follows is the reading at the end
    pass_by(at, every);
    put(within(at - due, grace) ? VitalsState::taken : VitalsState::late, at);
    due = at + every;
  }
  if (w.ended) {
    pass_by(until, grace);  // a time just before the end is met by the reading at the end
    return;
  }
  pass_by(until, every);
  put(within(until - due, grace) ? VitalsState::to_come : VitalsState::overdue, {});
}

void due_after(const Watched& w, const std::vector<Instant>& readings, std::vector<VitalsDue>& all) {
  const SessionRules& rules = w.question.protocol.session;
  const Duration grace = rules.vitals_late_after.value;
  for (std::size_t i = 0; i < rules.vitals_after_end.size(); ++i) {
    const auto& after = rules.vitals_after_end[i];
    const Instant due = *w.ended + after.value;
    if (is_final(w.state) && due > w.when) continue;  // nobody is there any more
    VitalsDue item{
        after.value == Duration{} ? "at the end" : fmt::format("{} after the end", length_text(after.value)),
        due,
        VitalsState::to_come,
        {},
        after.from};
    const bool is_last = i + 1 == rules.vitals_after_end.size();
    std::optional<Instant> next_opens;
    if (!is_last) next_opens = *w.ended + rules.vitals_after_end[i + 1].value - grace;
    for (const Instant at : readings) {
      if (at > w.when || !within(due - at, grace)) continue;
      const bool in_time = within(at - due, grace);
      if (!in_time && (item.taken || (next_opens && at >= *next_opens))) continue;
      const bool farther = item.taken && !within(at > due ? at - due : due - at,
                                                 *item.taken > due ? *item.taken - due : due - *item.taken);
      if (farther) continue;  // of several in time the nearest counts
      item.taken = at;
      item.state = in_time ? VitalsState::taken : VitalsState::late;
    }
    if (!item.taken && !within(w.when - due, grace)) {
      const bool gone_by = is_final(w.state) || (next_opens && w.when >= *next_opens);
      item.state = gone_by ? VitalsState::missing : VitalsState::overdue;
    }
    all.push_back(std::move(item));
  }
}

// Where an event stands among those written down, to tell what a decision can have known.
std::size_t place_of(const Watched& w, const std::string& event) {
  const auto found = std::ranges::find(w.question.valid, event, &Event::id);
  return static_cast<std::size_t>(found - w.question.valid.begin());
}

const TimedDecision* decided(const Watched& w, const Firing& firing) {
  const TimedDecision* latest = nullptr;
  for (const TimedDecision& made : w.session.decisions) {
    const bool after = made.at >= firing.at && place_of(w, made.event) > place_of(w, firing.event);
    if (made.decision.about == firing.rule && after) latest = &made;
  }
  return latest != nullptr && latest->decision.go_on ? latest : nullptr;
}

bool was_paused(const Watched& w, Instant from) {
  if (rate_at(w.infusion, from) == InfusionRate{}) return true;
  return std::ranges::any_of(w.infusion.steps, [&](const RateStep& step) {
    return step.from >= from && step.rate == InfusionRate{};
  });
}

void find_answer(const Watched& w, Firing& firing) {
  if (firing.consequence == Consequence::advise) return;
  const bool is_stop = firing.consequence == Consequence::stop;
  if (const TimedDecision* made = decided(w, firing)) {
    firing.answer = Answer::decided;
    firing.answered_by =
        fmt::format("{} at {}: {}", made->decision.clinician, clock_text(made->at), made->decision.reason);
  } else if (std::holds_alternative<Stopped>(w.state) || (w.ended && *w.ended >= firing.at)) {
    firing.answer = Answer::ended;
  } else if (is_stop) {
    firing.answer = Answer::none;
  } else if (w.ended) {
    firing.answer = Answer::not_asked;
  } else {
    firing.answer = was_paused(w, firing.at) ? Answer::paused : Answer::none;
  }
}

Firing fired(const VitalRule& rule, const TimedVitals& reading, int value) {
  return {rule.id,
          reading.event,
          reading.at,
          value,
          rule.value.value,
          rule.consequence,
          crossing_text(rule, value, reading.at),
          rule.action,
          Answer::not_asked,
          "",
          rule.value.from};
}

// A sign that the protocol does not list is one that a clinician looks at before the infusion goes on.
Firing fired(const Protocol& protocol, const TimedSign& seen) {
  Firing firing{seen.sign.sign,    seen.event, seen.at, {}, {}, Consequence::hold, "", "",
                Answer::not_asked, "",         {}};
  const auto rule = std::ranges::find(protocol.session.signs, seen.sign.sign, &SignRule::id);
  const std::string note = seen.sign.note.empty() ? std::string{} : ": " + seen.sign.note;
  if (rule == protocol.session.signs.end()) {
    firing.text = fmt::format("'{}' at {}, which the protocol does not list{}", seen.sign.sign,
                              clock_text(seen.at), note);
    firing.action = "a clinician looks at it before the infusion goes on";
    firing.source = {"evenkeel", Label::proposal, "what is not known holds"};
    return firing;
  }
  firing.consequence = rule->consequence;
  firing.text = fmt::format("{} at {}{}", rule->words, clock_text(seen.at), note);
  firing.action = rule->action;
  firing.source = rule->source;
  return firing;
}

}  // namespace

std::vector<VitalsDue> vitals_due(const Watched& w) {
  const auto readings = pressure_times(w.session);
  std::vector<VitalsDue> all;
  VitalsDue before{"before the start",
                   w.infusion.start,
                   VitalsState::missing,
                   {},
                   w.question.protocol.session.vitals_every.from};
  for (const Instant at : readings) {
    if (at > w.infusion.start) continue;
    before.taken = at;
    before.state = VitalsState::taken;
  }
  all.push_back(std::move(before));
  due_during(w, readings, all);
  if (w.ended) due_after(w, readings, all);
  return all;
}

std::vector<Firing> firings(const Watched& w) {
  std::vector<TimedVitals> after;
  std::ranges::copy_if(w.session.vitals, std::back_inserter(after),
                       [&](const TimedVitals& reading) { return reading.at > w.infusion.start; });
  std::vector<Firing> all;
  for (const VitalRule& rule : w.question.protocol.session.during) {
    for (const Crossing& crossing : crossings(rule, after))
      all.push_back(fired(rule, after[crossing.reading], crossing.value));
  }
  for (const TimedSign& seen : w.session.signs) all.push_back(fired(w.question.protocol, seen));
  std::ranges::stable_sort(all, {}, &Firing::at);
  for (Firing& firing : all) find_answer(w, firing);
  return all;
}

}  // namespace evenkeel::care
