// A question put to the virtual clinic, as data: who the patients are, how they behave, and the arms that are
// compared. Every patient lives in every arm, with the same numbers drawn, so that arms differ by nothing
// else. Files: examples/studies/*.json. Values; safe to use from any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/instant.hpp"
#include "cohort/assumption.hpp"
#include "cohort/behaviour.hpp"
#include "pkpd/demographics.hpp"

namespace evenkeel::cohort {

// Illness, response and measurement, alike in all arms.
struct Nature {
  Assumed severity_mean, severity_sd;  // PHQ-9 before treatment
  Assumed responders;                  // share
  Assumed benefit;                     // share of the severity gone after induction, of a responder
  Assumed benefit_half_life;           // days to lose half of it without treatment
  Assumed score_noise;                 // sd of a PHQ-9 total
  Assumed craving_noise;               // sd of a craving answer, points of 10
  Assumed dissociation_per_100;        // points of 10 for each 100 ng/mL above the first 50
  Assumed dissociation_noise;          // sd, points of 10
  Assumed dissociation_habit;          // share of it lost with each session in anybody
  Assumed pressure_rise;               // mmHg systolic for each 100 ng/mL
  Assumed cystitis_per_100g;           // chance of persistent bladder harm per 100 g of ketamine base in all
  Assumed dependence_per_use;          // growth of the dependence state for each use outside supervision
  Assumed dependence_half_life;        // days to lose half of that state
  Assumed review_finds;                // chance that a clinician's review finds what is there
  Assumed help_works;                  // share of outside use that ends after review and referral
};
[[nodiscard]] std::span<const AssumedField<Nature>> nature_fields();

// A clinic: what it does of what its protocol asks.
struct Supervised {
  std::string protocol;                  // an id in the library
  double evaluation_every = 1.0;         // times the calendar's intervals; above 0
  double missed_evaluations = 0.0;       // share
  std::vector<std::string> left_out;     // instruments and looks never done: "craving-0-10", "dispensing"
  double dispensing_check_weeks = 13.0;  // 0: never
  double toxicology_weeks = 0.0;         // 0: never
  bool acts = true;                      // on what is found; else only counts it
  double days_to_review = 7.0;           // what a level without a time of its own waits
};

// Use without a clinic, by a published pattern.
struct Unsupervised {
  double uses_per_week = 1.0;
  double mg_per_use = 0.0;       // base
  double growth_per_week = 0.0;  // share
  double bioavailability = 1.0;
  Provenance from;
};

struct Arm {
  std::string id;
  std::string title;
  std::variant<Supervised, Unsupervised> regimen;
  std::vector<std::string> levels;  // of Study::factors, one of each, by id; empty where there are none
};

// What arms differ in, where they are the cells of a table: "evaluations" with the levels "every visit",
// "half as often".
struct Factor {
  struct Level {
    std::string id;
    std::string title;
  };
  std::string id;
  std::string title;
  std::vector<Level> levels;
};

struct Share {
  std::string behaviour;
  double share = 0.0;  // of the patients; together 1
};

struct Study {
  std::string id;
  std::string version;
  std::string title;
  std::string question;
  std::vector<std::string> assumed;  // what the reader must know first, in plain sentences
  std::uint32_t patients = 0;        // in each arm
  int weeks = 52;
  std::uint64_t seed = 1;
  // Day 0, a Monday. No finding hangs on it: it is for records that are to end on some day.
  Date first_day{std::chrono::sys_days{std::chrono::year{2026} / 1 / 5}};
  std::string model;  // an id in the library
  pkpd::Demographics people;
  Nature nature;
  std::vector<Behaviour> behaviours;
  std::vector<Share> mix;  // the same in every arm
  std::vector<Arm> arms;
  std::vector<Factor> factors;             // often none; no two arms have the same levels
  double dependence_harm = 1.0;            // the state from which on it counts as harm
  std::uint32_t sensitivity_patients = 0;  // of each run of the sensitivity analysis; 0: none
  std::vector<std::pair<std::string, std::string>> sources;
};

}  // namespace evenkeel::cohort
