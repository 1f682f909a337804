// The JSON of a study's result is what its schema says, with and without a ranking, and of nobody.
#include <gtest/gtest.h>

#include <filesystem>

#include "content/library_loader.hpp"
#include "content/schema_check.hpp"
#include "support/study_report_example.hpp"

namespace evenkeel::report {
namespace {

Errors against_schema(const StudyReport& made) {
  const auto schema =
      content::read_text(std::filesystem::path{EVENKEEL_SOURCE_DIR} / "schema/study-1.schema.json");
  EXPECT_TRUE(schema.has_value());
  return content::contradictions(study_json(made), *schema);
}

TEST(StudyJson, IsWhatItsSchemaSays) {
  const cohort::Study study = study_test::example_study();
  StudyReport made = study_test::example_report(study, study_test::example_outcomes(study, 31));
  for (const Error& fault : against_schema(made)) ADD_FAILURE() << to_string(fault);
  made.sensitivity = {};
  for (const Error& fault : against_schema(made)) ADD_FAILURE() << to_string(fault);
  for (const Error& fault : against_schema(study_test::example_report(study, {})))
    ADD_FAILURE() << to_string(fault);
}

TEST(StudyJson, WithoutABehaviourContradictsItsSchema) {
  const cohort::Study study = study_test::example_study();
  StudyReport made = study_test::example_report(study, {});
  made.result.study.behaviours.clear();
  made.result.differences.clear();
  for (auto& arm : made.result.arms) arm.by_behaviour.clear(), arm.rules.clear();
  EXPECT_FALSE(against_schema(made).empty());
}

}  // namespace
}  // namespace evenkeel::report
