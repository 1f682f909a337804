// Signs in the bladder: symptoms that are new or worse since treatment began, and blood in the urine.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "watch/body_checks.hpp"

namespace evenkeel::watch {
namespace {

using units::day;

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

}  // namespace evenkeel::watch
