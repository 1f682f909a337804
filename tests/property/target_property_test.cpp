// Target schedules for random patients, pumps and targets. Fixed seeds: a failure repeats.
#include <gtest/gtest.h>

#include <cmath>

#include "pkpd/derived.hpp"
#include "pkpd/effect_site.hpp"
#include "plan/target.hpp"
#include "random_systems.hpp"

namespace evenkeel::plan {
namespace {

using units::min;

constexpr int runs = 300;

class Problems {
 public:
  explicit Problems(std::uint64_t seed) : random_(seed) {}

  TargetQuestion next() {
    TargetQuestion question;
    question.site.system = random_.mammillary(0.2, 60.0);
    question.update = (random_.chance(0.5) ? 10.0 : 20.0) * units::s;
    if (random_.chance(0.6)) {
      const double ke0_per_h = random_.log_between(1.0, 0.3 / question.update.in(units::h));
      question.site.system = pkpd::with_effect_site(question.site.system, 0, ke0_per_h);
      question.site.effect_site = question.site.system.outputs.size() - 1;
    }
    question.site.fraction = random_.between(0.3, 1.0);
    question.amounts = Eigen::VectorXd::Zero(question.site.system.rates.rows());
    question.until = 40.0 * min;
    question.within = 0.1;
    question.pump = {random_.log_between(0.2, 10.0) * units::mg / units::mL,
                     random_.log_between(100.0, 1500.0) * units::mL / units::h,
                     random_.log_between(1e-3, 0.1) * units::mL / units::h,
                     random_.between(10.0, 60.0) * units::mL};
    const auto held = pkpd::steady_concentration(
        question.site.system, 0, question.site.fraction * (question.pump.largest * question.pump.strength));
    for (int i = 0; i < 3; ++i)
      question.targets.push_back({20.0 * i / 1.5 * min, random_.between(0.01, 0.4) * *held});
    for (auto& target : question.targets)
      target.from = std::round(target.from / question.update) * question.update;
    return question;
  }

 private:
  pkpd::RandomSystems random_;
};

pkpd::Trajectory course_of(const TargetQuestion& question, const TargetAnswer& answer) {
  std::vector<pkpd::Dose> doses;
  for (const RateSegment& each : answer.segments)
    doses.push_back(
        {each.from, each.to - each.from, question.site.fraction * (each.rate * (each.to - each.from))});
  return *pkpd::Trajectory::make({{Duration{}, question.site.system}}, doses);
}

TEST(TargetProperty, TheCourseIsThatOfThePrintedSegmentsOnAnotherRoad) {
  Problems problems{1};
  int planned = 0;
  for (int run = 0; run < runs; ++run) {
    auto question = problems.next();
    if (run % 3 == 0) question.by_hand = 2.0 * min;
    if (question.by_hand) {
      for (auto& target : question.targets) target.from = std::round(target.from / (2.0 * min)) * 2.0 * min;
    }
    const auto answer = plan_target(question);
    if (!answer) {  // the pump, or the time, did not suffice
      ASSERT_NE(answer.error().what.find("is not reached"), std::string::npos) << run << answer.error().what;
      continue;
    }
    ++planned;
    const auto course = course_of(question, *answer);
    const auto& curve = question.site.effect_site ? answer->course.effect_site : answer->course.plasma;
    for (std::size_t i = 1; i < curve.size(); i += 7) {
      const auto expected = course.concentration(answer->course.times[i], steered(question.site)).canonical();
      ASSERT_NEAR(curve[i].canonical(), expected, 1e-10 * expected) << "run " << run << " time " << i;
    }
  }
  EXPECT_GT(planned, runs / 3);
}

TEST(TargetProperty, ALimitOfThePumpIsNeverPassedAndEveryRateIsAStep) {
  Problems problems{2};
  for (int run = 0; run < runs; ++run) {
    const auto question = problems.next();
    const auto answer = plan_target(question);
    if (!answer) continue;
    Volume volume{};
    for (const RateSegment& each : answer->segments) {
      ASSERT_LE(each.flow, question.pump.largest) << run;
      ASSERT_GE(each.flow, PumpRate{}) << run;
      const double steps = each.flow / question.pump.step;
      ASSERT_NEAR(steps, std::round(steps), 1e-6) << run;
      volume += each.flow * (each.to - each.from);
    }
    // One syringe serves until it is empty.
    const auto syringes = static_cast<double>(answer->syringe_empty.size() + 1);
    ASSERT_LE(volume, syringes * question.pump.syringe * (1.0 + 1e-9)) << run;
    ASSERT_GT(volume, (syringes - 1.0) * question.pump.syringe * (1.0 - 1e-9)) << run;
  }
}

TEST(TargetProperty, RisingTargetsAreNeverPassedFromRest) {
  Problems problems{3};
  int planned = 0;
  for (int run = 0; run < runs; ++run) {
    auto question = problems.next();
    for (std::size_t i = 1; i < question.targets.size(); ++i)
      question.targets[i].level = std::max(question.targets[i].level, question.targets[i - 1].level);
    const auto answer = plan_target(question);
    if (!answer) continue;
    ++planned;
    const auto course = course_of(question, *answer);
    for (const TargetMet& met : answer->met) {
      const auto peak = course.peak(met.target.from, met.until, steered(question.site)).value;
      ASSERT_LE(peak, met.target.level * (1.0 + 1e-6)) << "run " << run;
    }
  }
  EXPECT_GT(planned, runs / 4);
}

TEST(TargetProperty, ByHandTheBandIsSeldomLeftAndThenSaid) {
  Problems problems{5};
  int kept = 0;
  int left = 0;
  for (int run = 0; run < runs; ++run) {
    auto question = problems.next();
    question.by_hand = 2.0 * min;
    for (auto& target : question.targets) target.from = std::round(target.from / (2.0 * min)) * 2.0 * min;
    const auto answer = plan_target(question);
    if (!answer) continue;
    const auto course = course_of(question, *answer);
    for (const TargetMet& met : answer->met) {
      if (!met.reached) continue;
      bool within = true;
      for (Duration time = met.settled; time <= met.until; time += question.update) {
        const auto level = course.concentration(time, steered(question.site));
        ASSERT_GE(level, met.lowest * (1.0 - 1e-9)) << run;
        ASSERT_LE(level, met.highest * (1.0 + 1e-9)) << run;
        within = within && std::abs(level / met.target.level - 1.0) <= question.within + 1e-9;
      }
      ++(within ? kept : left);
    }
  }
  EXPECT_GT(kept, 9 * left);
}

TEST(TargetProperty, AStricterPumpNeverReachesTheFirstTargetEarlier) {
  Problems problems{4};
  for (int run = 0; run < runs; ++run) {
    auto question = problems.next();
    question.targets.resize(1);
    const auto answer = plan_target(question);
    if (!answer) continue;
    question.pump.largest = 0.5 * question.pump.largest;
    const auto stricter = plan_target(question);
    if (!stricter) continue;
    ASSERT_GE(*stricter->met[0].reached, *answer->met[0].reached * (1.0 - 1e-9)) << run;
  }
}

}  // namespace
}  // namespace evenkeel::plan
