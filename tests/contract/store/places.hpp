// Where the contract's logs stand: each test gets an empty one of the kind that it is given.
#pragma once

#include <functional>
#include <memory>
#include <ostream>
#include <string>

#include "store/event_log.hpp"

namespace evenkeel::store {

using Clock = std::function<Instant()>;

// A place for one log; ends with it.
class Place {
 public:
  virtual ~Place() = default;
  virtual Result<std::unique_ptr<EventLog>> open(const Clock& clock) = 0;  // makes it where there is none
};

struct Kind {
  std::string name;  // "sqlite", "postgres"
  std::function<std::unique_ptr<Place>()> make;
};
inline void PrintTo(const Kind& kind, std::ostream* out) {
  *out << kind.name;
}

std::vector<Kind> kinds();
Kind kind_named(const std::string& name);

inline Instant at(const std::string& text) {
  return *Instant::parse(text);
}

inline Request nurse() {
  return {"n.example", "nurse", "care", at("2026-03-02T09:00:00Z")};
}

inline StreamName patient(const std::string& id) {
  return {StreamKind::patient, id};
}

// An append of one entry with this key and text.
inline Append one(const StreamName& stream, std::uint64_t expected, const std::string& key,
                  const std::string& text = "{}") {
  return {stream, expected, {{key, "vitals", at("2026-03-02T09:00:00.123456789Z"), text}}};
}

// Every audit entry, after the chain was recomputed over it.
std::vector<AuditEntry> verified_audit(EventLog& log);
std::vector<Entry> all_entries(EventLog& log);
// What fails a log that does not verify: entries against the chain, versions without gaps.
void expect_sound(EventLog& log);

}  // namespace evenkeel::store
