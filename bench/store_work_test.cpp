// The works of the stores' benchmark are done right. Few events, no clock.
#include "store_work.hpp"

#include <gtest/gtest.h>

#include <filesystem>

#include "store/postgres_log.hpp"
#include "support/postgres_server.hpp"

namespace evenkeel::bench {
namespace {

namespace fs = std::filesystem;

const store::Request who{"n.example", "nurse", "", *Instant::parse("2026-03-02T09:00:00Z")};

std::unique_ptr<store::EventLog> open(const std::string& schema) {
  store::PostgresOptions options;
  options.create = true;
  options.schema = schema;
  auto log = store::open_postgres(test::PostgresServer::shared().conninfo(), options);
  EXPECT_TRUE(log) << to_string(log.error());
  return std::move(*log);
}

TEST(StoreWork, AppendsAsManyAsItCounts) {
  const auto log = open("appends");
  EXPECT_EQ(appends(*log, {4, 10}).appends, 40U);
  EXPECT_EQ(appends(*log, {4, 5}).appends, 20U);
  const auto streams = log->streams(store::StreamKind::patient, who);
  ASSERT_TRUE(streams);
  ASSERT_EQ(streams->size(), 4U);
  for (const auto& [name, version] : *streams) EXPECT_EQ(version, 15U) << name.id;
}

TEST(StoreWork, PlainRoadsKeepAsManyAsTheyCount) {
  const fs::path file = fs::temp_directory_path() / ("evenkeel-plain-" + std::to_string(getpid()));
  EXPECT_EQ(plain_sqlite(file.string(), {4, 10}).appends, 40U);
  EXPECT_GT(fs::file_size(file), 40 * event_text(0, 0).size() / 2);
  for (const char* suffix : {"", "-wal", "-shm"}) fs::remove(file.string() + suffix);
  const std::string server = test::PostgresServer::shared().conninfo();
  EXPECT_EQ(plain_postgres(server, {4, 10}).appends, 40U);
  test::PostgresServer::shared().run_sql("do $$ begin assert (select count(*) from plain) = 40; end $$");
}

TEST(StoreWork, FillsWithSessionsUpToTheLast) {
  const auto log = open("fill");
  const Instant last = *Instant::parse("2026-03-02T18:00:00Z");
  fill(*log, 3, 120, last);
  const auto today =
      log->find(store::StreamKind::patient, "session_started", *Instant::parse("2026-03-02T00:00:00Z"),
                *Instant::parse("2026-03-03T00:00:00Z"), 100, who);
  ASSERT_TRUE(today);
  EXPECT_EQ(today->size(), 3U);
  EXPECT_EQ(log->read({store::StreamKind::patient, "patient-2"}, 0, who)->size(), 120U);
}

}  // namespace
}  // namespace evenkeel::bench
