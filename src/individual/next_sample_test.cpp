#include "individual/next_sample.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <random>

#include "individual/map.hpp"
#include "individual/predict.hpp"
#include "pkpd/normal.hpp"
#include "support/shipped_structure.hpp"
#include "support/simulated_patient.hpp"
#include "support/three_compartments.hpp"

namespace evenkeel::individual {
namespace {

constexpr double assay_sd = 0.15;

// Only the clearance varies, so a prediction and the clearance tell the same.
const pkpd::Structure& clearance_varies() {
  static const pkpd::Structure structure = [] {
    pkpd::Model model = test::one_compartment();
    model.variability.blocks[0].parameters = {"CL"};
    model.variability.blocks[0].distributions = {pkpd::Distribution::log_normal};
    model.variability.blocks[0].covariance = Eigen::MatrixXd::Constant(1, 1, 0.09);
    return pkpd::Structure{model};
  }();
  return structure;
}

const pkpd::Structure& three() {
  static const pkpd::Structure structure{test::three_compartments()};
  return structure;
}

struct Asked {
  Problem problem;
  Posterior posterior;
};
Asked ask(Question question) {
  auto problem = Problem::make(std::move(question));
  EXPECT_TRUE(problem.has_value()) << (problem ? "" : to_string(problem.error()));
  auto posterior = sample(*problem, most_likely(*problem), {.effective = 2000.0});
  return {*std::move(problem), std::move(posterior)};
}

Result<NextSample> asked(const Asked& known, const SampleWish& wish) {
  return next_sample(known.problem, known.posterior, wish);
}

const SampleTime& at(const NextSample& found, double hours) {
  return *std::ranges::find_if(
      found.ranked, [&](const SampleTime& each) { return std::abs(each.at.in(units::h)-hours) < 1e-6; });
}

// What readings at one or more times tell of a target, by nested Monte Carlo: a truth from the draws,
// readings of it, and all draws weighed by them.
struct Told {
  double bits = 0.0;  // of the draws themselves
  double sd_fall_percent = 0.0;
};
Told brute_force(const std::vector<std::vector<double>>& predicted, const std::vector<double>& log_target,
                 double limit, int truths) {
  std::mt19937_64 random{11};
  std::normal_distribution<double> normal;
  const std::size_t draws = log_target.size();
  const auto likelihood = [&](double y, double f) {
    const double s = assay_sd * f;
    if (y < limit) return pkpd::normal_probability((limit - f) / s);
    return std::exp(-0.5 * std::pow((y - f) / s, 2)) / s;
  };
  double information = 0.0;
  double left = 0.0;
  double mean = 0.0;
  double square = 0.0;
  for (const double t : log_target) {
    mean += t / static_cast<double>(draws);
    square += t * t / static_cast<double>(draws);
  }
  for (int k = 0; k < truths; ++k) {
    const std::size_t truth = random() % draws;
    std::vector<double> readings;
    for (const auto& f : predicted) readings.push_back(f[truth] * (1.0 + assay_sd * normal(random)));
    double sum = 0.0;
    double first = 0.0;
    double second = 0.0;
    double of_truth = 1.0;
    for (std::size_t d = 0; d < draws; ++d) {
      double weight = 1.0;
      for (std::size_t i = 0; i < predicted.size(); ++i) weight *= likelihood(readings[i], predicted[i][d]);
      if (d == truth) of_truth = weight;
      sum += weight;
      first += weight * log_target[d];
      second += weight * log_target[d] * log_target[d];
    }
    information += std::log2(of_truth / (sum / static_cast<double>(draws))) / truths;
    left += (second / sum - std::pow(first / sum, 2)) / truths;
  }
  return {information, 100.0 * (1.0 - std::sqrt(left / (square - mean * mean)))};
}

// 35 mg over 40 min into one compartment of 200 L: by hand.
double one_compartment_mg_L(double clearance_L_h, double time_h) {
  const double k = clearance_L_h / 200.0;
  const double length = 2.0 / 3.0;
  return 35.0 / length / clearance_L_h * (1.0 - std::exp(-k * length)) * std::exp(-k * (time_h - length));
}

struct Population {
  std::vector<double> clearance, log_clearance;
  Population() {
    std::mt19937_64 random{5};
    std::normal_distribution<double> normal;
    for (int d = 0; d < 3000; ++d) {
      clearance.push_back(80.0 * std::exp(0.3 * normal(random)));
      log_clearance.push_back(std::log(clearance.back()));
    }
  }
  [[nodiscard]] std::vector<double> at(double time_h) const {
    std::vector<double> f;
    for (const double cl : clearance) f.push_back(one_compartment_mg_L(cl, time_h));
    return f;
  }
};

SampleWish hours(double from, double to, std::optional<Concentration> limit = {}) {
  SampleWish wish{
      {{from * units::h, to * units::h}}, {{0, {assay_sd, 0.0, 0.0}, limit}}, ParameterTarget{"CL"}};
  wish.step = 30.0 * units::min;
  wish.draws = 2000;
  return wish;
}

// Late after the dose the logarithm of the level bends in that of the clearance: there normal theory tells a
// fifth too little, nowhere too much, and it puts the times in the right order.
TEST(NextSample, AgreesWithNestedMonteCarloForAPatientOfWhomNothingWasMeasured) {
  const auto found = asked(ask(test::after_35_mg(clearance_varies())), hours(1.0, 6.0));
  ASSERT_TRUE(found.has_value());
  const Population population;
  double before = 0.0;
  for (const double time_h : {1.0, 2.0, 4.0, 6.0}) {
    const Told told = brute_force({population.at(time_h)}, population.log_clearance, 0.0, 600);
    EXPECT_NEAR(at(*found, time_h).bits, told.bits, time_h < 3.0 ? 0.12 : 0.25 * told.bits) << time_h;
    EXPECT_LT(at(*found, time_h).bits, told.bits + 0.05) << time_h;
    EXPECT_NEAR(at(*found, time_h).sd_fall_percent, told.sd_fall_percent, time_h < 3.0 ? 4.0 : 8.0) << time_h;
    EXPECT_GT(told.bits, before);
    before = told.bits;
  }
  EXPECT_EQ(found->ranked.front().at.in(units::h), 6.0);
  EXPECT_NE(found->words.find("'CP' at 6 h 00 min"), std::string::npos) << found->words;
  EXPECT_NE(found->words.find("Nothing was measured yet"), std::string::npos) << found->words;
}

TEST(NextSample, AReadingThatIsLikelyBelowTheLimitTellsLess) {
  const Concentration limit = 0.02 * (units::mg / units::L);
  const Asked known = ask(test::after_35_mg(clearance_varies()));
  const auto open = asked(known, hours(1.0, 10.0));
  const auto limited = asked(known, hours(1.0, 10.0, limit));
  ASSERT_TRUE(open.has_value() && limited.has_value());
  const Population population;
  for (const double time_h : {2.0, 4.0, 6.0}) {
    const Told told = brute_force({population.at(time_h)}, population.log_clearance, 0.02, 600);
    EXPECT_NEAR(at(*limited, time_h).sd_fall_percent, told.sd_fall_percent, 6.0) << time_h;
  }
  EXPECT_NEAR(at(*limited, 1.0).bits, at(*open, 1.0).bits, 0.01);
  EXPECT_LT(at(*limited, 10.0).bits, 0.5 * at(*open, 10.0).bits);
  EXPECT_GT(at(*limited, 10.0).chance_below, 0.9);
  EXPECT_LT(limited->ranked.front().at, open->ranked.front().at);
}

// The peak of a second dose, after one assay of the first; both samples and the pair against nested Monte
// Carlo.
TEST(NextSample, AgreesWithNestedMonteCarloForTheNextPeakOfAMeasuredPatient) {
  Question question = test::four_assays(three());
  question.measured.resize(1);
  question.given.push_back({24.0 * units::h, 40.0 * units::min, 35.0 * units::mg});
  const Asked known = ask(question);
  SampleWish wish = hours(0.5, 6.0);
  wish.target = PeakTarget{{24.0 * units::h, 30.0 * units::h}, 0};
  const auto found = asked(known, wish);
  ASSERT_TRUE(found.has_value()) << to_string(found.error());
  ASSERT_TRUE(found->pair);

  const auto row = [](const Eigen::MatrixXd& read, Eigen::Index i) {
    const Eigen::VectorXd values = read.row(i);
    return std::vector<double>(values.begin(), values.end());
  };
  const std::vector<ReadAt> read_at{{found->pair->first.at, 0, {}},
                                    {found->pair->second.at, 0, {}},
                                    {(24.0 + 2.0 / 3.0) * units::h, 0, {}}};
  const auto read = curves(known.problem, known.posterior, read_at, 2000);
  ASSERT_TRUE(read.has_value());
  std::vector<double> log_peak = row(*read, 2);
  for (double& each : log_peak) each = std::log(each);
  const Told first = brute_force({row(*read, 0)}, log_peak, 0.0, 500);
  const Told both = brute_force({row(*read, 0), row(*read, 1)}, log_peak, 0.0, 500);
  EXPECT_NEAR(found->pair->first.sd_fall_percent, first.sd_fall_percent, 4.0);
  EXPECT_NEAR(found->pair->sd_fall_percent, both.sd_fall_percent, 5.0);
  EXPECT_GE(found->pair->bits, found->ranked.front().bits);
}

TEST(NextSample, BeforeAnythingIsGivenThereIsNothingToTell) {
  Question question = test::after_35_mg(clearance_varies());
  question.given[0].at = 2.0 * units::h;
  const auto found = asked(ask(question), hours(0.0, 4.0));
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(at(*found, 1.0).bits, 0.0);
  EXPECT_GT(at(*found, 4.0).bits, 0.05);
}

TEST(NextSample, TheMetaboliteCanBeTheOneToMeasure) {
  const auto otto = test::shipped_structure("otto-2021");
  Question question = test::after_35_mg(otto);
  SampleWish wish = hours(0.5, 6.0);
  wish.assays = {{0, {0.236, 0.0, 0.0}}, {1, {0.143, 0.0, 0.0}}};
  wish.target = ParameterTarget{"CLN"};
  const auto found = asked(ask(question), wish);
  ASSERT_TRUE(found.has_value()) << to_string(found.error());
  EXPECT_EQ(found->ranked.front().output, 1U);
  EXPECT_LT(found->ranked.back().bits, 0.01);  // the parent drug says nothing of how the metabolite leaves
  EXPECT_EQ(found->ranked.back().output, 0U);
}

TEST(NextSample, WhatCannotBeAskedIsRefusedWithTheReason) {
  const Asked known = ask(test::after_35_mg(clearance_varies()));
  const auto code = [&](const SampleWish& wish) {
    const auto found = asked(known, wish);
    return found ? std::optional<ErrorCode>{} : std::optional{found.error().code};
  };
  EXPECT_EQ(code(hours(4.0, 1.0)), ErrorCode::invalid_input);
  EXPECT_EQ(code(hours(-1.0, 1.0)), ErrorCode::invalid_input);
  EXPECT_EQ(code(hours(0.0, 4000.0)), ErrorCode::invalid_input);  // 8001 candidates
  SampleWish wish = hours(1.0, 2.0);
  wish.target = ParameterTarget{"Vmax"};
  EXPECT_EQ(code(wish), ErrorCode::not_found);
  wish.target = ParameterTarget{"V"};  // does not vary
  EXPECT_EQ(code(wish), ErrorCode::invalid_input);
  wish = hours(1.0, 2.0);
  wish.assays[0].scatter = {};
  EXPECT_EQ(code(wish), ErrorCode::invalid_input);
  const auto domino = test::shipped_structure("domino-1982");
  const auto found = asked(ask(test::after_35_mg(domino)), hours(1.0, 2.0));
  ASSERT_FALSE(found.has_value());
  EXPECT_EQ(found.error().code, ErrorCode::outside_domain);
}

}  // namespace
}  // namespace evenkeel::individual
