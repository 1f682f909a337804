// What is refused before either store looks at it: names without bounds, texts that one of the two could
// not keep as they are. Pure functions; the errors say what was seen and what is allowed.
#pragma once

#include <cstdint>
#include <string_view>

#include "store/event_log.hpp"

namespace evenkeel::store {

constexpr std::size_t most_entries = 10'000;           // of one append
constexpr std::size_t most_text_bytes = 1'048'576;     // of one entry: 1 MiB
constexpr std::size_t most_append_bytes = 67'108'864;  // of all texts of one append: 64 MiB
constexpr std::size_t most_name_bytes = 200;           // a key, a kind, an actor, a role, a stream's id
constexpr std::size_t most_subject_bytes = 2'000;      // also a purpose
constexpr std::size_t most_detail_bytes = 10'000;

// `invalid_input` in every case. NUL bytes and bytes that are not UTF-8 are refused everywhere.
[[nodiscard]] Result<void> check(const StreamName& stream);
[[nodiscard]] Result<void> check_peek(const StreamName& stream);
[[nodiscard]] Result<void> check(const Append& what);
[[nodiscard]] Result<void> check(const Request& who);
[[nodiscard]] Result<void> check_kind(std::string_view kind);
[[nodiscard]] Result<void> check_note(std::string_view subject, std::string_view detail);

// The code that a stored number stands for. One that does not fit is cut to no other: it is 0, which is none,
// so that the alteration shows.
template <class Code>
[[nodiscard]] constexpr Code code_of(std::int64_t stored) {
  return static_cast<Code>(stored >= 0 && stored <= 255 ? static_cast<std::uint8_t>(stored) : 0);
}

[[nodiscard]] std::string_view kind_word(StreamKind kind);  // "patient"; empty for what is no kind

// "patient/example": how an audit entry and an error name a stream.
[[nodiscard]] std::string to_string(const StreamName& stream);

// Well-formed UTF-8 as RFC 3629 has it: no surrogates, no overlong forms, nothing above U+10FFFF.
[[nodiscard]] bool is_utf8(std::string_view bytes);

}  // namespace evenkeel::store
