// Runs the groups of a batch on several threads: what simulate, summarise and percentile_bands share.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "pkpd/batch.hpp"
#include "pkpd/batch_course.hpp"
#include "pkpd/parallel.hpp"

namespace evenkeel::pkpd {

// Subjects computed together: of one plan, in their order. A plan's last group may have fewer than
// eight; its spare lanes repeat the last subject.
struct Group {
  std::size_t plan = 0;
  std::size_t count = 0;
  std::array<std::uint32_t, lanes> subject{};
};

class BatchRun {
 public:
  // `batch` and `options` must outlive the run. Errors: those of batch.hpp that show before it.
  static Result<BatchRun> make(const Batch& batch, const BatchOptions& options);

  [[nodiscard]] const std::vector<Group>& groups() const { return groups_; }
  [[nodiscard]] std::size_t rows() const { return batch_->plans.front().rows(); }

  // One sink for each thread.
  using MakeSink = std::function<std::unique_ptr<TileSink>()>;
  // Follows groups [from, to). An error is that of the first group that has one.
  [[nodiscard]] std::optional<Error> follow(std::size_t from, std::size_t to, Shown shown,
                                            const MakeSink& make_sink) const;
  // All groups, asking options.go_on between rounds; false when it stopped the run.
  [[nodiscard]] Result<bool> follow_all(Shown shown, const MakeSink& make_sink) const;
  // False when go_on, asked after groups [0, done), stops the run.
  [[nodiscard]] bool goes_on(std::size_t done_groups) const;

  // `task` for the blocks of [0, count), each of at most `grain`, on the run's threads.
  void in_parallel(std::size_t count, std::size_t grain, const Task& task) const;

 private:
  BatchRun(const Batch& batch, const BatchOptions& options) : batch_(&batch), options_(&options) {}
  void form_groups();

  const Batch* batch_;
  const BatchOptions* options_;
  std::vector<Group> groups_;
};

}  // namespace evenkeel::pkpd
