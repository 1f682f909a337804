// What must hold for every subject's records: random models, doses of every kind, times that meet.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "pkpd/trajectory.hpp"
#include "random_systems.hpp"
#include "support/plain_course.hpp"

namespace evenkeel::pkpd {
namespace {

constexpr int runs = 200;
constexpr double horizon_h = 72.0;

struct TimedSpec {
  double at_h = 0.0;
  DoseSpec dose;
};

// One subject in numbers, to be told in different ways.
struct Told {
  PlainShape shape;
  std::map<std::string, double> parameters;
  std::vector<TimedSpec> doses;  // in order of time
  std::vector<double> times_h;   // to be seen, in order
};

double pick(RandomSystems& random, std::initializer_list<double> values) {
  return values.begin()[random.count(0, static_cast<Eigen::Index>(values.size()) - 1)];
}

DoseSpec any_dose(RandomSystems& random) {
  DoseSpec dose{.route = static_cast<std::size_t>(random.count(0, 1)),
                .amount = random.log_between(1.0, 200.0) * units::mg,
                .form = static_cast<DoseForm>(random.count(0, 4))};
  dose.rate = random.log_between(1.0, 200.0) * (units::mg / units::h);
  dose.duration = pick(random, {0.5, 3.0, 6.0, 14.0}) * units::h;
  if (random.chance(0.6)) dose.additional = static_cast<int>(random.count(1, 5));
  if (random.chance(0.4)) dose.steady = random.chance(0.5) ? SteadyState::adds : SteadyState::replaces;
  if (dose.additional > 0 || dose.steady != SteadyState::none)
    dose.interval = pick(random, {3.0, 6.0, 8.0}) * units::h;
  return dose;
}

Told any_subject(std::uint64_t seed, bool steady = true) {
  RandomSystems random{seed};
  Told told;
  told.shape.peripherals = static_cast<int>(random.count(0, 2));
  for (const std::string name : {"CL", "V", "KA", "Q2", "V2", "Q3", "V3"})
    told.parameters[name] = name[0] == 'V' ? random.log_between(3.0, 300.0) : random.log_between(1.0, 100.0);
  told.parameters["KA"] = random.log_between(0.05, 20.0);
  for (const std::string number : {"1", "2"}) {
    told.parameters["F" + number] = random.between(0.1, 1.4);
    told.parameters["ALAG" + number] = pick(random, {0.0, 0.5, 3.0, 7.7, 12.0});
    told.parameters["D" + number] = pick(random, {0.25, 3.0, 6.0, 20.0});
    told.parameters["R" + number] = random.log_between(1.0, 100.0);
  }
  for (Eigen::Index i = random.count(1, 4); i > 0; --i) {
    told.doses.push_back({0.5 * static_cast<double>(random.count(0, 48)), any_dose(random)});
    if (!steady) told.doses.back().dose.steady = SteadyState::none;
  }
  std::ranges::sort(told.doses, {}, &TimedSpec::at_h);
  for (int i = 0; i < 20; ++i) told.times_h.push_back(0.5 * static_cast<double>(random.count(0, 144)));
  for (int i = 0; i < 20; ++i) told.times_h.push_back(random.between(0.0, horizon_h));
  told.times_h.push_back(horizon_h);
  std::ranges::sort(told.times_h);
  return told;
}

struct Read {
  Structure structure;
  Subject subject;
  Timeline timeline;
  Eigen::MatrixXd amounts;  // at `times_h`
};

// Records in order of time, doses of one moment before what is seen.
Read read(const Told& told, Road road = Road::best) {
  Read made{Structure{plain_model(told.shape)}, {}, {}, {}};
  PlainValues values{made.structure};
  for (const auto& [name, value] : told.parameters) {
    if (made.structure.parameter(name)) values.set(name, value);
  }
  PlainSubject subject{made.structure};
  const InForce in_force = subject.with(values);
  subject.add(std::min(told.doses.front().at_h, told.times_h.front()) - 1.0, RecordKind::other, in_force);
  std::vector<std::size_t> seen;
  std::size_t next = 0;
  for (const double time_h : told.times_h) {
    for (; next < told.doses.size() && told.doses[next].at_h <= time_h; ++next)
      subject.add(told.doses[next].at_h, RecordKind::dose, in_force).dose = told.doses[next].dose;
    seen.push_back(subject.subject().records.size());
    subject.add(time_h, RecordKind::observation, in_force);
  }
  made.subject = subject.subject();
  auto timeline = schedule(made.structure, made.subject);
  EXPECT_TRUE(timeline.has_value()) << (timeline ? "" : to_string(timeline.error().error));
  if (!timeline) return made;
  made.timeline = *std::move(timeline);
  const Eigen::MatrixXd all = read_outs(made.timeline, made.subject.records.size(), road).amounts;
  made.amounts.resize(std::ssize(seen), all.cols());
  for (std::size_t i = 0; i < seen.size(); ++i)
    made.amounts.row(static_cast<Eigen::Index>(i)) = all.row(static_cast<Eigen::Index>(seen[i]));
  return made;
}

// Relative where a compartment holds more than 1e-9 of the most it ever held.
void expect_same(const Eigen::MatrixXd& here, const Eigen::MatrixXd& there, double relative) {
  ASSERT_EQ(here.rows(), there.rows());
  for (Eigen::Index j = 0; j < here.cols(); ++j) {
    const double most = there.col(j).maxCoeff();
    for (Eigen::Index i = 0; i < here.rows(); ++i)
      ASSERT_NEAR(here(i, j), there(i, j), relative * there(i, j) + relative * 1e-9 * most)
          << "compartment " << j + 1 << ", time " << i;
  }
}

template <class Property>
void for_random_subjects(Property&& property, bool steady = true) {
  for (std::uint64_t seed = 1; seed <= runs; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    property(any_subject(seed, steady));
    if (testing::Test::HasFatalFailure()) return;
  }
}

TEST(Records, AreTheSameByBothRoads) {
  for_random_subjects([](const Told& told) {
    expect_same(read(told).amounts, read(told, Road::matrix_exponential).amounts, 1e-10);
  });
}

TEST(Records, AreReadAsTheirCourseIs) {
  for_random_subjects([](const Told& told) {
    const Read rows = read(told);
    const auto course = Trajectory::make(rows.timeline);
    ASSERT_TRUE(course.has_value());
    Eigen::MatrixXd amounts(rows.amounts.rows(), rows.amounts.cols());
    for (std::size_t i = 0; i < told.times_h.size(); ++i)
      amounts.row(static_cast<Eigen::Index>(i)) = course->amounts(told.times_h[i] * units::h).transpose();
    expect_same(amounts, rows.amounts, 1e-10);
  });
}

TEST(Records, LeaveNoAmountBelowZero) {
  for_random_subjects([](const Told& told) { EXPECT_GE(read(told).amounts.minCoeff(), 0.0); });
}

TEST(Records, LoseNoDrug) {
  const auto check = [](Told told) {
    for (TimedSpec& each : told.doses) each.dose.rate = 300.0 * (units::mg / units::h);
    for (const char* name : {"R1", "R2"}) told.parameters[name] = 300.0;
    told.times_h = {24.0 + 5 * 8.0 + 12.0 + 21.0};  // after the last arrival and its end
    const Read rows = read(told);
    double given_mg = 0.0;
    for (const TimedSpec& each : told.doses) {
      given_mg += told.parameters.at(each.dose.route == 0 ? "F1" : "F2") * each.dose.amount.in(units::mg) *
                  (1 + each.dose.additional);
    }
    const auto course = Trajectory::make(rows.timeline);
    const auto area = course->area(-1.0 * units::h, told.times_h.back() * units::h);
    const double left_mg = area.canonical() * told.parameters.at("CL");
    EXPECT_NEAR(rows.amounts.sum() + left_mg, given_mg, 1e-10 * given_mg);
  };
  for_random_subjects(check, false);
}

TEST(Records, AddUp) {
  for_random_subjects([](Told told) {
    for (TimedSpec& each : told.doses) {
      if (each.dose.steady == SteadyState::replaces) each.dose.steady = SteadyState::adds;
    }
    Eigen::MatrixXd sum;
    for (const TimedSpec& each : told.doses) {
      Told alone = told;
      alone.doses = {each};
      const Eigen::MatrixXd amounts = read(alone).amounts;
      sum = sum.size() == 0 ? amounts : Eigen::MatrixXd{sum + amounts};
    }
    expect_same(read(told).amounts, sum, 1e-10);
  });
}

TEST(Records, GrowWithTheirDoses) {
  for_random_subjects([](const Told& told) {
    Told larger = told;
    const double factor = 137.3;
    for (TimedSpec& each : larger.doses) {
      each.dose.amount = factor * each.dose.amount;
      each.dose.rate = factor * each.dose.rate;
    }
    for (const char* name : {"R1", "R2"}) larger.parameters[name] *= factor;
    expect_same(read(larger).amounts, factor * read(told).amounts, 1e-11);
  });
}

TEST(Records, MoveWithTheClock) {
  for_random_subjects([](const Told& told) {
    Told later = told;
    for (TimedSpec& each : later.doses) each.at_h += 1000.0;
    for (double& time_h : later.times_h) time_h += 1000.0;
    // 1000 h resolve 1e-13 h, in which the fastest compartment moves by 1e-11.
    expect_same(read(later).amounts, read(told).amounts, 1e-9);
  });
}

TEST(Records, AreTheSameInAnyUnitOfTime) {
  for_random_subjects([](const Told& told) {
    const double units_in_an_hour = 60.0;
    Told minutes = told;
    for (TimedSpec& each : minutes.doses) {
      each.at_h *= units_in_an_hour;
      each.dose.interval = units_in_an_hour * each.dose.interval;
      each.dose.duration = units_in_an_hour * each.dose.duration;
      each.dose.rate = each.dose.rate / units_in_an_hour;
    }
    for (double& time_h : minutes.times_h) time_h *= units_in_an_hour;
    for (const char* name : {"CL", "KA", "Q2", "Q3", "R1", "R2"})
      minutes.parameters[name] /= units_in_an_hour;
    for (const char* name : {"ALAG1", "ALAG2", "D1", "D2"}) minutes.parameters[name] *= units_in_an_hour;
    expect_same(read(minutes).amounts, read(told).amounts, 1e-10);
  });
}

// The cycle that SS 1 begins with is what many doses lead to, and additional doses keep it.
TEST(Records, OfASteadyStateAreTheLimitOfManyDoses) {
  for_random_subjects([](Told told) {
    RandomSystems random{static_cast<std::uint64_t>(told.times_h[3] * 1e6)};
    told.parameters["CL"] = told.parameters["V"] * random.between(0.3, 1.0);  // fast enough to get there
    told.parameters["Q2"] = told.parameters["V2"];
    told.parameters["Q3"] = told.parameters["V3"];
    told.parameters["V2"] = std::min(told.parameters["V2"], 2.0 * told.parameters["V"]);
    told.parameters["V3"] = std::min(told.parameters["V3"], 2.0 * told.parameters["V"]);
    told.parameters["KA"] = random.between(0.3, 4.0);
    told.doses.resize(1);
    TimedSpec& dose = told.doses.front();
    dose.dose.interval = pick(random, {3.0, 6.0, 8.0}) * units::h;
    dose.dose.steady = SteadyState::none;
    dose.dose.additional = 300;
    Told steady = told;
    const double begun_h = dose.at_h + 200.0 * dose.dose.interval.in(units::h);
    steady.doses.front().at_h = begun_h;
    steady.doses.front().dose.steady = SteadyState::replaces;
    steady.doses.front().dose.additional = 100;
    told.times_h.clear();
    for (int i = 0; i < 30; ++i) told.times_h.push_back(begun_h + random.between(0.0, 80.0));
    told.times_h.push_back(begun_h);
    std::ranges::sort(told.times_h);
    steady.times_h = told.times_h;
    expect_same(read(steady).amounts, read(told).amounts, 1e-10);
  });
}

// Bateman's equation, written so that it keeps its digits where the two rates meet:
//   A(t) = ka e^(-k t) (1 - e^(-(ka - k) t)) / (ka - k)
long double bateman(long double ka, long double k, long double hours) {
  const long double apart = ka - k;
  if (apart == 0.0L) return ka * hours * std::exp(-k * hours);
  return apart > 0.0L ? -ka * std::exp(-k * hours) * std::expm1(-apart * hours) / apart
                      : ka * std::exp(-ka * hours) * std::expm1(apart * hours) / apart;
}

TEST(Records, OfAnOralDoseFollowBatemanWhateverTheRates) {
  for (const double k : {1e-8, 1e-3, 0.1, 3.0, 1e4}) {
    for (const double ratio : {1e-7, 0.03, 1.0 - 1e-6, 1.0, 1.0 + 1e-14, 1.0 + 1e-9, 1.001, 40.0, 1e7}) {
      const double ka = k * ratio;
      PlainCourse course;
      course.with({{"CL", k * 10.0}, {"KA", ka}}).dose(0.0, bolus(100.0, into_depot));
      const std::vector<double> times_h{1e-6, 1e-3, 0.1, 1.0, 7.0, 100.0, 3000.0};
      for (const double time_h : times_h) course.see({time_h});
      const auto found = course.central_mg();
      for (std::size_t i = 0; i < times_h.size(); ++i) {
        const auto expected = static_cast<double>(100.0L * bateman(ka, k, times_h[i]));
        if (expected < 1e-250) continue;
        // A rate known to one part in 2^53 makes e^(-k t) uncertain by k t 2^-53.
        const double relative = 1e-12 + 4e-16 * std::min(ka, k) * times_h[i];
        EXPECT_NEAR(found[i + 1], expected, relative * expected) << ka << ", " << k << ", " << times_h[i];
      }
    }
  }
}

}  // namespace
}  // namespace evenkeel::pkpd
