#include "plan/aim.hpp"

#include <gtest/gtest.h>

#include <type_traits>

#include "support/dose_question.hpp"

namespace evenkeel::plan {
namespace {

constexpr auto ng_mL = units::ng / units::mL;

pkpd::PairedEffect paired(const pkpd::Effect& effect) {
  return *pkpd::PairedEffect::make(effect,
                                   {"any", pkpd::Moiety::racemic_ketamine, pkpd::SamplingSite::arterial});
}

// Whoever adds an aim meets this test: an effect can only be kept at or below something.
static_assert(std::is_same_v<Aim, std::variant<PeakWithin, AreaWithin, EffectBelow, LeastDose>>);

TEST(HighestLevel, IsWhereTheRelationReachesTheLimit) {
  const auto effect = paired(test::rising_effect());
  const auto typical = **highest_level(effect, 51.0, Sensitivity::typical);  // 1 (1 + 100/2)
  EXPECT_NEAR(typical.in(ng_mL), 300.0, 1e-6);
  const auto sensitive = **highest_level(effect, 51.0, Sensitivity::highest);
  EXPECT_NEAR(sensitive.in(ng_mL), 250.0, 1e-6);
}

TEST(HighestLevel, IsNoneWhereEvenNoDrugExceedsTheLimit) {
  EXPECT_FALSE(*highest_level(paired(test::rising_effect()), 0.5, Sensitivity::typical));
}

TEST(HighestLevel, StaysWithinTheStudiedRange) {
  auto effect = test::rising_effect();
  effect.form = pkpd::ShareOfRise{{50.0 * ng_mL, {}}, {200.0 * ng_mL, {}}};
  EXPECT_NEAR((**highest_level(paired(effect), 2.0, Sensitivity::typical)).in(ng_mL), 200.0, 1e-9);
  EXPECT_NEAR((**highest_level(paired(effect), 0.5, Sensitivity::typical)).in(ng_mL), 125.0, 1e-6);
  EXPECT_FALSE(*highest_level(paired(effect), -0.1, Sensitivity::typical));
}

TEST(HighestLevel, RefusesAnEffectThatFalls) {
  auto effect = test::rising_effect();
  std::get<pkpd::SigmoidEmax>(effect.form).falls = true;
  std::get<pkpd::SigmoidEmax>(effect.form).largest.value = 0.5;
  EXPECT_FALSE(highest_level(paired(effect), 0.8, Sensitivity::typical));
}

}  // namespace
}  // namespace evenkeel::plan
