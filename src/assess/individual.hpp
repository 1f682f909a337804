// One patient's own parameters from a record, under one model or several, ready to be shown.
// Values; made by individualise() (individualise.hpp).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "assess/exposure.hpp"
#include "assess/patient_question.hpp"
#include "base/result.hpp"
#include "individual/fit.hpp"
#include "individual/summary.hpp"

namespace evenkeel::assess {

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

// A measurement beside what the model expects of it.
struct MeasurementView {
  std::string event;
  Instant at;
  std::string of;    // "esketamine-venous", an output of the model
  std::string seen;  // "56.3 ng/mL"
  individual::MeasurementFit fit;
  bool used = true;  // for the parameters; not where with it none could be found
};

// When to draw next, and what that would tell.
struct NextSampleView {
  struct At {
    Instant at;
    std::string of;
    double bits = 0.0;
    double sd_fall_percent = 0.0;
    double chance_below = 0.0;
  };
  std::string target;      // "the peak of the planned dose"
  std::vector<At> ranked;  // the best of each output, the one that tells most first
  std::string words;
};

struct Individual {
  ModelUsed model;
  std::vector<OwnParameter> parameters;
  std::vector<SessionBands> sessions;  // those with a measurement, and the latest
  std::size_t measured = 0;            // readings that were used; 0: the population's answer
  std::size_t below = 0;               // of them below their limit
  std::vector<MeasurementView> measurements;
  std::string fit_words;  // whether the patient fits the model; empty without measurements
  bool fits = true;
  double p_value = 1.0;
  std::vector<std::string> suspicions;  // of each outlier: what may have gone wrong
  std::optional<NextSampleView> next_sample;
  std::string no_next_sample_because;  // set where it was asked for
  std::vector<LeftOut> left_out;
  std::vector<std::string> notes;
  double effective = 0.0;       // draws
  double log_likelihood = 0.0;  // of the measurements under the model
  std::uint64_t seed = 0;
};

// Every model that was asked, and what each said.
struct AskedModel {
  std::string id;
  std::string version;
  std::string title;
  std::optional<Individual> found;
  std::optional<Error> refused;
  std::optional<double> weight;  // among those that could be weighed against each other
  std::string remark;            // why it has none, or what it rests on
};

struct IndividualAnswer {
  std::string patient;
  Instant now;
  std::vector<AskedModel> models;  // the first is the one to show in full
  std::string weighed;             // what the weights mean, or why there are none
};

}  // namespace evenkeel::assess
