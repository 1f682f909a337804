// What a model says about the infusions of a record, as far as warning signs are judged against it.
// Made by assess/prediction.hpp; values.
#pragma once

#include <string>
#include <vector>

#include "base/quantity.hpp"

namespace evenkeel::watch {

// What one infusion does in this patient's blood, as predicted: with the patient's own parameters where
// something was measured, else those of a typical patient of this body weight.
struct PredictedSession {
  std::string session;
  Concentration end;      // at the end of the infusion, what earlier ones left included
  ConcentrationTime day;  // area under the curve over the 24 h from its start
};

// The ketamine of the clinic's own infusions that is still in the blood when a specimen was taken.
struct PredictedTest {
  std::string event;
  Concentration typical;
  Concentration upper;  // `confidence` of people given the same have less
};

struct Prediction {
  std::string model;        // "kamp-2020 1.0.0"; or empty
  std::string why_not;      // set where no model predicts the sessions
  std::string own;          // "the patient's own parameters" or "a typical patient of this weight"
  double confidence = 0.0;  // 0.95
  std::vector<PredictedSession> sessions;  // those that can be predicted, by start
  std::vector<PredictedTest> tests;        // one for each toxicology event where all before it is known
};

}  // namespace evenkeel::watch
