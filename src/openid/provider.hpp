// A sign-in through the site's OpenID provider: OpenID Connect Core 1.0, authorization code flow, with PKCE
// (RFC 7636), state and nonce. It says who somebody is at the provider and nothing else: no role, no name. It
// knows nothing of a clinic.
//
//   const auto asked = provider.begin({.about = "", .anew = true, .peer = peer}, now);
//       send the browser to asked->address, and let it keep asked->browser
//   const auto who = provider.finish(what_the_browser_brought, now);
//       who->subject
//
// No token is kept. Safe to use from any thread; blocks while the provider is asked, at most
// FetchLimits::whole for each question (fetch.hpp).
#pragma once

#include <string>

#include "base/instant.hpp"
#include "openid/fetch.hpp"
#include "openid/pending.hpp"
#include "openid/provider_source.hpp"
#include "openid/settings.hpp"
#include "openid/trouble.hpp"

namespace evenkeel::openid {

// Somebody begins.
struct Beginning {
  std::string about;  // the caller's own word, given back at the end
  bool anew = false;  // the provider asks who it is, whoever it knows already
  std::string peer;   // the address they come from
};
struct Begun {
  std::string address;  // of the provider, for the browser to go to
  std::string browser;  // a word that this browser alone may have, for ten minutes
};

// What the browser brings back: the address's parameters, empty where absent, and the word it kept.
struct Returned {
  std::string state, code, error, issuer;
  std::string browser;
};
struct Known {
  std::string issuer, subject;
  std::string about;
};
struct Failed {
  Trouble trouble;
  std::string about;  // empty as well where it is not known what was begun
};

class Provider {
 public:
  Provider(Settings settings, Fetch fetch)
      : settings_(std::move(settings)), source_(settings_.issuer, std::move(fetch)) {}

  // Errors: out of reach; busy.
  [[nodiscard]] Result<Begun, Trouble> begin(const Beginning& beginning, Instant now);
  [[nodiscard]] Result<Known, Failed> finish(const Returned& returned, Instant now);

  [[nodiscard]] const Settings& settings() const { return settings_; }

 private:
  [[nodiscard]] Result<std::string, Trouble> subject_for(const Pending& pending, const Returned& returned,
                                                         Instant now);
  [[nodiscard]] Result<std::string, Trouble> token_for(const Pending& pending, const std::string& code,
                                                       const Metadata& metadata);

  const Settings settings_;
  ProviderSource source_;
  Pendings pendings_;
};

}  // namespace evenkeel::openid
