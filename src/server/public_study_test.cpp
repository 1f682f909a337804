// The study behind the public page: counted as `evenkeel study` counts it, and told as the schema says.
#include "server/public_study.hpp"

#include <gtest/gtest.h>

#include "cohort/runner.hpp"
#include "content/study_reader.hpp"
#include "support/api_schema.hpp"
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
  test::expect_described(json::dump(study_node(study->study())), "public_study");
  test::expect_described(json::dump(arm_node(study->study(), 0, {})), "public_arm");
  for (std::size_t arm = 0; arm < study->study().arms.size(); ++arm) {
    const auto whole = waited_for(*study, arm);
    test::expect_described(json::dump(arm_node(study->study(), arm, {12, whole})), "public_arm");
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

struct Signs {
  int in_time = 0, late = 0, unnoticed = 0;
};

// Life by life, as docs/study-results.md has the words.
Signs signs_by_hand(const cohort::Study& study, std::uint32_t arm) {
  const auto world = *cohort::World::make(study, test::shipped_library());
  Signs signs;
  for (std::uint32_t patient = 0; patient < study.patients; ++patient) {
    const cohort::Outcome lived = cohort::live(world, arm, patient);
    if (lived.onset == cohort::never) continue;
    const bool noticed = lived.noticed != cohort::never;
    const bool harm_came_first = noticed && lived.harm >= lived.onset && lived.harm <= lived.noticed;
    signs.unnoticed += !noticed;
    signs.late += harm_came_first;
    signs.in_time += noticed && !harm_came_first;
  }
  return signs;
}

TEST(PublicStudy, SignsAreCountedAsTheLivesWent) {
  auto study = made(60, 52);
  const auto& arms = study->study().arms;
  const auto arm =
      static_cast<std::size_t>(std::ranges::find(arms, "lapses-quarter", &cohort::Arm::id) - arms.begin());
  const auto node = arm_node(study->study(), arm, {60, waited_for(*study, arm)});
  const auto at = [](const json::Node& tree, std::string_view key) {
    return std::ranges::find(tree.members, key, &json::Member::key)->value;
  };
  const auto signs = at(at(node, "outcome"), "signs");
  const auto number = [&](std::string_view key) { return std::stoi(at(signs, key).text); };
  const Signs expected = signs_by_hand(study->study(), static_cast<std::uint32_t>(arm));
  EXPECT_EQ(number("in_time"), expected.in_time);
  EXPECT_EQ(number("late"), expected.late);
  EXPECT_EQ(number("unnoticed"), expected.unnoticed);
  EXPECT_GT(expected.in_time, 0);
  EXPECT_GT(expected.unnoticed, 0);
}

}  // namespace
}  // namespace evenkeel::server
