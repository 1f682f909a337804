// What happened to one subject, event by event, as a row of a NONMEM-style table tells it or a
// regimen in JSON. The order of the records is the order of what happened at one and the same time.
//
// Values; safe to use from any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/quantity.hpp"
#include "pkpd/structure.hpp"

namespace evenkeel::pkpd {

// The numbers are those of the column EVID.
enum class RecordKind : std::uint8_t { observation = 0, dose = 1, other = 2, reset = 3, reset_and_dose = 4 };

// How long a dose takes to be given. Bioavailability F acts on the amount; so with a given rate it
// changes the duration, with a given duration the rate.
enum class DoseForm : std::uint8_t {
  at_once = 0,            // or over the time that the route says
  at_rate = 1,            // lasts F amount / rate; by a route of one path only
  over_duration = 2,      // at F amount / duration
  modelled_rate = 3,      // RATE -1: the route's parameter
  modelled_duration = 4,  // RATE -2: the route's parameter
};

// The numbers are those of the column SS.
enum class SteadyState : std::uint8_t {
  none = 0,
  replaces = 1,  // the amounts become what endless repetition led to; all else that was given is gone
  adds = 2,      // they are added to what is there
};

struct DoseSpec {
  std::size_t route = 0;
  DrugMass amount = {};  // of base, >= 0; zero only in a steady-state infusion without end
  DoseForm form = DoseForm::at_once;
  InfusionRate rate = {};  // for at_rate, > 0
  Duration duration = {};  // for over_duration, > 0
  int additional = 0;      // further doses like this one, `interval` apart
  Duration interval = {};  // > 0 where there are additional doses or a steady state
  SteadyState steady = SteadyState::none;
};

// The parameters and the system in force over one stretch of time, by their places in a Subject.
struct InForce {
  std::size_t system = 0;
  std::size_t values = 0;
  bool operator==(const InForce&) const = default;
};
struct Stretch {
  Duration until;
  InForce in_force;
};

struct Record {
  Duration at;
  RecordKind kind = RecordKind::observation;
  DoseSpec dose;     // for dose and reset_and_dose
  InForce in_force;  // at the record itself
  // Since the record before, in order of time; none ends after this record, and the last one lasts until
  // it. Empty: what is in force at the record (carried backward, NONMEM's way).
  std::vector<Stretch> before = {};
};

// One subject, ready to be scheduled. `systems` and `values` hold each set once.
struct Subject {
  std::vector<Record> records;
  std::vector<LinearSystem> systems;
  std::vector<Values> values;
};

}  // namespace evenkeel::pkpd
