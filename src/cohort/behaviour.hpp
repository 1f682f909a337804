// How a virtual patient behaves, as data: what drives craving, use, illness and answers from its onset on.
// Behaviours share one set of equations (life.hpp); only these numbers tell them apart.
// Files: content/behaviours/. Values; safe to use from any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "cohort/assumption.hpp"

namespace evenkeel::cohort {

// What a behaviour is to the rules: something they are there to notice, or something that looks like it.
enum class Truth : std::uint8_t { steady = 1, rival = 2, sign = 3 };

// Where ketamine comes from beside the clinic.
enum class Supply : std::uint8_t { none = 1, street = 2, prescriber = 3, home = 4 };

struct Drives {
  Assumed onset_from, onset_to;  // weeks from the first session, drawn evenly
  Assumed craving_rise;          // points of 10 a week, from onset
  Assumed craving_top;           // points of 10
  Assumed honesty;               // share of craving and use that answers tell
  Assumed requests;              // a month, for a session sooner or stronger
  Assumed tolerance;             // share of the effect lost with each exposure
  Assumed tolerance_half_life;   // days to regain half of it
  Assumed dose_push;             // chance at each visit that a higher dose is agreed on
  Assumed outside_days;          // days of use a week from elsewhere
  Assumed outside_mg;            // base, on each such day
  Assumed outside_growth;        // share a week
  Assumed outside_share;         // of it that reaches the blood
  Assumed relapse;               // chance a week that the illness comes back
  Assumed relapse_rise;          // points of the PHQ-9
  Assumed withdrawal;            // mean severity, 0 to 3, of signs in a long gap
  Assumed withdrawal_after;      // days after a dose was due by the gap before when they peak
  Assumed neglect;               // steps of 3 a quarter
  Assumed withdrawn;             // days of contact a week lost a quarter
  Assumed bladder_hazard;        // chance a week of new bladder symptoms
  Assumed infection_share;       // of them due to infection, found when looked for
  Assumed body_illness;          // chance a week of an illness that keeps from work and people
  Assumed no_show;               // chance that an appointment is missed
  Assumed diverted;              // share of the recorded dose that the patient was not given
};
[[nodiscard]] std::span<const AssumedField<Drives>> drive_fields();

struct Behaviour {
  std::string id;
  std::string version;
  std::string status;  // "hypothesis" where nothing is published
  std::string title;
  std::string story;  // what happens, in a few plain sentences
  Truth truth = Truth::steady;
  Supply supply = Supply::none;
  std::vector<std::string> expected;  // rules that ought to notice it; none unless it is a sign
  Drives drives;
  std::vector<std::pair<std::string, std::string>> sources;
};

}  // namespace evenkeel::cohort
