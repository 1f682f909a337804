// What second people signed and the first are about to write: each for one entry of one sign-in, for a few
// minutes. Nothing survives the server. Safe to use from any thread.
#pragma once

#include <mutex>
#include <string>
#include <vector>

#include "base/instant.hpp"
#include "base/quantity.hpp"

namespace evenkeel::server {

// The entry that was signed: where it goes, of what kind, and what it says.
struct SignedEntry {
  std::string sign_in;  // of the first
  std::string second;   // who signed
  std::string print;    // of the entry
  bool operator==(const SignedEntry&) const = default;
};

class Countersigned {
 public:
  // Until when it holds. A further signature of the same entry begins its time anew.
  Instant add(SignedEntry entry, Instant now);
  // False where it was not signed; else it serves the write under this key, and no other. A write tried again
  // is the same one.
  [[nodiscard]] bool claim(const SignedEntry& entry, const std::string& key, Instant now);
  // The write under this key was refused; what it was to use serves another.
  void give_back(const std::string& key);
  // The write under this key is done. False where it had no signature.
  bool spend(const std::string& key);

  static constexpr Duration holds = 5.0 * units::min;

 private:
  struct Kept {
    SignedEntry entry;
    Instant until;
    std::string key;  // of the write that it serves; empty: of none yet
  };
  std::mutex mutex_;
  std::vector<Kept> all_;
};

}  // namespace evenkeel::server
