// A disk that fails, fills up, loses power, or keeps less than it was given.
#include <gtest/gtest.h>

#include <atomic>
#include <fstream>
#include <map>
#include <thread>

#include "faulty_vfs.hpp"
#include "support.hpp"

namespace evenkeel::store::test {
namespace {

SqliteOptions on_faulty_disk() {
  SqliteOptions options;
  options.vfs = FaultyDisk::name;
  return options;
}

class Disk : public testing::Test {
 protected:
  void SetUp() override { disk_.heal(); }
  void TearDown() override { disk_.heal(); }

  // Appends until it fails, at most so many times; large texts, so that checkpoints come too.
  std::uint64_t append_until_it_fails(EventLog& log, int most) {
    for (int i = 0; i < most; ++i) {
      const auto done = log.append(next(), nurse());
      if (!done) return acknowledged_;
      acknowledged_ = done->version;
    }
    return acknowledged_;
  }

  [[nodiscard]] Append next() const {
    return one(patient("a"), acknowledged_, std::to_string(acknowledged_), std::string(300'000, 'x'));
  }

  void expect_refuses_everything(EventLog& log) {
    for (const auto& error : {log.append(next(), nurse()).error(), log.read(patient("a"), 0, nurse()).error(),
                              log.ready().error(), log.note(Action::denied, "", "", nurse()).error()}) {
      EXPECT_EQ(error.code, ErrorCode::storage);
      EXPECT_NE(error.what.find("takes nothing more"), std::string::npos) << error.what;
      EXPECT_NE(error.what.find("run verify"), std::string::npos) << error.what;
    }
  }

  // Nothing acknowledged is lost, and what failed can be sent again.
  void expect_whole_when_reopened() {
    auto log = must_open(file_);
    const auto verified = verify(*log);
    ASSERT_TRUE(verified.sound()) << told(verified);
    ASSERT_GE(verified.entries, acknowledged_);
    ASSERT_LE(verified.entries, acknowledged_ + 1) << "at most what was under way";
    const auto again = log->append(next(), nurse());
    ASSERT_TRUE(again) << to_string(again.error());
    ASSERT_EQ(again->version, acknowledged_ + 1);
    ASSERT_EQ(again->repeated, verified.entries == acknowledged_ + 1);
  }

  void fail_at_each_call(FaultyDisk::Fault fault, std::uint64_t step, std::uint64_t last) {
    for (fault.from = 1; fault.from <= last; fault.from += step) {
      SCOPED_TRACE("from call " + std::to_string(fault.from));
      acknowledged_ = 0;
      auto log = must_open(file_, on_faulty_disk());
      append_until_it_fails(*log, 1);
      disk_.fail(fault);
      append_until_it_fails(*log, 30);
      ASSERT_GT(disk_.failed(), 0U) << "the fault was never met";
      disk_.heal();
      expect_refuses_everything(*log);
      log.reset();
      expect_whole_when_reopened();
      std::filesystem::remove(file_);
    }
  }

  FaultyDisk& disk_ = FaultyDisk::get();
  TempFolder folder_;
  const std::filesystem::path file_ = folder_ / "log.sqlite";
  std::uint64_t acknowledged_ = 0;
};

// R5, R6
TEST_F(Disk, AfterAFailedWriteTheLogRefusesEverythingAndLosesNothing) {
  FaultyDisk::Fault fault;
  fault.writes = true;
  fail_at_each_call(fault, 131, 2'000);
}

TEST_F(Disk, AfterAFailedSyncTheLogRefusesEverythingAndLosesNothing) {
  FaultyDisk::Fault fault;
  fault.syncs = true;
  fault.code = SQLITE_IOERR_FSYNC;
  fail_at_each_call(fault, 1, 16);
}

TEST_F(Disk, OneFailedSyncIsEnoughAlsoWhenTheNextWouldSucceed) {
  FaultyDisk::Fault fault;
  fault.syncs = true;
  fault.code = SQLITE_IOERR_FSYNC;
  fault.from = 3;
  fault.until = 4;
  auto log = must_open(file_, on_faulty_disk());
  disk_.fail(fault);
  append_until_it_fails(*log, 10);
  EXPECT_LT(acknowledged_, 3U);
  EXPECT_EQ(disk_.failed(), 1U);
  expect_refuses_everything(*log);
  log.reset();
  expect_whole_when_reopened();
}

TEST_F(Disk, AFullDiskIsSaidAndLosesNothing) {
  FaultyDisk::Fault fault;
  fault.writes = true;
  fault.code = SQLITE_FULL;
  auto log = must_open(file_, on_faulty_disk());
  fault.from = 200;
  disk_.fail(fault);
  append_until_it_fails(*log, 30);
  const auto refused = log->append(next(), nurse());
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().what.find("full"), std::string::npos) << refused.error().what;
  EXPECT_NE(refused.error().what.find("free space"), std::string::npos) << refused.error().what;
  log.reset();
  disk_.heal();
  expect_whole_when_reopened();
}

// R5, R6
TEST_F(Disk, WhenThePowerGoesNoAcknowledgedEntryIsLost) {
  const auto seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random{seed};
  auto log = must_open(file_, on_faulty_disk());
  std::atomic<bool> stop{false};
  std::array<std::atomic<std::uint64_t>, 4> acknowledged{};
  std::vector<std::thread> writers;
  for (std::size_t w = 0; w < acknowledged.size(); ++w) {
    writers.emplace_back([&, w] {
      while (!stop) {
        const std::uint64_t version = acknowledged[w];
        const auto done = log->append(
            one(patient(std::to_string(w)), version, std::to_string(version), std::string(20'000, 'x')),
            nurse());
        ASSERT_TRUE(done) << to_string(done.error());
        acknowledged[w] = done->version;
      }
    });
  }
  using Versions = std::array<std::uint64_t, 4>;
  std::vector<Versions> before(10);
  for (std::size_t round = 0; round < before.size(); ++round) {
    std::uint64_t sum = 0;
    while (sum < 40 * (round + 1) && !HasFailure()) {
      std::this_thread::yield();
      sum = 0;
      for (std::size_t w = 0; w < acknowledged.size(); ++w) sum += before[round][w] = acknowledged[w];
    }
    disk_.power_loss(file_, folder_ / ("after-" + std::to_string(round)), random);
  }
  stop = true;
  for (auto& writer : writers) writer.join();
  for (std::size_t round = 0; round < before.size(); ++round) {
    auto reopened = must_open(folder_ / ("after-" + std::to_string(round)));
    const auto verified = verify(*reopened);
    EXPECT_TRUE(verified.sound()) << told(verified);
    for (std::size_t w = 0; w < acknowledged.size(); ++w) {
      EXPECT_GE(reopened->read(patient(std::to_string(w)), 0, nurse())->size(), before[round][w]);
    }
  }
}

TEST_F(Disk, AMigrationThatFailsHalfWayLeavesTheOldLayoutWhole) {
  std::ifstream in{EVENKEEL_STORE_TEST_FILES "/layout-1.sql"};
  const std::string dump{std::istreambuf_iterator<char>{in}, {}};
  int interrupted = 0;
  for (std::uint64_t from = 1; from < 200; ++from) {
    SCOPED_TRACE("from call " + std::to_string(from));
    const auto file = folder_ / ("old-" + std::to_string(from));
    sqlite3* database = nullptr;
    ASSERT_EQ(sqlite3_open(file.c_str(), &database), SQLITE_OK);
    ASSERT_EQ(sqlite3_exec(database, ("pragma synchronous=off; begin;" + dump + "commit").c_str(), nullptr,
                           nullptr, nullptr),
              SQLITE_OK);
    sqlite3_close(database);
    const Head head = *must_look(file)->head();
    FaultyDisk::Fault fault;
    fault.writes = fault.syncs = true;
    fault.from = from;
    disk_.fail(fault);
    const bool opened = static_cast<bool>(open_sqlite(file, on_faulty_disk()));
    disk_.heal();
    auto log = must_open(file);
    const auto verified = verify(*log, head);
    ASSERT_TRUE(verified.sound()) << told(verified);
    ASSERT_EQ(verified.entries, 6U);
    if (opened) break;
    ++interrupted;
  }
  EXPECT_GT(interrupted, 3);
  EXPECT_LT(interrupted, 150);
}

std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream in{file, std::ios::binary};
  return {std::istreambuf_iterator<char>{in}, {}};
}

// A write-ahead log cut or torn anywhere gives an earlier moment, whole; a known head tells what is missing.
TEST_F(Disk, ATornWriteAheadLogGivesAnEarlierMomentThatVerifies) {
  std::mt19937 random{20261128};
  Head known;
  auto log = must_open(file_);
  fill(*log, 5);
  known = *log->head();
  const std::string main = bytes_of(file_);
  const std::string ahead = bytes_of(file_.string() + "-wal");
  ASSERT_GT(ahead.size(), 10'000U);
  for (int round = 0; round < 30; ++round) {
    const auto copy = folder_ / ("torn-" + std::to_string(round));
    std::ofstream{copy, std::ios::binary} << main;
    std::string torn = ahead;
    const std::size_t at_byte = 32 + random() % (ahead.size() - 32);
    if (round % 2 == 0) torn.resize(at_byte);
    if (round % 2 == 1) torn[at_byte] = static_cast<char>(torn[at_byte] ^ 0x40);
    std::ofstream{copy.string() + "-wal", std::ios::binary} << torn;
    auto reopened = must_open(copy);
    const auto verified = verify(*reopened);
    EXPECT_TRUE(verified.sound()) << told(verified);
    EXPECT_EQ(verify(*reopened, known).sound(), verified.head == known) << "byte " << at_byte;
  }
}

TEST_F(Disk, AFileThatWasCutIsNeverTakenForWhole) {
  std::mt19937 random{20261129};
  {
    auto log = must_open(file_);
    fill(*log, 20);
  }
  const Head known = *must_look(file_)->head();
  const std::string whole = bytes_of(file_);
  for (int round = 0; round < 30; ++round) {
    const auto copy = folder_ / ("cut-" + std::to_string(round));
    std::ofstream{copy, std::ios::binary} << whole.substr(0, 1 + random() % (whole.size() - 1));
    SqliteOptions options;
    options.read_only = true;
    auto log = open_sqlite(copy, options);
    EXPECT_TRUE(!log || !verify(**log, known).sound());
  }
}

}  // namespace
}  // namespace evenkeel::store::test
