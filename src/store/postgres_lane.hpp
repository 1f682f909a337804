// One connection that writes batches, and what it does when the server is lost.
#pragma once

#include <optional>
#include <vector>

#include "store/group.hpp"
#include "store/postgres_batch.hpp"

namespace evenkeel::store {

class Lane {
 public:
  struct Settings {
    ConnectionSettings connection;
    std::function<Instant()> clock;  // or empty: the server's
    Group<Ask>::Limits limits;
  };

  // `opened`: a connection that is there already.
  explicit Lane(Settings settings, std::optional<Connection> opened = std::nullopt);

  // Returns when `ask` is committed, or when it is known or has to be said that it is not.
  void take(Ask& ask) { group_.take(ask); }

 private:
  using Deadline = std::chrono::steady_clock::time_point;

  void write(const std::vector<Ask*>& asks);
  std::optional<Fault> attempt(const std::vector<Ask*>& asks, Sent& sent);
  void one_by_one(const std::vector<Ask*>& asks, const Fault& fault);
  std::optional<Fault> connect(Deadline until);

  const Settings settings_;
  std::optional<Connection> connection_;
  Group<Ask> group_;
};

}  // namespace evenkeel::store
