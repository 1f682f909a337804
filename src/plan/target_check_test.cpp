#include <gtest/gtest.h>

#include <functional>
#include <limits>

#include "plan/target.hpp"
#include "support/target_problem.hpp"

namespace evenkeel::plan {
namespace {

using test::effect_site_question;
using test::mL_h;
using test::ng_mL;
using units::min;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

struct Refusal {
  const char* where;
  std::function<void(TargetQuestion&)> spoil;
  const char* what;
};

TEST(PlanTarget, RefusesWhatCannotBeMeantAndNamesTheField) {
  const Refusal refusals[] = {
      {"targets", [](auto& q) { q.targets.clear(); }, "none"},
      {"targets[0]", [](auto& q) { q.targets[0].level = nan * ng_mL; }, "above zero"},
      {"targets[0]", [](auto& q) { q.targets[0].level = 0.0 * ng_mL; }, "above zero"},
      {"targets[0]", [](auto& q) { q.targets[0].from = 1.0 * min; }, "begin at zero"},
      {"targets[1]", [](auto& q) { q.targets[1].level = -1.0 * ng_mL; }, "above zero"},
      {"targets[1]", [](auto& q) { q.targets[1].from = nan * min; }, "not after"},
      {"targets[2]", [](auto& q) { q.targets[2].from = 20.0 * min; }, "not after"},
      {"targets[2]", [](auto& q) { q.targets[2].from = 60.0 * min; }, "over"},
      {"targets[2]", [](auto& q) { q.targets[2].from = 40.01 * min; }, "no multiple"},
      {"targets[1]", [](auto& q) { q.targets[1].level = 20'000.0 * ng_mL; }, "leads to 10354 ng/mL"},
      {"until", [](auto& q) { q.until = nan * min; }, "not within"},
      {"until", [](auto& q) { q.until = 25.0 * units::h; }, "not within 0 to 24 h"},
      {"until", [](auto& q) { q.until = 60.05 * min; }, "no multiple"},
      {"update", [](auto& q) { q.update = nan * min; }, "above zero"},
      {"update", [](auto& q) { q.update = 0.1 * units::s; }, "more than 10000"},
      {"update", [](auto& q) { q.update = 5.0 * min; }, "half-life of 3.46574 min"},
      {"by_hand", [](auto& q) { q.by_hand = 15.0 * units::s; }, "a multiple"},
      {"by_hand", [](auto& q) { q.by_hand = nan * min; }, "a multiple"},
      {"within", [](auto& q) { q.within = nan; }, "at most 50 %"},
      {"within", [](auto& q) { q.within = 0.0; }, "at most 50 %"},
      {"plasma_at_most", [](auto& q) { q.plasma_at_most = nan * ng_mL; }, "above zero"},
      {"pump.strength", [](auto& q) { q.pump.strength = nan * ng_mL; }, "finite"},
      {"pump.step", [](auto& q) { q.pump.step = 0.0 * mL_h; }, "finite"},
      {"pump.step", [](auto& q) { q.pump.step = 1300.0 * mL_h; }, "at most"},
      {"pump.largest", [](auto& q) { q.pump.largest = std::numeric_limits<double>::infinity() * mL_h; },
       "finite"},
      {"pump.syringe", [](auto& q) { q.pump.syringe = -1.0 * units::mL; }, "finite"},
      {"pump.syringe", [](auto& q) { q.pump.syringe = 1e-6 * units::mL; }, "would empty"},
      {"amounts", [](auto& q) { q.amounts = Eigen::VectorXd::Zero(3); }, "each compartment"},
      {"amounts", [](auto& q) { q.amounts[1] = nan; }, "finite"},
      {"amounts", [](auto& q) { q.amounts[1] = -1.0; }, "not negative"},
      {"fraction", [](auto& q) { q.site.fraction = nan; }, "share"},
      {"plasma",
       [](auto& q) {
         q.site.plasma = 1;
         q.site.effect_site.reset();
       },
       "infusion enters"},
      {"plasma", [](auto& q) { q.site.plasma = 7; }, "no such output"},
      {"effect_site", [](auto& q) { q.site.effect_site = 0; }, "does not follow"},
      {"effect_site", [](auto& q) { q.site.effect_site = 9; }, "no such output"},
      {"system", [](auto& q) { q.site.system.rates(0, 0) = nan; }, "finite"},
      {"system", [](auto& q) { q.site.system.rates(0, 0) += 1.93158 / 4.41 * 60.0; }, "held"},
      {"system", [](auto& q) { q.site.system.outputs[0].volume = Volume{}; }, "volume"},
  };
  for (const Refusal& refusal : refusals) {
    auto question = effect_site_question();
    refusal.spoil(question);
    const auto answer = plan_target(question);
    ASSERT_FALSE(answer.has_value()) << refusal.where << ": " << refusal.what;
    EXPECT_EQ(answer.error().where, refusal.where) << answer.error().what;
    EXPECT_NE(answer.error().what.find(refusal.what), std::string::npos) << answer.error().what;
  }
}

TEST(PlanTarget, RefusesATargetThatThePumpDoesNotReachInTime) {
  auto question = effect_site_question();
  question.pump.largest = 25.0 * mL_h;
  const auto answer = plan_target(question);
  ASSERT_FALSE(answer.has_value());
  EXPECT_EQ(answer.error().where, "targets[0]");
  EXPECT_NE(answer.error().what.find("is not reached within 5 % by 20 min: it is then 91.93"),
            std::string::npos)
      << answer.error().what;
}

}  // namespace
}  // namespace evenkeel::plan
