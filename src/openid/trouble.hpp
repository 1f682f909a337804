// Why a sign-in through the provider came to nothing.
#pragma once

#include <cstdint>
#include <string>

namespace evenkeel::openid {

enum class Why : std::uint8_t {
  stale,         // it was not begun here, in this browser, within ten minutes; or it was used
  denied,        // the provider says no
  refused,       // what it says cannot be taken
  out_of_reach,  // it does not answer, or not as it should
  busy,          // too many at a time
};

struct Trouble {
  Why why = Why::refused;
  std::string what;  // for people: one sentence, no secret
};

}  // namespace evenkeel::openid
