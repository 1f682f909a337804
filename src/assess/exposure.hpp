// What a course's infusions did in the blood, as one model predicts it, beside what was measured.
//
// One trajectory runs through the whole course, so what is left of one session adds to the next.
// Body weight is that of each session. Nothing is predicted outside the model's domain, nor for a
// session whose infusion is not known; the reason stands in its place.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "care/course.hpp"
#include "care/session.hpp"
#include "pkpd/model.hpp"
#include "pkpd/trajectory.hpp"

namespace evenkeel::assess {

struct CurvePoint {
  double minutes = 0.0;  // from the start of the infusion
  Concentration value;
};

struct TimeAbove {
  std::string level;  // "dissociation"
  Concentration from;
  Concentration to;  // where the published range ends; the time is that above `from`
  Label label = Label::proposal;
  Duration time;
};

// A measured concentration beside the predicted one.
struct Comparison {
  std::string event;
  Instant at;
  care::Assay assay;
  std::optional<Concentration> predicted;
  std::optional<double> ratio;  // measured / predicted, where both are numbers
  std::string not_compared;     // set when nothing is predicted for it: another site, another moiety
};

struct SessionExposure {
  std::string session;
  std::optional<Error> refused;  // then the rest is empty
  Duration window;               // what the numbers cover: 24 h, or until the next session
  pkpd::Peak peak;               // its time is from the start of the infusion
  ConcentrationTime area;
  std::vector<TimeAbove> above;
  std::vector<CurvePoint> curve;  // to 6 h
  std::vector<std::string> cautions;
};

struct ModelUsed {
  std::string id;
  std::string version;
  std::string status;
  std::string title;
  pkpd::Moiety moiety = pkpd::Moiety::racemic_ketamine;
  pkpd::SamplingSite site = pkpd::SamplingSite::arterial;
  std::vector<std::string> caveats;
};

struct Exposure {
  std::optional<ModelUsed> model;
  std::optional<Error> refused;  // set when no session has a prediction for the same reason
  std::vector<SessionExposure> sessions;
  std::vector<Comparison> comparisons;
};

struct ExposureQuestion {
  std::span<const care::Event> valid;
  std::span<const care::Session> sessions;
  std::span<const pkpd::Model> models;
  std::string model;  // an id, or empty for the preferred one of the drug given
  care::Facts facts;
  bool lines_set_aside = false;  // an infusion may be missing from the record
};
[[nodiscard]] Exposure expose(const ExposureQuestion& question);

}  // namespace evenkeel::assess
