#include "assess/assess.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "assess/entry_text.hpp"
#include "assess/individualise.hpp"
#include "assess/notice.hpp"
#include "assess/offer_help.hpp"
#include "assess/prediction.hpp"
#include "assess/urgent.hpp"

namespace evenkeel::assess {
namespace {

using units::day;

// Step 1: the protocol that the plan in force names.
const care::Protocol* find_protocol(const Question& q, const std::optional<care::PlanInForce>& plan,
                                    Assessment& out) {
  if (!plan) {
    out.no_course_because = "no plan is approved in this record";
    return nullptr;
  }
  const care::Protocol* protocol = protocol_of(q.library, plan->plan);
  if (protocol == nullptr) {
    out.no_course_because = fmt::format("the plan follows protocol {} {}, which is not in the library",
                                        plan->plan.protocol, plan->plan.protocol_version);
    return nullptr;
  }
  out.protocol = protocol->id + " " + protocol->version;
  out.versions.emplace_back(protocol->id, protocol->version);
  return protocol;
}

// Step 2: each session against the protocol.
void view_sessions(std::vector<care::Session> sessions, const care::Protocol* protocol, Instant now,
                   Assessment& out) {
  for (care::Session& session : sessions) {
    SessionView view;
    if (protocol != nullptr)
      view.notes = care::check_session(session, *protocol, now);
    else
      view.not_checked = out.no_course_because;
    view.session = std::move(session);
    out.sessions.push_back(std::move(view));
  }
}

bool has_instrument(const Library& library, std::string_view id) {
  return std::ranges::find(library.instruments, id, &care::Instrument::id) != library.instruments.end();
}

// A rule of a site's own score asks nobody where no such score is loaded.
bool can_be_asked(const watch::RuleOutcome& outcome, const Library& library) {
  const auto rule = std::ranges::find(library.rules, outcome.rule, &watch::Rule::id);
  if (rule == library.rules.end() || !rule->site_instrument) return true;
  return std::ranges::all_of(rule->instruments,
                             [&](const auto& row) { return has_instrument(library, row.second); });
}

// "No sign seen" and "not looked for" are different answers: the second asks for a look.
void ask_for_the_unjudged(const Library& library, Assessment& out) {
  std::string titles;
  for (const watch::RuleOutcome& outcome : out.rules) {
    if (outcome.outcome != watch::Outcome::not_judged || !can_be_asked(outcome, library)) continue;
    titles += (titles.empty() ? "" : "; ") + outcome.title;
  }
  if (!titles.empty())
    out.actions.push_back({"care team", "not judged, so ask or look: " + titles, {}, false});
}

// What the record cannot be trusted for until its lines are mended.
void ask_for_corrections(Assessment& out) {
  if (out.set_aside.empty()) return;
  std::string lines;
  std::size_t last = 0;
  for (const SetAside& aside : out.set_aside) {
    if (aside.line != last) lines += (lines.empty() ? "" : ", ") + fmt::format("{}", aside.line);
    last = aside.line;
  }
  out.actions.push_back({"whoever keeps the record",
                         "correct the lines set aside, for a sign may stand in them: " + lines,
                         {},
                         false});
  for (watch::RuleOutcome& outcome : out.rules) {
    if (outcome.outcome == watch::Outcome::clear) outcome.why += "; but lines of the record were set aside";
  }
}

// Limits crossed in the latest session: at once while it runs.
void ask_about_latest_session(Assessment& out) {
  if (out.sessions.empty()) return;
  const SessionView& latest = out.sessions.back();
  for (const care::SessionNote& note : latest.notes) {
    if (note.kind != care::SessionNote::Kind::crossed) continue;
    out.actions.push_back({"nurse and clinician",
                           fmt::format("session {}: {}", latest.session.id, note.text),
                           {},
                           latest.session.running});
  }
}

void ask_about_course(Assessment& out) {
  if (!out.course || out.course->notes.empty()) return;
  std::string points;
  for (const std::string& note : out.course->notes) points += (points.empty() ? "" : "; ") + note;
  out.actions.push_back({"responsible clinician", points, {}, false});
}

// The next step of each open finding that made level 3 or more: blood in the urine asks for other things
// than a second source.
void ask_by_finding(const std::string& who, Assessment& out) {
  for (const watch::RuleOutcome& outcome : out.rules) {
    const auto open = std::ranges::find_if(
        outcome.findings, [](const watch::Finding& f) { return f.counts() && f.level >= 3; });
    if (open != outcome.findings.end())
      out.actions.push_back({who, outcome.title + ": " + open->next_step, {}, true});
  }
}

// Step 4: the level, and who must look by when. "Go on as planned" is said only where nothing else is asked.
void decide_actions(const UrgentQuestion& urgent, std::optional<Instant> since, Assessment& out) {
  const care::Protocol* protocol = urgent.protocol;
  out.actions = urgent_actions(urgent, out.scores);
  std::ranges::move(waiting_session(urgent, out.sessions), std::back_inserter(out.actions));
  ask_about_latest_session(out);
  ask_about_course(out);
  ask_for_the_unjudged(urgent.library, out);
  ask_for_corrections(out);
  if (protocol == nullptr) {
    if (out.level > 0) {
      out.actions.push_back(
          {"responsible clinician", "look at the findings; no protocol says by when", {}, out.level >= 3});
    }
    return;
  }
  const auto response = std::ranges::find(protocol->levels, out.level, &care::LevelResponse::level);
  if (response == protocol->levels.end()) return;
  out.level_name = response->name;
  if (out.level == 0 && !out.actions.empty()) return;
  Action action{response->who, response->action, std::nullopt, out.level >= 3};
  if (response->within && since) action.by = *since + response->within->value;
  ask_by_finding(response->who, out);
  out.actions.push_back(std::move(action));
}

void cite_evidence(const Library& library, Assessment& out) {
  std::set<std::string> wanted;
  for (const watch::RuleOutcome& outcome : out.rules) {
    for (const watch::Finding& finding : outcome.findings)
      wanted.insert(finding.evidence.begin(), finding.evidence.end());
  }
  for (const watch::Evidence& entry : library.evidence) {
    if (!wanted.contains(entry.id)) continue;
    CitedEvidence cited{entry.id,
                        entry.version,
                        entry.statement,
                        entry.grade,
                        std::string(label_words(entry.label)),
                        entry.limits,
                        {}};
    for (const auto& [key, citation] : entry.sources) cited.sources.push_back(citation);
    out.evidence.push_back(std::move(cited));
    out.versions.emplace_back(entry.id, entry.version);
  }
}

// Step 5: what is absent or old is said, not passed over.
void say_missing(const Question& q, std::span<const care::Event> valid, Assessment& out) {
  if (!out.facts.born)
    out.missing.push_back("date of birth: age cannot be checked against the model's domain");
  if (!out.facts.weight) out.missing.push_back("body weight");
  if (out.facts.weighed && q.now - *out.facts.weighed > 90.0 * day) {
    out.missing.push_back(
        fmt::format("body weight is from {}", out.facts.weighed->to_string().substr(0, 10)));
  }
  if (out.sessions.empty()) out.missing.push_back("no infusion is recorded");
  if (out.course) {
    for (const care::Due& due : out.course->due) {
      if (due.state == care::DueState::never)
        out.missing.push_back(due.what + ": never done under this plan");
    }
  }
  for (const care::Event& event : valid) {
    const auto* evaluation = std::get_if<care::Evaluation>(&event.body);
    if (evaluation == nullptr) continue;
    if (!has_instrument(q.library, evaluation->instrument))
      out.missing.push_back(fmt::format("event {}: instrument '{}' is not in the library, so it has no score",
                                        event.id, evaluation->instrument));
  }
  for (const care::TimedScore& timed : out.scores) {
    if (!timed.score.total)
      out.missing.push_back(fmt::format("event {}: no total, {}", timed.event, timed.score.no_total_because));
    const bool latest = std::ranges::none_of(out.scores, [&](const care::TimedScore& other) {
      return other.instrument == timed.instrument && other.at > timed.at;
    });
    for (const std::string& why : timed.score.not_judged) {
      if (latest) out.missing.push_back(fmt::format("event {}: {}, so it is not judged", timed.event, why));
    }
  }
}

// Each assay is estimated without in turn, over all sessions: bounds of the wait, not of what is right.
constexpr std::size_t most_assays = 60;
constexpr std::size_t most_sessions = 200;

// The patient's own parameters where something was measured that the model can take. Few draws: the report
// shows bands, and `individualise` asks for more.
void find_own_parameters(const ExposureQuestion& record, const Library& library, Assessment& out) {
  if (!out.exposure.model || out.exposure.comparisons.empty()) return;
  if (out.exposure.comparisons.size() > most_assays || record.sessions.size() > most_sessions) {
    out.no_individual_because =
        "there are more assays or sessions than an assessment waits for: evenkeel individualise";
    return;
  }
  IndividualOptions options;
  options.members = 300;
  auto found = individualise(record, *find_model(library.models, out.exposure.model->id), options);
  if (!found)
    out.no_individual_because = to_string(found.error());
  else if (found->measured == 0)
    out.no_individual_because = "none of what was measured is of a moiety and site that the model predicts";
  else
    out.individual = *std::move(found);
}

// What no other part of the assessment shows: nothing that was recorded is passed over.
void list_other_entries(const Question& q, std::span<const care::Event> valid, Assessment& out) {
  std::set<std::string> in_sessions;
  for (const SessionView& view : out.sessions) {
    for (const care::TimedVitals& vitals : view.session.vitals) in_sessions.insert(vitals.event);
  }
  for (const care::Event& event : valid) {
    std::string text = entry_text(event.body, q.library.rules);
    if (const auto* signs = std::get_if<care::VitalSigns>(&event.body);
        signs != nullptr && !in_sessions.contains(event.id)) {
      text = "vital signs outside any session:";
      for (const care::Vital vital : care::all_vitals) {
        if (const auto seen = care::vital_value(*signs, vital))
          text += fmt::format(" {} {} {};", care::vital_words(vital), *seen, care::vital_unit(vital));
      }
    }
    if (!text.empty()) out.entries.push_back({event.id, event.at, std::move(text)});
  }
  std::ranges::stable_sort(out.entries, {}, &Entry::at);
}

void note_versions(const Question& q, Assessment& out) {
  if (out.exposure.model) out.versions.emplace_back(out.exposure.model->id, out.exposure.model->version);
  for (const watch::Rule& rule : q.library.rules) out.versions.emplace_back(rule.id, rule.version);
  for (const care::Instrument& instrument : q.library.instruments)
    out.versions.emplace_back(instrument.id, instrument.version);
}

}  // namespace

Assessment assess(const Question& q) {
  Assessment out;
  out.patient = q.record.patient();
  out.now = q.now;
  out.set_aside = q.set_aside;
  const care::Record known = q.record.as_known_at(q.now);
  out.events = known.size();
  out.not_yet_known = q.record.size() - known.size();
  const std::vector<care::Event> valid = known.valid();
  out.facts = care::latest_facts(valid);
  if (out.facts.weight && out.facts.height_cm) {
    out.body_mass_index =
        out.facts.weight->in(units::kg) / (*out.facts.height_cm * *out.facts.height_cm * 1e-4);
  }

  const auto plan = care::plan_at(valid, q.now);
  const care::Protocol* protocol = find_protocol(q, plan, out);
  const std::vector<care::Session> sessions = care::sessions(valid, q.now);
  view_sessions(sessions, protocol, q.now, out);
  if (protocol != nullptr)
    out.course = care::course_status({valid, sessions, *protocol, q.library.instruments, q.now});
  // Step 3: what the infusions did in the blood, and what the rules see.
  out.scores = care::scores(valid, q.library.instruments);
  std::ranges::copy_if(
      q.library.instruments, std::back_inserter(out.instruments), [&](const care::Instrument& i) {
        return std::ranges::find(out.scores, i.id, &care::TimedScore::instrument) != out.scores.end();
      });
  out.exposure = expose({valid, sessions, q.library.models, q.model, out.facts, !q.set_aside.empty()});
  if (q.own_parameters)
    find_own_parameters({valid, sessions, q.library.models, q.model, out.facts, !q.set_aside.empty()},
                        q.library, out);
  const watch::Prediction prediction =
      predict({valid, sessions, q.library.models, q.model, out.facts, !q.set_aside.empty()},
              out.individual ? std::span<const OwnParameter>{out.individual->parameters}
                             : std::span<const OwnParameter>{});
  Noticed noticed =
      notice({valid, sessions, out.scores, plan, q.library.rules, q.library.instruments, prediction, q.now});
  out.rules = std::move(noticed.rules);
  out.level = noticed.level;
  decide_actions({valid, q.library, protocol, q.now}, noticed.since, out);
  std::ranges::stable_sort(out.actions, std::greater<>{}, &Action::urgent);
  offer_help(q.library, out);
  cite_evidence(q.library, out);
  say_missing(q, valid, out);
  list_other_entries(q, valid, out);
  note_versions(q, out);
  if (q.next_dose) {
    auto next = next_dose(q, out, *q.next_dose);
    if (next)
      out.next_dose = *std::move(next);
    else
      out.no_next_dose_because = to_string(next.error());
  }
  return out;
}

}  // namespace evenkeel::assess
