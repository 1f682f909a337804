// A connected socket, with TLS or without. For the listener's one thread.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <cstddef>
#include <functional>
#include <optional>
#include <string_view>

#include "base/result.hpp"
#include "http/listener.hpp"

namespace evenkeel::http {

namespace asio = boost::asio;
using Socket = asio::ip::tcp::socket;
using SecureContext = asio::ssl::context;

// TLS 1.2 or newer with forward secrecy, HTTP/1.1 by ALPN. Refused: files that are no certificate and its
// key.
[[nodiscard]] Result<SecureContext> secure_context(const Tls& tls);

class Wire {
 public:
  using Fault = boost::system::error_code;
  using Done = std::function<void(const Fault&, std::size_t)>;

  Wire(Socket socket, SecureContext* secure);

  [[nodiscard]] bool secure() const { return tls_.has_value(); }
  void handshake(Done done);
  void read(char* bytes, std::size_t size, Done done);
  void write(std::string_view text, Done done);  // all of it; `text` must live until then
  enum class Goodbye { both_said, more_may_come };
  // Says that no more comes. `reading`: whether a read is under way, which is left alone.
  void say_goodbye(bool reading, std::function<void(Goodbye)> done);
  // Reads on below TLS, where more may come.
  void discard(char* bytes, std::size_t size, Done done);
  void close();
  // Without waiting for what was not taken yet: the other side sees that the answer broke off.
  void cut();

 private:
  Socket socket_;
  std::optional<asio::ssl::stream<Socket&>> tls_;
};

}  // namespace evenkeel::http
