// The equations of life.hpp written out once more, in the plainest way, against Condition; and answers.

#include "cohort/condition.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "care/instrument.hpp"
#include "cohort/answers.hpp"
#include "support/virtual_clinic.hpp"

namespace evenkeel::cohort {
namespace {

const Behaviour& behaviour_named(std::string_view id) {
  const auto& all = test::shipped_behaviours();
  return *std::ranges::find(all, id, &Behaviour::id);
}

double kept(double half_life, double days) {
  return std::exp2(-days / half_life);
}

// The patient who responds and the one who does not.
std::uint32_t one_who_responds(const Nature& nature, const Behaviour& behaviour, bool responds) {
  for (std::uint32_t patient = 0;; ++patient) {
    const Draws draws(5, patient);
    Condition condition(nature, behaviour, draws, 0);
    condition.pass_to(0);
    condition.treated(40.0, 1.0);
    if ((condition.phq9() < condition.start()) == responds) return patient;
  }
}

TEST(Condition, FollowsItsEquations) {
  const Nature nature = test::nature();
  const Behaviour& behaviour = behaviour_named("developing-tolerance");
  const Drives& drives = behaviour.drives;
  constexpr int onset = 30;
  const Draws draws(5, one_who_responds(nature, behaviour, true));
  Condition condition(nature, behaviour, draws, onset);
  double tolerance = 0.0, habit = 0.0, benefit = 0.0, craving = 0.0, dependence = 0.0;
  for (int day = 0; day < 120; ++day) {
    condition.pass_to(day);
    tolerance *= kept(drives.tolerance_half_life.value, 1.0);
    benefit *= kept(nature.benefit_half_life.value, 1.0);
    dependence *= kept(nature.dependence_half_life.value, 1.0);
    const double top = day >= onset ? drives.craving_top.value : 0.0;
    craving = craving < top ? std::min(top, craving + drives.craving_rise.value / 7.0)
                            : top + (craving - top) * kept(14.0, 1.0);
    if (day % 7 == 2) {
      condition.treated(40.0, 0.8);
      benefit += 0.5 * 0.8 * std::max(0.0, nature.benefit.value * (1.0 - tolerance) - benefit);
      habit += nature.dissociation_habit.value * (1.0 - habit);
      if (day >= onset) tolerance += drives.tolerance.value * (1.0 - tolerance);
    }
    if (day % 7 == 4) {
      condition.used(100.0);
      dependence += nature.dependence_per_use.value;
      if (day >= onset) tolerance += drives.tolerance.value * (1.0 - tolerance);
    }
    EXPECT_NEAR(condition.tolerance(), tolerance, 1e-12) << day;
    EXPECT_NEAR(condition.habit(), habit, 1e-12) << day;
    EXPECT_NEAR(condition.craving(), craving, 1e-12) << day;
    EXPECT_NEAR(condition.dependence(), dependence, 1e-12) << day;
    if (!condition.relapsed() && !condition.ill_in_body() && day < onset) {
      EXPECT_NEAR(condition.phq9(), condition.start() * (1.0 - benefit), 1e-9) << day;
    }
  }
  EXPECT_GT(tolerance, 0.5);
}

TEST(Condition, HelpEndsItsShareOfWhatDrives) {
  const Nature nature = test::nature();
  const Behaviour& behaviour = behaviour_named("escalating-misuse");
  const Draws draws(5, 1);
  Condition condition(nature, behaviour, draws, 0);
  double used = 0.0;
  for (int day = 0; day < 200; ++day) {
    condition.pass_to(day);
    used += condition.outside_mg(day) > 0.0 ? 1.0 : 0.0;
  }
  EXPECT_NEAR(used / 200.0 * 7.0, behaviour.drives.outside_days.value, 0.8);
  const double craving = condition.craving();
  condition.helped(1.0);
  for (int day = 200; day < 260; ++day) {
    condition.pass_to(day);
    EXPECT_EQ(condition.outside_mg(day), 0.0);
  }
  EXPECT_LT(condition.craving(), 0.1 * craving);
  EXPECT_EQ(condition.neglect(), 0.0);
}

TEST(Condition, WithdrawalPeaksWhereItIsSaidToAndEndsWithADose) {
  const Nature nature = test::nature();
  const Behaviour& behaviour = behaviour_named("withdrawal-on-spacing");
  const Draws draws(5, 1);
  Condition condition(nature, behaviour, draws, 0);
  condition.pass_to(0);
  EXPECT_EQ(condition.withdrawal(), 0.0);
  condition.put_off(10);
  double highest = 0.0;
  int at = 0;
  for (int day = 1; day < 40; ++day) {
    condition.pass_to(day);
    if (condition.withdrawal() <= highest) continue;
    highest = condition.withdrawal();
    at = day;
  }
  EXPECT_EQ(at, 10 + static_cast<int>(behaviour.drives.withdrawal_after.value));
  EXPECT_NEAR(highest, behaviour.drives.withdrawal.value, 1e-12);
  EXPECT_GT(condition.withdrawal(), 0.0);
  condition.treated(40.0, 1.0);
  EXPECT_EQ(condition.withdrawal(), 0.0);
}

TEST(Condition, BladderHarmComesAtTheSameTotalWhateverTheDoses) {
  const Nature nature = test::nature();
  const Behaviour& behaviour = behaviour_named("adherent");
  const auto total_at_harm = [&](double mg) {
    const Draws draws(5, 3);
    Condition condition(nature, behaviour, draws, 0);
    double total = 0.0;
    while (condition.bladder() != Bladder::harmed) {
      condition.used(mg);
      total += mg;
    }
    return total;
  };
  EXPECT_NEAR(total_at_harm(1'000.0), total_at_harm(10'000.0), 10'000.0);
}

// Every answer is one that the instrument takes, and its total is the one that was drawn.
TEST(Answers, AreScoredByTheirInstruments) {
  const Nature nature = test::nature();
  for (const Behaviour& behaviour : test::shipped_behaviours()) {
    const Draws draws(9, 2);
    Condition condition(nature, behaviour, draws, 0);
    for (int day = 0; day < 120; ++day) {
      condition.pass_to(day);
      if (day % 3 != 0) continue;
      const Asked asked{nature, behaviour, draws, condition, day, 1.0};
      for (const care::Instrument& instrument : test::library().instruments) {
        const care::Evaluation told = instrument.id == "dissociation-0-10"
                                          ? dissociation(asked, 150.0)
                                          : answered(asked, instrument.id, care::Moment::between_doses);
        if (told.answers.empty()) continue;
        const care::Score score = care::score(instrument, told);
        EXPECT_TRUE(score.total.has_value()) << instrument.id << ": " << score.no_total_because;
        EXPECT_TRUE(score.not_judged.empty()) << instrument.id;
        if (instrument.id != "phq-9") continue;
        EXPECT_NEAR(*score.total, condition.phq9(), 5.0 * nature.score_noise.value + 1.0);
        EXPECT_EQ(told.answers.at("9") > 0, *score.total > 24);
      }
    }
  }
}

}  // namespace
}  // namespace evenkeel::cohort
