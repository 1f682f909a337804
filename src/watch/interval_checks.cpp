// Sessions closer together than planned. A missed appointment or a journey moves a session, and the next gap
// is then shorter than planned without anybody wanting more.

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "watch/look.hpp"
#include "watch/outcome.hpp"
#include "watch/planned_interval.hpp"

namespace evenkeel::watch {
namespace {

using units::day;

// Gaps written in whole minutes must not cross a share by their last binary digit.
constexpr double rounding = 1.000001;

constexpr Duration journey_margin = 3.0 * units::day;  // noted a little before or after it

struct Course {
  const Chart& chart;
  std::vector<PlannedInterval> planned;
  std::size_t wanted = 0;  // gaps
  double share = 0.0;      // of the planned gap

  [[nodiscard]] Duration gap(std::size_t from) const {
    return chart.sessions[from + 1].start - chart.sessions[from].start;
  }
  [[nodiscard]] const PlannedInterval* plan_of(std::size_t gap) const {
    return interval_at(planned, chart.sessions[gap].start);
  }
};

struct Mean {
  Duration given;
  Duration planned;
};

// The mean of `count` gaps before session `last`, and what the plans in force when each began had; nothing
// where one had none.
std::optional<Mean> mean_before(const Course& course, std::size_t last, std::size_t count) {
  Mean mean;
  for (std::size_t i = last - count; i < last; ++i) {
    const PlannedInterval* plan = course.plan_of(i);
    if (plan == nullptr) return std::nullopt;
    mean.given += course.gap(i);
    mean.planned += plan->interval;
  }
  const auto number = static_cast<double>(count);
  return Mean{mean.given / number, mean.planned / number};
}

bool is_short(const Course& course, const std::optional<Mean>& mean) {
  return mean && rounding * mean->given < course.share * mean->planned;
}

// What moved sessions among the gaps before session `last`, or just before them: appointments missed for a
// reason in a gap that was as long as planned, and a journey. Each accounts for one gap.
struct Moved {
  std::size_t gaps = 0;
  std::size_t missed = 0;
  std::string words;
};

Moved moved(const Course& course, std::size_t first, std::size_t last) {
  Moved found;
  for (std::size_t i = first; i < last; ++i) {
    const PlannedInterval* plan = course.plan_of(i);
    if (plan == nullptr || course.gap(i) < plan->interval) continue;
    for (const auto& miss : all<care::AppointmentMissed>(course.chart)) {
      const bool in_gap =
          miss.at() > course.chart.sessions[i].start && miss.at() <= course.chart.sessions[i + 1].start;
      if (!in_gap || miss.body->reason == care::MissedBecause::no_word) continue;
      ++found.missed;
      found.words = fmt::format("an appointment was missed ({}) on {}, and the next one made up for it",
                                care::missed_words(miss.body->reason), on_day(miss.at()));
    }
  }
  found.gaps = found.missed;
  if (found.missed > 0) return found;
  const std::string journey = circumstance_near(course.chart, std::array{care::Circumstance::travel},
                                                course.chart.sessions[first].start,
                                                course.chart.sessions[last].start, journey_margin);
  if (!journey.empty()) {
    found.gaps = 1;
    found.words = journey + ", and a session was moved for it";
  }
  return found;
}

// Without the gaps that were moved, the rest is as planned; or it is when the late gap just before is
// counted.
std::string explanation(const Course& course, std::size_t last) {
  const std::size_t first = last - course.wanted;
  const Moved found = moved(course, first > 0 ? first - 1 : first, last);
  if (found.gaps == 0) return {};
  if (found.missed > 0 && first > 0 && !is_short(course, mean_before(course, last, course.wanted + 1)))
    return found.words;
  std::vector<std::size_t> gaps;
  for (std::size_t i = first; i < last; ++i) gaps.push_back(i);
  std::ranges::sort(gaps, {}, [&](std::size_t i) { return course.gap(i); });
  if (found.gaps >= gaps.size()) return {};
  Mean rest;
  for (const std::size_t i : std::span{gaps}.subspan(found.gaps)) {
    rest.given += course.gap(i);
    rest.planned += course.plan_of(i)->interval;
  }
  return is_short(course, rest) ? std::string{} : found.words;
}

std::string gap_words(const Course& course, std::size_t last) {
  std::string words;
  for (std::size_t i = last - course.wanted; i < last; ++i)
    words += fmt::format("{}{:.1f}", words.empty() ? "" : ", ", course.gap(i).in(day));
  return words;
}

std::optional<Finding> short_gaps(const Rule& rule, const Course& course) {
  std::size_t last = course.chart.sessions.size() - 1;
  const auto mean = mean_before(course, last, course.wanted);
  if (!is_short(course, mean)) return std::nullopt;
  std::vector<Support> events;
  for (const care::Session& session : course.chart.sessions.last(course.wanted + 1))
    events.push_back({session.event, session.start});
  Finding found = finding(
      rule, 1,
      fmt::format("the last {} gaps, up to {}, are {} days, {:.1f} days on average; the plan in force at the "
                  "time has {:.1f}",
                  course.wanted, on_day(events.back().at), gap_words(course, last), mean->given.in(day),
                  mean->planned.in(day)),
      events, std::array{std::string_view{"gaps"}, std::string_view{"share_of_plan"}});
  found.explained_by = explanation(course, last);
  while (last > course.wanted && is_short(course, mean_before(course, last - 1, course.wanted))) --last;
  found.since = course.chart.sessions[last].start;
  return found;
}

// Weekly or more, late in the course.
std::optional<Finding> late_gap(const Rule& rule, const Course& course) {
  const auto& sessions = course.chart.sessions;
  const Duration least = rule.threshold("late_gap") * day;
  const auto is_late_and_short = [&](std::size_t last) {
    const Duration into_course = sessions[last].start - sessions.front().start;
    return into_course > rule.threshold("late_course") * units::week && course.gap(last - 1) < least;
  };
  std::size_t last = sessions.size() - 1;
  if (!is_late_and_short(last)) return std::nullopt;
  const std::array events{Support{sessions[last - 1].event, sessions[last - 1].start},
                          Support{sessions[last].event, sessions[last].start}};
  Finding found = finding(
      rule, 1,
      fmt::format("{:.0f} weeks into the course the last gap, from {} to {}, is {:.1f} days, below {} days",
                  (sessions[last].start - sessions.front().start).in(units::week), on_day(events[0].at),
                  on_day(events[1].at), course.gap(last - 1).in(day), rule.threshold("late_gap")),
      events, std::array{std::string_view{"late_course"}, std::string_view{"late_gap"}});
  if (last >= 2 && course.gap(last - 2) >= least) found.explained_by = moved(course, last - 2, last).words;
  while (last > 1 && is_late_and_short(last - 1)) --last;
  found.since = sessions[last].start;
  return found;
}

}  // namespace

// Sessions closer together than planned: the mean of the last gaps, and weekly or more late in the course.
RuleOutcome shortening_intervals(const Rule& rule, const Chart& chart) {
  const auto wanted = static_cast<std::size_t>(rule.threshold("gaps"));
  if (chart.sessions.size() < wanted + 1) {
    return not_judged(rule, fmt::format("{}; {} are needed for {} gaps",
                                        counted(chart.sessions.size(), "infusion"), wanted + 1, wanted));
  }
  const Course course{chart, planned_intervals(chart), wanted, rule.threshold("share_of_plan") / 100.0};
  std::vector<Finding> findings;
  if (auto found = short_gaps(rule, course)) findings.push_back(std::move(*found));
  if (auto found = late_gap(rule, course)) findings.push_back(std::move(*found));
  const std::size_t last = chart.sessions.size() - 1;
  if (findings.empty() && !mean_before(course, last, wanted))
    return not_judged(rule, "no plan was in force to compare the gaps with");
  return outcome_of(rule, std::move(findings),
                    fmt::format("the last gaps, up to {}, are {} days", on_day(chart.sessions[last].start),
                                gap_words(course, last)));
}

}  // namespace evenkeel::watch
