#include "plan/target.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "pkpd/trajectory.hpp"
#include "support/target_problem.hpp"

namespace evenkeel::plan {
namespace {

using test::effect_site_question;
using test::mL_h;
using test::ng_mL;
using test::plasma_question;
using units::min;

TargetAnswer answer_to(const TargetQuestion& question) {
  auto answer = plan_target(question);
  EXPECT_TRUE(answer.has_value()) << (answer ? "" : to_string(answer.error()));
  return answer ? *std::move(answer) : TargetAnswer{};
}

const std::vector<Concentration>& steered_curve(const TargetQuestion& question, const TargetAnswer& answer) {
  return question.site.effect_site ? answer.course.effect_site : answer.course.plasma;
}

double at_min(const TargetQuestion& question, const TargetAnswer& answer, double minutes) {
  const auto index = static_cast<std::size_t>(std::lround(minutes * min / question.update));
  return steered_curve(question, answer)[index].in(ng_mL);
}

double worst_after(const TargetMet& met) {
  return std::max((met.target.level - met.lowest).in(ng_mL), (met.highest - met.target.level).in(ng_mL));
}

// The independent road: what the printed segments give, as doses.
pkpd::Trajectory course_of(const TargetQuestion& question, const TargetAnswer& answer) {
  std::vector<pkpd::Dose> doses;
  for (Eigen::Index i = 0; i < question.amounts.size(); ++i)
    EXPECT_EQ(question.amounts[i], 0.0) << "this road starts from nothing";
  for (const RateSegment& each : answer.segments)
    doses.push_back(
        {each.from, each.to - each.from, question.site.fraction * (each.rate * (each.to - each.from))});
  return *pkpd::Trajectory::make({{Duration{}, question.site.system}}, doses);
}

// What tci 0.2.0 and opentiva 1.1.2 gave for the same work, each to the digits it printed (measured by us).
TEST(PlanTarget, AgreesWithPublishedProgramsOnTheSharedProblemAndHoldsCloser) {
  const auto question = effect_site_question();
  const auto answer = answer_to(question);
  EXPECT_NEAR(at_min(question, answer, 5.0), 149.6, 0.5);
  EXPECT_NEAR(at_min(question, answer, 25.0), 199.64, 0.5);
  EXPECT_NEAR(at_min(question, answer, 45.0), 137.25, 0.1);
  EXPECT_NEAR(at_min(question, answer, 59.0), 99.96, 0.1);
  EXPECT_NEAR(at_min(question, answer, 5.0), 150.0, 0.02);   // they: 0.4 and 0.11 away
  EXPECT_NEAR(at_min(question, answer, 25.0), 200.0, 0.02);  // they: 0.36 and 0.11
  EXPECT_NEAR(at_min(question, answer, 59.0), 100.0, 0.02);  // they: 0.04 and 0.09
}

TEST(PlanTarget, HoldsPlasmaAndNeverRoundsItAboveItsTarget) {
  const auto question = plasma_question();
  const auto answer = answer_to(question);
  for (const TargetMet& met : answer.met) {
    ASSERT_TRUE(met.reached.has_value());
    EXPECT_LT(worst_after(met), 0.002 * met.target.level.in(ng_mL));
  }
  EXPECT_LE(answer.met[0].highest_plasma, 150.0 * (1.0 + 1e-9) * ng_mL);
  EXPECT_LE(answer.met[1].highest_plasma, 200.0 * (1.0 + 1e-9) * ng_mL);
}

TEST(PlanTarget, GivesWhatTheRoundedSegmentsGiveOnAnotherRoad) {
  for (const bool by_hand : {false, true}) {
    for (auto question : {plasma_question(), effect_site_question()}) {
      if (by_hand) question.by_hand = 5.0 * min;
      const auto answer = answer_to(question);
      const auto course = course_of(question, answer);
      for (std::size_t i = 1; i < answer.course.times.size(); ++i) {
        const double expected =
            course.concentration(answer.course.times[i], steered(question.site)).in(ng_mL);
        ASSERT_NEAR(steered_curve(question, answer)[i].in(ng_mL), expected, 1e-10 * expected) << i;
      }
    }
  }
}

TEST(PlanTarget, PeaksBetweenUpdatesAreThoseOfTheOtherRoad) {
  const auto question = effect_site_question();
  const auto answer = answer_to(question);
  const auto course = course_of(question, answer);
  for (const TargetMet& met : answer.met) {
    const auto peak = course.peak(met.target.from, met.until, question.site.plasma);
    EXPECT_NEAR(met.highest_plasma.in(ng_mL), peak.value.in(ng_mL), 1e-9 * peak.value.in(ng_mL));
    const auto highest = course.peak(met.settled, met.until, *question.site.effect_site);
    EXPECT_NEAR(met.highest.in(ng_mL), highest.value.in(ng_mL), 1e-9 * highest.value.in(ng_mL));
  }
}

TEST(PlanTarget, AnEffectSiteNeverPassesItsTargetFromRest) {
  auto question = effect_site_question();
  question.targets.pop_back();
  question.pump.step = 1e-5 * mL_h;
  const auto answer = answer_to(question);
  const auto course = course_of(question, answer);
  for (const TargetMet& met : answer.met) {
    const auto peak = course.peak(met.target.from, met.until, *question.site.effect_site).value;
    EXPECT_LE(peak, met.target.level * (1.0 + 1e-9));
    EXPECT_GE(peak, met.target.level * (1.0 - 1e-4));
  }
}

TEST(PlanTarget, ReachesTheBandAtTheMomentThatTheOtherRoadCrossesItsEdge) {
  const auto question = effect_site_question();
  const auto answer = answer_to(question);
  const auto course = course_of(question, answer);
  const double edges[] = {142.5, 190.0, 105.0};
  for (std::size_t i = 0; i < 3; ++i) {
    const TargetMet& met = answer.met[i];
    const auto crossing = course.crossings(edges[i] * ng_mL, met.target.from, met.until, 1);
    ASSERT_FALSE(crossing.empty());
    EXPECT_NEAR(met.reached->in(min), crossing.front().at.in(min), 1e-8);
  }
}

TEST(PlanTarget, AStricterPumpNeverReachesEarlier) {
  Duration before{};
  for (const double largest : {1200.0, 600.0, 300.0, 150.0, 75.0, 60.0}) {
    auto question = effect_site_question();
    question.targets.resize(1);
    question.pump.largest = largest * mL_h;
    const auto answer = answer_to(question);
    ASSERT_TRUE(answer.met.front().reached.has_value()) << largest;
    EXPECT_GT(*answer.met.front().reached, before) << largest;
    before = *answer.met.front().reached;
    for (const RateSegment& each : answer.segments) EXPECT_LE(each.flow, question.pump.largest);
    ASSERT_FALSE(answer.bound.empty());
    EXPECT_EQ(answer.bound.front().by, Binding::largest_rate);
  }
}

TEST(PlanTarget, HalvingTheUpdateNeverHoldsWorse) {
  for (auto question : {plasma_question(), effect_site_question()}) {
    question.pump.step = 1e-4 * mL_h;
    question.targets = {{0.0 * min, 150.0 * ng_mL}};
    double before = std::numeric_limits<double>::infinity();
    for (const double seconds : {40.0, 20.0, 10.0, 5.0}) {
      question.update = seconds * units::s;
      const double worst = worst_after(answer_to(question).met.front());
      EXPECT_LE(worst, before * (1.0 + 1e-6)) << seconds;
      before = worst;
    }
  }
}

TEST(PlanTarget, EveryRateIsAWholeStepAndSegmentsLeaveNoGap) {
  auto question = effect_site_question();
  question.pump.step = 2.5 * mL_h;
  const auto answer = answer_to(question);
  Duration end{};
  for (std::size_t i = 0; i < answer.segments.size(); ++i) {
    const RateSegment& each = answer.segments[i];
    const double steps = each.flow / question.pump.step;
    EXPECT_NEAR(steps, std::round(steps), 1e-9);
    EXPECT_EQ(each.from, end);
    EXPECT_TRUE(i == 0 || each.flow != answer.segments[i - 1].flow);
    end = each.to;
  }
  EXPECT_DOUBLE_EQ(end.in(min), 60.0);
}

TEST(PlanTarget, CountsWhatIsUsedAndWhenTheSyringeIsEmpty) {
  auto question = plasma_question();
  question.pump.syringe = 10.0 * units::mL;
  const auto answer = answer_to(question);
  Volume volume{};
  std::size_t empty = 0;
  for (const RateSegment& each : answer.segments) {
    while (empty < answer.syringe_empty.size() && answer.syringe_empty[empty] <= each.to) {
      const Volume then = volume + each.flow * (answer.syringe_empty[empty] - each.from);
      EXPECT_NEAR(then.in(units::mL), 10.0 * static_cast<double>(++empty), 1e-9);
    }
    volume += each.flow * (each.to - each.from);
  }
  EXPECT_EQ(empty, 3U);
  EXPECT_NEAR(answer.volume.in(units::mL), volume.in(units::mL), 1e-9);
  EXPECT_NEAR(answer.dose.in(units::mg), volume.in(units::mL), 1e-9);  // 1 mg/mL
}

TEST(PlanTarget, WaitsWhereEarlierDosesLeftMoreThanTheTarget) {
  auto question = plasma_question();
  question.amounts << 2.0, 4.0, 20.0;  // 453 ng/mL in plasma
  question.targets.resize(1);
  const auto answer = answer_to(question);
  EXPECT_EQ(answer.segments.front().flow, PumpRate{});
  ASSERT_TRUE(answer.met.front().reached.has_value());
  EXPECT_GT(*answer.met.front().reached, Duration{});
  EXPECT_NEAR(answer.met.front().lowest.in(ng_mL), 150.0, 0.5);
}

TEST(PlanTarget, PlasmaStaysUnderItsOwnCeilingWhileAnEffectSiteIsLoaded) {
  auto question = effect_site_question();
  question.plasma_at_most = 400.0 * ng_mL;
  const auto free = answer_to(effect_site_question());
  const auto answer = answer_to(question);
  EXPECT_GT(free.met.front().highest_plasma, 1000.0 * ng_mL);
  EXPECT_LE(answer.met.front().highest_plasma, 400.0 * (1.0 + 1e-9) * ng_mL);
  EXPECT_GT(answer.met.front().reached, free.met.front().reached);
  EXPECT_EQ(answer.bound.front().by, Binding::plasma_at_most);
  question.plasma_at_most = 180.0 * ng_mL;
  EXPECT_EQ(plan_target(question).error().where, "targets[1]");
}

TEST(PlanTarget, SaysThatTheStepIsTooCoarseToHold) {
  auto question = plasma_question();
  question.pump.step = 40.0 * mL_h;
  question.targets.resize(1);
  question.within = 0.5;
  const auto answer = answer_to(question);
  ASSERT_FALSE(answer.bound.empty());
  EXPECT_EQ(answer.bound.front().by, Binding::rate_step);
}

TEST(PlanTarget, ByHandStaysWithinTheBandOnceReachedWithFewChanges) {
  for (auto question : {plasma_question(), effect_site_question()}) {
    const std::size_t updates = answer_to(question).segments.size();
    question.by_hand = 5.0 * min;
    question.within = 0.10;
    const auto answer = answer_to(question);
    EXPECT_LE(answer.segments.size(), 8U);
    EXPECT_GE(updates, 100U);
    const auto course = course_of(question, answer);
    for (const RateSegment& each : answer.segments)
      EXPECT_NEAR(std::remainder(each.from.in(min), 5.0), 0.0, 1e-9);
    for (const TargetMet& met : answer.met) {
      ASSERT_TRUE(met.reached.has_value());
      // In the band by the first possible change, or from a fall by the one after the band is met.
      const Duration from = std::ceil(met.reached->in(min) / 5.0) * 5.0 * min;
      for (Duration time = from; time <= met.until; time += 0.5 * min) {
        const auto level = course.concentration(time, steered(question.site));
        EXPECT_GE(level, met.target.level * (0.9 - 1e-6)) << time.in(min);
        EXPECT_LE(level, met.target.level * (1.1 + 1e-6)) << time.in(min);
      }
    }
  }
}

TEST(PlanTarget, AMuchWiderBandNeedsFewerChanges) {
  auto question = effect_site_question();
  question.by_hand = 2.0 * min;
  question.within = 0.02;
  const std::size_t narrow = answer_to(question).segments.size();
  question.within = 0.20;
  EXPECT_LT(answer_to(question).segments.size(), narrow);
}

TEST(PlanTarget, ATargetNotYetFallenToIsAFactAndNoError) {
  auto question = effect_site_question();
  question.targets[2].level = 5.0 * ng_mL;
  const auto answer = answer_to(question);
  EXPECT_FALSE(answer.met[2].reached.has_value());
  EXPECT_EQ(answer.segments.back().flow, PumpRate{});
}

}  // namespace
}  // namespace evenkeel::plan
