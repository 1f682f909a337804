// How the checks of this layer put an outcome together. Not for other layers.
#pragma once

#include "watch/rule.hpp"

namespace evenkeel::watch {

// An empty outcome of `rule` that could not be judged.
[[nodiscard]] RuleOutcome not_judged(const Rule& rule, std::string why);
// An outcome without findings: `why` says what was looked at.
[[nodiscard]] RuleOutcome clear(const Rule& rule, std::string why);

// "1 infusion", "6 infusions".
[[nodiscard]] std::string counted(std::size_t number, std::string_view noun);

struct Support {
  std::string event;
  Instant at;
};
// A finding of `rule` since the newest event (the caller may know an earlier moment), resting on `support`
// (not empty); `thresholds` name the numbers it used.
[[nodiscard]] Finding finding(const Rule& rule, int level, std::string text, std::span<const Support> support,
                              std::span<const std::string_view> thresholds);
// Found when there are findings, else clear with `why`.
[[nodiscard]] RuleOutcome outcome_of(const Rule& rule, std::vector<Finding> findings, std::string why);
// "Nothing found" needs a look within the rule's threshold `window`; an older one, at `last`, cannot be
// judged.
[[nodiscard]] RuleOutcome looked_or_stale(const Rule& rule, const Chart& chart, std::vector<Finding> findings,
                                          Instant last, std::string why);

// The checks themselves; each is explained where it is defined.
[[nodiscard]] RuleOutcome dose_above_plan(const Rule& rule, const Chart& chart);
[[nodiscard]] RuleOutcome rate_band(const Rule& rule, const Chart& chart);
[[nodiscard]] RuleOutcome shortening_intervals(const Rule& rule, const Chart& chart);

// The other checks, by what they look at. Each table stands with its checks.
[[nodiscard]] std::vector<Check>
tolerance_table();                                // effect against exposure, spacing, withdrawal, toxicology
[[nodiscard]] std::vector<Check> person_table();  // what the patient says and does, and other sources
[[nodiscard]] std::vector<Check> body_table();    // bladder, liver, cognition, sedatives, what is urgent

}  // namespace evenkeel::watch
