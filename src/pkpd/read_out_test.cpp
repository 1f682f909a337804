#include "pkpd/read_out.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "pkpd/effect_site.hpp"
#include "pkpd/trajectory.hpp"

namespace evenkeel::pkpd {
namespace {

using units::L;
using units::mg;
constexpr auto ng_mL = units::ng / units::mL;

template <class T>
Estimated<T> estimated(T value) {
  return {value, {}, std::nullopt, {}};
}
template <class T>
Estimated<T> estimated(T value, T low, T high) {
  return {value, {}, *Interval<T>::make(low, high), "range"};
}
Sourced<Concentration> level(double ng) {
  return {ng * ng_mL, {}};
}

// Herd et al., Paediatr Anaesth 2008;18:36-42: baseline 5, largest fall 0.939 of it, EC50 0.56 mg/L,
// Hill coefficient 3.71. The interval is made up.
SigmoidEmax sedation() {
  return {
      {5.0, {}}, estimated(0.939), true, estimated(0.56 * mg / L, 0.2 * mg / L, 1.5 * mg / L), {3.71, {}}};
}

Effect effect(Form form) {
  Effect made;
  made.id = "example";
  made.pairing.moiety = Moiety::esketamine;
  made.pairing.site = SamplingSite::arterial;
  made.pairing.models = {"own"};
  made.delay = NoDelay{};
  made.form = std::move(form);
  return made;
}
const Predicted own{"own", Moiety::esketamine, SamplingSite::arterial};

PairedEffect paired(Form form) {
  return *PairedEffect::make(effect(std::move(form)), own);
}

const std::vector<Form>& forms() {
  static const std::vector<Form> all{
      ShareOfRise{level(50.0), level(200.0)},
      sedation(),
      HalfMaximal{estimated(71.0 * ng_mL, 59.0 * ng_mL, 83.0 * ng_mL), std::nullopt, {}},
      Anchor{0.0, estimated(320.0 * ng_mL), estimated(45.0, 40.0, 50.0)},
      Anchor{1.0, estimated(127.0 * ng_mL, 84.0 * ng_mL, 191.0 * ng_mL), estimated(2.0)},
      Occupancy{estimated(0.53, 0.53, 0.73), estimated(1420.0, 990.0, 2140.0), {237.73, {}}},
      SiteConcentration{}};
  return all;
}

// Anchor A20: the score at 0.2, 0.56, 0.75, 1.0 and 2.0 mg/L, worked out by hand from the equation.
TEST(ReadOut, SedationFollowsTheEquationOfHerd) {
  const PairedEffect score = paired(sedation());
  const double at_half = 5.0 * (1.0 - 0.939 / 2.0);
  for (const auto& [mg_L, points] : std::vector<std::pair<double, double>>{
           {0.0, 5.0}, {0.2, 4.90}, {0.56, at_half}, {0.75, 1.49}, {1.0, 0.79}, {2.0, 0.35}})
    EXPECT_NEAR(score.at(mg_L * mg / L)->typical, points, 0.01) << mg_L << " mg/L";
}

// Anchor A22: Bowdle et al., Anesthesiology 1998;88:82: linear from 50 to 200 ng/mL.
TEST(ReadOut, AShareOfALinearRiseIsLinearAndEndsWhereTheStudyEnded) {
  const PairedEffect share = paired(ShareOfRise{level(50.0), level(200.0)});
  EXPECT_DOUBLE_EQ(share.at(50.0 * ng_mL)->typical, 0.0);
  EXPECT_DOUBLE_EQ(share.at(100.0 * ng_mL)->typical, 1.0 / 3.0);
  EXPECT_DOUBLE_EQ(share.at(150.0 * ng_mL)->typical, 2.0 / 3.0);
  EXPECT_DOUBLE_EQ(share.at(200.0 * ng_mL)->typical, 1.0);
  for (const double outside : {0.0, 49.9, 200.1, 1e6}) {
    const auto refused = share.at(outside * ng_mL);
    ASSERT_FALSE(refused.has_value()) << outside;
    EXPECT_EQ(refused.error().code, ErrorCode::outside_domain);
  }
  EXPECT_EQ(share.at(49.9 * ng_mL).error().what, "49.9 ng/mL is outside 50 to 200 ng/mL, which was studied");
}

// Simons et al., Front Pain Res 2022;3:946487: C50 of drug high; the steepness was not seen.
TEST(ReadOut, WithoutTheSteepnessOnlyTheSideOfHalfIsKnown) {
  const PairedEffect high = paired(HalfMaximal{estimated(71.0 * ng_mL), std::nullopt, {}});
  EXPECT_DOUBLE_EQ(high.at(71.0 * ng_mL)->typical, 1.0);
  EXPECT_EQ(high.at(71.0 * ng_mL)->share_of_largest, *Interval<double>::make(0.5, 0.5));
  EXPECT_EQ(high.at(35.5 * ng_mL)->share_of_largest, *Interval<double>::make(0.0, 0.5));
  EXPECT_EQ(high.at(142.0 * ng_mL)->share_of_largest, *Interval<double>::make(0.5, 1.0));
  EXPECT_EQ(high.at(Concentration{})->share_of_largest, *Interval<double>::make(0.0, 0.0));
}

// Whatever the steepness, the share of a real sigmoid lies within the interval that is given.
TEST(ReadOut, TheShareIntervalHoldsForEverySteepness) {
  const PairedEffect high = paired(HalfMaximal{estimated(71.0 * ng_mL), std::nullopt, {}});
  for (const double gamma : {0.3, 1.0, 2.5, 12.0}) {
    for (double c = 1.0; c < 1000.0; c *= 1.3) {
      const double share = std::pow(c, gamma) / (std::pow(71.0, gamma) + std::pow(c, gamma));
      EXPECT_TRUE(high.at(c * ng_mL)->share_of_largest->contains(share)) << c << " ng/mL, gamma " << gamma;
    }
  }
}

// Anchor A24: Jonkman et al., Br J Anaesth 2018: the C50 of remifentanil doubles at 127 (84-191) ng/mL.
TEST(ReadOut, AnAnchorIsMetExactlyAndNothingIsReadAboveIt) {
  const PairedEffect factor =
      paired(Anchor{1.0, estimated(127.0 * ng_mL, 84.0 * ng_mL, 191.0 * ng_mL), estimated(2.0)});
  EXPECT_DOUBLE_EQ(factor.at(Concentration{})->typical, 1.0);
  EXPECT_DOUBLE_EQ(factor.at(127.0 * ng_mL)->typical, 2.0);
  EXPECT_DOUBLE_EQ(factor.at(84.0 * ng_mL)->interval->high(), 2.0);
  EXPECT_DOUBLE_EQ(factor.at(127.0 * ng_mL)->interval->low(), 1.0 + 127.0 / 191.0);
  EXPECT_EQ(factor.at(127.1 * ng_mL).error().code, ErrorCode::outside_domain);
}

// Occupancy by Cu / (Cu + 1420 nmol/L) with fu 0.53, worked out elsewhere and printed in whole percent
// (22.5 as 22).
TEST(ReadOut, OccupancyFollowsTheUnboundConcentration) {
  const PairedEffect occupied = paired(Occupancy{estimated(0.53), estimated(1420.0), {237.73, {}}});
  for (const auto& [ng, percent] : std::vector<std::pair<double, double>>{
           {100, 14}, {185, 22}, {250, 28}, {500, 44}, {1000, 61}, {2000, 76}})
    EXPECT_NEAR(occupied.at(ng * ng_mL)->typical * 100.0, percent, 0.6) << ng << " ng/mL";
}

TEST(ReadOut, IsMonotoneAndItsIntervalHoldsTheTypicalValue) {
  for (const Form& form : forms()) {
    const PairedEffect each = paired(form);
    std::optional<EffectValue> before;
    const double direction = std::holds_alternative<SigmoidEmax>(form) ? -1.0 : 1.0;
    for (double c = 0.5; c < 5000.0; c *= 1.07) {
      const auto read = each.at(c * ng_mL);
      if (!read) continue;
      if (read->interval) {
        EXPECT_TRUE(read->interval->contains(read->typical)) << form.index() << " " << c;
      }
      if (before) {
        EXPECT_GE(direction * (read->typical - before->typical), 0.0) << form.index() << " " << c;
      }
      before = *read;
    }
    EXPECT_TRUE(before.has_value()) << form.index();
  }
}

TEST(ReadOut, NeverTakesWhatIsNotAConcentration) {
  for (const Form& form : forms()) {
    for (const double bad : {std::nan(""), -1.0, std::numeric_limits<double>::infinity()}) {
      const auto refused = paired(form).at(bad * ng_mL);
      ASSERT_FALSE(refused.has_value()) << form.index() << " at " << bad;
      EXPECT_EQ(refused.error().code, ErrorCode::invalid_input);
      const Concentration one[] = {bad * ng_mL};
      EXPECT_FALSE(paired(form).along(one).front().has_value());
    }
  }
}

TEST(ReadOut, ACurveIsItsPointsWithGapsWhereThereIsNoValue) {
  const PairedEffect share = paired(ShareOfRise{level(50.0), level(200.0)});
  const std::vector<Concentration> curve{10.0 * ng_mL, 80.0 * ng_mL, 210.0 * ng_mL, 200.0 * ng_mL};
  const auto values = share.along(curve);
  ASSERT_EQ(values.size(), curve.size());
  for (std::size_t i = 0; i < curve.size(); ++i) {
    const auto alone = share.at(curve[i]);
    ASSERT_EQ(values[i].has_value(), alone.has_value()) << i;
    if (alone) {
      EXPECT_EQ(values[i]->typical, alone->typical);
    }
  }
}

TEST(Pairing, RefusesAnotherMoietySiteOrModel) {
  const Effect e = effect(sedation());
  for (const Predicted& other : {Predicted{"own", Moiety::racemic_ketamine, SamplingSite::arterial},
                                 Predicted{"own", Moiety::esketamine, SamplingSite::venous},
                                 Predicted{"own", Moiety::unspecified, SamplingSite::arterial},
                                 Predicted{"own", Moiety::esketamine, SamplingSite::unspecified},
                                 Predicted{"other", Moiety::esketamine, SamplingSite::arterial}}) {
    const auto refused = PairedEffect::make(e, other);
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, ErrorCode::outside_domain);
  }
  EXPECT_EQ(PairedEffect::make(e, {"other", Moiety::esketamine, SamplingSite::arterial}).error().what,
            "was estimated with model own; it does not carry over to other");
}

bool says(const PairedEffect& effect, std::string_view words) {
  for (const auto& caveat : effect.caveats()) {
    if (caveat.find(words) != std::string::npos) return true;
  }
  return false;
}

TEST(Pairing, SaysWhenAnotherModelIsReadOrTheSiteWasNotSeen) {
  Effect e = effect(sedation());
  e.caveats = {"its own"};
  e.pairing.any_model = true;
  const Predicted other{"other", Moiety::esketamine, SamplingSite::arterial};
  EXPECT_TRUE(says(*PairedEffect::make(e, other), "Read from model other"));
  EXPECT_FALSE(says(*PairedEffect::make(e, own), "Read from model"));
  EXPECT_EQ(PairedEffect::make(e, own)->caveats().front(), "its own");
  e.pairing.site.reset();
  EXPECT_TRUE(says(*PairedEffect::make(e, own), "arteries or veins"));
  e.delay = DelayNotSeen{};
  EXPECT_TRUE(says(*PairedEffect::make(e, own), "delay of the effect was not seen"));
}

TEST(Pairing, SaysWhenANumberIsUnverified) {
  SigmoidEmax form = sedation();
  EXPECT_FALSE(says(*PairedEffect::make(effect(form), own), "sources conflict"));
  form.gamma.from = {"somebody", Label::conflicting, ""};
  EXPECT_TRUE(says(*PairedEffect::make(effect(form), own),
                   "A number of it, from somebody, is unverified: the sources conflict."));
}

TEST(Pairing, WhatIsOnlyDescribedIsNotRead) {
  const auto refused = PairedEffect::make(effect(Described{}), own);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, ErrorCode::outside_domain);
}

// One compartment, CL 2 L/h from 10 L: after a bolus C = e^(-kt)/V, and Ce peaks at ln(ke0/k)/(ke0-k).
LinearSystem one_compartment() {
  LinearSystem system;
  system.rates = Eigen::MatrixXd::Constant(1, 1, -0.2);
  system.outputs = {{0, 10.0 * L}};
  return system;
}

TEST(EffectSite, PeaksWhenItIsAskedTo) {
  const LinearSystem system = one_compartment();
  for (const double ke0 : {0.01, 0.3, 5.0, 400.0}) {
    const double peak_h = std::log(ke0 / 0.2) / (ke0 - 0.2);
    EXPECT_NEAR(ke0_per_h(system, 0, peak_h * units::h), ke0, 1e-10 * ke0);
  }
}

TEST(EffectSite, FollowsWithTheHalfLifeOfItsDelay) {
  Effect e = effect(SiteConcentration{});
  e.delay = DelayHalfLife{estimated(3.0 * units::h, 2.0 * units::h, 4.0 * units::h)};
  const EffectSystem site = with_delay(e, one_compartment(), 0);
  const double ke0 = std::log(2.0) / 3.0;
  EXPECT_EQ(site.output, 1U);
  EXPECT_DOUBLE_EQ(site.system.rates(1, 0), ke0);
  const Dose dose{Duration{}, Duration{}, 100.0 * mg};
  const Trajectory course = *Trajectory::make({{Duration{}, site.system}}, {&dose, 1});
  for (const double t : {0.1, 1.0, 8.0}) {
    const double exact = 10.0 * ke0 / (ke0 - 0.2) * (std::exp(-0.2 * t) - std::exp(-ke0 * t));
    EXPECT_NEAR(course.concentration(t * units::h, 1).in(mg / L), exact, 1e-12);
    EXPECT_NEAR(course.concentration(t * units::h, 0).in(mg / L), 10.0 * std::exp(-0.2 * t), 1e-12);
  }
  EXPECT_DOUBLE_EQ(with_delay(e, one_compartment(), 0, Bound::high).system.rates(1, 0), std::log(2.0) / 4.0);
}

TEST(EffectSite, AnEffectWithoutDelayIsReadFromTheOutputItself) {
  const EffectSystem same = with_delay(effect(sedation()), one_compartment(), 0);
  EXPECT_EQ(same.output, 0U);
  EXPECT_EQ(same.system.rates.rows(), 1);
}

}  // namespace
}  // namespace evenkeel::pkpd
