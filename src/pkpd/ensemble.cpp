#include "pkpd/ensemble.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <string>

#include "base/expects.hpp"
#include "pkpd/ensemble_member.hpp"
#include "pkpd/parallel.hpp"
#include "pkpd/shared_batch.hpp"
#include "pkpd/solve.hpp"
#include "pkpd/trajectory.hpp"

namespace evenkeel::pkpd {
namespace {

constexpr std::size_t numbers_in_block = std::size_t{1} << 22;
constexpr std::size_t most_numbers_kept = std::size_t{1} << 28;

// The first error by subject, whatever the order in which they are met.
class FirstError {
 public:
  explicit FirstError(std::size_t count) : errors_(count) {}
  void set(std::size_t i, Error error) { errors_[i] = std::move(error); }
  [[nodiscard]] std::optional<Error> get(std::size_t first_subject) const {
    for (std::size_t i = 0; i < errors_.size(); ++i) {
      if (errors_[i]) return of_subject(first_subject + i, *errors_[i]);
    }
    return std::nullopt;
  }

 private:
  std::vector<std::optional<Error>> errors_;
};

// `task(i, error)` for 0 <= i < count on `threads` threads (0: one for each processor).
template <class OfSubject>
std::optional<Error> each_subject(std::size_t first, std::size_t count, int threads, OfSubject&& task) {
  FirstError errors{count};
  in_parallel(threads, count, 1, [&](std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to; ++i) {
      if (auto error = task(i)) errors.set(i, *std::move(error));
    }
  });
  return errors.get(first);
}

std::optional<Error> alone(const Ensemble& ensemble, const Records& records, CurveBlock& block, int threads) {
  return each_subject(block.first, block.subjects, threads, [&](std::size_t i) -> std::optional<Error> {
    const auto timeline = timeline_of(ensemble, records, block.first + i);
    if (!timeline) return timeline.error();
    const Readings readings = read_outs(*timeline, records.rows.size());
    for (std::size_t row = 0; row < block.rows; ++row) {
      const auto read = static_cast<Eigen::Index>(records.observed[row]);
      for (std::size_t output = 0; output < block.outputs; ++output) {
        block.mg_L[(i * block.rows + row) * block.outputs + output] =
            readings.concentrations(read, static_cast<Eigen::Index>(output));
      }
    }
    return std::nullopt;
  });
}

std::optional<Error> together(const SharedBatch& shared, CurveBlock& block, BatchCurves& curves,
                              int threads) {
  auto found = simulate(shared.of(block.first, block.subjects), {.threads = threads}, std::move(curves));
  if (!found) return found.error();
  curves = **std::move(found);
  for (std::size_t i = 0; i < block.subjects; ++i) {
    for (std::size_t row = 0; row < block.rows; ++row) {
      for (std::size_t output = 0; output < block.outputs; ++output)
        block.mg_L[(i * block.rows + row) * block.outputs + output] = curves.at(i, output, row);
    }
  }
  return std::nullopt;
}

void add_residuals(const Ensemble& ensemble, CurveBlock& block) {
  for (std::size_t i = 0; i < block.subjects; ++i) {
    for (std::size_t row = 0; row < block.rows; ++row) {
      const Draw draw{ensemble.seed, static_cast<std::uint32_t>(block.first + i),
                      static_cast<std::uint32_t>(row)};
      for (std::size_t output = 0; output < block.outputs; ++output) {
        double& mg_L = block.mg_L[(i * block.rows + row) * block.outputs + output];
        const auto read = ensemble.residual->observed(Concentration::from_canonical(mg_L), output, draw);
        if (read) mg_L = read->canonical();
      }
    }
  }
}

// One column for each row and output: counted, or every value kept.
struct Columns {
  std::vector<LogHistogram> counted;
  std::vector<std::vector<double>> kept;
};

void collect(const CurveBlock& block, Columns& columns) {
  for (std::size_t i = 0; i < block.mg_L.size(); ++i) {
    const std::size_t column = i % (block.rows * block.outputs);
    if (columns.kept.empty()) {
      columns.counted[column].add(block.mg_L[i]);
    } else {
      columns.kept[column].push_back(block.mg_L[i]);
    }
  }
}

Bands bands_of(Columns& columns, const BandOptions& options, std::size_t outputs, std::size_t rows) {
  Bands bands{options.probabilities, outputs, rows, options.exact ? 0.0 : 1.0 / 512.0, {}};
  for (const double probability : options.probabilities) {
    for (std::size_t output = 0; output < outputs; ++output) {
      for (std::size_t row = 0; row < rows; ++row) {
        const std::size_t column = row * outputs + output;
        bands.mg_L.push_back(options.exact ? percentile(columns.kept[column], probability)
                                           : columns.counted[column].quantile(probability));
      }
    }
  }
  return bands;
}

}  // namespace

double percentile(std::vector<double> values, double probability) {
  const double h = static_cast<double>(values.size() - 1) * probability;
  const auto rank = static_cast<std::size_t>(std::floor(h));
  std::ranges::nth_element(values, values.begin() + static_cast<std::ptrdiff_t>(rank));
  const double low = values[rank];
  if (rank + 1 == values.size()) return low;
  const double high = *std::min_element(values.begin() + static_cast<std::ptrdiff_t>(rank) + 1, values.end());
  return low + (h - static_cast<double>(rank)) * (high - low);
}

bool is_shared(const Ensemble& ensemble) {
  if (ensemble.occasions) return false;
  const bool any_varies = std::ranges::find(ensemble.varies, true) != ensemble.varies.end();
  const bool amounts_vary = any_varies || ensemble.dose_factor;
  for (const TimedDose& each : ensemble.doses) {
    const bool lasts_by_amount =
        each.dose.form == DoseForm::at_rate || each.dose.form == DoseForm::modelled_rate;
    if (each.dose.steady != SteadyState::none || (lasts_by_amount && amounts_vary)) return false;
  }
  std::set<std::string> entered;
  for (const std::size_t route : routes_used(ensemble)) {
    for (const std::size_t parameter : ensemble.structure->timing_parameters(route)) {
      if (any_varies && ensemble.varies[parameter]) return false;
    }
    for (const Path& path : ensemble.structure->model().routes[route].paths) {
      if (!entered.insert(path.compartment).second && amounts_vary) return false;
    }
  }
  return true;
}

std::optional<Error> for_each_block(const Ensemble& ensemble,
                                    const std::function<bool(const CurveBlock&)>& take, int threads) {
  CurveBlock block;
  block.outputs = ensemble.structure->model().outputs.size();
  block.rows = ensemble.times.size();
  expects(block.rows > 0, "an ensemble is observed");
  const std::size_t most =
      std::clamp(numbers_in_block / (block.rows * block.outputs), std::size_t{8}, std::size_t{8192}) / 8 * 8;
  std::optional<SharedBatch> shared;
  if (is_shared(ensemble)) {
    auto made = SharedBatch::make(ensemble);
    if (!made) return made.error();
    shared = *std::move(made);
  }
  const Records records = records_of(ensemble);
  BatchCurves curves;
  for (block.first = 0; block.first < ensemble.subjects; block.first += most) {
    block.subjects = std::min(most, ensemble.subjects - block.first);
    block.mg_L.resize(block.subjects * block.rows * block.outputs);
    auto error =
        shared ? together(*shared, block, curves, threads) : alone(ensemble, records, block, threads);
    if (error) return error;
    if (ensemble.residual != nullptr) add_residuals(ensemble, block);
    if (!take(block)) return std::nullopt;
  }
  return std::nullopt;
}

BatchResult<Bands> percentile_bands(const Ensemble& ensemble, const BandOptions& bands,
                                    const BatchOptions& options) {
  if (ensemble.residual == nullptr && is_shared(ensemble)) {
    const auto shared = SharedBatch::make(ensemble);
    if (!shared) return shared.error();
    return percentile_bands(shared->of(0, ensemble.subjects), bands, options);
  }
  const std::size_t outputs = ensemble.structure->model().outputs.size();
  const std::size_t rows = ensemble.times.size();
  if (bands.exact && ensemble.subjects > most_numbers_kept / (rows * outputs)) {
    return Error{ErrorCode::invalid_input, "",
                 "exact percentiles would keep more than 268 million numbers: take fewer subjects or times"};
  }
  Columns columns;
  if (bands.exact) {
    columns.kept.resize(rows * outputs);
  } else {
    columns.counted.resize(rows * outputs);
  }
  bool stopped = false;
  const auto take = [&](const CurveBlock& block) {
    collect(block, columns);
    stopped = options.go_on && !options.go_on(block.first + block.subjects, ensemble.subjects);
    return !stopped;
  };
  if (auto error = for_each_block(ensemble, take, options.threads)) return *std::move(error);
  if (stopped) return std::optional<Bands>{};
  return std::optional{bands_of(columns, bands, outputs, rows)};
}

BatchResult<BatchSummaries> summarise(const Ensemble& ensemble, std::span<const double> levels_mg_L,
                                      const BatchOptions& options) {
  expects(levels_mg_L.size() == ensemble.structure->model().outputs.size(), "a level for each output");
  if (is_shared(ensemble)) {
    const auto shared = SharedBatch::make(ensemble);
    if (!shared) return shared.error();
    return summarise(shared->of(0, ensemble.subjects), levels_mg_L, options);
  }
  const Records records = records_of(ensemble);
  const std::size_t outputs = levels_mg_L.size();
  BatchSummaries found{outputs, std::vector<CourseSummary>(ensemble.subjects * outputs)};
  constexpr std::size_t at_once = 2048;
  for (std::size_t first = 0; first < ensemble.subjects; first += at_once) {
    const std::size_t count = std::min(at_once, ensemble.subjects - first);
    auto error = each_subject(first, count, options.threads, [&](std::size_t i) -> std::optional<Error> {
      auto timeline = timeline_of(ensemble, records, first + i);
      if (!timeline) return timeline.error();
      const auto course = Trajectory::make(*std::move(timeline));
      if (!course) return course.error();
      const Duration from = records.rows.front().at;
      const Duration to = records.rows.back().at;
      for (std::size_t output = 0; output < outputs; ++output) {
        const Peak peak = course->peak(from, to, output);
        const auto level = Concentration::from_canonical(levels_mg_L[output]);
        found.of[(first + i) * outputs + output] = {peak.value.canonical(), peak.at.in(units::h),
                                                    course->area(from, to, output).canonical(),
                                                    course->time_above(level, from, to, output).in(units::h)};
      }
      return std::nullopt;
    });
    if (error) return *std::move(error);
    if (options.go_on && !options.go_on(first + count, ensemble.subjects))
      return std::optional<BatchSummaries>{};
  }
  return std::optional{std::move(found)};
}

}  // namespace evenkeel::pkpd
