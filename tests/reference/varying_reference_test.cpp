// Covariates that change all the time, on two roads that share nothing but the model's formulas:
//
//   ours       stretches of constant systems (pkpd/varying.hpp), ended wherever a dose arrives or ends
//   reference  dA/dt = K(t) A + r(t), Runge-Kutta-Fehlberg 7(8) of Boost.Odeint in long double, stepped
//              from one arrival or end to the next, which are worked out here by hand
//
// Agreement to 1e-10 relative wherever the concentration is above 1e-9 of its highest.
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/numeric/odeint/integrate/integrate_adaptive.hpp>
#include <boost/numeric/odeint/stepper/controlled_runge_kutta.hpp>
#include <boost/numeric/odeint/stepper/generation.hpp>
#include <boost/numeric/odeint/stepper/runge_kutta_fehlberg78.hpp>
#include <cmath>
#include <utility>
#include <vector>

#include "pkpd/schedule.hpp"
#include "pkpd/solve.hpp"
#include "pkpd/subject.hpp"
#include "support/linear_models.hpp"

namespace evenkeel::pkpd {
namespace {

namespace odeint = boost::numeric::odeint;
using Real = long double;
using State = std::vector<Real>;  // mg in depot and centre
using units::h;
using units::kg;
using units::mg;

// Weight and age at the records; between them as `carried` says.
struct Course {
  std::vector<Real> at_h;
  std::vector<Real> weight_kg;
  std::vector<Real> age_years;
  Carried weight_carried = Carried::linear;
  Carried age_carried = Carried::linear;

  // At `time_h`, on the way from one record to the next: the way on which `inside_h` lies.
  [[nodiscard]] Real value(const std::vector<Real>& told, Carried carried, Real time_h, Real inside_h) const {
    std::size_t next = 1;
    while (next + 1 < at_h.size() && at_h[next] < inside_h) ++next;
    if (carried == Carried::backward) return told[next];
    if (carried == Carried::forward) return told[next - 1];
    const Real share = (time_h - at_h[next - 1]) / (at_h[next] - at_h[next - 1]);
    return told[next - 1] + share * (told[next] - told[next - 1]);
  }
  [[nodiscard]] Real weight(Real time_h, Real inside_h) const {
    return value(weight_kg, weight_carried, time_h, inside_h);
  }
  [[nodiscard]] Real weight(Real time_h) const { return weight(time_h, time_h); }
};

// The formulas of test::weighed_model.
Real volume(Real weight) {
  return 50.0L * weight / 70.0L;
}
Real lag(Real age) {
  return 0.7L * age / 40.0L;
}

struct Input {
  Real from_h;
  Real to_h;
  Real rate_mg_h;  // into the centre
};

State stepped(const Course& course, State state, Real from_h, Real to_h, Real rate_mg_h) {
  const auto slope = [&](const State& a, State& out, Real time_h) {
    const Real weight = course.weight(time_h, (from_h + to_h) / 2.0L);
    const Real k = 10.0L * std::pow(weight / 70.0L, 0.75L) / volume(weight);
    out[0] = -1.2L * a[0];
    out[1] = 1.2L * a[0] - k * a[1] + rate_mg_h;
  };
  const auto stepper = odeint::make_controlled<odeint::runge_kutta_fehlberg78<State, Real>>(1e-16L, 1e-16L);
  odeint::integrate_adaptive(stepper, slope, state, from_h, to_h, (to_h - from_h) / 64.0L);
  return state;
}

// Concentrations (mg/L) at the records, of boluses into the depot and infusions into the centre.
std::vector<Real> reference(const Course& course, const std::vector<std::pair<Real, Real>>& boluses,
                            const std::vector<Input>& infusions) {
  std::vector<Real> moments = course.at_h;
  for (const auto& [at_h, amount] : boluses) moments.push_back(at_h);
  for (const Input& each : infusions) moments.insert(moments.end(), {each.from_h, each.to_h});
  std::ranges::sort(moments);
  std::vector<Real> found;
  State state(2, 0.0L);
  for (std::size_t i = 0; i < moments.size() && moments[i] <= course.at_h.back(); ++i) {
    if (i > 0 && moments[i - 1] < moments[i]) {
      Real rate = 0.0L;
      for (const Input& each : infusions) {
        if (each.from_h <= moments[i - 1] && moments[i] <= each.to_h) rate += each.rate_mg_h;
      }
      state = stepped(course, state, moments[i - 1], moments[i], rate);
    }
    for (const auto& [at_h, amount] : boluses) {
      if (at_h == moments[i] && (i == 0 || moments[i - 1] < moments[i])) state[0] += amount;
    }
    if (std::ranges::find(course.at_h, moments[i]) != course.at_h.end())
      found.push_back(state[1] / volume(course.weight_kg[found.size()]));
  }
  return found;
}

History history_of(const Course& course, const std::vector<std::pair<std::size_t, DoseSpec>>& doses) {
  History history{{{Covariate::weight, course.weight_carried}, {Covariate::age, course.age_carried}}, {}};
  for (std::size_t i = 0; i < course.at_h.size(); ++i) {
    Row row{static_cast<double>(course.at_h[i]) * h};
    row.told = {static_cast<double>(course.weight_kg[i]), static_cast<double>(course.age_years[i])};
    history.rows.push_back(row);
  }
  for (const auto& [row, dose] : doses) {
    history.rows[row].kind = RecordKind::dose;
    history.rows[row].dose = dose;
  }
  return history;
}

void expect_agreement(const Course& course, const std::vector<std::pair<std::size_t, DoseSpec>>& doses,
                      const std::vector<Real>& expected) {
  const Structure structure{test::weighed_model()};
  const History history = history_of(course, doses);
  const auto subject = make_subject(structure, history);
  ASSERT_TRUE(subject) << to_string(subject.error().error);
  const auto timeline = schedule(structure, *subject);
  ASSERT_TRUE(timeline) << to_string(timeline.error().error);
  const Readings readings = read_outs(*timeline, history.rows.size());
  ASSERT_EQ(expected.size(), history.rows.size());
  const Real highest = *std::ranges::max_element(expected);
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const auto found = static_cast<Real>(readings.concentrations(static_cast<Eigen::Index>(i), 0));
    EXPECT_NEAR(static_cast<double>(found / highest), static_cast<double>(expected[i] / highest),
                static_cast<double>(1e-10L * expected[i] / highest + 1e-19L))
        << static_cast<double>(course.at_h[i]) << " h";
  }
}

DoseSpec bolus(double amount_mg) {
  DoseSpec dose;
  dose.amount = amount_mg * mg;
  return dose;
}

const std::vector<Real> times{0.0L, 0.5L, 2.0L, 7.0L, 12.0L, 24.0L, 31.0L, 48.0L};
const std::vector<Real> weights{50.0L, 52.0L, 50.0L, 75.0L, 110.0L, 60.0L, 60.0L, 90.0L};
const std::vector<Real> ages{40.0L, 40.0L, 44.0L, 20.0L, 28.0L, 50.0L, 32.0L, 36.0L};

TEST(VaryingCovariates, AgreeWithAnIntegratorForALaggedBolus) {
  const Course course{times, weights, ages};
  expect_agreement(course, {{0, bolus(100.0)}}, reference(course, {{lag(40.0L), 100.0L}}, {}));
}

DoseSpec infusion(double amount_mg) {
  DoseSpec dose;
  dose.route = 1;
  dose.amount = amount_mg * mg;
  dose.form = DoseForm::modelled_duration;
  return dose;
}

// From when a dose is due, as long as the weight on its arrival makes it.
Input arrived(const Course& course, Real due_h, Real lag_h, Real amount_mg) {
  const Real arrival_h = due_h + lag_h;
  const Real length_h = 2.0L * course.weight(arrival_h) / 70.0L;
  return {arrival_h, arrival_h + length_h, amount_mg / length_h};
}

const std::vector<std::pair<Carried, Carried>> ways{{Carried::linear, Carried::linear},
                                                    {Carried::linear, Carried::backward},
                                                    {Carried::backward, Carried::linear},
                                                    {Carried::forward, Carried::linear},
                                                    {Carried::linear, Carried::forward}};

TEST(VaryingCovariates, AgreeWithAnIntegratorForInfusionsWhoseLagAndLengthVary) {
  for (const auto& [weight_carried, age_carried] : ways) {
    SCOPED_TRACE(testing::Message() << "weight " << static_cast<int>(weight_carried) << ", age "
                                    << static_cast<int>(age_carried));
    const Course course{times, weights, ages, weight_carried, age_carried};
    std::vector<Input> infusions;
    std::vector<std::pair<std::size_t, DoseSpec>> doses;
    for (const std::size_t row : {std::size_t{0}, std::size_t{2}, std::size_t{3}, std::size_t{5}}) {
      doses.emplace_back(row, infusion(300.0));
      infusions.push_back(arrived(course, times[row], lag(ages[row]), 300.0L));
    }
    expect_agreement(course, doses, reference(course, {}, infusions));
  }
}

TEST(VaryingCovariates, AgreeWithAnIntegratorForAdditionalInfusionsWhoseLengthVaries) {
  const Course course{times, weights, std::vector<Real>(times.size(), 40.0L)};
  DoseSpec dose = infusion(300.0);
  dose.additional = 5;
  dose.interval = 5.0 * h;
  std::vector<Input> infusions;
  for (int i = 0; i <= 5; ++i) infusions.push_back(arrived(course, 5.0L * i, lag(40.0L), 300.0L));
  expect_agreement(course, {{0, dose}}, reference(course, {}, infusions));
}

TEST(VaryingCovariates, AgreeWithAnIntegratorForAFixedRateAcrossRecords) {
  const Course course{times, weights, std::vector<Real>(times.size(), 40.0L)};
  DoseSpec dose;
  dose.route = 1;
  dose.amount = 400.0 * mg;
  dose.form = DoseForm::at_rate;
  dose.rate = 25.0 * (mg / h);
  expect_agreement(course, {{2, dose}}, reference(course, {}, {{2.7L, 18.7L, 25.0L}}));
}

// Otherwise the tests above would hold for systems that do not change.
TEST(VaryingCovariates, MatterInTheseTests) {
  const Course constant{times, std::vector<Real>(times.size(), 50.0L), ages};
  const Course course{times, weights, ages};
  const auto varying = reference(course, {{lag(40.0L), 100.0L}}, {});
  const auto fixed = reference(constant, {{lag(40.0L), 100.0L}}, {});
  EXPECT_GT(std::abs(varying[4] / fixed[4] - 1.0L), 0.1L);
}

}  // namespace
}  // namespace evenkeel::pkpd
