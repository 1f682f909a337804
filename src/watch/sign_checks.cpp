// Signs in what the patient reports and what was found elsewhere: craving, bladder, another source.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

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

struct BladderReading {
  std::string event;
  Instant at;
  care::SymptomReport report;
};

std::vector<BladderReading> bladder_readings(const Chart& chart) {
  std::vector<BladderReading> found;
  for (const care::Event& event : chart.valid) {
    const auto* report = std::get_if<care::SymptomReport>(&event.body);
    if (report != nullptr && care::is_bladder(report->symptom))
      found.push_back({event.id, event.at, *report});
  }
  std::ranges::stable_sort(found, {}, &BladderReading::at);
  return found;
}

// How severe each symptom was before the first infusion: only what is new or worse since counts.
std::map<care::Symptom, care::Severity> before_treatment(const Chart& chart,
                                                         std::span<const BladderReading> readings) {
  std::map<care::Symptom, care::Severity> worst;
  for (const BladderReading& reading : readings) {
    const bool before = chart.sessions.empty() || reading.at <= chart.sessions.front().start;
    if (!before) continue;
    care::Severity& severity = worst.emplace(reading.report.symptom, care::Severity::none).first->second;
    severity = std::max(severity, reading.report.severity);
  }
  return worst;
}

// Two reports are two visits when half a day lies between them; a calendar day would depend on the time zone.
constexpr Duration between_visits = 12.0 * units::h;

// "Nothing found" needs a look within the rule's window; an older one cannot be judged.
RuleOutcome looked_or_stale(const Rule& rule, const Chart& chart, std::vector<Finding> findings, Instant last,
                            std::string why) {
  if (findings.empty() && chart.now - last > rule.threshold("window") * day) {
    return not_judged(rule, why + fmt::format(": more than {} days ago", rule.threshold("window")));
  }
  return outcome_of(rule, std::move(findings), std::move(why));
}

std::optional<Finding> blood(const Rule& rule, const Chart& chart, std::span<const BladderReading> readings) {
  std::vector<Support> events;
  for (const BladderReading& reading : readings) {
    const bool recent = chart.now - reading.at <= rule.threshold("window") * day;
    if (recent && reading.report.symptom == care::Symptom::blood_in_urine &&
        reading.report.severity > care::Severity::none) {
      events.push_back({reading.event, reading.at});
    }
  }
  if (events.empty()) return std::nullopt;
  Finding found = finding(rule, 3, "blood in the urine, " + counted(events.size(), "report"), events,
                          std::array{std::string_view{"window"}});
  found.since = events.front().at;
  return found;
}

// The reports of one symptom, when they were made at enough visits.
std::optional<Finding> repeated_symptom(const Rule& rule, std::span<const BladderReading* const> reports) {
  std::size_t visits = 0;
  Instant last_visit;
  std::optional<Instant> since;
  std::vector<Support> events;
  for (const BladderReading* report : reports) {
    events.push_back({report->event, report->at});
    if (visits > 0 && report->at - last_visit < between_visits) continue;
    last_visit = report->at;
    ++visits;
    if (!since && static_cast<double>(visits) >= rule.threshold("visits")) since = report->at;
  }
  if (!since) return std::nullopt;
  Finding found =
      finding(rule, 1,
              fmt::format("{}, new or worse since treatment began, reported at {} visits (now {})",
                          care::symptom_words(reports.front()->report.symptom), visits,
                          care::severity_words(reports.back()->report.severity)),
              events, std::array{std::string_view{"visits"}, std::string_view{"window"}});
  found.since = *since;
  return found;
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

// A symptom new or worse since the first infusion and reported at `visits` visits; blood at once.
RuleOutcome bladder(const Rule& rule, const Chart& chart) {
  const auto readings = bladder_readings(chart);
  if (readings.empty()) return not_judged(rule, "bladder symptoms were not asked");
  std::vector<Finding> findings;
  if (auto bleeding = blood(rule, chart, readings)) findings.push_back(std::move(*bleeding));
  const auto before = before_treatment(chart, readings);
  std::map<care::Symptom, std::vector<const BladderReading*>> repeated;
  for (const BladderReading& reading : readings) {
    const bool recent = chart.now - reading.at <= rule.threshold("window") * day;
    const auto known = before.find(reading.report.symptom);
    const auto usual = known == before.end() ? care::Severity::none : known->second;
    if (recent && reading.report.severity > usual) repeated[reading.report.symptom].push_back(&reading);
  }
  std::string once;
  for (const auto& [symptom, reports] : repeated) {
    if (symptom == care::Symptom::blood_in_urine) continue;
    auto found = repeated_symptom(rule, reports);
    if (!found) once += fmt::format("; {} reported at one visit", care::symptom_words(symptom));
    if (found) findings.push_back(std::move(*found));
  }
  return looked_or_stale(
      rule, chart, std::move(findings), readings.back().at,
      fmt::format("{} on bladder symptoms, the last on {}{}", counted(readings.size(), "answer"),
                  readings.back().at.to_string().substr(0, 10), once));
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
