// PostgreSQL's faults: the server restarts, a client is killed, the server stays away. What was acknowledged
// is there, once, and the chain verifies.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <csignal>
#include <mutex>
#include <set>
#include <thread>

#include "places.hpp"
#include "store/postgres_log.hpp"
#include "support/postgres_server.hpp"

extern char** environ;

namespace evenkeel::store {
namespace {

class Client {
 public:
  Client(const std::string& conninfo, const std::string& name, int count) {
    std::array<int, 2> pipe{};
    if (pipe2(pipe.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    std::array<std::string, 5> words{EVENKEEL_STORE_CLIENT, conninfo, "evenkeel", name,
                                     std::to_string(count)};
    std::array<char*, 6> given{};
    for (std::size_t i = 0; i < words.size(); ++i) given[i] = words[i].data();
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, pipe[1], 1);
    const int failed = posix_spawn(&process_, words[0].c_str(), &actions, nullptr, given.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    close(pipe[1]);
    out_ = fdopen(pipe[0], "r");
    if (failed != 0 || out_ == nullptr) throw std::runtime_error("no client");
  }
  ~Client() {
    if (process_ != 0) kill_and_wait();
    std::fclose(out_);
  }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  // The next acknowledged key, or nothing at the end.
  std::optional<std::string> next() {
    std::array<char, 256> line{};
    if (std::fgets(line.data(), line.size(), out_) == nullptr) return std::nullopt;
    std::string key = line.data();
    if (key.empty() || key.back() != '\n') return std::nullopt;  // killed while it printed
    key.pop_back();
    return key;
  }

  int wait() {
    int status = 0;
    waitpid(process_, &status, 0);
    process_ = 0;
    return status;
  }

  void kill_and_wait() {
    ::kill(process_, SIGKILL);
    wait();
  }

 private:
  pid_t process_ = 0;
  std::FILE* out_ = nullptr;
};

class PostgresFaults : public testing::Test {
 protected:
  void TearDown() override { server_.run_sql("drop schema if exists evenkeel cascade"); }

  std::unique_ptr<EventLog> must_open(std::chrono::milliseconds patience = std::chrono::seconds{60}) {
    PostgresOptions options;
    options.create = true;
    options.patience = patience;
    auto log = open_postgres(server_.conninfo(), options);
    EXPECT_TRUE(log) << to_string(log.error());
    return log ? std::move(*log) : nullptr;
  }

  // Appends under restarts from eight threads, each to its own stream; every key twice, as after a lost
  // answer.
  void append_while_restarting(int restarts) {
    constexpr int threads = 8;
    const auto log = must_open();
    std::atomic<bool> stop{false};
    std::atomic<int> acknowledged{0};
    std::atomic<int> refused{0};
    std::array<std::vector<std::string>, threads> kept;
    std::vector<std::thread> running;
    for (int thread = 0; thread < threads; ++thread) {
      running.emplace_back([&, thread] {
        const StreamName own = patient(std::to_string(thread));
        for (std::uint64_t n = 0; !stop; ++n) {
          const std::string key = "k" + std::to_string(n);
          auto done = log->append(one(own, n, key, key), nurse());
          for (int retry = 0; !done && retry < 3; ++retry) done = log->append(one(own, n, key, key), nurse());
          if (!done) {
            ++refused;
            return;
          }
          kept[std::size_t(thread)].push_back(key);
          ++acknowledged;
        }
      });
    }
    for (int i = 0; i < restarts; ++i) {
      for (const int seen = acknowledged; acknowledged < seen + 100 && refused == 0;)
        std::this_thread::yield();
      server_.stop_immediately();
      server_.start();
    }
    for (const int seen = acknowledged; acknowledged < seen + 100 && refused == 0;) std::this_thread::yield();
    stop = true;
    for (std::thread& thread : running) thread.join();
    EXPECT_EQ(refused, 0);
    for (int thread = 0; thread < threads; ++thread) {
      const auto entries = log->read(patient(std::to_string(thread)), 0, nurse());
      ASSERT_TRUE(entries) << to_string(entries.error());
      std::vector<std::string> keys;
      for (const Entry& entry : *entries) keys.push_back(entry.key);
      EXPECT_EQ(keys, kept[std::size_t(thread)]) << "lost, doubled or out of order";
    }
    expect_sound(*log);
  }

  test::PostgresServer& server_ = test::PostgresServer::shared();
};

// R5 R6
TEST_F(PostgresFaults, ServerRestartingUnderLoadLosesAndDoublesNothing) {
  append_while_restarting(3);
}

TEST_F(PostgresFaults, SlowServerRestartingTwentyTimesUnderLoad) {
  append_while_restarting(20);
}

// R5
TEST_F(PostgresFaults, ServerThatStaysAwayIsSaidAndWorksAgainWhenItIsBack) {
  const auto log = must_open(std::chrono::milliseconds{1000});
  ASSERT_TRUE(log->append(one(patient("a"), 0, "k1"), nurse()));
  server_.stop_immediately();
  const auto away = log->append(one(patient("a"), 1, "k2"), nurse());
  ASSERT_FALSE(away);
  EXPECT_EQ(away.error().code, ErrorCode::storage);
  EXPECT_NE(away.error().what.find("same key"), std::string::npos) << away.error().what;
  EXPECT_FALSE(log->read(patient("a"), 0, nurse())) << "no answer without an audit entry";
  server_.start();
  const auto done = log->append(one(patient("a"), 1, "k2"), nurse());
  ASSERT_TRUE(done) << to_string(done.error());
  EXPECT_EQ(log->read(patient("a"), 0, nurse())->size(), 2U);
  expect_sound(*log);
}

// R5 R6
TEST_F(PostgresFaults, KilledClientLeavesAllThatItAcknowledged) {
  const auto log = must_open();
  std::set<std::string> acknowledged;
  for (int round = 0; round < 4; ++round) {
    Client client{server_.conninfo(), "round" + std::to_string(round), 1'000'000};
    for (int n = 0; n < 15 + 10 * round; ++n) {
      const auto key = client.next();
      ASSERT_TRUE(key);
      acknowledged.insert(*key);
    }
    client.kill_and_wait();
    while (const auto key = client.next()) acknowledged.insert(*key);
  }
  std::set<std::string> kept;
  const auto entries = log->read(patient("processes"), 0, nurse());
  ASSERT_TRUE(entries) << to_string(entries.error());
  for (const Entry& entry : *entries) {
    EXPECT_TRUE(kept.insert(entry.key).second) << entry.key;
  }
  for (const std::string& key : acknowledged) EXPECT_EQ(kept.count(key), 1U) << key;
  EXPECT_LE(kept.size(), acknowledged.size() + 4) << "one append at most was on its way in each round";
  expect_sound(*log);
}

// R5 R6
TEST_F(PostgresFaults, TwoProcessesShareOneLogAndItsChain) {
  const auto log = must_open();
  constexpr int each = 60;
  Client first{server_.conninfo(), "first", each};
  Client second{server_.conninfo(), "second", each};
  int acknowledged = 0;
  while (first.next()) ++acknowledged;
  while (second.next()) ++acknowledged;
  EXPECT_EQ(first.wait(), 0);
  EXPECT_EQ(second.wait(), 0);
  EXPECT_EQ(acknowledged, 2 * each);
  EXPECT_EQ(log->read(patient("processes"), 0, nurse())->size(), std::size_t{2} * each);
  expect_sound(*log);
}

}  // namespace
}  // namespace evenkeel::store
