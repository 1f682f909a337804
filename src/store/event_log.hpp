// The event log: what was written, in the order in which it was written, and who asked.
//
// A log holds *streams*: one for each patient's record, one for a site's drug ledger, one for each account. A
// stream only grows; nothing is updated or deleted. The log keeps texts (a record's lines) and what it needs
// to find them; it does not read them. Every append, read, export and refusal adds an entry to one audit
// chain (audit.hpp) in the same transaction: if the audit cannot be written, nothing happened.
//
// Two implementations: SQLite (sqlite_log.hpp) and PostgreSQL (postgres_log.hpp), held to one contract in
// tests/contract/store_contract_test.cpp. All functions may be called from any thread; an append returns
// when what it wrote is durable. After a failed write or sync a log refuses further writes and says so.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/instant.hpp"
#include "base/result.hpp"
#include "store/audit.hpp"
#include "store/entry.hpp"

namespace evenkeel::store {

class EventLog {
 public:
  virtual ~EventLog() = default;

  // Errors: `stale` when the stream is at another version than expected (the message says which); and
  // invalid_input for a key used with another text, an empty list, an empty key or actor, or a text with a
  // newline; storage when it could not be made durable, and ever after.
  virtual Result<Appended> append(const Append& what, const Request& who) = 0;

  // The stream's entries after version `after`, by version. A stream that does not exist is empty.
  virtual Result<std::vector<Entry>> read(const StreamName& stream, std::uint64_t after,
                                          const Request& who) = 0;

  // As read, and leaves no audit entry: only of accounts, at which the program looks before it knows who
  // asks. Whoever tries names could else fill the disk. Errors: invalid_input for a stream of another kind.
  virtual Result<std::vector<Entry>> peek(const StreamName& account, std::uint64_t after) = 0;

  // What was written after this sequence, by whichever program, at most `most`; without one, nothing, and
  // `last` is where the log stands. Leaves no audit entry: a server looks every second and learns that there
  // is something to be read.
  virtual Result<Arrivals> arrived(std::optional<std::uint64_t> after, std::size_t most) = 0;

  // Entries of `kind` in streams of `streams` with from <= at < until, by `at`; at most `most`.
  virtual Result<std::vector<Found>> find(StreamKind streams, const std::string& kind, Instant from,
                                          Instant until, std::size_t most, const Request& who) = 0;

  // Every stream of the kind with its version, by id.
  virtual Result<std::vector<std::pair<StreamName, std::uint64_t>>> streams(StreamKind kind,
                                                                            const Request& who) = 0;

  // Adds to the audit chain what is no append or read: a refusal, an export, a sign-in, a correction of
  // rights.
  virtual Result<void> note(Action action, const std::string& subject, const std::string& detail,
                            const Request& who) = 0;

  // The head of the audit chain.
  virtual Result<Head> head() = 0;

  // Whether an append would be taken now; `storage` where the disk failed or the database is away. Leaves no
  // audit entry.
  virtual Result<void> ready() = 0;

  // Everything, raw and in order, for verify, backup and export. The callback ends the walk by returning
  // false. Each sees one moment of the log, also while others write.
  virtual Result<void> each_entry(const std::function<bool(const Entry&)>& take) = 0;
  virtual Result<void> each_audit(const std::function<bool(const AuditEntry&)>& take) = 0;
  // Those with smaller numbers than `before`, from the newest on: who asks for the latest does not walk the
  // whole chain.
  virtual Result<void> each_audit_back(std::uint64_t before,
                                       const std::function<bool(const AuditEntry&)>& take) = 0;
  static constexpr std::uint64_t from_the_end = std::numeric_limits<std::int64_t>::max();

  // Fills an empty log with another's entries and chain, verbatim: how a backup is restored and how a log
  // moves between SQLite and PostgreSQL. Refuses where the log is not empty or the chain does not verify.
  virtual Result<void> restore_from(EventLog& other) = 0;
};

}  // namespace evenkeel::store
