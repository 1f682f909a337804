// What must hold for every linear compartment system and every regimen.
#include <gtest/gtest.h>

#include <algorithm>

#include "random_systems.hpp"

namespace evenkeel::pkpd {
namespace {

constexpr double horizon_h = 48.0;
constexpr int runs = 150;

// Half of the runs have a closed form, half do not.
LinearSystem any_system(RandomSystems& random) {
  return random.chance(0.5) ? random.mammillary(1e-3, 80.0) : random.general(1e-3, 80.0);
}

double dose_mg(std::span<const Dose> doses) {
  double sum = 0.0;
  for (const Dose& dose : doses) sum += dose.amount.in(units::mg);
  return sum;
}

// Relative, with a floor of 1e-9 ng/mL: a hundred million times below what an assay can see.
void expect_same(Concentration here, Concentration there, double relative) {
  EXPECT_NEAR(ng_mL(here), ng_mL(there), relative * std::abs(ng_mL(there)) + 1e-9);
}

template <class Property>
void for_random_cases(Property&& property) {
  for (std::uint64_t seed = 1; seed <= runs; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    RandomSystems random{seed};
    const LinearSystem system = any_system(random);
    property(random, system, random.regimen());
  }
}

TEST(Trajectory, LosesNoDrug) {
  for_random_cases([](RandomSystems& random, const LinearSystem& system, const std::vector<Dose>& doses) {
    const Trajectory course = follow(system, doses);
    const Duration until = random.between(33.0, horizon_h) * units::h;  // after the last infusion
    double found = course.amounts(until).sum();
    const Eigen::RowVectorXd loss_per_h = -system.rates.colwise().sum();
    for (Eigen::Index i = 0; i < loss_per_h.size(); ++i) {
      const auto output = static_cast<std::size_t>(i);
      const Volume volume = system.outputs[output].volume;
      found += (course.area(Duration{}, until, output) * volume).canonical() * loss_per_h[i];
    }
    EXPECT_NEAR(found, dose_mg(doses), 1e-10 * dose_mg(doses));
  });
}

TEST(Trajectory, OfAllDosesIsTheSumOfTheirOwn) {
  for_random_cases([](RandomSystems& random, const LinearSystem& system, const std::vector<Dose>& doses) {
    const Trajectory together = follow(system, doses);
    for (int i = 0; i < 8; ++i) {
      const Duration time = random.between(0.0, horizon_h) * units::h;
      Concentration sum;
      for (const Dose& dose : doses) sum += follow(system, std::span{&dose, 1}).concentration(time);
      expect_same(together.concentration(time), sum, 1e-10);
    }
  });
}

TEST(Trajectory, DoublesWithTheDose) {
  for_random_cases([](RandomSystems& random, const LinearSystem& system, const std::vector<Dose>& doses) {
    const double factor = random.log_between(1e-3, 1e3);
    std::vector<Dose> scaled = doses;
    for (Dose& dose : scaled) dose.amount = factor * dose.amount;
    const Trajectory course = follow(system, doses);
    const Trajectory larger = follow(system, scaled);
    for (int i = 0; i < 8; ++i) {
      const Duration time = random.between(0.0, horizon_h) * units::h;
      expect_same(larger.concentration(time), factor * course.concentration(time), 1e-11);
    }
  });
}

TEST(Trajectory, MovesWithTheClock) {
  for_random_cases([](RandomSystems& random, const LinearSystem& system, const std::vector<Dose>& doses) {
    const Duration shift = std::round(random.between(1.0, 2000.0)) * units::h;
    std::vector<Dose> later = doses;
    for (Dose& dose : later) dose.at += shift;
    const Trajectory course = follow(system, doses);
    const Trajectory shifted = *Trajectory::make({{shift, system}}, later);
    for (int i = 0; i < 8; ++i) {
      const Duration time = random.between(0.0, horizon_h) * units::h;
      // 2000 h resolve 2e-13 h, in which the fastest compartment moves by 1e-10.
      expect_same(shifted.concentration(time + shift), course.concentration(time), 1e-9);
    }
  });
}

TEST(Trajectory, NeverFallsBelowZero) {
  for_random_cases([](RandomSystems& random, const LinearSystem& system, const std::vector<Dose>& doses) {
    const Trajectory course = follow(system, doses);
    for (int i = 0; i < 40; ++i) {
      const Eigen::VectorXd amounts = course.amounts(random.log_between(1e-6, 336.0) * units::h);
      EXPECT_GE(amounts.minCoeff(), -1e-13 * dose_mg(doses));
      EXPECT_GE(amounts[0], 0.0);
    }
  });
}

TEST(Trajectory, IsTheSameForAnInfusionInTwoParts) {
  for_random_cases([](RandomSystems& random, const LinearSystem& system, const std::vector<Dose>& doses) {
    std::vector<Dose> parts;
    for (const Dose& dose : doses) {
      const double share = random.between(0.01, 0.99);
      parts.push_back({dose.at, share * dose.length, share * dose.amount});
      parts.push_back(
          {dose.at + share * dose.length, (1.0 - share) * dose.length, (1.0 - share) * dose.amount});
    }
    const Trajectory whole = follow(system, doses);
    const Trajectory halves = follow(system, parts);
    for (int i = 0; i < 8; ++i) {
      const Duration time = random.between(0.0, horizon_h) * units::h;
      expect_same(halves.concentration(time), whole.concentration(time), 1e-10);
    }
  });
}

TEST(Trajectory, IsTheSameWhenAnEpochChangesNothing) {
  for_random_cases([](RandomSystems& random, const LinearSystem& system, const std::vector<Dose>& doses) {
    const Duration change = random.between(0.0, 32.0) * units::h;  // often in the middle of an infusion
    const Trajectory one = follow(system, doses);
    const Trajectory two = *Trajectory::make({{Duration{}, system}, {change, system}}, doses);
    for (int i = 0; i < 8; ++i) {
      const Duration time = random.between(0.0, horizon_h) * units::h;
      expect_same(two.concentration(time), one.concentration(time), 1e-10);
    }
  });
}

TEST(Trajectory, HasAnAreaOfDoseOverClearance) {
  for (std::uint64_t seed = 1; seed <= runs; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    RandomSystems random{seed};
    const LinearSystem system = random.mammillary(0.02, 80.0);
    const std::vector<Dose> doses = random.regimen();
    const double slowest = system.modal->decay.minCoeff();
    const Clearance clearance = -system.rates.col(0).sum() / units::h * system.outputs[0].volume;
    const auto expected = dose_mg(doses) * units::mg / clearance;
    const Duration end = (40.0 + 35.0 / slowest) * units::h;
    // A rate q known to one part in 2^53 makes e^(-qt) uncertain by qt 2^-53, and the roads add a few
    // such errors of their own: over the years that the slowest of these systems need, that counts.
    const double tolerance = 1e-10 + 1e-15 * end.in(units::h) * -system.rates.diagonal().minCoeff();
    for (const Road road : {Road::modal, Road::matrix_exponential}) {
      EXPECT_NEAR(follow(system, doses, road).area(Duration{}, end) / expected, 1.0, tolerance);
    }
  }
}

TEST(Trajectory, AddsItsAreasUp) {
  for_random_cases([](RandomSystems& random, const LinearSystem& system, const std::vector<Dose>& doses) {
    const Trajectory course = follow(system, doses);
    const Duration middle = random.between(0.0, horizon_h) * units::h;
    const Duration end = horizon_h * units::h;
    const auto whole = course.area(Duration{}, end);
    EXPECT_NEAR((course.area(Duration{}, middle) + course.area(middle, end)) / whole, 1.0, 1e-11);
  });
}

TEST(Trajectory, PeaksNowhereHigherThanItsPeak) {
  for_random_cases([](RandomSystems& random, const LinearSystem& system, const std::vector<Dose>& doses) {
    const Trajectory course = follow(system, doses);
    const auto output = static_cast<std::size_t>(random.count(0, system.rates.rows() - 1));
    const Duration from = random.between(0.0, 12.0) * units::h;
    const Duration to = from + random.log_between(0.1, 400.0) * units::h;
    const Peak peak = course.peak(from, to, output);
    EXPECT_TRUE(from <= peak.at && peak.at <= to);
    for (int i = 0; i < 400; ++i) {
      const Duration time = from + random.between(0.0, 1.0) * random.between(0.0, 1.0) * (to - from);
      const Concentration sampled = course.concentration(time, output);
      EXPECT_LE(ng_mL(sampled), ng_mL(peak.value) * (1.0 + 1e-12)) << time.in(units::h) << " h";
    }
  });
}

TEST(Trajectory, IsAboveALevelForAsLongAsItsSamplesSay) {
  constexpr int samples = 4'000;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    RandomSystems random{seed};
    const LinearSystem system = any_system(random);
    const std::vector<Dose> doses = random.regimen();
    const Trajectory course = follow(system, doses);
    const auto output = static_cast<std::size_t>(random.count(0, system.rates.rows() - 1));
    const Duration end = horizon_h * units::h;
    const Concentration level = random.log_between(0.01, 0.9) * course.peak(Duration{}, end, output).value;
    int above = 0;
    for (int i = 0; i < samples; ++i) {
      if (course.concentration((i + 0.5) / samples * end, output) >= level) ++above;
    }
    // Each crossing may be off by one sample; a dose makes at most two, and drug may return.
    const double allowed = 4.0 * static_cast<double>(doses.size()) / samples;
    EXPECT_NEAR(course.time_above(level, Duration{}, end, output) / end, static_cast<double>(above) / samples,
                allowed);
  }
}

}  // namespace
}  // namespace evenkeel::pkpd
