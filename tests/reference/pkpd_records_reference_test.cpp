// Every kind of dose record in every legal combination, against a simulator that solves nothing
// (record_simulator.hpp): dose form x lag x bioavailability x additional doses x steady state x
// duration x what happens to the course afterwards, over one to three compartments with a depot and a
// chain to a metabolite, with parameters that stay or change from record to record.
//
// Agreement to 1e-10 relative wherever a compartment holds more than 1e-9 of the most it ever held.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "pkpd/schedule.hpp"
#include "pkpd/solve.hpp"
#include "reference/record_simulator.hpp"
#include "support/plain_model.hpp"

namespace evenkeel::pkpd {
namespace {

constexpr double interval_h = 6.0;
// The slowest mode of any set of values below is faster than 0.25/h: e^(-0.25 * 6 * 26) is 10^-17.
constexpr int past_doses = 26;

enum class Afterwards { nothing, reset, reset_and_dose, steady_anew, steady_besides };

struct Combination {
  DoseForm form = DoseForm::at_once;
  double lag_h = 0.0;
  double fraction = 1.0;
  int additional = 0;
  SteadyState steady = SteadyState::none;
  double duration_h = 2.4;
  std::size_t route = 0;
  Afterwards afterwards = Afterwards::nothing;
  bool changing = false;
};

std::ostream& operator<<(std::ostream& out, const Combination& c) {
  return out << "form " << static_cast<int>(c.form) << ", lag " << c.lag_h << ", F " << c.fraction
             << ", ADDL " << c.additional << ", SS " << static_cast<int>(c.steady) << ", over "
             << c.duration_h << " h, route " << c.route << ", afterwards " << static_cast<int>(c.afterwards)
             << (c.changing ? ", changing" : "");
}

// The values at a record; `turn` varies all of them.
PlainValues values_of(const Structure& structure, PlainShape shape, const Combination& c, int turn) {
  const double vary = 1.0 + 0.13 * turn;
  PlainValues values{structure};
  values.set("CL", 16.0 * vary).set("V", 20.0 / vary).set("KA", 0.9 * vary);
  if (shape.peripherals > 0) values.set("Q2", 12.0 * vary).set("V2", 15.0);
  if (shape.peripherals > 1) values.set("Q3", 6.0).set("V3", 8.0 * vary);
  if (shape.metabolite) values.set("MTT", 1.5 * vary).set("YIELD", 1.07).set("CLM", 8.0).set("VM", 15.0);
  values.set("FILM", 0.6 * vary).set("OVER", c.duration_h).set("LATE", c.lag_h * vary);
  for (const std::string number : {"1", "2"}) {
    values.set("F" + number, c.fraction * vary).set("ALAG" + number, c.lag_h * vary);
    values.set("D" + number, c.duration_h * vary);
    values.set("R" + number, c.fraction * 100.0 / c.duration_h * (1.0 + 0.2 * turn));
  }
  return values;
}

DoseSpec dose_of(const Combination& c) {
  DoseSpec dose{.route = c.route, .amount = 100.0 * units::mg, .form = c.form};
  dose.rate = c.fraction * 100.0 / c.duration_h * (units::mg / units::h);
  dose.duration = c.duration_h * units::h;
  dose.additional = c.additional;
  if (c.additional > 0 || c.steady != SteadyState::none) dose.interval = interval_h * units::h;
  dose.steady = c.steady;
  return dose;
}

// Seen at even and uneven times, twice at some; a bolus besides at 4.1 h; then what happens at 20 h,
// in the middle of lags and infusions.
Subject subject_of(const Structure& structure, PlainShape shape, const Combination& c) {
  PlainSubject subject{structure};
  int turn = 0;
  const auto next_values = [&] {
    return subject.with(values_of(structure, shape, c, c.changing ? turn++ % 3 : 0));
  };
  const auto see = [&](std::initializer_list<double> times_h) {
    for (const double at_h : times_h) subject.add(at_h, RecordKind::observation, next_values());
  };
  subject.add(1.5, RecordKind::dose, next_values()).dose = dose_of(c);
  see({1.5, 2.0, 3.7, 3.9});
  subject.add(4.1, RecordKind::dose, next_values()).dose = {.route = 1, .amount = 30.0 * units::mg};
  see({4.1, 7.5, 7.5, 8.8});
  subject.add(10.2, RecordKind::other, next_values());
  see({13.5, 16.1, 19.5});
  switch (c.afterwards) {
    case Afterwards::nothing:
      break;
    case Afterwards::reset:
      subject.add(20.0, RecordKind::reset, next_values());
      break;
    case Afterwards::reset_and_dose:
      subject.add(20.0, RecordKind::reset_and_dose, next_values()).dose = dose_of(c);
      break;
    case Afterwards::steady_anew:
    case Afterwards::steady_besides:
      DoseSpec dose = dose_of(c);
      dose.steady = c.afterwards == Afterwards::steady_anew ? SteadyState::replaces : SteadyState::adds;
      dose.interval = 8.0 * units::h;
      dose.additional = 1;
      subject.add(20.0, RecordKind::dose, next_values()).dose = dose;
      break;
  }
  see({20.0, 20.4, 21.5, 24.0, 27.5, 30.1, 33.0, 41.0, 50.0});
  return subject.subject();
}

void expect_the_same(const Structure& structure, const Subject& subject) {
  const auto timeline = schedule(structure, subject);
  ASSERT_TRUE(timeline.has_value()) << to_string(timeline.error().error);
  const auto expected = RecordSimulator{structure, subject, past_doses}.run();
  for (const Road road : {Road::best, Road::matrix_exponential}) {
    const Readings here = read_outs(*timeline, subject.records.size(), road);
    for (Eigen::Index j = 0; j < here.amounts.cols(); ++j) {
      const auto compartment = static_cast<std::size_t>(j);
      long double most = 0.0L;
      for (const auto& row : expected) most = std::max(most, row[compartment]);
      for (std::size_t i = 0; i < expected.size(); ++i) {
        const auto there = static_cast<double>(expected[i][compartment]);
        if (there < 1e-9 * static_cast<double>(most)) continue;
        ASSERT_NEAR(here.amounts(static_cast<Eigen::Index>(i), j), there, 1e-10 * there)
            << "compartment " << j + 1 << ", record " << i << " at " << subject.records[i].at.in(units::h)
            << " h";
      }
    }
  }
}

std::vector<Combination> combinations() {
  std::vector<Combination> all;
  for (const DoseForm form : {DoseForm::at_once, DoseForm::at_rate, DoseForm::over_duration,
                              DoseForm::modelled_rate, DoseForm::modelled_duration}) {
    for (const double lag_h : {0.0, 2.2, interval_h, 8.7, 2.0 * interval_h}) {
      for (const double fraction : {1.0, 0.62, 1.3}) {
        for (const int additional : {0, 3}) {
          for (const auto steady : {SteadyState::none, SteadyState::replaces, SteadyState::adds}) {
            for (const double duration_h : {2.4, interval_h, 8.2, 3.0 * interval_h, 20.3}) {
              all.push_back({form, lag_h, fraction, additional, steady, duration_h});
            }
          }
        }
      }
    }
  }
  return all;
}

class EveryRecord : public testing::TestWithParam<PlainShape> {};
INSTANTIATE_TEST_SUITE_P(Schedule, EveryRecord,
                         testing::Values(PlainShape{}, PlainShape{1}, PlainShape{2}, PlainShape{1, true}),
                         [](const auto& tested) {
                           return std::to_string(tested.param.peripherals + 1) + "_compartments" +
                                  (tested.param.metabolite ? "_and_a_metabolite" : "");
                         });

// What happens afterwards, the route, and whether parameters change go through all their values while
// the rest is combined in full; with periods without a common factor every pair is met.
TEST_P(EveryRecord, ActsAsItsDosesWrittenOut) {
  const Structure structure{plain_model(GetParam())};
  std::size_t turn = static_cast<std::size_t>(3 * GetParam().peripherals + GetParam().metabolite);
  for (Combination each : combinations()) {
    each.afterwards = static_cast<Afterwards>(turn % 5);
    const bool divisible = each.form == DoseForm::at_once || each.form == DoseForm::over_duration;
    each.route = turn % 7 % (divisible ? 3 : 2);
    each.changing = turn % 11 % 2 == 1;
    ++turn;
    SCOPED_TRACE(testing::PrintToString(each));
    expect_the_same(structure, subject_of(structure, GetParam(), each));
    if (HasFatalFailure()) return;
  }
}

TEST_P(EveryRecord, OfAnInfusionSinceEverStopsAtItsRecord) {
  const Structure structure{plain_model(GetParam())};
  for (const DoseForm form : {DoseForm::at_rate, DoseForm::modelled_rate}) {
    for (const auto steady : {SteadyState::replaces, SteadyState::adds}) {
      for (const double lag_h : {0.0, 2.2}) {
        Combination first{.form = DoseForm::over_duration, .lag_h = lag_h, .fraction = 0.7, .additional = 3};
        Subject subject = subject_of(structure, GetParam(), first);
        DoseSpec endless = dose_of(first);
        endless.form = form;
        endless.steady = steady;
        endless.amount = DrugMass{};
        endless.additional = 0;
        endless.interval = Duration{};
        Record record{7.5 * units::h, RecordKind::dose, endless, subject.records.front().in_force, {}};
        subject.records.insert(subject.records.begin() + 7, record);
        expect_the_same(structure, subject);
      }
    }
  }
}

}  // namespace
}  // namespace evenkeel::pkpd
