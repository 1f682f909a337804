// What warning signs are judged against, by a second road each: the exposure's trajectory, a plain quantile
// over the model's spread, and one infusion at a time beside the whole record.

#include "assess/prediction.hpp"

#include <gtest/gtest.h>

#include "assess/individualise.hpp"
#include "assess/matching.hpp"
#include "pkpd/population.hpp"
#include "pkpd/random.hpp"
#include "pkpd/structure.hpp"
#include "support/chart.hpp"

namespace evenkeel::assess {
namespace {

using namespace test;
using units::h;
using units::mg;

constexpr auto ng_per_mL = units::ng / units::mL;

// A record made ready to be asked about; refers to nothing outside.
struct Asked {
  std::vector<care::Event> valid;
  std::vector<care::Session> sessions;
  care::Facts facts;

  explicit Asked(const History& history)
      : valid(history.record().valid()),
        sessions(care::sessions(valid, day(300))),
        facts(care::latest_facts(valid)) {
    if (!facts.born) facts.born = *Date::parse("1984-05-02");
  }
  [[nodiscard]] ExposureQuestion question(std::string model = "", bool lines_set_aside = false) const {
    return {valid, sessions, library().models, std::move(model), facts, lines_set_aside};
  }
};

const pkpd::Model& model_of(const Asked& asked) {
  return **choose_model(asked.question());
}

care::Toxicology drug_test() {
  return {care::Specimen::blood, true, {{care::Substance::ketamine, true, {}, ""}}};
}

// Four infusions, the second within a day of the first, and a test after each.
History four() {
  History history;
  int number = 0;
  for (const double at : {1.0, 1.9, 8.0, 11.0}) {
    ++number;
    history.infuse("s" + std::to_string(number), day(at), number == 3 ? "49" : "35", 70.0 + number);
    history.add(day(at + 0.5), drug_test());
  }
  return history;
}

TEST(Predict, AgreesWithTheTrajectoryOfTheExposure) {
  const Asked asked{four()};
  const auto found = predict(asked.question());
  const auto shown = expose(asked.question());
  ASSERT_EQ(found.sessions.size(), 4U);
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(found.sessions[i].session, shown.sessions[i].session);
    const CurvePoint& at_end = shown.sessions[i].curve.at(20);  // every two minutes
    ASSERT_EQ(at_end.minutes, 40.0);
    // What is left after a week is left out on one road and not on the other.
    EXPECT_NEAR(found.sessions[i].end / at_end.value, 1.0, 1e-4) << i;
  }
  // Where no session follows the whole window of 24 h is the exposure's as well.
  EXPECT_NEAR(found.sessions[3].day / shown.sessions[3].area, 1.0, 1e-4);
  EXPECT_GT(found.sessions[0].day, shown.sessions[0].area);  // which ends with the next session
  EXPECT_EQ(found.model, model_of(asked).id + " " + model_of(asked).version);
  EXPECT_EQ(found.own, "a typical patient of this weight");
}

TEST(Predict, GivesTheSameForOneMoreInfusionAsForTheWholeRecord) {
  const Asked asked{four()};
  const auto whole = predict(asked.question());
  const Predictor predictor(model_of(asked));
  for (std::size_t i = 0; i < asked.sessions.size(); ++i) {
    const auto one = predictor.session(std::span{asked.sessions}.first(i + 1), asked.facts);
    ASSERT_TRUE(one);
    EXPECT_EQ(one->end.in(ng_per_mL), whole.sessions[i].end.in(ng_per_mL));
    EXPECT_EQ(one->day.in(units::mg * units::h / units::L),
              whole.sessions[i].day.in(units::mg * units::h / units::L));
  }
  for (const care::Event& event : asked.valid) {
    if (!std::holds_alternative<care::Toxicology>(event.body)) continue;
    const auto one = predictor.test(asked.sessions, asked.facts, event);
    const auto of_whole = std::ranges::find(whole.tests, event.id, &watch::PredictedTest::event);
    ASSERT_TRUE(one && of_whole != whole.tests.end());
    EXPECT_EQ(one->upper.in(ng_per_mL), of_whole->upper.in(ng_per_mL));
  }
}

// 95 of 100 people have less: counted in a crowd of the model's own spread, drawn with another seed.
TEST(Predict, TheUpperBoundIsTheShareItSaysInAnotherCrowd) {
  History history;
  history.infuse("s1", day(1));
  history.add(day(3), drug_test());
  const Asked asked{history};
  const auto found = predict(asked.question());
  ASSERT_EQ(found.tests.size(), 1U);
  const pkpd::Structure structure(model_of(asked));
  const auto people = pkpd::Population::make(
      structure, patient_at(asked.sessions[0].weight, asked.sessions[0].start, asked.facts), 99);
  ASSERT_TRUE(people);
  const care::RateSegment& run = asked.sessions[0].infusion.at(0);
  int below = 0;
  constexpr int crowd = 2000;
  for (std::uint32_t member = 0; member < crowd; ++member) {
    const auto system = structure.system(*people->subject(member));
    const auto course = pkpd::Trajectory::make(
        {{Duration{}, *system}}, std::vector<pkpd::Dose>{{Duration{}, run.until - run.from, run.amount}});
    below += course->concentration(day(3) - run.from) < found.tests[0].upper;
  }
  EXPECT_NEAR(below / static_cast<double>(crowd), 0.95, 0.03);
  EXPECT_LT(found.tests[0].typical, found.tests[0].upper);
}

TEST(Predict, GrowsWithTheDoseAndFallsWithTime) {
  const auto upper = [](const char* dose, double at) {
    History history;
    history.infuse("s1", day(1), dose);
    history.add(day(at), drug_test());
    return predict(Asked{history}.question()).tests.at(0).upper;
  };
  EXPECT_NEAR(upper("70", 3) / upper("35", 3), 2.0, 1e-9);
  EXPECT_GT(upper("35", 2), upper("35", 3));
  EXPECT_EQ(upper("35", 8).in(ng_per_mL), 0.0);  // a week after it began
  EXPECT_GT(upper("35", 7.99).in(ng_per_mL), 0.0);
}

// A rate that contradicts the total: neither that infusion nor what comes within the week is predicted.
TEST(Predict, NothingWithinAWeekOfAnUnknownInfusion) {
  History history;
  history.add(day(1), started("s1"));
  history.add(day(1) + 10.0 * units::min, rate("s1", "300"));
  history.add(day(1) + 40.0 * units::min, ended("s1", "35"));
  history.infuse("s2", day(5));
  history.add(day(6), drug_test());
  history.infuse("s3", day(9));
  history.add(day(13), drug_test());
  const auto found = predict(Asked{history}.question());
  ASSERT_EQ(found.sessions.size(), 1U);
  EXPECT_EQ(found.sessions[0].session, "s3");
  ASSERT_EQ(found.tests.size(), 1U);
  EXPECT_EQ(found.tests[0].event, history.events.back().id);
}

TEST(Predict, SaysWhyNothingIsPredicted) {
  EXPECT_EQ(predict(Asked{History{}}.question()).why_not, "no infusion is recorded");
  History nasal;
  auto spray = started("s1", "56");
  spray.route = care::Route::intranasal;
  nasal.add(day(1), spray);
  nasal.add(day(1) + 40.0 * units::min, ended("s1", "56"));
  const auto by_nose = predict(Asked{nasal}.question());
  EXPECT_TRUE(by_nose.sessions.empty());
  History history;
  history.infuse("s1", day(1));
  const auto unknown = predict(Asked{history}.question("no-such-model"));
  EXPECT_FALSE(unknown.why_not.empty());
  EXPECT_TRUE(unknown.sessions.empty());
}

TEST(Predict, NothingOutsideTheModelsDomain) {
  History history;
  history.infuse("s1", day(1), "3", 7.0);  // 7 kg
  history.add(day(2), drug_test());
  const auto found = predict(Asked{history}.question());
  EXPECT_TRUE(found.sessions.empty());
  EXPECT_TRUE(found.tests.empty());
}

TEST(Predict, NoTestWhereLinesWereSetAside) {
  const Asked asked{four()};
  EXPECT_EQ(predict(asked.question("", true)).tests.size(), 0U);
  EXPECT_EQ(predict(asked.question("", true)).sessions.size(), 4U);
}

OwnParameter own(std::string name, double typical, double most_likely) {
  OwnParameter made;
  made.estimate.name = std::move(name);
  made.estimate.typical = typical;
  made.estimate.most_likely = most_likely;
  return made;
}

TEST(Predict, UsesThePatientsOwnParameters) {
  const Asked asked{four()};
  const auto typical = predict(asked.question());
  const std::vector<OwnParameter> same{own("CL", 80.0, 80.0)};
  const auto unmoved = predict(asked.question(), same);
  EXPECT_EQ(unmoved.sessions[0].end.in(ng_per_mL), typical.sessions[0].end.in(ng_per_mL));
  EXPECT_EQ(unmoved.own, "the patient's own parameters");
  const std::vector<OwnParameter> slow{own("CL", 80.0, 20.0)};
  const auto slower = predict(asked.question(), slow);
  EXPECT_GT(slower.sessions[0].end, typical.sessions[0].end);
  ASSERT_FALSE(slower.tests.empty());
  for (const watch::PredictedTest& test : slower.tests) EXPECT_LE(test.typical, test.upper);
}

TEST(Predict, AnAssayDrawsThePredictionTowardsIt) {
  History history;
  history.infuse("s1", day(1));
  care::Assay assay{care::Analyte::ketamine, care::Site::arterial, 260.0 * ng_per_mL, {}};
  const Asked plain{history};
  if (model_of(plain).outputs.front().site == pkpd::SamplingSite::venous) assay.site = care::Site::venous;
  history.add(day(1) + 40.0 * units::min, assay);
  const Asked asked{history};
  IndividualOptions options;
  options.assumed_sd = 0.1;  // the model states no scatter
  const auto estimated = individualise(asked.question(), model_of(asked), options);
  ASSERT_TRUE(estimated) << to_string(estimated.error());
  ASSERT_EQ(estimated->measured, 1U);
  const auto with = predict(asked.question(), estimated->parameters);
  const auto without = predict(asked.question());
  const double measured = 260.0;
  EXPECT_LT(std::abs(with.sessions.at(0).end.in(ng_per_mL)-measured),
            std::abs(without.sessions.at(0).end.in(ng_per_mL)-measured));
}

}  // namespace
}  // namespace evenkeel::assess
