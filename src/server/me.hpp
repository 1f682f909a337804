// What a page is told of who is signed in.
#pragma once

#include <string>

#include "server/house.hpp"

namespace evenkeel::server {

// A password that another person gave is to be changed; who comes by the provider showed none.
[[nodiscard]] bool must_change(const SignIn& sign_in);
// The site demands a second factor, and this account has none yet. The provider's counts where it was the way
// in.
[[nodiscard]] bool factor_is_due(const House& house, const SignIn& sign_in);
// Whether this site's provider opens the account.
[[nodiscard]] bool by_provider(const House& house, const clinic::Account& account);

// The definition `me` of schema/api-1.schema.json.
[[nodiscard]] std::string me_text(const House& house, const SignIn& sign_in, Instant now);

}  // namespace evenkeel::server
