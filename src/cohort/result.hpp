// The answer to a study: what its Tallies say, per arm, per behaviour and per rule, and how the arms differ.
// Pure; values.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "cohort/metrics.hpp"
#include "cohort/rule_worth.hpp"
#include "cohort/study.hpp"
#include "cohort/tally.hpp"
#include "watch/rule.hpp"

namespace evenkeel::cohort {

struct RuleName {
  std::string id;
  std::string version;
  std::string title;
  std::string domain;
};

struct ArmResult {
  bool watched = false;               // a clinic whose rules look; else nobody does
  Metrics all;                        // of all behaviours together
  std::vector<Metrics> by_behaviour;  // as Study::behaviours; of no patients where none behaves so
  Rate false_alarms;                  // level 2 or more opened, in patients without a sign
  std::vector<Rate> alarms_of;        // by behaviour; of nobody where it is a sign
  std::vector<RuleWorth> rules;       // none where nobody watches
};

// What an arm does beyond another: this arm minus that one. Sensitivity and delay have none where one of them
// is not watched. Arms are treated as unrelated (intervals.hpp).
struct ArmDifference {
  std::size_t arm = 0;
  std::size_t against = 0;
  std::optional<Estimate> noticed, before_harm, delay_days, false_alarms, harm;
  std::vector<std::optional<Estimate>> noticed_of;  // by behaviour
};

struct StudyResult {
  Study study;
  std::vector<RuleName> rules;
  std::vector<ArmResult> arms;
  std::size_t reference = 0;               // the first arm that is watched, or the first
  std::vector<ArmDifference> differences;  // of every other arm against the reference
};

[[nodiscard]] StudyResult result_of(const Study& study, const Tallies& tallies,
                                    std::span<const watch::Rule> rules);

[[nodiscard]] std::size_t reference_arm(const Study& study);
[[nodiscard]] bool is_watched(const Arm& arm);

}  // namespace evenkeel::cohort
