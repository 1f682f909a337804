// The illness coming back, which explains much of what else is noticed; and a score of dependence that rises.

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "watch/person_checks.hpp"
#include "watch/person_look.hpp"

namespace evenkeel::watch {
namespace {

using std::string_view;
using units::day;

// The totals since treatment began, and the last one before it.
std::vector<Reading> under_treatment(std::vector<Reading> readings, Instant began) {
  const auto first = std::ranges::find_if(readings, [&](const Reading& each) { return each.at > began; });
  if (first == readings.begin()) return readings;
  readings.erase(readings.begin(), first - 1);
  return readings;
}

std::string scores_of(std::span<const Reading> readings) {
  std::string text;
  for (std::size_t i = 0; i < readings.size(); ++i) {
    const char* before = i == 0 ? "" : i + 1 == readings.size() ? " and " : ", ";
    text += fmt::format("{}{}", before, readings[i].score);
  }
  return text;
}

// The last answers that are each high, and what they are measured from.
struct Return {
  std::size_t first = 0;
  Reading best;
  bool firm = false;
};

// Of many answers one is low by chance alone. A return is firm where one was `far` better than now, or of
// those that were better a `share` was so by `rise`. Answers as bad as now say nothing against it.
bool is_firm(const Rule& rule, std::span<const Reading> lately, double high) {
  const auto better = [&](double by) {
    return static_cast<double>(
        std::ranges::count_if(lately, [=](const Reading& each) { return high - each.score >= by; }));
  };
  const double clearly = better(rule.threshold("rise"));
  return better(rule.threshold("far")) > 0.0 ||
         (clearly > 0.0 && clearly >= rule.threshold("share") / 100.0 * better(0.5));
}

std::optional<Return> return_of(const Rule& rule, std::span<const Reading> readings) {
  const Duration memory = rule.threshold("memory") * day;
  const auto needed = static_cast<std::size_t>(rule.threshold("readings"));
  std::optional<Return> slight;
  for (std::size_t first = 1; first + needed <= readings.size(); ++first) {
    const double high = lowest(readings.subspan(first));
    if (high < rule.threshold("least")) continue;
    const auto before = readings.first(first);
    const auto from = std::ranges::find_if(
        before, [&](const Reading& each) { return each.at >= readings[first].at - memory; });
    const std::span<const Reading> lately{from, before.end()};
    const auto best_of = [](std::span<const Reading> some) {
      return *std::ranges::min_element(some, {}, &Reading::score);
    };
    if (is_firm(rule, lately, high)) return Return{first, best_of(lately), true};
    if (!slight && high - best_of(before).score >= rule.threshold("rise"))
      slight = Return{first, best_of(before), false};
  }
  return slight;
}

// What the totals are measured from: the lower of the start and of what was usual since.
double from_the_start(std::span<const Reading> readings) {
  return std::min<double>(readings.front().score, median(readings));
}

// The scores of severity that show a rise, or a high score with any rise.
std::optional<Finding> dependence_risen(const Rule& rule, const Chart& chart,
                                        std::span<const Reading> readings) {
  const Instant oldest = chart.now - rule.threshold("window") * day;
  const auto risen = worse_stretch(readings, oldest, rule.threshold("rise"), &from_the_start);
  auto higher = worse_stretch(readings, oldest, 0.5, &from_the_start);
  while (higher && higher->first < readings.size() && readings[higher->first].score < rule.threshold("score"))
    ++higher->first;  // the stretch as far as it is high as well
  const bool high = higher && readings.back().score >= rule.threshold("score");
  if (!risen && !high) return std::nullopt;
  const Stretch stretch = risen ? *risen : *higher;
  const std::size_t from = std::max<std::size_t>(stretch.first, 1) - 1;
  const std::string name = instrument_name(chart, rule.instrument("dependence"));
  std::string text = fmt::format("the {} rose from {} to {}: {}", name, stretch.usual, readings.back().score,
                                 listed(readings.subspan(from)));
  if (high) text += fmt::format("; {} or more with a rise", rule.threshold("score"));
  Finding found = finding(rule, 2, std::move(text), support_of(readings),
                          std::array{string_view{"rise"}, string_view{"score"}});
  found.since = readings[stretch.first].at;
  if (risen && high) found.since = std::min(found.since, readings[higher->first].at);
  return found;
}

}  // namespace

// The last `readings` totals, away from a dose, each `least` or more and `rise` above the best since
// treatment began. Where that is firm, what a returning illness brings about is explained by it (see `run`);
// else it is slight, and of level 1.
RuleOutcome illness_returning(const Rule& rule, const Chart& chart) {
  const std::string name = instrument_name(chart, rule.instrument("illness"));
  if (chart.sessions.empty()) return not_judged(rule, "treatment has not begun");
  const auto readings = separate(under_treatment(away_from_dose(totals(chart, rule.instrument("illness"))),
                                                 chart.sessions.front().start));
  if (readings.empty()) return not_judged(rule, fmt::format("no {} since treatment began", name));
  std::string why = fmt::format("{} of the {} since treatment began, the last {}",
                                counted(readings.size(), "total"), name, listed(std::span{readings}.last(1)));
  const auto needed = static_cast<std::size_t>(rule.threshold("readings"));
  if (readings.size() <= needed) return not_judged(rule, why + "; too few to compare");
  std::vector<Finding> findings;
  const auto risen = return_of(rule, readings);
  const auto high = risen ? std::span{readings}.subspan(risen->first) : std::span<const Reading>{};
  const bool recent = risen && chart.now - high[high.size() - needed].at <= rule.threshold("window") * day;
  if (recent) {
    std::vector<Reading> rests{risen->best};
    rests.insert(rests.end(), high.begin(), high.end());
    findings.push_back(finding(
        rule, risen->firm ? 2 : 1,
        fmt::format("the {} rose from {} ({}) to {} ({}): the illness may be coming back", name,
                    risen->best.score, on_day(risen->best.at), scores_of(high), on_day(high.back().at)),
        support_of(rests),
        std::array{string_view{"rise"}, string_view{"least"}, string_view{"readings"}, string_view{"share"},
                   string_view{"far"}, string_view{"memory"}}));
    findings.back().since = high[needed - 1].at;
    findings.back().slight = !risen->firm;
  }
  return looked_or_stale(rule, chart, std::move(findings), readings.back().at, std::move(why));
}

// A score of dependence `rise` above the start, or `score` and more with any rise.
RuleOutcome dependence_score(const Rule& rule, const Chart& chart) {
  const std::string& id = rule.instrument("dependence");
  if (!has_instrument(chart, id)) {
    return not_judged(rule,
                      rule.site_instrument
                          ? "no severity-of-dependence score is loaded; a site loads its own by --instruments"
                          : fmt::format("there is no instrument '{}'", id));
  }
  const auto readings = away_from_dose(totals(chart, id));
  const std::string name = instrument_name(chart, id);
  if (readings.empty()) return not_judged(rule, fmt::format("the {} was not answered", name));
  const std::string why = fmt::format("{}: {}", name, listed(readings));
  if (readings.size() < 2) return not_judged(rule, why + "; one answer has nothing to be compared with");
  std::vector<Finding> findings;
  if (auto found = dependence_risen(rule, chart, readings)) findings.push_back(*std::move(found));
  return looked_or_stale(rule, chart, std::move(findings), readings.back().at, why);
}

}  // namespace evenkeel::watch
