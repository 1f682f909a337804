#include "http/listener.hpp"

#include <fmt/format.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <utility>

#include "http/connection.hpp"

namespace evenkeel::http {
namespace {

const Problem no_room{503, "busy", "Too many connections", "Nothing was done; try again.", ""};
const Problem no_room_for_peer{429, "too_many_connections", "Too many connections from this address", "", ""};

Error unusable(std::string where, std::string what) {
  return {ErrorCode::invalid_input, std::move(where), std::move(what)};
}

std::optional<std::string> zero_limit(const Limits& limits) {
  const std::pair<const char*, bool> wrong[] = {{"target", limits.target == 0},
                                                {"header", limits.header == 0 || limits.header > (1 << 30)},
                                                {"body", limits.body == 0},
                                                {"header_time", limits.header_time.count() <= 0},
                                                {"body_time", limits.body_time.count() <= 0},
                                                {"idle_time", limits.idle_time.count() <= 0},
                                                {"write_time", limits.write_time.count() <= 0},
                                                {"linger", limits.linger.count() <= 0},
                                                {"connections", limits.connections == 0},
                                                {"connections_per_peer", limits.connections_per_peer == 0},
                                                {"requests_per_second", !(limits.requests_per_second > 0)},
                                                {"burst", !(limits.burst >= 1)},
                                                {"workers", limits.workers == 0 || limits.workers > 1024},
                                                {"beat", limits.beat.count() <= 0},
                                                {"stream_queue", limits.stream_queue == 0}};
  for (const auto& [name, is_wrong] : wrong) {
    if (is_wrong) return name;
  }
  return std::nullopt;
}

// How often time limits are looked at: no limit is overrun by more than a quarter.
std::chrono::milliseconds tick_of(const Limits& limits) {
  const auto shortest = std::min({limits.header_time, limits.body_time, limits.idle_time, limits.write_time,
                                  limits.linger, limits.beat});
  return std::clamp<std::chrono::milliseconds>(shortest / 4, std::chrono::milliseconds{2},
                                               std::chrono::milliseconds{250});
}

Result<asio::ip::tcp::endpoint> endpoint_of(const Address& address) {
  const auto host = plain_address(address.host == "localhost" ? "127.0.0.1" : address.host);
  if (!host) {
    return unusable("address",
                    fmt::format("'{}' is no address; use an IP address or localhost", address.host));
  }
  return asio::ip::tcp::endpoint{asio::ip::make_address(*host), address.port};
}

}  // namespace

struct ListenerHall {
  ListenerHall(const Listen& listen, Handler answers)
      : common{.limits = listen.limits,
               .handler = std::move(answers),
               .proxies = {},
               .secure = {},
               .peers = Peers({listen.limits.requests_per_second, listen.limits.burst}),
               .workers{listen.limits.workers},
               .connections = {}} {}

  Result<void> listen(const Address& address);
  void accept();
  void welcome(Socket socket);
  void tick();
  void await_stop();
  void stop_all();
  [[nodiscard]] std::vector<std::shared_ptr<Connection>> all() const {
    return {common.connections.begin(), common.connections.end()};
  }

  Common common;
  asio::ip::tcp::acceptor acceptor{common.io};
  asio::posix::stream_descriptor stop_sign{common.io};
  std::uint16_t port = 0;
  bool accepting = false;
};

Result<void> ListenerHall::listen(const Address& address) {
  const auto endpoint = endpoint_of(address);
  if (!endpoint) return endpoint.error();
  Wire::Fault fault;
  const auto then = [&](auto&& step) {
    if (!fault) step();
  };
  then([&] { acceptor.open(endpoint->protocol(), fault); });
  then([&] { acceptor.set_option(asio::ip::tcp::acceptor::reuse_address(true), fault); });
  then([&] { acceptor.bind(*endpoint, fault); });
  then([&] { acceptor.listen(asio::socket_base::max_listen_connections, fault); });
  then([&] { port = acceptor.local_endpoint(fault).port(); });
  const int sign = fault ? -1 : ::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
  if (!fault && sign < 0) fault.assign(errno, boost::system::system_category());
  then([&] { stop_sign.assign(sign, fault); });
  if (fault) {
    return unusable(fmt::format("{}:{}", address.host, address.port),
                    "cannot listen there: " + fault.message());
  }
  return {};
}

void ListenerHall::accept() {
  accepting = true;
  acceptor.async_accept([this](const Wire::Fault& fault, Socket socket) {
    accepting = false;  // out of files, say: the next tick tries again
    if (common.stopping || fault) return;
    welcome(std::move(socket));
    accept();
  });
}

void ListenerHall::welcome(Socket socket) {
  Wire::Fault fault;
  const auto from = socket.remote_endpoint(fault);
  if (fault) return;
  const Limits& limits = common.limits;
  const std::string address = *plain_address(from.address().to_string());
  const bool proxy = std::ranges::find(common.proxies, address) != common.proxies.end();
  const std::string group = peer_group(address);
  // Some more are told why they are refused; beyond, to be told would itself be a place.
  const std::size_t told = limits.connections / 8 + 16;
  const std::size_t of_peer = common.peers.connect(group, Connection::Clock::now());
  if (common.connections.size() >= limits.connections + told ||
      (!proxy && of_peer > limits.connections_per_peer + told)) {
    common.peers.disconnect(group);
    return;
  }
  std::optional<Problem> refusal;
  if (!proxy && of_peer > limits.connections_per_peer) refusal = no_room_for_peer;
  if (common.connections.size() >= limits.connections) refusal = no_room;
  auto connection = std::make_shared<Connection>(common, std::move(socket), address, std::move(refusal));
  common.connections.insert(connection);
  connection->start();
}

void ListenerHall::tick() {
  common.timer.expires_after(tick_of(common.limits));
  common.timer.async_wait([this](const Wire::Fault&) {
    if (common.stopping && common.connections.empty()) return;
    const auto now = Connection::Clock::now();
    for (const auto& connection : all()) connection->tick(now);
    common.peers.forget(now);
    if (!common.stopping && !accepting) accept();
    tick();
  });
}

void ListenerHall::await_stop() {
  stop_sign.async_wait(asio::posix::stream_descriptor::wait_read, [this](const Wire::Fault&) { stop_all(); });
}

void ListenerHall::stop_all() {
  common.stopping = true;
  Wire::Fault ignored;
  acceptor.close(ignored);
  for (const auto& connection : all()) connection->stop();
  if (common.connections.empty()) common.timer.cancel();
}

Listener::Listener(std::unique_ptr<ListenerHall> hall) : hall_(std::move(hall)) {}
Listener::~Listener() = default;

Result<std::unique_ptr<Listener>> Listener::open(const Listen& listen, Handler handler) {
  if (const auto name = zero_limit(listen.limits))
    return unusable("limits." + *name, "it must be above zero");
  auto hall = std::make_unique<ListenerHall>(listen, std::move(handler));
  for (const std::string& proxy : listen.proxies) {
    auto address = plain_address(proxy);
    if (!address) return unusable("proxies", fmt::format("'{}' is no IP address", proxy));
    hall->common.proxies.push_back(std::move(*address));
  }
  if (listen.tls) {
    auto secure = secure_context(*listen.tls);
    if (!secure) return secure.error();
    hall->common.secure = std::move(*secure);
  }
  if (auto done = hall->listen(listen.address); !done) return done.error();
  return std::unique_ptr<Listener>(new Listener(std::move(hall)));
}

std::uint16_t Listener::port() const {
  return hall_->port;
}

void Listener::run() {
  hall_->await_stop();
  hall_->accept();
  hall_->tick();
  hall_->common.io.run();
  hall_->common.workers.join();
}

void Listener::stop() {
  const std::uint64_t one = 1;
  // Nothing else is safe in a signal handler. It fails only when the sign already stands.
  [[maybe_unused]] const auto written = ::write(hall_->stop_sign.native_handle(), &one, sizeof one);
}

}  // namespace evenkeel::http
