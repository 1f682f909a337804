// What each rule is worth in one arm of a study, by criteria that are stated. They depend on the study's mix
// of patients: where signs are rare, any rule alarms more often than it finds. Values.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cohort/metrics.hpp"
#include "cohort/study.hpp"

namespace evenkeel::cohort {

enum class Verdict : std::uint8_t {
  silent = 1,  // neither found anybody nor alarmed
  costly = 2,  // more false alarms than patients found
  earns = 3,   // not costly, and somebody was noticed in time by it alone
  shared = 4,  // not costly, and whoever it found others found in time too
};
[[nodiscard]] std::string_view verdict_text(Verdict verdict);  // "earns_its_place"; frozen

struct RuleWorth {
  std::vector<Proportion> by_behaviour;  // noticed, of those with an onset; of nobody where it is no sign
  std::vector<bool> expected;            // by behaviour: it ought to notice it
  Proportion noticed;                    // of all with an onset
  std::uint64_t alone = 0;               // in time, and no other rule was
  Proportion false_patients;             // of those without a sign: it counted in them
  Rate false_alarms;                     // its openings in them
  Days delay;                            // from onset
  Verdict verdict = Verdict::silent;
  std::string sentence;
};

// Of the rule with this index and id; `arm` by behaviour.
[[nodiscard]] RuleWorth rule_worth(const std::vector<Tally>& arm, const std::vector<Behaviour>& behaviours,
                                   std::size_t index, std::string_view id);

}  // namespace evenkeel::cohort
