// Follows the log and tells the live stream of each patient's record that moved on: by this server, by
// another of the same database, or from the command line. One road for all of them, in the order of the log.
#pragma once

#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "base/result.hpp"
#include "server/live.hpp"
#include "store/event_log.hpp"

namespace evenkeel::server {

class Follower {
 public:
  using AccountMoved = std::function<void(const std::string& name)>;

  Follower(store::EventLog& log, Live& live, AccountMoved account_moved = {})
      : log_(&log), live_(&live), account_moved_(std::move(account_moved)) {}

  // Tells what was written since the last look; the first look only finds where the log stands. What was
  // durable before the call has been told when it returns. Safe from any thread. Errors: those of the log;
  // the next look begins where this one ended.
  [[nodiscard]] Result<void> look();

 private:
  store::EventLog* log_;
  Live* live_;
  AccountMoved account_moved_;  // by this server, another, or the command line
  std::mutex looking_;
  std::optional<std::uint64_t> last_;
};

}  // namespace evenkeel::server
