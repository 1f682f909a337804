// Tolerance in the effect, judged against the model and not by the dose alone: more in the blood and less
// felt, or benefit that lasts less long. That dissociation lessens with repeats at the same exposure is
// ordinary and no sign (Abdallah 2022, doi 10.1038/s41386-022-01266-9; Del Sant 2023).

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "watch/look.hpp"
#include "watch/tolerance_checks.hpp"

namespace evenkeel::watch {
namespace {

using units::day;

// An infusion with what the model predicts of it and what was felt.
struct Felt {
  const care::Session* session;
  Concentration end;
  int peak = 0;  // dissociation
  std::string event;
};

std::vector<Felt> felt(const Rule& rule, const Chart& chart) {
  const auto readings = totals(chart, rule.instrument("dissociation"));
  std::vector<Felt> found;
  for (std::size_t i = 0; i < chart.sessions.size(); ++i) {
    const care::Session& session = chart.sessions[i];
    const auto predicted =
        std::ranges::find(chart.prediction.sessions, session.id, &PredictedSession::session);
    if (predicted == chart.prediction.sessions.end()) continue;
    Instant until = session.start + 1.0 * day;
    if (i + 1 < chart.sessions.size()) until = std::min(until, chart.sessions[i + 1].start);
    std::optional<Felt> one;
    for (const Reading& each : readings) {
      const bool asked = each.moment == care::Moment::during_dose || each.moment == care::Moment::after_dose;
      if (!asked || each.at < session.start || each.at >= until) continue;
      if (!one || each.score > one->peak) one = Felt{&session, predicted->end, each.score, each.event};
    }
    if (one) found.push_back(*one);
  }
  return found;
}

struct Means {
  double exposure = 0.0;  // ng/mL
  double effect = 0.0;
};
Means mean_of(std::span<const Felt> sessions) {
  Means mean;
  for (const Felt& each : sessions) {
    mean.exposure += each.end.in(units::ng / units::mL) / static_cast<double>(sessions.size());
    mean.effect += each.peak / static_cast<double>(sessions.size());
  }
  return mean;
}

double percent_more(double before, double after) {
  return 100.0 * (after / before - 1.0);
}

// Sums of decimals must not cross a share by their last binary digit.
constexpr double rounding = 1.000001;

bool felt_less(const Rule& rule, const Means& first, const Means& last) {
  return rounding * last.exposure >= (1.0 + rule.threshold("exposure_rise") / 100.0) * first.exposure &&
         rounding * (first.effect - last.effect) >= rule.threshold("effect_fall");
}

std::string felt_words(const Chart& chart, std::span<const Felt> sessions, std::size_t n) {
  const Means first = mean_of(sessions.first(n));
  const Means last = mean_of(sessions.last(n));
  return fmt::format(
      "predicted at the end of infusion {:.0f} -> {:.0f} ng/mL ({:+.0f} %), dissociation at peak "
      "{:.1f} -> {:.1f}: means of the first {} ({} to {}) and the last {} ({} to {}), by {} for {}",
      first.exposure, last.exposure, percent_more(first.exposure, last.exposure), first.effect, last.effect,
      n, on_day(sessions[0].session->start), on_day(sessions[n - 1].session->start), n,
      on_day(sessions[sessions.size() - n].session->start), on_day(sessions.back().session->start),
      chart.prediction.model, chart.prediction.own);
}

std::optional<Finding> less_felt(const Rule& rule, const Chart& chart, std::span<const Felt> sessions,
                                 std::size_t n) {
  const Means first = mean_of(sessions.first(n));
  if (!felt_less(rule, first, mean_of(sessions.last(n)))) return std::nullopt;
  std::vector<Support> support;
  for (std::size_t i = 0; i < sessions.size(); ++i) {
    if (i >= n && i + n < sessions.size()) continue;
    support.push_back({sessions[i].session->event, sessions[i].session->start});
    support.push_back({sessions[i].event, sessions[i].session->start});
  }
  Finding found =
      finding(rule, 1,
              felt_words(chart, sessions, n) +
                  "; less is felt with repeats in most people, but not as a rule with more in the "
                  "blood",
              support,
              std::array{std::string_view{"sessions"}, std::string_view{"exposure_rise"},
                         std::string_view{"effect_fall"}});
  std::size_t end = sessions.size();
  while (end > 2 * n && felt_less(rule, first, mean_of(sessions.subspan(end - 1 - n, n)))) --end;
  found.since = sessions[end - 1].session->start;
  return found;
}

// How long the benefit of one infusion lasted: until the illness had risen again from its best, or, where no
// such rise was seen before the next infusion, at least until the last answer.
struct Lasted {
  const care::Session* session;
  Duration time;
  bool returned = false;
  Reading best;
  Reading end;
};

std::optional<Lasted> lasted(const care::Session& session, std::span<const Reading> answers, double rise) {
  if (answers.size() < 2) return std::nullopt;
  const Reading& best = *std::ranges::min_element(answers, {}, &Reading::score);
  const auto back = std::ranges::find_if(
      answers, [&](const Reading& each) { return each.at > best.at && each.score - best.score >= rise; });
  const bool returned = back != answers.end();
  const Reading& end = returned ? *back : answers.back();
  return Lasted{&session, end.at - session.start, returned, best, end};
}

std::vector<Lasted> benefits_lasted(const Rule& rule, const Chart& chart) {
  const auto illness = totals(chart, rule.instrument("illness"));
  std::vector<Lasted> found;
  for (std::size_t i = 0; i < chart.sessions.size(); ++i) {
    const Instant from = chart.sessions[i].start;
    const Instant to = i + 1 < chart.sessions.size() ? chart.sessions[i + 1].start : chart.now;
    std::vector<Reading> inside;
    std::ranges::copy_if(illness, std::back_inserter(inside),
                         [&](const Reading& each) { return each.at > from && each.at <= to; });
    if (auto one = lasted(chart.sessions[i], inside, rule.threshold("return"))) found.push_back(*one);
  }
  return found;
}

struct LastedMean {
  double days = 0.0;
  double exposure = 0.0;  // ng/mL
};
// Nothing where one of them has no prediction.
std::optional<LastedMean> mean_lasted(const Chart& chart, std::span<const Lasted> stretches) {
  const auto number = static_cast<double>(stretches.size());
  LastedMean mean;
  for (const Lasted& each : stretches) {
    const auto predicted =
        std::ranges::find(chart.prediction.sessions, each.session->id, &PredictedSession::session);
    if (predicted == chart.prediction.sessions.end()) return std::nullopt;
    mean.days += each.time.in(day) / number;
    mean.exposure += predicted->end.in(units::ng / units::mL) / number;
  }
  return mean;
}

// The exposure did not fall where it is at least this share of what it was.
constexpr double not_fallen = 0.95;

std::optional<Finding> shorter_benefit(const Rule& rule, const Chart& chart) {
  const auto n = static_cast<std::size_t>(rule.threshold("sessions"));
  const auto stretches = benefits_lasted(rule, chart);
  if (stretches.size() < 2 * n) return std::nullopt;
  const auto late = std::span{stretches}.last(n);
  const auto first = mean_lasted(chart, std::span{stretches}.first(n));
  const auto last = mean_lasted(chart, late);
  if (!first || !last || !std::ranges::all_of(late, &Lasted::returned)) return std::nullopt;
  const double share = 1.0 - rule.threshold("benefit_shorter") / 100.0;
  if (!(last->days <= rounding * share * first->days)) return std::nullopt;
  if (!(last->exposure >= not_fallen * first->exposure)) return std::nullopt;
  std::vector<Support> support;
  std::string times;
  for (const Lasted& each : late) {
    times += fmt::format("{}PHQ-9 {} to {} by {}, {:.0f} days after the infusion of {}",
                         times.empty() ? "" : "; ", each.best.score, each.end.score, on_day(each.end.at),
                         each.time.in(day), on_day(each.session->start));
    support.push_back({each.session->event, each.session->start});
    support.push_back({each.best.event, each.best.at});
    support.push_back({each.end.event, each.end.at});
  }
  return finding(
      rule, 1,
      fmt::format("benefit lasted {:.0f} days or more on average after {} infusions from {} on and {:.0f} "
                  "after the last {} ({}), at a predicted {:.0f} -> {:.0f} ng/mL ({:+.0f} %), by {} for {}",
                  first->days, n, on_day(stretches.front().session->start), last->days, n, times,
                  first->exposure, last->exposure, percent_more(first->exposure, last->exposure),
                  chart.prediction.model, chart.prediction.own),
      support,
      std::array{std::string_view{"sessions"}, std::string_view{"benefit_shorter"},
                 std::string_view{"return"}});
}

}  // namespace

// More in the blood by the model and less felt; or benefit that lasts less long at no less in the blood.
RuleOutcome effect_against_model(const Rule& rule, const Chart& chart) {
  if (chart.sessions.empty()) return not_judged(rule, "no infusion is recorded");
  if (chart.prediction.sessions.empty())
    return not_judged(rule, "no model predicts these infusions: " + (chart.prediction.why_not.empty()
                                                                         ? "none of them is known well enough"
                                                                         : chart.prediction.why_not));
  const auto n = static_cast<std::size_t>(rule.threshold("sessions"));
  const auto sessions = felt(rule, chart);
  std::vector<Finding> findings;
  if (sessions.size() >= 2 * n) {
    if (auto found = less_felt(rule, chart, sessions, n)) findings.push_back(std::move(*found));
  }
  if (auto found = shorter_benefit(rule, chart)) findings.push_back(std::move(*found));
  if (findings.empty() && sessions.size() < 2 * n)
    return not_judged(rule, fmt::format("{} with a prediction and an answer on dissociation; {} are needed",
                                        counted(sessions.size(), "infusion"), 2 * n));
  const std::string why = sessions.size() < 2 * n ? counted(sessions.size(), "infusion") + " looked at"
                                                  : felt_words(chart, sessions, n);
  return outcome_of(rule, std::move(findings), why);
}

}  // namespace evenkeel::watch
