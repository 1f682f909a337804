// The requests of one connection, from its bytes. Stricter than the standard asks where two readers of the
// same bytes could differ: no bare LF or CR, no folded lines, no Content-Length beside Transfer-Encoding,
// neither twice, no chunk extensions or trailers, no header twice of which one is meant.
//
// The bytes may come in any pieces. Not for sharing between threads.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "http/http.hpp"
#include "http/problem.hpp"

namespace evenkeel::http {

struct ReadLimits {
  std::size_t target = 4096, header = 16 << 10, body = 1 << 20;
};

class RequestParser;  // Beast's, into our values

class RequestReader {
 public:
  enum class State { idle, header, body, complete, refused };

  explicit RequestReader(const ReadLimits& limits);
  ~RequestReader();

  // Reads on, up to the end of the header or, once that is read, to the end of the request. What comes after
  // it waits for next(). idle: not a byte of a request yet; header, body: in the middle of it.
  State read(std::string_view more);
  [[nodiscard]] State state() const { return state_; }

  // From the end of the header on.
  [[nodiscard]] const Request& request() const { return request_; }
  // The client waits for "100 Continue" before it sends the body.
  [[nodiscard]] bool waits_for_continue() const;
  // What the client asks for, and what this version of HTTP has as its default.
  [[nodiscard]] bool keeps_alive() const;
  [[nodiscard]] bool old_version() const;  // HTTP/1.0: no chunks

  // When refused. No further request can be read.
  [[nodiscard]] const Problem& refusal() const { return refusal_; }

  // The request that is complete; then the next one can be read.
  [[nodiscard]] Request take();

 private:
  State refuse(Problem why);
  State bad(std::string detail);
  [[nodiscard]] bool scan_header();
  State read_header();
  State read_body();
  [[nodiscard]] bool check_header();
  void begin();

  ReadLimits limits_;
  State state_ = State::idle;
  std::string buffer_;
  std::size_t scanned_ = 0, line_ = 0, lines_ = 0;  // of the header: bytes looked at, where the line begins
  std::unique_ptr<RequestParser> parser_;
  Request request_;
  Problem refusal_;
};

}  // namespace evenkeel::http
