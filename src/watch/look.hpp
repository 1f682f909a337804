// What the checks of this layer look at: answers, symptoms and other events over time. Not for other layers.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/expects.hpp"
#include "watch/kinds.hpp"
#include "watch/rule.hpp"

namespace evenkeel::watch {

struct Reading {
  std::string event;
  Instant at;
  int score = 0;
  care::Moment moment = care::Moment::between_doses;
};

// The evaluations of an instrument, by time.
[[nodiscard]] std::span<const Timed<care::Evaluation>> evaluations(const Chart& chart,
                                                                   std::string_view instrument);
// The totals of an instrument, by time.
[[nodiscard]] std::vector<Reading> totals(const Chart& chart, std::string_view instrument);
// The answers to one item of an instrument, by time; evaluations without that answer are left out.
[[nodiscard]] std::vector<Reading> answers(const Chart& chart, std::string_view instrument,
                                           std::string_view item);

// How a score moved over a stretch of time: from the last reading at or before `from` (else the first) to the
// last at or before `to` and three days.
[[nodiscard]] std::optional<int> change(std::span<const Reading> readings, Instant from, Instant to);

// A circumstance of one of `kinds` noted within `margin` of the stretch, as "a physical illness noted on
// 2026-03-02"; or empty.
[[nodiscard]] std::string circumstance_near(const Chart& chart, std::span<const care::Circumstance> kinds,
                                            Instant from, Instant to, Duration margin);

[[nodiscard]] std::string on_day(Instant at);  // "2026-03-02"

// The events of one kind, by time.
template <class Body>
[[nodiscard]] std::span<const Timed<Body>> all(const Chart& chart) {
  expects(chart.kinds != nullptr, "a chart is sorted before a check looks at it");
  return chart.kinds->of<Body>();
}

}  // namespace evenkeel::watch
