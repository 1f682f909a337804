// What the checks of the body look at. Not for other layers.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "watch/look.hpp"

namespace evenkeel::watch {

// One answer about one bladder symptom; `none` is an answer too. `event` is the id in the record.
struct BladderReading {
  std::string_view event;
  Instant at;
  care::Symptom symptom = care::Symptom::other;
  care::Severity severity = care::Severity::none;
};
// From symptom reports and from the answers to `instrument`, by time.
[[nodiscard]] std::vector<BladderReading> bladder_readings(const Chart& chart, std::string_view instrument);

// A medicine or substance from its beginning until it was stopped.
struct Medicine {
  std::string event;
  care::Substance substance = care::Substance::other;
  std::string name;
  care::Prescribed prescribed = care::Prescribed::unknown;
  Instant begun;
  std::optional<Instant> stopped;
  [[nodiscard]] bool taken_at(Instant at) const { return begun <= at && !(stopped && *stopped <= at); }
};
[[nodiscard]] std::vector<Medicine> medicines(const Chart& chart);

// Not longer ago than the rule's threshold `window`.
[[nodiscard]] bool in_window(const Rule& rule, const Chart& chart, Instant at);

// Not further apart than `margin`, either way.
[[nodiscard]] bool near(Instant one, Instant other, Duration margin);

}  // namespace evenkeel::watch
