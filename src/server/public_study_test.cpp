// The study behind the public page: counted as `evenkeel study` counts it, and told as the schema says.
#include "server/public_study.hpp"

#include <gtest/gtest.h>

#include "cohort/runner.hpp"
#include "content/schema_check.hpp"
#include "content/study_reader.hpp"
#include "support/house.hpp"

namespace evenkeel::server {
namespace {

using test::TestHouse;

cohort::Study shipped(std::uint32_t patients, int weeks) {
  auto study = *content::load_study(EVENKEEL_SOURCE_DIR "/examples/studies/is-ketamine-addictive.json",
                                    EVENKEEL_SOURCE_DIR "/content");
  study.patients = patients;
  study.weeks = weeks;
  return study;
}

std::unique_ptr<PublicStudy> made(std::uint32_t patients, int weeks) {
  return *PublicStudy::make(shipped(patients, weeks), test::shipped_library());
}

std::shared_ptr<const ArmTally> waited_for(PublicStudy& study, std::size_t arm) {
  for (;;) {
    if (const auto state = study.of(arm); state.whole) return state.whole;
    std::this_thread::yield();
  }
}

std::string schema_of(std::string_view definition) {
  static const std::string schema = *content::read_text(EVENKEEL_SOURCE_DIR "/schema/api-1.schema.json");
  return R"({"$ref": "#/definitions/)" + std::string{definition} + R"(", )" +
         schema.substr(schema.find('{') + 1);
}

void expect_as_described(const std::string& answer, std::string_view definition) {
  for (const Error& fault : content::contradictions(answer, schema_of(definition)))
    ADD_FAILURE() << definition << ": " << to_string(fault) << "\n" << answer.substr(0, 2000);
}

TEST(PublicStudy, CountsWhatARunOfTheSameStudyCounts) {
  auto study = made(5, 12);
  const auto world = *cohort::World::make(study->study(), test::shipped_library());
  auto expected = cohort::no_tallies(study->study());
  cohort::run(world, {.take = [&](std::size_t, cohort::BlockResult&& block) {
                cohort::add(expected, block);
                return true;
              }});
  for (std::size_t arm = 0; arm < expected.size(); ++arm)
    EXPECT_EQ(*waited_for(*study, arm), expected[arm]) << study->study().arms[arm].id;
}

TEST(PublicStudy, LivesNobodyBeforeItIsAskedAndEndsInTheMiddle) {
  auto study = made(100'000, 520);
  EXPECT_EQ(study->of(2).lived, 0U);
  while (study->of(2).lived == 0) std::this_thread::yield();
  EXPECT_EQ(study->of(2).whole, nullptr);
  EXPECT_EQ(study->of(0).lived, 0U) << "the one asked for comes first";
}

TEST(PublicStudy, EveryArmIsToldAsDescribedBeforeAndAfter) {
  auto study = made(12, 30);
  expect_as_described(json::dump(study_node(study->study())), "public_study");
  expect_as_described(json::dump(arm_node(study->study(), 0, {})), "public_arm");
  for (std::size_t arm = 0; arm < study->study().arms.size(); ++arm) {
    const auto whole = waited_for(*study, arm);
    expect_as_described(json::dump(arm_node(study->study(), arm, {12, whole})), "public_arm");
  }
}

TEST(PublicStudy, AnybodyMayAskAndAnArmThatIsNotThereIsNotFound) {
  TestHouse house{"public-study"};
  EXPECT_EQ(house.get("", "/api/public/study").status, 404) << "a server without a study";
  EXPECT_EQ(house.get("", "/api/public/study/daily").status, 404);
  house.open(made(1, 2));
  EXPECT_EQ(house.get("", "/api/public/study").status, 200);
  EXPECT_EQ(house.get("", "/api/public/study/daily").status, 200);
  EXPECT_EQ(house.get("", "/api/public/study/nothing").status, 404);
}

// Of a sign, noticed in time, late and not at all are all there are.
TEST(PublicStudy, PeopleAreCountedOnce) {
  auto study = made(40, 52);
  const auto whole = waited_for(*study, 5);
  const auto node = arm_node(study->study(), 5, {40, whole});
  const auto at = [](const json::Node& tree, std::string_view key) {
    return std::ranges::find(tree.members, key, &json::Member::key)->value;
  };
  const auto signs = at(at(node, "outcome"), "signs");
  const auto number = [&](std::string_view key) { return std::stoi(at(signs, key).text); };
  EXPECT_GT(number("of"), 0);
  EXPECT_EQ(number("in_time") + number("late") + number("unnoticed"), number("of"));
}

}  // namespace
}  // namespace evenkeel::server
