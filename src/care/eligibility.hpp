// Whether the patient may be treated by the protocol: each of its criteria, as the record shows it.
// Pure; nothing here decides, a clinician does.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "care/event.hpp"
#include "care/protocol.hpp"

namespace evenkeel::care {

enum class CriterionState : std::uint8_t {
  clear,
  concern,
  not_applicable,
  missing,   // not looked at, and it has to be
  optional,  // not looked at; it is for those with a reason
};
[[nodiscard]] std::string_view criterion_state_words(CriterionState state);

struct CriterionSeen {
  const Criterion* criterion = nullptr;  // of the protocol, which must outlive this
  CriterionState state = CriterionState::missing;
  std::optional<Instant> at;
  std::string event;
  std::string note;  // of the record
};

struct Eligibility {
  std::vector<CriterionSeen> criteria;  // in the protocol's order
  int absolute = 0;                     // contraindications present that bar treatment
  int relative = 0;                     // concerns that a clinician weighs
  int missing = 0;
  std::string words;  // of all of it, in one sentence

  // Everything looked at, and none of the absolute ones present.
  [[nodiscard]] bool clear_of_bars() const { return absolute == 0 && missing == 0; }
};

// By the latest screening of each criterion.
[[nodiscard]] Eligibility eligibility(std::span<const Event> valid, const Protocol& protocol);

}  // namespace evenkeel::care
