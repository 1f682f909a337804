// Drug tests against the clinic's own dose: by the published window and by the model.

#include <gtest/gtest.h>

#include "support/chart.hpp"

namespace evenkeel::watch {
namespace {

using namespace test;
using care::Specimen;
using care::Substance;

constexpr auto ng_per_mL = units::ng / units::mL;

care::Toxicology drug_test(Substance substance = Substance::ketamine, bool found = true,
                           bool confirmed = true, Specimen specimen = Specimen::urine,
                           std::optional<double> limit_ng_mL = 10.0) {
  care::Toxicology body{specimen, confirmed, {}};
  care::Toxicology::Result result{substance, found, {}, ""};
  if (limit_ng_mL) result.limit = *limit_ng_mL * ng_per_mL;
  if (substance == Substance::other) result.note = "mephedrone";
  body.results.push_back(result);
  return body;
}
RuleOutcome tested(const History& history, Instant now = day(60)) {
  return watched(history, now, "toxicology");
}
// An infusion of 40 min on day 1, and a test so many hours after its end.
History after(double hours, const care::Toxicology& body) {
  History history;
  history.add(day(0), plan());
  history.infuse("s1", day(1));
  history.add(day(1) + (40.0 / 60.0 + hours) * units::h, body);
  return history;
}
// The same with what the model is to say of it.
RuleOutcome predicted(double hours, double typical, double upper,
                      const care::Toxicology& body = drug_test()) {
  const History history = after(hours, body);
  const Instant now = day(60);
  const care::Record known = history.record().as_known_at(now);
  const auto valid = known.valid();
  const auto sessions = care::sessions(valid, now);
  const auto scores = care::scores(valid, library().instruments);
  Prediction prediction{"a model 1.0.0", "", "a typical patient of this weight", 0.95, {}, {}};
  prediction.tests.push_back({history.events.back().id, typical * ng_per_mL, upper * ng_per_mL});
  const Chart chart{valid,     sessions, scores, care::plan_at(valid, now), now, library().instruments,
                    prediction};
  return watch::run(std::span{&rule("toxicology"), 1}, chart).front();
}

TEST(Toxicology, IsNotJudgedWhereNoTestLookedForKetamine) {
  EXPECT_EQ(tested(History{}).outcome, Outcome::not_judged);
  EXPECT_EQ(tested(after(100, drug_test(Substance::opioid, false))).outcome, Outcome::not_judged);
  const History history = after(24, drug_test(Substance::ketamine, false));
  EXPECT_EQ(tested(history).outcome, Outcome::clear);
  EXPECT_EQ(tested(history, day(185)).outcome, Outcome::clear);
  EXPECT_EQ(tested(history, day(186)).outcome, Outcome::not_judged);
}

TEST(Toxicology, WithinTheWindowTheClinicsDoseExplainsIt) {
  const auto outcome = predicted(72, 0.1, 0.2);
  EXPECT_EQ(outcome.outcome, Outcome::clear);
  EXPECT_EQ(
      outcome.why,
      "ketamine found in urine on 2026-03-06 (confirmed by a specific method), 72 h after the end of the "
      "clinic's last dose (2026-03-03), when 0.1 ng/mL (up to 0.2) are predicted in the blood: that dose "
      "explains it");
}

TEST(Toxicology, BeyondTheWindowAndBelowTheLimitIsLevelThree) {
  const auto outcome = predicted(73, 2.0, 6.0);
  ASSERT_EQ(outcome.findings.size(), 1U);
  const Finding& f = outcome.findings[0];
  EXPECT_EQ(f.level, 3);
  EXPECT_NE(f.text.find("73 h after the end of the clinic's last dose (2026-03-03)"), std::string::npos)
      << f.text;
  EXPECT_NE(
      f.text.find(
          "a model 1.0.0 for a typical patient of this weight predicts 2 ng/mL in the blood by then, and "
          "less than 6 in 95 % of people given the same; the test's limit is 10 ng/mL; the model is of "
          "blood, and for urine the window of 72 h is a weak published figure"),
      std::string::npos)
      << f.text;
  EXPECT_EQ(f.since, f.latest);
}

TEST(Toxicology, IsExpectedWhereTheModelsUpperBoundReachesTheLimit) {
  EXPECT_EQ(predicted(73, 2.0, 9.99).outcome, Outcome::found);
  EXPECT_EQ(predicted(73, 2.0, 10.0).outcome, Outcome::clear);
}

TEST(Toxicology, SupposesAVerySensitiveTestWhereNoLimitIsRecorded) {
  const auto body = drug_test(Substance::ketamine, true, true, Specimen::blood, {});
  EXPECT_EQ(predicted(73, 0.4, 1.0, body).outcome, Outcome::clear);
  const auto outcome = predicted(73, 0.4, 0.99, body);
  ASSERT_EQ(outcome.findings.size(), 1U);
  EXPECT_NE(outcome.findings[0].text.find("(none is recorded: that of a very sensitive test is supposed)"),
            std::string::npos);
  EXPECT_EQ(outcome.findings[0].text.find("the model is of blood"), std::string::npos);
}

TEST(Toxicology, AScreeningTestIsLevelTwoAndIsToBeConfirmed) {
  const auto outcome = predicted(100, 0.1, 0.2, drug_test(Substance::ketamine, true, false));
  ASSERT_EQ(outcome.findings.size(), 1U);
  EXPECT_EQ(outcome.findings[0].level, 2);
  EXPECT_NE(outcome.findings[0].text.find("have it confirmed by a specific method"), std::string::npos);
}

TEST(Toxicology, HairIsNeverJudgedByTime) {
  const auto hair = drug_test(Substance::ketamine, true, true, Specimen::hair);
  const auto outcome = predicted(1000, 0.0, 0.0, hair);
  EXPECT_EQ(outcome.outcome, Outcome::clear);
  EXPECT_NE(outcome.why.find("hair cannot be dated"), std::string::npos);
}

TEST(Toxicology, IsUnexpectedWhereTheClinicHasGivenNone) {
  History history;
  history.add(day(1), drug_test());
  EXPECT_EQ(tested(history).findings.at(0).level, 3);
  history.infuse("s1", day(2));
  EXPECT_EQ(tested(history).findings.at(0).level, 3);
  History hair;
  hair.add(day(1), drug_test(Substance::ketamine, true, true, Specimen::hair));
  EXPECT_EQ(tested(hair).findings.at(0).level, 2);  // it may be from long before
}

TEST(Toxicology, WithoutAModelTheTimeAloneDecidesAfterAWeek) {
  const auto nasal = [](double hours) {
    History history;
    auto spray = started("s1", "56");
    spray.drug = care::Drug::esketamine;
    spray.route = care::Route::intranasal;
    history.add(day(1), spray);
    history.add(day(1) + 40.0 * units::min, ended("s1", "56"));
    history.add(day(1) + (40.0 / 60.0 + hours) * units::h, drug_test());
    return tested(history);
  };
  EXPECT_EQ(nasal(72).outcome, Outcome::clear);
  const auto open = nasal(160);
  EXPECT_EQ(open.outcome, Outcome::not_judged);
  EXPECT_NE(open.why.find("so within 7 days of a dose it cannot be told"), std::string::npos) << open.why;
  const auto outcome = nasal(169);
  ASSERT_EQ(outcome.findings.size(), 1U);
  EXPECT_NE(outcome.findings[0].text.find("nothing is predicted to be left"), std::string::npos);
}

TEST(Toxicology, NorketamineAloneIsNotHeldAgainstKetaminesPrediction) {
  const auto open = predicted(100, 0.0, 0.0, drug_test(Substance::norketamine));
  EXPECT_EQ(open.outcome, Outcome::clear);
  EXPECT_NE(open.why.find("norketamine stays longer"), std::string::npos) << open.why;
  EXPECT_EQ(predicted(200, 0.0, 0.0, drug_test(Substance::norketamine)).outcome, Outcome::found);
}

TEST(Toxicology, AnAnaestheticElsewhereExplainsItAndRaisesNoLevel) {
  const auto with = [](double hours_before) {
    History history = after(300, drug_test());
    const Instant at = history.events.back().at;
    history.add(at - hours_before * units::h, care::CircumstanceNoted{care::Circumstance::anaesthetic, ""});
    return tested(history);
  };
  const auto outcome = with(24);
  ASSERT_EQ(outcome.findings.size(), 1U);
  EXPECT_FALSE(outcome.findings[0].counts());
  EXPECT_NE(outcome.findings[0].explained_by.find("an anaesthetic or emergency care elsewhere noted on"),
            std::string::npos);
  EXPECT_TRUE(with(8.1 * 24).findings.at(0).counts());
}

TEST(Toxicology, OtherSubstancesAreAskedAboutAndSedatingOnesAreAnotherRules) {
  const auto level = [](Substance substance, bool confirmed) {
    const auto outcome = tested(after(24, drug_test(substance, true, confirmed)));
    return outcome.findings.empty() ? 0 : outcome.findings[0].level;
  };
  for (const Substance substance :
       {Substance::amphetamine, Substance::cocaine, Substance::cannabis, Substance::other}) {
    EXPECT_EQ(level(substance, false), 1);
    EXPECT_EQ(level(substance, true), 2);
  }
  for (const Substance substance :
       {Substance::opioid, Substance::benzodiazepine, Substance::ghb, Substance::alcohol})
    EXPECT_EQ(level(substance, true), 0);
  EXPECT_NE(
      tested(after(24, drug_test(Substance::other))).findings.at(0).text.find("mephedrone found in urine"),
      std::string::npos);
}

TEST(Toxicology, APrescribedStimulantIsExplained) {
  const auto outcome = [](care::Prescribed by, bool taken) {
    History history;
    history.add(day(0), care::MedicineChanged{Substance::amphetamine, "lisdexamfetamine", true, by, ""});
    if (!taken)
      history.add(day(0.5), care::MedicineChanged{Substance::amphetamine, "lisdexamfetamine", false, by, ""});
    history.add(day(1), drug_test(Substance::amphetamine));
    return tested(history).findings.at(0).explained_by;
  };
  EXPECT_EQ(outcome(care::Prescribed::elsewhere, true),
            "lisdexamfetamine, prescribed elsewhere, since 2026-03-02");
  EXPECT_EQ(outcome(care::Prescribed::elsewhere, false), "");
  EXPECT_EQ(outcome(care::Prescribed::not_prescribed, true), "");
}

TEST(Toxicology, ByTheShippedModel) {
  EXPECT_EQ(tested(after(71, drug_test())).outcome, Outcome::clear);
  EXPECT_EQ(tested(after(120, drug_test())).findings.at(0).level, 3);
}

}  // namespace
}  // namespace evenkeel::watch
