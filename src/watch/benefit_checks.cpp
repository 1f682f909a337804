// Tolerance in the benefit: the illness fell after an infusion once, and no longer does at the same dose.

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "watch/look.hpp"
#include "watch/tolerance_checks.hpp"

namespace evenkeel::watch {
namespace {

using units::day;
using units::kg;
using units::mg;

constexpr double same_dose = 0.95;  // of the dose then: room for rounding to what can be drawn up

// The benefit seen after one infusion.
struct Benefit {
  const care::Session* session;
  Reading after;
  int points = 0;  // below the baseline
  Instant newest;  // of the answers in time
};

std::optional<Reading> baseline_of(const Chart& chart, std::span<const Reading> illness) {
  std::optional<Reading> found;
  for (const Reading& each : illness) {
    if (!chart.sessions.empty() && each.at <= chart.sessions.front().start) found = each;
  }
  return found;
}

// Of each infusion that was followed by a total in time and before the next one.
std::vector<Benefit> benefits(const Rule& rule, const Chart& chart, std::span<const Reading> illness,
                              const Reading& baseline) {
  std::vector<Benefit> found;
  for (std::size_t i = 0; i < chart.sessions.size(); ++i) {
    const care::Session& session = chart.sessions[i];
    const Instant from = session.start + rule.threshold("from") * day;
    Instant to = session.start + rule.threshold("within") * day;
    if (i + 1 < chart.sessions.size()) to = std::min(to, chart.sessions[i + 1].start);
    // The best of them: one worse answer more does not undo a benefit, and one answer less does not make one.
    const Reading* best = nullptr;
    Instant newest;
    for (const Reading& each : illness) {
      if (each.at < from || each.at > to) continue;
      newest = each.at;
      if (best == nullptr || each.score < best->score) best = &each;
    }
    if (best != nullptr) found.push_back({&session, *best, baseline.score - best->score, newest});
  }
  return found;
}

std::string benefit_words(const Benefit& each) {
  return fmt::format("{:.2f} mg/kg on {}, PHQ-9 {} on {}", each.session->dose_per_body().in(mg / kg),
                     on_day(each.session->start), each.after.score, on_day(each.after.at));
}

// The last infusions without benefit, at doses as high as one that brought it before.
std::vector<Benefit> lost_of(const Rule& rule, std::span<const Benefit> all_benefits,
                             std::optional<Benefit>& then) {
  const auto helped = [&](const Benefit& each) { return each.points >= rule.threshold("benefit"); };
  std::vector<Benefit> lost;
  for (const Benefit& each : all_benefits) {
    if (helped(each)) {
      lost.clear();
      if (!then || each.session->dose_per_body() < then->session->dose_per_body()) then = each;
    } else if (then && each.session->dose_per_body() >= same_dose * then->session->dose_per_body()) {
      lost.push_back(each);
    }
  }
  return lost;
}

Finding loss(const Rule& rule, const Chart& chart, const Reading& baseline, const Benefit& then,
             std::span<const Benefit> lost) {
  static constexpr std::array hard{care::Circumstance::bereavement, care::Circumstance::hard_event,
                                   care::Circumstance::job_loss, care::Circumstance::physical_illness,
                                   care::Circumstance::pain};
  std::vector<Support> support{{baseline.event, baseline.at}, {then.after.event, then.after.at}};
  std::string now;
  for (const Benefit& each : lost) {
    now += (now.empty() ? "" : "; ") + benefit_words(each);
    support.push_back({each.session->event, each.session->start});
    support.push_back({each.after.event, each.after.at});
  }
  const std::string near = circumstance_near(chart, hard, lost.front().session->start, lost.back().after.at,
                                             rule.threshold("within") * day);
  Finding found = finding(
      rule, 1,
      fmt::format(
          "the PHQ-9 was {} before treatment ({}); it fell by {} after {}, and by less than {} after the "
          "last {}: {}{}",
          baseline.score, on_day(baseline.at), then.points, benefit_words(then), rule.threshold("benefit"),
          counted(lost.size(), "infusion"), now, near.empty() ? "" : "; " + near + ": ask about it first"),
      support,
      std::array{std::string_view{"benefit"}, std::string_view{"doses"}, std::string_view{"held"},
                 std::string_view{"from"}, std::string_view{"within"}});
  found.since = lost[static_cast<std::size_t>(rule.threshold("doses")) - 1].after.at;
  return found;
}

}  // namespace

// Benefit after at least one infusion, and none after the last ones at the same or a higher dose. Where fewer
// than `held` infusions brought one, it may have been chance: such a loss is slight.
RuleOutcome benefit_lost(const Rule& rule, const Chart& chart) {
  if (chart.sessions.empty()) return not_judged(rule, "no infusion is recorded");
  const auto illness = totals(chart, rule.instrument("illness"));
  const auto baseline = baseline_of(chart, illness);
  if (!baseline) return not_judged(rule, "no PHQ-9 before the first infusion to compare with");
  const auto every = benefits(rule, chart, illness, *baseline);
  const std::string stretch =
      fmt::format("{} to {} days after", rule.threshold("from"), rule.threshold("within"));
  if (every.empty())
    return not_judged(rule, fmt::format("no PHQ-9 {} an infusion, before the next one", stretch));
  std::optional<Benefit> then;
  const auto lost = lost_of(rule, every, then);
  if (static_cast<double>(lost.size()) >= rule.threshold("doses")) {
    Finding found = loss(rule, chart, *baseline, *then, lost);
    const auto helped = std::ranges::count_if(
        every, [&](const Benefit& each) { return each.points >= rule.threshold("benefit"); });
    found.slight = static_cast<double>(helped) < rule.threshold("held");
    return outcome_of(rule, {std::move(found)}, "");
  }
  const Benefit& last = every.back();
  if (chart.now - last.newest > rule.threshold("looked_within") * day)
    return not_judged(rule,
                      fmt::format("the last PHQ-9 {} an infusion is from {}", stretch, on_day(last.newest)));
  if (!then)
    return clear(rule, fmt::format("no infusion has yet brought the PHQ-9 {} points below {}, so there is no "
                                   "benefit to lose",
                                   rule.threshold("benefit"), baseline->score));
  return clear(rule, fmt::format("PHQ-9 {} before treatment; the last benefit is {} points, after {}",
                                 baseline->score, last.points, benefit_words(last)));
}

}  // namespace evenkeel::watch
