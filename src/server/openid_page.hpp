// What somebody is shown who comes back from the OpenID provider, or cannot go there: a small page of its
// own, for a browser is at the door and no page of ours. English, or German where the browser prefers it. No
// script.
#pragma once

#include <cstdint>
#include <string_view>

#include "server/http_words.hpp"

namespace evenkeel::server {

enum class Shown : std::uint8_t {
  signed_in,  // goes on to the pages by itself
  unlocked,
  no_provider,
  out_of_reach,
  busy,
  stale,
  denied,
  refused,
  unlinked,
  disabled,
  another,
  not_kept,
};

// `detail`: what a person may pass on, such as the subject that an administrator links.
[[nodiscard]] Response openid_page(const Request& request, Shown what, std::string_view detail = {});

}  // namespace evenkeel::server
