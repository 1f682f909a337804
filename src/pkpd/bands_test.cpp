#include "pkpd/bands.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "pkpd/log_bins.hpp"

namespace evenkeel::pkpd {
namespace {

// The definition, on all values: h = (n - 1) p, between the two order statistics around it.
double sorted_quantile(std::vector<double> values, double probability) {
  std::ranges::sort(values);
  const double h = static_cast<double>(values.size() - 1) * probability;
  const auto low = static_cast<std::size_t>(h);
  const double next = values[std::min(low + 1, values.size() - 1)];
  return values[low] + (h - static_cast<double>(low)) * (next - values[low]);
}

// A bolus of 100 mg into 10 L; 3 h before it nothing is there.
Batch random_batch(std::size_t subjects, double sd) {
  Timeline timeline;
  timeline.events = {{3.0, AddAmount{0, 100.0}}};
  Batch batch{.subjects = subjects,
              .compartments = 1,
              .outputs = {0},
              .system_of = {},
              .plans = {*BatchPlan::make(timeline, std::vector{0.0, 3.0, 4.0, 10.0, 40.0})},
              .plan_of = {}};
  std::vector<double> rates;
  std::mt19937_64 rng{3};
  std::normal_distribution<double> normal;
  for (std::size_t i = 0; i < subjects; ++i) rates.push_back(-0.2 * std::exp(sd * normal(rng)));
  batch.system_of = [rates](std::size_t subject, SubjectSystem& into) -> std::optional<Error> {
    into.rates(0, 0) = rates[subject];
    into.volumes_L[0] = 10.0;
    return std::nullopt;
  };
  return batch;
}

const std::vector probabilities{0.0, 0.05, 0.25, 0.5, 0.9, 0.95, 1.0};

std::vector<double> row_values(const BatchCurves& curves, std::size_t row) {
  std::vector<double> values;
  for (std::size_t i = 0; i < curves.subjects(); ++i) values.push_back(curves.at(i, 0, row));
  return values;
}

TEST(PercentileBands, LieWithinTheStatedErrorOfTheSortedValues) {
  for (const std::size_t subjects : {1U, 2U, 9U, 1000U}) {
    const Batch batch = random_batch(subjects, 0.7);
    const auto curves = simulate(batch);
    const auto bands = percentile_bands(batch, {.probabilities = probabilities});
    ASSERT_TRUE(bands.has_value() && bands->has_value());
    EXPECT_LE((*bands)->relative_error, 0.003);
    for (std::size_t row = 0; row < 5; ++row) {
      for (std::size_t p = 0; p < probabilities.size(); ++p) {
        const double expected = sorted_quantile(row_values(**curves, row), probabilities[p]);
        EXPECT_NEAR((*bands)->at(p, 0, row), expected, (*bands)->relative_error * expected + log_bins::lowest)
            << subjects << " subjects, row " << row << ", p " << probabilities[p];
      }
    }
  }
}

TEST(PercentileBands, AreThoseOfTheSortedValuesOnRequest) {
  for (const double sd : {0.0, 1e-9, 0.7}) {  // all in one bin, nearly so, far apart
    const Batch batch = random_batch(9001, sd);
    const auto curves = simulate(batch);
    const auto bands = percentile_bands(batch, {.probabilities = probabilities, .exact = true});
    EXPECT_EQ((*bands)->relative_error, 0.0);
    for (std::size_t row = 0; row < 5; ++row) {
      for (std::size_t p = 0; p < probabilities.size(); ++p) {
        EXPECT_DOUBLE_EQ((*bands)->at(p, 0, row),
                         sorted_quantile(row_values(**curves, row), probabilities[p]));
      }
    }
  }
}

TEST(PercentileBands, AreZeroWhereNothingWasGiven) {
  for (const bool exact : {false, true}) {
    const auto bands = percentile_bands(random_batch(100, 0.5), {.exact = exact});
    for (std::size_t p = 0; p < 3; ++p) EXPECT_EQ((*bands)->at(p, 0, 0), 0.0);
  }
}

TEST(PercentileBands, KeepOutputsApart) {
  Batch batch = random_batch(50, 0.3);
  batch.outputs = {0, 0};
  batch.system_of = [fill = batch.system_of](std::size_t subject, SubjectSystem& into) {
    auto error = fill(subject, into);
    into.volumes_L[1] = 20.0;
    return error;
  };
  const auto bands = percentile_bands(batch, {.exact = true});
  for (std::size_t row = 0; row < 5; ++row)
    EXPECT_NEAR((*bands)->at(1, 1, row), (*bands)->at(1, 0, row) / 2.0, 1e-15);
}

TEST(PercentileBands, RefuseAProbabilityThatIsNone) {
  for (const double p : {-0.1, 1.1, std::nan("")})
    EXPECT_FALSE(percentile_bands(random_batch(3, 0.1), {.probabilities = {p}}).has_value());
}

TEST(PercentileBands, ReturnNothingWhenStopped) {
  for (const bool exact : {false, true}) {
    int asked = 0;
    const auto bands =
        percentile_bands(random_batch(100, 0.1), {.exact = exact},
                         {.go_on = [&](std::size_t, std::size_t) { return ++asked < (exact ? 2 : 1); }});
    ASSERT_TRUE(bands.has_value());
    EXPECT_FALSE(bands->has_value());
  }
}

TEST(LogHistogram, TakesValuesOneByOne) {
  LogHistogram histogram;
  for (const double value : {0.0, 1e3, 1e-6, 1.0, 1e-40}) histogram.add(value);
  EXPECT_EQ(histogram.total(), 5U);
  EXPECT_EQ(histogram.quantile(0.25), 0.0) << "1e-40 counts as zero";
  EXPECT_NEAR(histogram.quantile(0.5), 1e-6, 1e-6 / 512);
  EXPECT_NEAR(histogram.quantile(0.75), 1.0, 1.0 / 512);
  EXPECT_NEAR(histogram.quantile(1.0), 1e3, 1e3 / 512);
}

TEST(LogBins, HoldTheirValuesAndAreAsNarrowAsTheySay) {
  std::mt19937_64 rng{4};
  std::uniform_real_distribution<double> exponent{-99.0, 27.9};
  for (int i = 0; i < 100'000; ++i) {
    const double value = std::exp2(exponent(rng));
    const std::uint32_t bin = log_bins::bin_of(value);
    const double low = log_bins::lower_end(bin);
    const double high = log_bins::lower_end(bin + 1);
    ASSERT_TRUE(low <= value && value < high) << value;
    ASSERT_LE(high - low, low * log_bins::relative_width);
  }
  EXPECT_EQ(log_bins::bin_of(0.0), 0);
  EXPECT_EQ(log_bins::bin_of(1e300), 65535);
}

}  // namespace
}  // namespace evenkeel::pkpd
