// What if: this session again, a step up, a step down, a longer interval, another medicine beside it; side by
// side, with bands from every model. Models differ, so over the models there is a range, never one number.
//
// To look is not to give. What is outside a limit of program, site or protocol is refused and not predicted;
// what would need a change of the plan, a recorded reason or a review is predicted, with that condition said.
//
// Pure; safe to use from any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "plan/answer.hpp"
#include "plan/question.hpp"

namespace evenkeel::plan {

enum class Change : std::uint8_t {
  same = 1,
  step_up = 2,
  step_down = 3,
  longer_interval = 4,
  interaction = 5
};

struct Alternative {
  Change change = Change::same;
  std::string words;  // "a step up, by 0.1 mg/kg"
  Prescription dose;
  Instant start;
  // For Change::interaction: the forecasts with the interaction applied (pkpd/interaction.hpp), by the
  // caller. Empty: those of the question.
  std::vector<ModelForecast> models = {};
};

// Over the models that read the same moiety at the same site; others do not mix.
struct OverModels {
  ExposureOf of;
  std::vector<std::size_t> models;  // of WhatIfRow::models
  struct Range {
    Concentration low;   // the lowest p5
    Concentration high;  // the highest p95
  };
  std::vector<Range> band;  // at Candidate::times
  Range peak;
  Interval<Concentration> middle_peak;  // from the lowest to the highest p50
  struct AreaRange {
    ConcentrationTime low;
    ConcentrationTime high;
  };
  AreaRange area;
};

struct WhatIfRow {
  Change change = Change::same;
  std::string words;
  Instant start;
  std::optional<Candidate> candidate;  // without aims; none where refused
  std::optional<Refused> refused;
  std::vector<std::string> conditions;  // what it would need, as sentences
  std::vector<ModelUsed> models;
  std::vector<OverModels> over_models;
};

struct WhatIf {
  std::vector<Gap> gaps;        // not empty: there are no rows
  std::vector<WhatIfRow> rows;  // in the order of the alternatives
  std::vector<std::pair<std::string, std::string>> versions;
  std::uint64_t seed = 0;
};

// The last dose given again (before the first: the plan's), a step up and down per kg, and the same dose
// later by `longer`. Lengths are the plan's. Errors (invalid_input): no weight or plan, a step or time not
// above zero.
[[nodiscard]] Result<std::vector<Alternative>> usual_alternatives(const DoseQuestion& question,
                                                                  const Decimal& step_mg_per_kg,
                                                                  Duration longer);

// Errors (invalid_input): those of propose().
[[nodiscard]] Result<WhatIf> what_if(const DoseQuestion& question,
                                     const std::vector<Alternative>& alternatives);

}  // namespace evenkeel::plan
