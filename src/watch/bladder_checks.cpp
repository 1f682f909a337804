// Signs in the bladder: symptoms that are new or worse since treatment began, and blood in the urine. An
// infection explains symptoms for a while, never blood that was seen.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "watch/body_checks.hpp"
#include "watch/body_look.hpp"

namespace evenkeel::watch {
namespace {

using care::Severity;
using units::day;

// How severe each symptom was before the first infusion: only what is new or worse since counts.
std::map<care::Symptom, Severity> before_treatment(const Chart& chart,
                                                   std::span<const BladderReading> readings) {
  std::map<care::Symptom, Severity> worst;
  for (const BladderReading& reading : readings) {
    const bool before = chart.sessions.empty() || reading.at <= chart.sessions.front().start;
    if (!before) continue;
    Severity& severity = worst.emplace(reading.symptom, Severity::none).first->second;
    severity = std::max(severity, reading.severity);
  }
  return worst;
}

// Two reports are two visits when half a day lies between them; a calendar day would depend on the time zone.
constexpr Duration between_visits = 12.0 * units::h;

// Blood that was seen, and blood that a urine test found beside no infection.
std::optional<Finding> blood(const Rule& rule, const Chart& chart, std::span<const BladderReading> readings) {
  std::vector<Support> events;
  for (const BladderReading& reading : readings) {
    if (reading.symptom == care::Symptom::blood_in_urine && reading.severity > Severity::none &&
        in_window(rule, chart, reading.at)) {
      events.push_back({std::string(reading.event), reading.at});
    }
  }
  std::string text = events.empty() ? "" : "blood in the urine, " + counted(events.size(), "report");
  for (const auto& test : all<care::UrineTest>(chart)) {
    if (!test.body->blood || test.body->infection || !in_window(rule, chart, test.at())) continue;
    events.push_back({test.event->id, test.at()});
    text += fmt::format("{}blood in the urine by a test that found no infection, on {}",
                        text.empty() ? "" : "; ", on_day(test.at()));
  }
  if (events.empty()) return std::nullopt;
  Finding found = finding(rule, 3, std::move(text), events, std::array{std::string_view{"window"}});
  found.since = std::ranges::min(events, {}, &Support::at).at;
  return found;
}

using Tests = std::span<const Timed<care::UrineTest>>;

Duration infection_within(const Rule& rule) {
  return rule.threshold("infection_within") * day;
}

// The urine test that found an infection near `at`, or none.
const Timed<care::UrineTest>* infection_near(const Rule& rule, Tests tests, Instant at) {
  const auto found = std::ranges::find_if(tests, [&](const auto& test) {
    return test.body->infection && near(test.at(), at, infection_within(rule));
  });
  return found == tests.end() ? nullptr : &*found;
}

// Visits with this symptom, and those of them that no infection explains; and whether one of these came
// after an infection, so that the symptom went on when that should have been over.
struct Visits {
  std::size_t all = 0;
  std::size_t unexplained = 0;
  bool went_on = false;
  std::optional<Instant> last;
  std::optional<Instant> last_unexplained;
};

void count(const Rule& rule, Tests tests, const BladderReading& report, Visits& visits) {
  const auto is_new = [&](const std::optional<Instant>& last) {
    return !last || report.at - *last >= between_visits;
  };
  if (is_new(visits.last)) {
    visits.last = report.at;
    ++visits.all;
  }
  if (infection_near(rule, tests, report.at) != nullptr) return;
  const bool after =
      std::ranges::any_of(tests, [&](const auto& t) { return t.body->infection && t.at() < report.at; });
  visits.went_on = visits.went_on || after;
  if (is_new(visits.last_unexplained)) {
    visits.last_unexplained = report.at;
    ++visits.unexplained;
  }
}

std::string tested_text(const Rule& rule, Tests tests, Instant last) {
  const Timed<care::UrineTest>* nearest = nullptr;
  for (const auto& test : tests) {
    if (near(test.at(), last, infection_within(rule))) nearest = &test;
  }
  if (nearest == nullptr)
    return fmt::format("; the urine was not tested within {} days of the last report",
                       rule.threshold("infection_within"));
  return fmt::format("; a urine test of {} found {}", on_day(nearest->at()),
                     nearest->body->infection ? "an infection" : "no infection");
}

// The reports of one symptom, when they were made at enough visits.
std::optional<Finding> repeated_symptom(const Rule& rule, Tests tests,
                                        std::span<const BladderReading* const> reports) {
  const double enough = rule.threshold("visits");
  Visits visits;
  std::optional<Instant> sufficed;
  std::optional<Instant> counted_since;
  std::vector<Support> events;
  for (const BladderReading* report : reports) {
    events.push_back({std::string(report->event), report->at});
    count(rule, tests, *report, visits);
    const bool repeated = static_cast<double>(visits.all) >= enough;
    if (!sufficed && repeated) sufficed = report->at;
    const bool counts = static_cast<double>(visits.unexplained) >= enough || (repeated && visits.went_on);
    if (!counted_since && counts) counted_since = report->at;
  }
  if (!sufficed) return std::nullopt;
  Finding found =
      finding(rule, 1,
              fmt::format("{}, new or worse since treatment began, reported at {} visits (now {}){}",
                          care::symptom_words(reports.front()->symptom), visits.all,
                          care::severity_words(reports.back()->severity),
                          tested_text(rule, tests, reports.back()->at)),
              events,
              std::array{std::string_view{"visits"}, std::string_view{"window"},
                         std::string_view{"infection_within"}});
  found.since = counted_since.value_or(*sufficed);
  if (counted_since) return found;
  // Too few reports stand outside an infection: the newest of those inside names it.
  for (const BladderReading* report : reports) {
    const auto* infection = infection_near(rule, tests, report->at);
    if (infection == nullptr) continue;
    found.explained_by = fmt::format("a urine test of {} found an infection: treat it, then ask again",
                                     on_day(infection->at()));
  }
  return found;
}

}  // namespace

// A symptom new or worse since the first infusion and reported at `visits` visits; blood at once. A urine
// test that found an infection within `infection_within` of the reports explains a symptom, but one that goes
// on later counts again.
RuleOutcome bladder(const Rule& rule, const Chart& chart) {
  const auto readings = bladder_readings(chart, rule.instrument("check"));
  const Tests tests = all<care::UrineTest>(chart);
  std::vector<Finding> findings;
  if (auto bleeding = blood(rule, chart, readings)) findings.push_back(std::move(*bleeding));
  if (readings.empty()) {
    if (findings.empty()) return not_judged(rule, "bladder symptoms were not asked");
    return outcome_of(rule, std::move(findings), "bladder symptoms were not asked");
  }
  const auto before = before_treatment(chart, readings);
  std::map<care::Symptom, std::vector<const BladderReading*>> repeated;
  for (const BladderReading& reading : readings) {
    const auto known = before.find(reading.symptom);
    const Severity usual = known == before.end() ? Severity::none : known->second;
    if (in_window(rule, chart, reading.at) && reading.severity > usual)
      repeated[reading.symptom].push_back(&reading);
  }
  std::string once;
  for (const auto& [symptom, reports] : repeated) {
    if (symptom == care::Symptom::blood_in_urine) continue;
    auto found = repeated_symptom(rule, tests, reports);
    if (!found) once += fmt::format("; {} reported at one visit", care::symptom_words(symptom));
    if (found) findings.push_back(std::move(*found));
  }
  return looked_or_stale(rule, chart, std::move(findings), readings.back().at,
                         fmt::format("{} on bladder symptoms, the last on {}{}",
                                     counted(readings.size(), "answer"), on_day(readings.back().at), once));
}

}  // namespace evenkeel::watch
