// Signs in the liver and in thinking.

#include "watch/body_checks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "watch/body_look.hpp"

namespace evenkeel::watch {
namespace {

using units::day;
using Lab = Timed<care::LabResult>;

std::string lab_text(const Lab& lab) {
  return fmt::format("{} {:g} {} on {}, {:.2f} times the upper limit of {:g}",
                     care::lab_words(lab.body->test), lab.body->value, lab.body->unit, on_day(lab.at()),
                     lab.body->times_upper_limit(), lab.body->upper_limit);
}

// What else works on the liver, of what is recorded; it never lowers anything.
std::string also_taken(const Chart& chart, Instant at) {
  std::string names;
  for (const Medicine& medicine : medicines(chart)) {
    if (!medicine.taken_at(at) || care::is_ketamine(medicine.substance)) continue;
    names += fmt::format("{}{} ({})", names.empty() ? "" : ", ", medicine.name,
                         care::substance_words(medicine.substance));
  }
  return names.empty() ? "" : "; taken at that time: " + names;
}

// The results since the last one that was not raised, with their worst.
struct Raised {
  std::vector<const Lab*> results;
  const Lab* worst = nullptr;
  const Lab* first_to_act_on = nullptr;
};

Raised raised_since_normal(const Rule& rule, std::span<const Lab> results) {
  Raised found;
  for (const Lab& result : results) {
    const double times = result.body->times_upper_limit();
    if (!(times > rule.threshold("review"))) {
      found = {};
      continue;
    }
    found.results.push_back(&result);
    if (found.worst == nullptr || times >= found.worst->body->times_upper_limit()) found.worst = &result;
    if (found.first_to_act_on == nullptr && times >= rule.threshold("act")) found.first_to_act_on = &result;
  }
  return found;
}

// One test's results within the window, by time: raised to the level of the worst since the last one that
// was not raised, so that a further raised result never lowers it.
std::optional<Finding> raised(const Rule& rule, const Chart& chart, std::span<const Lab> results) {
  const Raised high = raised_since_normal(rule, results);
  if (high.results.empty()) return std::nullopt;
  const Lab& latest = *high.results.back();
  std::string text = lab_text(latest);
  if (high.worst != &latest) text += "; the highest since it rose: " + lab_text(*high.worst);
  if (results.size() < 2) text += "; no earlier result in the window";
  if (results.size() >= 2 && &results[results.size() - 2] != high.worst)
    text += "; before: " + lab_text(results[results.size() - 2]);
  text += also_taken(chart, latest.at());
  std::vector<Support> events;
  for (const Lab* result : high.results) events.push_back({result->event->id, result->at()});
  const Lab& first = high.first_to_act_on != nullptr ? *high.first_to_act_on : *high.results.front();
  const bool act = high.first_to_act_on != nullptr;
  Finding found = finding(rule, act ? 3 : 2, std::move(text), events,
                          std::array{std::string_view{act ? "act" : "review"}, std::string_view{"window"}});
  found.since = first.at();
  return found;
}

std::vector<Finding> raised_tests(const Rule& rule, const Chart& chart,
                                  const std::map<care::Lab, std::vector<Lab>>& by_test) {
  std::vector<Finding> findings;
  for (const auto& [test, results] : by_test) {
    std::vector<Lab> recent;
    std::ranges::copy_if(results, std::back_inserter(recent),
                         [&](const Lab& result) { return in_window(rule, chart, result.at()); });
    if (recent.empty()) continue;
    if (auto found = raised(rule, chart, recent)) findings.push_back(std::move(*found));
  }
  return findings;
}

// Medicines that slow thinking by themselves, begun between the first result and the last of the low ones,
// or poor sleep noted near these.
std::string slowed_by(const Chart& chart, std::optional<Instant> first, const Reading& low,
                      const Reading& last) {
  static constexpr std::array kinds{care::Circumstance::poor_sleep};
  std::string sleep = circumstance_near(chart, kinds, low.at, last.at, 14.0 * day);
  if (!sleep.empty()) return sleep;
  for (const Medicine& medicine : medicines(chart)) {
    const bool gone = medicine.stopped && *medicine.stopped <= low.at;
    if (!care::is_sedating(medicine.substance) || gone || medicine.begun > last.at) continue;
    if (first && medicine.begun <= *first) continue;  // it was there when thinking was as usual
    return fmt::format("{} ({}) begun on {}", medicine.name, care::substance_words(medicine.substance),
                       on_day(medicine.begun));
  }
  return {};
}

bool before_treatment(const Chart& chart, Instant at) {
  return chart.sessions.empty() || at <= chart.sessions.front().start;
}

// The best result before the first infusion, or else the first one there is.
const Reading& usual_of(const Chart& chart, std::span<const Reading> results) {
  const Reading* usual = &results.front();
  for (const Reading& result : results) {
    if (!chart.sessions.empty() && before_treatment(chart, result.at) && result.score > usual->score)
      usual = &result;
  }
  return *usual;
}

// The last results in a row that lie so far below the usual one, when there are enough.
std::optional<Finding> decline(const Rule& rule, const Chart& chart, std::span<const Reading> results) {
  if (results.empty() || !in_window(rule, chart, results.back().at)) return std::nullopt;
  const Reading& usual = usual_of(chart, results);
  std::vector<const Reading*> low;
  for (const Reading& result : results) {
    if (result.at <= usual.at) continue;
    if (usual.score - result.score >= rule.threshold("fall"))
      low.push_back(&result);
    else
      low.clear();
  }
  const auto enough = static_cast<std::size_t>(rule.threshold("tests"));
  if (low.size() < enough) return std::nullopt;
  std::vector<Support> events{{usual.event, usual.at}};
  std::string scores;
  for (const Reading* each : low) {
    events.push_back({each->event, each->at});
    scores += fmt::format("{}{} on {}", scores.empty() ? "" : ", ", each->score, on_day(each->at));
  }
  Finding found = finding(
      rule, 1,
      fmt::format("the test of thinking fell from {} on {} to {}", usual.score, on_day(usual.at), scores),
      events, std::array{std::string_view{"fall"}, std::string_view{"tests"}, std::string_view{"window"}});
  found.since = low[enough - 1]->at;
  found.explained_by = slowed_by(chart, usual.at, *low.front(), *low.back());
  return found;
}

// The last answers in a row about concentration that are bad and worse than before treatment.
std::optional<Finding> own_answer(const Rule& rule, const Chart& chart, std::span<const Reading> answers) {
  std::optional<Reading> usual;
  for (const Reading& each : answers) {
    const bool before = !chart.sessions.empty() && before_treatment(chart, each.at);
    if (before && (!usual || each.score > usual->score)) usual = each;
  }
  std::vector<const Reading*> bad;
  for (const Reading& each : answers) {
    const bool worse = !usual || each.score > usual->score;
    if (!in_window(rule, chart, each.at)) continue;
    if (worse && each.score >= rule.threshold("answer"))
      bad.push_back(&each);
    else
      bad.clear();
  }
  const auto enough = static_cast<std::size_t>(rule.threshold("tests"));
  if (bad.size() < enough) return std::nullopt;
  std::vector<Support> events;
  for (const Reading* each : bad) events.push_back({each->event, each->at});
  Finding found = finding(
      rule, 1,
      fmt::format("trouble with concentrating or remembering, {} or more at {} in a row, from {} to {}; {}",
                  rule.threshold("answer"), counted(bad.size(), "check"), on_day(bad.front()->at),
                  on_day(bad.back()->at),
                  usual ? fmt::format("before treatment {}", usual->score) : "not asked before treatment"),
      events, std::array{std::string_view{"answer"}, std::string_view{"tests"}, std::string_view{"window"}});
  found.since = bad[enough - 1]->at;
  found.explained_by =
      slowed_by(chart, usual ? std::optional{usual->at} : std::nullopt, *bad.front(), *bad.back());
  return found;
}

}  // namespace

// A liver test above `review` times its upper limit, and from `act` times on: the worst result since the last
// one that was not raised, test by test, within `window`.
RuleOutcome liver(const Rule& rule, const Chart& chart) {
  std::map<care::Lab, std::vector<Lab>> by_test;
  for (const Lab& result : all<care::LabResult>(chart)) by_test[result.body->test].push_back(result);
  if (by_test.empty()) return not_judged(rule, "no liver test is recorded");
  std::vector<Finding> findings = raised_tests(rule, chart, by_test);
  std::string seen;
  std::string old;
  for (const auto& [test, results] : by_test) {
    const Lab& latest = results.back();
    if (in_window(rule, chart, latest.at()))
      seen += (seen.empty() ? "" : "; ") + lab_text(latest);
    else if (latest.body->times_upper_limit() > rule.threshold("review"))
      old += (old.empty() ? "" : "; ") + lab_text(latest);
  }
  if (findings.empty() && seen.empty())
    return not_judged(rule, fmt::format("no liver test within {} days", rule.threshold("window")) +
                                (old.empty() ? "" : "; not repeated since: " + old));
  if (findings.empty() && !old.empty()) return not_judged(rule, "raised and not repeated since: " + old);
  return outcome_of(rule, std::move(findings), std::move(seen));
}

// A test of thinking `fall` points or more below the best before treatment (else the first), `tests` times in
// a row; or concentration answered `answer` or worse as often. Sleep and sedatives come first.
RuleOutcome cognition(const Rule& rule, const Chart& chart) {
  const auto tests = totals(chart, rule.instrument("test"));
  const auto asked = answers(chart, rule.instrument("daily"), "concentration");
  if (tests.empty() && asked.empty()) return not_judged(rule, "thinking was neither tested nor asked about");
  std::vector<Finding> findings;
  if (auto found = decline(rule, chart, tests)) findings.push_back(std::move(*found));
  if (auto found = own_answer(rule, chart, asked)) findings.push_back(std::move(*found));
  Instant last = tests.empty() ? asked.back().at : tests.back().at;
  if (!asked.empty()) last = std::max(last, asked.back().at);
  return looked_or_stale(
      rule, chart, std::move(findings), last,
      fmt::format("{} of thinking and {} about concentration, the last on {}", counted(tests.size(), "test"),
                  counted(asked.size(), "answer"), on_day(last)));
}

}  // namespace evenkeel::watch
