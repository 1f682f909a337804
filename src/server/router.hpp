// From a request to its handler: who is at the door, whether they may, whether it was answered before.
//
// The order: the address; for what is not open the sign-in, its lock, the word against forgery from other
// sites; the right; the patient; the key that makes a write happen once. What is refused for want of a right
// is audited. Everything that is no address of the API is a page.
#pragma once

#include "server/house.hpp"
#include "server/http_words.hpp"

namespace evenkeel::server {

// Never throws what a caller must mind: the listener answers an exception with 500.
[[nodiscard]] Answer answer(House& house, const Request& request);

// The sign-in's cookie: `__Host-` where the connection is encrypted, so that no other host can set it.
[[nodiscard]] std::string_view cookie_name(bool secure);
// Gives the browser its sign-in's cookie, for so long; none: takes it away.
[[nodiscard]] Header sign_in_cookie(bool secure, std::string_view token, Duration age);

}  // namespace evenkeel::server
