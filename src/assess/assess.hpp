// The one function that joins the layers: a record in, an assessment out.
//
//   record, library, now -> exposure, own parameters, course, findings, actions, next dose
//
// Pure: the same question gives the same assessment, so one can be replayed. The command line, and
// later the server, the CDS service and the virtual clinic, all call this.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "assess/assessment.hpp"
#include "assess/library.hpp"
#include "care/record.hpp"

namespace evenkeel::assess {

struct Question {
  const care::Record& record;
  const Library& library;
  Instant now;                      // events recorded later are counted, not used
  std::string model;                // an id, or empty for the preferred one
  std::vector<SetAside> set_aside;  // what the reader could not take
  // How the next dose is asked for; none: it is not.
  std::optional<NextDoseOptions> next_dose = {};
  // Whether to estimate the patient's own parameters where something was measured: a second or more.
  bool own_parameters = true;
};

// Never fails: what cannot be judged is said in its place.
[[nodiscard]] Assessment assess(const Question& question);

}  // namespace evenkeel::assess
