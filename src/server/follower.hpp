// Follows the log and tells the live stream of each patient's record that moved on: by this server, by
// another of the same database, or from the command line. One road for all of them, in the order of the log.
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>

#include "base/result.hpp"
#include "server/live.hpp"
#include "store/event_log.hpp"

namespace evenkeel::server {

class Follower {
 public:
  Follower(store::EventLog& log, Live& live) : log_(&log), live_(&live) {}

  // Tells what was written since the last look; the first look only finds where the log stands. What was
  // durable before the call has been told when it returns. Safe from any thread. Errors: those of the log;
  // the next look begins where this one ended.
  [[nodiscard]] Result<void> look();

 private:
  store::EventLog* log_;
  Live* live_;
  std::mutex looking_;
  std::optional<std::uint64_t> last_;
};

}  // namespace evenkeel::server
