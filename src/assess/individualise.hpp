// From a record to one patient's own parameters (individual.hpp).
// Pure: the same record, models, options and seed give the same bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "assess/individual.hpp"
#include "base/result.hpp"
#include "care/record.hpp"
#include "pkpd/model.hpp"

namespace evenkeel::assess {

// When the next sample may be drawn, and what it is to tell.
struct SampleQuestion {
  std::vector<std::pair<Instant, Instant>> windows;
  struct Planned {
    Instant at;
    Duration length;
    DrugMass amount;
  };
  std::optional<Planned> dose = {};  // then what is told is its highest concentration
  std::string parameter = {};        // else this one; empty: the first clearance
};

struct IndividualOptions {
  // The proportional standard deviation assumed of assays where the model states no scatter. None: refused.
  std::optional<double> assumed_sd = {};
  std::uint64_t seed = 1;
  double effective = 1000.0;  // draws of the posterior
  std::size_t members = 500;  // curves behind a band
  int threads = 0;
  std::optional<SampleQuestion> next_sample = {};
};

// Errors: those of question_of and individual::Problem::make; outside_domain where the model states no spread
// between patients, or the estimate does not converge.
[[nodiscard]] Result<Individual> individualise(const ExposureQuestion& record, const pkpd::Model& model,
                                               const IndividualOptions& options = {});

struct IndividualQuestion {
  const care::Record& record;
  const std::vector<pkpd::Model>& library;
  Instant now;                      // events recorded later are not used
  std::vector<std::string> models;  // ids; empty: all that are for the drug given, the preferred one first
  bool lines_set_aside = false;
  IndividualOptions options = {};
};

// Errors: invalid_input where no infusion is recorded; those of choose_model for a model that is named.
[[nodiscard]] Result<IndividualAnswer> individualise(const IndividualQuestion& question);

}  // namespace evenkeel::assess
