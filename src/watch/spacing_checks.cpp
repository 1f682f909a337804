// Failed attempts to cut down: longer gaps that were planned and did not come about, and what the patient
// says.

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "watch/look.hpp"
#include "watch/planned_interval.hpp"
#include "watch/tolerance_checks.hpp"

namespace evenkeel::watch {
namespace {

using units::day;

// An interval written in round numbers must not cross a share by its last binary digit.
constexpr double rounding = 1.000001;

// A step to a longer interval and what became of it.
struct Step {
  PlannedInterval to;
  Duration before;
  std::size_t reached = 0;  // gaps begun under it that were as long as was planned
  Duration longest;
  std::vector<Support> ended;  // the sessions that ended the gaps begun under it
  std::optional<PlannedInterval> set_back;
  std::optional<Instant> failed;  // when it could first be seen that the step was not achieved
};

// The first interval set after number `from` that differs from it.
std::optional<PlannedInterval> next_change(std::span<const PlannedInterval> planned, std::size_t from) {
  for (const PlannedInterval& later : planned.subspan(from + 1)) {
    if (later.interval < planned[from].interval || later.interval > planned[from].interval) return later;
  }
  return std::nullopt;
}

Step step_at(const Chart& chart, std::span<const PlannedInterval> planned, std::size_t i, double achieved) {
  Step step{planned[i], planned[i - 1].interval, 0, {}, {}, {}, {}};
  const auto next = next_change(planned, i);
  for (std::size_t k = 0; k + 1 < chart.sessions.size(); ++k) {
    const Instant begun = chart.sessions[k].start;
    if (begun < step.to.at || (next && begun >= next->at)) continue;
    const care::Session& end = chart.sessions[k + 1];
    const Duration gap = end.start - begun;
    if (rounding * gap >= achieved * step.to.interval) ++step.reached;
    step.longest = std::max(step.longest, gap);
    step.ended.push_back({end.event, end.start});
  }
  if (next && next->interval <= rounding * step.before) step.set_back = next;
  // Not achieved: no gap came near the new interval, or the old one was set again before two did.
  if (!step.ended.empty() && step.reached == 0)
    step.failed = step.ended.front().at;
  else if (step.set_back && step.reached < 2)
    step.failed = step.set_back->at;
  return step;
}

// Every step to a longer interval, by time.
std::vector<Step> steps(const Rule& rule, const Chart& chart) {
  const auto planned = planned_intervals(chart);
  std::vector<Step> found;
  for (std::size_t i = 1; i < planned.size(); ++i) {
    if (planned[i].interval > rounding * planned[i - 1].interval)
      found.push_back(step_at(chart, planned, i, rule.threshold("achieved") / 100.0));
  }
  return found;
}

std::string step_words(const Rule& rule, const Chart& chart, const Step& step) {
  std::string words = fmt::format("the step from {:.3g} to {:.3g} days of {} was not achieved",
                                  step.before.in(day), step.to.interval.in(day), on_day(step.to.at));
  if (!step.ended.empty())
    words += fmt::format(": the longest of {} under it was {:.1f} days", counted(step.ended.size(), "gap"),
                         step.longest.in(day));
  if (step.set_back)
    words += fmt::format("{} set back to {:.3g} days on {}", step.ended.empty() ? ":" : ",",
                         step.set_back->interval.in(day), on_day(step.set_back->at));
  const auto illness = totals(chart, rule.instrument("illness"));
  const Instant until = step.set_back ? step.set_back->at : step.ended.back().at;
  const auto moved = change(illness, step.to.at, until);
  if (!moved) return words + " (no PHQ-9 over that time)";
  return words + fmt::format(" (the PHQ-9 changed by {:+d} over that time{})", *moved,
                             *moved > 0 ? ", so ask whether benefit was lost" : "");
}

// What was seen within the window.
struct Seen {
  std::vector<Step> failed;
  std::vector<Reading> answers;  // "wanted less and could not"
  std::vector<Reading> craving;  // between doses
};

Seen look(const Rule& rule, const Chart& chart, std::span<const Step> all_steps) {
  Seen seen;
  const Instant from = chart.now - rule.threshold("window") * day;
  for (const Step& step : all_steps) {
    if (step.failed && *step.failed >= from) seen.failed.push_back(step);
  }
  for (const Reading& each : answers(chart, rule.instrument("dependence"), "cutting-down")) {
    if (each.at >= from && each.score >= rule.threshold("answer")) seen.answers.push_back(each);
  }
  for (const Reading& each : totals(chart, rule.instrument("craving"))) {
    const bool at_rest = each.moment == care::Moment::between_doses || each.moment == care::Moment::baseline;
    if (at_rest && each.at >= from && each.score >= rule.threshold("craving")) seen.craving.push_back(each);
  }
  std::ranges::stable_sort(seen.failed, {}, [](const Step& step) { return *step.failed; });
  return seen;
}

std::string answer_words(std::string_view said, std::span<const Reading> readings) {
  std::string words;
  for (const Reading& each : readings)
    words += fmt::format("{}{} on {}", words.empty() ? "" : ", ", each.score, on_day(each.at));
  return fmt::format("{} {}", said, words);
}

// The level of what was seen, and since when; nothing where it does not suffice.
struct Weight {
  int level = 1;
  Instant since;
};
std::optional<Weight> weigh(const Rule& rule, const Seen& seen) {
  const auto times = static_cast<std::size_t>(rule.threshold("times"));
  std::optional<Instant> two;
  if (seen.failed.size() >= times) two = *seen.failed[times - 1].failed;
  if (!seen.failed.empty() && !seen.answers.empty()) {
    const Instant both = std::max(*seen.failed.front().failed, seen.answers.front().at);
    two = two ? std::min(*two, both) : both;
  }
  if (two && !seen.craving.empty()) return Weight{3, std::max(*two, seen.craving.front().at)};
  if (two) return Weight{2, *two};
  if (seen.answers.size() >= times) return Weight{1, seen.answers[times - 1].at};
  return std::nullopt;
}

std::optional<Finding> attempt(const Rule& rule, const Chart& chart, const Seen& seen) {
  const auto weight = weigh(rule, seen);
  if (!weight) return std::nullopt;
  std::string text;
  std::vector<Support> support;
  const auto add = [&](const std::string& words) { text += (text.empty() ? "" : "; ") + words; };
  for (const Step& step : seen.failed) {
    add(step_words(rule, chart, step));
    support.push_back({step.to.event, step.to.at});
    support.insert(support.end(), step.ended.begin(), step.ended.end());
    if (step.set_back) support.push_back({step.set_back->event, step.set_back->at});
  }
  if (!seen.answers.empty())
    add(answer_words("asked how often less was wanted and could not be, of 3:", seen.answers));
  if (weight->level == 3) add(answer_words("craving between doses, of 10:", seen.craving));
  for (const Reading& each : seen.answers) support.push_back({each.event, each.at});
  if (weight->level == 3) {
    for (const Reading& each : seen.craving) support.push_back({each.event, each.at});
  }
  std::vector<std::string_view> used{"times", "window"};
  if (!seen.failed.empty()) used.push_back("achieved");
  if (!seen.answers.empty()) used.push_back("answer");
  if (weight->level == 3) used.push_back("craving");
  Finding found = finding(rule, weight->level, std::move(text), support, used);
  found.since = weight->since;
  return found;
}

}  // namespace

// `times` spacing steps not achieved, or one together with the patient's own answer: level 2; with craving
// between doses in the window: 3. The answer alone at `times` checks: 1.
RuleOutcome failed_spacing(const Rule& rule, const Chart& chart) {
  const auto all_steps = steps(rule, chart);
  const auto asked = answers(chart, rule.instrument("dependence"), "cutting-down");
  const Duration window = rule.threshold("window") * day;
  std::vector<Finding> findings;
  if (auto found = attempt(rule, chart, look(rule, chart, all_steps))) findings.push_back(std::move(*found));
  if (findings.empty() && (asked.empty() || chart.now - asked.back().at > window)) {
    return not_judged(
        rule, asked.empty() ? "the patient was never asked about cutting down"
                            : "the patient was last asked about cutting down on " + on_day(asked.back().at));
  }
  std::string why = asked.empty() ? "cutting down was not asked"
                                  : fmt::format("cutting down asked on {}: {} of 3", on_day(asked.back().at),
                                                asked.back().score);
  why += all_steps.empty() ? "; no longer interval was planned"
                           : fmt::format("; {} to a longer interval", counted(all_steps.size(), "step"));
  for (const Step& step : all_steps) {
    if (findings.empty() && step.failed) why += "; " + step_words(rule, chart, step);
  }
  return outcome_of(rule, std::move(findings), std::move(why));
}

}  // namespace evenkeel::watch
