#include "plan/profile.hpp"

#include <gtest/gtest.h>

#include "support/dose_question.hpp"

namespace evenkeel::plan {
namespace {

using test::dec;

const Syringe syringe{dec("10"), dec("20"), dec("0.1")};
const Pump pump{dec("0.1"), dec("1200")};

TEST(Deliverable, RoundsTheDoseDownToTheSyringe) {
  const auto made = *deliverable({dec("41.9"), dec("40"), {}}, syringe, pump);
  EXPECT_EQ(made.mg, dec("41"));
  EXPECT_EQ(made.mL, dec("4.1"));
}

TEST(Deliverable, ALowerRateMakesTheInfusionLongerAndNeverTheDoseLarger) {
  const auto made = *deliverable({dec("41"), dec("40"), {}}, syringe, pump);
  ASSERT_EQ(made.rates_mL_h.size(), 1U);
  EXPECT_EQ(made.rates_mL_h.front(), dec("6.1"));  // of 6.15
  EXPECT_EQ(made.minutes, dec("40.328"));          // 4.1 mL at 6.1 mL/h, rounded up
  EXPECT_EQ(made.highest_mg_h, dec("61"));
  EXPECT_EQ(made.mg, dec("41"));
}

TEST(Deliverable, RunsEachPartOfAProfile) {
  const Profile early{"early", {{50, 80}, {50, 20}}};
  const auto made = *deliverable({dec("40"), dec("40"), early}, syringe, pump);
  ASSERT_EQ(made.rates_mL_h.size(), 2U);
  EXPECT_EQ(made.rates_mL_h[0], dec("9.6"));
  EXPECT_EQ(made.rates_mL_h[1], dec("2.4"));
  EXPECT_EQ(made.minutes, dec("40"));
  EXPECT_EQ(made.highest_mg_h, dec("96"));
}

TEST(Deliverable, APauseIsAPartWithoutDose) {
  const Profile split{"split", {{40, 50}, {20, 0}, {40, 50}}};
  const auto made = *deliverable({dec("40"), dec("40"), split}, syringe, pump);
  EXPECT_EQ(made.rates_mL_h[1], Decimal{});
  EXPECT_EQ(made.minutes, dec("40"));
}

TEST(Deliverable, RefusesWhatCannotBeDelivered) {
  EXPECT_FALSE(deliverable({dec("0.9"), dec("40"), {}}, syringe, pump));                      // below a step
  EXPECT_FALSE(deliverable({dec("201"), dec("40"), {}}, syringe, pump));                      // too large
  EXPECT_FALSE(deliverable({dec("41"), dec("40"), {}}, syringe, {dec("0.1"), dec("6")}));     // too fast
  EXPECT_FALSE(deliverable({dec("1"), dec("400"), {}}, syringe, {dec("0.1"), dec("1200")}));  // too slow
  EXPECT_FALSE(deliverable({dec("41"), dec("0"), {}}, syringe, pump));
  EXPECT_FALSE(deliverable({dec("-41"), dec("40"), {}}, syringe, pump));
  EXPECT_FALSE(deliverable({dec("41"), dec("40"), {}}, {dec("0"), dec("20"), dec("0.1")}, pump));
  EXPECT_FALSE(deliverable({dec("41"), dec("40"), {}}, syringe, {dec("0"), dec("1200")}));
}

TEST(CheckedProfile, RefusesSharesThatAreNoWhole) {
  EXPECT_TRUE(checked_profile({"two", {{50, 70}, {50, 30}}}));
  EXPECT_FALSE(checked_profile({"none", {}}));
  EXPECT_FALSE(checked_profile({"short", {{50, 100}}}));
  EXPECT_FALSE(checked_profile({"more", {{50, 70}, {50, 40}}}));
  EXPECT_FALSE(checked_profile({"odd", {{45, 50}, {55, 50}}}));
  EXPECT_FALSE(checked_profile({"bolus", {{0, 20}, {100, 80}}}));
  EXPECT_FALSE(checked_profile({"back", {{50, -10}, {50, 110}}}));
}

}  // namespace
}  // namespace evenkeel::plan
