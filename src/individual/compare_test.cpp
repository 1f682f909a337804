#include "individual/compare.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <cmath>
#include <memory>

#include "individual/map.hpp"
#include "pkpd/parallel.hpp"
#include "support/simulated_patient.hpp"

namespace evenkeel::individual {
namespace {

const pkpd::Structure& slow() {
  static const pkpd::Structure structure{test::one_compartment(50.0)};
  return structure;
}
const pkpd::Structure& fast() {
  static const pkpd::Structure structure{test::one_compartment(90.0)};
  return structure;
}

struct Asked {
  Problem problem;
  Posterior posterior;
};

Asked ask(Question question) {
  auto problem = Problem::make(std::move(question));
  EXPECT_TRUE(problem.has_value()) << (problem ? "" : to_string(problem.error()));
  auto posterior = sample(*problem, most_likely(*problem), {.effective = 500.0, .threads = 1});
  return {*std::move(problem), std::move(posterior)};
}

Question measured(const pkpd::Structure& structure, const std::vector<std::string>& ids) {
  Question question = test::after_35_mg(structure);
  for (std::size_t i = 0; i < ids.size(); ++i)
    question.measured.push_back(
        {ids[i], static_cast<double>(1 + 2 * i) * units::h, 0,
         Assayed{std::exp(-0.8 * static_cast<double>(i)) * 0.1 * (units::mg / units::L)}});
  return question;
}

Candidate candidate(const std::string& model, const Asked& asked, bool preferred = false) {
  return {model, preferred, &asked.problem, &asked.posterior, {}};
}

// The weight of the model with 50 L/h for patients drawn from `truth`, on average.
double mean_weight_of_slow(const pkpd::Structure& truth) {
  constexpr std::size_t patients = 30;
  std::vector<double> weights(patients);
  pkpd::in_parallel(0, patients, 1, [&](std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to; ++i) {
      Question question =
          test::simulated(test::after_35_mg(truth), {{1.0, 0}, {3.0, 0}}, static_cast<std::uint32_t>(i));
      question.structure = &slow();
      const Asked one = ask(question);
      question.structure = &fast();
      const Asked other = ask(question);
      const Comparison found = compare(std::vector{candidate("slow", one), candidate("fast", other)});
      weights[i] = *std::ranges::find(found.models, "slow", &ModelWeight::model)->weight;
    }
  });
  double sum = 0.0;
  for (const double each : weights) sum += each;
  return sum / static_cast<double>(patients);
}

// Were the model drawn at even odds, its weight would be its probability: the two means add up to about one.
TEST(Compare, TheModelThatMadeTheDataHasTheHigherMeanWeight) {
  const double of_own = mean_weight_of_slow(slow());
  const double of_other = mean_weight_of_slow(fast());
  EXPECT_GT(of_own, 0.6);
  EXPECT_LT(of_other, 0.4);
  EXPECT_NEAR(of_own + of_other, 1.0, 0.15);
}

TEST(Compare, WeightsAreThoseOfTheLikelihoodsHoweverSmallTheyAre) {
  Asked one = ask(measured(slow(), {"a", "b"}));
  Asked other = one;
  one.posterior.log_likelihood = -2000.0;
  other.posterior.log_likelihood = -2000.0 + std::log(3.0);
  const Comparison found = compare(std::vector{candidate("one", one), candidate("other", other)});
  ASSERT_EQ(found.models.size(), 2U);
  EXPECT_EQ(found.models[0].model, "other");
  EXPECT_NEAR(*found.models[0].weight, 0.75, 1e-12);
  EXPECT_NEAR(*found.models[1].weight, 0.25, 1e-12);
  EXPECT_NE(found.words.find("other 75 %, one 25 %"), std::string::npos) << found.words;
  EXPECT_GT(found.models[0].log_likelihood_error, 0.0);
  EXPECT_LT(found.models[0].log_likelihood_error, 0.05);
}

TEST(Compare, AModelThatPredictsOtherMeasurementsIsShownAndNotWeighed) {
  const Asked all = ask(measured(slow(), {"a", "b", "c"}));
  const Asked too = ask(measured(fast(), {"a", "b", "c"}));
  const Asked fewer = ask(measured(slow(), {"b"}));
  const Comparison found =
      compare(std::vector{candidate("fewer", fewer, true), candidate("all", all), candidate("too", too)});
  ASSERT_EQ(found.models.size(), 3U);
  EXPECT_EQ(found.measured, (std::vector<std::string>{"a", "b", "c"}));
  const ModelWeight& last = found.models.back();
  EXPECT_EQ(last.model, "fewer");
  EXPECT_FALSE(last.weight);
  EXPECT_TRUE(last.log_likelihood);
  EXPECT_EQ(last.missing, (std::vector<std::string>{"a", "c"}));
  EXPECT_NE(last.remark.find("without a, c"), std::string::npos) << last.remark;
  EXPECT_NEAR(*found.models[0].weight + *found.models[1].weight, 1.0, 1e-12);
}

TEST(Compare, AModelThatCannotBeAskedIsShownWithTheReason) {
  const Asked one = ask(measured(slow(), {"a"}));
  const Comparison found = compare(
      std::vector{Candidate{"arterial", false, nullptr, nullptr, "predicts arterial blood; venous was drawn"},
                  candidate("one", one, true)});
  ASSERT_EQ(found.models.size(), 2U);
  EXPECT_EQ(found.models[1].model, "arterial");
  EXPECT_FALSE(found.models[1].log_likelihood);
  EXPECT_EQ(found.models[1].remark, "predicts arterial blood; venous was drawn");
  EXPECT_NEAR(*found.models[0].weight, 1.0, 1e-12);
  EXPECT_NE(found.words.find("nothing to weigh it against"), std::string::npos) << found.words;
}

TEST(Compare, APreferredModelOfLittleWeightIsToBeLookedAt) {
  Asked one = ask(measured(slow(), {"a"}));
  Asked other = one;
  one.posterior.log_likelihood = -10.0;
  other.posterior.log_likelihood = -14.0;  // e^-4 is 1.8 %
  const auto asked = [&](bool first) {
    return compare(std::vector{candidate("one", one, first), candidate("other", other, !first)});
  };
  EXPECT_TRUE(asked(false).look_at_preferred);
  EXPECT_NE(asked(false).words.find("other, which would be used"), std::string::npos);
  EXPECT_FALSE(asked(true).look_at_preferred);
}

TEST(Compare, WithoutMeasurementsWeightsAreEqualAndSayNothing) {
  const Asked one = ask(test::after_35_mg(slow()));
  const Asked other = ask(test::after_35_mg(fast()));
  const Comparison found = compare(std::vector{candidate("one", one), candidate("other", other)});
  EXPECT_NEAR(*found.models[0].weight, 0.5, 1e-12);
  EXPECT_NE(found.words.find("say nothing of the patient"), std::string::npos) << found.words;
}

TEST(Compare, AnAssumedScatterIsSaid) {
  Question question = measured(slow(), {"a"});
  question.assumed = {{"CP", 0.2, {}, 0.0, {}}};
  const Asked one = ask(question);
  const Comparison found = compare(std::vector{candidate("one", one)});
  EXPECT_NE(found.models[0].remark.find("assumed scatter"), std::string::npos);
}

}  // namespace
}  // namespace evenkeel::individual
