#include "individual/fit.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <cmath>

#include "pkpd/normal.hpp"
#include "pkpd/parallel.hpp"
#include "support/shipped_structure.hpp"
#include "support/simulated_patient.hpp"
#include "support/three_compartments.hpp"

namespace evenkeel::individual {
namespace {

const FitOptions quick{{.effective = 500.0, .threads = 1}, 500};

const pkpd::Structure& three() {
  static const pkpd::Structure structure{test::three_compartments()};
  return structure;
}
const pkpd::Structure& one() {
  static const pkpd::Structure structure{test::one_compartment()};
  return structure;
}
const pkpd::Structure& otto() {
  static const pkpd::Structure structure = test::shipped_structure("otto-2021");
  return structure;
}

Fit fit_of(Question question, const FitOptions& options = quick) {
  const auto problem = Problem::make(std::move(question));
  EXPECT_TRUE(problem.has_value()) << (problem ? "" : to_string(problem.error()));
  auto fit = check_fit(*problem, options);
  EXPECT_TRUE(fit.has_value()) << (fit ? "" : to_string(fit.error()));
  return fit ? *std::move(fit) : Fit{};
}

Concentration& value(Question& question, std::size_t i) {
  return std::get<Assayed>(question.measured[i].what).value;
}

Measured below(double at_h, double limit_mg_L, std::size_t output = 0) {
  return {"below", at_h * units::h, output, Below{limit_mg_L * (units::mg / units::L)}};
}

bool mentions(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(Fit, AFewAssaysOfAPatientOfTheModelFit) {
  const Fit fit = fit_of(test::four_assays(three()));
  EXPECT_TRUE(fit.fits);
  EXPECT_TRUE(mentions(fit.words, "each of the 4 measurements is what the others let expect")) << fit.words;
  for (const MeasurementFit& each : fit.measurements) {
    EXPECT_LT(each.posterior.p5, each.individual);
    EXPECT_GT(each.posterior.p95, each.individual);
    EXPECT_LT(std::abs(each.weighted_residual.value()), 2.0);
  }
  // Without the last one less is known of its time: the interval is wider.
  const MeasurementFit& last = fit.measurements.back();
  EXPECT_GT(last.by_others.p95 / last.by_others.p5, 1.05 * last.posterior.p95 / last.posterior.p5);
}

TEST(Fit, ManyAssaysOfAPatientOfTheModelFit) {
  std::vector<test::Sample> samples;
  for (int i = 1; i <= 12; ++i) samples.push_back({0.25 * i, 0});
  const Fit fit = fit_of(test::simulated(test::after_35_mg(one()), samples, 3));
  EXPECT_TRUE(fit.fits) << fit.words;
  EXPECT_EQ(fit.measurements.size(), 12U);
}

// By hand: without others the clearance and the volume are the population's, and so is the level.
TEST(Fit, OneAssayIsHeldAgainstThePopulation) {
  Question question = test::after_35_mg(one());
  const double typical = 35.0 / (2.0 / 3.0) / 80.0 * (1.0 - std::exp(-0.4 * 2.0 / 3.0));
  question.measured = {{"only", 40.0 * units::min, 0, Assayed{typical * (units::mg / units::L)}}};
  const Fit fit = fit_of(question);
  EXPECT_TRUE(fit.fits);
  EXPECT_NEAR(fit.measurements[0].population, typical, 1e-9);
  EXPECT_NEAR(fit.measurements[0].weighted_residual.value(), 0.0, 0.15);  // s grows with f
  // Near the end of the infusion the volume decides: its 30 % and the assay's 15 % make 33 %.
  const double spread = std::log(fit.measurements[0].by_others.p95 / fit.measurements[0].by_others.p5);
  EXPECT_NEAR(spread, 2.0 * 1.645 * 0.31, 0.12);
  value(question, 0) = 4.0 * value(question, 0);
  const Fit high = fit_of(question);
  EXPECT_EQ(high.outliers, (std::vector<std::size_t>{0}));
  EXPECT_TRUE(mentions(high.words, "far above what the model lets expect")) << high.words;
}

TEST(Fit, WithoutMeasurementsNothingIsSaid) {
  const Fit fit = fit_of(test::after_35_mg(one()));
  EXPECT_TRUE(fit.measurements.empty());
  EXPECT_TRUE(mentions(fit.words, "cannot be said")) << fit.words;
}

TEST(Fit, TheMetaboliteAloneIsCheckedToo) {
  const std::vector<test::Sample> samples{{1.0, 1}, {2.0, 1}, {5.0, 1}};
  Question question = test::simulated(test::after_35_mg(otto()), samples, 2);
  EXPECT_TRUE(fit_of(question).fits);
  value(question, 1) = 10.0 * value(question, 1);
  const Fit fit = fit_of(question);
  EXPECT_EQ(fit.outliers, (std::vector<std::size_t>{1})) << fit.words;
}

TEST(Fit, SeveralBelowTheLimitFitWhereLittleIsExpected) {
  Question question = test::simulated(test::after_35_mg(one()), {{1.0, 0}}, 4);
  for (const double at_h : {10.0, 12.0, 14.0}) question.measured.push_back(below(at_h, 0.02));
  const Fit fit = fit_of(question);
  EXPECT_TRUE(fit.fits) << fit.words;
  EXPECT_GT(fit.measurements[2].tail, 0.5);
  EXPECT_FALSE(fit.measurements[2].weighted_residual);
}

TEST(Fit, NothingFoundWhereMuchIsExpectedIsAnOutlier) {
  Question question = test::simulated(test::after_35_mg(one()), {{0.5, 0}, {1.0, 0}, {2.0, 0}}, 4);
  question.measured.push_back(below(1.5, 0.01));
  const Fit fit = fit_of(question);
  EXPECT_EQ(fit.outliers, (std::vector<std::size_t>{3})) << fit.words;
  EXPECT_TRUE(mentions(fit.words, "(below 10.0 ng/mL) is far below")) << fit.words;
}

TEST(Fit, AValueBeforeAnythingWasGivenIsImpossibleAndTheRestIsStillChecked) {
  Question question = test::simulated(test::after_35_mg(one()), {{1.0, 0}, {2.0, 0}}, 5);
  question.given[0].at = 0.1 * units::h;
  question.measured.push_back({"early", Duration{}, 0, Assayed{0.05 * (units::mg / units::L)}});
  const Fit fit = fit_of(question);
  EXPECT_EQ(fit.impossible, (std::vector<std::size_t>{2}));
  EXPECT_EQ(fit.outliers, (std::vector<std::size_t>{2}));
  EXPECT_EQ(fit.left_out, (std::vector<std::size_t>{2}));
  EXPECT_FALSE(fit.measurements[2].weighted_residual);
  EXPECT_TRUE(mentions(fit.words, "nothing can be")) << fit.words;
}

// One bad value bends what is expected of the good ones; they must not be taken for it.
TEST(Fit, AGoodValueIsNotBlamedForABadOne) {
  for (const double factor : {1000.0, 30.0, 4.0, 0.1, 0.001}) {
    Question question = test::four_assays(three());
    value(question, 1) = factor * value(question, 1);
    const Fit fit = fit_of(question);
    EXPECT_EQ(fit.outliers, (std::vector<std::size_t>{1})) << factor << ": " << fit.words;
    EXPECT_FALSE(fit.fits);
  }
}

TEST(Fit, TwoBadValuesAreBothFound) {
  Question question =
      test::simulated(test::after_35_mg(one()), {{0.5, 0}, {1.0, 0}, {2.0, 0}, {3.0, 0}, {4.0, 0}}, 6);
  value(question, 1) = 20.0 * value(question, 1);
  value(question, 3) = 20.0 * value(question, 3);
  Fit fit = fit_of(question);
  std::ranges::sort(fit.outliers);
  EXPECT_EQ(fit.outliers, (std::vector<std::size_t>{1, 3})) << fit.words;
}

// Readings that scatter twice as far as the model says: none stands out, all together do.
TEST(Fit, AScatterThatIsTooLargeShowsInAllTogether) {
  Question question = test::after_35_mg(one());
  for (int i = 0; i < 12; ++i) {
    const double at_h = 1.0 + 0.25 * i;
    const double typical = 0.153 * std::exp(-0.4 * (at_h - 2.0 / 3.0));
    question.measured.push_back({"assay " + std::to_string(i), at_h * units::h, 0,
                                 Assayed{typical * (i % 2 == 0 ? 1.3 : 0.7) * (units::mg / units::L)}});
  }
  const Fit fit = fit_of(question);
  EXPECT_LT(fit.p_value, 0.01);
  EXPECT_TRUE(fit.outliers.empty());
  EXPECT_TRUE(mentions(fit.words, "no measurement stands out")) << fit.words;
}

TEST(Fit, AnEffectThatWasReadIsCheckedInItsUnit) {
  pkpd::SigmoidEmax form;
  form.baseline.value = 97.0;
  form.largest.value = 0.5;
  form.falls = true;
  form.c50.value = 0.1 * (units::mg / units::L);
  form.gamma.value = 2.0;
  Question question = test::after_35_mg(one());
  question.effects.push_back({{}, 0});
  question.effects[0].effect.id = "index";
  question.effects[0].effect.form = form;
  question.measured.push_back({"seen", 1.0 * units::h, 0, EffectSeen{0, 60.0, 5.0}});
  EXPECT_TRUE(fit_of(question).fits);
  std::get<EffectSeen>(question.measured[0].what).value = 160.0;
  const Fit fit = fit_of(question);
  EXPECT_EQ(fit.outliers.size(), 1U);
  EXPECT_LT(fit.measurements[0].by_others.p95, 110.0);
  EXPECT_TRUE(mentions(fit.words, "seen (160)")) << fit.words;
}

// Among patients of the model one in a hundred has an outlier, and what the others say is a probability: a
// tenth of all tails is below a tenth.
TEST(Fit, FalseAlarmsAreAsRareAsStated) {
  constexpr std::size_t patients = 100;
  std::atomic<int> alarmed{0};
  std::atomic<int> misfits{0};
  std::atomic<int> tails{0};
  pkpd::in_parallel(0, patients, 1, [&](std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to; ++i) {
      const Fit fit = fit_of(test::simulated(test::after_35_mg(one()), {{0.5, 0}, {2.0, 0}, {5.0, 0}},
                                             static_cast<std::uint32_t>(i)));
      alarmed += fit.outliers.empty() ? 0 : 1;
      misfits += fit.p_value < misfit_below ? 1 : 0;
      for (const MeasurementFit& each : fit.measurements)
        tails += each.log_tail_others < std::log(0.1) ? 1 : 0;
    }
  });
  EXPECT_LE(alarmed, 5);  // one expected; more than five has a chance of one in two thousand
  EXPECT_LE(misfits, 5);
  EXPECT_NEAR(tails, 30, 18);  // of 300, which are not independent
}

TEST(Fit, TheSameSeedGivesTheSameOnAnyNumberOfThreads) {
  const Fit one_thread = fit_of(test::four_assays(three()));
  FitOptions options = quick;
  options.sample.threads = 2;
  const Fit two = fit_of(test::four_assays(three()), options);
  EXPECT_EQ(one_thread.p_value, two.p_value);
  for (std::size_t i = 0; i < 4; ++i)
    EXPECT_EQ(one_thread.measurements[i].log_tail_others, two.measurements[i].log_tail_others);
}

}  // namespace
}  // namespace evenkeel::individual
