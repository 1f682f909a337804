// The JSON of a target schedule is what its schema says, and its fields stand in order.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "content/library_loader.hpp"
#include "content/schema_check.hpp"
#include "support/target_report_example.hpp"

namespace evenkeel::report {
namespace {

Errors against_schema(const std::string& text) {
  const auto schema =
      content::read_text(std::filesystem::path{EVENKEEL_SOURCE_DIR} / "schema/target-1.schema.json");
  EXPECT_TRUE(schema.has_value());
  return content::contradictions(text, *schema);
}

void expect_sorted(const nlohmann::ordered_json& node) {
  if (!node.is_structured()) return;  // a number would be its own child
  std::vector<std::string> keys;
  if (node.is_object()) {
    for (const auto& [key, value] : node.items()) keys.push_back(key);
  }
  EXPECT_TRUE(std::ranges::is_sorted(keys)) << node.dump().substr(0, 80);
  for (const auto& child : node) expect_sorted(child);
}

TEST(TargetJson, IsWhatItsSchemaSays) {
  for (const Error& fault : against_schema(target_json(test::by_hand_report())))
    ADD_FAILURE() << to_string(fault);
  auto bound = test::plasma_question();
  bound.pump.largest = 60.0 * test::mL_h;
  bound.pump.syringe = 10.0 * units::mL;
  bound.targets[2].level = 1.0 * test::ng_mL;  // not fallen to in time
  const auto report = test::report_of(bound);
  EXPECT_FALSE(report.answer.bound.empty());
  EXPECT_FALSE(report.answer.syringe_empty.empty());
  for (const Error& fault : against_schema(target_json(report))) ADD_FAILURE() << to_string(fault);
}

TEST(TargetJson, WithoutARateContradictsItsSchema) {
  auto none = test::by_hand_report();
  none.answer.segments.clear();
  EXPECT_FALSE(against_schema(target_json(none)).empty());
}

TEST(TargetJson, HasItsFieldsInOrder) {
  const auto read = nlohmann::ordered_json::parse(target_json(test::by_hand_report()));
  expect_sorted(read);
  EXPECT_NEAR(read["dose_mg_kg"].get<double>() * 70.0, read["dose_mg"].get<double>(), 1e-6);
}

}  // namespace
}  // namespace evenkeel::report
