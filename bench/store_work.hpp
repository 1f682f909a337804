// What the benchmark of the stores does: durable appends of many clients, and the plain road beside them.
//
// An event is a line of about 300 bytes. `one commit per event` is what a program does that writes each event
// in a transaction of its own, on the same disk, with the same promise that an answer means "on disk":
//   SQLite      one connection behind a mutex, write-ahead log, synchronous = FULL, one INSERT per
//   transaction PostgreSQL  a connection for each client, one INSERT per transaction, synchronous_commit =
//   on. The server
//               itself lets commits share a flush. No chain, no audit, no keys: less work than the log does.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

#include "store/event_log.hpp"

namespace evenkeel::bench {

struct Load {
  int clients = 1;
  int appends_each = 0;                     // or, when it is 0,
  std::chrono::milliseconds length{1'000};  // for so long
};

struct Rate {
  std::uint64_t appends = 0;
  double seconds = 0.0;

  [[nodiscard]] double per_second() const { return static_cast<double>(appends) / seconds; }
};

[[nodiscard]] std::string event_text(int client, std::uint64_t number);

// Every client appends to a stream of its own, one event a call, each after the answer to the last. Throws
// where an append fails.
Rate appends(store::EventLog& log, const Load& load);

// One commit per event; `path` and `conninfo` are of a database without the table `plain`.
Rate plain_sqlite(const std::string& path, const Load& load);
Rate plain_postgres(const std::string& conninfo, const Load& load);

// `streams` patients with `each` entries: every fiftieth a `session_started`, one entry an hour up to `last`.
void fill(store::EventLog& log, int streams, int each, Instant last);

[[nodiscard]] double milliseconds_of(const std::function<void()>& work);

}  // namespace evenkeel::bench
