// The JSON of individual estimates and of the next dose is what its schema says, and the same question gives
// the same bytes.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "assess/assess.hpp"
#include "assess/individualise.hpp"
#include "content/library_loader.hpp"
#include "content/schema_check.hpp"
#include "content/site_reader.hpp"
#include "exchange/record_reader.hpp"
#include "report/dose_report.hpp"
#include "report/individual.hpp"
#include "report/json.hpp"

namespace evenkeel::report {
namespace {

namespace fs = std::filesystem;
const fs::path source = EVENKEEL_SOURCE_DIR;

std::string text_of(const fs::path& file) {
  const auto text = content::read_text(file);
  EXPECT_TRUE(text.has_value()) << file;
  return text.value_or("");
}

class Tailor : public testing::Test {
 protected:
  void SetUp() override {
    auto loaded = content::load_library(source / "content");
    ASSERT_TRUE(loaded);
    library = *std::move(loaded);
    auto read = content::read_site(text_of(source / "examples/site.json"));
    ASSERT_TRUE(read);
    site = *std::move(read);
  }

  [[nodiscard]] care::Record record(const char* name) const {
    std::ifstream in{source / "examples" / name};
    auto reading = exchange::read_record(in);
    EXPECT_TRUE(reading && reading->set_aside.empty()) << name;
    return reading->record;
  }

  [[nodiscard]] std::string individual(int threads) const {
    const care::Record measured = record("measured-course.jsonl");
    assess::IndividualOptions options;
    options.effective = 300.0;
    options.members = 100;
    options.threads = threads;
    options.next_sample = assess::SampleQuestion{
        {{*Instant::parse("2026-03-05T13:00:00Z"), *Instant::parse("2026-03-05T16:00:00Z")}}, {}, "CL"};
    const auto answer = assess::individualise(
        {measured, library.models, *Instant::parse("2026-03-05T12:00:00Z"), {}, false, options});
    EXPECT_TRUE(answer);
    return individual_json(*answer);
  }

  [[nodiscard]] assess::Assessment assessment(const char* name, const char* now) const {
    const care::Record read = record(name);
    assess::NextDoseOptions next;
    next.site = site;
    next.interactions = {"clarithromycin"};
    return assess::assess({read, library, *Instant::parse(now), "", {}, next});
  }

  assess::Library library;
  plan::Site site;
};

void expect_by_schema(const std::string& text, const char* schema) {
  for (const Error& fault : content::contradictions(text, text_of(source / "schema" / schema)))
    ADD_FAILURE() << schema << ": " << to_string(fault);
}

TEST_F(Tailor, AnIndividualAnswerIsWhatItsSchemaSays) {
  expect_by_schema(individual(1), "individual-1.schema.json");
}

TEST_F(Tailor, AnIndividualAnswerHasTheSameBytesOnAnyNumberOfThreads) {
  EXPECT_EQ(individual(1), individual(2));
}

TEST_F(Tailor, ANextDoseIsWhatItsSchemaSaysWithAndWithoutAdvice) {
  for (const char* now :
       {"2026-09-04T12:00:00Z", "2026-09-09T08:00:00Z", "2026-09-21T12:00:00Z", "2027-01-01T00:00:00Z"})
    expect_by_schema(dose_json(assessment("steady-course.jsonl", now)), "plan-1.schema.json");
  expect_by_schema(dose_json(assessment("measured-course.jsonl", "2026-03-05T12:00:00Z")),
                   "plan-1.schema.json");
}

TEST_F(Tailor, AnAssessmentWithBothIsWhatItsSchemaSays) {
  expect_by_schema(to_json(assessment("measured-course.jsonl", "2026-03-05T12:00:00Z")),
                   "assessment-1.schema.json");
  expect_by_schema(to_json(assessment("steady-course.jsonl", "2026-09-09T08:00:00Z")),
                   "assessment-1.schema.json");
}

TEST_F(Tailor, ANextDoseIsReplayedByteForByte) {
  const auto once = [&] { return dose_json(assessment("steady-course.jsonl", "2026-09-09T08:00:00Z")); };
  EXPECT_EQ(once(), once());
}

}  // namespace
}  // namespace evenkeel::report
