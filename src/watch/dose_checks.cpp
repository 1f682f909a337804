// Signs of tolerance in what is given: dose, rate and spacing. A higher dose is not misuse (most
// clinics titrate); these findings ask whether the rise was meant and explained.

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "watch/outcome.hpp"

namespace evenkeel::watch {
namespace {

using units::day;
using units::h;
using units::kg;
using units::mg;

constexpr double hydrochloride_per_base = 1.153;  // 10 mg of base is 11.53 mg of hydrochloride

Support support(const care::Session& session) {
  return {session.event, session.start};
}

std::string given_text(const care::Session& session) {
  return fmt::format("session {} ({}): {} mg at {:.1f} kg is {:.2f} mg/kg", session.id,
                     session.start.to_string().substr(0, 10), session.dose().mg.to_string(),
                     session.weight.in(kg), session.dose_per_body().in(mg / kg));
}

std::string salt_hint(double ratio) {
  if (std::abs(ratio / hydrochloride_per_base - 1.0) > 0.02) return "";
  return "; the ratio is that of the hydrochloride to the base: check that the salt was not recorded as base";
}

// Above the dose of the plan in force at the time.
std::optional<Finding> above_plan(const Rule& rule, const Chart& chart, const care::Session& session) {
  const auto plan = care::plan_at(chart.valid, session.start);
  if (!plan) return std::nullopt;
  const double ratio = session.dose_per_body() / plan->doses.back().dose;
  if (!(ratio > 1.0 + rule.threshold("above_plan") / 100.0)) return std::nullopt;
  const std::array events{support(session), Support{plan->doses.back().event, plan->doses.back().at}};
  return finding(rule, 1,
                 fmt::format("{}, {:.0f} % above the plan's {} mg/kg{}", given_text(session),
                             100.0 * (ratio - 1.0), plan->doses.back().dose.in(mg / kg), salt_hint(ratio)),
                 events, std::array{std::string_view{"above_plan"}});
}

// The plan itself rose, beyond the first sessions' titration and without a response recorded as the reason.
std::optional<Finding> risen_plan(const Rule& rule, const Chart& chart) {
  if (!chart.plan || chart.plan->doses.size() < 2) return std::nullopt;
  const auto titration = static_cast<std::size_t>(rule.threshold("titration_sessions"));
  if (chart.sessions.size() <= titration) return std::nullopt;
  const care::DosePoint& first = chart.plan->doses.front();
  const care::DosePoint& last = chart.plan->doses.back();
  const double rise = last.dose / first.dose - 1.0;
  const bool titrated_early = last.at <= chart.sessions[titration - 1].start;
  if (!(rise > rule.threshold("rise") / 100.0) || last.for_response || titrated_early) return std::nullopt;
  return finding(
      rule, 1,
      fmt::format("the plan's dose rose from {} to {} mg/kg ({:.0f} %) without a response recorded as the "
                  "reason",
                  first.dose.in(mg / kg), last.dose.in(mg / kg), 100.0 * rise),
      std::array{Support{first.event, first.at}, Support{last.event, last.at}},
      std::array{std::string_view{"rise"}, std::string_view{"titration_sessions"}});
}

}  // namespace

// Doses above the plan, above the second-signature dose, and a plan that rose unexplained.
RuleOutcome dose_above_plan(const Rule& rule, const Chart& chart) {
  if (chart.sessions.empty()) return not_judged(rule, "no infusion is recorded");
  std::vector<Finding> findings;
  int without_plan = 0;
  for (const care::Session& session : chart.sessions) {
    without_plan += care::plan_at(chart.valid, session.start) ? 0 : 1;
    if (auto above = above_plan(rule, chart, session)) findings.push_back(std::move(*above));
    const double signature = rule.threshold("second_signature");
    if (session.dose_per_body().in(mg / kg) > signature) {
      findings.push_back(
          finding(rule, 1,
                  fmt::format("{}: above {} mg/kg a second clinician signs; no second signature is in "
                              "this record's form",
                              given_text(session), signature),
                  std::array{support(session)}, std::array{std::string_view{"second_signature"}}));
    }
  }
  if (auto risen = risen_plan(rule, chart)) findings.push_back(std::move(*risen));
  if (findings.empty() && without_plan > 0) {
    return not_judged(rule, fmt::format("{} infusion(s) without a plan in force", without_plan));
  }
  return outcome_of(rule, std::move(findings),
                    fmt::format("{} infusion(s) looked at", chart.sessions.size()));
}

// Rates above the low-dose band: monitoring steps up, not only a note.
RuleOutcome rate_band(const Rule& rule, const Chart& chart) {
  if (chart.sessions.empty()) return not_judged(rule, "no infusion is recorded");
  const RatePerBody ceiling = rule.threshold("ceiling") * (mg / kg / h);
  std::vector<Finding> findings;
  for (const care::Session& session : chart.sessions) {
    const RatePerBody rate = session.highest_rate();
    // A rate written in round numbers must not cross by its last digit.
    if (!(rate > 1.000001 * ceiling)) continue;
    findings.push_back(finding(
        rule, 1,
        fmt::format("session {} ({}): {:.2f} mg/kg/h, above the low-dose band of {} mg/kg/h", session.id,
                    session.start.to_string().substr(0, 10), rate.in(mg / kg / h), ceiling.in(mg / kg / h)),
        std::array{support(session)}, std::array{std::string_view{"ceiling"}}));
  }
  return outcome_of(rule, std::move(findings),
                    fmt::format("{} infusion(s) looked at", chart.sessions.size()));
}

// Sessions closer together than planned: the mean of the last gaps, and weekly or more late in the course.
RuleOutcome shortening_intervals(const Rule& rule, const Chart& chart) {
  const auto wanted = static_cast<std::size_t>(rule.threshold("gaps"));
  if (chart.sessions.size() < wanted + 1) {
    return not_judged(rule, fmt::format("{} infusion(s); {} are needed for {} gaps", chart.sessions.size(),
                                        wanted + 1, wanted));
  }
  std::vector<Finding> findings;
  const auto last = chart.sessions.last(wanted + 1);
  std::vector<Support> events;
  for (const care::Session& session : last) events.push_back(support(session));
  const Duration mean = (last.back().start - last.front().start) / static_cast<double>(wanted);
  const auto plan = care::plan_at(chart.valid, last.front().start);
  const double share = rule.threshold("share_of_plan") / 100.0;
  if (plan && mean < share * plan->plan.interval) {
    findings.push_back(finding(
        rule, 1,
        fmt::format(
            "the last {} gaps are {:.1f} days on average; the plan in force when they began has {:.1f}",
            wanted, mean.in(day), plan->plan.interval.in(day)),
        events, std::array{std::string_view{"gaps"}, std::string_view{"share_of_plan"}}));
  }
  const Duration gap = last.back().start - last[wanted - 1].start;
  const Duration into_course = last.back().start - chart.sessions.front().start;
  if (into_course > rule.threshold("late_course") * units::week && gap < rule.threshold("late_gap") * day) {
    findings.push_back(
        finding(rule, 1,
                fmt::format("{:.0f} weeks into the course the last gap is {:.1f} days, below {} days",
                            into_course.in(units::week), gap.in(day), rule.threshold("late_gap")),
                std::span{events}.last(2),
                std::array{std::string_view{"late_course"}, std::string_view{"late_gap"}}));
  }
  if (findings.empty() && !plan) return not_judged(rule, "no plan was in force to compare the gaps with");
  return outcome_of(rule, std::move(findings),
                    fmt::format("the last gaps are {:.1f} days on average", mean.in(day)));
}

}  // namespace evenkeel::watch
