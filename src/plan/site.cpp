#include "plan/site.hpp"

#include <algorithm>
#include <chrono>

namespace evenkeel::plan {
namespace {

Sourced<Duration> proposed(Duration value, const char* note) {
  return {value, {"evenkeel", Label::proposal, note}};
}

}  // namespace

Freshness proposed_freshness() {
  return {proposed(7.0 * units::day, "weight: a week"),
          proposed(7.0 * units::day, "blood pressure, to plan with: a week"),
          proposed(12.0 * units::h, "blood pressure, to give with: of the same day"),
          proposed(7.0 * units::day, "the question about suicide: a week")};
}

bool is_open(const Site& site, Instant start) {
  if (site.hours.empty()) return true;
  const auto day = Date::of(start).day();
  const int weekday = static_cast<int>(std::chrono::weekday{day}.iso_encoding());
  const auto minute = std::chrono::floor<std::chrono::minutes>(start.time() - day).count();
  return std::ranges::any_of(site.hours, [&](const OpenHours& open) {
    return open.weekday == weekday && open.from_min <= minute && minute < open.until_min;
  });
}

}  // namespace evenkeel::plan
