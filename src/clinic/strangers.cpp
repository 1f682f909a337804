#include "clinic/strangers.hpp"

#include <algorithm>

namespace evenkeel::clinic {

Duration length_of_lock(int locks_before) {
  double minutes = 15.0;
  for (int i = 0; i < locks_before && minutes < 24 * 60; ++i) minutes *= 2;
  return std::min(minutes, 24.0 * 60) * units::min;
}

std::optional<Instant> Strangers::tried(const std::string& name, Instant now) {
  const std::lock_guard lock{mutex_};
  // Whoever tries so many names learns no more of one of them than that all were forgotten.
  if (by_name_.size() >= most && !by_name_.contains(name)) by_name_.clear();
  Tries& tries = by_name_[name];
  if (tries.until && now < *tries.until) return tries.until;
  if (++tries.failures < failures_to_lock) return std::nullopt;
  tries.failures = 0;
  tries.until = now + length_of_lock(tries.locks++);
  return tries.until;
}

}  // namespace evenkeel::clinic
