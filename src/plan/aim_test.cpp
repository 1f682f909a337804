#include "plan/aim.hpp"

#include <gtest/gtest.h>

#include <filesystem>
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

// Every shipped effect that can be read at all has its limit found, or is refused because it falls.
TEST(HighestLevel, HoldsForEveryShippedEffect) {
  int found = 0;
  int falling = 0;
  const std::filesystem::path folder = std::filesystem::path{EVENKEEL_SOURCE_DIR} / "content/effects";
  for (const auto& entry : std::filesystem::directory_iterator{folder}) {
    if (entry.path().filename() == "schema.json") continue;
    const auto effect = *content::read_effect(*content::read_text(entry.path()));
    const auto site = effect.pairing.site.value_or(pkpd::SamplingSite::arterial);
    const std::string model = effect.pairing.models.empty() ? "any" : effect.pairing.models.front();
    const auto readable = pkpd::PairedEffect::make(effect, {model, effect.pairing.moiety, site});
    if (!readable) continue;
    const auto at_60 = readable->at(60.0 * ng_mL);
    if (!at_60) continue;
    const auto level = highest_level(*readable, at_60->typical, Sensitivity::typical);
    if (!level) {
      ++falling;
      EXPECT_LE(readable->at(61.0 * ng_mL)->typical, at_60->typical) << effect.id;
      continue;
    }
    ++found;
    ASSERT_TRUE(*level) << effect.id;
    EXPECT_GE((*level)->in(ng_mL), 60.0 - 1e-6) << effect.id;
    const auto sensitive = *highest_level(*readable, at_60->typical, Sensitivity::highest);
    EXPECT_LE(sensitive.value_or(Concentration{}), **level) << effect.id;
  }
  EXPECT_GT(found, 5);
  EXPECT_GT(falling, 0);
}

}  // namespace
}  // namespace evenkeel::plan
