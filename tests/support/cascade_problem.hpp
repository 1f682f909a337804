// A nonlinear problem of eight states to measure solvers on: three of ketamine, two of norketamine, an
// effect site, tolerance, and the turnover of a response whose C50 rises with tolerance. Six infusions of
// 35 mg over 40 min in two weeks. Disposition: the constants of Domino 1982; those of the other states are
// made up for comparisons.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "pkpd/cascade.hpp"
#include "pkpd/effect_site.hpp"

namespace evenkeel::pkpd::cascade_problem {

// L and L/min.
struct Subject {
  double CL = 1.93158;
  double V1 = 4.41;
};
inline constexpr double Q2 = 2.61072, V2 = 10.5697166, Q3 = 2.6019, V3 = 178.212329;
inline constexpr double CLM = 0.9, VM = 30.0, QM = 0.6, VM2 = 100.0, formed = 0.75288;
inline constexpr double ke0 = 0.2, ktol = 0.01, kout = 0.05;  // 1/min
inline constexpr std::array session_days{0, 2, 4, 7, 9, 11};
inline constexpr double until_min = 20160.0, session_min = 40.0, rate_mg_min = 0.875;

template <class T>
T stimulus(T site, T tolerance) {
  const T c50 = T(0.2) * (T(1) + tolerance / T(0.1));
  return T(2) * site * site / (c50 * c50 + site * site);
}

// All eight states at once, per minute; `State` is indexed 0 to 7.
template <class State, class T>
void slope(const Subject& subject, const State& y, State& d, T rate) {
  const T c = y[0] / T(subject.V1);
  const T cleared = T(subject.CL) * c;
  const T q2 = T(Q2) * (c - y[1] / T(V2));
  const T q3 = T(Q3) * (c - y[2] / T(V3));
  const T cm = y[3] / T(VM);
  const T qm = T(QM) * (cm - y[4] / T(VM2));
  d[0] = rate - cleared - q2 - q3;
  d[1] = q2;
  d[2] = q3;
  d[3] = T(formed) * cleared - T(CLM) * cm - qm;
  d[4] = qm;
  d[5] = T(ke0) * (c - y[5]);
  d[6] = T(ktol) * (y[5] - y[6]);
  d[7] = T(kout) * (T(1) + stimulus<T>(y[5], y[6]) - y[7]);
}

// The seven linear states; outputs: ketamine, effect site, tolerance (mg/L).
inline LinearSystem disposition(const Subject& subject) {
  LinearSystem system;
  system.rates = Eigen::MatrixXd::Zero(5, 5);
  const auto flow = [&](int from, int to, double per_min) {
    system.rates(from, from) -= per_min * 60.0;
    if (to >= 0) system.rates(to, from) += per_min * 60.0;
  };
  flow(0, 1, Q2 / subject.V1);
  flow(1, 0, Q2 / V2);
  flow(0, 2, Q3 / subject.V1);
  flow(2, 0, Q3 / V3);
  flow(0, 3, formed * subject.CL / subject.V1);
  flow(0, -1, (1.0 - formed) * subject.CL / subject.V1);
  flow(3, 4, QM / VM);
  flow(4, 3, QM / VM2);
  flow(3, -1, CLM / VM);
  system.outputs = {{0, subject.V1 * units::L}};
  return with_effect_site(with_effect_site(system, 0, ke0 * 60.0), 1, ktol * 60.0);
}

inline Timeline timeline(const Subject& subject) {
  Timeline made;
  made.systems = {disposition(subject)};
  for (const int day : session_days) {
    made.events.push_back({day * 24.0, AddRate{0, rate_mg_min * 60.0}});
    made.events.push_back({day * 24.0 + session_min / 60.0, AddRate{0, -rate_mg_min * 60.0}});
  }
  return made;
}

// The eighth state; starts at 1.
inline CascadeState response() {
  return {1.0, [](std::span<const double> c, std::span<const double>) {
            return Drive{60.0 * kout * (1.0 + stimulus<double>(c[1], c[2])), 60.0 * kout};
          }};
}

// Every 5 min on days with a session, hourly on the others, and the end: 1,921 times, in minutes.
inline std::vector<double> grid_min() {
  std::vector<double> times;
  for (int day = 0; day < 14; ++day) {
    bool session = false;
    for (const int each : session_days) session = session || each == day;
    for (int minute = 0; minute < 1440; minute += session ? 5 : 60) times.push_back(day * 1440.0 + minute);
  }
  times.push_back(until_min);
  return times;
}

inline std::vector<Duration> grid() {
  std::vector<Duration> times;
  for (const double minute : grid_min()) times.push_back(minute * units::min);
  return times;
}

}  // namespace evenkeel::pkpd::cascade_problem
