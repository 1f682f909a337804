// The assessment as a whole: the level, who is asked to do what by when, what is said to be missing.

#include "assess/assess.hpp"

#include <gtest/gtest.h>

#include "support/chart.hpp"

namespace evenkeel::assess {
namespace {

using namespace test;
using care::LookedIn;

Assessment assessed(const History& history, Instant now) {
  return assess({history.record(), library(), now, "", {}});
}

const Action* action_of(const Assessment& found, std::string_view part) {
  const auto action = std::ranges::find_if(
      found.actions, [&](const Action& a) { return a.what.find(part) != std::string::npos; });
  return action == found.actions.end() ? nullptr : &*action;
}

bool missing(const Assessment& found, std::string_view part) {
  return std::ranges::any_of(found.missing,
                             [&](const std::string& text) { return text.find(part) != std::string::npos; });
}

History planned() {
  History history;
  history.add(day(0), test::plan());
  return history;
}

// The deadline of the level: of all actions the one with a date.
std::optional<Instant> deadline(const Assessment& assessment) {
  const auto dated =
      std::ranges::find_if(assessment.actions, [](const Action& action) { return action.by.has_value(); });
  return dated == assessment.actions.end() ? std::nullopt : dated->by;
}

TEST(Assess, AnEmptyRecordIsAssessedToo) {
  const Assessment found = assessed(History{}, day(0));
  EXPECT_EQ(found.level, 0);
  EXPECT_EQ(found.no_course_because, "no plan is approved in this record");
  EXPECT_FALSE(found.course);
  EXPECT_TRUE(missing(found, "no infusion is recorded"));
  EXPECT_TRUE(missing(found, "body weight"));
  EXPECT_EQ(found.rules.size(), library().rules.size());
}

TEST(Assess, WithoutAPlanSessionsAreShownButNotChecked) {
  History history;
  history.infuse("s1", day(1));
  const Assessment found = assessed(history, day(2));
  ASSERT_EQ(found.sessions.size(), 1U);
  EXPECT_EQ(found.sessions[0].not_checked, "no plan is approved in this record");
  EXPECT_TRUE(found.sessions[0].notes.empty());
}

TEST(Assess, AnUnknownProtocolIsNamedAndFindingsStillAskForALook) {
  care::PlanApproved other = test::plan();
  other.protocol_version = "9.9.9";
  History history;
  history.add(day(0), other);
  history.add(day(1), looked(LookedIn::toxicology, true));
  const Assessment found = assessed(history, day(2));
  EXPECT_NE(found.no_course_because.find("iv-ket-trd-0.5x40 9.9.9, which is not in the library"),
            std::string::npos);
  ASSERT_NE(action_of(found, "no protocol says by when"), nullptr);
  EXPECT_TRUE(action_of(found, "no protocol says by when")->urgent);
}

TEST(Assess, UsesOnlyWhatWasWrittenByNow) {
  History history = planned();
  history.add(day(1), craving(1));
  history.add(day(5), craving(9));
  const Assessment found = assessed(history, day(2));
  EXPECT_EQ(found.events, 2U);
  EXPECT_EQ(found.not_yet_known, 1U);
  EXPECT_EQ(found.scores.size(), 1U);
}

TEST(Assess, ADeadlineRunsFromTheEvidence) {
  History history = planned();
  history.add(day(10), looked(LookedIn::toxicology, true));
  for (const double now : {10.0, 12.0, 40.0}) {
    const Assessment found = assessed(history, day(now));
    EXPECT_EQ(found.level, 3);
    EXPECT_EQ(found.level_name, "act");
    EXPECT_EQ(deadline(found), day(13));
    EXPECT_TRUE(found.actions.front().urgent);
  }
}

TEST(Assess, FurtherEvidenceDoesNotPutADeadlineOff) {
  History history = planned();
  history.add(day(10), looked(LookedIn::toxicology, true));
  history.add(day(12), looked(LookedIn::outside_record, true));
  EXPECT_EQ(deadline(assessed(history, day(13))), day(13));
}

// The deadline of level 2 by two domains moved with each new finding of either.
TEST(Assess, TwoDomainsMakeLevelTwoFromTheSecondOn) {
  History history = planned();
  history.infuse("s1", day(1), "42");  // above the plan
  history.add(day(2), symptom(care::Symptom::nocturia));
  history.add(day(3), symptom(care::Symptom::nocturia));  // two visits
  EXPECT_EQ(assessed(history, day(20)).level, 2);
  EXPECT_EQ(deadline(assessed(history, day(20))), day(10));
  history.add(day(8), symptom(care::Symptom::urinary_urgency));
  history.add(day(9), symptom(care::Symptom::urinary_urgency));  // a further finding of the same domain
  EXPECT_EQ(assessed(history, day(20)).level, 2);
  EXPECT_EQ(deadline(assessed(history, day(20))), day(10));
}

TEST(Assess, RoutineHasNoDeadline) {
  History history = planned();
  const Assessment found = assessed(history, day(1));
  EXPECT_EQ(found.level, 0);
  EXPECT_EQ(found.level_name, "routine");
  EXPECT_FALSE(deadline(found));
}

TEST(Assess, TheSuicideItemAsksForAClinicianToday) {
  History history = planned();
  history.add(day(1), phq9("000000001"));
  const Assessment found = assessed(history, day(2));
  ASSERT_NE(action_of(found, "suicide risk screen"), nullptr);
  EXPECT_EQ(action_of(found, "suicide risk screen")->by, day(2)) << "the protocol's highest level: a day";
  EXPECT_TRUE(action_of(found, "suicide risk screen")->urgent);
  history.add(day(3), phq9("000000000"));
  EXPECT_EQ(action_of(assessed(history, day(4)), "suicide risk screen"), nullptr);
}

care::Evaluation asq(int answered) {
  care::Evaluation body{"asq", care::Moment::between_doses, {}, {}};
  for (int i = 1; i <= answered; ++i) body.answers[std::to_string(i)] = 0;
  return body;
}

// It could not be signed off, and a screen that a clinician had asked did not answer it.
TEST(Assess, AnUrgentAnswerIsAnsweredByAScreenOrAReviewThatNamesIt) {
  History history = planned();
  const std::string answer = history.add(day(1), phq9("000000001"));
  const auto asks = [](const History& so_far) {
    return action_of(assessed(so_far, day(4)), "suicide risk screen") != nullptr;
  };
  EXPECT_EQ(action_of(assessed(history, day(2)), "suicide risk screen")->events, std::vector{answer});
  History general = history;
  general.add(day(2), reviewed({"suicide-risk"}, care::Decision::watch));
  EXPECT_TRUE(asks(general)) << "a review of the rule names no answer";
  History named = history;
  care::Review seen = reviewed({}, care::Decision::act);
  seen.events = {answer};
  named.add(day(2), seen);
  EXPECT_FALSE(asks(named));
  named.add(day(3), phq9("000000002"));
  EXPECT_TRUE(asks(named)) << "a new answer is a new question";

  History screened = history;
  screened.add(day(2), asq(4));
  EXPECT_FALSE(asks(screened));
  History in_part = history;
  in_part.add(day(2), asq(3));
  EXPECT_TRUE(asks(in_part));
  History alone = history;
  alone.add(day(2), asq(4));
  alone.events.back().recorded_by = care::patient_alone;
  EXPECT_TRUE(asks(alone)) << "nobody has looked";
}

TEST(Assess, AScreenAnswersNothingButTheQuestionOfSuicide) {
  History history = planned();
  care::Evaluation blood{"bladder-check", care::Moment::between_doses, {{"blood", 1}}, {}};
  history.add(day(1), blood);
  history.add(day(2), asq(4));
  EXPECT_NE(action_of(assessed(history, day(3)), "visible blood"), nullptr);
}

// A stop rule had fired, and the chart said nothing of it.
TEST(Assess, WhatWaitsInASessionIsUrgentUntilItIsDecided) {
  History history = planned();
  history.add(day(1), started("s1"));
  history.add(day(1) + 10.0 * units::min, pressure("s1", 185));
  history.add(day(1) + 11.0 * units::min, rate("s1", "0"));
  const auto waits = [](const History& so_far) {
    const Assessment found = assessed(so_far, day(1) + 30.0 * units::min);
    const Action* action = action_of(found, "a hold waits for a decision about 'systolic-above-180'");
    return action != nullptr && action->urgent;
  };
  EXPECT_TRUE(waits(history));
  history.add(day(1) + 12.0 * units::min,
              care::SessionDecision{"s1", "systolic-above-180", true, "dr-a", "weighed"});
  EXPECT_FALSE(waits(history));
}

// A bare total, sent in later from elsewhere, made the action disappear.
TEST(Assess, ALaterScoreWithoutTheSuicideItemTakesNoActionAway) {
  History history = planned();
  history.add(day(1), phq9("000000003"));
  history.add(day(3), total("phq-9", 2));
  history.add(day(4), phq9("11111111"));
  const Assessment found = assessed(history, day(5));
  EXPECT_NE(action_of(found, "suicide risk screen"), nullptr);
  EXPECT_TRUE(missing(found, "event e4: item 9 of PHQ-9 has no answer, so it is not judged"));
  EXPECT_FALSE(missing(found, "event e3: item 9"));
}

TEST(Assess, SaysWhatIsOldUnknownOrIncomplete) {
  History history = planned();
  history.infuse("s1", day(1));
  history.add(day(2), total("madrs", 12));
  history.add(day(2), phq9("1111"));
  Assessment found = assessed(history, day(91));
  EXPECT_FALSE(missing(found, "body weight is from"));
  EXPECT_TRUE(missing(found, "date of birth"));
  EXPECT_TRUE(missing(found, "instrument 'madrs' is not in the library"));
  EXPECT_TRUE(missing(found, "event e5: no total, item 5 of PHQ-9 is not answered"));
  EXPECT_TRUE(missing(found, "bladder symptoms: never done under this plan"));
  found = assessed(history, day(91) + 1.0 * units::s);
  EXPECT_TRUE(missing(found, "body weight is from 2026-03-03"));
}

TEST(Assess, GivesTheBodyMassIndexOnlyOfBoth) {
  care::PatientFacts facts;
  facts.height_cm = 170.0;
  History history;
  history.add(day(0), facts);
  EXPECT_FALSE(assessed(history, day(1)).body_mass_index);
  facts.weight = 70.0 * units::kg;
  history.add(day(1), facts);
  EXPECT_NEAR(*assessed(history, day(2)).body_mass_index, 24.2215, 1e-4);
}

TEST(Assess, ListsTheVersionOfEverythingItUsed) {
  History history = planned();
  history.infuse("s1", day(1), "60");
  const Assessment found = assessed(history, day(2));
  std::vector<std::string> ids;
  for (const auto& [id, version] : found.versions) {
    ids.push_back(id);
    EXPECT_FALSE(version.empty()) << id;
  }
  const auto listed = [&](const std::string& id) { return std::ranges::find(ids, id) != ids.end(); };
  EXPECT_TRUE(listed("iv-ket-trd-0.5x40"));
  EXPECT_TRUE(listed(found.exposure.model->id));
  for (const auto& rule : library().rules) EXPECT_TRUE(listed(rule.id));
  for (const auto& instrument : library().instruments) EXPECT_TRUE(listed(instrument.id));
  for (const auto& cited : found.evidence) EXPECT_TRUE(listed(cited.id));
  EXPECT_FALSE(found.evidence.empty());
}

TEST(Assess, EveryFindingRestsOnEventsOfTheRecord) {
  History history = planned();
  history.infuse("s1", day(1), "60");
  history.add(day(2), looked(LookedIn::toxicology, true));
  const Assessment found = assessed(history, day(3));
  for (const auto& outcome : found.rules) {
    for (const auto& finding : outcome.findings) {
      for (const auto& id : finding.events)
        EXPECT_NE(std::ranges::find(history.events, id, &care::Event::id), history.events.end());
    }
  }
}

// Everything but the dates is the same when the whole record lies 52 weeks later.
TEST(Assess, AYearLaterTheNumbersAreTheSame) {
  const Duration year = 364.0 * units::day;
  History history = planned();
  history.infuse("s1", day(1), "60");
  history.infuse("s2", day(3), "60");
  History later = history;
  for (care::Event& event : later.events) {
    event.at = event.at + year;
    event.recorded_at = event.recorded_at + year;
    if (auto* plan = std::get_if<care::PlanApproved>(&event.body)) {
      plan->stop_date = Date::of(plan->stop_date.start() + year);
      plan->next_review = Date::of(plan->next_review.start() + year);
    }
  }
  const Assessment now = assessed(history, day(4));
  const Assessment then = assessed(later, day(4) + year);
  EXPECT_EQ(now.level, then.level);
  EXPECT_EQ(now.missing.size(), then.missing.size());
  EXPECT_EQ(now.course->due.size(), then.course->due.size());
  for (std::size_t i = 0; i < now.course->due.size(); ++i)
    EXPECT_EQ(now.course->due[i].state, then.course->due[i].state);
  for (std::size_t i = 0; i < now.exposure.sessions.size(); ++i) {
    EXPECT_NEAR(now.exposure.sessions[i].peak.value / then.exposure.sessions[i].peak.value, 1.0, 1e-9);
    EXPECT_NEAR(now.exposure.sessions[i].area / then.exposure.sessions[i].area, 1.0, 1e-9);
  }
}

}  // namespace
}  // namespace evenkeel::assess
