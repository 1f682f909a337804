#include "plan/limit.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "plan/profile.hpp"
#include "support/dose_question.hpp"

namespace evenkeel::plan {
namespace {

using test::dec;

Limit limit(LimitKind kind, Origin origin, const char* value) {
  return {kind, origin, dec(value), {"test", Label::proposal, ""}, "test"};
}

TestedDose even(const char* mg, const char* minutes) {
  return *as_wanted({dec(mg), dec(minutes), {}});
}

LimitContext context(const char* kg = "82") {
  return {dec(kg), test::at("2026-03-16T10:00:00Z"), {}};
}

TEST(LimitSet, TheMostRestrictiveBindsWhateverTheOrder) {
  std::vector<Limit> limits{limit(LimitKind::dose_per_kg, Origin::compiled_in, "3"),
                            limit(LimitKind::dose_per_kg, Origin::plan, "0.5"),
                            limit(LimitKind::dose_per_kg, Origin::site, "0.75")};
  for (int i = 0; i < 3; ++i) {
    std::rotate(limits.begin(), limits.begin() + 1, limits.end());
    const auto set = *LimitSet::make(limits);
    EXPECT_EQ(set.binding(LimitKind::dose_per_kg)->origin, Origin::plan);
  }
}

TEST(LimitSet, ALeastBindsByTheLargest) {
  const auto set = *LimitSet::make({limit(LimitKind::shortest_infusion, Origin::site, "20"),
                                    limit(LimitKind::shortest_infusion, Origin::compiled_in, "2")});
  EXPECT_EQ(set.binding(LimitKind::shortest_infusion)->origin, Origin::site);
  EXPECT_FALSE(set.check(even("41", "19.9"), context()).front().kept);
  EXPECT_TRUE(set.check(even("41", "20"), context()).front().kept);
}

TEST(LimitSet, OfEqualLimitsTheFirstOriginBinds) {
  const auto one = limit(LimitKind::dose, Origin::site, "50");
  const auto other = limit(LimitKind::dose, Origin::plan, "50.0");
  EXPECT_EQ(LimitSet::make({one, other})->binding(LimitKind::dose)->origin, Origin::site);
  EXPECT_EQ(LimitSet::make({other, one})->binding(LimitKind::dose)->origin, Origin::site);
}

TEST(LimitSet, RefusesALimitThatIsNone) {
  EXPECT_FALSE(LimitSet::make({limit(LimitKind::dose, Origin::site, "0")}));
  EXPECT_FALSE(LimitSet::make({limit(LimitKind::dose, Origin::site, "-1")}));
  EXPECT_FALSE(LimitSet::make({limit(LimitKind::sessions_per_week, Origin::site, "2.5")}));
}

TEST(LimitSet, SaysWhatWasSeenAndHowTheLimitCameAbout) {
  const auto set = *LimitSet::make({limit(LimitKind::dose_per_kg, Origin::plan, "0.5")});
  EXPECT_EQ(set.check(even("45", "40"), context()).front().sentence(),
            "dose per body weight, plan: 45 mg; at most 41 mg (0.5 mg/kg x 82 kg)");
}

TEST(LimitSet, CountsTheRateOfTheFastestPart) {
  const auto set = *LimitSet::make({limit(LimitKind::rate, Origin::site, "90")});
  const Profile early{"early", {{50, 80}, {50, 20}}};
  EXPECT_TRUE(set.check(even("60", "40"), context()).front().kept);
  EXPECT_FALSE(set.check(*as_wanted({dec("60"), dec("40"), early}), context()).front().kept);
}

TEST(LimitSet, CountsAWeekWithoutTheHourOfTheDay) {
  auto with = context();
  with.history = {{test::at("2026-03-09T10:30:00Z"), dec("41"), dec("82"), dec("61.5"), true},
                  {test::at("2026-03-11T10:00:00Z"), dec("41"), dec("82"), dec("61.5"), true},
                  {test::at("2026-03-13T10:00:00Z"), dec("41"), dec("82"), dec("61.5"), true}};
  const auto set = *LimitSet::make({limit(LimitKind::sessions_per_week, Origin::protocol, "3"),
                                    limit(LimitKind::dose_per_week, Origin::site, "123"),
                                    limit(LimitKind::sessions_in_plan, Origin::plan, "4"),
                                    limit(LimitKind::dose_per_kg_in_plan, Origin::plan, "2")});
  for (const Checked& check : set.check(even("41", "40"), with)) EXPECT_TRUE(check.kept) << check.sentence();
  for (const Checked& check : set.check(even("42", "40"), with))
    EXPECT_EQ(check.kept, is_least(check.kind) || limit_unit(check.kind) == "sessions") << check.sentence();
  with.start = test::at("2026-03-15T10:00:00Z");
  EXPECT_FALSE(set.check(even("41", "40"), with).front().kept);
}

TEST(LimitSet, TellsWhatEachLimitLeavesForTheDose) {
  auto with = context();
  with.history = {{test::at("2026-03-13T10:00:00Z"), dec("41"), dec("82"), dec("61.5"), true}};
  const auto set = *LimitSet::make({limit(LimitKind::dose_per_kg, Origin::plan, "0.5"),
                                    limit(LimitKind::rate_per_kg, Origin::compiled_in, "2"),
                                    limit(LimitKind::dose_per_week, Origin::site, "80")});
  const auto caps = *set.dose_caps(dec("40"), with);
  ASSERT_EQ(caps.size(), 3U);
  EXPECT_EQ(caps[0].workings, "80 mg less 41 given = 39 mg (dose in a week, site)");
  EXPECT_EQ(caps[1].workings, "0.5 mg/kg x 82 kg = 41 mg (dose per body weight, plan)");
  EXPECT_NEAR(caps[2].mg.to_double(), 2.0 * 82.0 * 40.0 / 60.0, 1e-9);
}

TEST(CompiledIn, HasASourceAndSaysThatItIsAProposal) {
  for (const Limit& each : compiled_in()) {
    EXPECT_EQ(each.origin, Origin::compiled_in);
    EXPECT_FALSE(each.source.empty());
    EXPECT_FALSE(each.from.note.empty());
    EXPECT_EQ(each.from.label, Label::proposal);
  }
  EXPECT_TRUE(LimitSet::make(compiled_in()));
}

// R16
TEST(LimitsOf, AProtocolBoundsDoseRateWeekAndIntervalAndInInductionTheSessionsOfAWeek) {
  const auto protocol = test::shipped_protocol();
  const auto of = limits_of(protocol, care::Phase::induction);
  ASSERT_EQ(of.size(), 5U);
  EXPECT_EQ(of[0].kind, LimitKind::dose_per_kg);
  EXPECT_EQ(of[0].value, dec("1.5"));
  EXPECT_EQ(of[1].kind, LimitKind::rate_per_kg);
  EXPECT_EQ(of[1].value, dec("1.5"));
  EXPECT_EQ(of[2].kind, LimitKind::dose_per_kg_per_week);
  EXPECT_EQ(of[2].value, dec("3"));
  EXPECT_EQ(of[3].kind, LimitKind::shortest_interval);
  EXPECT_EQ(of[3].value, dec("36"));
  EXPECT_EQ(of[4].kind, LimitKind::sessions_per_week);
  EXPECT_EQ(of[4].value, dec("3"));
  for (const Limit& each : of) {
    EXPECT_EQ(each.origin, Origin::protocol);
    EXPECT_GT(each.source.size(), each.from.source.size()) << "the citation, not its key";
  }
  EXPECT_EQ(limits_of(protocol, care::Phase::maintenance).size(), 4U);
}

// R16
TEST(LimitsOf, AProtocolOfFixedDosesBoundsMilligrams) {
  const auto protocol = test::shipped_protocol("nasal-esketamine-trd");
  const auto of = limits_of(protocol, care::Phase::maintenance);
  ASSERT_EQ(of.size(), 3U);
  EXPECT_EQ(of[0].kind, LimitKind::dose);
  EXPECT_EQ(of[0].value, dec("84"));
  EXPECT_EQ(of[1].kind, LimitKind::dose_per_week);
  EXPECT_EQ(of[1].value, dec("168"));
  EXPECT_EQ(of[2].kind, LimitKind::shortest_interval);
}

TEST(LimitsOf, APlanWithAFixedDoseBoundsItsMilligrams) {
  auto plan = test::plan_of("0");
  plan.plan.fixed_dose_mg = dec("56");
  const auto of = *limits_of(plan);
  ASSERT_EQ(of.size(), 3U);
  EXPECT_EQ(of[0].kind, LimitKind::dose);
  EXPECT_EQ(of[0].value, dec("56"));
}

TEST(LimitsOf, APlanBoundsItsDoseItsRateItsSessionsAndItsInterval) {
  const auto of = *limits_of(test::plan_of("0.5"));
  ASSERT_EQ(of.size(), 4U);
  EXPECT_EQ(of[0].value, dec("0.5"));
  EXPECT_EQ(of[1].value, dec("0.75"));
  EXPECT_EQ(of[2].value, dec("36"));
  EXPECT_EQ(of[3].value, dec("12"));
  auto empty = test::plan_of("0.5");
  empty.plan.planned_sessions = 0;
  EXPECT_FALSE(limits_of(empty));
  EXPECT_FALSE(limits_of(test::plan_of("0")));
}

TEST(LimitsOf, APlansOwnDoseOverItsOwnLengthPasses) {
  auto plan = test::plan_of("0.5");
  for (const int minutes : {7, 33, 35, 40, 60, 90}) {
    plan.plan.infusion_length = minutes * units::min;
    const auto set = *LimitSet::make(*limits_of(plan));
    for (const Checked& check : set.check(*as_wanted({dec("41"), Decimal{minutes}, {}}), context()))
      EXPECT_TRUE(check.kept) << check.sentence();
    const auto shorter = as_wanted({dec("41"), *subtract(Decimal{minutes}, dec("0.01")), {}});
    EXPECT_FALSE(set.check(*shorter, context())[1].kept) << minutes;
  }
}

TEST(LimitKind, HasWordsUnitAndNameOfItsOwn) {
  std::set<std::string_view> names;
  for (const LimitKind kind : all_limit_kinds()) {
    EXPECT_FALSE(limit_words(kind).empty());
    EXPECT_FALSE(limit_unit(kind).empty());
    names.insert(limit_name(kind));
  }
  EXPECT_EQ(names.size(), all_limit_kinds().size());
}

}  // namespace
}  // namespace evenkeel::plan
