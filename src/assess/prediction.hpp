// What warning signs are judged against: the infusions of a record as a model predicts them.
//
// Each infusion is predicted with what those of the week before left (carry_over_h), for a typical patient of
// the day's body weight, or with the patient's own parameters in their place. A record as a whole and one
// more infusion of it give the same numbers, so that the virtual clinic predicts each infusion once and still
// sees what assess() sees. Pure; safe to use from any thread.
#pragma once

#include <memory>
#include <optional>
#include <span>

#include "assess/exposure.hpp"
#include "assess/individual.hpp"
#include "watch/prediction.hpp"

namespace evenkeel::assess {

// A model made ready to predict many records.
class Predictor {
 public:
  // The upper bound of a test is read from this many members of the model's own spread.
  static constexpr std::uint32_t members = 200;
  static constexpr double confidence = 0.95;

  // `model` takes an infusion by vein (matching.hpp); `own` was estimated under it, or is empty.
  explicit Predictor(const pkpd::Model& model, std::span<const OwnParameter> own = {});

  // The last of `sessions`, which are by start; nothing where its infusion, or one of the week before, is not
  // known, or the patient is outside the model's domain.
  [[nodiscard]] std::optional<watch::PredictedSession> session(std::span<const care::Session> sessions,
                                                               const care::Facts& facts) const;
  // What the sessions leave in the blood at `event`. Nothing as above, or where the model states no spread
  // and a session lies within the week before. The upper bound is that of people like this patient, and never
  // below what the patient's own parameters give.
  [[nodiscard]] std::optional<watch::PredictedTest> test(std::span<const care::Session> sessions,
                                                         const care::Facts& facts,
                                                         const care::Event& event) const;

 private:
  struct Parts;
  std::shared_ptr<const Parts> parts_;  // never changes
};

// All sessions and all toxicology tests of a record; no tests where lines of it were set aside. `own`: as
// estimated by individualise() under the model of the question, or empty.
[[nodiscard]] watch::Prediction predict(const ExposureQuestion& question,
                                        std::span<const OwnParameter> own = {});

}  // namespace evenkeel::assess
