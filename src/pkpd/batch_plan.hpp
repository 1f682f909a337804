// What happens to every subject of a batch at the same times: the changes and the read-outs of a
// timeline, broken into legs of equal steps.
//
//   leg:  changes, perhaps a moment, then steps of one length, a moment after each
//
// A moment is a read-out, or a silent one at an event that nobody asked for (summaries look there too).
// Steps that differ by no more than the rounding of their times are one length, for which a kernel
// computes its factors once; what the clock of the plan and the times asked for differ by is made up
// for before it exceeds that rounding (4 units in the last place), so nothing drifts. A length that
// occurs once is kept apart, in an uneven leg.
//
// Immutable; safe to read from any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/result.hpp"
#include "pkpd/timeline.hpp"

namespace evenkeel::pkpd {

struct PlanChange {
  enum class Kind : std::uint8_t { add_amount, set_rate, clear } kind = Kind::clear;
  std::size_t compartment = 0;
  double value = 0.0;  // mg, or all mg/h that enter the compartment from here on
};

enum class Moment : std::uint8_t { none, silent, read_out };

struct PlanLeg {
  std::size_t changes_from = 0;  // changes [from, to) of the plan, carried out first
  std::size_t changes_to = 0;
  double until_change_h = 0.0;   // after changes: how long they remain the latest
  Moment first = Moment::none;   // after the changes, before the steps
  Moment each = Moment::silent;  // after each step
  bool even = true;              // steps of one length, or each its own
  std::size_t length = 0;        // even: which of even_h; uneven: the first of uneven_h
  std::size_t steps = 0;         // may be zero
};

class BatchPlan {
 public:
  // The events of `timeline` in their order; the k-th read-out is row k, whatever number it carries.
  // Errors (invalid_input): a time that is not finite or goes back other than at a reset; no read-out;
  // a change of the system or a steady state, which are each subject's own (read_outs() serves those).
  static Result<BatchPlan> make(const Timeline& timeline);
  // Read at `times_h` (never falling), each time after all that happens at it; the timeline's own
  // read-outs are left out.
  static Result<BatchPlan> make(const Timeline& timeline, std::span<const double> times_h);

  [[nodiscard]] std::size_t rows() const { return row_h_.size(); }
  [[nodiscard]] std::span<const double> row_h() const { return row_h_; }        // time of each row
  [[nodiscard]] std::span<const double> moment_h() const { return moment_h_; }  // silent ones too
  // Since the moment before, along the course; zero where nothing but a change lies between.
  [[nodiscard]] std::span<const double> passed_h() const { return passed_h_; }
  [[nodiscard]] double start_h() const { return start_h_; }  // of the first event
  [[nodiscard]] double end_h() const { return end_h_; }      // of the last

  [[nodiscard]] std::span<const PlanLeg> legs() const { return legs_; }
  [[nodiscard]] std::span<const PlanChange> changes(const PlanLeg& leg) const {
    return std::span{changes_}.subspan(leg.changes_from, leg.changes_to - leg.changes_from);
  }
  [[nodiscard]] std::span<const double> even_h() const { return even_h_; }
  [[nodiscard]] std::span<const double> uneven_h() const { return uneven_h_; }
  // The compartments that anything enters, and those that an infusion does; rising.
  [[nodiscard]] std::span<const std::size_t> dosed() const { return dosed_; }
  [[nodiscard]] std::span<const std::size_t> infused() const { return infused_; }

 private:
  class Compiler;
  BatchPlan() = default;

  double start_h_ = 0.0;
  double end_h_ = 0.0;
  std::vector<PlanLeg> legs_;
  std::vector<PlanChange> changes_;
  std::vector<double> even_h_;
  std::vector<double> uneven_h_;
  std::vector<double> row_h_;
  std::vector<double> moment_h_;
  std::vector<double> passed_h_;
  std::vector<std::size_t> dosed_;
  std::vector<std::size_t> infused_;
};

}  // namespace evenkeel::pkpd
