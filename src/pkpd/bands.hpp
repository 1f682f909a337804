// Percentiles over the subjects of a batch at every read-out, without keeping a curve.
//
// Counted in logarithmic bins, 512 for each doubling (log_bins.hpp). Counts are whole numbers, so the
// order of adding does not matter and any number of threads gives the same bits. A percentile
// interpolates between order statistics (h = (n - 1) p, "type 7"); one read from the bins alone lies
// within 1/512 of the exact value. What is not above 2^-100 mg/L counts as zero: a percentile among
// zeros is zero. On request a second run of the batch collects the values of the bins wanted, and the
// percentiles are exact.
// Memory: about 2 KiB for each read-out, output and doubling that the subjects spread over, and a
// buffer of 16 MiB; none for subjects.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "pkpd/batch.hpp"

namespace evenkeel::pkpd {

// Counts of one read-out of one output.
class LogHistogram {
 public:
  void add(double value_mg_L);
  // At least one bin from `first` on; log_bins.hpp.
  void add(std::uint16_t first, std::span<const std::uint32_t> counts);

  [[nodiscard]] std::uint64_t total() const;
  // The bin that holds the value of rank `rank` (from 0, rising), and how many lie in lower bins.
  struct Place {
    std::uint16_t bin = 0;
    std::uint64_t below = 0;
    std::uint64_t inside = 0;
  };
  [[nodiscard]] Place place_of(std::uint64_t rank) const;
  // Of at least one value; 0 <= probability <= 1.
  [[nodiscard]] double quantile(double probability) const;

 private:
  void make_room(std::uint32_t from, std::uint32_t to);
  [[nodiscard]] double value_of(std::uint64_t rank) const;

  std::uint64_t zeros_ = 0;  // bin 0
  std::uint32_t first_ = 0;  // the bin of counts_[0]; whole doublings
  std::vector<std::uint32_t> counts_;
};

struct BandOptions {
  std::vector<double> probabilities = {0.05, 0.5, 0.95};
  bool exact = false;
};

struct Bands {
  std::vector<double> probabilities;
  std::size_t outputs = 0;
  std::size_t rows = 0;
  double relative_error = 0.0;  // at most; zero when exact
  std::vector<double> mg_L;     // [probability][output][row]

  [[nodiscard]] double at(std::size_t probability, std::size_t output, std::size_t row) const {
    return mg_L[(probability * outputs + output) * rows + row];
  }
};

// Errors: those of batch.hpp; a probability outside 0 to 1. None when options.go_on stopped the run; when
// exact it is asked in both runs, from no subject to all.
[[nodiscard]] BatchResult<Bands> percentile_bands(const Batch& batch, const BandOptions& bands = {},
                                                  const BatchOptions& options = {});

}  // namespace evenkeel::pkpd
