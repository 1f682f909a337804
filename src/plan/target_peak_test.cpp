#include "plan/target_peak.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <random>

#include "pkpd/propagate.hpp"
#include "pkpd/trajectory.hpp"
#include "support/target_problem.hpp"

namespace evenkeel::plan {
namespace {

constexpr double any = std::numeric_limits<double>::infinity();

// The highest concentration at the effect site under a rate for one update and nothing after it.
double peak_mg_L(const TargetQuestion& question, const Eigen::VectorXd& amounts, double mg_h) {
  std::vector<pkpd::TimedEvent> events{{0.0, pkpd::UseSystem{0}}};
  for (Eigen::Index i = 0; i < amounts.size(); ++i)
    events.push_back({0.0, pkpd::AddAmount{static_cast<std::size_t>(i), amounts[i]}});
  if (mg_h > 0.0) {
    events.push_back({0.0, pkpd::AddRate{0, mg_h}});
    events.push_back({question.update.in(units::h), pkpd::AddRate{0, -mg_h}});
  }
  const auto course = *pkpd::Trajectory::make(pkpd::Timeline{{question.site.system}, std::move(events)});
  return course.peak(Duration{}, 24.0 * units::h, 1).value.in(units::mg / units::L);
}

// What is there, from nothing to about the target, and the ceiling above all that it leads to.
class LargestRateOfDrawnStates : public testing::TestWithParam<double> {
 protected:
  template <class Check>
  void for_states(const Check& check) {
    auto question = test::effect_site_question();
    question.update = GetParam() * units::s;
    const LargestRate largest{question.site, 1, question.update};
    const Eigen::MatrixXd of_amounts =
        pkpd::propagator(question.site.system, question.update.in(units::h)).of_amounts;
    std::mt19937_64 rng{7};
    for (int i = 0; i < 40; ++i) {
      Eigen::VectorXd amounts(4);
      for (const int k : {0, 1, 2, 3})
        amounts[k] = std::uniform_real_distribution{0.0, k == 2 ? 5.0 : 0.6}(rng);
      const double ceiling_mg_L =
          peak_mg_L(question, amounts, 0.0) + std::uniform_real_distribution{0.001, 0.1}(rng);
      const auto rate = [&](double enough_mg_h) {
        return largest.under(ceiling_mg_L, amounts, of_amounts * amounts, {0.0, enough_mg_h});
      };
      check(question, amounts, ceiling_mg_L, rate);
    }
  }
};

TEST_P(LargestRateOfDrawnStates, LeadsToAPeakAtTheCeiling) {
  for_states([](const auto& question, const auto& amounts, double ceiling_mg_L, const auto& rate) {
    const double mg_h = rate(any);
    ASSERT_GT(mg_h, 0.0);
    ASSERT_NEAR(peak_mg_L(question, amounts, mg_h), ceiling_mg_L, 1e-9 * ceiling_mg_L);
  });
}

TEST_P(LargestRateOfDrawnStates, NeverGrantsMoreThanItWhenALittleMoreIsWanted) {
  for_states([](const auto&, const auto&, double, const auto& rate) {
    const double mg_h = rate(any);
    ASSERT_LT(rate(mg_h * (1.0 + 1e-7)), mg_h * (1.0 + 1e-7));
    ASSERT_GE(rate(mg_h * 0.9), mg_h * 0.9);
  });
}

INSTANTIATE_TEST_SUITE_P(UpdatesOfSeconds, LargestRateOfDrawnStates, testing::Values(5.0, 10.0, 60.0));

TEST(LargestRate, IsNoneWhereTheCeilingIsPassedAnyway) {
  const auto question = test::effect_site_question();
  const LargestRate largest{question.site, 1, question.update};
  Eigen::VectorXd amounts(4);
  amounts << 3.0, 1.0, 1.0, 0.1;  // plasma far above: the effect site will follow
  const Eigen::VectorXd decayed =
      pkpd::propagator(question.site.system, question.update.in(units::h)).of_amounts * amounts;
  EXPECT_LE(largest.under(0.05, amounts, decayed, {0.0, any}), 0.0);
}

}  // namespace
}  // namespace evenkeel::plan
