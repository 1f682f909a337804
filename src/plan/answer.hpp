// The answer to a DoseQuestion: candidates in rank order, each with its predictions, what each aim makes of
// it, the limits it was held against and why it stands where it does; what was refused, and by which limit;
// or no advice, with everything that is missing, stale or contradictory.
//
// Every reason is a sentence ready to be shown. Values; transcript.hpp writes them out in full.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "individual/forecast.hpp"
#include "plan/fresh.hpp"
#include "plan/limit.hpp"
#include "plan/profile.hpp"
#include "plan/response.hpp"

namespace evenkeel::plan {

// The most of an effect: the level at its site, and the effect of that level by its typical relation, or none
// outside the range that was studied.
struct EffectPrediction {
  std::string effect;
  std::string unit;
  Spread<Concentration> level;
  Spread<std::optional<double>> value;
};

struct ModelPrediction {
  std::size_t model = 0;                    // of DoseAnswer::models
  std::vector<Spread<Concentration>> band;  // at Candidate::times
  Spread<Concentration> peak;
  Spread<ConcentrationTime> area;
  std::vector<EffectPrediction> effects;
};

// One aim in one model.
struct ModelJudgement {
  std::size_t model = 0;
  std::optional<double> probability;  // share of the members for which the aim holds
  // By the most sensitive end of the effect's published interval; equal where there is none.
  std::optional<double> probability_most_sensitive;
  std::string why_not_judged;
};

struct AimJudgement {
  std::size_t aim = 0;
  bool met = false;  // in every model that can judge it, by the less favourable of the two probabilities
  std::vector<ModelJudgement> models;  // empty for LeastDose
  std::string text;
};

struct Candidate {
  Decimal wanted_mg;
  Decimal minutes;  // as planned; predictions are for this length
  Profile profile;
  Delivered delivered;  // what syringe and pump make of it
  DosePerBody per_kg;
  InfusionRate highest_rate;
  RatePerBody highest_rate_per_kg;

  std::vector<Duration> times;  // since the start
  std::vector<ModelPrediction> predictions;
  std::vector<AimJudgement> aims;
  std::vector<Checked> limits;  // all kept
  std::size_t nearest = 0;      // of limits: the one it comes closest to
  bool rise = false;            // above the last given dose or rate
  bool second_signature = false;
  bool step_up_monitoring = false;
  std::string why;  // why it ranks where it does
};

enum class RefusedBy : std::uint8_t { limit = 1, no_reason_to_rise = 2, cannot_be_delivered = 3 };

struct Refused {
  Decimal mg;
  Decimal minutes;
  std::string profile;
  RefusedBy by = RefusedBy::limit;
  std::optional<Checked> limit;  // for RefusedBy::limit: the one most exceeded
  std::string why;               // a sentence
};

struct NoAdvice {
  std::vector<Gap> reasons;  // at least one
};

struct Advice {
  std::vector<Candidate> ranked;  // best first; empty where all were refused
  std::vector<Refused> refused;   // in the order of the grid
};

struct ModelUsed {
  std::string model;
  std::string version;
  individual::Basis basis = individual::Basis::typical;
  std::size_t members = 0;
  std::vector<std::string> caveats;  // of the forecast and of its read-outs
};

struct DoseAnswer {
  std::variant<NoAdvice, Advice> outcome;
  std::vector<ModelUsed> models;
  std::vector<std::string> aims;       // in words
  std::vector<std::string> questions;  // what a careful prescriber would ask next
  std::vector<std::string> workings;   // how the answer was made, step by step
  std::vector<std::pair<std::string, std::string>> versions;
  std::uint64_t seed = 0;
};

}  // namespace evenkeel::plan
