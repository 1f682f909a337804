// One patient's own parameters from a record, under one model, ready to be shown.
// Pure: the same record, model, options and seed give the same bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "assess/exposure.hpp"
#include "assess/patient_question.hpp"
#include "base/result.hpp"
#include "care/record.hpp"
#include "individual/summary.hpp"
#include "pkpd/variability.hpp"

namespace evenkeel::assess {

struct IndividualOptions {
  // The proportional standard deviation assumed of assays where the model states no scatter. None: refused.
  std::optional<double> assumed_sd = {};
  std::uint64_t seed = 1;
  double effective = 1000.0;  // draws of the posterior
  std::size_t members = 500;  // curves behind a band
  int threads = 0;
};

// A parameter in the unit that the model gives it in.
struct OwnParameter {
  individual::ParameterEstimate estimate;
  std::string unit;
};

// mg/L of the parent drug, `minutes` from the start of the infusion, as a sampled plasma level without
// the scatter of assays.
struct BandPoint {
  double minutes = 0.0;
  individual::Percentiles population;  // of patients like this one
  individual::Percentiles patient;
};

// A measurement of the parent drug, to be drawn beside the bands.
struct SeenPoint {
  std::string event;
  double minutes = 0.0;
  double mg_L = 0.0;   // or the limit
  bool below = false;  // it
};

struct SessionBands {
  std::string session;
  Duration length;  // of the infusion, to the end of its last stretch
  std::vector<SeenPoint> seen;
  std::vector<BandPoint> points;
  individual::Percentiles peak_population;  // the highest of the points, mg/L
  individual::Percentiles peak_patient;
};

struct Individual {
  ModelUsed model;
  std::vector<OwnParameter> parameters;
  std::vector<SessionBands> sessions;  // those with a measurement, and the latest
  std::size_t measured = 0;            // readings that were used; 0: the population's answer
  std::size_t below = 0;               // of them below their limit
  std::vector<LeftOut> left_out;
  std::vector<std::string> notes;
  double effective = 0.0;       // draws
  double log_likelihood = 0.0;  // of the measurements under the model
  std::uint64_t seed = 0;
};

// Errors: those of question_of and individual::Problem::make; outside_domain where the model states no spread
// between patients, or the estimate does not converge.
[[nodiscard]] Result<Individual> individualise(const ExposureQuestion& record, const pkpd::Model& model,
                                               const IndividualOptions& options = {});

// Every model that was asked, and what each said.
struct AskedModel {
  std::string id;
  std::string version;
  std::string title;
  std::optional<Individual> found;
  std::optional<Error> refused;
  std::optional<double> weight;  // among those that could be weighed against each other
};

struct IndividualAnswer {
  std::string patient;
  Instant now;
  std::vector<AskedModel> models;  // the first is the one to show in full
  std::string weighed;             // what the weights mean, or why there are none
};

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
