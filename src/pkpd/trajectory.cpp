#include "pkpd/trajectory.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/expects.hpp"
#include "pkpd/solve.hpp"
#include "pkpd/stepper.hpp"

namespace evenkeel::pkpd {
namespace {

using units::h;

constexpr int samples_per_segment = 64;
constexpr double shortest_infusion_h = 2e-13;  // under a nanosecond

std::optional<Error> faulty(const Dose& dose) {
  const bool good = is_finite(dose.at) && is_finite(dose.at + dose.length) && is_finite(dose.amount) &&
                    dose.length >= Duration{} && dose.amount >= DrugMass{};
  if (good) return std::nullopt;
  return Error{ErrorCode::invalid_input, "",
               fmt::format("a dose of {} mg over {} h at {} h cannot be given", dose.amount.in(units::mg),
                           dose.length.in(h), dose.at.in(h))};
}

// When the dose is all in. An infusion shorter than a clock can tell is a bolus: its rate would be
// without bounds.
double end_h(const Dose& dose) {
  const bool bolus = !(dose.length.in(h) > shortest_infusion_h);
  return bolus ? dose.at.in(h) : (dose.at + dose.length).in(h);
}

// The doses and epochs as a timeline, in order of time.
Timeline timeline_of(std::vector<Epoch> epochs, std::span<const Dose> doses) {
  Timeline timeline;
  for (std::size_t i = 0; i < epochs.size(); ++i)
    timeline.events.push_back({epochs[i].from.in(h), UseSystem{i}});
  const auto input_at = [&](double time_h) {
    const auto after =
        std::ranges::upper_bound(epochs, time_h, {}, [](const Epoch& e) { return e.from.in(h); });
    return std::prev(after)->system.input;
  };
  for (const Dose& dose : doses) {
    const double start_h = dose.at.in(h);
    const double hours = end_h(dose) - start_h;
    const std::size_t into = input_at(start_h);
    if (hours == 0.0) {
      timeline.events.push_back({start_h, AddAmount{into, dose.amount.in(units::mg)}});
    } else if (dose.amount > DrugMass{}) {
      const double rate_mg_h = dose.amount.in(units::mg) / hours;
      timeline.events.push_back({start_h, AddRate{into, rate_mg_h}});
      timeline.events.push_back({end_h(dose), AddRate{into, -rate_mg_h}});
    }
  }
  std::ranges::stable_sort(timeline.events, {}, &TimedEvent::at_h);
  for (Epoch& epoch : epochs) timeline.systems.push_back(std::move(epoch.system));
  return timeline;
}

// The place in [low, high] where a function that changes sign does so.
template <class F>
double bisect(F&& sign_is_positive, double low, double high) {
  const bool at_low = sign_is_positive(low);
  for (int i = 0; i < 200; ++i) {
    const double middle = low + (high - low) / 2.0;
    if (middle <= low || middle >= high) break;
    (sign_is_positive(middle) == at_low ? low : high) = middle;
  }
  return high;
}

}  // namespace

Result<Trajectory> Trajectory::make(std::vector<Epoch> epochs, std::span<const Dose> doses, Road road) {
  expects(!epochs.empty(), "a trajectory has a system");
  for (const Epoch& epoch : epochs) {
    if (!is_finite(epoch.from)) return Error{ErrorCode::invalid_input, "", "a system from no finite time on"};
  }
  for (std::size_t i = 1; i < epochs.size(); ++i) {
    expects(epochs[i - 1].from <= epochs[i].from, "epochs come in order of time");
    expects(epochs[i - 1].system.rates.rows() == epochs[i].system.rates.rows(),
            "epochs share their compartments");
  }
  for (const Dose& dose : doses) {
    if (const auto error = faulty(dose)) return *error;
    expects(epochs.front().from <= dose.at, "a system is in force before the first dose");
  }
  return make(timeline_of(std::move(epochs), doses), road);
}

Result<Trajectory> Trajectory::make(Timeline timeline, Road road) {
  for (std::size_t i = 1; i < timeline.events.size(); ++i) {
    if (timeline.events[i].at_h < timeline.events[i - 1].at_h)
      return Error{ErrorCode::invalid_input, "", "times that go back: there is no one course"};
  }
  std::vector<Segment> segments;
  Walker walker{timeline, road};
  while (walker.next()) {
    if (std::holds_alternative<ReadOut>(walker.event().change)) continue;
    if (segments.empty() || segments.back().start_h < walker.at_h()) segments.emplace_back();
    segments.back() = {walker.at_h(), walker.system(), walker.amounts(), walker.input()};
  }
  Trajectory trajectory{std::move(timeline.systems), road};
  trajectory.segments_ = std::move(segments);
  return trajectory;
}

const Trajectory::Segment* Trajectory::segment_at(double time_h) const {
  const auto after = std::ranges::upper_bound(segments_, time_h, {}, &Segment::start_h);
  return after == segments_.begin() ? nullptr : &*std::prev(after);
}

Eigen::VectorXd Trajectory::amounts_in(const Segment& segment, double time_h) const {
  return propagate_amounts(systems_[segment.system], segment.amounts, segment.input, time_h - segment.start_h,
                           road_);
}

const LinearSystem::Output& Trajectory::read_of(const Segment& segment, std::size_t output) const {
  const auto& outputs = systems_[segment.system].outputs;
  expects(output < outputs.size(), "an output is one of the model's");
  return outputs[output];
}

double Trajectory::concentration_in(const Segment& segment, double time_h, std::size_t output) const {
  const auto& read = read_of(segment, output);
  return amounts_in(segment, time_h)[static_cast<Eigen::Index>(read.compartment)] / read.volume.in(units::L);
}

double Trajectory::slope_in(const Segment& segment, double time_h, std::size_t output) const {
  const auto& system = systems_[segment.system];
  const auto row = static_cast<Eigen::Index>(read_of(segment, output).compartment);
  return system.rates.row(row).dot(amounts_in(segment, time_h)) + segment.input[row];
}

Concentration Trajectory::concentration(Duration time, std::size_t output) const {
  expects(is_finite(time), "a concentration is asked at a finite time");
  const Segment* segment = segment_at(time.in(h));
  if (segment == nullptr) return Concentration{};
  return concentration_in(*segment, time.in(h), output) * (units::mg / units::L);
}

std::vector<Concentration> Trajectory::concentrations(std::span<const Duration> times,
                                                      std::size_t output) const {
  std::vector<Concentration> curve;
  curve.reserve(times.size());
  Stepper stepper{road_};
  const Segment* in = nullptr;
  double at_h = 0.0;
  Eigen::VectorXd amounts;
  for (const Duration time : times) {
    expects(is_finite(time), "a concentration is asked at a finite time");
    const double time_h = time.in(h);
    const Segment* segment = segment_at(time_h);
    if (segment == nullptr) {
      curve.emplace_back();
      continue;
    }
    if (segment != in || time_h < at_h) {
      in = segment;
      at_h = segment->start_h;
      amounts = segment->amounts;
    }
    amounts = stepper.step(systems_[in->system], in->system, amounts, in->input, time_h - at_h);
    at_h = time_h;
    const auto& read = read_of(*in, output);
    curve.push_back(amounts[static_cast<Eigen::Index>(read.compartment)] / read.volume.in(units::L) *
                    (units::mg / units::L));
  }
  return curve;
}

Eigen::VectorXd Trajectory::amounts(Duration time) const {
  const Segment* segment = segment_at(time.in(h));
  if (segment == nullptr) return Eigen::VectorXd::Zero(systems_.front().rates.rows());
  return amounts_in(*segment, time.in(h));
}

ConcentrationTime Trajectory::area(Duration from, Duration to, std::size_t output) const {
  double total = 0.0;
  for (std::size_t i = 0; i < segments_.size(); ++i) {
    const Segment& segment = segments_[i];
    const double end = i + 1 < segments_.size() ? segments_[i + 1].start_h : to.in(h);
    const double low = std::max(segment.start_h, from.in(h));
    const double high = std::min(end, to.in(h));
    if (!(low < high)) continue;
    const auto& system = systems_[segment.system];
    const auto& read = read_of(segment, output);
    const Step over = propagate(system, amounts_in(segment, low), segment.input, high - low, road_);
    total += over.integral[static_cast<Eigen::Index>(read.compartment)] / read.volume.in(units::L);
  }
  return ConcentrationTime::from_canonical(total);
}

void Trajectory::split(const Segment& segment, double from_h, double to_h, std::size_t output,
                       std::vector<Piece>& out) const {
  const auto rising = [&](double t) { return slope_in(segment, t, output) > 0.0; };
  const auto emit = [&](double a, double b) {
    if (a < b)
      out.push_back({a, b, concentration_in(segment, a, output), concentration_in(segment, b, output)});
  };
  double start = from_h;
  double previous = from_h;
  bool was_rising = rising(from_h);
  // Evenly on a logarithmic scale from the moment the input changed, for exponentials turn at times
  // in proportion to their own length; the first at a fiftieth of the fastest compartment's time.
  const double fastest = -systems_[segment.system].rates.diagonal().minCoeff();
  const double span = to_h - segment.start_h;
  const double first = fastest > 0.0 ? std::min(span, 0.02 / fastest) : span;
  for (int i = 0; i <= samples_per_segment; ++i) {
    const double share = static_cast<double>(i) / samples_per_segment;
    const double sampled = segment.start_h + first * std::pow(span / first, share);
    const double time = i == samples_per_segment ? to_h : std::min(sampled, to_h);
    if (!(time > previous)) continue;
    const bool is_rising = rising(time);
    if (is_rising != was_rising) {
      const double turn = bisect(rising, previous, time);
      emit(start, turn);
      start = turn;
      was_rising = is_rising;
    }
    previous = time;
  }
  emit(start, to_h);
}

std::vector<Trajectory::Piece> Trajectory::pieces(double from_h, double to_h, std::size_t output) const {
  std::vector<Piece> found;
  for (std::size_t i = 0; i < segments_.size(); ++i) {
    const double end = i + 1 < segments_.size() ? segments_[i + 1].start_h : to_h;
    const double low = std::max(segments_[i].start_h, from_h);
    const double high = std::min(end, to_h);
    if (low < high) split(segments_[i], low, high, output, found);
  }
  return found;
}

Peak Trajectory::peak(Duration from, Duration to, std::size_t output) const {
  Peak best{concentration(from, output), from};
  const auto consider = [&](double mg_L, double at_h) {
    const auto value = mg_L * (units::mg / units::L);
    if (value > best.value) best = {value, at_h * h};
  };
  for (const Piece& piece : pieces(from.in(h), to.in(h), output)) {
    consider(piece.low_mg_L, piece.from_h);
    consider(piece.high_mg_L, piece.to_h);
  }
  consider(concentration(to, output).in(units::mg / units::L), to.in(h));  // a bolus at the very end
  return best;
}

std::vector<Crossing> Trajectory::crossings(Concentration level, Duration from, Duration to,
                                            std::size_t output) const {
  expects(!(level <= Concentration{}), "a level that is passed is above zero");
  const double limit = level.in(units::mg / units::L);
  std::vector<Crossing> found;
  bool above = concentration(from, output) >= level;
  const auto pass = [&](bool now_above, double at_h) {
    if (now_above == above) return;
    found.push_back({at_h * h, now_above});
    above = now_above;
  };
  for (const Piece& piece : pieces(from.in(h), to.in(h), output)) {
    pass(piece.low_mg_L >= limit, piece.from_h);  // by a bolus
    if ((piece.high_mg_L >= limit) == above) continue;
    const Segment& segment = *segment_at(piece.from_h);
    pass(!above, bisect([&](double t) { return concentration_in(segment, t, output) >= limit; }, piece.from_h,
                        piece.to_h));
  }
  pass(concentration(to, output) >= level, to.in(h));
  return found;
}

Duration Trajectory::time_above(Concentration level, Duration from, Duration to, std::size_t output) const {
  if (!(from < to)) return Duration{};
  if (level <= Concentration{}) return to - from;  // also before the first event
  bool above = concentration(from, output) >= level;
  Duration since = from;
  Duration total;
  for (const Crossing& crossing : crossings(level, from, to, output)) {
    if (above) total += crossing.at - since;
    above = crossing.rising;
    since = crossing.at;
  }
  return above ? total + (to - since) : total;
}

}  // namespace evenkeel::pkpd
