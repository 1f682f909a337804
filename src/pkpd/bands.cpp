#include "pkpd/bands.hpp"

#include <fmt/format.h>
#include <tbb/enumerable_thread_specific.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "base/expects.hpp"
#include "pkpd/batch_run.hpp"
#include "pkpd/batch_sinks.hpp"
#include "pkpd/log_bins.hpp"

namespace evenkeel::pkpd {
namespace {

constexpr std::uint32_t bins_in_doubling = 512;
constexpr std::size_t buffer_bytes = std::size_t{32} << 20;
constexpr std::size_t columns_in_task = 8;

// The two ranks that a percentile lies between, and how far from the lower one.
struct Between {
  std::uint64_t rank = 0;
  double share = 0.0;
};
Between between(double probability, std::uint64_t total) {
  const double h = static_cast<double>(total - 1) * probability;
  const double rank = std::floor(h);
  return {static_cast<std::uint64_t>(rank), h - rank};
}

template <class ValueOfRank>
double interpolated(double probability, std::uint64_t total, ValueOfRank&& value_of) {
  const Between h = between(probability, total);
  const double low = value_of(h.rank);
  return h.share > 0.0 ? low + h.share * (value_of(h.rank + 1) - low) : low;
}

// A column is one output at one row; a group writes its eight numbers for each column side by side.
template <class Number>
class Buffer {
 public:
  Buffer(std::size_t columns, std::size_t groups)
      : columns_(columns),
        groups_(std::clamp(buffer_bytes / (columns * lanes * sizeof(Number)), std::size_t{1}, groups)),
        numbers_(groups_ * columns * lanes) {}

  [[nodiscard]] std::size_t groups() const { return groups_; }  // that fit at once
  [[nodiscard]] Number* of(std::size_t group, std::size_t column) {
    return &numbers_[((group - first_) * columns_ + column) * lanes];
  }
  void start_at(std::size_t group) { first_ = group; }

 private:
  std::size_t columns_;
  std::size_t groups_;
  std::size_t first_ = 0;
  std::vector<Number, CacheAligned<Number>> numbers_;
};

void put(const double* tile, std::size_t count, std::uint16_t* to) {
  bin_tile(tile, count, to);
}
void put(const double* tile, std::size_t count, double* to) {
  std::copy_n(tile, count, to);
}

template <class Number>
class BufferSink final : public TileSink {
 public:
  BufferSink(Buffer<Number>& buffer, std::size_t outputs) : buffer_(buffer), outputs_(outputs) {}
  void begin(std::size_t group) override { group_ = group; }
  void take(const double* tile, std::size_t first, std::size_t moments) override {
    put(tile, moments * outputs_ * lanes, buffer_.of(group_, first * outputs_));
  }
  void end(const double* /*areas*/) override {}

 private:
  Buffer<Number>& buffer_;
  std::size_t outputs_;
  std::size_t group_ = 0;
};

// One column of the groups in a buffer.
template <class Number>
class Column {
 public:
  Column(Buffer<Number>& buffer, const BatchRun& run, std::size_t column, std::size_t from, std::size_t to)
      : buffer_(buffer), run_(run), column_(column), from_(from), to_(to) {}
  template <class Take>
  void each(const Take& take) const {
    for (std::size_t group = from_; group < to_; ++group) {
      const Number* numbers = buffer_.of(group, column_);
      const std::size_t count = run_.groups()[group].count;
      for (std::size_t lane = 0; lane < count; ++lane) take(numbers[lane]);
    }
  }

 private:
  Buffer<Number>& buffer_;
  const BatchRun& run_;
  std::size_t column_;
  std::size_t from_;
  std::size_t to_;
};

// Follows the batch as many groups at a time as the buffer holds, and hands every column of them to
// `take(index, column)`, several at once. False when the caller stopped the run.
template <class Number, class Take>
Result<bool> each_column(const BatchRun& run, std::size_t outputs, const Take& take) {
  const std::size_t columns = run.rows() * outputs;
  const std::size_t groups = run.groups().size();
  Buffer<Number> buffer{columns, groups};
  for (std::size_t from = 0; from < groups; from += buffer.groups()) {
    const std::size_t to = std::min(from + buffer.groups(), groups);
    buffer.start_at(from);
    auto error = run.follow(from, to, Shown::rows,
                            [&] { return std::make_unique<BufferSink<Number>>(buffer, outputs); });
    if (error) return *std::move(error);
    run.in_parallel(columns, columns_in_task, [&](std::size_t first, std::size_t last) {
      for (std::size_t index = first; index < last; ++index)
        take(index, Column<Number>{buffer, run, index, from, to});
    });
    if (!run.goes_on(to)) return false;
  }
  return true;
}

// Counts a column in one small table that stays in the cache, then adds what it counted to the
// column's histogram in one sweep: those of all columns fit no cache.
class Tally {
 public:
  Tally() : counts_(std::size_t{1} << 16) {}

  void add(const Column<std::uint16_t>& column, LogHistogram& to) {
    std::uint16_t low = std::numeric_limits<std::uint16_t>::max();
    std::uint16_t high = 0;
    column.each([&](std::uint16_t bin) {
      ++counts_[bin];
      low = std::min(low, bin == 0 ? low : bin);
      high = std::max(high, bin);
    });
    to.add(0, std::span{counts_}.first(1));
    if (low <= high) to.add(low, std::span{counts_}.subspan(low, high - low + 1U));
    counts_[0] = 0;
    if (low <= high) std::fill(counts_.begin() + low, counts_.begin() + high + 1, 0U);
  }

 private:
  std::vector<std::uint32_t> counts_;  // of every bin
};

// The values of the bins wanted of one column, those that occur often once with their count.
class Collected {
 public:
  void want(const LogHistogram::Place& place) { bins_.try_emplace(place.bin, Bin{place, {}, {}}); }

  void add(double value) {
    const auto found = bins_.find(log_bins::bin_of(value));
    if (found != bins_.end()) found->second.add(value);
  }

  // The value of a rank whose bin was wanted.
  double value_of(const LogHistogram::Place& place, std::uint64_t rank) {
    return bins_.at(place.bin).value_of(rank);
  }

 private:
  struct Bin {
    LogHistogram::Place place;
    std::vector<double> fresh;
    std::vector<std::pair<double, std::uint64_t>> counted;  // rising

    void add(double value) {
      fresh.push_back(value);
      if (fresh.size() >= 4096 + counted.size()) merge();
    }
    void merge() {
      for (const double value : fresh) counted.emplace_back(value, 1);
      fresh.clear();
      std::ranges::sort(counted);
      std::size_t kept = 0;
      for (const auto& [value, count] : counted) {
        if (kept > 0 && counted[kept - 1].first == value) {
          counted[kept - 1].second += count;
        } else {
          counted[kept++] = {value, count};
        }
      }
      counted.resize(kept);
    }
    double value_of(std::uint64_t rank) {
      merge();
      std::uint64_t below = place.below;
      for (const auto& [value, count] : counted) {
        below += count;
        if (rank < below) return value;
      }
      expects(false, "the second run sees what the first counted");
      return 0.0;
    }
  };
  std::map<std::uint16_t, Bin> bins_;
};

// Fills in every percentile; `value_at(column, probability)` is asked for columns in parallel.
template <class ValueAt>
Bands filled(const BatchRun& run, std::size_t outputs, const BandOptions& options, const ValueAt& value_at) {
  Bands bands{options.probabilities, outputs, run.rows(), options.exact ? 0.0 : log_bins::relative_width, {}};
  bands.mg_L.resize(bands.probabilities.size() * bands.outputs * bands.rows);
  run.in_parallel(bands.rows * outputs, columns_in_task, [&](std::size_t from, std::size_t to) {
    for (std::size_t column = from; column < to; ++column) {
      const std::size_t row = column / outputs;
      const std::size_t output = column % outputs;
      for (std::size_t p = 0; p < bands.probabilities.size(); ++p)
        bands.mg_L[(p * outputs + output) * bands.rows + row] = value_at(column, bands.probabilities[p]);
    }
  });
  return bands;
}

// The second run: the values around each percentile, by the places that the first run found.
BatchResult<Bands> exact_bands(const BatchRun& run, std::size_t outputs, const BandOptions& options,
                               const std::vector<LogHistogram>& columns) {
  std::vector<Collected> collected(columns.size());
  const std::uint64_t total = columns.front().total();
  const auto last = [&](std::uint64_t rank) { return std::min(rank, total - 1); };
  run.in_parallel(columns.size(), columns_in_task, [&](std::size_t from, std::size_t to) {
    for (std::size_t column = from; column < to; ++column) {
      for (const double probability : options.probabilities) {
        const std::uint64_t rank = between(probability, total).rank;
        collected[column].want(columns[column].place_of(rank));
        collected[column].want(columns[column].place_of(last(rank + 1)));
      }
    }
  });
  const auto whole = each_column<double>(run, outputs, [&](std::size_t index, const auto& column) {
    column.each([&](double value) { collected[index].add(value); });
  });
  if (!whole) return whole.error();
  if (!*whole) return std::optional<Bands>{};
  return std::optional{filled(run, outputs, options, [&](std::size_t column, double probability) {
    return interpolated(probability, total, [&](std::uint64_t rank) {
      return collected[column].value_of(columns[column].place_of(rank), rank);
    });
  })};
}

}  // namespace

void LogHistogram::add(double value) {
  const std::uint32_t one = 1;
  add(log_bins::bin_of(value), std::span{&one, 1});
}

void LogHistogram::add(std::uint16_t first, std::span<const std::uint32_t> counts) {
  if (first == 0) {
    zeros_ += counts.front();
    if (counts.size() > 1) add(1, counts.subspan(1));
    return;
  }
  make_room(first, first + static_cast<std::uint32_t>(counts.size()));
  for (std::size_t i = 0; i < counts.size(); ++i) counts_[first - first_ + i] += counts[i];
}

// For bins [from, to), in whole doublings.
void LogHistogram::make_room(std::uint32_t from, std::uint32_t to) {
  const std::uint32_t down = from / bins_in_doubling * bins_in_doubling;
  const std::uint32_t up = (to + bins_in_doubling - 1) / bins_in_doubling * bins_in_doubling;
  if (counts_.empty()) first_ = down;
  if (down < first_) {
    counts_.insert(counts_.begin(), first_ - down, 0);
    first_ = down;
  }
  if (counts_.size() < up - first_) counts_.resize(up - first_);
}

std::uint64_t LogHistogram::total() const {
  std::uint64_t sum = zeros_;
  for (const std::uint32_t count : counts_) sum += count;
  return sum;
}

LogHistogram::Place LogHistogram::place_of(std::uint64_t rank) const {
  if (rank < zeros_) return {0, 0, zeros_};
  std::uint64_t below = zeros_;
  for (std::size_t i = 0; i < counts_.size(); ++i) {
    if (rank < below + counts_[i]) return {static_cast<std::uint16_t>(first_ + i), below, counts_[i]};
    below += counts_[i];
  }
  expects(false, "a rank is below the number of values");
  return {};
}

// Values spread evenly over their bin, as far as anybody knows.
double LogHistogram::value_of(std::uint64_t rank) const {
  const Place place = place_of(rank);
  if (place.bin == 0) return 0.0;
  const double low = log_bins::lower_end(place.bin);
  const double width = log_bins::lower_end(std::uint32_t{place.bin} + 1) - low;
  return low + width * (static_cast<double>(rank - place.below) + 0.5) / static_cast<double>(place.inside);
}

double LogHistogram::quantile(double probability) const {
  return interpolated(probability, total(), [&](std::uint64_t rank) { return value_of(rank); });
}

BatchResult<Bands> percentile_bands(const Batch& batch, const BandOptions& bands,
                                    const BatchOptions& options) {
  for (const double probability : bands.probabilities) {
    if (!(probability >= 0.0 && probability <= 1.0))
      return Error{ErrorCode::invalid_input, "", fmt::format("a percentile at {}: 0 to 1", probability)};
  }
  const auto run = BatchRun::make(batch, options);
  if (!run) return run.error();
  const std::size_t outputs = batch.outputs.size();
  std::vector<LogHistogram> columns(run->rows() * outputs);
  tbb::enumerable_thread_specific<Tally> tallies;
  const auto whole = each_column<std::uint16_t>(*run, outputs, [&](std::size_t index, const auto& column) {
    tallies.local().add(column, columns[index]);
  });
  if (!whole) return whole.error();
  if (!*whole) return std::optional<Bands>{};
  if (bands.exact) return exact_bands(*run, outputs, bands, columns);
  return std::optional{filled(*run, outputs, bands, [&](std::size_t column, double probability) {
    return columns[column].quantile(probability);
  })};
}

}  // namespace evenkeel::pkpd
