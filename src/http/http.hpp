// Requests and responses of HTTP as values, and what answers them. The listener (listener.hpp) makes and
// sends them.
//
// A Request that reaches a handler is well formed: its target is decoded once, is valid UTF-8, and has
// neither control characters nor `.` or `..` segments. Values; safe to use from any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/result.hpp"

namespace evenkeel::http {

enum class Method : std::uint8_t { get, head, post, put, patch, remove };
[[nodiscard]] std::string_view method_text(Method method);  // "DELETE"
// Case matters, as in the standard; none where the method is not served here.
[[nodiscard]] std::optional<Method> method_from_text(std::string_view text);

struct Header {
  std::string name, value;

  bool operator==(const Header&) const = default;
};
// The first with this name, in whatever case.
[[nodiscard]] std::optional<std::string_view> find_header(const std::vector<Header>& headers,
                                                          std::string_view name);

struct Target {
  std::vector<std::string>
      path;  // decoded segments: "/a/b" is a, b; "/a/" is a and an empty one; "/" is none
  std::vector<std::pair<std::string, std::string>> query;  // decoded, in order

  // The first of this name.
  [[nodiscard]] std::optional<std::string_view> parameter(std::string_view name) const;
  bool operator==(const Target&) const = default;
};
// "/a/b?c=d" taken apart. Refused: what does not begin with one slash, empty or dotted segments, a slash or
// backslash written as %2F or %5C, invalid escapes, bytes that are not UTF-8, control characters, more than
// 100 parameters.
[[nodiscard]] Result<Target> parse_target(std::string_view text);

struct Request {
  Method method = Method::get;
  Target target;
  std::vector<Header> headers;
  std::string body;
  std::string peer;     // the address of who asks: of the socket, or what a trusted proxy says
  bool secure = false;  // over TLS, to us or to a trusted proxy

  [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const;  // in whatever case
  // None where the name is absent, or there twice: of two, one may be another's.
  [[nodiscard]] std::optional<std::string_view> cookie(std::string_view name) const;
  bool operator==(const Request&) const = default;
};

// The listener adds Date, Content-Length and Connection. A header that it could not send safely, or that is
// one of these, makes the answer a 500.
struct Response {
  int status = 200;
  std::string type;  // the media type; empty: no Content-Type
  std::string body;
  std::vector<Header> headers;
};

// Where the text of one stream of Server-Sent Events goes. Any thread. The last owner's letting go closes it.
class Sink {
 public:
  virtual ~Sink() = default;
  // In the order of the calls; does not wait. False once closed, or when so much waits for its reader that
  // this does not fit: then the stream is cut, so that a reader knows that it missed something.
  virtual bool send(std::string text) = 0;
  // What was sent before still goes out.
  virtual void close() = 0;
};

// Answered as text/event-stream. `opened` is called on a worker thread once, after the head is on its way.
struct Stream {
  std::vector<Header> headers;
  std::function<void(std::shared_ptr<Sink>)> opened;
  // What is sent every Limits::beat, such as ": beat\n\n"; none: nothing. Called where all connections are
  // served: it is short and does not wait.
  std::function<std::string()> beat;
};

using Answer = std::variant<Response, Stream>;
// For HEAD as for GET: the listener leaves the body out. Called on a worker thread, on several at once; may
// block. What it throws becomes a 500 that does not tell it.
using Handler = std::function<Answer(const Request&)>;

}  // namespace evenkeel::http
