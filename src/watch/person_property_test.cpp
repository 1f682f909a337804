// What may not change an outcome of the rules on a person, over random records. A failure prints its seed.

#include <gtest/gtest.h>

#include <random>

#include "support/chart.hpp"
#include "support/person_events.hpp"

namespace evenkeel::watch {
namespace {

using namespace test;
using care::LookedIn;
using care::SupplyKind;

std::vector<Rule> own_rules() {
  std::vector<Rule> own;
  for (const Rule& each : library().rules) {
    for (const char* check : {"craving", "requests", "neglect", "social_withdrawal", "dependence_score",
                              "illness_returning", "second_source", "home_supply", "many_prescribers"}) {
      if (each.check == check) own.push_back(each);
    }
  }
  return own;
}

using Random = std::mt19937_64;
int upto(Random& random, int most) {
  return static_cast<int>(random() % static_cast<unsigned>(most + 1));
}

care::Body any(Random& random) {
  switch (upto(random, 7)) {
    case 0:
      return craving(upto(random, 6));
    case 1:
      return daily({upto(random, 2), upto(random, 7), 0, upto(random, 9) == 0 ? 1 : 0});
    case 2:
      return dependence({upto(random, 2), upto(random, 1), upto(random, 2), upto(random, 9) == 0 ? 1 : 0});
    case 3:
      return phq9_of(3 + upto(random, 14), upto(random, 3), upto(random, 3));
    case 4:
      return asked(upto(random, 1) == 0 ? care::Topic::asked_sooner : care::Topic::scheduling);
    case 5:
      return looked(LookedIn::dispensing_history, upto(random, 4) == 0);
    case 6:
      return missed(upto(random, 1) == 0 ? care::MissedBecause::no_word : care::MissedBecause::travel);
    default:
      return noted(static_cast<care::Circumstance>(1 + upto(random, 8)));
  }
}

// A plan, an infusion, and something every second to fifth day for two to seven months.
History random_history(Random& random) {
  History history;
  history.add(day(0), plan());
  history.infuse("s1", day(1));
  double at = 2.0;
  for (int i = 0; i < 40; ++i) {
    at += 2.0 + upto(random, 3);
    history.add(day(at), any(random));
  }
  return history;
}

class PersonRules : public testing::TestWithParam<unsigned> {
 protected:
  Random random_{GetParam()};
  const std::vector<Rule> rules_ = own_rules();
};

TEST_P(PersonRules, OneMoreBadSignNeverLowersTheLevel) {
  const History history = random_history(random_);
  const Instant now = history.events.back().at + 2.0 * units::day;
  const int before = watch::level_of(watched(history, now, rules_));
  for (const care::Body& sign :
       {care::Body{craving(10)}, care::Body{daily({.work = 3, .contacts = 0})},
        care::Body{dependence({3, 3, 3, 1})}, care::Body{phq9_of(20, 3, 3)}, care::Body{asked()},
        care::Body{missed()}, care::Body{looked(LookedIn::dispensing_history, true)},
        care::Body{found_in(LookedIn::patient_report, {{.supplier = "at home", .for_home = true}})}}) {
    History worse = history;
    worse.add(now - 1.0 * units::day, sign);
    EXPECT_GE(watch::level_of(watched(worse, now, rules_)), before)
        << care::kind_text(sign) << ", seed " << GetParam();
  }
}

// What was found may only become "nothing found" where the sign itself, or what it is measured from, was
// removed.
TEST_P(PersonRules, RemovingDataNeverSilentlyImprovesThePicture) {
  const History history = random_history(random_);
  const Instant now = history.events.back().at + 2.0 * units::day;
  const auto before = watched(history, now, rules_);
  for (const care::Event& gone : history.events) {
    if (std::holds_alternative<care::PlanApproved>(gone.body) ||
        std::holds_alternative<care::SessionStarted>(gone.body) ||
        std::holds_alternative<care::SessionEnded>(gone.body))
      continue;
    History fewer = history;
    fewer.add(now - 1.0 * units::day, care::EnteredInError{gone.id, "typing"});
    const auto after = watched(fewer, now, rules_);
    for (std::size_t i = 0; i < before.size(); ++i) {
      if (after[i].outcome != Outcome::clear) continue;
      EXPECT_NE(before[i].outcome, Outcome::not_judged) << before[i].rule << ", seed " << GetParam();
      const bool its_own = std::ranges::any_of(before[i].findings, [&](const Finding& finding) {
        return std::ranges::find(finding.events, gone.id) != finding.events.end();
      });
      EXPECT_TRUE(before[i].outcome == Outcome::clear || its_own)
          << before[i].rule << " without " << gone.id << ", seed " << GetParam();
    }
  }
}

TEST_P(PersonRules, AYearLaterEveryFindingIsTheSame) {
  const Duration year = 364.0 * units::day;
  const History history = random_history(random_);
  History later = history;
  for (care::Event& event : later.events) {
    event.at = event.at + year;
    event.recorded_at = event.recorded_at + year;
  }
  const Instant now = history.events.back().at + 2.0 * units::day;
  const auto here = watched(history, now, rules_);
  const auto there = watched(later, now + year, rules_);
  for (std::size_t i = 0; i < here.size(); ++i) {
    EXPECT_EQ(here[i].outcome, there[i].outcome) << here[i].rule << ", seed " << GetParam();
    ASSERT_EQ(here[i].findings.size(), there[i].findings.size()) << here[i].rule << ", seed " << GetParam();
    for (std::size_t k = 0; k < here[i].findings.size(); ++k) {
      EXPECT_EQ(here[i].findings[k].events, there[i].findings[k].events);
      EXPECT_EQ(here[i].findings[k].level, there[i].findings[k].level);
      EXPECT_EQ(here[i].findings[k].explained_by.empty(), there[i].findings[k].explained_by.empty());
      EXPECT_TRUE(here[i].findings[k].since + year == there[i].findings[k].since);
    }
  }
}

TEST_P(PersonRules, AFindingBeganNoLaterThanItsNewestEvent) {
  const History history = random_history(random_);
  const Instant now = history.events.back().at + 2.0 * units::day;
  for (const RuleOutcome& outcome : watched(history, now, rules_)) {
    EXPECT_FALSE(outcome.why.empty());
    for (const Finding& finding : outcome.findings) {
      EXPECT_LE(finding.since, finding.latest) << outcome.rule << ", seed " << GetParam();
      EXPECT_LE(finding.latest, now);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, PersonRules, testing::Range(1U, 41U));

}  // namespace
}  // namespace evenkeel::watch
