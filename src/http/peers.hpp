// How much each peer takes: connections at a time, and requests per second by a bucket of tokens. Time is an
// argument. For one thread.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace evenkeel::http {

class Peers {
 public:
  using Time = std::chrono::steady_clock::time_point;
  struct Shares {
    double requests_per_second, burst;
  };
  explicit Peers(const Shares& shares) : shares_(shares) {}

  // Counts one more connection; how many it has now. Each is taken back by disconnect().
  std::size_t connect(const std::string& peer, Time now);
  void disconnect(const std::string& peer);
  // Takes a token of the peer's bucket; false when it is empty.
  [[nodiscard]] bool request(const std::string& peer, Time now);
  // Forgets peers without connections whose bucket is full again.
  void forget(Time now);
  [[nodiscard]] std::size_t size() const { return peers_.size(); }

 private:
  struct Peer {
    std::size_t connections = 0;
    double tokens;
    Time filled;
  };
  Peer& find(const std::string& peer, Time now);

  Shares shares_;
  std::unordered_map<std::string, Peer> peers_;
};

// What limits count for: an IPv4 address, or the /64 of an IPv6 address, which one machine has to itself.
[[nodiscard]] std::string peer_group(const std::string& address);

// One text for each address: 127.0.0.1 also for ::ffff:127.0.0.1. None where the text is no address.
[[nodiscard]] std::optional<std::string> plain_address(std::string_view text);

// Who asks through `proxy`: the last address of X-Forwarded-For that is not itself one of `proxies`.
[[nodiscard]] std::string forwarded_for(std::string_view header, const std::string& proxy,
                                        const std::vector<std::string>& proxies);

}  // namespace evenkeel::http
