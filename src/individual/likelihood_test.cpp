#include "individual/likelihood.hpp"

#include <gtest/gtest.h>

#include <boost/math/quadrature/gauss_kronrod.hpp>
#include <cmath>
#include <functional>
#include <limits>
#include <numbers>
#include <vector>

namespace evenkeel::individual {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

Concentration mg_L(double value) {
  return Concentration::from_canonical(value);
}

double integral(const std::function<double(double)>& f, double low, double high) {
  return boost::math::quadrature::gauss_kronrod<double, 61>::integrate(f, low, high, 12, 1e-13);
}

// By differences of order eight.
double slope_at(const std::function<double(double)>& f, double x) {
  const double h = 2e-3 * x;
  const double weight[] = {4.0 / 5.0, -1.0 / 5.0, 4.0 / 105.0, -1.0 / 280.0};
  double sum = 0.0;
  for (int k = 1; k <= 4; ++k) sum += weight[k - 1] * (f(x + k * h) - f(x - k * h)) / h;
  return sum;
}

const std::vector<Scatter> scatters{{0.2, 0.0, 0.0}, {0.0, 0.01, 0.0}, {0.15, 0.004, 0.0}, {0.0, 0.0, 0.3}};

TEST(AssayedTerm, ItsDensityHasTheWholeProbability) {
  for (const Scatter& scatter : scatters) {
    const double f = 0.1;
    const auto density = [&](double y) { return std::exp(-term(Assayed{mg_L(y)}, scatter, f).minus_log); };
    const double sd = scatter.sd_at(f);
    const double low = scatter.log_sd > 0.0 ? f * std::exp(-12.0 * sd) : f - 12.0 * sd;
    const double high = scatter.log_sd > 0.0 ? f * std::exp(12.0 * sd) : f + 12.0 * sd;
    EXPECT_NEAR(integral(density, low, high), 1.0, 1e-10);
  }
}

TEST(BelowTerm, ItIsTheIntegralOfTheAssaysDensityUpToTheLimit) {
  for (const Scatter& scatter : scatters) {
    for (const double f : {0.02, 0.05, 0.06, 0.11}) {
      const auto density = [&](double y) { return std::exp(-term(Assayed{mg_L(y)}, scatter, f).minus_log); };
      const double sd = scatter.sd_at(f);
      const double low = scatter.log_sd > 0.0 ? f * std::exp(-14.0 * sd) : f - 14.0 * sd;
      const double expected = integral(density, std::min(low, 0.03), 0.05);
      const double found = std::exp(-term(Below{mg_L(0.05)}, scatter, f).minus_log);
      EXPECT_NEAR(found, expected, 1e-9 * expected + 1e-14) << f << " mg/L";
    }
  }
}

TEST(Terms, SlopesAreThoseOfTheTerms) {
  for (const Scatter& scatter : scatters) {
    for (const double f : {0.003, 0.02, 0.05, 0.3}) {
      const auto assayed = [&](double x) { return term(Assayed{mg_L(0.05)}, scatter, x).minus_log; };
      const auto below = [&](double x) { return term(Below{mg_L(0.05)}, scatter, x).minus_log; };
      const double a = slope_at(assayed, f);
      const double b = slope_at(below, f);
      EXPECT_NEAR(term(Assayed{mg_L(0.05)}, scatter, f).slope, a, 1e-8 * std::abs(a) + 1e-9 / f);
      EXPECT_NEAR(term(Below{mg_L(0.05)}, scatter, f).slope, b, 1e-8 * std::abs(b) + 1e-9 / f);
    }
  }
}

// The mean over y of the second derivative.
TEST(AssayedTerm, ItsCurvatureIsTheExpectedOne) {
  for (const Scatter& scatter : scatters) {
    const double f = 0.07;
    const double sd = scatter.sd_at(f);
    const bool log = scatter.log_sd > 0.0;
    const auto slope_squared = [&](double y) {
      const Term at = term(Assayed{mg_L(y)}, scatter, f);
      return std::exp(-at.minus_log) * at.slope * at.slope;
    };
    const double expected = integral(slope_squared, log ? f * std::exp(-12.0 * sd) : f - 12.0 * sd,
                                     log ? f * std::exp(12.0 * sd) : f + 12.0 * sd);
    EXPECT_NEAR(term(Assayed{mg_L(f)}, scatter, f).curvature, expected, 1e-9 * expected);
  }
}

TEST(Terms, CurvaturesAreNeverNegative) {
  for (const Scatter& scatter : scatters) {
    for (double f = 1e-12; f < 1e6; f *= 3.0) {
      EXPECT_GE(term(Assayed{mg_L(0.05)}, scatter, f).curvature, 0.0) << f;
      EXPECT_GE(term(Below{mg_L(0.05)}, scatter, f).curvature, 0.0) << f;
    }
  }
}

// A sample before a session, months after the last one: next to nothing is left, and none was found.
TEST(BelowTerm, NextToNothingPredictedIsCertainAndFlat) {
  for (const Scatter& scatter : scatters) {
    for (const double f : {1e-3, 1e-30, 1e-150, 1e-170, 1e-300, 5e-324, 0.0}) {
      const Term at = term(Below{mg_L(0.1)}, scatter, f);
      EXPECT_NEAR(at.minus_log, 0.0, 1e-10) << f;
      EXPECT_TRUE(std::isfinite(at.slope * f)) << f;
      EXPECT_TRUE(std::isfinite(at.curvature * f * f)) << f;
      EXPECT_GE(at.curvature, 0.0) << f;
    }
  }
}

TEST(AssayedTerm, SomethingFoundWhereNothingCanBeIsImpossible) {
  EXPECT_EQ(term(Assayed{mg_L(0.1)}, {0.2, 0.0, 0.0}, 0.0).minus_log, infinity);
  EXPECT_EQ(term(Assayed{mg_L(0.1)}, {0.0, 0.0, 0.2}, 0.0).minus_log, infinity);
  EXPECT_TRUE(std::isfinite(term(Assayed{mg_L(0.1)}, {0.2, 0.01, 0.0}, 0.0).minus_log));
}

// ln Phi(x) by the integral of phi over the tail, taken out of its first factor.
TEST(LogNormalTail, IsExactDownToThirtyEight) {
  for (double x = 8.0; x >= -38.0; x -= 0.37) {
    const double scaled =
        integral([&](double s) { return std::exp(x * s - 0.5 * s * s); }, 0.0, 60.0 + std::abs(x));
    const double expected = -0.5 * x * x - 0.5 * std::log(2.0 * std::numbers::pi) + std::log(scaled);
    const LogNormalTail found = log_normal_tail(x);
    EXPECT_NEAR(found.log, expected, 2e-12 * std::abs(expected) + 1e-14) << x;
    EXPECT_NEAR(found.ratio, 1.0 / scaled, 1e-10 / scaled) << x;
  }
}

TEST(LogNormalTail, GoesOnBeyondTheSmallestNumber) {
  const LogNormalTail far = log_normal_tail(-1e6);
  EXPECT_NEAR(far.log, -0.5e12 - std::log(1e6) - 0.5 * std::log(2.0 * std::numbers::pi), 1e-3);
  EXPECT_NEAR(far.ratio, 1e6, 1e-3);
  EXPECT_EQ(log_normal_tail(40.0).log, 0.0);
  EXPECT_EQ(log_normal_tail(40.0).ratio, 0.0);
}

pkpd::Effect falling_effect() {
  pkpd::SigmoidEmax form;
  form.baseline = {80.0, {}};
  form.largest = {0.6, {}};
  form.falls = true;
  form.c50 = {mg_L(0.2), {}};
  form.gamma = {2.3, {}};
  pkpd::Effect effect;
  effect.id = "some-effect";
  effect.form = form;
  return effect;
}

TEST(EffectAt, IsTheSigmoidAndItsSlope) {
  const pkpd::Effect effect = falling_effect();
  EXPECT_DOUBLE_EQ(effect_at(effect, 0.0).value, 80.0);
  EXPECT_DOUBLE_EQ(effect_at(effect, 0.2).value, 80.0 * (1.0 - 0.3));
  EXPECT_NEAR(effect_at(effect, 1e9).value, 80.0 * 0.4, 1e-9);
  for (const double f : {1e-200, 0.01, 0.2, 3.0}) {
    const double expected = slope_at([&](double x) { return effect_at(effect, x).value; }, f);
    EXPECT_NEAR(effect_at(effect, f).slope, expected, 1e-8 * std::abs(expected) + 1e-10 / f) << f;
  }
}

TEST(EffectTerm, IsTheNormalDensityOfWhatWasRead) {
  const pkpd::Effect effect = falling_effect();
  const EffectSeen seen{0, 61.0, 5.0};
  const double off = (61.0 - effect_at(effect, 0.15).value) / 5.0;
  const Term at = term(seen, effect, 0.15);
  EXPECT_NEAR(at.minus_log, 0.5 * off * off + std::log(5.0 * std::sqrt(2.0 * std::numbers::pi)), 1e-13);
  const double slope = slope_at([&](double x) { return term(seen, effect, x).minus_log; }, 0.15);
  EXPECT_NEAR(at.slope, slope, 1e-8 * std::abs(slope));
}

TEST(Readable, RefusesWhatTooLittleWasPublishedOf) {
  EXPECT_TRUE(readable(falling_effect()).has_value());
  for (const pkpd::Form& form : {pkpd::Form{pkpd::HalfMaximal{}}, pkpd::Form{pkpd::Anchor{}},
                                 pkpd::Form{pkpd::ShareOfRise{}}, pkpd::Form{pkpd::Occupancy{}},
                                 pkpd::Form{pkpd::SiteConcentration{}}, pkpd::Form{pkpd::Described{}}}) {
    pkpd::Effect effect = falling_effect();
    effect.form = form;
    const auto can = readable(effect);
    ASSERT_FALSE(can.has_value());
    EXPECT_EQ(can.error().code, ErrorCode::outside_domain);
    EXPECT_EQ(can.error().where, "some-effect");
  }
}

}  // namespace
}  // namespace evenkeel::individual
