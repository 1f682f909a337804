// Preoccupation with the next dose: craving between doses, asking for it sooner or stronger.

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "watch/person_checks.hpp"
#include "watch/person_look.hpp"

namespace evenkeel::watch {
namespace {

using std::string_view;
using units::day;

// Craving at times without a dose: arriving for one is not counted.
std::vector<Reading> craving_between_doses(const Rule& rule, const Chart& chart) {
  auto found = totals(chart, rule.instrument("craving"));
  std::erase_if(found, [](const Reading& reading) {
    return reading.moment != care::Moment::between_doses && reading.moment != care::Moment::baseline;
  });
  return found;
}

// What the illness did from `first` to `last` and three days: a form is not always filled in on the same day.
std::string illness_text(const Rule& rule, const Chart& chart, const Reading& first, const Reading& last) {
  const Mood mood = mood_of(chart, rule.instrument("illness"));
  const auto by = moved(mood.totals, first.at, last.at + 3.0 * day);
  if (!by)
    return fmt::format("; whether the illness got worse is not known: no {} over that time", mood.name);
  const std::string values = listed(std::array{by->before, by->after});
  if (by->by() >= rule.threshold("illness_rise")) {
    return fmt::format("; the {} rose by {} over that time, so ask about the illness first: {}", mood.name,
                       by->by(), values);
  }
  if (by->by() == 0) return fmt::format("; the {} did not change over that time: {}", mood.name, values);
  return fmt::format("; the {} changed by {:+d} over that time: {}", mood.name, by->by(), values);
}

// The answers in between and after that were lower: a contradiction is shown, not settled.
std::string lower_answers(std::span<const Reading> readings, const Reading& first, double score) {
  std::vector<Reading> lower;
  for (const Reading& reading : readings) {
    if (reading.at > first.at && reading.score < score) lower.push_back(reading);
  }
  return lower.empty() ? "" : "; lower since then: " + listed(lower);
}

std::optional<Finding> craving_high(const Rule& rule, const Chart& chart, std::span<const Reading> readings) {
  std::vector<Reading> high;
  for (const Reading& reading : readings) {
    const bool recent = chart.now - reading.at <= rule.threshold("window") * day;
    if (recent && reading.score >= rule.threshold("score")) high.push_back(reading);
  }
  const auto times = static_cast<std::size_t>(rule.threshold("times"));
  if (high.size() < times) return std::nullopt;
  Finding found = finding(
      rule, 2,
      fmt::format("craving of {} or more at {} checks between doses: {}{}{}", rule.threshold("score"),
                  high.size(), listed(high), lower_answers(readings, high.front(), rule.threshold("score")),
                  illness_text(rule, chart, high.front(), high.back())),
      support_of(high), std::array{string_view{"score"}, string_view{"times"}, string_view{"window"}});
  found.since = high[times - 1].at;
  return found;
}

std::optional<Finding> craving_risen(const Rule& rule, const Chart& chart,
                                     std::span<const Reading> readings) {
  const Reading& last = readings.back();
  const Reading& least = *std::ranges::min_element(readings, {}, &Reading::score);
  const auto risen = [&](const Reading& reading) {
    return reading.at > least.at && reading.score - least.score >= rule.threshold("rise");
  };
  if (chart.now - last.at > rule.threshold("window") * day || !risen(last)) return std::nullopt;
  std::size_t first = readings.size() - 1;  // of the rise that still holds
  while (first > 0 && risen(readings[first - 1])) --first;
  std::vector<Reading> rise{least};
  rise.insert(rise.end(), readings.begin() + static_cast<std::ptrdiff_t>(first), readings.end());
  Finding found = finding(rule, 2,
                          fmt::format("craving between doses rose from {} to {}: {}{}", least.score,
                                      last.score, listed(rise), illness_text(rule, chart, least, last)),
                          support_of(rise), std::array{string_view{"rise"}, string_view{"window"}});
  found.since = readings[first].at;
  return found;
}

std::optional<Finding> asked(const Rule& rule, const Chart& chart) {
  std::vector<Reading> when;
  std::string said;
  for (const auto& each : all<care::Contact>(chart)) {
    const bool wish =
        each.body->topic == care::Topic::asked_sooner || each.body->topic == care::Topic::asked_stronger;
    if (!each.body->from_patient || !wish || chart.now - each.at() > rule.threshold("window") * day) continue;
    when.push_back({each.event->id, each.at(), 1, care::Moment::between_doses});
    said += fmt::format("{}{} ({})", said.empty() ? "" : ", ", care::topic_words(each.body->topic),
                        on_day(each.at()));
  }
  const auto occasions = separate(when);
  const auto times = static_cast<std::size_t>(rule.threshold("times"));
  if (occasions.size() < times) return std::nullopt;
  Finding found = finding(rule, 1,
                          fmt::format("on {} within {} days the patient {}",
                                      counted(occasions.size(), "occasion"), rule.threshold("window"), said),
                          support_of(when), std::array{string_view{"times"}, string_view{"window"}});
  found.since = occasions[times - 1].at;
  return found;
}

// The patient's own answer, at two checks running; or a rise of as much at the last one.
std::optional<Finding> answered_often(const Rule& rule, const Chart& chart,
                                      std::span<const Reading> answers) {
  if (answers.empty() || chart.now - answers.back().at > rule.threshold("asked_within") * day)
    return std::nullopt;
  const double often = rule.threshold("answer");
  std::size_t first = answers.size();
  while (first > 0 && answers[first - 1].score >= often) --first;
  const auto run = separate(answers.subspan(first));
  const Reading& last = answers.back();
  const bool risen = last.score - lowest(answers) >= often;
  if (run.size() < 2 && !risen) return std::nullopt;
  std::vector<Reading> shown;
  if (risen) shown.push_back(*std::ranges::min_element(answers, {}, &Reading::score));
  shown.insert(shown.end(), answers.begin() + static_cast<std::ptrdiff_t>(first), answers.end());
  Finding found = finding(
      rule, 1,
      fmt::format("taken up with getting the next treatment, by the patient's own answers ({}, 0 to 3): {}",
                  instrument_name(chart, rule.instrument("dependence")), listed(shown)),
      support_of(shown), std::array{string_view{"answer"}, string_view{"asked_within"}});
  found.since = risen ? answers[first].at : run[1].at;
  return found;
}

}  // namespace

// Craving of `score` or more at `times` checks within `window`, or a rise of `rise` between two checks.
RuleOutcome craving(const Rule& rule, const Chart& chart) {
  const auto readings = craving_between_doses(rule, chart);
  if (readings.empty()) return not_judged(rule, "craving was not asked between doses");
  std::vector<Finding> findings;
  auto found = craving_high(rule, chart, readings);
  if (!found) found = craving_risen(rule, chart, readings);
  if (found) findings.push_back(*std::move(found));
  return looked_or_stale(rule, chart, std::move(findings), readings.back().at,
                         fmt::format("{} of craving between doses, the last on {}",
                                     counted(readings.size(), "check"), on_day(readings.back().at)));
}

// Asking for a dose sooner or stronger on `times` occasions within `window`, or the patient's own answer.
// Contacts show what somebody wrote down: none written down and none made look the same.
RuleOutcome requests(const Rule& rule, const Chart& chart) {
  const auto own = answers(chart, rule.instrument("dependence"), "preoccupation");
  std::size_t contacts = 0;
  for (const auto& each : all<care::Contact>(chart)) {
    if (chart.now - each.at() <= rule.threshold("window") * day) ++contacts;
  }
  std::vector<Finding> findings;
  if (auto found = asked(rule, chart)) findings.push_back(*std::move(found));
  if (auto found = answered_often(rule, chart, own)) findings.push_back(*std::move(found));
  for (Finding& found : findings) found.yields_to_illness = true;
  const bool answered = !own.empty() && chart.now - own.back().at <= rule.threshold("asked_within") * day;
  const std::string looked = fmt::format(
      "{} written down in {} days; {}", contacts == 0 ? "no contact" : counted(contacts, "contact"),
      rule.threshold("window"),
      own.empty() ? "preoccupation was not asked" : "preoccupation asked last on " + on_day(own.back().at));
  if (findings.empty() && contacts == 0 && !answered) return not_judged(rule, looked);
  return outcome_of(rule, std::move(findings),
                    looked + ". Requests are seen only where they are written down");
}

}  // namespace evenkeel::watch
