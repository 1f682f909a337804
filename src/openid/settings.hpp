// What a site says of its OpenID provider: docs/accounts.md describes it, schema/openid-1.schema.json states
// it again. Read strictly: what the form does not allow is refused, an unknown member first of all. Values.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace evenkeel::openid {

struct Settings {
  std::string issuer;  // as the provider writes it in its tokens, to the letter
  std::string client_id;
  std::string client_secret_file;
  std::string client_secret;     // what that file holds; not for showing
  std::string address;           // of this server, as browsers write it: "https://evenkeel.example.org"
  std::string name;              // of the provider, for people
  std::vector<std::string> acr;  // the token names one of these; none: whatever it names
  std::vector<std::string> amr;  // the token names each of these
  std::string ca_file;           // PEM, for a provider with a private authority; empty: the machine's own
  bool ask_every_time = true;    // the provider asks who it is at each sign-in, also of whom it knows already
  bool passwords = true;         // false: nobody but administrators signs in with one

  // Whether a token of this provider says that a second factor, or what the site takes for one, was shown.
  [[nodiscard]] bool demands_more() const { return !acr.empty() || !amr.empty(); }
  [[nodiscard]] std::string redirect() const { return address + "/api/openid/return"; }
};

// Without the secret. Errors: every fault of the text.
[[nodiscard]] Result<Settings, Errors> read_settings(std::string_view text);

// The file and its secret; names of files in it are as seen from its own folder. Errors: storage;
// not_permitted where others may read the secret.
[[nodiscard]] Result<Settings, Errors> load_settings(const std::filesystem::path& file);

// Whether this is https, or http to the same machine (for trials): the words of a sign-in cross no network
// in the open. No user, no query, no fragment in it.
[[nodiscard]] bool is_safe_address(std::string_view address);
[[nodiscard]] bool is_this_machine(std::string_view address);

}  // namespace evenkeel::openid
