// What can stand in a record that warning signs are read from, beside answers, symptoms and doses.
// Part of event.hpp; docs/record-format.md explains each field; the names are frozen.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/quantity.hpp"

namespace evenkeel::care {

enum class Substance : std::uint8_t {
  ketamine = 1,
  norketamine = 2,
  opioid = 3,
  benzodiazepine = 4,
  other_sedative = 5,
  ghb = 6,
  amphetamine = 7,
  cocaine = 8,
  cannabis = 9,
  alcohol = 10,
  other = 11,
};
[[nodiscard]] std::string_view substance_words(Substance substance);
[[nodiscard]] bool is_ketamine(Substance substance);
[[nodiscard]] bool is_sedating(Substance substance);  // adds to sedation or stops breathing

enum class Specimen : std::uint8_t { urine = 1, blood = 2, oral_fluid = 3, hair = 4 };
[[nodiscard]] std::string_view specimen_words(Specimen specimen);

// A drug test of a specimen taken at the event's time. `confirmed`: by a method specific for the substance.
struct Toxicology {
  struct Result {
    Substance substance = Substance::other;
    bool found = false;
    std::optional<Concentration> limit;  // what the test can still find
    std::string note;                    // required for Substance::other
  };
  Specimen specimen = Specimen::urine;
  bool confirmed = false;
  std::vector<Result> results;  // not empty
};

enum class Prescribed : std::uint8_t { here = 1, elsewhere = 2, not_prescribed = 3, unknown = 4 };
[[nodiscard]] std::string_view prescribed_words(Prescribed by);

// A medicine or substance that the patient began to take, or stopped.
struct MedicineChanged {
  Substance substance = Substance::other;
  std::string name;
  bool taken = true;  // false: stopped
  Prescribed prescribed = Prescribed::unknown;
  std::string note;  // or empty
};

enum class Lab : std::uint8_t { alt = 1, alp = 2, bilirubin = 3, ggt = 4, ast = 5 };
[[nodiscard]] std::string_view lab_words(Lab lab);

// A blood test with the laboratory's own upper limit of normal, in the same unit.
struct LabResult {
  Lab test = Lab::alt;
  double value = 0.0;
  double upper_limit = 0.0;  // above 0
  std::string unit;          // "U/L", "umol/L", ...
  [[nodiscard]] double times_upper_limit() const { return value / upper_limit; }
};

// Urinalysis or culture.
struct UrineTest {
  bool infection = false;
  bool blood = false;
};

enum class MissedBecause : std::uint8_t { no_word = 1, illness = 2, travel = 3, clinic = 4, other = 5 };
[[nodiscard]] std::string_view missed_words(MissedBecause reason);

// An appointment that was agreed for the event's time and not kept.
struct AppointmentMissed {
  MissedBecause reason = MissedBecause::no_word;
  std::string note;  // or empty
};

// Something in the patient's life that explains what the rules see: asked and written down by the clinic.
enum class Circumstance : std::uint8_t {
  physical_illness = 1,
  pain = 2,
  poor_sleep = 3,
  job_loss = 4,
  bereavement = 5,
  hard_event = 6,
  travel = 7,
  anaesthetic = 8,  // ketamine or a sedative given by others as care
  carer_duty = 9,
};
[[nodiscard]] std::string_view circumstance_words(Circumstance circumstance);

struct CircumstanceNoted {
  Circumstance circumstance = Circumstance::hard_event;
  std::string note;  // or empty
};

enum class Harm : std::uint8_t {
  overdose = 1,
  breathing = 2,
  emergency_visit = 3,
  admission = 4,
  accident = 5,
  self_harm = 6,
};
[[nodiscard]] std::string_view harm_words(Harm harm);

// Harm that happened outside a session.
struct HarmSeen {
  Harm harm = Harm::emergency_visit;
  std::string note;  // or empty
};

}  // namespace evenkeel::care
