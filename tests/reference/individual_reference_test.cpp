// The most likely parameters beside those of another optimiser of another objective
// (support/plain_patient.hpp): the problem that other tools were timed with, and patients drawn from the
// shipped models.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "individual/map.hpp"
#include "individual/problem.hpp"
#include "reference/shipped_models.hpp"
#include "support/plain_minimum.hpp"
#include "support/plain_patient.hpp"
#include "support/random_patients.hpp"
#include "support/three_compartments.hpp"

namespace evenkeel::individual {
namespace {

using test::PlainPatient;
using units::h;
using units::mg;

// Nelder and Mead's simplex, Computer Journal 7 (1965) 308, begun anew at its best until that stays.
Eigen::VectorXd simplex_minimum(const std::function<double(const Eigen::VectorXd&)>& f,
                                Eigen::VectorXd best) {
  const Eigen::Index n = best.size();
  struct Corner {
    double f;
    Eigen::VectorXd z;
  };
  for (int restart = 0; restart < 6; ++restart) {
    std::vector<Corner> corners{{f(best), best}};
    for (Eigen::Index i = 0; i < n; ++i) {
      Eigen::VectorXd z = best;
      z[i] += 0.5;
      corners.push_back({f(z), z});
    }
    for (int step = 0; step < 400; ++step) {
      std::ranges::sort(corners, {}, &Corner::f);
      Eigen::VectorXd middle = Eigen::VectorXd::Zero(n);
      for (std::size_t i = 0; i + 1 < corners.size(); ++i) middle += corners[i].z / static_cast<double>(n);
      const auto at = [&](double by) {
        const Eigen::VectorXd z = middle + by * (middle - corners.back().z);
        return Corner{f(z), z};
      };
      Corner tried = at(1.0);
      if (tried.f < corners.front().f) {
        Corner further = at(2.0);
        corners.back() = further.f < tried.f ? further : tried;
      } else if (tried.f < corners[corners.size() - 2].f) {
        corners.back() = tried;
      } else if (Corner inside = at(-0.5); inside.f < corners.back().f) {
        corners.back() = inside;
      } else {
        for (std::size_t i = 1; i < corners.size(); ++i) {
          corners[i].z = 0.5 * (corners[0].z + corners[i].z);
          corners[i].f = f(corners[i].z);
        }
      }
    }
    best = std::ranges::min_element(corners, {}, &Corner::f)->z;
  }
  return best;
}

// z of `problem` in the places of `plain`; what the problem leaves out is zero there.
Eigen::VectorXd placed(const Problem& problem, const PlainPatient& plain, const Eigen::VectorXd& z) {
  Eigen::VectorXd all = Eigen::VectorXd::Zero(std::ssize(plain.places()));
  for (std::size_t j = 0; j < problem.dimensions(); ++j) {
    const Coordinate& c = problem.coordinates()[j];
    const auto found = std::ranges::find_if(plain.places(), [&](const PlainPatient::Place& place) {
      return place.block == c.block && place.row == static_cast<Eigen::Index>(c.row) &&
             (c.level == pkpd::Level::subject || place.occasion == c.occasion);
    });
    EXPECT_NE(found, plain.places().end());
    all[found - plain.places().begin()] = z[static_cast<Eigen::Index>(j)];
  }
  return all;
}

TEST(MostLikely, ThePublishedProblemHasItsKnownAnswer) {
  const pkpd::Structure structure{test::three_compartments()};
  const auto problem = *Problem::make(test::four_assays(structure));
  const Estimate found = most_likely(problem);
  ASSERT_TRUE(found.converged);
  const auto values = *problem.values(found.z, 0);
  EXPECT_NEAR(values[0], 144.252023, 1e-6);
  EXPECT_NEAR(values[1], 4.467938, 1e-6);
  EXPECT_NEAR(values[3], 11.013121, 1e-6);
}

TEST(MostLikely, ThePublishedProblemHasTheSameAnswerByAnotherRoad) {
  const pkpd::Structure structure{test::three_compartments()};
  const PlainPatient plain{test::four_assays(structure), {1}};
  const auto f = [&](const Eigen::VectorXd& z) { return plain.objective(z); };
  const Eigen::VectorXd rough = simplex_minimum(f, Eigen::VectorXd::Zero(3));
  const Eigen::VectorXd expected = test::plain_minimum(f, rough);
  EXPECT_NEAR((rough - expected).cwiseAbs().maxCoeff(), 0.0, 1e-5);
  const auto problem = *Problem::make(test::four_assays(structure));
  const Estimate found = most_likely(problem);
  EXPECT_NEAR((placed(problem, plain, found.z) - expected).cwiseAbs().maxCoeff(), 0.0, 1e-6);
  EXPECT_NEAR(found.at.objective, f(expected), 1e-10);
}

struct Cohort {
  const char* model;
  int patients;
  std::size_t outputs;
  double limit_mg_L;
  double last_h;
  double weight_kg;
  int sessions;
};

// The model's name without its hyphens: a test's name has none.
void PrintTo(const Cohort& cohort, std::ostream* out) {
  std::string name = cohort.model;
  std::erase(name, '-');
  *out << name;
}

// 0.5 mg/kg over 40 min in every session, two days apart.
Question plan_of(const pkpd::Structure& structure, const Cohort& cohort) {
  const pkpd::Patient patient{cohort.weight_kg * units::kg, cohort.weight_kg < 40.0 ? 4.0 : 40.0, false,
                              false};
  Question plan{&structure, {}, {}, {}};
  for (int session = 0; session < cohort.sessions; ++session) {
    const Duration from = 48.0 * session * h;
    plan.spans.push_back({from, patient, session + 1});
    plan.given.push_back({from, 2.0 / 3.0 * h, 0.5 * cohort.weight_kg * mg});
  }
  return plan;
}

class Cohorts : public testing::TestWithParam<Cohort> {};

TEST_P(Cohorts, TheMostLikelyIsThatOfAnotherOptimiser) {
  const Cohort cohort = GetParam();
  const pkpd::Structure structure = pkpd::shipped_structure(cohort.model);
  const Question plan = plan_of(structure, cohort);
  std::vector<int> occasions;
  if (pkpd::RandomEffects::make(structure.model())->has_occasions()) {
    for (const Span& span : plan.spans) occasions.push_back(span.occasion);
  }
  std::mt19937_64 rng{20260301};
  int censored = 0;
  for (int number = 0; number < cohort.patients; ++number) {
    auto moments = test::random_moments(rng, cohort.last_h);
    for (int session = 1; session < cohort.sessions; ++session) {
      for (const Duration at : test::random_moments(rng, cohort.last_h))
        moments.push_back(at + 48.0 * session * h);
    }
    const auto drawn =
        test::drawn_patient(plan, moments, cohort.outputs, Concentration::from_canonical(cohort.limit_mg_L),
                            20260302, static_cast<std::uint32_t>(number));
    for (const Measured& each : drawn.question.measured) censored += std::holds_alternative<Below>(each.what);
    const PlainPatient plain{drawn.question, occasions};
    const auto f = [&](const Eigen::VectorXd& z) { return plain.objective(z); };
    const auto problem = *Problem::make(drawn.question);
    const Estimate found = most_likely(problem);
    ASSERT_TRUE(found.converged) << "patient " << number;
    const Eigen::VectorXd own = placed(problem, plain, found.z);
    const auto left_out = static_cast<double>(plain.places().size() - problem.dimensions());
    EXPECT_NEAR(found.at.objective + left_out * 0.5 * std::log(2.0 * M_PI), f(own), 1e-9) << number;
    // Two sessions have several minima: there it begins beside the one to be checked.
    Eigen::VectorXd start = Eigen::VectorXd::Zero(own.size());
    if (cohort.sessions > 1) start = own.array() + 0.02;
    const Eigen::VectorXd expected = test::plain_minimum(f, start);
    EXPECT_NEAR((own - expected).cwiseAbs().maxCoeff(), 0.0, 1e-6) << "patient " << number;
  }
  EXPECT_GT(censored, 0);
}

// Esketamine and esnorketamine; infants and children for Flint; two sessions, three outputs for Simons.
INSTANTIATE_TEST_SUITE_P(Shipped, Cohorts,
                         testing::Values(Cohort{"otto-2021", 60, 2, 0.003, 12.0, 70.0, 1},
                                         Cohort{"perez-ruixo-2021", 25, 2, 0.003, 12.0, 70.0, 1},
                                         Cohort{"flint-2017", 50, 2, 0.005, 12.0, 12.0, 1},
                                         Cohort{"simons-2022", 3, 3, 0.005, 12.0, 70.0, 2}),
                         testing::PrintToStringParamName());

}  // namespace
}  // namespace evenkeel::individual
