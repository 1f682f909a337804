// Who is signed in: what the server remembers of each, until they leave, are idle too long or the day is
// over.
//
// A token is 32 random bytes; only its SHA-256 is kept. Nothing survives the server: after a restart
// everybody signs in again. Safe to use from any thread.
#pragma once

#include <functional>
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
  clinic::Account account;  // as it was with the last request
  std::string csrf;
  std::string id;  // of this sign-in; names nobody
  Instant since;
  Instant seen;  // the last time they did something
  bool locked = false;
  bool by_provider = false;  // no password was asked
};

struct SignInTimes {
  Duration idle_lock = 5.0 * units::min;
  Duration longest = 12.0 * units::h;
};

class SignIns {
 public:
  // `ended` is told the id of each that is ended here, while nothing is held; who comes again once the time
  // is over ends their own.
  explicit SignIns(SignInTimes times = {}, std::function<void(const std::string& id)> ended = {})
      : times_(times), ended_(std::move(ended)) {}

  struct Begun {
    std::string token;
    SignIn sign_in;
  };
  // At most `most_of_one` of one account: the oldest ends.
  [[nodiscard]] Begun begin(clinic::Account account, Instant now, bool by_provider = false);
  // Locked once idle too long; nothing once its time is over. `acting` counts as having done something; what
  // a page asks for by itself does not.
  [[nodiscard]] std::optional<SignIn> find(std::string_view token, Instant now, bool acting);
  void lock(std::string_view token);
  void unlock(std::string_view token, Instant now);
  // The sign-in that carries this id, where its time is not over: for who comes back from the provider, from
  // where a browser does not bring the cookie along.
  [[nodiscard]] std::optional<SignIn> with_id(std::string_view id, Instant now);
  void unlock_id(std::string_view id, clinic::Account account, Instant now);
  [[nodiscard]] std::vector<SignIn> of(const std::string& name);
  void end(std::string_view token);
  void end_id(std::string_view id);
  // Every sign-in of the account, but the one with this token.
  void end_all_of(const std::string& name, std::string_view except = {});
  // As the account is by now; an older state of it changes nothing.
  void refresh(std::string_view token, clinic::Account account);

  [[nodiscard]] const SignInTimes& times() const { return times_; }
  [[nodiscard]] Instant ends(const SignIn& sign_in) const { return sign_in.since + times_.longest; }

  static constexpr std::size_t most_of_one = 10;

 private:
  template <class Is>
  [[nodiscard]] std::vector<std::string> erase_where(Is&& is);  // the ids; the mutex is held
  template <class Is>
  void end_where(Is&& is);
  void tell(const std::vector<std::string>& over) const;

  const SignInTimes times_;
  const std::function<void(const std::string& id)> ended_;
  std::mutex mutex_;
  std::map<std::string, SignIn> by_hash_;
};

// 32 bytes nobody can guess, as hexadecimal digits.
[[nodiscard]] std::string random_token();
// Equal, in a time that does not tell how much of it is.
[[nodiscard]] bool same_secret(std::string_view a, std::string_view b);

}  // namespace evenkeel::server
