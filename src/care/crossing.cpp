#include "care/crossing.hpp"

#include <fmt/format.h>

namespace evenkeel::care {

std::vector<Crossing> crossings(const VitalRule& rule, std::span<const TimedVitals> by_time) {
  std::vector<Crossing> found;
  std::optional<Instant> since;
  for (std::size_t i = 0; i < by_time.size(); ++i) {
    const auto value = vital_value(by_time[i].signs, rule.vital);
    if (!value) continue;
    if (!rule.broken_by(*value)) {
      since.reset();
      continue;
    }
    if (!since) since = by_time[i].at;
    if (rule.lasting && !lasted(by_time[i].at - *since, rule.lasting->value)) continue;
    found.push_back({i, *value});
  }
  return found;
}

std::string crossing_text(const VitalRule& rule, int value, Instant at) {
  const std::string lasting =
      rule.lasting ? fmt::format(" for {} or more", length_text(rule.lasting->value)) : std::string{};
  return fmt::format("{} {} {} at {}, {} {}{}", vital_words(rule.vital), value, vital_unit(rule.vital),
                     clock_text(at), rule.when_above ? "above" : "below", rule.value.value, lasting);
}

std::string clock_text(Instant at) {
  return at.to_string().substr(11, 5) + " UTC";
}

std::string moment_text(Instant at) {
  return at.to_string().substr(0, 10) + " " + clock_text(at);
}

std::string length_text(Duration length) {
  const double minutes = length.in(units::min);
  if (minutes < 180.0) return fmt::format("{:.0f} min", minutes);
  if (minutes < 72.0 * 60.0) return fmt::format("{:.3g} h", length.in(units::h));
  return fmt::format("{:.3g} days", length.in(units::day));
}

}  // namespace evenkeel::care
