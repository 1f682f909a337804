// A process that is killed while it writes, and a second process on the same file.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <map>
#include <random>
#include <set>
#include <sstream>
#include <thread>

#include "support.hpp"

namespace evenkeel::store::test {
namespace {

// The driver as a child whose words come through a pipe.
class Driver {
 public:
  Driver(const std::filesystem::path& file, const std::string& threads, const std::string& round) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    const std::string name = file.string();
    child_ = fork();
    if (child_ == 0) {
      dup2(ends[1], STDOUT_FILENO);
      execl(EVENKEEL_STORE_DRIVER, "store_driver", name.c_str(), threads.c_str(), round.c_str(), nullptr);
      _exit(127);
    }
    close(ends[1]);
    out_ = ends[0];
  }
  ~Driver() {
    if (child_ > 0) end(SIGKILL);
    close(out_);
  }
  Driver(const Driver&) = delete;
  Driver& operator=(const Driver&) = delete;

  [[nodiscard]] pid_t process() const { return child_; }

  // Until there are as many lines, or no more come.
  void read_lines(std::size_t lines) {
    char bytes[4096];
    while (count_ < lines) {
      const auto size = read(out_, bytes, sizeof bytes);
      if (size < 0 && errno == EINTR) continue;
      if (size <= 0) return;
      said_.append(bytes, static_cast<std::size_t>(size));
      count_ = static_cast<std::size_t>(std::count(said_.begin(), said_.end(), '\n'));
    }
  }

  int end(int signal) {
    if (signal != 0) kill(child_, signal);
    int status = 0;
    waitpid(child_, &status, 0);
    child_ = -1;
    read_lines(SIZE_MAX);
    return status;
  }

  [[nodiscard]] const std::string& said() const { return said_; }

 private:
  pid_t child_ = -1;
  int out_ = -1;
  std::string said_;
  std::size_t count_ = 0;
};

std::multiset<std::string> keys_of(EventLog& log) {
  std::multiset<std::string> keys;
  EXPECT_TRUE(log.each_entry([&](const Entry& entry) {
    keys.insert(entry.stream.id + " " + entry.key);
    return true;
  }));
  return keys;
}

// Kills it at a random moment, again and again, and reopens the same log.
void kill_rounds(int rounds, const std::string& threads) {
  const auto seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random{seed};
  const TempFolder folder;
  const auto file = folder / "log.sqlite";
  std::set<std::string> acknowledged;
  for (int round = 0; round < rounds; ++round) {
    Driver driver{file, threads, std::to_string(round)};
    driver.read_lines(1 + random() % 400);
    driver.end(SIGKILL);
    std::istringstream lines{driver.said()};
    for (std::string line; std::getline(lines, line);) {
      if (line != "ready") acknowledged.insert(line);
    }
    auto log = must_open(file);
    const auto verified = verify(*log);
    ASSERT_TRUE(verified.sound()) << told(verified);
    const auto keys = keys_of(*log);
    for (const auto& key : acknowledged) ASSERT_EQ(keys.count(key), 1U) << key << " in round " << round;
    const std::set<std::string> once{keys.begin(), keys.end()};
    ASSERT_EQ(once.size(), keys.size()) << "an entry is there twice";
  }
  EXPECT_GT(acknowledged.size(), static_cast<std::size_t>(rounds));
  EXPECT_TRUE(check_sqlite_file(file)->empty());
}

// R5, R6
TEST(Kill9, LosesNoAcknowledgedEntryAndDoublesNone) {
  kill_rounds(8, "8");
}

// R5, R6
TEST(Kill9Soak, LosesNoAcknowledgedEntryAndDoublesNone) {
  kill_rounds(100, "16");
}

TEST(MillionSoak, OpensInASecondAndListsADayInTenMilliseconds) {
  using Clock = std::chrono::steady_clock;
  const auto milliseconds = [](Clock::time_point since) {
    return std::chrono::duration<double, std::milli>(Clock::now() - since).count();
  };
  const TempFolder folder;
  const auto file = folder / "log.sqlite";
  {
    auto log = must_open(file);
    for (int batch = 0; batch < 100; ++batch) {
      Append what{patient(std::to_string(batch)), 0, {}};
      for (int i = 0; i < 10'000; ++i) {
        const Instant when = Instant{at("2026-01-01T00:00:00Z").time() + i * std::chrono::minutes{53}};
        what.entries.push_back({std::to_string(i), i % 50 == 0 ? "session_started" : "vitals", when, "{}"});
      }
      ASSERT_TRUE(log->append(what, nurse()));
    }
  }
  const auto opening = Clock::now();
  auto log = must_open(file);
  EXPECT_LT(milliseconds(opening), 1'000);
  std::vector<double> times;
  for (int i = 0; i < 5; ++i) {
    const auto searching = Clock::now();
    const auto found = log->find(StreamKind::patient, "session_started", at("2026-03-02T00:00:00Z"),
                                 at("2026-03-04T00:00:00Z"), 1'000, nurse());
    times.push_back(milliseconds(searching));
    ASSERT_TRUE(found);
    EXPECT_GE(found->size(), 100U);
  }
  EXPECT_LT(*std::min_element(times.begin(), times.end()), 10);
  const auto verified = verify(*log);
  EXPECT_TRUE(verified.sound()) << told(verified);
  EXPECT_EQ(verified.entries, 1'000'000U);
}

TEST(SecondProcess, IsRefusedAndToldWhichOneHasTheLog) {
  const TempFolder folder;
  const auto file = folder / "log.sqlite";
  Driver holder{file, "1", "0"};
  holder.read_lines(1);
  Driver second{file, "open", ""};
  EXPECT_NE(second.end(0), 0);
  EXPECT_NE(second.said().find("process " + std::to_string(holder.process()) + " has this log open"),
            std::string::npos)
      << second.said();
  EXPECT_FALSE(open_sqlite(file));
  holder.end(SIGKILL);
  Driver third{file, "open", ""};
  EXPECT_EQ(third.end(0), 0);
  EXPECT_EQ(third.said(), "open\n");
}

}  // namespace
}  // namespace evenkeel::store::test
