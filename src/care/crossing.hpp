// Readings held against a rule, and the words in which it is told. Pure.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "care/protocol_rules.hpp"
#include "care/session.hpp"

namespace evenkeel::care {

// A reading on which a rule fires, by its place among the readings.
struct Crossing {
  std::size_t reading = 0;
  int value = 0;
};

// `by_time` in the order of time. A lasting rule fires from the reading on at which an unbroken row of
// crossed readings has lasted that long; a reading without this sign breaks no row.
[[nodiscard]] std::vector<Crossing> crossings(const VitalRule& rule, std::span<const TimedVitals> by_time);

// "systolic blood pressure 185 mmHg at 09:20, above 180"
[[nodiscard]] std::string crossing_text(const VitalRule& rule, int value, Instant at);

// At most `limit`. Written in other units the same time differs in its last binary digits; a microsecond
// is nobody's delay.
[[nodiscard]] inline bool within(Duration passed, Duration limit) {
  return passed <= limit + 1e-6 * units::s;
}
[[nodiscard]] inline bool lasted(Duration passed, Duration least) {
  return passed >= least - 1e-6 * units::s;
}

// Each says its zone, for the sentence may stand beside times of the reader's own.
[[nodiscard]] std::string clock_text(Instant at);        // "09:20 UTC"
[[nodiscard]] std::string moment_text(Instant at);       // "2026-03-02 09:20 UTC"
[[nodiscard]] std::string length_text(Duration length);  // "40 min", "26 h", "9 days"

}  // namespace evenkeel::care
