// What goes into the log and comes out of it: streams, entries, who asks. Values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/instant.hpp"
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

}  // namespace evenkeel::store
