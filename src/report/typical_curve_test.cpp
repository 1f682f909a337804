#include "report/typical_curve.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "support/drawn_models.hpp"

namespace evenkeel::report {
namespace {

using units::h;
using units::kg;
using units::mg;

TEST(TypicalCurve, ThePersonWeighsSeventyKilogramsWhereTheModelCoversThat) {
  EXPECT_EQ(typical_person(test::one_compartment()).words, "70 kg");
}

TEST(TypicalCurve, AModelOfChildrenIsShownForTheMiddleOfItsRange) {
  pkpd::Model model = test::one_compartment();
  model.domain.weight = {*Interval<BodyMass>::make(10.8 * kg, 74.8 * kg - 20.0 * kg), {}};
  const TypicalPerson person = typical_person(model);
  EXPECT_NEAR(person.patient.weight->in(kg), 33.0, 1e-9);
  EXPECT_EQ(person.words, "33 kg");
}

TEST(TypicalCurve, TheWordsTellWhatChangesThePrediction) {
  pkpd::Model model = test::one_compartment();
  model.parameters.front().effects = {pkpd::SlopeEffect{pkpd::Covariate::age, 60.0, -0.1, {}},
                                      pkpd::GroupEffect{pkpd::Covariate::asian, 0.5, {}}};
  EXPECT_EQ(typical_person(model).words, "70 kg, 40 years, not Asian");
}

// 35 mg over 2/3 h into 10 L at k = 0.5/h:  C = R/CL (1 - e^-kt),  then falling by e^-kt.
TEST(TypicalCurve, TheCurveIsTheTextbookOneForOneCompartment) {
  const pkpd::Model model = test::one_compartment();
  const auto curves = typical_curves(model, typical_person(model));
  ASSERT_TRUE(curves);
  ASSERT_EQ(curves->size(), 1U);
  EXPECT_NEAR(curves->front().amount.in(mg), 35.0, 1e-12);
  const double length = 2.0 / 3.0;
  const double peak = 35.0 / length / 5.0 * (1.0 - std::exp(-0.5 * length));
  const auto at = [&](double hours) {
    return curves->front().trajectory.concentration(hours * h).in(mg / units::L);
  };
  EXPECT_NEAR(at(length), peak, 1e-10 * peak);
  EXPECT_NEAR(at(3.0), peak * std::exp(-0.5 * (3.0 - length)), 1e-10 * peak);
  EXPECT_EQ(dose_words(curves->front()), "35 mg over 40 min, intravenous");
}

TEST(TypicalCurve, ADoseThatMustBeAbsorbedIsGivenAtOnce) {
  const pkpd::Model model = test::with_film_and_chain();
  const auto curves = typical_curves(model, typical_person(model));
  ASSERT_TRUE(curves);
  ASSERT_EQ(curves->size(), 2U);
  EXPECT_EQ(dose_words((*curves)[1]), "35 mg at once, film");
  EXPECT_GT((*curves)[1].trajectory.concentration(1.0 * h), Concentration{});
}

TEST(TypicalCurve, AModelWhoseNumbersComeFromItsUserHasNone) {
  pkpd::Model model = test::one_compartment();
  model.parameters.front().value.reset();
  EXPECT_FALSE(typical_curves(model, typical_person(model)));
}

}  // namespace
}  // namespace evenkeel::report
