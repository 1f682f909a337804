// The event log on PostgreSQL: for several sites and servers that write into one log.
//
// Every process appends in batches: what waits while one transaction commits goes into the next. All
// processes take one lock for a transaction's last part, so the order and the hashes of the chain are right
// with many writers. An append is answered when its transaction is on the server's disk.
//
// A lost server is not the end: the log connects again for as long as `patience` lets it, looks whether what
// it had sent was kept, and answers; later calls start anew. Where that cannot be told in time the answer
// is ErrorCode::storage and says so: sending the same keys again is always safe.
//
// Safe from any thread and for any number of processes. docs/store.md: roles, settings, backup.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "store/event_log.hpp"

namespace evenkeel::store {

struct PostgresOptions {
  std::string schema = "evenkeel";  // letters a to z, digits and _; at most 63
  bool create = false;              // make the tables where there are none: the role needs CREATE
  std::string grant_to;             // with `create`: the role that is to append and read, or empty
  std::function<Instant()> clock;   // for tests; without it the server's clock, one for all processes
  std::chrono::milliseconds patience{10'000};  // to reconnect, and for one statement or lock
  std::size_t batch = 256;                     // appends in one transaction at most
  std::chrono::microseconds gather{200};       // how long a batch waits for those who were in the last one
};

// Errors: `not_found` where there is no log and `create` is not set; `storage` when the server cannot be
// reached, keeps no promise (fsync off) or holds tables of a newer program; `invalid_input` for a bad schema.
[[nodiscard]] Result<std::unique_ptr<EventLog>> open_postgres(const std::string& conninfo,
                                                              const PostgresOptions& options = {});

}  // namespace evenkeel::store
