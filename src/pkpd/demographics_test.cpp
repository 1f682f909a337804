#include "pkpd/demographics.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <functional>

namespace evenkeel::pkpd {
namespace {

constexpr std::uint64_t seed = 31;
constexpr std::uint32_t many = 40'000;
constexpr double beyond_1_in_10000 = 2.225;  // of the Kolmogorov distribution

Spread spread(Shape shape, double centre, double width, double low, double high) {
  return {shape, centre, width, *Interval<double>::make(low, high), {}};
}

Demographics example() {
  Demographics made;
  made.weight = spread(Shape::log_normal, 78.0, 0.2, 45.0, 150.0);
  made.age = spread(Shape::normal, 42.0, 14.0, 18.0, 70.0);
  made.asian = Sourced<double>{0.14, {}};
  made.japanese = Sourced<double>{0.09, {}};
  return made;
}

MemberSampler sampler(const Demographics& demographics) {
  auto made = MemberSampler::make(demographics);
  EXPECT_TRUE(made.has_value()) << (made ? "" : made.error().what);
  return *std::move(made);
}

double kg(const Patient& patient) {
  return patient.weight->in(units::kg);
}

// Kolmogorov-Smirnov distance, times sqrt(n), from a distribution truncated to the ends of what is drawn.
double distance(std::vector<double> drawn, const std::function<double(double)>& cdf, double low,
                double high) {
  std::ranges::sort(drawn);
  EXPECT_GE(drawn.front(), low);
  EXPECT_LE(drawn.back(), high);
  double most = 0.0;
  const double n = static_cast<double>(drawn.size());
  for (std::size_t i = 0; i < drawn.size(); ++i) {
    const double expected = (cdf(drawn[i]) - cdf(low)) / (cdf(high) - cdf(low));
    const double below = static_cast<double>(i) / n;
    most = std::max({most, expected - below, below + 1.0 / n - expected});
  }
  return most * std::sqrt(n);
}

std::vector<double> drawn(const Demographics& demographics, const std::function<double(const Patient&)>& of) {
  const auto members = sampler(demographics);
  std::vector<double> found;
  for (std::uint32_t i = 0; i < many; ++i) found.push_back(of(members.member(seed, i)));
  return found;
}

double age(const Patient& patient) {
  return *patient.age_years;
}

TEST(MemberSampler, DrawsEachShapeAsStatedWithinItsInterval) {
  Demographics d = example();
  const boost::math::normal weights{std::log(78.0), 0.2};
  const boost::math::normal ages{42.0, 14.0};
  EXPECT_LT(distance(
                drawn(d, kg), [&](double x) { return cdf(weights, std::log(x)); }, 45.0, 150.0),
            beyond_1_in_10000);
  EXPECT_LT(distance(
                drawn(d, age), [&](double x) { return cdf(ages, x); }, 18.0, 70.0),
            beyond_1_in_10000);
  d.age = spread(Shape::uniform, 0.0, 0.0, 20.0, 64.0);
  EXPECT_LT(distance(
                drawn(d, age), [](double x) { return x; }, 20.0, 64.0),
            beyond_1_in_10000);
  d.weight = spread(Shape::normal, 60.0, 30.0, 100.0, 120.0);  // far to one side
  const boost::math::normal heavy{60.0, 30.0};
  EXPECT_LT(distance(
                drawn(d, kg), [&](double x) { return cdf(heavy, x); }, 100.0, 120.0),
            beyond_1_in_10000);
}

// Kendall's tau of a Gaussian copula is (2 / pi) asin r, whatever the two distributions are; estimated from
// disjoint pairs of members, of which each agrees with probability (1 + tau) / 2.
TEST(MemberSampler, WeightAndAgeGoTogetherAsStatedAndKeepTheirDistributions) {
  for (const double r : {0.6, -0.3}) {
    Demographics d = example();
    d.weight_age_correlation = Sourced<double>{r, {}};
    const auto members = sampler(d);
    int agree = 0;
    for (std::uint32_t i = 0; i < many; i += 2) {
      const auto a = members.member(seed, i);
      const auto b = members.member(seed, i + 1);
      agree += (kg(a) < kg(b)) == (*a.age_years < *b.age_years);
    }
    const double expected = 0.5 + std::asin(r) / M_PI;
    const double pairs = many / 2.0;
    EXPECT_NEAR(agree / pairs, expected, 4.0 * std::sqrt(expected * (1.0 - expected) / pairs));
    const boost::math::normal weights{std::log(78.0), 0.2};
    EXPECT_LT(distance(
                  drawn(d, kg), [&](double x) { return cdf(weights, std::log(x)); }, 45.0, 150.0),
              beyond_1_in_10000);
  }
}

TEST(MemberSampler, WhatIsStatedOfOneCovariateMovesNoOther) {
  Demographics more = example();
  more.weight_age_correlation = Sourced<double>{0.4, {}};
  Demographics fewer = example();
  fewer.asian.reset();
  fewer.japanese.reset();
  const auto base = sampler(example());
  for (std::uint32_t i = 0; i < 100; ++i) {
    EXPECT_EQ(age(base.member(seed, i)), age(sampler(more).member(seed, i)));
    EXPECT_EQ(kg(base.member(seed, i)), kg(sampler(fewer).member(seed, i)));
    EXPECT_NE(kg(base.member(seed, i)), kg(base.member(seed + 1, i)));
  }
}

TEST(MemberSampler, GroupsHaveTheirSharesAndTheJapaneseAreAsian) {
  const auto members = sampler(example());
  double asian = 0.0;
  double japanese = 0.0;
  for (std::uint32_t i = 0; i < many; ++i) {
    const auto member = members.member(seed, i);
    asian += *member.asian;
    japanese += *member.japanese;
    ASSERT_TRUE(*member.asian || !*member.japanese);
  }
  EXPECT_NEAR(asian / many, 0.14, 4.0 * std::sqrt(0.14 * 0.86 / many));
  EXPECT_NEAR(japanese / many, 0.09, 4.0 * std::sqrt(0.09 * 0.91 / many));
}

TEST(MemberSampler, ASharedOfAllOrNoneIsExact) {
  Demographics d = example();
  d.asian->value = 1.0;
  d.japanese->value = 0.0;
  const auto members = sampler(d);
  for (std::uint32_t i = 0; i < 1000; ++i) {
    EXPECT_TRUE(*members.member(seed, i).asian);
    EXPECT_FALSE(*members.member(seed, i).japanese);
  }
}

TEST(MemberSampler, WhatIsNotStatedIsNotKnown) {
  const auto member = sampler(Demographics{}).member(seed, 1);
  EXPECT_FALSE(member.weight || member.age_years || member.asian || member.japanese);
}

TEST(MemberSampler, WhatCannotBeDrawnFromIsRefusedAtItsPlace) {
  struct Case {
    const char* where;
    const char* words;
    std::function<void(Demographics&)> break_it;
  };
  const std::vector<Case> cases = {
      {"weight", "begin at 0.1", [](auto& d) { d.weight = spread(Shape::uniform, 0, 0, 0.0, 90.0); }},
      {"age", "begin at 0 ", [](auto& d) { d.age = spread(Shape::uniform, 0, 0, -1.0, 90.0); }},
      {"age", "finite", [](auto& d) { d.age = spread(Shape::uniform, 0, 0, 18.0, HUGE_VAL); }},
      {"weight", "above zero", [](auto& d) { d.weight->width = 0.0; }},
      {"weight", "above zero", [](auto& d) { d.weight->centre = -78.0; }},
      {"weight", "above zero", [](auto& d) { d.weight->width = std::nan(""); }},
      {"age", "begins at zero", [](auto& d) { d.age = spread(Shape::log_normal, 40.0, 0.3, 0.0, 90.0); }},
      {"age", "another distribution", [](auto& d) { d.age = spread(Shape::normal, 42.0, 2.0, 60.0, 70.0); }},
      {"weight_age_correlation", "below 1",
       [](auto& d) {
         d.weight_age_correlation = Sourced<double>{1.0, {}};
       }},
      {"weight_age_correlation", "both",
       [](auto& d) {
         d.weight_age_correlation = Sourced<double>{0.3, {}};
         d.age.reset();
       }},
      {"asian", "0 to 1", [](auto& d) { d.asian->value = 1.2; }},
      {"asian", "0 to 1", [](auto& d) { d.asian->value = std::nan(""); }},
      {"japanese", "part of the Asian", [](auto& d) { d.japanese->value = 0.2; }},
      {"japanese", "part of the Asian", [](auto& d) { d.asian.reset(); }}};
  for (const Case& each : cases) {
    Demographics d = example();
    each.break_it(d);
    const auto refused = MemberSampler::make(d);
    ASSERT_FALSE(refused.has_value()) << each.where << ": " << each.words;
    EXPECT_EQ(refused.error().where, each.where);
    EXPECT_NE(refused.error().what.find(each.words), std::string::npos) << refused.error().what;
  }
}

}  // namespace
}  // namespace evenkeel::pkpd
