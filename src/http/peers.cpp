#include "http/peers.hpp"

#include <algorithm>
#include <boost/asio/ip/address.hpp>

namespace evenkeel::http {
namespace {

namespace asio_ip = boost::asio::ip;

}  // namespace

Peers::Peer& Peers::find(const std::string& name, Time now) {
  Peer& peer = peers_.try_emplace(name, Peer{0, shares_.burst, now}).first->second;
  const double seconds = std::chrono::duration<double>(now - peer.filled).count();
  peer.tokens = std::min(shares_.burst, peer.tokens + seconds * shares_.requests_per_second);
  peer.filled = now;
  return peer;
}

std::size_t Peers::connect(const std::string& name, Time now) {
  return ++find(name, now).connections;
}

void Peers::disconnect(const std::string& name) {
  const auto found = peers_.find(name);
  if (found != peers_.end() && found->second.connections > 0) --found->second.connections;
}

bool Peers::request(const std::string& name, Time now) {
  Peer& peer = find(name, now);
  if (peer.tokens < 1) return false;
  peer.tokens -= 1;
  return true;
}

void Peers::forget(Time now) {
  std::erase_if(peers_, [&](auto& entry) {
    const double seconds = std::chrono::duration<double>(now - entry.second.filled).count();
    return entry.second.connections == 0 &&
           entry.second.tokens + seconds * shares_.requests_per_second >= shares_.burst;
  });
}

std::string peer_group(const std::string& text) {
  boost::system::error_code fault;
  const auto address = asio_ip::make_address(text, fault);
  if (fault || !address.is_v6()) return text;
  auto bytes = address.to_v6().to_bytes();
  std::fill(bytes.begin() + 8, bytes.end(), static_cast<unsigned char>(0));
  return asio_ip::make_address_v6(bytes).to_string() + "/64";
}

std::optional<std::string> plain_address(std::string_view text) {
  boost::system::error_code fault;
  const auto address = asio_ip::make_address(std::string(text), fault);
  if (fault) return std::nullopt;
  if (address.is_v6() && address.to_v6().is_v4_mapped()) {
    return asio_ip::make_address_v4(asio_ip::v4_mapped, address.to_v6()).to_string();
  }
  return address.to_string();
}

std::string forwarded_for(std::string_view header, const std::string& proxy,
                          const std::vector<std::string>& proxies) {
  std::string nearest = proxy;
  while (!header.empty()) {
    const auto comma = header.rfind(',');
    std::string_view entry = comma == std::string_view::npos ? header : header.substr(comma + 1);
    header = header.substr(0, comma == std::string_view::npos ? 0 : comma);
    entry.remove_prefix(std::min(entry.find_first_not_of(" \t"), entry.size()));
    entry = entry.substr(0, entry.find_last_not_of(" \t") + 1);
    const auto address = plain_address(entry);
    if (!address) break;
    nearest = *address;
    if (std::ranges::find(proxies, nearest) == proxies.end()) break;
  }
  return nearest;
}

}  // namespace evenkeel::http
