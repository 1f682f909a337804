// The JSON of a session is what its schema says: before the start, while it runs, and after it.
#include <gtest/gtest.h>

#include <filesystem>

#include "care/record.hpp"
#include "content/library_loader.hpp"
#include "content/schema_check.hpp"
#include "report/session_report.hpp"
#include "support/session_day.hpp"

namespace evenkeel::report {
namespace {

using namespace test;

Errors against_schema(const std::string& text) {
  const auto schema =
      content::read_text(std::filesystem::path{EVENKEEL_SOURCE_DIR} / "schema/session-1.schema.json");
  EXPECT_TRUE(schema.has_value());
  return content::contradictions(text, *schema);
}

SessionReport report_of(const Day& today, Instant now) {
  SessionReport report{"p", "s1", "protocol 1.0.0", now, care::session_state(today.events, "s1"), {}, {}, {}};
  if (care::infusion_of(report.state) == nullptr) {
    report.gates = today.ask(now);
    return report;
  }
  auto sheet = care::flowsheet({today.events, today.protocol, today.instruments, "s1", now});
  EXPECT_TRUE(sheet);
  report.flowsheet = *std::move(sheet);
  return report;
}

void expect_as_its_schema_says(const SessionReport& report) {
  for (const Error& fault : against_schema(session_json(report)))
    ADD_FAILURE() << care::state_words(report.state) << ": " << to_string(fault);
}

TEST(SessionJson, IsWhatItsSchemaSaysInEveryState) {
  Day today;
  expect_as_its_schema_says(report_of(today, zero));
  const auto start = started("s1");
  today.put(minute(-2), made_ready("s1", start.dose.mg.to_string(), start.length.in(units::min)));
  today.put(zero, start);
  today.put(minute(10), pressure("s1", 190));
  const auto running = report_of(today, minute(12));
  EXPECT_FALSE(running.flowsheet->firings.empty());
  expect_as_its_schema_says(running);
  today.put(minute(40), ended("s1"));
  expect_as_its_schema_says(report_of(today, minute(60)));
}

TEST(SessionJson, WithAWordThatIsNoCodeContradictsItsSchema) {
  std::string text = session_json(report_of(Day{}, zero));
  const auto place = text.find("\"pre_checks\"");
  ASSERT_NE(place, std::string::npos);
  EXPECT_FALSE(against_schema(text.replace(place, 12, "\"in checks\"")).empty());
}

}  // namespace
}  // namespace evenkeel::report
