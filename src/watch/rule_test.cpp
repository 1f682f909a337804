// What all rules share: closing and opening again, the level, and what may not change an outcome.

#include "watch/rule.hpp"

#include <gtest/gtest.h>

#include "support/chart.hpp"
#include "support/person_events.hpp"

namespace evenkeel::watch {
namespace {

using namespace test;
using care::Decision;
using care::LookedIn;

// Craving of 5 on days 0 and 1: one finding that rests on e1 and e2.
History craving_twice() {
  History history;
  history.add(day(0), craving(5));
  history.add(day(1), craving(5));
  return history;
}
std::optional<Closure> closed(const History& history) {
  return watched(history, day(10), "craving-between-doses").findings.at(0).closed;
}

TEST(Closure, IsByAReviewOfThatRuleThatSeesNoConcern) {
  History history = craving_twice();
  EXPECT_FALSE(closed(history));
  history.add(day(2), reviewed({"rate-band", "craving-between-doses"}));
  ASSERT_TRUE(closed(history));
  EXPECT_EQ(closed(history)->by, "dr-a");
  EXPECT_EQ(closed(history)->at, day(2));
  EXPECT_EQ(closed(history)->reason, "looked at");
}

TEST(Closure, IsNotByAnotherRulesReviewNorByAnotherDecision) {
  for (const auto& review : {reviewed({"rate-band"}), reviewed({"craving-between-doses"}, Decision::watch),
                             reviewed({"craving-between-doses"}, Decision::act), plan_review()}) {
    History history = craving_twice();
    history.add(day(2), review);
    EXPECT_FALSE(closed(history));
  }
}

TEST(Closure, EndsWithNewEvidenceAndWithTheReviewsCorrection) {
  History history = craving_twice();
  const std::string review = history.add(day(2), reviewed({"craving-between-doses"}));
  History corrected = history;
  corrected.add(day(3), care::EnteredInError{review, "wrong patient"});
  EXPECT_FALSE(closed(corrected));
  history.add(day(3), craving(5));
  EXPECT_FALSE(closed(history));
  history.add(day(4), reviewed({"craving-between-doses"}));
  EXPECT_TRUE(closed(history));
}

TEST(Closure, GoesByTheOrderOfWritingNotOfHappening) {
  History history = craving_twice();
  history.add(day(5), reviewed({"craving-between-doses"}));
  history.add(day(3), craving(6));  // happened before the review, unknown to it
  EXPECT_FALSE(closed(history));
}

RuleOutcome outcome_with(std::initializer_list<std::pair<const char*, int>> open, bool close = false) {
  RuleOutcome outcome;
  outcome.outcome = Outcome::found;
  for (const auto& [domain, level] : open) {
    Finding finding;
    finding.domain = domain;
    finding.level = level;
    if (close) finding.closed = Closure{};
    outcome.findings.push_back(finding);
  }
  return outcome;
}

TEST(LevelOf, IsTheHighestOpenFinding) {
  EXPECT_EQ(watch::level_of({}), 0);
  const std::vector<RuleOutcome> one{outcome_with({{"a", 1}, {"a", 3}})};
  EXPECT_EQ(watch::level_of(one), 3);
  const std::vector<RuleOutcome> shut{outcome_with({{"a", 1}}), outcome_with({{"a", 3}, {"b", 1}}, true)};
  EXPECT_EQ(watch::level_of(shut), 1);
}

TEST(LevelOf, IsAtLeastTwoForTwoDomains) {
  const std::vector<RuleOutcome> same{outcome_with({{"a", 1}}), outcome_with({{"a", 1}})};
  EXPECT_EQ(watch::level_of(same), 1);
  const std::vector<RuleOutcome> two{outcome_with({{"a", 1}}), outcome_with({{"b", 1}})};
  EXPECT_EQ(watch::level_of(two), 2);
  const std::vector<RuleOutcome> high{outcome_with({{"a", 1}}), outcome_with({{"b", 3}})};
  EXPECT_EQ(watch::level_of(high), 3);
}

TEST(Run, GivesAnOutcomeForEachRuleInOrder) {
  const auto outcomes = watched(History{}, day(0), library().rules);
  ASSERT_EQ(outcomes.size(), library().rules.size());
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    EXPECT_EQ(outcomes[i].rule, library().rules[i].id);
    EXPECT_EQ(outcomes[i].outcome, Outcome::not_judged);  // an empty record shows nothing
    EXPECT_FALSE(outcomes[i].why.empty());
  }
}

// A course with a sign of every rule.
History troubled() {
  History history;
  history.add(day(0), plan());
  for (int i = 1; i <= 5; ++i) history.infuse("s" + std::to_string(i), day(i), i < 5 ? "35" : "60");
  history.add(day(6), dose_change("0.9", care::ChangeReason::administrative));
  for (const int score : {1, 5, 6}) history.add(day(7 + score), craving(score));
  history.add(day(14), symptom(care::Symptom::nocturia));
  history.add(day(15), symptom(care::Symptom::nocturia));
  history.add(day(16), looked(LookedIn::patient_report, true));
  add_person_signs(history);
  return history;
}

TEST(Metamorphic, ATroubledCourseShowsASignOfEveryRule) {
  for (const auto& outcome : watched(troubled(), day(20), library().rules)) {
    if (rule(outcome.rule).site_instrument) continue;  // its instrument is not here
    EXPECT_EQ(outcome.outcome, Outcome::found) << outcome.rule;
  }
}

TEST(Metamorphic, AYearLaterEveryFindingIsTheSame) {
  const Duration year = 364.0 * units::day;  // a whole number of weeks
  History later = troubled();
  for (care::Event& event : later.events) {
    event.at = event.at + year;
    event.recorded_at = event.recorded_at + year;
    if (auto* look = std::get_if<care::OtherSource>(&event.body)) {
      for (auto& found : look->found) {
        if (found.dispensed) found.dispensed = Date::of(found.dispensed->start() + year);
      }
    }
  }
  const auto now = watched(troubled(), day(20), library().rules);
  const auto then = watched(later, day(20) + year, library().rules);
  for (std::size_t i = 0; i < now.size(); ++i) {
    EXPECT_EQ(now[i].outcome, then[i].outcome);
    ASSERT_EQ(now[i].findings.size(), then[i].findings.size()) << now[i].rule;
    for (std::size_t k = 0; k < now[i].findings.size(); ++k) {
      EXPECT_EQ(now[i].findings[k].events, then[i].findings[k].events);
      EXPECT_EQ(now[i].findings[k].level, then[i].findings[k].level);
    }
  }
}

TEST(Metamorphic, AddingABadSignNeverLowersTheLevel) {
  History history = troubled();
  for (std::size_t length = 1; length <= history.events.size(); ++length) {
    History begun;
    begun.events.assign(history.events.begin(), history.events.begin() + static_cast<std::ptrdiff_t>(length));
    const Instant now = day(20);
    const int before = test::level_of(begun, now);
    for (const care::Body& sign :
         {care::Body{craving(10)}, care::Body{symptom(care::Symptom::nocturia, care::Severity::severe)},
          care::Body{symptom(care::Symptom::blood_in_urine)},
          care::Body{looked(LookedIn::dispensing_history, true)},
          care::Body{looked(LookedIn::toxicology, true)}}) {
      History worse = begun;
      worse.add(day(19), sign);
      EXPECT_GE(test::level_of(worse, now), before) << "after event " << length;
    }
  }
}

// What is taken away may end a finding, but never makes an answer of "not judged".
TEST(Metamorphic, RemovingAnEventNeverTurnsNotJudgedIntoClear) {
  const History whole = troubled();
  for (std::size_t gone = 0; gone < whole.events.size(); ++gone) {
    if (std::holds_alternative<care::PlanApproved>(whole.events[gone].body)) continue;
    const Instant now = day(300);  // long after: most rules have nothing recent to go by
    History fewer = whole;
    fewer.add(day(17), care::EnteredInError{whole.events[gone].id, "typing"});
    const auto before = watched(whole, now, library().rules);
    const auto after = watched(fewer, now, library().rules);
    for (std::size_t i = 0; i < before.size(); ++i) {
      if (before[i].outcome != Outcome::not_judged) continue;
      EXPECT_NE(after[i].outcome, Outcome::clear) << before[i].rule << " without " << whole.events[gone].id;
    }
  }
}

}  // namespace
}  // namespace evenkeel::watch
