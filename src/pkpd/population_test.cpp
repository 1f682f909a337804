#include "pkpd/population.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <numeric>
#include <thread>

#include "pkpd/uncertainty.hpp"

namespace evenkeel::pkpd {
namespace {

using namespace units;
constexpr std::uint64_t seed = 5;

Parameter parameter(std::string name, Dimension dimension, double value) {
  Parameter made;
  made.name = std::move(name);
  made.dimension = dimension;
  made.value = value;
  return made;
}

// One compartment; CL and V vary with the subject, CL also with the occasion, and with weight.
Model example() {
  Model model;
  model.id = "example";
  model.compartments = {{"central", "V"}};
  Path path;
  path.compartment = "central";
  model.routes = {{"intravenous", {path}}};
  model.parameters = {parameter("CL", Dimension::clearance, 84.0), parameter("V", Dimension::volume, 25.0),
                      parameter("F", Dimension::fraction, 0.5)};
  model.parameters[0].effects = {PowerEffect{Covariate::weight, 70.0, 0.75, {}}};
  model.parameters[0].standard_error = 8.0;
  model.flows = {{.from = "central", .clearance = "CL"}};
  model.outputs = {{"parent", "central", Moiety::racemic_ketamine, SamplingSite::arterial}};
  model.domain.weight = {*Interval<BodyMass>::make(40.0 * kg, 160.0 * kg), {}};
  model.domain.age_years = {*Interval<double>::make(18.0, 90.0), {}};
  const auto block = [](Level level, std::vector<std::string> names, Eigen::MatrixXd covariance) {
    RandomBlock made;
    made.level = level;
    made.distributions.assign(names.size(), Distribution::log_normal);
    made.parameters = std::move(names);
    made.covariance = std::move(covariance);
    return made;
  };
  Eigen::Matrix2d omega;
  omega << 0.09, 0.04, 0.04, 0.16;
  model.variability.blocks = {block(Level::subject, {"CL", "V"}, omega),
                              block(Level::occasion, {"CL"}, Eigen::MatrixXd::Constant(1, 1, 0.04))};
  return model;
}

Demographics members() {
  Demographics made;
  made.weight = Spread{Shape::log_normal, 78.0, 0.2, *Interval<double>::make(45.0, 150.0), {}};
  made.age = Spread{Shape::uniform, 0.0, 0.0, *Interval<double>::make(18.0, 70.0), {}};
  return made;
}

Population population(const Who& who, std::uint64_t of = seed) {
  auto made = Population::make(Structure{example()}, who, of);
  EXPECT_TRUE(made.has_value()) << (made ? "" : made.error().what);
  return *std::move(made);
}

const Patient seventy{70.0 * kg, 40.0};

TEST(Population, OneSubjectIsTypicalValuesWithItsEffects) {
  const auto everybody = population(seventy);
  std::array<double, 2> etas{};
  everybody.effects().add_subject_etas(seed, 17, etas);
  const auto alone = *everybody.subject(17);
  EXPECT_NEAR(alone[0], 84.0 * std::exp(etas[0]), 1e-12);
  EXPECT_NEAR(alone[1], 25.0 * std::exp(etas[1]), 1e-12);
  EXPECT_EQ(alone[2], 0.5);
  everybody.effects().add_occasion_etas(seed, 17, 2, etas);
  EXPECT_NEAR((*everybody.subject(17, 2))[0], 84.0 * std::exp(etas[0]), 1e-12);
  EXPECT_EQ((*everybody.subject(17, 2))[1], alone[1]);
}

TEST(Population, AMemberHasTheTypicalValuesOfItsCovariates) {
  const auto drawn = population(members());
  for (std::uint32_t i = 0; i < 100; ++i) {
    const Patient patient = drawn.patient(i);
    const auto same = population(patient);
    EXPECT_EQ(*drawn.subject(i, 3), *same.subject(i, 3));
    EXPECT_TRUE(45.0 * kg <= *patient.weight && *patient.weight <= 150.0 * kg);
  }
}

// The promise in the header: neither order nor threads nor the number of subjects enter.
TEST(Population, SubjectsAreTheSameInAnyOrderOnAnyThread) {
  const auto drawn = population(members());
  constexpr std::uint32_t count = 2000;
  std::vector<Values> forward;
  for (std::uint32_t i = 0; i < count; ++i) forward.push_back(*drawn.subject(i, 1));
  std::vector<Values> threaded(count);
  std::vector<std::thread> threads;
  for (std::uint32_t t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      for (std::uint32_t i = count; i-- > 0;) {
        if (i % 4 == t) threaded[i] = *drawn.subject(i, 1);
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(threaded, forward);
  EXPECT_EQ(*population(members()).subject(1999, 1), forward[1999]);
}

TEST(Population, AnotherSeedChangesEverySubject) {
  const auto one = population(members(), 1);
  const auto other = population(members(), 2);
  for (std::uint32_t i = 0; i < 1000; ++i) {
    const auto a = *one.subject(i, 1);
    const auto b = *other.subject(i, 1);
    ASSERT_NE(a[0], b[0]);
    ASSERT_NE(a[1], b[1]);
    ASSERT_NE(*one.patient(i).weight, *other.patient(i).weight);
  }
}

TEST(Fill, GivesEachLaneTheBitsOfItsSubject) {
  for (const Who& who : {Who{seventy}, Who{members()}}) {
    const auto drawn = population(who);
    std::vector<double> lanes(3 * group_size);
    for (const std::size_t count : {std::size_t{1}, std::size_t{5}, group_size}) {
      for (const std::optional<int> occasion : {std::optional<int>{}, std::optional<int>{2}}) {
        ASSERT_FALSE(drawn.fill(40, count, occasion, lanes).has_value());
        for (std::size_t lane = 0; lane < group_size; ++lane) {
          const auto subject = static_cast<std::uint32_t>(40 + std::min(lane, count - 1));
          const auto values = *drawn.subject(subject, occasion);
          for (std::size_t p = 0; p < 3; ++p) ASSERT_EQ(lanes[p * group_size + lane], values[p]);
        }
      }
    }
  }
}

TEST(Population, IndividualServesASubjectWithRowsOfItsOwn) {
  const auto drawn = population(seventy);
  const auto individual = drawn.individual(17);
  const auto values = individual({84.0, 25.0, 0.5}, 2);
  ASSERT_TRUE(values.has_value());
  EXPECT_EQ(*values, *drawn.subject(17, 2));
  const auto half =
      individual({42.0, 25.0, 0.5}, 2);  // rows tell another clearance: the same effect acts on it
  EXPECT_EQ((*half)[0], 0.5 * (*values)[0]);
}

TEST(Population, TypicalValuesAreThoseOfCovariatesAndOverrides) {
  const auto everybody = Population::make(Structure{example()}, Patient{140.0 * kg, 40.0}, seed, {{1, 30.0}});
  ASSERT_TRUE(everybody.has_value());
  const auto typical = everybody->typical(17);
  ASSERT_TRUE(typical.has_value());
  EXPECT_NEAR((*typical)[0], 84.0 * std::pow(2.0, 0.75), 1e-12);
  EXPECT_EQ((*typical)[1], 30.0);
  EXPECT_EQ((*typical)[2], 0.5);
}

TEST(Population, ReplicatesShareTheirEffects) {
  const Structure structure{example()};
  const auto overrides = *sample_typical(structure.model(), seed, 4);
  ASSERT_EQ(overrides.size(), 1U);
  const auto replicate = Population::make(structure, seventy, seed, overrides);
  ASSERT_TRUE(replicate.has_value());
  const auto best = population(seventy);
  for (std::uint32_t i = 0; i < 100; ++i) {
    const auto a = *best.subject(i);
    const auto b = *replicate->subject(i);
    EXPECT_NEAR(b[0] / a[0], overrides[0].value / 84.0, 1e-14);
    EXPECT_EQ(b[1], a[1]);
  }
}

TEST(Population, OneThatReachesOutOfTheDomainIsRefusedWhoeverWouldBeDrawn) {
  const auto refused = [](Demographics who, const char* where, const char* words) {
    const auto made = Population::make(Structure{example()}, who, seed);
    ASSERT_FALSE(made.has_value()) << words;
    EXPECT_EQ(made.error().code, ErrorCode::outside_domain);
    EXPECT_EQ(made.error().where, where);
    EXPECT_NE(made.error().what.find(words), std::string::npos) << made.error().what;
  };
  Demographics who = members();
  who.weight->within = *Interval<double>::make(39.0, 150.0);
  refused(who, "weight", "beyond 40 to 160 kg");
  who = members();
  who.age->within = *Interval<double>::make(18.0, 91.0);
  refused(who, "age", "beyond 18 to 90 years");
  who.age->within = *Interval<double>::make(18.0, 90.0);  // the bound itself is inside
  EXPECT_TRUE(Population::make(Structure{example()}, who, seed).has_value());
}

TEST(Population, APatientOutsideTheDomainIsRefused) {
  const auto made = Population::make(Structure{example()}, Patient{30.0 * kg, 40.0}, seed);
  ASSERT_FALSE(made.has_value());
  EXPECT_EQ(made.error().code, ErrorCode::outside_domain);
}

TEST(Population, ACovariateThatAModelNeedsAndThePopulationLacksIsNamed) {
  Demographics who = members();
  who.weight.reset();
  const auto made = Population::make(Structure{example()}, who, seed);
  ASSERT_FALSE(made.has_value());
  EXPECT_NE(made.error().what.find("needs weight"), std::string::npos) << made.error().what;
}

TEST(Population, ASubjectWhoseParameterComesOutNegativeIsNamed) {
  Model model = example();
  model.variability.blocks = {model.variability.blocks[0]};
  model.variability.blocks[0].distributions = {Distribution::normal, Distribution::log_normal};
  model.variability.blocks[0].covariance << 1e4, 0.0, 0.0, 0.16;  // an sd of 100 L/h about 84 L/h
  const auto made = Population::make(Structure{model}, seventy, seed);
  ASSERT_TRUE(made.has_value());
  std::uint32_t refused = 0;
  std::vector<double> lanes(3 * group_size);
  for (std::uint32_t i = 0; i < 1000; ++i) {
    const auto subject = made->subject(i);
    const auto fault = made->fill(i, 1, {}, lanes);
    ASSERT_EQ(fault.has_value(), !subject.has_value());
    if (subject) {
      ASSERT_GE((*subject)[0], 0.0);
      continue;
    }
    ++refused;
    EXPECT_EQ(subject.error().where, "subject " + std::to_string(i));
    EXPECT_EQ(*fault, subject.error());
  }
  // P(z < -0.84) = 0.2005
  EXPECT_NEAR(refused, 200.5, 4.0 * std::sqrt(1000 * 0.2005 * 0.7995));
}

}  // namespace
}  // namespace evenkeel::pkpd
