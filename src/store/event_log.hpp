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
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/instant.hpp"
#include "base/result.hpp"
#include "store/audit.hpp"

namespace evenkeel::store {

// Frozen: stored.
enum class StreamKind : std::uint8_t {
  patient = 1,
  ledger = 2,
  site = 3,
  account = 4,  // of somebody who signs in
  person = 5,   // who a patient is: name and birth date
};

struct StreamName {
  StreamKind kind = StreamKind::patient;
  std::string id;

  auto operator<=>(const StreamName&) const = default;
};

// Who asks, in which role, and why: stands in the audit entry of what was asked.
struct Request {
  std::string actor;    // never empty
  std::string role;     // "prescriber", "nurse", ...
  std::string purpose;  // or empty
  Instant at;           // the caller's clock
};

// One event to be kept. `key` makes it happen once: the same key with the same text, sent again after a lost
// answer, is the entry that is there already; with another text it is refused.
struct NewEntry {
  std::string key;
  std::string kind;  // "session_started": to find entries by
  Instant at;        // when it happened
  std::string text;  // one line, without its newline
};

struct Entry {
  std::uint64_t sequence = 0;  // of the whole log, from 1, rising; gaps are allowed
  StreamName stream;
  std::uint64_t version = 0;  // of the stream, 1, 2, 3, ... without gaps
  std::string key;
  std::string kind;
  Instant at;
  Instant written;  // the log's own clock
  std::string text;
};

struct Append {
  StreamName stream;
  std::uint64_t expected_version = 0;  // of the stream as the caller read it; 0: it is to be new
  std::vector<NewEntry> entries;       // all or none
};

struct Appended {
  std::uint64_t version = 0;   // of the stream, after
  std::uint64_t sequence = 0;  // of the last of the entries
  bool repeated = false;       // every entry was there already
};

struct Found {
  StreamName stream;
  std::uint64_t version = 0;
  std::string kind;
  Instant at;
  std::string text;
};

// That something was written, and not what.
struct Arrival {
  StreamName stream;
  std::uint64_t version = 0;
  std::string kind;
  Instant at;
};
struct Arrivals {
  std::vector<Arrival> entries;  // in the order of the log
  std::uint64_t last = 0;        // the sequence to ask after next time
};

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

  // Everything, raw and in order, for verify, backup and export. The callback ends the walk by returning
  // false. Each sees one moment of the log, also while others write.
  virtual Result<void> each_entry(const std::function<bool(const Entry&)>& take) = 0;
  virtual Result<void> each_audit(const std::function<bool(const AuditEntry&)>& take) = 0;

  // Fills an empty log with another's entries and chain, verbatim: how a backup is restored and how a log
  // moves between SQLite and PostgreSQL. Refuses where the log is not empty or the chain does not verify.
  virtual Result<void> restore_from(EventLog& other) = 0;
};

}  // namespace evenkeel::store
