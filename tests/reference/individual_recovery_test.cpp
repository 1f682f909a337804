// Patients simulated from the model itself, with its residual errors and an assay's lower limit: what is
// found of them holds the truth as often as it says.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <iostream>
#include <mutex>

#include "individual/map.hpp"
#include "individual/posterior.hpp"
#include "individual/predict.hpp"
#include "individual/problem.hpp"
#include "pkpd/parallel.hpp"
#include "reference/shipped_models.hpp"
#include "support/random_patients.hpp"
#include "support/three_compartments.hpp"

namespace evenkeel::individual {
namespace {

using units::h;
using units::mg;

struct Study {
  Question plan;
  std::vector<Duration> moments;
  std::size_t outputs = 1;
  double limit_mg_L = 0.0;
  Duration later;  // a concentration held out
  int patients = 0;
};

// Of one quantity over all patients.
struct Recovery {
  int held = 0;       // by the 90 % interval
  int above = 0;      // its median
  double off = 0.0;   // posterior mean less truth
  double off2 = 0.0;  // squared

  void add(const std::vector<double>& draws, const Eigen::VectorXd& weights, double truth) {
    const double low = weighted_quantile(draws, weights, 0.05);
    const double high = weighted_quantile(draws, weights, 0.95);
    held += low <= truth && truth <= high;
    above += truth > weighted_quantile(draws, weights, 0.5);
    const double error = Eigen::VectorXd::Map(draws.data(), std::ssize(draws)).dot(weights) - truth;
    off += error;
    off2 += error * error;
  }
  void add(const Recovery& other) {
    held += other.held;
    above += other.above;
    off += other.off;
    off2 += other.off2;
  }
};

// One patient: each parameter that varies as its eta, then each output at the later moment.
std::vector<Recovery> recovery_of(const Study& study, std::uint32_t number) {
  const auto drawn = test::drawn_patient(study.plan, study.moments, study.outputs,
                                         Concentration::from_canonical(study.limit_mg_L), 20260501, number);
  const auto problem = *Problem::make(drawn.question);
  const Estimate estimate = most_likely(problem);
  EXPECT_TRUE(estimate.converged) << "patient " << number;
  const Posterior posterior = sample(problem, estimate, {.seed = number, .effective = 600.0, .threads = 1});
  const auto effects = problem.effects().effects();
  std::vector<Recovery> all(effects.size() + study.outputs);
  std::vector<std::vector<double>> etas(effects.size());
  for (Eigen::Index d = 0; d < posterior.z.cols(); ++d) {
    const std::vector<double> each = problem.etas(posterior.z.col(d), 1);
    for (std::size_t k = 0; k < each.size(); ++k) etas[k].push_back(each[k]);
  }
  for (std::size_t k = 0; k < etas.size(); ++k) {
    const std::size_t p = effects[k].parameter;
    all[k].add(etas[k], posterior.weights, std::log(drawn.values[0][p] / problem.typical()[0][p]));
  }
  std::vector<ReadAt> read_at;
  for (std::size_t output = 0; output < study.outputs; ++output) read_at.push_back({study.later, output});
  const auto later = *curves(problem, posterior, read_at, 400, 1);
  const auto truth = test::course_of(study.plan, drawn.values);
  const Eigen::VectorXd even =
      Eigen::VectorXd::Constant(later.cols(), 1.0 / static_cast<double>(later.cols()));
  for (std::size_t output = 0; output < study.outputs; ++output) {
    const Eigen::VectorXd row = later.row(static_cast<Eigen::Index>(output));
    all[effects.size() + output].add({row.begin(), row.end()}, even,
                                     truth.concentration(study.later, output).canonical());
  }
  return all;
}

// 90 % of intervals hold the truth, half of medians lie below it, and means are off by nothing on the whole:
// each to its own error over this many patients, 3.3 standard ones.
void expect_recovery(const Study& study) {
  std::vector<Recovery> all;
  std::mutex adding;
  const auto count = static_cast<std::size_t>(study.patients);
  pkpd::in_parallel(0, count, 8, [&](std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to; ++i) {
      const auto each = recovery_of(study, static_cast<std::uint32_t>(i));
      const std::scoped_lock lock{adding};
      all.resize(each.size());
      for (std::size_t k = 0; k < each.size(); ++k) all[k].add(each[k]);
    }
  });
  const double n = study.patients;
  for (std::size_t k = 0; k < all.size(); ++k) {
    const double mean = all[k].off / n;
    const double error = std::sqrt((all[k].off2 / n - mean * mean) / n);
    std::cout << "quantity " << k << ": held " << all[k].held / n << ", above the median " << all[k].above / n
              << ", mean off by " << mean / error << " standard errors\n";
    EXPECT_NEAR(all[k].held / n, 0.90, 3.3 * std::sqrt(0.09 / n)) << "quantity " << k;
    EXPECT_NEAR(all[k].above / n, 0.50, 3.3 * std::sqrt(0.25 / n)) << "quantity " << k;
    EXPECT_NEAR(mean / error, 0.0, 3.3) << "quantity " << k;
  }
}

TEST(Recovery, IntervalsHoldTheTruthAsOftenAsTheySay) {
  const pkpd::Structure structure{test::three_compartments()};
  Question plan = test::four_assays(structure);
  plan.measured.clear();
  const std::vector<Duration> moments{20.0 * units::min, 40.0 * units::min, 70.0 * units::min,
                                      180.0 * units::min};
  expect_recovery({plan, moments, 1, 0.012, 5.0 * h, 1000});
}

TEST(Recovery, IntervalsOfParentAndMetaboliteHoldTheTruthAsOftenAsTheySay) {
  const pkpd::Structure structure = pkpd::shipped_structure("otto-2021");
  const Question plan{
      &structure, {{0.0 * h, pkpd::of_weight(70.0), 1}}, {{0.0 * h, 2.0 / 3.0 * h, 35.0 * mg}}, {}};
  expect_recovery({plan, {0.5 * h, 1.0 * h, 3.0 * h, 6.0 * h}, 2, 0.008, 9.0 * h, 600});
}

Estimate estimate_of(const Question& question) {
  const auto problem = Problem::make(question);
  EXPECT_TRUE(problem.has_value());
  return most_likely(*problem);
}

TEST(Unhappy, AnyStartComesToTheSamePlace) {
  const pkpd::Structure structure{test::three_compartments()};
  const auto problem = *Problem::make(test::four_assays(structure));
  const Estimate expected = most_likely(problem);
  std::mt19937_64 rng{20260601};
  std::normal_distribution<double> normal{0.0, 6.0};
  for (int run = 0; run < 300; ++run) {
    Eigen::VectorXd start(3);
    for (double& each : start) each = normal(rng);
    const Estimate found = most_likely(problem, start);
    ASSERT_TRUE(found.converged) << start.transpose();
    EXPECT_NEAR((found.z - expected.z).cwiseAbs().maxCoeff(), 0.0, 1e-6) << start.transpose();
  }
}

// As by a mistake of the unit.
TEST(Unhappy, AnAssayAMillionTimesOffComesToAMinimumOrSaysSo) {
  const pkpd::Structure structure{test::three_compartments()};
  for (const double factor : {1e-6, 1e-3, 10.0, 100.0, 1e3, 1e6}) {
    for (std::size_t wrong = 0; wrong < 4; ++wrong) {
      Question question = test::four_assays(structure);
      const double level = std::get<Assayed>(question.measured[wrong].what).value.canonical();
      question.measured[wrong].what = Assayed{Concentration::from_canonical(factor * level)};
      const auto problem = *Problem::make(question);
      const Estimate found = most_likely(problem);
      EXPECT_TRUE(std::isfinite(found.at.objective));
      EXPECT_TRUE(found.converged || factor > 200.0) << factor << ", assay " << wrong;
      if (!found.converged) continue;
      for (Eigen::Index j = 0; j < 3; ++j) {
        for (const double by : {-0.01, 0.01}) {
          Eigen::VectorXd beside = found.z;
          beside[j] += by;
          EXPECT_GE(problem.objective(beside), found.at.objective) << factor << ", assay " << wrong;
        }
      }
    }
  }
}

TEST(Unhappy, SixtyAssaysInOneSessionConverge) {
  const pkpd::Structure structure{test::three_compartments()};
  Question plan = test::four_assays(structure);
  plan.measured.clear();
  std::vector<Duration> moments;
  for (int i = 1; i <= 60; ++i) moments.push_back(0.1 * i * h);
  for (std::uint32_t number = 0; number < 20; ++number) {
    const auto drawn =
        test::drawn_patient(plan, moments, 1, Concentration::from_canonical(1e-3), 20260602, number);
    EXPECT_TRUE(estimate_of(drawn.question).converged) << number;
  }
}

TEST(Unhappy, OneSessionOfTwentyWithAssaysConverges) {
  const pkpd::Structure structure = pkpd::shipped_structure("simons-2022");
  const pkpd::Patient patient{70.0 * units::kg, 40.0, false, false};
  Question plan{&structure, {}, {}, {}};
  for (int session = 0; session < 20; ++session) {
    const Duration from = 84.0 * session * h;
    plan.spans.push_back({from, patient, session + 1});
    plan.given.push_back({from, 1.0 * h, 30.0 * mg});
  }
  std::vector<Duration> moments;
  for (const double at_h : {0.5, 1.0, 3.0}) moments.push_back((84.0 * 13 + at_h) * h);
  const auto drawn = test::drawn_patient(plan, moments, 3, Concentration::from_canonical(1e-3), 20260603, 1);
  const Estimate found = estimate_of(drawn.question);
  EXPECT_TRUE(found.converged);
  EXPECT_LT(found.z.size(), 16) << "long past sessions have no coordinates";
}

// A sample before a session, months after the last: its prediction is near 1e-200.
TEST(Unhappy, ASampleMonthsAfterADoseConverges) {
  const pkpd::Structure structure{test::three_compartments()};
  for (const double months : {1.0, 2.0, 3.0, 12.0}) {
    Question question = test::four_assays(structure);
    question.measured.push_back(
        {"before", months * 720.0 * h, 0, Below{Concentration::from_canonical(0.002)}});
    const Estimate with = estimate_of(question);
    EXPECT_TRUE(with.converged) << months;
    const Estimate without = estimate_of(test::four_assays(structure));
    EXPECT_NEAR((with.z - without.z).cwiseAbs().maxCoeff(), 0.0, 1e-7) << months;
  }
}

}  // namespace
}  // namespace evenkeel::individual
