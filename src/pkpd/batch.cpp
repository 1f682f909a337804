#include "pkpd/batch.hpp"

#include <sys/mman.h>

#include <algorithm>
#include <new>
#include <numeric>

#include "base/expects.hpp"
#include "pkpd/batch_run.hpp"
#include "pkpd/batch_sinks.hpp"

namespace evenkeel::pkpd {
namespace {

constexpr std::align_val_t huge_page{std::size_t{1} << 21};

// Fresh memory in pages of 2 MiB where the system has them: clearing it takes a third of the time.
double* fresh_memory(std::size_t doubles) {
  const std::size_t bytes = doubles * sizeof(double);
  void* memory = ::operator new(bytes, huge_page);
  static_cast<void>(madvise(memory, bytes, MADV_HUGEPAGE));
  return static_cast<double*>(memory);
}

class SummarySink final : public TileSink {
 public:
  SummarySink(const Batch& batch, const BatchRun& run, std::span<const double> levels, BatchSummaries& into)
      : batch_(batch), run_(run), levels_(levels), into_(into), running_(batch.outputs.size()) {}

  void begin(std::size_t group) override {
    group_ = &run_.groups()[group];
    plan_ = &batch_.plans[group_->plan];
    for (LaneSummary& each : running_) {
      each = {};
      std::fill_n(each.peak, lanes, -1.0);
      std::fill_n(each.peak_at, lanes, plan_->start_h());
    }
  }
  void take(const double* tile, std::size_t first, std::size_t count) override {
    const Moments moments{plan_->moment_h().subspan(first, count), plan_->passed_h().subspan(first, count)};
    for (std::size_t o = 0; o < running_.size(); ++o)
      summarise_tile(tile + o * lanes, moments, running_.size(), levels_[o], running_[o]);
  }
  void end(const double* areas) override {
    for (std::size_t lane = 0; lane < group_->count; ++lane) {
      for (std::size_t o = 0; o < running_.size(); ++o) {
        const LaneSummary& found = running_[o];
        into_.of[group_->subject[lane] * running_.size() + o] = {found.peak[lane], found.peak_at[lane],
                                                                 areas[o * lanes + lane], found.above[lane]};
      }
    }
  }

 private:
  const Batch& batch_;
  const BatchRun& run_;
  std::span<const double> levels_;
  BatchSummaries& into_;
  std::vector<LaneSummary, CacheAligned<LaneSummary>> running_;
  const Group* group_ = nullptr;
  const BatchPlan* plan_ = nullptr;
};

}  // namespace

class CurveStore {
 public:
  CurveStore(const Batch& batch, const BatchRun& run, BatchCurves reuse) : curves_(std::move(reuse)) {
    curves_.rows_ = run.rows();
    curves_.outputs_ = batch.outputs.size();
    const std::size_t doubles = run.groups().size() * group_doubles();
    if (doubles > curves_.capacity_) {
      curves_.memory_.reset();
      curves_.memory_.reset(fresh_memory(doubles));
      curves_.capacity_ = doubles;
    }
    curves_.slot_of_.resize(batch.subjects);
    for (std::size_t group = 0; group < run.groups().size(); ++group) {
      for (std::size_t lane = 0; lane < run.groups()[group].count; ++lane)
        curves_.slot_of_[run.groups()[group].subject[lane]] =
            static_cast<std::uint32_t>(group * lanes + lane);
    }
  }

  [[nodiscard]] std::unique_ptr<TileSink> sink() { return std::make_unique<Sink>(*this); }
  [[nodiscard]] BatchCurves take() { return std::move(curves_); }

 private:
  class Sink final : public TileSink {
   public:
    explicit Sink(CurveStore& store) : store_(store) {}
    void begin(std::size_t group) override {
      to_ = store_.curves_.memory_.get() + group * store_.group_doubles();
    }
    void take(const double* tile, std::size_t /*first*/, std::size_t moments) override {
      const std::size_t count = moments * store_.curves_.outputs_ * lanes;
      stream(tile, count, to_);
      to_ += count;
    }
    void end(const double* /*areas*/) override { end_streaming(); }

   private:
    CurveStore& store_;
    double* to_ = nullptr;
  };

  [[nodiscard]] std::size_t group_doubles() const { return curves_.rows_ * curves_.outputs_ * lanes; }

  BatchCurves curves_;
};

void BatchCurves::Free::operator()(double* memory) const {
  ::operator delete(memory, huge_page);
}

std::vector<double> BatchCurves::subject_major(std::size_t output) const {
  expects(output < outputs_, "an output is one of the batch");
  std::vector<double> plain;
  plain.reserve(subjects() * rows_);
  for (std::size_t subject = 0; subject < subjects(); ++subject) {
    for (std::size_t row = 0; row < rows_; ++row) plain.push_back(at(subject, output, row));
  }
  return plain;
}

Batch batch_of(const Structure& structure, std::size_t subjects, ValuesOf values_of,
               std::vector<BatchPlan> plans, std::vector<std::size_t> outputs) {
  if (outputs.empty()) {
    outputs.resize(structure.model().outputs.size());
    std::iota(outputs.begin(), outputs.end(), std::size_t{0});
  }
  Batch batch{.subjects = subjects,
              .compartments = structure.model().compartments.size(),
              .outputs = {},
              .system_of = {},
              .plans = std::move(plans),
              .plan_of = {}};
  for (const std::size_t output : outputs) batch.outputs.push_back(structure.output_compartment(output));
  batch.system_of = [&structure, values_of = std::move(values_of), outputs = std::move(outputs)](
                        std::size_t subject, SubjectSystem& into) -> std::optional<Error> {
    into.values.resize(structure.model().parameters.size());
    if (auto error = values_of(subject, into.values)) return error;
    return structure.fill(into.values, outputs, into.rates, into.volumes_L);
  };
  return batch;
}

BatchResult<BatchCurves> simulate(const Batch& batch, const BatchOptions& options, BatchCurves reuse) {
  const auto run = BatchRun::make(batch, options);
  if (!run) return run.error();
  CurveStore store{batch, *run, std::move(reuse)};
  const auto whole = run->follow_all(Shown::rows, [&] { return store.sink(); });
  if (!whole) return whole.error();
  if (!*whole) return std::optional<BatchCurves>{};
  return std::optional{store.take()};
}

BatchResult<BatchSummaries> summarise(const Batch& batch, std::span<const double> levels_mg_L,
                                      const BatchOptions& options) {
  expects(levels_mg_L.size() == batch.outputs.size(), "a level for each output");
  expects(std::ranges::all_of(levels_mg_L, [](double level) { return level > 0.0; }), "levels above zero");
  const auto run = BatchRun::make(batch, options);
  if (!run) return run.error();
  BatchSummaries summaries{batch.outputs.size(), {}};
  summaries.of.resize(batch.subjects * summaries.outputs);
  const auto whole = run->follow_all(
      Shown::all, [&] { return std::make_unique<SummarySink>(batch, *run, levels_mg_L, summaries); });
  if (!whole) return whole.error();
  if (!*whole) return std::optional<BatchSummaries>{};
  return std::optional{std::move(summaries)};
}

}  // namespace evenkeel::pkpd
