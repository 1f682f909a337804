// What wants a person the same day: harm outside a session, a kidney in danger, a positive suicide screen.

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "watch/body_checks.hpp"
#include "watch/body_look.hpp"

namespace evenkeel::watch {
namespace {

using care::Severity;
using units::day;

bool same_day(care::Harm harm) {
  return harm == care::Harm::overdose || harm == care::Harm::breathing || harm == care::Harm::self_harm;
}

void add_harm(const Rule& rule, const Chart& chart, std::vector<Finding>& findings) {
  for (const auto& seen : all<care::HarmSeen>(chart)) {
    if (!in_window(rule, chart, seen.at())) continue;
    findings.push_back(finding(rule, same_day(seen.body->harm) ? 4 : 2,
                               fmt::format("{} on {}{}", care::harm_words(seen.body->harm), on_day(seen.at()),
                                           seen.body->note.empty() ? "" : ": " + seen.body->note),
                               std::array{Support{seen.event->id, seen.at()}},
                               std::array{std::string_view{"window"}}));
  }
}

// Bladder symptoms and blood, by whom or what they were seen.
std::vector<Support> bladder_signs(const Rule& rule, const Chart& chart) {
  std::vector<Support> signs;
  for (const BladderReading& reading : bladder_readings(chart, rule.instrument("check"))) {
    if (reading.severity > Severity::none) signs.push_back({std::string(reading.event), reading.at});
  }
  for (const auto& test : all<care::UrineTest>(chart)) {
    if (test.body->blood) signs.push_back({test.event->id, test.at()});
  }
  return signs;
}

// A fever, pain in the flank or retention; beside a bladder sign it may be a kidney in danger.
void add_alarms(const Rule& rule, const Chart& chart, std::vector<Finding>& findings) {
  static constexpr std::array ill{care::Circumstance::physical_illness};
  const Duration together = rule.threshold("together") * day;
  for (const auto& report : all<care::SymptomReport>(chart)) {
    const care::SymptomReport& body = *report.body;
    const bool alarm = care::is_kidney_alarm(body.symptom) && body.severity > Severity::none;
    if (!alarm || !in_window(rule, chart, report.at())) continue;
    std::vector<Support> events{{report.event->id, report.at()}};
    std::optional<Instant> since;
    for (const Support& sign : bladder_signs(rule, chart)) {
      if (!near(sign.at, report.at(), together)) continue;
      events.push_back(sign);
      const Instant both = std::max(sign.at, report.at());
      since = std::min(since.value_or(both), both);
    }
    const std::string said = fmt::format("{}, {}, on {}", care::symptom_words(body.symptom),
                                         care::severity_words(body.severity), on_day(report.at()));
    Finding found = finding(
        rule, since ? 4 : 2,
        since ? fmt::format("{}, together with {} of the bladder within {} days: a kidney may be in danger",
                            said, counted(events.size() - 1, "sign"), rule.threshold("together"))
              : said + "; no sign of the bladder near it",
        events, std::array{std::string_view{"window"}, std::string_view{"together"}});
    found.since = since.value_or(report.at());
    if (!since && body.symptom == care::Symptom::fever)
      found.explained_by = circumstance_near(chart, ill, report.at(), report.at(), together);
    findings.push_back(std::move(found));
  }
}

// When somebody last asked what had happened since the visit before.
std::optional<Instant> asked_about_harm(const Chart& chart) {
  std::optional<Instant> latest;
  const auto asked = [&](Instant at) { latest = std::max(latest.value_or(at), at); };
  for (const auto& seen : all<care::HarmSeen>(chart)) asked(seen.at());
  for (const auto& check : all<care::PreCheck>(chart)) {
    if (check.body->check == care::Check::no_change) asked(check.at());
  }
  for (const auto& report : all<care::SymptomReport>(chart)) {
    if (care::is_kidney_alarm(report.body->symptom)) asked(report.at());
  }
  return latest;
}

// One screen as far as it was answered. Questions 1 to 4, and 5 about now.
struct Screen {
  std::string event;
  Instant at;
  std::string yes;  // "1, 3"; or empty
  bool positive = false;
  bool now = false;
  bool now_asked = false;
  bool complete = false;  // 1 to 4 answered
  bool total_only = false;
};

Screen screen_of(const Timed<care::Evaluation>& evaluation) {
  Screen made;
  made.event = evaluation.event->id;
  made.at = evaluation.at();
  const care::Evaluation& body = *evaluation.body;
  made.total_only = body.total.has_value();
  made.positive = body.total.value_or(0) > 0;
  made.complete = !made.total_only;
  for (const char* item : {"1", "2", "3", "4"}) {
    const auto answer = body.answers.find(item);
    const bool answered = answer != body.answers.end() && (answer->second == 0 || answer->second == 1);
    made.complete = made.complete && answered;
    if (answer == body.answers.end() || answer->second <= 0) continue;
    made.positive = true;
    made.yes += (made.yes.empty() ? "" : ", ") + std::string(item);
  }
  if (const auto answer = body.answers.find("5"); answer != body.answers.end()) {
    made.now_asked = true;
    made.now = answer->second > 0;
    made.positive = made.positive || made.now;
  }
  return made;
}

std::vector<Screen> screens(const Rule& rule, const Chart& chart) {
  std::vector<Screen> found;
  const auto asked = evaluations(chart, rule.instrument("screen"));
  found.reserve(asked.size());
  for (const auto& evaluation : asked) found.push_back(screen_of(evaluation));
  return found;
}

std::string screen_text(const Screen& screen) {
  if (screen.total_only)
    return fmt::format(
        "the suicide screen (ASQ) of {} is positive, recorded as a total only: ask which "
        "questions, and about now",
        on_day(screen.at));
  std::string text = fmt::format("the suicide screen (ASQ) of {} is positive", on_day(screen.at));
  if (!screen.yes.empty()) text += ": yes to question " + screen.yes;
  if (screen.now) return text + "; thoughts of it now: yes";
  return text +
         (screen.now_asked ? "; thoughts of it now: no" : "; not asked whether there are thoughts of it now");
}

// All positive screens since the last complete one without a yes.
std::optional<Finding> positive_screen(const Rule& rule, std::span<const Screen> screens) {
  std::vector<const Screen*> open;
  for (const Screen& screen : screens) {
    if (screen.positive) open.push_back(&screen);
    if (screen.complete && !screen.positive) open.clear();
  }
  if (open.empty()) return std::nullopt;
  std::vector<Support> events;
  for (const Screen* screen : open) events.push_back({screen->event, screen->at});
  const bool now = std::ranges::any_of(open, &Screen::now);
  std::string text = screen_text(*open.back());
  if (now && !open.back()->now) text += "; an earlier one since the last negative screen said now: yes";
  text += now ? "; do not leave alone" : "";
  if (open.back() != &screens.back()) text += "; a later screen is not complete and does not end this";
  Finding found = finding(rule, 4, std::move(text), events, std::array{std::string_view{"window"}});
  found.since = open.front()->at;
  return found;
}

// The illness questionnaire's ninth question, answered with more than "not at all" and not followed by a
// screen.
std::optional<Finding> unscreened_answer(const Rule& rule, std::span<const Reading> ninth,
                                         std::span<const Screen> screens) {
  if (ninth.empty() || ninth.back().score <= 0) return std::nullopt;
  const bool screened = std::ranges::any_of(
      screens, [&](const Screen& screen) { return screen.complete && screen.at >= ninth.back().at; });
  if (screened) return std::nullopt;
  std::vector<Support> events;
  for (const Reading& reading : ninth) {
    if (reading.score <= 0) events.clear();
    if (reading.score > 0) events.push_back({reading.event, reading.at});
  }
  Finding found =
      finding(rule, 2,
              fmt::format("question 9 of the PHQ-9, about thoughts of death or self-harm, answered "
                          "{} on {}, and no complete suicide screen (ASQ) since: ask it today",
                          ninth.back().score, on_day(ninth.back().at)),
              events, std::array{std::string_view{"window"}});
  return found;
}

}  // namespace

// Harm outside a session within `window`; fever, flank pain or retention, urgent with a bladder sign within
// `together`.
RuleOutcome urgent_harm(const Rule& rule, const Chart& chart) {
  std::vector<Finding> findings;
  add_harm(rule, chart, findings);
  add_alarms(rule, chart, findings);
  const auto asked = asked_about_harm(chart);
  if (findings.empty() && !asked) return not_judged(rule, "what happened outside the clinic was not asked");
  if (findings.empty() && !in_window(rule, chart, *asked))
    return not_judged(rule,
                      fmt::format("what happened outside the clinic was not asked since {}", on_day(*asked)));
  return outcome_of(rule, std::move(findings),
                    fmt::format("asked on {} what happened since the visit before", on_day(*asked)));
}

// A positive suicide screen until a later complete one is negative; and a ninth answer of the PHQ-9 that no
// screen followed. A total alone or missing answers end nothing.
RuleOutcome suicide_risk(const Rule& rule, const Chart& chart) {
  const auto screened = screens(rule, chart);
  const auto ninth = answers(chart, rule.instrument("illness"), "9");
  std::vector<Finding> findings;
  if (auto found = positive_screen(rule, screened)) findings.push_back(std::move(*found));
  if (auto found = unscreened_answer(rule, ninth, screened)) findings.push_back(std::move(*found));
  std::optional<Instant> asked;
  std::string incomplete;
  for (const Screen& screen : screened) {
    if (screen.complete) asked = screen.at;
    if (!screen.complete)
      incomplete = fmt::format("; the ASQ of {} {}", on_day(screen.at),
                               screen.total_only ? "is a total only" : "has no answer to some questions");
  }
  if (!ninth.empty()) asked = std::max(asked.value_or(ninth.back().at), ninth.back().at);
  if (findings.empty() && !asked) return not_judged(rule, "thoughts of suicide were not asked" + incomplete);
  const std::string last =
      asked ? "thoughts of suicide were last asked on " + on_day(*asked) : "no complete answer";
  if (findings.empty() && !in_window(rule, chart, *asked))
    return not_judged(rule,
                      last + fmt::format(": more than {} days ago", rule.threshold("window")) + incomplete);
  return outcome_of(rule, std::move(findings), last + incomplete);
}

}  // namespace evenkeel::watch
