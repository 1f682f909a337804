// What can stand in a record about a visit beside the infusion itself: from the door to the way home.
// Part of event.hpp; docs/record-format.md explains each field; the names are frozen.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/decimal.hpp"
#include "base/instant.hpp"
#include "base/quantity.hpp"

namespace evenkeel::care {

// One criterion of the protocol was looked at: a contraindication or a baseline check, by its id.
enum class Screened : std::uint8_t { clear = 1, concern = 2, not_applicable = 3 };
[[nodiscard]] std::string_view screened_words(Screened outcome);

struct Screening {
  std::string criterion;
  Screened outcome = Screened::clear;
  std::string note;  // required where it is a concern or not applicable
};

// The patient was told, in a wording with a version, and agreed; or withdrew.
struct ConsentRecorded {
  std::string version;
  bool given = true;
  std::string explained_by;
};

// A second clinician signs a plan or a change of it, by its event.
struct PlanSigned {
  std::string plan;
  std::string clinician;
};

struct SessionCheckedIn {
  std::string session;
  std::string place;  // the chair or room; or empty
};

// What is asked, looked at or counted at the chair before an infusion.
enum class Check : std::uint8_t {
  identity_first = 1,
  identity_second = 2,  // by another person
  fasting = 3,
  escort = 4,
  equipment = 5,  // rescue equipment and a trained person at hand
  no_change = 6,  // health and medicines as at the last visit
  pregnancy = 7,
};
[[nodiscard]] std::string_view check_words(Check check);

struct PreCheck {
  std::string session;
  Check check = Check::identity_first;
  Screened outcome = Screened::clear;
  std::string note;  // required where it is a concern or not applicable
};

// A named clinician decides about a gate that does not pass, or a rule that fired, by its id.
struct SessionDecision {
  std::string session;
  std::string about;
  bool go_on = false;
  std::string clinician;
  std::string reason;
};

// One of the protocol's signs was seen, by its id: chest pain, the patient asks to stop, ...
struct SignSeen {
  std::string session;
  std::string sign;
  std::string note;  // or empty
};

// The dose was drawn up and read back by two people; nothing stands in the way.
struct SessionReady {
  std::string session;
  Decimal dose_mg;  // base
  Duration length;
  Decimal mg_per_mL;           // of base, in the syringe
  std::string second_checker;  // not the one who records
};

// No drug has run: the visit ends.
struct SessionCancelled {
  std::string session;
  std::string reason;
};

// Drug has run, and the visit ends otherwise than by a discharge.
enum class Departure : std::uint8_t { transferred = 1, left_against_advice = 2, other = 3 };
[[nodiscard]] std::string_view departure_words(Departure departure);

struct SessionStopped {
  std::string session;
  std::optional<Decimal> given_mg;  // base; required while the infusion runs, absent after
  Departure departure = Departure::other;
  std::string reason;
  bool more_than_drawn_up = false;  // as of a SessionEnded
};

}  // namespace evenkeel::care
