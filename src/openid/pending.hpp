// Sign-ins that were begun and wait for the browser to come back from the provider.
//
// Each is good once, for ten minutes, in the browser that began it: that browser has a word, of which the
// digest alone is kept here. Their number is bounded, of one address and of all. Nothing survives the server.
// Safe to use from any thread.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "base/instant.hpp"
#include "base/quantity.hpp"

namespace evenkeel::openid {

struct Pending {
  std::string state;     // what the provider gives back with the answer
  std::string nonce;     // what its token has to hold
  std::string verifier;  // what shows that we began it
  std::string about;     // the caller's own word
  bool anew = false;     // the provider was to ask who it is, whoever it knows
  Instant begun;
};

class Pendings {
 public:
  struct Begun {
    Pending pending;
    std::string browser;  // the word for the browser
  };
  // None where as many as can be wait already. The oldest of one address makes room for its newest.
  [[nodiscard]] std::optional<Begun> begin(std::string about, bool anew, const std::string& peer,
                                           Instant now);
  // Once, and for its own browser: of any other it stays, for whoever made up the state must not end it.
  [[nodiscard]] std::optional<Pending> take(std::string_view state, std::string_view browser, Instant now);

  static constexpr std::size_t most = 5'000;
  static constexpr std::size_t most_of_one = 100;  // a clinic may share an address
  static constexpr Duration longest = 10.0 * units::min;

 private:
  struct Kept {
    Pending pending;
    std::string browser_digest;
    std::string peer;
  };
  void drop_oldest_of(const std::string& peer);

  std::mutex mutex_;
  std::map<std::string, Kept, std::less<>> by_state_;
};

}  // namespace evenkeel::openid
