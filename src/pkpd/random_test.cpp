#include "pkpd/random.hpp"

#include <Random123/philox.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <vector>

namespace evenkeel::pkpd {
namespace {

using Words = std::array<std::uint32_t, 4>;
using Key = std::array<std::uint32_t, 2>;

// Philox4x32-10 from its definition (Salmon et al. 2011, section 3.3): the second road beside the library.
Words philox(Words c, Key k) {
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t a = std::uint64_t{0xD2511F53} * c[0];
    const std::uint64_t b = std::uint64_t{0xCD9E8D57} * c[2];
    c = {static_cast<std::uint32_t>(b >> 32) ^ c[1] ^ k[0], static_cast<std::uint32_t>(b),
         static_cast<std::uint32_t>(a >> 32) ^ c[3] ^ k[1], static_cast<std::uint32_t>(a)};
    k = {k[0] + 0x9E3779B9, k[1] + 0xBB67AE85};
  }
  return c;
}

Words library_philox(Words c, Key k) {
  const auto bits = r123::Philox4x32{}({{c[0], c[1], c[2], c[3]}}, {{k[0], k[1]}});
  return {bits[0], bits[1], bits[2], bits[3]};
}

// kat_vectors of Random123: counter, key, result.
TEST(Philox, GivesTheAuthorsKnownAnswers) {
  struct Known {
    Words counter;
    Key key;
    Words result;
  };
  const std::vector<Known> known = {{{0, 0, 0, 0}, {0, 0}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
                                    {{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff},
                                     {0xffffffff, 0xffffffff},
                                     {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
                                    {{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
                                     {0xa4093822, 0x299f31d0},
                                     {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}}};
  for (const Known& each : known) {
    EXPECT_EQ(library_philox(each.counter, each.key), each.result);
    EXPECT_EQ(philox(each.counter, each.key), each.result);
  }
}

TEST(Uniform, IsMadeOfTheBitsThatTheHeaderSays) {
  // 64-bit FNV-1a of "a" is af63dc4c8601ec8c (the authors' test vector).
  const Variable a{Purpose::covariate, "a"};
  EXPECT_EQ(a.code(), 0x06af63dc4c8601ecU);
  const Draw draw{0x0123456789abcdef, 17, 3};
  const Words bits = philox({17, 3, 0x4c8601ec, 0x06af63dc}, {0x89abcdef, 0x01234567});
  const std::uint64_t word = std::uint64_t{bits[1]} << 32 | bits[0];
  EXPECT_EQ(uniform(a, draw), std::ldexp(static_cast<double>((word >> 11) | 1), -53));
}

TEST(Variable, TellsPurposesAndNamesApart) {
  const Variable cl{Purpose::subject_effect, "CL"};
  EXPECT_NE(cl.code(), (Variable{Purpose::occasion_effect, "CL"}.code()));
  EXPECT_NE(cl.code(), (Variable{Purpose::subject_effect, "CL2"}.code()));
  EXPECT_EQ(cl.code(), (Variable{Purpose::subject_effect, "CL"}.code()));
}

// Kolmogorov-Smirnov distance times sqrt(n) of numbers that should be uniform.
double distance(std::vector<double> numbers) {
  std::ranges::sort(numbers);
  const double n = static_cast<double>(numbers.size());
  double most = 0.0;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const double below = static_cast<double>(i) / n;
    most = std::max({most, numbers[i] - below, below + 1.0 / n - numbers[i]});
  }
  return most * std::sqrt(n);
}

constexpr std::size_t many = 100'000;
constexpr double beyond_1_in_10000 = 2.225;  // of the Kolmogorov distribution: 2 exp(-2 x^2) = 1e-4

std::vector<double> numbers(const std::function<double(std::uint32_t)>& number) {
  std::vector<double> found(many);
  for (std::uint32_t i = 0; i < many; ++i) found[i] = number(i);
  return found;
}

// Whichever word of the counter runs on, the numbers are uniform: subjects, occasions, seeds.
TEST(Uniform, IsUniformAlongEveryDirection) {
  const Variable v{Purpose::subject_effect, "CL"};
  EXPECT_LT(distance(numbers([&](auto i) { return uniform(v, {1, i, 0}); })), beyond_1_in_10000);
  EXPECT_LT(distance(numbers([&](auto i) { return uniform(v, {1, 17, i}); })), beyond_1_in_10000);
  EXPECT_LT(distance(numbers([&](auto i) { return uniform(v, {i, 17, 0}); })), beyond_1_in_10000);
  EXPECT_LT(distance(numbers([&](auto i) {
              return uniform({Purpose::subject_effect, "P" + std::to_string(i)}, {1, 17, 0});
            })),
            beyond_1_in_10000);
}

TEST(StandardNormal, HasTheMomentsOfTheStandardNormal) {
  const Variable v{Purpose::subject_effect, "V1"};
  double sums[5] = {};
  for (const double z : numbers([&](auto i) { return standard_normal(v, {2, i, 0}); })) {
    double power = 1.0;
    for (double& sum : sums) {
      sum += power;
      power *= z;
    }
  }
  const double n = sums[0];
  // Standard errors of the raw moments: sqrt((E z^2k - (E z^k)^2) / n) = sqrt(1, 2, 15, 96) / sqrt(n).
  EXPECT_NEAR(sums[1] / n, 0.0, 4.0 * std::sqrt(1.0 / n));
  EXPECT_NEAR(sums[2] / n, 1.0, 4.0 * std::sqrt(2.0 / n));
  EXPECT_NEAR(sums[3] / n, 0.0, 4.0 * std::sqrt(15.0 / n));
  EXPECT_NEAR(sums[4] / n, 3.0, 4.0 * std::sqrt(96.0 / n));
}

double correlation(const std::vector<double>& a, const std::vector<double>& b) {
  double sum = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum / static_cast<double>(a.size());
}

TEST(StandardNormal, StreamsThatDifferInOnePartOfTheirNameAreUncorrelated) {
  const Variable cl{Purpose::subject_effect, "CL"};
  const auto base = numbers([&](auto i) { return standard_normal(cl, {3, i, 0}); });
  const std::vector<std::vector<double>> others = {
      numbers([&](auto i) {
        return standard_normal({Purpose::subject_effect, "V1"}, {3, i, 0});
      }),
      numbers([&](auto i) {
        return standard_normal({Purpose::occasion_effect, "CL"}, {3, i, 0});
      }),
      numbers([&](auto i) {
        return standard_normal(cl, {3, i, 1});
      }),
      numbers([&](auto i) {
        return standard_normal(cl, {3, i + 1, 0});
      }),
      numbers([&](auto i) {
        return standard_normal(cl, {4, i, 0});
      })};
  for (const auto& other : others) EXPECT_LT(std::abs(correlation(base, other)), 4.0 / std::sqrt(many));
}

TEST(StandardNormal, AnotherSeedChangesEveryNumber) {
  const Variable cl{Purpose::subject_effect, "CL"};
  for (std::uint32_t i = 0; i < 10'000; ++i) {
    EXPECT_NE(standard_normal(cl, {5, i, 0}), standard_normal(cl, {6, i, 0})) << i;
    EXPECT_NE(standard_normal(cl, {5, i, 0}), standard_normal(cl, {5 + (std::uint64_t{1} << 32), i, 0})) << i;
  }
}

}  // namespace
}  // namespace evenkeel::pkpd
