// What went wrong, as RFC 9457 has it: application/problem+json, never to be kept by a cache.
// Pure; safe to use from any thread.
#pragma once

#include <string>

#include "base/result.hpp"
#include "http/http.hpp"

namespace evenkeel::http {

struct Problem {
  int status = 500;
  std::string code;    // for programs, such as "invalid_input"
  std::string title;   // the same for all of its code
  std::string detail;  // this one
  std::string field;   // where in the input, where there is such a place

  bool operator==(const Problem&) const = default;
};

// {"type", "title", "status", "code", "detail"?, "field"?, "errors"?: [{"code", "field", "detail"}]}
[[nodiscard]] Response problem(const Problem& what);

// invalid_input 422, not_found 404, outside_domain 409, storage 503, stale 412, not_permitted 403.
// What the store says of itself is not told to clients.
[[nodiscard]] int status_of(ErrorCode code);
[[nodiscard]] Response problem(const Error& error);
// The first fifty under "errors". Status, detail and field are those of the weightiest: storage, then
// not_permitted, not_found, stale, invalid_input, outside_domain. `errors` has at least one.
[[nodiscard]] Response problem(const Errors& errors);

}  // namespace evenkeel::http
