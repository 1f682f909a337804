// HTTP/1.1 over TCP or TLS: one thread for all connections, some workers for the handlers. Bounded
// everywhere: each size, time and number has its limit, and what goes over one is refused with a problem and
// then closed.
//
//   auto listener = Listener::open({.address = {"127.0.0.1", 8443}, .tls = Tls{certificate, key}}, handler);
//   (*listener)->run();
//
// It writes no log: a path or a body may name a patient.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "http/http.hpp"

namespace evenkeel::http {

struct Limits {
  std::size_t target = 4096;      // bytes of the request target: 414
  std::size_t header = 16 << 10;  // bytes of the request line and headers: 431; at most 100 headers
  std::size_t body = 1 << 20;     // bytes of a body: 413

  std::chrono::milliseconds header_time{10'000};  // from the first byte, also for the TLS handshake: 408
  std::chrono::milliseconds body_time{30'000};    // from the end of the headers: 408
  std::chrono::milliseconds idle_time{75'000};    // between requests: closed
  std::chrono::milliseconds write_time{20'000};   // for each 64 KiB of an answer to be taken: cut
  std::chrono::milliseconds linger{2'000};        // for the client to close, after the last answer

  // Of all connections; below the usual 1,024 open files. Over it: 503, and far over it closed at once.
  std::size_t connections = 768;
  std::size_t connections_per_peer = 128;  // 429. Several browsers of a clinic may share one address
  double requests_per_second = 100;        // for each peer: 429
  double burst = 400;                      // requests that a quiet peer may make at once
  std::size_t workers = 8;                 // handlers at a time
  std::size_t queue = 256;                 // requests that wait for a worker: 503

  std::chrono::milliseconds beat{15'000};  // of a stream
  std::size_t stream_queue = 256 << 10;    // bytes that wait for a stream's reader: cut
};

struct Address {
  std::string host;        // an IP address, or localhost
  std::uint16_t port = 0;  // 0: any that is free
};

// PEM files: the certificate with its chain, and its key without a password.
struct Tls {
  std::filesystem::path certificate, key;
};

struct Listen {
  Address address;
  std::optional<Tls> tls;  // 1.2 or newer
  Limits limits;
  // Addresses whose X-Forwarded-For and X-Forwarded-Proto are believed; nobody else's are.
  std::vector<std::string> proxies;
};

struct ListenerHall;  // what it is made of

class Listener {
 public:
  // Listens from now on, and answers once run() is called. Refused: an address that cannot be had, a
  // certificate or key that cannot be used, a limit of zero.
  [[nodiscard]] static Result<std::unique_ptr<Listener>> open(const Listen& listen, Handler handler);
  ~Listener();  // after run() has returned
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  [[nodiscard]] std::uint16_t port() const;
  // Serves until stop(), then finishes what is in work; once.
  void run();
  // From any thread or a signal handler, before or while run(): refuses new connections, answers the requests
  // that have begun, closes streams after what they hold.
  void stop();

 private:
  explicit Listener(std::unique_ptr<ListenerHall> hall);
  std::unique_ptr<ListenerHall> hall_;
};

}  // namespace evenkeel::http
