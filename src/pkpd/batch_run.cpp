#include "pkpd/batch_run.hpp"

#include <fmt/format.h>
#include <tbb/enumerable_thread_specific.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/expects.hpp"

namespace evenkeel::pkpd {
namespace {

constexpr std::size_t groups_in_round = 256;
constexpr std::size_t groups_in_task = 4;

// What one thread needs to follow groups, made once.
class Worker {
 public:
  Worker(const Batch& batch, Shown shown, std::unique_ptr<TileSink> sink)
      : batch_(&batch), sink_(std::move(sink)), writer_(batch.outputs.size(), shown, *sink_) {
    const std::size_t n = batch.compartments;
    systems_.compartments = n;
    systems_.outputs = batch.outputs;
    systems_.rates.resize(n * n * lanes);
    systems_.volumes_L.resize(batch.outputs.size() * lanes);
    systems_.scale.resize(n * lanes);
    const auto size = static_cast<Eigen::Index>(n);
    subject_ = {Eigen::MatrixXd::Zero(size, size), std::vector<double>(batch.outputs.size()), {}, {}};
  }

  std::optional<Error> follow(const Group& group, std::size_t index) {
    for (std::size_t lane = 0; lane < group.count; ++lane) {
      if (auto error = fill(group.subject[lane], lane)) return error;
    }
    for (std::size_t lane = group.count; lane < lanes; ++lane) copy_lane(group.count - 1, lane);
    sink_->begin(index);
    const BatchPlan& plan = batch_->plans[group.plan];
    if (modal_serves(systems_, plan)) {
      follow_modal(systems_, plan, modal_, writer_);
    } else {
      follow_propagator(systems_, plan, propagator_, writer_);
    }
    return std::nullopt;
  }

 private:
  std::optional<Error> fill(std::size_t subject, std::size_t lane) {
    subject_.input_scale.assign(systems_.compartments, 1.0);
    const auto place = [&](Error error) {
      error.where = fmt::format("subject {}{}{}", batch_->first + subject + 1,
                                error.where.empty() ? "" : ": ", error.where);
      return error;
    };
    if (auto error = batch_->system_of(subject, subject_)) return place(*std::move(error));
    if (auto error = faulty()) return place(*std::move(error));
    const auto n = static_cast<Eigen::Index>(systems_.compartments);
    double* rate = &systems_.rates[lane];
    for (Eigen::Index row = 0; row < n; ++row) {
      for (Eigen::Index column = 0; column < n; ++column, rate += lanes) *rate = subject_.rates(row, column);
    }
    for (std::size_t o = 0; o < batch_->outputs.size(); ++o)
      systems_.volumes_L[o * lanes + lane] = subject_.volumes_L[o];
    for (std::size_t c = 0; c < systems_.compartments; ++c)
      systems_.scale[c * lanes + lane] = subject_.input_scale[c];
    return std::nullopt;
  }

  [[nodiscard]] std::optional<Error> faulty() const {
    constexpr double largest = std::numeric_limits<double>::max();
    const auto n = subject_.rates.rows();
    for (Eigen::Index column = 0; column < n; ++column) {
      for (Eigen::Index row = 0; row < n; ++row) {
        const double rate = row == column ? -subject_.rates(row, column) : subject_.rates(row, column);
        if (rate >= 0.0 && rate <= largest) continue;
        return Error{ErrorCode::invalid_input, "",
                     fmt::format("a rate of {} 1/h at row {}, column {}", subject_.rates(row, column),
                                 row + 1, column + 1)};
      }
    }
    for (const double volume : subject_.volumes_L) {
      if (!(volume > 0.0 && volume <= largest))
        return Error{ErrorCode::invalid_input, "", fmt::format("an output is read from {} L", volume)};
    }
    for (const double scale : subject_.input_scale) {
      if (!(scale >= 0.0 && scale <= largest))
        return Error{ErrorCode::invalid_input, "", fmt::format("a dose is multiplied with {}", scale)};
    }
    return std::nullopt;
  }

  void copy_lane(std::size_t from, std::size_t to) {
    for (LaneNumbers* numbers : {&systems_.rates, &systems_.volumes_L, &systems_.scale}) {
      for (std::size_t at = 0; at < numbers->size(); at += lanes) (*numbers)[at + to] = (*numbers)[at + from];
    }
  }

  const Batch* batch_;
  std::unique_ptr<TileSink> sink_;
  TileWriter writer_;
  SubjectSystem subject_;
  GroupSystems systems_;
  ModalWork modal_;
  PropagatorWork propagator_;
};

struct Failure {
  std::size_t group = std::numeric_limits<std::size_t>::max();
  Error error;
};

}  // namespace

Result<BatchRun> BatchRun::make(const Batch& batch, const BatchOptions& options) {
  expects(!batch.plans.empty() && batch.system_of && !batch.outputs.empty() && batch.compartments > 0,
          "a batch has a plan, systems and outputs");
  expects(batch.plan_of.empty() || batch.plan_of.size() == batch.subjects, "a plan for each subject");
  for (const std::size_t output : batch.outputs)
    expects(output < batch.compartments, "an output is read from a compartment");
  for (const BatchPlan& plan : batch.plans) {
    for (const std::size_t dosed : plan.dosed())
      expects(dosed < batch.compartments, "a plan doses compartments of the batch");
    if (plan.rows() != batch.plans.front().rows()) {
      return Error{ErrorCode::invalid_input, "",
                   fmt::format("plans of {} and of {} read-outs in one batch", batch.plans.front().rows(),
                               plan.rows())};
    }
  }
  if (!(batch.subjects > 0 && batch.subjects <= std::numeric_limits<std::uint32_t>::max() / 2))
    return Error{ErrorCode::invalid_input, "", fmt::format("a batch of {} subjects", batch.subjects)};
  BatchRun run{batch, options};
  run.form_groups();
  return run;
}

void BatchRun::form_groups() {
  std::vector<std::size_t> open(batch_->plans.size(), std::numeric_limits<std::size_t>::max());
  for (std::size_t subject = 0; subject < batch_->subjects; ++subject) {
    const std::size_t plan = batch_->plan_of.empty() ? 0 : batch_->plan_of[subject];
    expects(plan < open.size(), "a subject's plan is one of the batch");
    if (open[plan] >= groups_.size() || groups_[open[plan]].count == lanes) {
      open[plan] = groups_.size();
      groups_.push_back({.plan = plan});
    }
    Group& group = groups_[open[plan]];
    group.subject[group.count++] = static_cast<std::uint32_t>(subject);
  }
}

void BatchRun::in_parallel(std::size_t count, std::size_t grain, const Task& task) const {
  pkpd::in_parallel(options_->threads, count, grain, task);
}

std::optional<Error> BatchRun::follow(std::size_t from, std::size_t to, Shown shown,
                                      const MakeSink& make_sink) const {
  tbb::enumerable_thread_specific<Worker> workers{[&] { return Worker{*batch_, shown, make_sink()}; }};
  tbb::enumerable_thread_specific<Failure> failures;
  in_parallel(to - from, groups_in_task, [&](std::size_t first, std::size_t last) {
    Worker& worker = workers.local();
    for (std::size_t group = from + first; group < from + last; ++group) {
      Failure& failure = failures.local();
      if (failure.group < group) return;
      if (auto error = worker.follow(groups_[group], group)) failure = {group, *std::move(error)};
    }
  });
  Failure first;
  for (const Failure& failure : failures) {
    if (failure.group < first.group) first = failure;
  }
  if (first.group < groups_.size()) return first.error;
  return std::nullopt;
}

bool BatchRun::goes_on(std::size_t done_groups) const {
  if (!options_->go_on) return true;
  std::size_t done = 0;
  for (std::size_t group = 0; group < done_groups; ++group) done += groups_[group].count;
  return options_->go_on(done, batch_->subjects);
}

Result<bool> BatchRun::follow_all(Shown shown, const MakeSink& make_sink) const {
  for (std::size_t from = 0; from < groups_.size(); from += groups_in_round) {
    const std::size_t to = std::min(from + groups_in_round, groups_.size());
    if (auto error = follow(from, to, shown, make_sink)) return *std::move(error);
    if (!goes_on(to)) return false;
  }
  return true;
}

}  // namespace evenkeel::pkpd
