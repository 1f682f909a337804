// Who is signed in: what the server remembers of each, until they leave, are idle too long or the day is
// over.
//
// A token is 32 random bytes; only its SHA-256 is kept. Nothing survives the server: after a restart
// everybody signs in again. Safe to use from any thread.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.hpp"
#include "base/quantity.hpp"
#include "clinic/account.hpp"

namespace evenkeel::server {

struct SignIn {
  clinic::Account account;  // as of `checked`
  std::string csrf;
  std::string id;  // of this sign-in; names nobody
  Instant since;
  Instant seen;     // the last time they did something
  Instant checked;  // the last time the account was read
  bool locked = false;
};

struct SignInTimes {
  Duration idle_lock = 5.0 * units::min;
  Duration longest = 12.0 * units::h;
  Duration checked_again = 1.0 * units::min;
};

class SignIns {
 public:
  explicit SignIns(SignInTimes times = {}) : times_(times) {}

  struct Begun {
    std::string token;
    SignIn sign_in;
  };
  // At most `most_of_one` of one account: the oldest ends.
  [[nodiscard]] Begun begin(clinic::Account account, Instant now);
  // Locked once idle too long; nothing once its time is over. `acting` counts as having done something; what
  // a page asks for by itself does not.
  [[nodiscard]] std::optional<SignIn> find(std::string_view token, Instant now, bool acting);
  void lock(std::string_view token);
  void unlock(std::string_view token, Instant now);
  void end(std::string_view token);
  // Every sign-in of the account, but the one with this token.
  void end_all_of(const std::string& name, std::string_view except = {});
  void refresh(std::string_view token, clinic::Account account, Instant now);

  [[nodiscard]] const SignInTimes& times() const { return times_; }
  [[nodiscard]] Instant ends(const SignIn& sign_in) const { return sign_in.since + times_.longest; }

  static constexpr std::size_t most_of_one = 10;

 private:
  const SignInTimes times_;
  std::mutex mutex_;
  std::map<std::string, SignIn> by_hash_;
};

// 32 bytes nobody can guess, as hexadecimal digits.
[[nodiscard]] std::string random_token();
// Equal, in a time that does not tell how much of it is.
[[nodiscard]] bool same_secret(std::string_view a, std::string_view b);

}  // namespace evenkeel::server
