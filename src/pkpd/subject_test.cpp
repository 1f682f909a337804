#include "pkpd/subject.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "support/linear_models.hpp"

namespace evenkeel::pkpd {
namespace {

using test::absorption_model;
using test::weighed_model;
using units::h;
using units::kg;
using units::mg;

Row row(double at_h, std::vector<std::optional<double>> told = {}, int occasion = 1) {
  return {at_h * h, RecordKind::observation, {}, occasion, std::move(told)};
}
Row bolus(double at_h, std::vector<std::optional<double>> told = {}) {
  DoseSpec dose;
  dose.amount = 100.0 * mg;
  return {at_h * h, RecordKind::dose, dose, 1, std::move(told)};
}

Signal weight(Carried carried) {
  return {Covariate::weight, carried};
}

Subject made(const Structure& structure, const History& history, const Person& person = {}) {
  auto subject = make_subject(structure, history, person);
  EXPECT_TRUE(subject.has_value()) << (subject ? "" : to_string(subject.error().error));
  return subject ? *std::move(subject) : Subject{};
}

double clearance(const Subject& subject, InForce in_force) {
  return subject.values[in_force.values][0];
}

const Structure weighed{weighed_model()};
const Patient adult{.weight = 70.0 * kg, .age_years = 40.0};

TEST(MakeSubject, KeepsEachSetOfParametersAndEachSystemOnce) {
  const History history{{weight(Carried::backward)},
                        {bolus(0.0, {70.0}), row(1.0, {70.0}), row(2.0, {80.0}), row(3.0, {70.0})}};
  const Subject subject = made(weighed, history, {.patient = adult});
  EXPECT_EQ(subject.values.size(), 2U);
  EXPECT_EQ(subject.systems.size(), 2U);
  EXPECT_EQ(subject.records[3].in_force, subject.records[0].in_force);
}

TEST(MakeSubject, SharesTheSystemWhereOnlyALagDiffers) {
  const History history{{{Covariate::age, Carried::backward}}, {bolus(0.0, {40.0}), row(1.0, {20.0})}};
  const Subject subject = made(weighed, history, {.patient = adult});
  EXPECT_EQ(subject.values.size(), 2U);
  EXPECT_EQ(subject.systems.size(), 1U);
}

TEST(MakeSubject, BackwardNeedsNoStretches) {
  const History history{{weight(Carried::backward)}, {bolus(0.0, {70.0}), row(2.0, {80.0})}};
  const Subject subject = made(weighed, history, {.patient = adult});
  EXPECT_TRUE(subject.records[1].before.empty());
  EXPECT_DOUBLE_EQ(clearance(subject, subject.records[1].in_force), 10.0 * std::pow(80.0 / 70.0, 0.75));
}

TEST(MakeSubject, ForwardHoldsUpToTheNextRecord) {
  const History history{{weight(Carried::forward)}, {bolus(0.0, {70.0}), row(2.0, {80.0})}};
  const Subject subject = made(weighed, history, {.patient = adult});
  ASSERT_EQ(subject.records[1].before.size(), 1U);
  EXPECT_EQ(subject.records[1].before[0].until, 2.0 * h);
  EXPECT_EQ(subject.records[1].before[0].in_force, subject.records[0].in_force);
  EXPECT_DOUBLE_EQ(clearance(subject, subject.records[1].in_force), 10.0 * std::pow(80.0 / 70.0, 0.75));
}

TEST(MakeSubject, CarriesEachCovariateItsOwnWay) {
  const History history{{weight(Carried::forward), {Covariate::age, Carried::backward}},
                        {bolus(0.0, {70.0, 40.0}), row(2.0, {80.0, 20.0})}};
  const Subject subject = made(weighed, history);
  ASSERT_EQ(subject.records[1].before.size(), 1U);
  const Values& between = subject.values[subject.records[1].before[0].in_force.values];
  EXPECT_DOUBLE_EQ(between[0], 10.0);
  EXPECT_DOUBLE_EQ(between[*weighed.parameter("ALAG1")], 0.35);
}

// Clearances of the weights that the rows are given, where only the outer ones and the middle are told.
std::vector<double> filled(Carried carried) {
  const History history{{weight(carried)},
                        {row(0.0, {std::nullopt}), row(1.0, {60.0}), row(2.0, {std::nullopt}),
                         row(5.0, {80.0}), row(6.0, {std::nullopt})}};
  const Subject subject = made(weighed, history, {.patient = adult});
  std::vector<double> weights;
  for (const Record& record : subject.records)
    weights.push_back(70.0 * std::pow(clearance(subject, record.in_force) / 10.0, 1.0 / 0.75));
  return weights;
}

void expect_near(const std::vector<double>& found, const std::vector<double>& expected) {
  ASSERT_EQ(found.size(), expected.size());
  for (std::size_t i = 0; i < found.size(); ++i) EXPECT_NEAR(found[i], expected[i], 1e-9) << i;
}

TEST(MakeSubject, FillsWhatARowDoesNotTellInTheSameWay) {
  expect_near(filled(Carried::backward), {60.0, 60.0, 80.0, 80.0, 80.0});
  expect_near(filled(Carried::forward), {60.0, 60.0, 60.0, 80.0, 80.0});
  expect_near(filled(Carried::linear), {60.0, 60.0, 65.0, 80.0, 80.0});
}

TEST(MakeSubject, RefusesToFillALineAcrossAClockSetBack) {
  Row reset = row(0.5, {std::nullopt});
  reset.kind = RecordKind::reset;
  History history{{weight(Carried::linear)}, {row(0.0, {60.0}), row(1.0, {60.0}), reset, row(2.0, {80.0})}};
  const auto refused = make_subject(weighed, history, {.patient = adult});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().record, 2U);
  EXPECT_NE(refused.error().error.what.find("the clock is set back"), std::string::npos);
  history.signals[0].carried = Carried::forward;
  EXPECT_TRUE(make_subject(weighed, history, {.patient = adult}));
  history.signals[0].carried = Carried::linear;
  history.rows[3].told = {60.0};  // whichever way: 60
  EXPECT_TRUE(make_subject(weighed, history, {.patient = adult}));
}

TEST(MakeSubject, TakesParametersFromRowsThenFromThePersonThenFromTheModel) {
  const Structure structure{absorption_model()};
  const auto cl = *structure.parameter("CL");
  const auto v = *structure.parameter("V");
  const auto ka = *structure.parameter("KA");
  const History history{{{cl, Carried::backward}}, {bolus(0.0, {3.0}), row(1.0, {4.0})}};
  const Person person{{}, {{cl, 9.0}, {v, 20.0}, {ka, 1.0}}, {}};
  const Subject subject = made(structure, history, person);
  EXPECT_EQ(clearance(subject, subject.records[0].in_force), 3.0);
  EXPECT_EQ(clearance(subject, subject.records[1].in_force), 4.0);
  EXPECT_EQ(subject.values[0][v], 20.0);
  EXPECT_EQ(subject.values[0][*structure.parameter("F1")], 1.0);
}

TEST(MakeSubject, NamesTheRowOfAParameterThatWasNotGiven) {
  const Structure structure{absorption_model()};
  const auto refused = make_subject(structure, {{}, {row(0.0)}});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().record, 0U);
  EXPECT_NE(refused.error().error.what.find("is not given"), std::string::npos);
}

TEST(MakeSubject, NamesTheRowOfAPatientOutsideTheDomain) {
  Model model = weighed_model();
  model.domain.weight = Sourced<Interval<BodyMass>>{*Interval<BodyMass>::make(40.0 * kg, 100.0 * kg), {}};
  const Structure structure{std::move(model)};
  const History history{{weight(Carried::backward)}, {row(0.0, {70.0}), row(1.0, {101.0})}};
  const auto refused = make_subject(structure, history, {.patient = adult});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().record, 1U);
  EXPECT_EQ(refused.error().error.code, ErrorCode::outside_domain);
}

TEST(MakeSubject, AppliesTheIndividualOnEachOccasion) {
  const History history{{}, {row(0.0, {}, 1), row(1.0, {}, 1), row(2.0, {}, 2)}};
  const Person person{adult, {}, [](const Values& typical, int occasion) -> Result<Values> {
                        Values own = typical;
                        own[0] *= occasion == 1 ? 2.0 : 3.0;
                        return own;
                      }};
  const Subject subject = made(weighed, history, person);
  EXPECT_DOUBLE_EQ(clearance(subject, subject.records[1].in_force), 20.0);
  EXPECT_DOUBLE_EQ(clearance(subject, subject.records[2].in_force), 30.0);
  EXPECT_TRUE(subject.records[2].before.empty());  // an occasion is carried backward
  const Person failing{adult, {}, [](const Values&, int) -> Result<Values> {
                         return Error{ErrorCode::invalid_input, "", "no such patient"};
                       }};
  const auto refused = make_subject(weighed, history, failing);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().error.what, "no such patient");
}

TEST(MakeSubject, TellsGroupsAndAgesFromColumns) {
  Model model = weighed_model();
  model.parameters[0].effects.push_back(GroupEffect{Covariate::asian, 0.5, {}});
  model.parameters[0].effects.push_back(GroupEffect{Covariate::japanese, 0.1, {}});
  const Structure structure{std::move(model)};
  const History history{{{Covariate::asian}, {Covariate::japanese}},
                        {row(0.0, {0.0, 0.0}), row(1.0, {1.0, 0.0}), row(2.0, {1.0, 1.0})}};
  const Subject subject = made(structure, history, {.patient = adult});
  EXPECT_DOUBLE_EQ(clearance(subject, subject.records[0].in_force), 10.0);
  EXPECT_DOUBLE_EQ(clearance(subject, subject.records[1].in_force), 5.0);
  EXPECT_DOUBLE_EQ(clearance(subject, subject.records[2].in_force), 0.5);
}

TEST(MakeSubject, EndsStretchesWhereADoseArrivesAndWhereItEnds) {
  DoseSpec infusion;
  infusion.route = 1;
  infusion.amount = 100.0 * mg;
  infusion.form = DoseForm::modelled_duration;
  const Row start{0.0 * h, RecordKind::dose, infusion, 1, {70.0}};
  const History history{{weight(Carried::linear)}, {start, row(6.0, {105.0})}};
  const Subject subject = made(weighed, history, {.patient = adult});
  const auto ends_at = [&](double time_h) {
    return std::ranges::any_of(subject.records[1].before, [&](const Stretch& stretch) {
      return std::abs(stretch.until.in(h)-time_h) < 1e-12;
    });
  };
  EXPECT_TRUE(ends_at(0.7));
  const double weight_on_arrival = 70.0 + 35.0 * 0.7 / 6.0;
  EXPECT_TRUE(ends_at(0.7 + 2.0 * weight_on_arrival / 70.0));
  EXPECT_EQ(subject.records[1].before.back().until, 6.0 * h);
}

TEST(MakeSubject, RefusesAModelledRateThatChangesAllTheTime) {
  const Structure structure{absorption_model()};
  const auto rate = *structure.parameter("R1");
  const Person person{{}, {{0, 10.0}, {1, 50.0}, {2, 1.0}, {rate, 20.0}}, {}};
  Row dose = bolus(0.0, {20.0});
  dose.dose.form = DoseForm::modelled_rate;
  History history{{{rate, Carried::linear}}, {row(-1.0, {10.0}), dose, row(1.0, {20.0}), row(2.0, {30.0})}};
  const auto refused = make_subject(structure, history, person);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().record, 3U);
  EXPECT_NE(refused.error().error.what.find("RATE -1"), std::string::npos);
  history.signals[0].carried = Carried::forward;
  EXPECT_TRUE(make_subject(structure, history, person));
  history.signals[0] = {*structure.parameter("KA"), Carried::linear};  // the rate itself does not change
  EXPECT_TRUE(make_subject(structure, history, person));
}

TEST(Merged, PutsDosesBeforeObservationsOfTheirMoment) {
  const TimedDose late{2.0 * h, {}};
  TimedDose early{0.0 * h, {}};
  early.dose.route = 1;
  const std::vector<Duration> observed{2.0 * h, 0.0 * h, 1.0 * h};
  const auto rows = merged(std::vector{late, early}, observed);
  ASSERT_EQ(rows.size(), 5U);
  const std::vector<double> at_h{0.0, 0.0, 1.0, 2.0, 2.0};
  const std::vector<RecordKind> kinds{RecordKind::dose, RecordKind::observation, RecordKind::observation,
                                      RecordKind::dose, RecordKind::observation};
  for (std::size_t i = 0; i < rows.size(); ++i) {
    EXPECT_EQ(rows[i].at.in(h), at_h[i]);
    EXPECT_EQ(rows[i].kind, kinds[i]);
  }
  EXPECT_EQ(rows[0].dose.route, 1U);
}

}  // namespace
}  // namespace evenkeel::pkpd
