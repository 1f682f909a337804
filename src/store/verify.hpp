// Whether a log is what was written: the chain, and every entry against it.
//
// Found without any help: an entry or an audit entry that was altered, deleted, put in or moved. A log whose
// last part was cut off together with its chain, or whose whole chain was computed anew, is found with the
// help of a head that was exported before (head_export.hpp); without one it looks like a shorter log.
// Reads the log once, in bounded memory (a number for each stream), also while others write to it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "store/event_log.hpp"

namespace evenkeel::store {

enum class Damage : std::uint8_t {
  entry_altered,
  entry_missing,    // the chain names it
  entry_unknown,    // the chain does not name it
  entry_misplaced,  // its version is not the next of its stream, or its number not the next of the log
  audit_altered,    // its content is not what was hashed
  audit_missing,    // a number is missing or comes out of turn
  audit_broken,     // it does not follow the one before it
  cut_short,        // the chain ends before the known head
  other_history,    // the chain has another hash at the known head
  unreadable,       // the store failed while it was read
};
[[nodiscard]] std::string_view damage_words(Damage damage);

// Where: the audit entry that shows it, and the entry where it is about one. Zero or empty: not known.
struct Flaw {
  Damage damage = Damage::unreadable;
  std::uint64_t number = 0;    // of the audit entry
  std::uint64_t sequence = 0;  // of the entry
  std::string stream;          // "patient/example"
  std::uint64_t version = 0;
  std::string text;
};
[[nodiscard]] std::string to_string(const Flaw& flaw);

struct Verification {
  std::uint64_t entries = 0;
  Head head;                // the chain as far as it was read
  std::uint64_t flaws = 0;  // all of them
  std::vector<Flaw> first;  // the first of them: at most 100 of the entries and 100 of the chain

  [[nodiscard]] bool sound() const { return flaws == 0; }
};

[[nodiscard]] Verification verify(EventLog& log, const std::optional<Head>& known = std::nullopt);

}  // namespace evenkeel::store
