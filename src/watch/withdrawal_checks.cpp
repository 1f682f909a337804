// Withdrawal signs where a dose was missed, late or spaced: new, at their worst within days, easing after the
// next dose. A returning illness comes slower and does not ease with one dose.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "watch/look.hpp"
#include "watch/planned_interval.hpp"
#include "watch/tolerance_checks.hpp"

namespace evenkeel::watch {
namespace {

using units::day;
using Checks = std::vector<Timed<care::Evaluation>>;

// An answer belongs to the day it was asked for, give or take half of one.
constexpr Duration half_a_day = 0.5 * day;

// A day on which a dose would have been, and the stretch until the next one.
struct Gap {
  Instant last_dose;
  Instant due;
  std::optional<Instant> next_dose;
  bool overdue = false;  // longer than planned; else only an appointment was missed
};

// The interval the patient was used to when session `i` began: a step to a longer one is felt in the first
// gap under it.
std::optional<Duration> usual_interval(const Chart& chart, std::span<const PlannedInterval> planned,
                                       std::size_t i) {
  const PlannedInterval* now = interval_at(planned, chart.sessions[i].start);
  if (now == nullptr) return std::nullopt;
  const PlannedInterval* before = i == 0 ? nullptr : interval_at(planned, chart.sessions[i - 1].start);
  return before == nullptr ? now->interval : std::min(now->interval, before->interval);
}

std::vector<Gap> gaps(const Rule& rule, const Chart& chart) {
  const auto planned = planned_intervals(chart);
  const auto missed = all<care::AppointmentMissed>(chart);
  std::vector<Gap> found;
  for (std::size_t i = 0; i < chart.sessions.size(); ++i) {
    Gap gap{chart.sessions[i].start, {}, {}, false};
    if (i + 1 < chart.sessions.size()) gap.next_dose = chart.sessions[i + 1].start;
    const Instant end = gap.next_dose.value_or(chart.now);
    std::optional<Instant> due;
    const auto usual = usual_interval(chart, planned, i);
    if (usual && end - gap.last_dose > rule.threshold("gap") / 100.0 * *usual) {
      due = gap.last_dose + *usual;
      gap.overdue = true;
    }
    for (const auto& miss : missed) {
      if (miss.at() > gap.last_dose && miss.at() <= end) due = std::min(due.value_or(miss.at()), miss.at());
    }
    if (!due) continue;
    gap.due = *due;
    found.push_back(gap);
  }
  return found;
}

int sum(const care::Evaluation& check) {
  int total = 0;
  for (const auto& [item, answer] : check.answers) total += answer;
  return total;
}

Checks between(const Checks& checks, Instant from, Instant to) {
  Checks found;
  std::ranges::copy_if(checks, std::back_inserter(found),
                       [&](const auto& check) { return check.at() >= from && check.at() <= to; });
  return found;
}

// What the patient answers without a gap: the least of each item before it.
std::map<std::string, int> usual_answers(const Checks& checks, std::span<const Gap> gaps, Instant before) {
  std::map<std::string, int> least;
  for (const auto& check : checks) {
    const bool in_a_gap = std::ranges::any_of(gaps, [&](const Gap& gap) {
      return check.at() > gap.due && (!gap.next_dose || check.at() < *gap.next_dose);
    });
    if (in_a_gap || check.at() > before) continue;
    for (const auto& [item, answer] : check.body->answers) {
      int& known = least.try_emplace(item, answer).first->second;
      known = std::min(known, answer);
    }
  }
  return least;
}

std::vector<std::string> new_signs(const Rule& rule, const care::Evaluation& check,
                                   const std::map<std::string, int>& usual) {
  std::vector<std::string> signs;
  const double severity = rule.threshold("severity");
  for (const auto& [item, answer] : check.answers) {
    const auto known = usual.find(item);
    const int before = known == usual.end() ? 0 : known->second;
    if (answer < severity || answer <= before) continue;
    signs.push_back(known == usual.end() ? fmt::format("{} {}", item, answer)
                                         : fmt::format("{} {} -> {}", item, before, answer));
  }
  return signs;
}

// The answers of one gap.
struct Course {
  const Gap& gap;
  Checks inside;                                        // from the first day to the next dose, or to `now`
  Checks after;                                         // within the last day of the next dose
  std::optional<Timed<care::Evaluation>> first_enough;  // with enough new signs, in time for a peak
  std::optional<Timed<care::Evaluation>> peak;          // the worst of those
  std::vector<std::string> signs;                       // of the peak
  std::optional<Timed<care::Evaluation>> worst;         // of all inside
  std::optional<Timed<care::Evaluation>> eased;         // the first after the dose that is

  [[nodiscard]] double days(Instant at) const { return (at - gap.due).in(day); }
  // Still rising after the days in which withdrawal is at its worst.
  [[nodiscard]] bool rises() const { return worst && peak && sum(*worst->body) > sum(*peak->body); }
};

Course course_of(const Rule& rule, const Chart& chart, const Gap& gap, const Checks& checks,
                 std::span<const Gap> gaps) {
  Course course{gap, {}, {}, {}, {}, {}, {}, {}};
  const Instant first = gap.due + rule.threshold("first_day") * day - half_a_day;
  const Instant peak_by = gap.due + rule.threshold("peak_by") * day + half_a_day;
  course.inside = between(checks, first, gap.next_dose.value_or(chart.now));
  if (course.inside.empty()) return course;
  const auto usual = usual_answers(checks, gaps, gap.due);
  for (const auto& check : course.inside) {
    if (!course.worst || sum(*check.body) > sum(*course.worst->body)) course.worst = check;
    auto signs = new_signs(rule, *check.body, usual);
    const bool enough = static_cast<double>(signs.size()) >= rule.threshold("signs");
    if (check.at() > peak_by || !enough) continue;
    if (!course.first_enough) course.first_enough = check;
    if (course.peak && sum(*check.body) <= sum(*course.peak->body)) continue;
    course.peak = check;
    course.signs = std::move(signs);
  }
  if (!gap.next_dose || !course.peak) return course;
  const Instant last = *gap.next_dose + rule.threshold("last_day") * day + half_a_day;
  for (const auto& check : between(checks, *gap.next_dose, last)) {
    if (!(check.at() > *gap.next_dose)) continue;
    course.after.push_back(check);
    const double left = sum(*check.body) / static_cast<double>(sum(*course.peak->body));
    if (!course.eased && left <= 1.0 - rule.threshold("eased") / 100.0) course.eased = check;
  }
  return course;
}

std::string sums(const Course& course) {
  std::string words;
  for (const auto& check : course.inside) {
    words += fmt::format("{}{} on day {:.0f} ({})", words.empty() ? "" : ", ", sum(*check.body),
                         course.days(check.at()), on_day(check.at()));
  }
  return words;
}

std::string joined(std::span<const std::string> parts) {
  std::string words;
  for (const std::string& part : parts) words += (words.empty() ? "" : ", ") + part;
  return words;
}

std::string dose_words(const Course& course) {
  std::string words = fmt::format("after the infusion of {} the next was due about {} and ",
                                  on_day(course.gap.last_dose), on_day(course.gap.due));
  return words + (course.gap.next_dose ? "was given on " + on_day(*course.gap.next_dose)
                                       : std::string("has not been given"));
}

// What was answered after the next dose, or what would tell.
std::string after_words(const Rule& rule, const Course& course) {
  const std::string days = fmt::format("within {} days", rule.threshold("last_day"));
  if (course.eased)
    return fmt::format("after that dose it eased to {} on {}", sum(*course.eased->body),
                       on_day(course.eased->at()));
  if (!course.after.empty())
    return fmt::format("{} after that dose, on {}: it did not ease, which reads more like the illness",
                       sum(*course.after.back().body), on_day(course.after.back().at()));
  if (course.gap.next_dose)
    return "it was not asked again " + days +
           " of that dose: withdrawal eases after a dose, a returning illness does not";
  if (course.rises())
    return "it is still rising, which reads more like the illness; ask again after the next dose: withdrawal "
           "eases " +
           days + " of it";
  return "ask again after the next dose: withdrawal eases " + days +
         " of it, a returning illness does so no more than before";
}

std::string illness_words(const Rule& rule, const Chart& chart, const Course& course) {
  const auto moved = change(totals(chart, rule.instrument("illness")), course.gap.due, course.peak->at());
  if (!moved) return "no PHQ-9 over that time";
  return fmt::format("the PHQ-9 changed by {:+d} over that time", *moved);
}

Finding pattern(const Rule& rule, const Chart& chart, const Course& course) {
  std::vector<Support> support;
  for (const auto& check : course.inside) support.push_back({check.event->id, check.at()});
  if (course.eased) support.push_back({course.eased->event->id, course.eased->at()});
  Finding found = finding(
      rule, course.eased ? 3 : 2,
      fmt::format("{}; {} new on {}: {}; the checklist's sum was {}; {}; {}", dose_words(course),
                  counted(course.signs.size(), "sign"), on_day(course.peak->at()), joined(course.signs),
                  sums(course), after_words(rule, course), illness_words(rule, chart, course)),
      support,
      std::array{std::string_view{"signs"}, std::string_view{"severity"}, std::string_view{"gap"},
                 std::string_view{"peak_by"}, std::string_view{"eased"}});
  found.since = course.eased ? course.eased->at() : course.first_enough->at();
  found.yields_to_illness = !course.eased && (course.rises() || !course.after.empty());
  return found;
}

// Why the answers of a gap are no withdrawal pattern.
std::string other_reading(const Rule& rule, const Course& course) {
  if (course.inside.empty()) return "no withdrawal check after " + on_day(course.gap.due);
  if (course.days(course.worst->at()) > rule.threshold("peak_by") + 0.5)
    return fmt::format(
        "reads like the illness, not like withdrawal: {}; the checklist's sum was {}, at its worst "
        "after day {}",
        dose_words(course), sums(course), rule.threshold("peak_by"));
  return fmt::format("{}; the checklist's sum was {}: fewer than {} new signs", dose_words(course),
                     sums(course), rule.threshold("signs"));
}

}  // namespace

// `signs` new ones of `severity` within `peak_by` of the day a dose would have been: level 2, and 3 once they
// eased after the next dose. Asked after that dose and not eased, they stay at 2 and yield to a returning
// illness: one more bad answer takes no sign off the page.
RuleOutcome withdrawal_pattern(const Rule& rule, const Chart& chart) {
  if (chart.sessions.empty()) return not_judged(rule, "no infusion is recorded");
  const auto asked = evaluations(chart, rule.instrument("withdrawal"));
  Checks checks(asked.begin(), asked.end());
  std::erase_if(checks, [](const auto& check) { return check.body->answers.empty(); });
  const Instant from = chart.now - rule.threshold("window") * day;
  const auto every_gap = gaps(rule, chart);
  std::vector<Finding> findings;
  std::string why;
  bool unasked = false;
  for (const Gap& gap : every_gap) {
    if (gap.next_dose.value_or(gap.due) < from) continue;
    const Course course = course_of(rule, chart, gap, checks, every_gap);
    if (course.peak) {
      findings.push_back(pattern(rule, chart, course));
      continue;
    }
    unasked = unasked || (gap.overdue && course.inside.empty());
    why += (why.empty() ? "" : "; ") + other_reading(rule, course);
  }
  if (findings.empty() && unasked) return not_judged(rule, why);
  if (findings.empty() && chart.sessions.back().start < from)
    return not_judged(rule, "the last infusion was on " + on_day(chart.sessions.back().start));
  if (why.empty())
    why = fmt::format("no dose was missed, late or spaced in the last {} days", rule.threshold("window"));
  if (findings.empty() && planned_intervals(chart).empty() && every_gap.empty())
    return not_judged(rule, "no plan says when a dose was due");
  return outcome_of(rule, std::move(findings), std::move(why));
}

}  // namespace evenkeel::watch
