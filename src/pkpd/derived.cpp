#include "pkpd/derived.hpp"

#include <algorithm>
#include <vector>

#include "base/expects.hpp"
#include "pkpd/steady_state.hpp"

namespace evenkeel::pkpd {
namespace {

using units::h;

constexpr double longest_h = 1e7;

Trajectory course_of(const LinearSystem& system, std::vector<TimedEvent> events) {
  events.insert(events.begin(), TimedEvent{0.0, UseSystem{0}});
  std::ranges::stable_sort(events, {}, &TimedEvent::at_h);
  auto course = Trajectory::make(Timeline{{system}, std::move(events)});
  expects(course.has_value(), "events in order make a course");
  return *std::move(course);
}

// Amounts while one compartment is held at 1 mg, which the others see as an input.
Eigen::VectorXd while_held(const LinearSystem& system, std::size_t compartment, Duration held) {
  std::vector<Eigen::Index> others;
  for (Eigen::Index i = 0; i < system.rates.rows(); ++i) {
    if (i != static_cast<Eigen::Index>(compartment)) others.push_back(i);
  }
  const auto n = std::ssize(others);
  Eigen::VectorXd amounts = Eigen::VectorXd::Unit(n + 1, static_cast<Eigen::Index>(compartment));
  if (n == 0) return amounts;
  LinearSystem rest;
  rest.rates = system.rates(others, others);
  const Eigen::VectorXd input = system.rates(others, static_cast<Eigen::Index>(compartment));
  amounts(others) = propagate_amounts(rest, Eigen::VectorXd::Zero(n), input, held.in(h));
  return amounts;
}

// One dose of 1 mg at time 0, over `length_h`.
std::vector<TimedEvent> dose_events(std::size_t compartment, double length_h) {
  if (length_h == 0.0) return {{0.0, AddAmount{compartment, 1.0}}};
  return {{0.0, AddRate{compartment, 1.0 / length_h}}, {length_h, AddRate{compartment, -1.0 / length_h}}};
}

const LinearSystem::Output& read_of(const LinearSystem& system, std::size_t output) {
  expects(output < system.outputs.size(), "an output is one of the system's");
  return system.outputs[output];
}

}  // namespace

std::optional<Duration> context_sensitive_half_time(const LinearSystem& system, std::size_t output,
                                                    Duration held) {
  expects(held >= Duration{} && is_finite(held), "a level is held for a time");
  const LinearSystem::Output& read = read_of(system, output);
  const Eigen::VectorXd start = while_held(system, read.compartment, held);
  std::vector<TimedEvent> events;
  for (Eigen::Index i = 0; i < start.size(); ++i)
    events.push_back({0.0, AddAmount{static_cast<std::size_t>(i), start[i]}});
  const Trajectory course = course_of(system, std::move(events));
  const Concentration half = 0.5 * units::mg / read.volume;
  for (double until_h = 1.0; until_h <= longest_h; until_h *= 10.0) {
    const auto crossings = course.crossings(half, Duration{}, until_h * h, output);
    if (!crossings.empty()) return crossings.front().at;
  }
  return std::nullopt;
}

Result<Concentration> steady_concentration(const LinearSystem& system, std::size_t output,
                                           InfusionRate rate) {
  const LinearSystem::Output& read = read_of(system, output);
  if (auto error = no_steady_state(system, system.input)) return *std::move(error);
  const Eigen::VectorXd amounts =
      steady_amounts(system, {.compartment = system.input, .rate_mg_h = rate.canonical()});
  return amounts[static_cast<Eigen::Index>(read.compartment)] * units::mg / read.volume;
}

Result<Accumulation> accumulation(const LinearSystem& system, std::size_t output, Duration length,
                                  Duration interval) {
  expects(interval > Duration{} && is_finite(interval), "doses are repeated after an interval");
  expects(length >= Duration{} && is_finite(length), "a dose takes a time");
  if (auto error = no_steady_state(system, system.input)) return *std::move(error);
  const std::vector<TimedEvent> dose = dose_events(system.input, length.in(h));
  const Trajectory first = course_of(system, dose);
  const Repetition past{.compartment = system.input,
                        .amount_mg = 1.0,
                        .duration_h = length.in(h),
                        .interval_h = interval.in(h),
                        .since_h = interval.in(h)};
  std::vector<TimedEvent> events{{0.0, AddSteadyState{past}}};
  for (int i = 1; i <= running_infusions(past); ++i) {
    const double rate_mg_h = 1.0 / past.duration_h;
    events.push_back({0.0, AddRate{system.input, rate_mg_h}});
    events.push_back({past.duration_h - i * past.interval_h, AddRate{system.input, -rate_mg_h}});
  }
  events.insert(events.end(), dose.begin(), dose.end());
  const Trajectory steady = course_of(system, std::move(events));
  const Duration zero{};
  const auto first_area = first.area(zero, interval, output);
  if (!(first_area > ConcentrationTime{}))
    return Error{ErrorCode::invalid_input, "", "the dose does not come to this output"};
  // Just before the next dose there is none at `interval` in either course.
  return Accumulation{steady.area(zero, interval, output) / first_area,
                      steady.peak(zero, interval, output).value / first.peak(zero, interval, output).value,
                      steady.concentration(interval, output) / first.concentration(interval, output)};
}

std::optional<Duration> time_to_peak(const LinearSystem& system, std::size_t output) {
  const Trajectory course = course_of(system, dose_events(system.input, 0.0));
  for (double until_h = 1.0; until_h <= longest_h; until_h *= 10.0) {
    const Peak peak = course.peak(Duration{}, until_h * h, output);
    // Not where it only stops rising because it is as good as constant.
    if (course.concentration(until_h * h, output) < (1.0 - 1e-9) * peak.value) return peak.at;
  }
  return std::nullopt;
}

std::optional<Duration> below_for_good(const Trajectory& course, Concentration level, Duration from,
                                       Duration to, std::size_t output) {
  if (course.concentration(to, output) >= level) return std::nullopt;
  const auto crossings = course.crossings(level, from, to, output);
  return crossings.empty() ? from : crossings.back().at;
}

}  // namespace evenkeel::pkpd
