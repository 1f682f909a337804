// One regimen given to many subjects of one model, observed at the same times.
//
// Two roads lead to the same curves. Where all that happens to the subjects happens at the same times,
// eight are computed at once (batch.hpp). Where it does not (a lag or a zero-order time of one's own, a
// steady state, parameters that change from occasion to occasion) each is scheduled alone (subject.hpp).
// Results have the same bits for any number of threads.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "base/result.hpp"
#include "pkpd/bands.hpp"
#include "pkpd/batch.hpp"
#include "pkpd/residual_error.hpp"
#include "pkpd/structure.hpp"
#include "pkpd/subject.hpp"

namespace evenkeel::pkpd {

struct Ensemble {
  const Structure* structure = nullptr;  // outlives the ensemble
  std::vector<TimedDose> doses;          // by time, of a subject whose factor is 1
  std::vector<Duration> times;           // rising
  std::size_t subjects = 1;
  // The parameters of a subject, on an occasion. Pure; asked from several threads.
  std::function<Result<Values>(std::size_t subject, int occasion)> values_of;
  // What the doses of a subject are multiplied with, as by body weight; empty: 1. Above zero.
  std::function<Result<double>(std::size_t subject)> dose_factor = {};
  std::vector<bool> varies = {};        // by parameter: whether it differs between subjects; empty: none does
  bool occasions = false;               // each time of dosing begins a new occasion
  const ResidualErrors* residual = {};  // set: what an assay would have read, not what is there
  std::uint64_t seed = 0;               // of the residual errors
};

// True when every subject's events fall on the same times: the fast road.
[[nodiscard]] bool is_shared(const Ensemble& ensemble);

// Curves of consecutive subjects, mg/L.
struct CurveBlock {
  std::size_t first = 0;  // subject
  std::size_t subjects = 0;
  std::size_t outputs = 0;
  std::size_t rows = 0;
  std::vector<double> mg_L;  // [subject][row][output]

  [[nodiscard]] std::span<const double> at(std::size_t subject, std::size_t row) const {
    return std::span{mg_L}.subspan(((subject - first) * rows + row) * outputs, outputs);
  }
};

// Every curve, block by block in order of the subjects; memory does not grow with their number.
// `take` returns false to stop. Errors: those of `values_of`, of schedule() and of the systems, with the
// subject's number.
[[nodiscard]] std::optional<Error> for_each_block(const Ensemble& ensemble,
                                                  const std::function<bool(const CurveBlock&)>& take,
                                                  int threads = 0);

// Percentiles at each time. Errors as above; exact percentiles of an ensemble that is not shared, or has
// residual errors, keep every value, and are refused beyond 2^28 of them.
[[nodiscard]] BatchResult<Bands> percentile_bands(const Ensemble& ensemble, const BandOptions& bands = {},
                                                  const BatchOptions& options = {});

// Of at least one value, between order statistics: h = (n - 1) p, "type 7". 0 <= probability <= 1.
[[nodiscard]] double percentile(std::vector<double> values, double probability);

// Peak, its time and the area from the first event to the last time observed, and time above a level, of
// every subject and output. Areas are exact. `levels_mg_L`: one for each output, above zero.
[[nodiscard]] BatchResult<BatchSummaries> summarise(const Ensemble& ensemble,
                                                    std::span<const double> levels_mg_L,
                                                    const BatchOptions& options = {});

}  // namespace evenkeel::pkpd
