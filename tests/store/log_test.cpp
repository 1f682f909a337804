// What is SQLite's own: the lock, the guards in the schema, reading beside a writer, many callers at once.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <thread>

#include "support.hpp"

namespace evenkeel::store::test {
namespace {

TEST(SqliteLog, IsNotThereUntilItIsMade) {
  const TempFolder folder;
  const auto log = open_sqlite(folder / "log.sqlite");
  ASSERT_FALSE(log);
  EXPECT_EQ(log.error().code, ErrorCode::not_found);
  EXPECT_FALSE(std::filesystem::exists(folder / "log.sqlite"));
}

TEST(SqliteLog, IsReadableByItsOwnerOnly) {
  const TempFolder folder;
  auto log = must_open(folder / "log.sqlite");
  fill(*log, 1);
  for (const char* name : {"log.sqlite", "log.sqlite-wal", "log.sqlite-shm"}) {
    struct stat seen {};
    ASSERT_EQ(stat((folder / name).c_str(), &seen), 0) << name;
    EXPECT_EQ(seen.st_mode & 077U, 0U) << name;
  }
}

TEST(SqliteLog, IsRefusedWhereTheFileIsSomethingElse) {
  const TempFolder folder;
  std::ofstream{folder / "text"}
      << "This is a letter and no log, although it is long enough for a header of one "
         "hundred bytes and some more.";
  raw_sql(folder / "other.sqlite", "create table entry (x)");
  std::ofstream{folder / "empty"} << "";
  for (const char* name : {"text", "other.sqlite", "empty"}) {
    EXPECT_FALSE(open_sqlite(folder / name)) << name;
  }
}

// R6
TEST(SqliteLog, RefusesUpdatesAndDeletesInItsSchemaToo) {
  const TempFolder folder;
  {
    auto log = must_open(folder / "log.sqlite");
    fill(*log, 1);
  }
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open((folder / "log.sqlite").c_str(), &database), SQLITE_OK);
  for (const char* table : {"stream", "entry", "audit"}) {
    const std::string change = std::string{"update "} + table + " set rowid = rowid + 100";
    const std::string removal = std::string{"delete from "} + table;
    EXPECT_EQ(sqlite3_exec(database, change.c_str(), nullptr, nullptr, nullptr), SQLITE_CONSTRAINT) << table;
    EXPECT_EQ(sqlite3_exec(database, removal.c_str(), nullptr, nullptr, nullptr), SQLITE_CONSTRAINT) << table;
  }
  sqlite3_close(database);
}

TEST(SqliteLog, OpenToReadTakesAndAuditsNothing) {
  const TempFolder folder;
  auto writer = must_open(folder / "log.sqlite");
  fill(*writer, 1);
  auto reader = must_look(folder / "log.sqlite");
  EXPECT_FALSE(reader->append(one(patient("a"), 3, "k"), nurse()));
  EXPECT_FALSE(reader->read(patient("a"), 0, nurse())) << "a read that is not audited is none";
  EXPECT_FALSE(reader->note(Action::verified, "", "", nurse()));
  EXPECT_EQ(*reader->head(), *writer->head());
}

TEST(SqliteLog, TwiceInOneProcessIsRefusedAsWell) {
  const TempFolder folder;
  auto log = must_open(folder / "log.sqlite");
  const auto second = open_sqlite(folder / "log.sqlite");
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::storage);
  EXPECT_NE(second.error().what.find("this process"), std::string::npos) << second.error().what;
  log.reset();
  EXPECT_TRUE(open_sqlite(folder / "log.sqlite"));
}

// R5
TEST(SqliteLog, KeepsItsOrderWhenTheClockJumpsBackAndForth) {
  const TempFolder folder;
  Instant now = at("2026-03-02T09:00:00Z");
  SqliteOptions options;
  options.clock = [&] { return now; };
  auto log = must_open(folder / "log.sqlite", options);
  const char* times[] = {"2026-03-02T09:00:00Z", "2031-01-01T00:00:00Z", "1999-12-31T23:59:59Z",
                         "2026-03-02T09:00:01Z"};
  std::uint64_t version = 0;
  for (const char* time : times) {
    now = at(time);
    ASSERT_TRUE(log->append(one(patient("a"), version, std::to_string(version)), nurse()));
    ++version;
  }
  std::vector<bool> stepped;
  ASSERT_TRUE(log->each_audit([&](const AuditEntry& entry) {
    stepped.push_back(entry.clock_stepped_back);
    return true;
  }));
  EXPECT_EQ(stepped, (std::vector<bool>{false, false, true, false}));
  const auto entries = log->read(patient("a"), 0, nurse());
  ASSERT_EQ(entries->size(), 4U);
  for (std::size_t i = 0; i < 4; ++i) EXPECT_EQ((*entries)[i].written, at(times[i]));
  EXPECT_TRUE(verify(*log).sound());
}

TEST(SqliteLog, ARefusedAppendHarmsNoOtherOfItsGroup) {
  const TempFolder folder;
  auto log = must_open(folder / "log.sqlite");
  std::atomic<int> taken{0};
  std::atomic<int> stale{0};
  std::vector<std::thread> callers;
  for (int caller = 0; caller < 16; ++caller) {
    callers.emplace_back([&, caller] {
      for (std::uint64_t i = 0; i < 25; ++i) {
        const bool wrong = caller % 2 == 1;
        const auto done =
            log->append(one(patient(std::to_string(caller)), wrong ? 7 : i, std::to_string(i)), nurse());
        (done ? taken : stale)++;
        EXPECT_TRUE(done || done.error().code == ErrorCode::stale);
      }
    });
  }
  for (auto& caller : callers) caller.join();
  EXPECT_EQ(taken, 8 * 25);
  EXPECT_EQ(stale, 8 * 25);
  const auto verified = verify(*log);
  EXPECT_TRUE(verified.sound()) << told(verified);
  EXPECT_EQ(verified.entries, 8U * 25U);
  EXPECT_EQ(verified.head.number, 16U * 25U) << "refusals stand in the audit as well";
}

}  // namespace
}  // namespace evenkeel::store::test
