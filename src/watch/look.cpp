#include "watch/look.hpp"

#include <fmt/format.h>

namespace evenkeel::watch {

std::span<const Timed<care::Evaluation>> evaluations(const Chart& chart, std::string_view instrument) {
  expects(chart.kinds != nullptr, "a chart is sorted before a check looks at it");
  return chart.kinds->of_instrument(instrument);
}

std::vector<Reading> totals(const Chart& chart, std::string_view instrument) {
  std::vector<Reading> found;
  found.reserve(chart.scores.size());
  for (const care::TimedScore& timed : chart.scores) {
    if (timed.instrument == instrument && timed.score.total)
      found.push_back({timed.event, timed.at, *timed.score.total, timed.moment});
  }
  return found;
}

std::vector<Reading> answers(const Chart& chart, std::string_view instrument, std::string_view item) {
  std::vector<Reading> found;
  const std::string key(item);
  const auto asked = evaluations(chart, instrument);
  found.reserve(asked.size());
  for (const auto& each : asked) {
    const auto answer = each.body->answers.find(key);
    if (answer == each.body->answers.end()) continue;
    found.push_back({each.event->id, each.at(), answer->second, each.body->moment});
  }
  return found;
}

std::optional<int> change(std::span<const Reading> readings, Instant from, Instant to) {
  std::optional<int> before;
  std::optional<int> after;
  for (const Reading& reading : readings) {
    if (reading.at <= from || !before) before = reading.score;
    if (reading.at <= to + 3.0 * units::day) after = reading.score;
  }
  if (!before || !after) return std::nullopt;
  return *after - *before;
}

std::string circumstance_near(const Chart& chart, std::span<const care::Circumstance> kinds, Instant from,
                              Instant to, Duration margin) {
  for (const auto& noted : all<care::CircumstanceNoted>(chart)) {
    if (noted.at() + margin < from || noted.at() > to + margin) continue;
    if (std::ranges::find(kinds, noted.body->circumstance) == kinds.end()) continue;
    return fmt::format("{} noted on {}", care::circumstance_words(noted.body->circumstance),
                       on_day(noted.at()));
  }
  return {};
}

std::string on_day(Instant at) {
  return Date::of(at).to_string();
}

}  // namespace evenkeel::watch
