#include "plan/fresh.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "support/dose_question.hpp"

namespace evenkeel::plan {
namespace {

using test::at;
using test::dec;

std::vector<Gap> gaps_of(const DoseQuestion& q) {
  return gaps({q.patient, q.protocol, q.site, q.drug, q.purpose, q.now, q.start});
}

TEST(Gaps, NoneWhereAllIsKnownAndFresh) {
  for (const Gap& gap : gaps_of(test::steady_question(1))) ADD_FAILURE() << gap.sentence();
}

struct Broken {
  const char* name;
  GapKind kind;
  const char* what;
  std::function<void(DoseQuestion&)> breaks;
};

class GapsOfABrokenQuestion : public ::testing::TestWithParam<Broken> {};

TEST_P(GapsOfABrokenQuestion, NameWhatIsWrongAndWhatIsNeeded) {
  auto q = test::steady_question(1);
  GetParam().breaks(q);
  const auto found = gaps_of(q);
  const auto gap = std::ranges::find_if(found, [](const Gap& each) {
    return each.kind == GetParam().kind && each.what.starts_with(GetParam().what);
  });
  ASSERT_NE(gap, found.end()) << (found.empty() ? "no gap" : found.front().sentence());
  EXPECT_FALSE(gap->needed.empty());
}

INSTANTIATE_TEST_SUITE_P(
    Each, GapsOfABrokenQuestion,
    ::testing::Values(
        Broken{"NoWeight", GapKind::missing, "weight", [](auto& q) { q.patient.weight.reset(); }},
        Broken{"OldWeight", GapKind::stale, "weight",
               [](auto& q) { q.patient.weight->at = at("2026-03-09T08:59:59Z"); }},
        Broken{"WeightOfTomorrow", GapKind::contradictory, "weight",
               [](auto& q) { q.patient.weight->at = at("2026-03-17T09:00:00Z"); }},
        Broken{"NegativeWeight", GapKind::contradictory, "weight",
               [](auto& q) { q.patient.weight->kg = dec("-82"); }},
        Broken{"WeightMoved", GapKind::contradictory, "weight",
               [](auto& q) { q.patient.weight->kg = dec("61"); }},
        Broken{"WeightOnAnotherBasis", GapKind::contradictory, "weight basis",
               [](auto& q) { q.patient.weight->basis = care::WeightBasis::ideal; }},
        Broken{"NoPressure", GapKind::missing, "blood pressure", [](auto& q) { q.patient.pressure.reset(); }},
        Broken{"OldPressureToPlan", GapKind::stale, "blood pressure",
               [](auto& q) { q.patient.pressure->at = at("2026-03-08T09:00:00Z"); }},
        Broken{"PressureOfTheDayBeforeToGive", GapKind::stale, "blood pressure",
               [](auto& q) {
                 q.purpose = Purpose::giving;
                 q.patient.pressure->at = at("2026-03-15T09:00:00Z");
               }},
        Broken{"PressureUpsideDown", GapKind::contradictory, "blood pressure",
               [](auto& q) { q.patient.pressure->systolic_mmHg = 60; }},
        Broken{"NoOutcome", GapKind::missing, "outcome",
               [](auto& q) {
                 q.patient.response.latest.reset();
                 q.patient.response.baseline.reset();
               }},
        Broken{"OldOutcome", GapKind::stale, "outcome",
               [](auto& q) {
                 q.patient.response.baseline->at = at("2026-03-01T09:00:00Z");
                 q.patient.response.latest->at = at("2026-03-07T09:00:00Z");
               }},
        Broken{"OutcomeOfAnotherInstrument", GapKind::contradictory, "outcome",
               [](auto& q) { q.patient.response.latest->instrument = "gad-7"; }},
        Broken{"FallThatIsNotThatOfTheScores", GapKind::contradictory, "outcome",
               [](auto& q) { q.patient.response.fall = 0.6; }},
        Broken{"ResponseWithoutAFall", GapKind::contradictory, "outcome",
               [](auto& q) {
                 q.patient.response.fall.reset();
                 q.patient.response.response = true;
               }},
        Broken{"NoSuicideItem", GapKind::missing, "question about suicide",
               [](auto& q) { q.patient.suicide_item.reset(); }},
        Broken{"SuicideItemPositive", GapKind::held, "question about suicide",
               [](auto& q) { q.patient.suicide_item->answer = 1; }},
        Broken{"NoPlan", GapKind::missing, "plan", [](auto& q) { q.patient.plan.reset(); }},
        Broken{"PastTheStopDate", GapKind::held, "plan",
               [](auto& q) { q.patient.plan->plan.stop_date = *Date::parse("2026-03-15"); }},
        Broken{"ReviewOverdue", GapKind::stale, "review",
               [](auto& q) { q.patient.plan->plan.next_review = *Date::parse("2026-03-15"); }},
        Broken{"AnotherDrug", GapKind::contradictory, "drug",
               [](auto& q) { q.drug = care::Drug::esketamine; }},
        Broken{"AnotherProtocol", GapKind::contradictory, "protocol",
               [](auto& q) { q.patient.plan->plan.protocol_version = "0.9.0"; }},
        Broken{"AFixedDose", GapKind::held, "dose",
               [](auto& q) { q.patient.plan->plan.fixed_dose_mg = test::dec("56"); }},
        Broken{"AProtocolOfFixedDoses", GapKind::held, "dose", [](auto& q) { q.protocol.dosing.reset(); }},
        Broken{"FindingOfLevelThree", GapKind::held, "warning sign",
               [](auto& q) { q.patient.findings->push_back({"second-source", 3, q.now}); }},
        Broken{"SessionRuns", GapKind::held, "session", [](auto& q) { q.patient.session_running = true; }},
        Broken{"StartInThePast", GapKind::contradictory, "start",
               [](auto& q) { q.start = at("2026-03-16T08:00:00Z"); }},
        Broken{"OutsideTheHours", GapKind::held, "start", [](auto& q) { q.site.hours = {{2, 480, 1020}}; }},
        Broken{"DoseOfTomorrow", GapKind::contradictory, "earlier dose",
               [](auto& q) { q.patient.history.front().at = at("2026-03-17T10:00:00Z"); }},
        Broken{"RecordContradictsItself", GapKind::contradictory, "record",
               [](auto& q) { q.patient.contradictions = {"two infusions at once"}; }}),
    [](const auto& each) { return std::string(each.param.name); });

TEST(Gaps, AllAreListed) {
  auto q = test::steady_question(1);
  q.patient.weight.reset();
  q.patient.pressure.reset();
  q.patient.suicide_item.reset();
  EXPECT_EQ(gaps_of(q).size(), 3U);
}

TEST(Gaps, AFindingOfLevelTwoDoesNotHoldTheDose) {
  auto q = test::steady_question(1);
  q.patient.findings->push_back({"rate-band", 2, q.now});
  EXPECT_TRUE(gaps_of(q).empty());
}

TEST(Gaps, AnswerAboutSuicideThatWasReviewedDoesNotHold) {
  auto q = test::steady_question(1);
  q.patient.suicide_item->answer = 1;
  q.patient.suicide_item->reviewed = true;
  EXPECT_TRUE(gaps_of(q).empty());
}

TEST(IsOpen, KnowsDaysAndHours) {
  auto site = test::plain_site();
  EXPECT_TRUE(is_open(site, at("2026-03-16T03:00:00Z")));
  site.hours = {{1, 8 * 60, 17 * 60}};  // a Monday
  EXPECT_TRUE(is_open(site, at("2026-03-16T08:00:00Z")));
  EXPECT_FALSE(is_open(site, at("2026-03-16T17:00:00Z")));
  EXPECT_FALSE(is_open(site, at("2026-03-17T10:00:00Z")));
}

}  // namespace
}  // namespace evenkeel::plan
