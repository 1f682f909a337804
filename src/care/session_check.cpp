// A session held against its protocol: what is missing, late or crossed, and what was decided about it.
#include <fmt/format.h>

#include <algorithm>

#include "care/crossing.hpp"
#include "care/session.hpp"

namespace evenkeel::care {
namespace {

std::vector<TimedVitals> with_blood_pressure(const Session& session) {
  std::vector<TimedVitals> found;
  std::ranges::copy_if(session.vitals, std::back_inserter(found),
                       [](const TimedVitals& v) { return v.signs.systolic_mmHg.has_value(); });
  return found;
}

void check_intervals(const Session& session, const Protocol& protocol, Instant now,
                     std::vector<SessionNote>& notes) {
  const auto readings = with_blood_pressure(session);
  const Instant until = session.end.value_or(now);
  const Duration allowed = protocol.session.vitals_every.value + protocol.session.vitals_late_after.value;
  const bool before = std::ranges::any_of(readings, [&](const auto& v) { return v.at <= session.start; });
  if (!before) {
    notes.push_back({SessionNote::Kind::missing, "no blood pressure before the infusion",
                     protocol.session.vitals_every.from});
  }
  Instant last = session.start;
  const auto gap_to = [&](Instant at) {
    if (at - last <= allowed) return;
    notes.push_back({SessionNote::Kind::late,
                     fmt::format("no vital signs from {} to {} ({:.0f} min; every {:.0f} min is asked)",
                                 clock_text(last), clock_text(at), (at - last).in(units::min),
                                 protocol.session.vitals_every.value.in(units::min)),
                     protocol.session.vitals_every.from});
  };
  for (const TimedVitals& reading : readings) {
    if (reading.at <= session.start || reading.at > until) continue;
    gap_to(reading.at);
    last = reading.at;
  }
  gap_to(until);
}

void check_discharge(const Session& session, const Protocol& protocol, std::vector<SessionNote>& notes) {
  const DischargeRules& rules = protocol.session.discharge;
  const auto early = [&](const Sourced<Duration>& least, Instant since, std::string_view what) {
    const Duration passed = *session.discharged - since;
    if (lasted(passed, least.value)) return;
    notes.push_back({SessionNote::Kind::crossed,
                     fmt::format("discharged {:.0f} min after the {}; {:.0f} min are asked",
                                 passed.in(units::min), what, least.value.in(units::min)),
                     least.from});
  };
  early(rules.after_end, *session.end, "end");
  if (rules.after_start) early(*rules.after_start, session.start, "start");
  if (!session.escort)
    notes.push_back({SessionNote::Kind::crossed, "discharged without an escort", rules.after_end.from});
  if (session.discharge_moaas && *session.discharge_moaas < rules.moaas.value) {
    notes.push_back(
        {SessionNote::Kind::crossed,
         fmt::format("discharged at MOAA/S {}; {} is asked", *session.discharge_moaas, rules.moaas.value),
         rules.moaas.from});
  }
}

void check_after_end(const Session& session, const Protocol& protocol, Instant now,
                     std::vector<SessionNote>& notes) {
  if (!session.end) return;
  const auto readings = with_blood_pressure(session);
  for (const auto& after : protocol.session.vitals_after_end) {
    const Instant due = *session.end + after.value;
    const Duration grace = protocol.session.vitals_late_after.value;
    if (now < due + grace) continue;
    if (session.departed && due > session.departed->at) continue;
    const bool taken = std::ranges::any_of(
        readings, [&](const auto& v) { return v.at - due <= grace && due - v.at <= grace; });
    if (taken) continue;
    notes.push_back({SessionNote::Kind::missing,
                     after.value == Duration{}
                         ? std::string("no vital signs at the end")
                         : fmt::format("no vital signs {:.0f} min after the end", after.value.in(units::min)),
                     after.from});
  }
  if (session.departed) {
    notes.push_back(
        {SessionNote::Kind::crossed,
         fmt::format("{} at {}, not discharged: {}", departure_words(session.departed->how.departure),
                     clock_text(session.departed->at), session.departed->how.reason),
         protocol.session.discharge.after_end.from});
    return;
  }
  if (!session.discharged) {
    if (now < *session.end + protocol.session.discharge.after_end.value) return;  // still to be observed
    notes.push_back(
        {SessionNote::Kind::missing, "no discharge recorded", protocol.session.discharge.after_end.from});
    return;
  }
  check_discharge(session, protocol, notes);
}

// What a rule asks for beyond being seen.
std::string asked_words(Consequence consequence) {
  return consequence == Consequence::advise ? std::string{}
                                            : fmt::format(", {}", consequence_words(consequence));
}

void note_crossing(const VitalRule& rule, int value, Instant at, std::vector<SessionNote>& notes) {
  notes.push_back(
      {SessionNote::Kind::crossed,
       fmt::format("{}{}: {}", crossing_text(rule, value, at), asked_words(rule.consequence), rule.action),
       rule.value.from});
}

// The gate is about the last reading before the start: an earlier one may have settled.
void check_gate(const Session& session, const Protocol& protocol, std::vector<SessionNote>& notes) {
  std::vector<TimedVitals> before;
  std::ranges::copy_if(session.vitals, std::back_inserter(before),
                       [&](const TimedVitals& reading) { return reading.at <= session.start; });
  for (const VitalRule& rule : protocol.session.before_start) {
    std::optional<std::size_t> last;
    for (std::size_t i = 0; i < before.size(); ++i) {
      if (vital_value(before[i].signs, rule.vital)) last = i;
    }
    const auto fired = crossings(rule, before);
    if (!fired.empty() && fired.back().reading == last)
      note_crossing(rule, fired.back().value, before[*last].at, notes);
  }
}

void check_rules_during(const Session& session, const Protocol& protocol, std::vector<SessionNote>& notes) {
  std::vector<TimedVitals> after;
  std::ranges::copy_if(session.vitals, std::back_inserter(after),
                       [&](const TimedVitals& reading) { return reading.at > session.start; });
  for (const VitalRule& rule : protocol.session.during) {
    for (const Crossing& crossing : crossings(rule, after))
      note_crossing(rule, crossing.value, after[crossing.reading].at, notes);
  }
}

void check_signs(const Session& session, const Protocol& protocol, std::vector<SessionNote>& notes) {
  for (const TimedSign& seen : session.signs) {
    const auto rule = std::ranges::find(protocol.session.signs, seen.sign.sign, &SignRule::id);
    const std::string when = clock_text(seen.at);
    if (rule == protocol.session.signs.end()) {
      notes.push_back({SessionNote::Kind::crossed,
                       fmt::format("sign '{}' at {}, which the protocol does not list", seen.sign.sign, when),
                       protocol.session.discharge.source});
      continue;
    }
    notes.push_back(
        {SessionNote::Kind::crossed,
         fmt::format("{} at {}{}: {}", rule->words, when, asked_words(rule->consequence), rule->action),
         rule->source});
  }
}

// A decision to go on past a gate or a rule is shown for ever: it is what a review of overrides reads.
void list_decisions(const Session& session, std::vector<SessionNote>& notes) {
  for (const TimedDecision& made : session.decisions) {
    const SessionDecision& d = made.decision;
    notes.push_back({SessionNote::Kind::decided,
                     fmt::format("{} at {}: {} decided {}: {}", d.about, clock_text(made.at), d.clinician,
                                 d.go_on ? "to go on" : "not to go on", d.reason),
                     {"", Label::seen, "recorded in the session"}});
  }
}

}  // namespace

std::vector<SessionNote> check_session(const Session& session, const Protocol& protocol, Instant now) {
  std::vector<SessionNote> notes;
  // By the nose there is no infusion to know: nothing is missing.
  if (!session.infusion_unknown.empty() && session.route == Route::intravenous) {
    notes.push_back({SessionNote::Kind::missing, session.infusion_unknown,
                     protocol.dosing ? protocol.dosing->standard.from : protocol.session.discharge.source});
  }
  check_intervals(session, protocol, now, notes);
  check_after_end(session, protocol, now, notes);
  check_gate(session, protocol, notes);
  check_rules_during(session, protocol, notes);
  check_signs(session, protocol, notes);
  list_decisions(session, notes);
  return notes;
}

}  // namespace evenkeel::care
