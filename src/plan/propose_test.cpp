#include "plan/propose.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "plan/transcript.hpp"
#include "support/dose_question.hpp"

namespace evenkeel::plan {
namespace {

using test::at;
using test::dec;

constexpr auto ng_mL = units::ng / units::mL;

Advice advice_of(const DoseQuestion& q) {
  auto answer = propose(q);
  EXPECT_TRUE(answer) << (answer ? "" : to_string(answer.error()));
  auto* advice = std::get_if<Advice>(&answer->outcome);
  if (advice == nullptr) {
    for (const Gap& gap : std::get<NoAdvice>(answer->outcome).reasons) ADD_FAILURE() << gap.sentence();
    return {};
  }
  return std::move(*advice);
}

std::vector<Gap> reasons_of(const DoseQuestion& q) {
  const auto answer = propose(q);
  const auto* none = answer ? std::get_if<NoAdvice>(&answer->outcome) : nullptr;
  return none == nullptr ? std::vector<Gap>{} : none->reasons;
}

Grid grid(const char* from, const char* to, const char* step) {
  return {dec(from), dec(to), dec(step), {dec("40")}, {Profile{}}};
}

// R15
TEST(Propose, AFixedDoseGivesNoCandidatesAndSaysSo) {
  auto q = test::steady_question(1);
  q.patient.plan->plan.dose_mg_per_kg = Decimal{};
  q.patient.plan->plan.fixed_dose_mg = dec("56");
  const auto reasons = reasons_of(q);
  ASSERT_EQ(reasons.size(), 1U);
  EXPECT_NE(reasons.front().sentence().find("a fixed dose of 56 mg: no candidates by weight"),
            std::string::npos);
}

TEST(Propose, TheLeastDoseThatMeetsTheAimsIsFirst) {
  const auto advice = advice_of(test::steady_question());
  ASSERT_EQ(advice.ranked.size(), 9U);  // 0.1 to 0.5 mg/kg
  EXPECT_TRUE(advice.refused.empty());
  EXPECT_EQ(advice.ranked.front().delivered.mg, dec("8"));  // 8.2 mg, rounded down
  EXPECT_TRUE(std::ranges::all_of(advice.ranked.front().aims, &AimJudgement::met));
  for (std::size_t i = 1; i < advice.ranked.size(); ++i) EXPECT_FALSE(advice.ranked[i].why.empty());
}

TEST(Propose, AHigherDoseIsNeverFirstAmongThoseThatMeetTheAims) {
  auto q = test::steady_question();
  q.aims = {PeakWithin{{}, *Interval<Concentration>::make(80.0 * ng_mL, 500.0 * ng_mL), 0.9},
            EffectBelow{"high", 60.0, 0.9}, LeastDose{}};
  const auto advice = advice_of(q);
  const auto& first = advice.ranked.front();
  EXPECT_EQ(first.delivered.mg, dec("16"));  // 8 and 12 mg miss the range
  for (const Candidate& other : advice.ranked) {
    const bool meets_all = other.aims[0].met && other.aims[1].met;
    EXPECT_TRUE(!meets_all || first.delivered.mg <= other.delivered.mg);
    EXPECT_EQ(other.aims[2].met, meets_all && other.delivered.mg == first.delivered.mg);
  }
  EXPECT_NE(advice.ranked[1].why.find("lower dose"), std::string::npos) << advice.ranked[1].why;
}

TEST(Propose, AnAimIsMetOnlyInEveryModelWhateverTheirOrder) {
  auto q = test::steady_question();
  for (int order = 0; order < 2; ++order) {
    int differ = 0;
    for (const Candidate& each : advice_of(q).ranked) {
      const AimJudgement& aim = each.aims.front();
      const auto holds = [](const ModelJudgement& judged) {
        return *judged.probability_most_sensitive >= 0.9;
      };
      EXPECT_EQ(aim.met, std::ranges::all_of(aim.models, holds)) << aim.text;
      if (holds(aim.models[0]) != holds(aim.models[1])) ++differ;
    }
    EXPECT_GT(differ, 0);
    std::ranges::reverse(q.models);
  }
}

// By another road: the effect read at each member's peak.
TEST(Propose, AProbabilityIsTheShareOfMembersWhoseEffectStaysBelow) {
  auto q = test::steady_question();
  for (ModelForecast& model : q.models) model.read_outs = {test::read_out_of(test::rising_effect(), model)};
  q.grid = grid("0.4", "0.5", "0.05");
  for (const Candidate& candidate : advice_of(q).ranked) {
    const DoseOfShape dose{0, candidate.delivered.mg.to_double() * units::mg};
    for (std::size_t m = 0; m < q.models.size(); ++m) {
      const auto predicted =
          *predict(q.models[m], q.start, std::vector{Shape{candidate.minutes, {}}}, std::vector{dose}, 1);
      double typical = 0.0;
      double sensitive = 0.0;
      for (const double peak_mg_L : predicted.front().peaks_mg_L) {
        const auto value = *q.models[m].read_outs[0].effect.at(peak_mg_L * (units::mg / units::L));
        typical += value.typical <= 60.0 ? 1.0 : 0.0;
        sensitive += value.interval->high() <= 60.0 ? 1.0 : 0.0;
      }
      const ModelJudgement& judged = candidate.aims.front().models[m];
      EXPECT_DOUBLE_EQ(*judged.probability, typical / 200.0);
      EXPECT_DOUBLE_EQ(*judged.probability_most_sensitive, sensitive / 200.0);
      EXPECT_LE(*judged.probability_most_sensitive, *judged.probability);
    }
  }
}

TEST(Propose, ADoseAboveThePlanIsRefusedAndNeverMovedInside) {
  auto q = test::rising_question();
  q.patient.plan = test::plan_of("0.5", true);
  q.grid = grid("0.5", "0.6", "0.1");
  const auto advice = advice_of(q);
  ASSERT_EQ(advice.ranked.size(), 1U);
  ASSERT_EQ(advice.refused.size(), 1U);
  EXPECT_EQ(advice.refused[0].by, RefusedBy::limit);
  EXPECT_EQ(advice.refused[0].limit->origin, Origin::plan);
  EXPECT_EQ(advice.refused[0].why,
            "49.2 mg over 40 min, even is refused: dose per body weight, plan: 49.2 mg; at most 41 mg (0.5 "
            "mg/kg x 82 kg)");
}

TEST(Propose, ARiseWithItsReasonIsProposedAndMarked) {
  auto q = test::rising_question();
  q.grid = grid("0.5", "0.6", "0.1");
  const auto advice = advice_of(q);
  ASSERT_EQ(advice.ranked.size(), 2U);
  EXPECT_FALSE(advice.ranked[0].rise);
  EXPECT_TRUE(advice.ranked[1].rise);
}

struct NoRise {
  const char* name;
  const char* words;
  void (*breaks)(DoseQuestion&);
};
class ARiseWithoutItsReason : public ::testing::TestWithParam<NoRise> {};

TEST_P(ARiseWithoutItsReason, IsRefusedByName) {
  auto q = test::rising_question();
  q.grid = grid("0.5", "0.6", "0.1");
  GetParam().breaks(q);
  const auto advice = advice_of(q);
  ASSERT_EQ(advice.ranked.size(), 1U);
  EXPECT_FALSE(advice.ranked.front().rise);
  ASSERT_EQ(advice.refused.size(), 1U);
  EXPECT_EQ(advice.refused.front().by, RefusedBy::no_reason_to_rise);
  EXPECT_NE(advice.refused.front().why.find(GetParam().words), std::string::npos)
      << advice.refused.front().why;
}

INSTANTIATE_TEST_SUITE_P(Each, ARiseWithoutItsReason,
                         ::testing::Values(NoRise{"NoRecordedReason", "recorded reason",
                                                  [](DoseQuestion& q) {
                                                    q.patient.plan->doses.back().for_response = false;
                                                  }},
                                           NoRise{"NoBaseline", "two points",
                                                  [](DoseQuestion& q) {
                                                    q.patient.response.baseline.reset();
                                                    q.patient.response.fall.reset();
                                                  }},
                                           NoRise{"ScoreFromBeforeTheLastDose", "after the last dose",
                                                  [](DoseQuestion& q) {
                                                    q.patient.response.latest->at =
                                                        at("2026-03-12T09:00:00Z");
                                                  }},
                                           NoRise{"AGoodResponse", "has its effect",
                                                  [](DoseQuestion& q) {
                                                    q.patient.response.latest->score.total = 8;
                                                    q.patient.response.fall = 0.6;
                                                    q.patient.response.response = true;
                                                  }}),
                         [](const auto& each) { return std::string(each.param.name); });

TEST(Propose, AFasterInfusionThanThePlansIsRefused) {
  auto q = test::steady_question();
  q.patient.history.clear();
  q.grid = Grid{dec("0.5"), dec("0.5"), dec("0.1"), {dec("40"), dec("39")}, {Profile{}}};
  const auto advice = advice_of(q);
  ASSERT_EQ(advice.refused.size(), 1U);
  EXPECT_EQ(advice.refused[0].minutes, dec("39"));
  EXPECT_EQ(advice.refused[0].limit->kind, LimitKind::rate_per_kg);
  EXPECT_EQ(advice.refused[0].limit->origin, Origin::plan);
}

TEST(Propose, AFasterInfusionOfTheSameDoseIsARise) {
  auto q = test::steady_question();
  q.patient.plan->plan.infusion_length = 20.0 * units::min;
  q.grid = Grid{dec("0.5"), dec("0.5"), dec("0.1"), {dec("40"), dec("20")}, {Profile{}}};
  const auto advice = advice_of(q);
  ASSERT_EQ(advice.refused.size(), 1U);
  EXPECT_EQ(advice.refused[0].minutes, dec("20"));
  EXPECT_EQ(advice.refused[0].by, RefusedBy::no_reason_to_rise);
}

// The last dose was rounded down from 41.2 to 41 mg: the plan's own dose again is no rise.
TEST(Propose, ThePlansDoseAfterARoundedOneIsNoRise) {
  auto q = test::steady_question();
  q.patient.weight->kg = dec("82.4");
  for (GivenDose& given : q.patient.history) given.weight_kg = dec("82.4");
  q.grid = grid("0.5", "0.5", "0.1");
  const auto advice = advice_of(q);
  ASSERT_EQ(advice.ranked.size(), 1U);
  EXPECT_EQ(advice.ranked[0].wanted_mg, dec("41.2"));
  EXPECT_EQ(advice.ranked[0].delivered.mg, dec("41"));
  EXPECT_FALSE(advice.ranked[0].rise);
}

TEST(Propose, TwoCliniciansSignAboveTheProtocolsLimitAndMonitoringStepsUp) {
  auto q = test::steady_question();
  q.patient.plan = test::plan_of("1.2", true);
  q.grid = grid("0.6", "1.2", "0.1");
  const auto advice = advice_of(q);
  for (const Candidate& each : advice.ranked) {
    EXPECT_EQ(each.second_signature, each.per_kg.in(units::mg / units::kg) > 1.0 + 1e-9)
        << each.delivered.mg.to_string();
    EXPECT_EQ(each.step_up_monitoring,
              each.highest_rate_per_kg.in(units::mg / units::kg / units::h) > 1.0 + 1e-9);
  }
}

TEST(Propose, GivesNoAdviceAndSaysWhatIsMissing) {
  auto q = test::steady_question();
  q.patient.weight.reset();
  q.patient.pressure.reset();
  const auto reasons = reasons_of(q);
  ASSERT_EQ(reasons.size(), 2U);
  EXPECT_EQ(reasons[0].sentence(), "weight is missing; needed: one of the last 7 d");
}

TEST(Propose, GivesNoAdviceWithoutAModelOrWithAnAimThatNoneCanJudge) {
  auto q = test::steady_question();
  q.models.clear();
  EXPECT_FALSE(reasons_of(q).empty());
  q = test::steady_question();
  q.aims.push_back(EffectBelow{"systolic pressure", 30.0, 0.9});
  ASSERT_EQ(reasons_of(q).size(), 1U);
  EXPECT_NE(reasons_of(q)[0].sentence().find("no read-out of systolic pressure"), std::string::npos);
  q.aims.back() = PeakWithin{{pkpd::Moiety::racemic_ketamine, pkpd::SamplingSite::venous},
                             *Interval<Concentration>::make(Concentration{}, 100.0 * ng_mL),
                             0.9};
  EXPECT_EQ(reasons_of(q).size(), 1U);
  EXPECT_EQ(reasons_of(test::steady_question(1)).size(), 1U);  // one member tells no probability
}

TEST(Propose, AMalformedQuestionIsAnError) {
  const auto fails = [](auto&& breaks) {
    auto q = test::steady_question();
    breaks(q);
    return !propose(q);
  };
  EXPECT_TRUE(fails([](auto& q) { q.aims = {EffectBelow{"high", std::nan(""), 0.9}}; }));
  EXPECT_TRUE(fails([](auto& q) { q.aims = {EffectBelow{"high", 50.0, std::nan("")}}; }));
  EXPECT_TRUE(fails([](auto& q) { q.aims = {EffectBelow{"high", 50.0, 1.0}}; }));
  EXPECT_TRUE(fails([](auto& q) { q.grid = grid("0.6", "0.5", "0.1"); }));
  EXPECT_TRUE(fails([](auto& q) { q.grid = grid("0.1", "0.5", "0"); }));
  EXPECT_TRUE(fails([](auto& q) { q.grid = grid("0.1", "0.5", "0.00000001"); }));
  EXPECT_TRUE(fails([](auto& q) { q.limits = {{LimitKind::dose, Origin::site, dec("0"), {}, ""}}; }));
  EXPECT_TRUE(fails([](auto& q) { q.patient.plan->plan.interval = std::nan("") * units::h; }));
  EXPECT_TRUE(fails([](auto& q) { q.models[0].forecast.members.clear(); }));
}

TEST(Propose, AnswersByteForByteTheSameOnAnyNumberOfThreads) {
  auto q = test::rising_question();
  q.grid = Grid{dec("0.1"),
                dec("0.7"),
                dec("0.05"),
                {dec("40"), dec("60")},
                {Profile{}, Profile{"early", {{50, 60}, {50, 40}}}}};
  q.threads = 1;
  const std::string once = transcript(*propose(q));
  EXPECT_EQ(once, transcript(*propose(q)));
  q.threads = 2;
  EXPECT_EQ(once, transcript(*propose(q)));
  EXPECT_NE(once.find("version\tprogram 0.1.0"), std::string::npos);
  EXPECT_NE(once.find("seed\t7"), std::string::npos);
  q.patient.weight->kg = dec("82.1");
  EXPECT_NE(once, transcript(*propose(q)));
}

TEST(Propose, ShowsTheWorkings) {
  const auto answer = *propose(test::steady_question());
  const auto says = [&](std::string_view words) {
    return std::ranges::any_of(
        answer.workings, [&](const std::string& line) { return line.find(words) != std::string::npos; });
  };
  EXPECT_TRUE(says("0.5 mg/kg x 82 kg = 41 mg (dose per body weight, plan) binds"));
  EXPECT_TRUE(says("0.75 mg/kg/h x 82 kg x 40 min = 41 mg"));
  EXPECT_FALSE(answer.questions.empty());
}

TEST(Propose, TheLimitItComesClosestToIsNamed) {
  auto q = test::steady_question();
  q.grid = grid("0.5", "0.5", "0.1");
  const auto advice = advice_of(q);
  const Candidate& candidate = advice.ranked.front();
  const Checked& nearest = candidate.limits[candidate.nearest];
  EXPECT_EQ(nearest.used, 1.0);
  EXPECT_TRUE(std::ranges::all_of(candidate.limits, &Checked::kept));
}

}  // namespace
}  // namespace evenkeel::plan
