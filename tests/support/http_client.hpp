// A client of HTTP/1.1 that sends the bytes it is given. What does not come within twenty seconds, does not
// come.
#pragma once

#include <arpa/inet.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <csignal>
#include <cstdint>
#include <string>
#include <string_view>

namespace evenkeel::test {

struct Reply {
  int status = 0;    // 0: none came
  std::string head;  // the status line and headers
  std::string body;  // chunks put together

  [[nodiscard]] std::string header(std::string_view name) const {
    const auto at = head.find("\r\n" + std::string(name) + ": ");
    if (at == std::string::npos) return "";
    const auto from = at + name.size() + 4;
    return head.substr(from, head.find("\r\n", from) - from);
  }
  [[nodiscard]] std::size_t count(std::string_view name) const {
    std::size_t found = 0;
    for (auto at = head.find(name); at != std::string::npos; at = head.find(name, at + 1)) ++found;
    return found;
  }
};

class HttpClient {
 public:
  // `tls`: not owned; none for plain TCP.
  explicit HttpClient(std::uint16_t port, SSL_CTX* tls = nullptr)
      : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    const timeval patience{20, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ = ::connect(socket_, reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0;
    if (tls == nullptr || !connected_) return;
    std::signal(SIGPIPE, SIG_IGN);  // OpenSSL writes to what the server has closed
    tls_ = SSL_new(tls);
    SSL_set_fd(tls_, socket_);
    connected_ = SSL_connect(tls_) == 1;
  }
  ~HttpClient() {
    SSL_free(tls_);
    ::close(socket_);
  }
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  [[nodiscard]] bool connected() const { return connected_; }
  [[nodiscard]] SSL* tls() const { return tls_; }

  // Whether all could be sent: a server that has refused may have closed.
  bool send(std::string_view text) {
    while (!text.empty()) {
      const auto sent = tls_ != nullptr ? SSL_write(tls_, text.data(), static_cast<int>(text.size()))
                                        : ::send(socket_, text.data(), text.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      text.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }
  void end_sending() { ::shutdown(socket_, SHUT_WR); }
  // Up to and with `mark`; empty where it does not come.
  std::string until(std::string_view mark) {
    auto at = waiting_.find(mark);
    while (at == std::string::npos && more()) at = waiting_.find(mark);
    return at == std::string::npos ? "" : taken(at + mark.size());
  }
  std::string exactly(std::size_t size) {
    while (waiting_.size() < size && more()) {
    }
    return waiting_.size() < size ? "" : taken(size);
  }
  // One chunk of a chunked body; empty for the last.
  std::string chunk() {
    const std::string size = until("\r\n");
    if (size.empty()) return "";
    const std::string text = exactly(std::stoul(size, nullptr, 16) + 2);
    return text.substr(0, text.size() - 2);
  }
  Reply reply(bool head_only = false) {
    Reply reply;
    reply.head = until("\r\n\r\n");
    if (reply.head.size() < 12) return reply;
    reply.status = std::stoi(reply.head.substr(9, 3));
    if (head_only) return reply;
    if (reply.header("Transfer-Encoding") == "chunked") {
      for (std::string part = chunk(); !part.empty(); part = chunk()) reply.body += part;
    } else if (const std::string size = reply.header("Content-Length"); !size.empty()) {
      reply.body = exactly(std::stoul(size));
    }
    return reply;
  }
  Reply ask(std::string_view request) {
    send(request);
    return reply();
  }
  // Whether the server closes and nothing more comes before.
  bool ends() { return waiting_.empty() && !more(); }
  // Whether something can be read, in so many milliseconds.
  bool readable(int patience) {
    pollfd what{socket_, POLLIN, 0};
    return ::poll(&what, 1, patience) == 1;
  }
  static HttpClient& first_readable(HttpClient& a, HttpClient& b) {
    pollfd both[] = {{a.socket_, POLLIN, 0}, {b.socket_, POLLIN, 0}};
    ::poll(both, 2, 20'000);
    return both[0].revents != 0 ? a : b;
  }
  // Whether the connection breaks, without a byte of it being read.
  bool breaks() {
    pollfd what{socket_, 0, 0};
    return ::poll(&what, 1, 20'000) == 1;
  }

 private:
  bool more() {
    char bytes[16384];
    const auto size =
        tls_ != nullptr ? SSL_read(tls_, bytes, sizeof bytes) : ::recv(socket_, bytes, sizeof bytes, 0);
    if (size > 0) waiting_.append(bytes, static_cast<std::size_t>(size));
    return size > 0;
  }
  std::string taken(std::size_t size) {
    std::string text = waiting_.substr(0, size);
    waiting_.erase(0, size);
    return text;
  }

  int socket_;
  SSL* tls_ = nullptr;
  bool connected_ = false;
  std::string waiting_;
};

}  // namespace evenkeel::test
