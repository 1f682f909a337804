// A PostgreSQL server that a test starts for itself: its own directory, a socket and no port, fsync on.
//
// It ends with the test program. Should the program be killed, the server ends by itself: a watcher that
// holds the other end of a pipe stops it and removes its directory.
#pragma once

#include <filesystem>
#include <string>

namespace evenkeel::test {

class PostgresServer {
 public:
  PostgresServer();  // throws std::runtime_error with the server's own words where it does not start
  ~PostgresServer();
  PostgresServer(const PostgresServer&) = delete;
  PostgresServer& operator=(const PostgresServer&) = delete;

  // One for the test program, started when it is first asked for.
  static PostgresServer& shared();

  [[nodiscard]] std::string conninfo(const std::string& role = "evenkeel") const;
  void start() const;
  void stop_immediately() const;  // as after a crash: what was not flushed is gone
  void run_sql(const std::string& sql, const std::string& role = "evenkeel") const;

 private:
  void control(const std::string& words) const;

  std::filesystem::path directory_;
  int watched_ = -1;
};

}  // namespace evenkeel::test
