// What the verbs of `evenkeel user` share, and the verbs that are about one's own account: there the password
// proves who asks, not --as.
#pragma once

#include <string>
#include <vector>

#include "apps/evenkeel/command.hpp"
#include "apps/evenkeel/store_options.hpp"

namespace evenkeel::app {

struct UserOptions {
  StoreOptions store;
  std::string account;
  std::string role;
  std::string display;
  std::string reason;
  std::string site_key;
  std::string issuer;
  std::string subject;
  std::vector<std::string> patients;
  bool all_patients = false;
  bool first = false;
  bool remove = false;
  bool without_password = false;
};

[[nodiscard]] Status change_own_password(const UserOptions& options);
[[nodiscard]] Status change_own_factor(const UserOptions& options);

}  // namespace evenkeel::app
