// What a function returns when it can fail for a reason outside this program.
//
// An Error says what was seen, where, and what is allowed. It is about the software and its input;
// something found about the patient is a watch::Finding, never an Error.
// Values; safe to use from any thread.
#pragma once

#include <cstdint>
#include <string>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

namespace evenkeel {

// Few and frozen: programs switch on them, people read `what`.
enum class ErrorCode : std::uint8_t {
  invalid_input = 1,   // malformed, contradictory or implausible
  not_found = 2,       // a name that nothing carries
  outside_domain = 3,  // well formed, but a model or protocol does not cover it
  storage = 4,         // a file could not be read or written
  stale = 5,           // what it was based on has changed since: read again
  not_permitted = 6,   // not in this role, or not by this person
};

struct Error {
  ErrorCode code = ErrorCode::invalid_input;
  std::string where;  // a path: "examples/a.jsonl:7: body.dose.unit"
  std::string what;   // one sentence: what was seen, what is allowed

  bool operator==(const Error&) const = default;
};

using Errors = std::vector<Error>;

template <class T, class E = Error>
class [[nodiscard]] Result : public tl::expected<T, E> {
 public:
  using tl::expected<T, E>::expected;
  Result(E error) : tl::expected<T, E>(tl::unexpect, std::move(error)) {}
};

// "where: what", or what alone where there is no place to name.
[[nodiscard]] std::string to_string(const Error& error);

}  // namespace evenkeel
