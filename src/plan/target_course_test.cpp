#include "plan/target_course.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "pkpd/trajectory.hpp"
#include "support/target_problem.hpp"

namespace evenkeel::plan {
namespace {

using test::effect_site_question;
using test::ng_mL;
using test::plasma_question;
using units::min;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

TargetAnswer answer_to(const TargetQuestion& question) {
  auto answer = plan_target(question);
  EXPECT_TRUE(answer.has_value()) << (answer ? "" : to_string(answer.error()));
  return answer ? *std::move(answer) : TargetAnswer{};
}

TEST(Follow, AShareThatArrivesIsADoseSoMuchSmaller) {
  auto question = plasma_question();
  const auto whole = answer_to(question);
  question.site.fraction = 0.5;
  const auto half = follow(question.site, question.amounts, whole.segments, question.update);
  for (std::size_t i = 0; i < half.plasma.size(); ++i)
    EXPECT_DOUBLE_EQ(half.plasma[i].in(ng_mL), 0.5 * whole.course.plasma[i].in(ng_mL));
}

TEST(BandsOf, HoldEveryMemberOfAForecast) {
  const auto question = plasma_question();
  const auto answer = answer_to(question);
  individual::Forecast forecast;
  for (int i = 0; i <= 20; ++i) {  // slower and faster than the typical patient
    individual::Member member{question.site.system, question.amounts, 1.0};
    member.system.rates *= 0.5 + 0.05 * i;
    member.system.modal = pkpd::modal_form(member.system.rates);
    forecast.members.push_back(std::move(member));
  }
  const auto bands = bands_of(forecast, 0, std::nullopt, answer.segments, question.update);
  EXPECT_TRUE(bands.effect_site.low.empty());
  ASSERT_EQ(bands.times.size(), answer.course.times.size());
  const std::size_t last = bands.times.size() - 1;
  EXPECT_NEAR(bands.plasma.middle[last].in(ng_mL), answer.course.plasma[last].in(ng_mL), 1e-9);
  const auto second =
      follow({forecast.members[1].system, 0, {}, 1.0}, question.amounts, answer.segments, question.update);
  const auto second_last =
      follow({forecast.members[19].system, 0, {}, 1.0}, question.amounts, answer.segments, question.update);
  EXPECT_NEAR(bands.plasma.high[last].in(ng_mL), second.plasma[last].in(ng_mL), 1e-9);
  EXPECT_NEAR(bands.plasma.low[last].in(ng_mL), second_last.plasma[last].in(ng_mL), 1e-9);
}

TEST(IfStopped, FallsAsTheOtherRoadDoesFromAnyMoment) {
  auto question = effect_site_question();
  const auto answer = answer_to(question);
  const Concentration levels[] = {140.0 * ng_mL, 50.0 * ng_mL};
  const Duration at = 7.123 * min;  // within an update
  const auto stopped = if_stopped(question.site, answer, at, levels);
  ASSERT_TRUE(stopped.has_value());
  std::vector<pkpd::Dose> doses;
  for (const RateSegment& each : answer.segments) {
    if (!(each.from < at)) break;
    const Duration end = each.to < at ? each.to : at;
    doses.push_back({each.from, end - each.from, each.rate * (end - each.from)});
  }
  const auto course = *pkpd::Trajectory::make({{Duration{}, question.site.system}}, doses);
  EXPECT_NEAR(stopped->plasma.at_stop.in(ng_mL), course.concentration(at, 0).in(ng_mL), 1e-9);
  EXPECT_NEAR(stopped->effect_site->at_stop.in(ng_mL), course.concentration(at, 1).in(ng_mL), 1e-9);
  for (const std::size_t output : {std::size_t{0}, std::size_t{1}}) {
    const Fading& fading = output == 0 ? stopped->plasma : *stopped->effect_site;
    const Concentration halves[] = {0.5 * fading.at_stop, levels[0], levels[1]};
    const std::optional<Duration> found[] = {fading.halved, fading.below[0], fading.below[1]};
    for (std::size_t i = 0; i < 3; ++i) {
      ASSERT_TRUE(found[i].has_value());
      const auto then = course.concentration(at + *found[i], output);
      EXPECT_NEAR(then.in(ng_mL), halves[i].in(ng_mL), 1e-6) << output << i;
    }
  }
}

TEST(IfStopped, AnEffectSiteMayRiseBeforeItFalls) {
  const auto question = effect_site_question();
  const auto stopped = if_stopped(question.site, answer_to(question), 0.5 * min, {});
  ASSERT_TRUE(stopped.has_value());
  EXPECT_GT(stopped->effect_site->highest, 1.5 * stopped->effect_site->at_stop);
  EXPECT_DOUBLE_EQ(stopped->plasma.highest.in(ng_mL), stopped->plasma.at_stop.in(ng_mL));
}

TEST(IfStopped, RefusesAMomentOutsideTheScheduleAndALevelThatIsNone) {
  const auto question = plasma_question();
  const auto answer = answer_to(question);
  for (const double minutes : {-1.0, 61.0, nan})
    EXPECT_EQ(if_stopped(question.site, answer, minutes * min, {}).error().where, "at");
  for (const double level : {0.0, -1.0, nan}) {
    const Concentration levels[] = {level * ng_mL};
    EXPECT_EQ(if_stopped(question.site, answer, 1.0 * min, levels).error().where, "levels");
  }
  EXPECT_FALSE(if_stopped(question.site, answer, Duration{}, {})->plasma.halved.has_value());
}

}  // namespace
}  // namespace evenkeel::plan
