// One transaction: the reads, appends and notes that wait, and an audit entry for each of them.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "store/decide.hpp"
#include "store/event_log.hpp"
#include "store/postgres_connection.hpp"

namespace evenkeel::store {

// What one caller wants. `audit` has the action, who, why and the caller's time; the batch fills the rest.
struct Ask {
  AuditEntry audit;
  const Append* append = nullptr;
  std::function<Asked<void>(Connection&, AuditEntry&)> look;  // a read: run before the head is locked
  std::optional<Result<Appended>> answer;                     // of the append
  std::optional<Error> failed;
};

struct Sent {
  Head head;            // of the chain once the transaction is committed
  bool commit = false;  // COMMIT was sent
};

// Begins, looks, locks the chain, decides, writes and commits. `sent` says how far it came: after a lost
// connection, whether the head is there tells whether all of it is.
Asked<void> write_batch(Connection& connection, const std::vector<Ask*>& asks,
                        const std::function<Instant()>& clock, Sent& sent);

// Whether the chain has this head at its number; waits for a transaction that is still ending.
Asked<bool> was_committed(Connection& connection, const Head& head);

// The parts, for restoring a log.
struct Tail {
  Head head;
  Instant written;
  std::uint64_t sequence = 0;
  Instant now;  // the server's clock
};
Asked<Tail> lock_tail(Connection& connection);  // within a transaction: until it ends no other writes
Asked<Head> read_head(Connection& connection);

struct Row {
  std::int64_t stream;  // its number in the table
  Entry entry;
};
Asked<void> insert_entries(Connection& connection, const std::vector<Row>& rows);
Asked<void> insert_audit(Connection& connection, const std::vector<AuditEntry>& entries);
Asked<std::map<StreamName, std::int64_t>> insert_streams(Connection& connection,
                                                         const std::vector<StreamName>& names);

}  // namespace evenkeel::store
