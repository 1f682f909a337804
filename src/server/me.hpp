// What a page is told of who is signed in.
#pragma once

#include <string>

#include "server/house.hpp"

namespace evenkeel::server {

// The definition `me` of schema/api-1.schema.json.
[[nodiscard]] std::string me_text(const House& house, const SignIn& sign_in, Instant now);

}  // namespace evenkeel::server
