// The bytes of an answer's head. Pure; safe to use from any thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "http/http.hpp"

namespace evenkeel::http {

// How an answer is framed, which the listener decides and nobody else.
struct Framing {
  std::chrono::sys_seconds now;
  bool keep_alive = true;
  bool chunked = false;  // of a stream
};

// The status line and every header, with the empty line. Refused, for it is the handler's mistake: a status
// outside 200..599, a header name that is no token, a value with a control character, a header that is the
// listener's own.
[[nodiscard]] Result<std::string> head_text(const Response& response, const Framing& framing);
[[nodiscard]] Result<std::string> head_text(const Stream& stream, const Framing& framing);

// One chunk with this text, which is not empty; and the last one.
[[nodiscard]] std::string chunk_text(std::string_view text);
inline constexpr std::string_view last_chunk = "0\r\n\r\n";

// Whether a response of this status has a body.
[[nodiscard]] bool has_body(int status);

}  // namespace evenkeel::http
