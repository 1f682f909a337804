// How an infusion runs, and what syringe and pump make of it.
//
//   rate of a part = dose share_of_dose / (length share_of_time)
//
// Rounding goes down: the dose to whole steps of the syringe, each rate to whole steps of the pump. The pump
// runs until the volume is in, so a lower rate makes the infusion longer, never the dose larger.
// Values; safe to use from any thread.
#pragma once

#include <string>
#include <vector>

#include "plan/limit.hpp"

namespace evenkeel::plan {

struct ProfilePart {
  int percent_of_time = 100;  // whole tens
  int percent_of_dose = 100;
  bool operator==(const ProfilePart&) const = default;
};

struct Profile {
  std::string name = "even";
  std::vector<ProfilePart> parts{ProfilePart{}};
  bool operator==(const Profile&) const = default;
};

// Errors (invalid_input): no parts; a share of time that is not a whole ten above zero, of dose below zero;
// shares that do not add up to 100.
[[nodiscard]] Result<Profile> checked_profile(Profile profile);

struct Prescription {
  Decimal mg;
  Decimal minutes;
  Profile profile;
};

// The dose as wanted: the highest rate of its profile. Errors (invalid_input): a dose or length that is not
// above zero, or too many digits.
[[nodiscard]] Result<TestedDose> as_wanted(const Prescription& wanted);

struct Syringe {
  Decimal mg_per_mL;
  Decimal volume_mL;  // the most it holds
  Decimal step_mL;    // the smallest step that can be drawn up
};

struct Pump {
  Decimal step_mL_h;  // the smallest step of its rate
  Decimal most_mL_h;
};

struct Delivered {
  Decimal mg;
  Decimal mL;
  std::vector<Decimal> rates_mL_h;  // one for each part
  Decimal minutes;                  // until the last of it is in, rounded up to 0.001 min
  Decimal highest_mg_h;

  [[nodiscard]] TestedDose tested() const { return {mg, minutes, Ratio{highest_mg_h}}; }
};

// Errors (outside_domain): less than one step of the syringe or the pump, more than the syringe holds, faster
// than the pump runs. invalid_input: those of as_wanted.
[[nodiscard]] Result<Delivered> deliverable(const Prescription& wanted, const Syringe& syringe,
                                            const Pump& pump);

}  // namespace evenkeel::plan
