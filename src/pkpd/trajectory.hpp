// The exact course of a patient's amounts over time, and what is read off it.
//
// Built from a timeline, or from plain doses (bolus or infusion, several at once add up) and the
// system in force from each moment on (a new body weight starts a new epoch; amounts carry over).
// Between events the solution is exact; nothing is stepped. Immutable once built; safe to read from
// any thread.
#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <span>
#include <vector>

#include "base/quantity.hpp"
#include "base/result.hpp"
#include "pkpd/propagate.hpp"
#include "pkpd/system.hpp"
#include "pkpd/timeline.hpp"

namespace evenkeel::pkpd {

// `amount` of the drug's base into the input compartment, evenly over `length`; zero is a bolus.
struct Dose {
  Duration at;
  Duration length;
  DrugMass amount;
};

struct Epoch {
  Duration from;
  LinearSystem system;  // the same compartments in every epoch
};

struct Peak {
  Concentration value;
  Duration at;
};

struct Crossing {
  Duration at;
  bool rising = false;
};

class Trajectory {
 public:
  // Needs at least one epoch, none starting after the first dose; epochs in order of time.
  // Errors (invalid_input): a dose or time that is not finite, an amount or length below zero.
  static Result<Trajectory> make(std::vector<Epoch> epochs, std::span<const Dose> doses,
                                 Road road = Road::best);

  // The course of a timeline whose times never go back (a reset does not set the clock back).
  // Errors (invalid_input): they do.
  static Result<Trajectory> make(Timeline timeline, Road road = Road::best);

  // The concentration of output `output` at `time`; at the very moment of a bolus, after it.
  // Zero before the first event.
  [[nodiscard]] Concentration concentration(Duration time, std::size_t output = 0) const;
  [[nodiscard]] std::vector<Concentration> concentrations(std::span<const Duration> times,
                                                          std::size_t output = 0) const;
  // All amounts, mg.
  [[nodiscard]] Eigen::VectorXd amounts(Duration time) const;

  // Area under the curve from `from` to `to`, exact.
  [[nodiscard]] ConcentrationTime area(Duration from, Duration to, std::size_t output = 0) const;
  // The highest concentration in [from, to] and its first time. Turning points between events are
  // found from the exact derivative, sampled at 65 moments, evenly in the logarithm of the time since
  // the last event, and bisected: enough for a sum of a few exponentials.
  [[nodiscard]] Peak peak(Duration from, Duration to, std::size_t output = 0) const;
  // When the concentration passes `level` (> 0) in (from, to], in order: up to it or above, or below it.
  // As exact as the turning points above; a bolus passes at its moment.
  [[nodiscard]] std::vector<Crossing> crossings(Concentration level, Duration from, Duration to,
                                                std::size_t output = 0) const;
  // How long the concentration is at or above `level` in [from, to].
  [[nodiscard]] Duration time_above(Concentration level, Duration from, Duration to,
                                    std::size_t output = 0) const;

 private:
  struct Segment {
    double start_h = 0.0;
    std::size_t system = 0;
    Eigen::VectorXd amounts;  // at the start, after any bolus
    Eigen::VectorXd input;    // mg/h
  };
  struct Piece {  // a stretch of one segment on which the concentration is monotone
    double from_h;
    double to_h;
    double low_mg_L;   // at from_h (whatever the direction)
    double high_mg_L;  // at to_h
  };

  Trajectory(std::vector<LinearSystem> systems, Road road) : systems_(std::move(systems)), road_(road) {}
  [[nodiscard]] const Segment* segment_at(double time_h) const;
  [[nodiscard]] Eigen::VectorXd amounts_in(const Segment& segment, double time_h) const;
  [[nodiscard]] const LinearSystem::Output& read_of(const Segment& segment, std::size_t output) const;
  [[nodiscard]] double concentration_in(const Segment& segment, double time_h, std::size_t output) const;
  [[nodiscard]] double slope_in(const Segment& segment, double time_h, std::size_t output) const;
  [[nodiscard]] std::vector<Piece> pieces(double from_h, double to_h, std::size_t output) const;
  void split(const Segment& segment, double from_h, double to_h, std::size_t output,
             std::vector<Piece>& out) const;

  std::vector<LinearSystem> systems_;
  std::vector<Segment> segments_;
  Road road_;
};

}  // namespace evenkeel::pkpd
