// One connection of a client, from its first byte to its last. For the listener's one thread; only handlers
// run on others, and what they answer is posted back.
#pragma once

#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "http/feed.hpp"
#include "http/http.hpp"
#include "http/listener.hpp"
#include "http/peers.hpp"
#include "http/problem.hpp"
#include "http/request_reader.hpp"
#include "http/wire.hpp"

namespace evenkeel::http {

class Connection;

// What all connections of a listener share; lives longer than they.
struct Common {
  Limits limits;
  Handler handler;
  std::vector<std::string> proxies;  // as plain_address() writes them
  std::optional<SecureContext> secure;
  Peers peers;
  asio::io_context io{1};
  asio::steady_timer timer{io};  // of the time limits; cancelled when the last connection goes after stop()
  asio::thread_pool workers;
  std::size_t in_work = 0;  // requests that are with the workers, or wait for one
  bool stopping = false;
  std::unordered_set<std::shared_ptr<Connection>> connections;
};

class Connection : public std::enable_shared_from_this<Connection> {
 public:
  using Clock = std::chrono::steady_clock;
  using Time = Clock::time_point;

  // `refusal`: what every request on it is answered with, where there are too many connections already.
  Connection(Common& common, Socket socket, std::string address, std::optional<Problem> refusal);

  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  void start();
  void tick(Time now);  // looks at its time limits
  void stop();          // ends it as soon as what is in work is answered

 private:
  enum class Phase { handshake, idle, header, body, working, writing, streaming, leaving, closed };
  enum class Then { idle, body, stream, leave };  // once all is written

  [[nodiscard]] bool trusted() const;
  void await_request();
  void read();
  void on_read(const Wire::Fault& fault, std::size_t size);
  void proceed(RequestReader::State state);
  void begin_body();
  [[nodiscard]] bool admitted();
  [[nodiscard]] std::string asker() const;
  void work();
  void answered(Answer answer);
  void respond(Response response);
  void begin_stream(Stream stream);
  void pump();
  void refuse(const Problem& why);
  void send(std::string text, Then then);
  void write_piece();
  void written();
  void leave();
  void drain();
  void close();
  void cut();

  Common& common_;
  Wire wire_;
  std::string address_, group_;
  std::optional<Problem> refusal_;
  RequestReader reader_;
  Phase phase_ = Phase::idle;
  Time deadline_, beat_at_;
  bool reading_ = false, ended_ = false;  // of what the client sends
  std::array<char, 8192> bytes_;

  bool admitted_ = false;                                         // of the request that is being read
  bool keep_alive_ = false, head_only_ = false, chunks_ = false;  // of the request that is in work
  std::string out_;
  std::size_t sent_ = 0;
  Then then_ = Then::idle;
  std::shared_ptr<Feed> feed_;
  std::function<std::string()> beat_;
};

}  // namespace evenkeel::http
