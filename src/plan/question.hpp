// Everything that a proposal is made from, as one value: the same question gives the same answer, byte for
// byte, on any number of threads. Stored with the answer it can be asked again.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "care/protocol.hpp"
#include "individual/forecast.hpp"
#include "pkpd/read_out.hpp"
#include "plan/aim.hpp"
#include "plan/fresh.hpp"
#include "plan/limit.hpp"
#include "plan/profile.hpp"
#include "plan/site.hpp"

namespace evenkeel::plan {

// An effect to be read off the forecast's output `output`, by a relation that is paired with its model. The
// delay of the effect is added here, to every member.
struct ReadOut {
  pkpd::PairedEffect effect;
  std::size_t output = 0;
};

// One model's view of the patient. Models differ, so give every one that applies.
struct ModelForecast {
  individual::Forecast forecast;
  Instant from;            // when the members' amounts hold: after the last dose, not after `start`
  std::size_t output = 0;  // the exposure that bands are drawn of
  std::vector<ReadOut> read_outs = {};
};

// Doses from..to in steps, each over every length, by every profile.
struct Grid {
  Decimal from_mg_per_kg;
  Decimal to_mg_per_kg;
  Decimal step_mg_per_kg;
  std::vector<Decimal> minutes;
  std::vector<Profile> profiles;
};

struct DoseQuestion {
  Instant now;
  Instant start;  // of the session that is planned
  Purpose purpose = Purpose::planning;
  care::Drug drug = care::Drug::racemic_ketamine;
  PatientState patient;
  care::Protocol protocol;
  Site site;
  std::vector<Limit> limits = {};  // beside those compiled in, the site's, the protocol's and the plan's
  std::vector<Aim> aims = {};
  std::vector<ModelForecast> models = {};
  // None: from the lowest dose that was tested (0.1 mg/kg) to the plan's, in steps of 0.05 mg/kg, over the
  // plan's length, evenly.
  std::optional<Grid> grid = {};
  std::uint64_t seed = 0;  // that the members were drawn with; carried into the answer
  std::vector<std::pair<std::string, std::string>> versions = {};  // of content and program, likewise
  int threads = 0;                                                 // 0: one for each processor
};

}  // namespace evenkeel::plan
