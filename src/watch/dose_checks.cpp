// Signs of tolerance in what is given: dose and rate. A higher dose is not misuse (most
// clinics titrate); these findings ask whether the rise was meant and explained.

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "care/plan_check.hpp"
#include "watch/look.hpp"
#include "watch/outcome.hpp"

namespace evenkeel::watch {
namespace {

using units::h;
using units::kg;
using units::mg;

constexpr double hydrochloride_per_base = 1.153;  // 10 mg of base is 11.53 mg of hydrochloride

// A dose or rate written in round numbers must not cross a limit by its last binary digit.
constexpr double rounding = 1.000001;

Support support(const care::Session& session) {
  return {session.event, session.start};
}

std::string given_text(const care::Session& session) {
  return fmt::format("session {} ({}): {} mg at {:.1f} kg is {:.2f} mg/kg", session.id,
                     session.start.to_string().substr(0, 10), session.dose().mg.to_string(),
                     session.weight.in(kg), session.dose_per_body().in(mg / kg));
}

std::string entry_hint(double ratio) {
  if (ratio > 5.0)
    return "; a wrong unit, decimal point or weight explains that better than a dose: check the entry";
  if (std::abs(ratio / hydrochloride_per_base - 1.0) > 0.02) return "";
  return "; the ratio is that of the hydrochloride to the base: check that the salt was not recorded as base";
}

// What the session gave as a share of the plan's dose, each in mg or each per kg; none where the record
// cannot say, for the plan doses by ideal weight.
std::optional<double> share_of_plan(const care::Session& session, const care::PlanInForce& plan) {
  const care::DosePoint& planned = plan.doses.back();
  if (planned.fixed_mg) return session.dose().mass() / (planned.fixed_mg->to_double() * mg);
  if (plan.plan.weight_basis != care::WeightBasis::actual) return std::nullopt;
  return session.dose_per_body() / planned.dose;
}

std::string dose_words(const care::DosePoint& planned) {
  return planned.fixed_mg ? planned.fixed_mg->to_string() + " mg"
                          : fmt::format("{} mg/kg", planned.dose.in(mg / kg));
}

// In force when the session began, or null.
const care::PlanInForce* plan_of(const Chart& chart, const care::Session& session) {
  expects(chart.plans != nullptr, "run() made the plans of the chart");
  return chart.plans->at(session.start);
}

// A dose that is fixed in mg, or a spray: what is said per kg, and per kg and hour, is not about it.
bool is_fixed(const Chart& chart, const care::Session& session) {
  const care::PlanInForce* plan = plan_of(chart, session);
  return plan != nullptr && plan->plan.fixed_dose_mg;
}

std::size_t fixed_sessions(const Chart& chart) {
  return static_cast<std::size_t>(
      std::ranges::count_if(chart.sessions, [&](const care::Session& s) { return is_fixed(chart, s); }));
}

// Doses above that of the plan in force at the time: one finding for them all.
std::optional<Finding> above_plan(const Rule& rule, const Chart& chart) {
  std::vector<Support> events;
  std::string text;
  for (const care::Session& session : chart.sessions) {
    const care::PlanInForce* plan = plan_of(chart, session);
    const auto share = plan != nullptr ? share_of_plan(session, *plan) : std::nullopt;
    if (!share) continue;
    const double ratio = *share;
    if (!(ratio > rounding * (1.0 + rule.threshold("above_plan") / 100.0))) continue;
    text += fmt::format("{}{}, {:.0f} % above the plan's {}{}", text.empty() ? "" : "; ", given_text(session),
                        100.0 * (ratio - 1.0), dose_words(plan->doses.back()), entry_hint(ratio));
    events.push_back(support(session));
    events.push_back({plan->doses.back().event, plan->doses.back().at});
  }
  if (events.empty()) return std::nullopt;
  Finding found = finding(rule, 1, std::move(text), events, std::array{std::string_view{"above_plan"}});
  found.since = events.front().at;
  return found;
}

std::optional<Finding> above_signature(const Rule& rule, const Chart& chart) {
  const double limit = rule.threshold("second_signature");
  std::vector<Support> events;
  std::string text;
  for (const care::Session& session : chart.sessions) {
    const care::PlanInForce* plan = plan_of(chart, session);
    if (!(session.dose_per_body().in(mg / kg) > rounding * limit) || is_fixed(chart, session)) continue;
    if (plan != nullptr && care::is_signed(chart.valid, *plan, session.start)) continue;
    text += (text.empty() ? "" : "; ") + given_text(session);
    events.push_back(support(session));
  }
  if (chart.plan && chart.plan->doses.back().dose.in(mg / kg) > rounding * limit &&
      !care::is_signed(chart.valid, *chart.plan, chart.now)) {
    const care::DosePoint& planned = chart.plan->doses.back();
    text += fmt::format("{}the plan has {} mg/kg", text.empty() ? "" : "; ", planned.dose.in(mg / kg));
    events.push_back({planned.event, planned.at});
  }
  if (events.empty()) return std::nullopt;
  Finding found = finding(
      rule, 1,
      fmt::format("{}: above {} mg/kg a second clinician signs, and the record shows none", text, limit),
      events, std::array{std::string_view{"second_signature"}});
  found.since = events.front().at;
  return found;
}

// How far above the plan's first dose this one is. Like with like: between a fixed dose and one by weight
// there is no rise to tell.
double rise(const care::DosePoint& first, const care::DosePoint& point) {
  if (point.fixed_mg.has_value() != first.fixed_mg.has_value()) return 0.0;
  if (point.fixed_mg) return point.fixed_mg->to_double() / first.fixed_mg->to_double() - 1.0;
  return point.dose / first.dose - 1.0;
}

// The plan itself rose, beyond the first sessions' titration and without a response recorded as the reason.
// A further rise with a reason does not excuse the one before it; a dose taken back does. A plan that only
// says the same dose again is no rise.
std::optional<Finding> risen_plan(const Rule& rule, const Chart& chart) {
  if (!chart.plan || chart.plan->doses.size() < 2) return std::nullopt;
  const auto titration = static_cast<std::size_t>(rule.threshold("titration_sessions"));
  if (chart.sessions.size() <= titration) return std::nullopt;
  const Instant titrated = chart.sessions[titration - 1].start;
  const std::vector<care::DosePoint>& doses = chart.plan->doses;
  std::vector<const care::DosePoint*> unexplained;
  for (std::size_t i = 1; i < doses.size(); ++i) {
    const bool beyond =
        1.0 + rise(doses.front(), doses[i]) > rounding * (1.0 + rule.threshold("rise") / 100.0);
    const bool higher = rise(doses.front(), doses[i]) > rise(doses.front(), doses[i - 1]);
    if (!beyond) unexplained.clear();
    if (beyond && higher && !doses[i].for_response && doses[i].at > titrated)
      unexplained.push_back(&doses[i]);
  }
  if (unexplained.empty()) return std::nullopt;
  const care::DosePoint& first = doses.front();
  const care::DosePoint& last = *unexplained.back();
  Finding found = finding(rule, 1,
                          fmt::format("the plan's dose rose from {} to {} ({:.0f} %) between {} and {} with "
                                      "no insufficient response recorded as the reason",
                                      dose_words(first), dose_words(last), 100.0 * rise(first, last),
                                      on_day(first.at), on_day(last.at)),
                          std::array{Support{first.event, first.at}, Support{last.event, last.at}},
                          std::array{std::string_view{"rise"}, std::string_view{"titration_sessions"}});
  found.since = unexplained.front()->at;
  return found;
}

}  // namespace

// Doses above the plan, above the second-signature dose, and a plan that rose unexplained.
RuleOutcome dose_above_plan(const Rule& rule, const Chart& chart) {
  if (chart.sessions.empty()) return not_judged(rule, "no infusion is recorded");
  std::vector<Finding> findings;
  const auto without_plan = std::ranges::count_if(
      chart.sessions, [&](const care::Session& s) { return plan_of(chart, s) == nullptr; });
  const bool by_ideal_weight = chart.plan && chart.plan->plan.weight_basis == care::WeightBasis::ideal;
  if (auto above = above_plan(rule, chart)) findings.push_back(std::move(*above));
  if (auto above = above_signature(rule, chart)) findings.push_back(std::move(*above));
  if (auto risen = risen_plan(rule, chart)) findings.push_back(std::move(*risen));
  if (findings.empty() && without_plan > 0) {
    return not_judged(
        rule, counted(static_cast<std::size_t>(without_plan), "infusion") + " without a plan in force");
  }
  if (findings.empty() && by_ideal_weight) {
    return not_judged(rule, "the plan doses by ideal weight, which the record does not hold");
  }
  return outcome_of(rule, std::move(findings), counted(chart.sessions.size(), "infusion") + " looked at");
}

// Rates above the low-dose band: monitoring steps up, not only a note.
RuleOutcome rate_band(const Rule& rule, const Chart& chart) {
  if (chart.sessions.empty()) return not_judged(rule, "no infusion is recorded");
  const RatePerBody ceiling = rule.threshold("ceiling") * (mg / kg / h);
  std::size_t unknown = 0;
  std::vector<Support> events;
  std::string text;
  for (const care::Session& session : chart.sessions) {
    if (is_fixed(chart, session)) continue;
    const RatePerBody rate = session.highest_rate();
    if (!session.infusion_unknown.empty()) ++unknown;
    if (!(rate > rounding * ceiling)) continue;
    text += fmt::format("{}session {} ({}): {:.2f} mg/kg/h", text.empty() ? "" : "; ", session.id,
                        session.start.to_string().substr(0, 10), rate.in(mg / kg / h));
    events.push_back(support(session));
  }
  std::vector<Finding> findings;
  if (!events.empty()) {
    findings.push_back(finding(
        rule, 1, fmt::format("{}; the low-dose band ends at {} mg/kg/h", text, ceiling.in(mg / kg / h)),
        events, std::array{std::string_view{"ceiling"}}));
    findings.back().since = events.front().at;
  }
  if (findings.empty() && fixed_sessions(chart) == chart.sessions.size())
    return not_judged(rule, "the plan has a fixed dose: the band is one of infusions by weight");
  if (findings.empty() && unknown > 0) {
    return not_judged(rule, fmt::format("the rates of {} of {} are not known", unknown,
                                        counted(chart.sessions.size(), "infusion")));
  }
  return outcome_of(rule, std::move(findings), counted(chart.sessions.size(), "infusion") + " looked at");
}

}  // namespace evenkeel::watch
