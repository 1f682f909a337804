// What a patient's blood will do from one moment on, as members that are equally likely: each a system and
// what earlier doses left in it. Members come from a patient's own measurements (posterior.hpp), else from
// the spread between patients that a model states, else there is one, with the typical values.
//
//   member m:  dA/dt = K_m A + r,  A(0) = amounts_m;   r = fraction_m times what is given, into system.input
//
// Values; safe to use from any thread.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <string>
#include <vector>

#include "pkpd/model.hpp"
#include "pkpd/system.hpp"

namespace evenkeel::individual {

struct Member {
  pkpd::LinearSystem system;
  Eigen::VectorXd amounts;  // mg, at the moment the forecast begins
  double fraction = 1.0;    // of an intravenous dose that arrives, > 0
};

enum class Basis : std::uint8_t { measured = 1, population = 2, typical = 3 };

struct Forecast {
  std::string model;  // id
  std::string version;
  Basis basis = Basis::typical;
  std::vector<pkpd::Output> outputs;  // as every member's system.outputs
  std::vector<Member> members;        // at least one; of one model, so of one shape
  std::vector<std::string> caveats;   // said wherever a number of it is shown
};

}  // namespace evenkeel::individual
