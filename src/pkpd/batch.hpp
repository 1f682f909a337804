// Many subjects under one regimen, or a few: the fast road for populations.
//
//   Batch batch{.subjects = 10'000, .compartments = 3, .outputs = {0}, .system_of = ..., .plans = {plan}};
//   const auto curves = simulate(batch);              // every concentration, in memory
//   const auto found = summarise(batch, {0.1});       // Cmax, area, time above: nothing stored
//   const auto bands = percentile_bands(batch, ...);  // bands.hpp
//
// What the scalar road (solve.hpp, trajectory.hpp) computes one subject at a time this computes eight
// at a time, to a relative 1e-10, without stepping in between. Eight subjects of one plan form a
// group; a group is computed alone, so results have the same bits for any number of threads, and on
// any machine with fused multiplication and addition. Nothing is kept of a system after its group.
#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "base/result.hpp"
#include "pkpd/batch_plan.hpp"
#include "pkpd/structure.hpp"

namespace evenkeel::pkpd {

// One subject, as numbers; handed to SystemOf with the right sizes, to be filled.
struct SubjectSystem {
  Eigen::MatrixXd rates;          // K, 1/h
  std::vector<double> volumes_L;  // of each output
  // What doses into each compartment are multiplied with: a bioavailability of the subject's own over
  // the plan's. Ones unless it is set.
  std::vector<double> input_scale;
  Values values;  // room for whoever makes the rest from parameters
};
// Asked for each subject once in a run, from several threads at once. An Error ends the run.
using SystemOf = std::function<std::optional<Error>(std::size_t subject, SubjectSystem& into)>;
// The parameters of a subject, in the model's order; `into` holds those of another subject.
using ValuesOf = std::function<std::optional<Error>(std::size_t subject, Values& into)>;

struct Batch {
  std::size_t subjects = 0;
  std::size_t first = 0;  // the number of the first subject, from 0; for messages, which count from 1
  std::size_t compartments = 0;
  std::vector<std::size_t> outputs;  // the compartment that each is read from
  SystemOf system_of;
  std::vector<BatchPlan> plans;        // at least one; all have as many rows
  std::vector<std::uint32_t> plan_of;  // of each subject; empty: the first
};

// Subjects of one model. `outputs`: which of the model's, in this order; empty: all. The structure
// must outlive the batch. A dose's bioavailability, lag and duration are the plan's.
[[nodiscard]] Batch batch_of(const Structure& structure, std::size_t subjects, ValuesOf values_of,
                             std::vector<BatchPlan> plans, std::vector<std::size_t> outputs = {});

struct BatchOptions {
  int threads = 0;  // 0: one for each processor
  // Asked on the calling thread after every 2,048 subjects or so; false stops the run. May be empty.
  std::function<bool(std::size_t done, std::size_t subjects)> go_on = {};
};

// Errors of the functions below (invalid_input): what `system_of` said, with the subject's place;
// rates or volumes that cannot be; plans of different lengths. None when `go_on` stopped the run:
// nothing partial is returned.
template <class T>
using BatchResult = Result<std::optional<T>>;

// Every concentration, mg/L. Memory: 8 bytes for each subject, output and row, in groups of eight.
class BatchCurves {
 public:
  BatchCurves() = default;

  [[nodiscard]] std::size_t subjects() const { return slot_of_.size(); }
  [[nodiscard]] std::size_t outputs() const { return outputs_; }
  [[nodiscard]] std::size_t rows() const { return rows_; }

  [[nodiscard]] double at(std::size_t subject, std::size_t output, std::size_t row) const {
    const std::size_t slot = slot_of_[subject];
    return memory_[(((slot / 8) * rows_ + row) * outputs_ + output) * 8 + slot % 8];
  }
  // One output of all subjects, plainly: [subject][row].
  [[nodiscard]] std::vector<double> subject_major(std::size_t output) const;

 private:
  friend class CurveStore;
  struct Free {
    void operator()(double* memory) const;
  };

  std::size_t rows_ = 0;
  std::size_t outputs_ = 0;
  std::vector<std::uint32_t> slot_of_;  // where each subject lies: group * 8 + lane
  std::size_t capacity_ = 0;            // doubles
  std::unique_ptr<double[], Free> memory_;
};

// `reuse`: curves no longer needed, whose memory is taken over: fresh memory costs several times the
// work itself, for the system must clear it.
[[nodiscard]] BatchResult<BatchCurves> simulate(const Batch& batch, const BatchOptions& options = {},
                                                BatchCurves reuse = {});

// Of one subject and output, over the plan's rows and events.
struct CourseSummary {
  double peak_mg_L = 0.0;    // the highest concentration at a row or an event
  double peak_at_h = 0.0;    // its first time
  double area_mg_h_L = 0.0;  // from the plan's first event to its last: exact
  double hours_above = 0.0;  // at or above the level; between two moments the curve is taken as straight
                             // where it rises and as exponential where it falls
};
struct BatchSummaries {
  std::size_t outputs = 0;
  std::vector<CourseSummary> of;  // [subject][output]
  [[nodiscard]] const CourseSummary& at(std::size_t subject, std::size_t output) const {
    return of[subject * outputs + output];
  }
};
// `levels_mg_L`: one for each output, above zero.
[[nodiscard]] BatchResult<BatchSummaries> summarise(const Batch& batch, std::span<const double> levels_mg_L,
                                                    const BatchOptions& options = {});

}  // namespace evenkeel::pkpd
