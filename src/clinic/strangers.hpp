// Names that nobody has, tried at the door. They lock like an account, so that whoever tries names cannot
// tell by the lock which of them exist. Kept in memory alone, bounded. Safe to use from any thread.
#pragma once

#include <cstddef>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "base/instant.hpp"

namespace evenkeel::clinic {

inline constexpr int failures_to_lock = 5;
// 15 minutes, 30, 60, ... up to a day: of the lock after so many before it.
[[nodiscard]] Duration length_of_lock(int locks_before);

class Strangers {
 public:
  // Until when this name is locked, once it was tried one more time; none while it is not.
  [[nodiscard]] std::optional<Instant> tried(const std::string& name, Instant now);

  static constexpr std::size_t most = 10'000;

 private:
  struct Tries {
    int failures = 0;
    int locks = 0;
    std::optional<Instant> until;
  };
  std::mutex mutex_;
  std::map<std::string, Tries> by_name_;
};

}  // namespace evenkeel::clinic
