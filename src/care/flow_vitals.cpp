// When vital signs are due, and what fired on them.
#include <fmt/format.h>

#include <algorithm>

#include "care/crossing.hpp"
#include "care/flow_parts.hpp"
#include "care/record.hpp"

namespace evenkeel::care {
namespace {

std::vector<Instant> pressure_times(const Session& session) {
  std::vector<Instant> times;
  for (const TimedVitals& reading : session.vitals) {
    if (reading.signs.systolic_mmHg) times.push_back(reading.at);
  }
  return times;
}

constexpr const char* again_at_once = "again at once";

// A reading on which a hold or a stop fired is repeated at once.
bool asks_again(const Firing& firing) {
  const bool acts = firing.consequence == Consequence::hold || firing.consequence == Consequence::stop;
  return acts && firing.value.has_value();
}

// What is due while the infusion runs, from one reading to the next. A reading counts for the time that is
// due where it lies no further before it than the grace: one just after the start does not stand for the one
// ten minutes later.
class DueDuring {
 public:
  DueDuring(const Watched& w, const std::vector<Firing>& fired, std::vector<VitalsDue>& all)
      : w_{w}, fired_{fired}, all_{all}, regular_{fmt::format("every {}", length_text(every()))} {
    plan(w.infusion.start + every());
  }

  void operator()(const std::vector<Instant>& readings) {
    const Instant until = w_.ended.value_or(w_.when);
    for (const Instant at : readings) {
      if (at <= w_.infusion.start || at > until) continue;
      hurry(at);
      if (w_.ended && due_ > until) return;  // what follows is the reading at the end
      if (!within(due_ - at, grace())) continue;
      pass_by(at, every());
      put(within(at - due_, grace()) ? VitalsState::taken : VitalsState::late, at);
      plan(at + every());
      since_ = at;
    }
    hurry(w_.ended ? until : until + grace());
    if (w_.ended) {
      pass_by(until, grace());  // a time just before the end is met by the reading at the end
      return;
    }
    pass_by(until, every());
    put(within(until - due_, grace()) ? VitalsState::to_come : VitalsState::overdue, {});
  }

 private:
  [[nodiscard]] Duration every() const { return w_.question.protocol.session.vitals_every.value; }
  [[nodiscard]] Duration grace() const { return w_.question.protocol.session.vitals_late_after.value; }
  void plan(Instant due) {
    due_ = due;
    what_ = regular_;
    source_ = w_.question.protocol.session.vitals_every.from;
  }
  // What fired since the last reading that counted, and before this one, brings the next one forward.
  void hurry(Instant before) {
    for (const Firing& firing : fired_) {
      if (!asks_again(firing) || firing.at < since_ || firing.at >= before || firing.at >= due_) continue;
      due_ = firing.at;
      what_ = again_at_once;
      source_ = firing.source;
    }
  }
  void pass_by(Instant at, Duration allowed) {
    while (!within(at - due_, allowed)) {
      put(VitalsState::missing, {});
      plan(due_ + every());
    }
  }
  void put(VitalsState state, std::optional<Instant> taken) {
    all_.push_back({what_, due_, state, taken, source_});
  }

  const Watched& w_;
  const std::vector<Firing>& fired_;
  std::vector<VitalsDue>& all_;
  std::string regular_;
  Instant since_ = w_.infusion.start;  // the last reading that counted
  Instant due_;
  std::string what_;
  Provenance source_;
};

// After the end nothing is due from one reading to the next, so each that fires asks for one of its own.
void due_again(const Watched& w, const std::vector<Instant>& readings, const std::vector<Firing>& fired,
               std::vector<VitalsDue>& all) {
  const Duration grace = w.question.protocol.session.vitals_late_after.value;
  std::optional<Instant> asked;
  for (const Firing& firing : fired) {
    if (!firing.after_end || !asks_again(firing) || asked == firing.at) continue;
    asked = firing.at;
    VitalsDue item{again_at_once, firing.at, VitalsState::to_come, {}, firing.source};
    const auto next = std::ranges::find_if(readings, [&](Instant at) { return at > firing.at; });
    if (next != readings.end()) {
      item.taken = *next;
      item.state = within(*next - firing.at, grace) ? VitalsState::taken : VitalsState::late;
    } else if (is_final(w.state)) {
      item.state = VitalsState::missing;
    } else if (!within(w.when - firing.at, grace)) {
      item.state = VitalsState::overdue;
    }
    all.push_back(std::move(item));
  }
}

Duration between(Instant a, Instant b) {
  return a > b ? a - b : b - a;
}

// Of the readings in time the nearest; else the first that is late, if it came before the next was due.
void take_reading(VitalsDue& item, const std::vector<Instant>& readings, Instant until, Duration grace,
                  std::optional<Instant> next_opens) {
  for (const Instant at : readings) {
    if (at > until || !within(item.due - at, grace)) continue;
    const bool in_time = within(at - item.due, grace);
    if (!in_time && (item.taken || (next_opens && at >= *next_opens))) continue;
    if (item.taken && !within(between(at, item.due), between(*item.taken, item.due))) continue;
    item.taken = at;
    item.state = in_time ? VitalsState::taken : VitalsState::late;
  }
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
    std::optional<Instant> next_opens;
    if (i + 1 < rules.vitals_after_end.size())
      next_opens = *w.ended + rules.vitals_after_end[i + 1].value - grace;
    take_reading(item, readings, w.when, grace, next_opens);
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

// The latest decision about what fired, made after it.
const TimedDecision* decision_about(const Watched& w, const Firing& firing) {
  const TimedDecision* latest = nullptr;
  for (const TimedDecision& made : w.session.decisions) {
    const bool after = made.at >= firing.at && place_of(w, made.event) > place_of(w, firing.event);
    if (made.decision.about == firing.rule && after) latest = &made;
  }
  return latest;
}

// It was paused because of this, and still is. A pause from before says nothing of what fires during it, and
// one that is over answers nothing.
bool was_paused(const Watched& w, Instant from) {
  if (rate_at(w.infusion, w.when) > InfusionRate{}) return false;
  return std::ranges::any_of(w.infusion.steps, [&](const RateStep& step) {
    return step.from >= from && step.rate == InfusionRate{};
  });
}

// Whether it fired when nothing ran any more. At the moment of the end itself the order of writing decides.
bool fired_after_end(const Watched& w, const Firing& firing) {
  if (!w.ended || firing.at < *w.ended) return false;
  if (firing.at > *w.ended) return true;
  const auto end = std::ranges::find_if(w.question.valid, [&](const Event& event) {
    const bool ends = std::holds_alternative<SessionEnded>(event.body) ||
                      std::holds_alternative<SessionStopped>(event.body);
    return ends && session_of(event.body) == w.session.id;
  });
  return end < w.question.valid.begin() + static_cast<std::ptrdiff_t>(place_of(w, firing.event));
}

void find_answer(const Watched& w, Firing& firing) {
  if (firing.consequence == Consequence::advise) return;
  firing.after_end = fired_after_end(w, firing);
  if (firing.after_end)
    firing.action =
        "after the infusion: a clinician looks and decides before the patient leaves; " + firing.action;
  const TimedDecision* made = decision_about(w, firing);
  if (made != nullptr) {
    firing.answered_by = fmt::format("{} at {}: {}{}", made->decision.clinician, clock_text(made->at),
                                     made->decision.go_on ? "" : "not to go on, ", made->decision.reason);
  }
  if (made != nullptr && made->decision.go_on) {
    firing.answer = Answer::decided;
  } else if (std::holds_alternative<Stopped>(w.state) || (w.ended && !firing.after_end)) {
    firing.answer = Answer::ended;
  } else if (!w.ended && firing.consequence == Consequence::hold && was_paused(w, firing.at)) {
    firing.answer = Answer::paused;
  } else {
    firing.answer = Answer::none;
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
          false,
          rule.value.from};
}

// A sign that the protocol does not list is one that a clinician looks at before the infusion goes on.
Firing fired(const Protocol& protocol, const TimedSign& seen) {
  Firing firing{seen.sign.sign,    seen.event, seen.at, {}, {}, Consequence::hold, "", "",
                Answer::not_asked, "",         false,   {}};
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

std::vector<TimedVitals> after_start(const Watched& w) {
  std::vector<TimedVitals> after;
  std::ranges::copy_if(w.session.vitals, std::back_inserter(after),
                       [&](const TimedVitals& reading) { return reading.at > w.infusion.start; });
  return after;
}

std::vector<VitalsDue> vitals_due(const Watched& w, const std::vector<Firing>& fired) {
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
  DueDuring{w, fired, all}(readings);
  if (w.ended) {
    due_after(w, readings, all);
    due_again(w, readings, fired, all);
  }
  std::ranges::stable_sort(all, {}, &VitalsDue::due);
  return all;
}

std::vector<Firing> firings(const Watched& w) {
  const std::vector<TimedVitals> after = after_start(w);
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
