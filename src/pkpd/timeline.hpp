// What drives a linear system, broken down to single changes, each at its moment.
//
// Between two events the system and the input are constant, and the solution is exact. Events of one
// moment act in the order in which they stand. Values; safe to use from any thread.
#pragma once

#include <cstddef>
#include <variant>
#include <vector>

#include "pkpd/steady_state.hpp"
#include "pkpd/system.hpp"

namespace evenkeel::pkpd {

struct AddAmount {  // mg at once
  std::size_t compartment = 0;
  double amount_mg = 0.0;
};
struct AddRate {  // mg/h from here on, not 0; when an infusion ends, its rate below zero
  std::size_t compartment = 0;
  double rate_mg_h = 0.0;
};
struct Clear {};         // all amounts and all running rates become zero
struct AddSteadyState {  // the amounts that endless repetition has led to
  Repetition repetition;
};
struct UseSystem {  // amounts carry over
  std::size_t system = 0;
};
struct ReadOut {  // the state is wanted here
  std::size_t row = 0;
};

struct TimedEvent {
  double at_h = 0.0;
  std::variant<AddAmount, AddRate, Clear, AddSteadyState, UseSystem, ReadOut> change;
};

// In order of time. Every system that it names exists and shares its compartments with the others.
struct Timeline {
  std::vector<LinearSystem> systems;
  std::vector<TimedEvent> events;
};

}  // namespace evenkeel::pkpd
