// Signs in what the patient reports and what was found elsewhere: craving, another source.

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "watch/look.hpp"
#include "watch/person_checks.hpp"

namespace evenkeel::watch {
namespace {

using units::day;

// Craving at times without a dose: arriving for one is not counted.
std::vector<Reading> craving_between_doses(const Rule& rule, const Chart& chart) {
  std::vector<Reading> found;
  for (const care::TimedScore& timed : chart.scores) {
    const bool at_rest =
        timed.moment == care::Moment::between_doses || timed.moment == care::Moment::baseline;
    if (timed.instrument == rule.instrument("craving") && at_rest && timed.score.total) {
      found.push_back({timed.event, timed.at, *timed.score.total, timed.moment});
    }
  }
  return found;
}

std::string illness_text(const Rule& rule, const Chart& chart, const Reading& first, const Reading& last) {
  const auto moved = change(totals(chart, rule.instrument("illness")), first.at, last.at);
  if (!moved) return "; whether the illness got worse is not known: no PHQ-9 over that time";
  if (*moved >= rule.threshold("illness_rise")) {
    return fmt::format("; the PHQ-9 rose by {} over that time, so ask about the illness first", *moved);
  }
  if (*moved == 0) return "; the PHQ-9 did not change over that time";
  return fmt::format("; the PHQ-9 changed by {:+d} over that time", *moved);
}

}  // namespace

// Craving of `score` or more at `times` checks within `window`, or a rise of `rise` between two checks.
RuleOutcome craving(const Rule& rule, const Chart& chart) {
  const auto readings = craving_between_doses(rule, chart);
  if (readings.empty()) return not_judged(rule, "craving was not asked between doses");
  std::vector<Reading> high;
  for (const Reading& reading : readings) {
    const bool recent = chart.now - reading.at <= rule.threshold("window") * day;
    if (recent && reading.score >= rule.threshold("score")) high.push_back(reading);
  }
  std::vector<Finding> findings;
  if (static_cast<double>(high.size()) >= rule.threshold("times")) {
    std::vector<Support> events;
    for (const Reading& reading : high) events.push_back({reading.event, reading.at});
    findings.push_back(finding(
        rule, 2,
        fmt::format("craving of {} or more at {} checks between doses{}", rule.threshold("score"),
                    high.size(), illness_text(rule, chart, high.front(), high.back())),
        events,
        std::array{std::string_view{"score"}, std::string_view{"times"}, std::string_view{"window"}}));
    findings.back().since = high[static_cast<std::size_t>(rule.threshold("times")) - 1].at;
  } else if (readings.size() >= 2) {
    const Reading& last = readings.back();
    const Reading& lowest = *std::ranges::min_element(readings, {}, &Reading::score);
    const bool recent = chart.now - last.at <= rule.threshold("window") * day;
    if (recent && lowest.at < last.at && last.score - lowest.score >= rule.threshold("rise")) {
      findings.push_back(finding(rule, 2,
                                 fmt::format("craving between doses rose from {} to {}{}", lowest.score,
                                             last.score, illness_text(rule, chart, lowest, last)),
                                 std::array{Support{lowest.event, lowest.at}, Support{last.event, last.at}},
                                 std::array{std::string_view{"rise"}, std::string_view{"window"}}));
      findings.back().since =
          std::ranges::find_if(readings, [&](const Reading& reading) {
            return reading.at > lowest.at && reading.score - lowest.score >= rule.threshold("rise");
          })->at;
    }
  }
  return looked_or_stale(
      rule, chart, std::move(findings), readings.back().at,
      fmt::format("{} of craving between doses, the last on {}", counted(readings.size(), "check"),
                  readings.back().at.to_string().substr(0, 10)));
}

// Any ketamine from outside the plan. Not judged where nobody looked lately.
RuleOutcome second_source(const Rule& rule, const Chart& chart) {
  std::vector<Finding> findings;
  std::optional<Instant> looked;
  for (const care::Event& event : chart.valid) {
    const auto* check = std::get_if<care::OtherSource>(&event.body);
    if (check == nullptr) continue;
    if (check->looked_in == care::LookedIn::dispensing_history)
      looked = std::max(looked.value_or(event.at), event.at);
    for (const auto& found : check->found) {
      findings.push_back(
          finding(rule, 3,
                  fmt::format("{}{} from {}{}, found in the {}", found.substance,
                              found.route.empty() ? "" : " (" + found.route + ")", found.supplier,
                              found.dispensed ? ", dispensed " + found.dispensed->to_string() : "",
                              care::looked_in_words(check->looked_in)),
                  std::array{Support{event.id, event.at}}, std::span<const std::string_view>{}));
    }
  }
  if (findings.empty() && (!looked || chart.now - *looked > rule.threshold("looked_within") * day)) {
    return not_judged(rule, looked ? fmt::format("the dispensing history was last looked at on {}",
                                                 looked->to_string().substr(0, 10))
                                   : std::string("the dispensing history was never looked at"));
  }
  return outcome_of(rule, std::move(findings),
                    fmt::format("dispensing history looked at on {}; it lists what pharmacies dispensed",
                                looked ? looked->to_string().substr(0, 10) : "no date"));
}

}  // namespace evenkeel::watch
