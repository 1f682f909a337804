#include "store/backup.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "support.hpp"

namespace evenkeel::store::test {
namespace {

TEST(Backup, OfALogInUseIsOneMomentOfItAndVerifies) {
  const TempFolder folder;
  auto log = must_open(folder / "log.sqlite");
  fill(*log, 20);
  std::atomic<bool> stop{false};
  std::thread writer{[&] {
    for (std::uint64_t i = 0; !stop; ++i) {
      ASSERT_TRUE(log->append(one(patient("w"), i, std::to_string(i)), nurse()));
    }
  }};
  for (int i = 0; i < 5; ++i) {
    const auto file = folder / ("backup-" + std::to_string(i));
    const Head before = *log->head();
    const auto done = backup(*log, file, nurse());
    ASSERT_TRUE(done) << to_string(done.error());
    const auto verified = verify(*must_look(file), before);
    EXPECT_TRUE(verified.sound()) << told(verified);
    EXPECT_GT(verified.head.number, before.number) << "the backup's own audit entry is in it";
  }
  stop = true;
  writer.join();
}

// R5
TEST(Backup, StandsInTheAuditOfBothAndRestoresEverything) {
  const TempFolder folder;
  auto log = must_open(folder / "log.sqlite");
  fill(*log, 5);
  ASSERT_TRUE(backup(*log, folder / "backup", nurse()));
  const Head head = *log->head();
  auto restored = must_open(folder / "restored.sqlite");
  const auto done = restore(folder / "backup", *restored, nurse());
  ASSERT_TRUE(done) << to_string(done.error());
  std::vector<AuditEntry> audit;
  ASSERT_TRUE(restored->each_audit([&](const AuditEntry& entry) {
    audit.push_back(entry);
    return true;
  }));
  ASSERT_EQ(audit.size(), head.number + 1);
  EXPECT_EQ(audit[audit.size() - 2].action, Action::backed_up);
  EXPECT_EQ(audit[audit.size() - 2].hash, head.hash);
  EXPECT_EQ(audit.back().action, Action::restored);
  EXPECT_TRUE(verify(*restored, head).sound());
  EXPECT_EQ(restored->read(patient("b"), 0, nurse())->size(), 15U);
}

TEST(Backup, NeverOverwritesAndLeavesOneFile) {
  const TempFolder folder;
  auto log = must_open(folder / "log.sqlite");
  fill(*log, 1);
  ASSERT_TRUE(backup(*log, folder / "backup", nurse()));
  const auto again = backup(*log, folder / "backup", nurse());
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, ErrorCode::invalid_input);
  for (const char* rest : {"backup-wal", "backup.partial", "backup.partial.lock", "backup.partial-wal"}) {
    EXPECT_FALSE(std::filesystem::exists(folder / rest)) << rest;
  }
}

TEST(Backup, OfADamagedLogIsRefusedAndSoIsADamagedBackup) {
  const TempFolder folder;
  {
    auto log = must_open(folder / "log.sqlite");
    fill(*log, 5);
    ASSERT_TRUE(backup(*log, folder / "backup", nurse()));
  }
  for (const char* file : {"log.sqlite", "backup"}) {
    raw_sql(folder / file, "update entry set text = 'other' where sequence = 7");
  }
  auto damaged = must_open(folder / "log.sqlite");
  EXPECT_FALSE(backup(*damaged, folder / "second", nurse()));
  EXPECT_FALSE(std::filesystem::exists(folder / "second"));
  auto fresh = must_open(folder / "fresh.sqlite");
  const auto refused = restore(folder / "backup", *fresh, nurse());
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().what.find("entry altered patient/"), std::string::npos) << refused.error().what;
  EXPECT_EQ(*fresh->head(), Head{});
}

TEST(Restore, IntoALogThatHoldsSomethingIsRefused) {
  const TempFolder folder;
  auto log = must_open(folder / "log.sqlite");
  fill(*log, 1);
  auto other = must_open(folder / "other.sqlite");
  fill(*other, 2);
  const Head head = *other->head();
  EXPECT_FALSE(other->restore_from(*log));
  EXPECT_EQ(*other->head(), head);
}

TEST(Restore, RefusesEntriesPutInAfterTheChainsLast) {
  const TempFolder folder;
  {
    auto log = must_open(folder / "log.sqlite");
    fill(*log, 2);
  }
  raw_sql(folder / "log.sqlite", "insert into entry values (1000, 1, 7, 'k', 'vitals', 0, 0, 'put in')");
  auto fresh = must_open(folder / "fresh.sqlite");
  EXPECT_FALSE(fresh->restore_from(*must_look(folder / "log.sqlite")));
  EXPECT_EQ(*fresh->head(), Head{});
}

}  // namespace
}  // namespace evenkeel::store::test
