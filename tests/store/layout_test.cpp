// Every layout that this project has had opens, keeps its chain and its texts, and verifies.
#include <gtest/gtest.h>

#include <fstream>

#include "support.hpp"

namespace evenkeel::store::test {
namespace {

std::string text_of(const std::filesystem::path& file) {
  std::ifstream in{file, std::ios::binary};
  return {std::istreambuf_iterator<char>{in}, {}};
}

void from_dump(const std::filesystem::path& file, const std::string& dump) {
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open(file.c_str(), &database), SQLITE_OK);
  char* message = nullptr;
  EXPECT_EQ(sqlite3_exec(database, dump.c_str(), nullptr, nullptr, &message), SQLITE_OK) << message;
  sqlite3_close(database);
}

int number(const std::filesystem::path& file, const char* sql) {
  sqlite3* database = nullptr;
  int value = -1;
  EXPECT_EQ(sqlite3_open(file.c_str(), &database), SQLITE_OK);
  EXPECT_EQ(sqlite3_exec(
                database, sql,
                [](void* to, int, char** values, char**) {
                  *static_cast<int*>(to) = std::stoi(values[0]);
                  return 0;
                },
                &value, nullptr),
            SQLITE_OK);
  sqlite3_close(database);
  return value;
}

class Layout1 : public testing::Test {
 protected:
  void SetUp() override {
    from_dump(file_, text_of(EVENKEEL_STORE_TEST_FILES "/layout-1.sql"));
    auto log = must_look(file_);
    head_ = *log->head();
  }

  TempFolder folder_;
  const std::filesystem::path file_ = folder_ / "log.sqlite";
  Head head_;
};

TEST_F(Layout1, VerifiesAsItStandsToo) {
  EXPECT_EQ(number(file_, "pragma user_version"), 1);
  const auto verified = verify(*must_look(file_), head_);
  EXPECT_TRUE(verified.sound()) << told(verified);
  EXPECT_EQ(verified.entries, 6U);
  EXPECT_EQ(number(file_, "pragma user_version"), 1) << "looking changes nothing";
}

TEST_F(Layout1, BecomesTodaysWithItsChainAndTextsAndGoesOn) {
  auto log = must_open(file_);
  EXPECT_EQ(*log->head(), head_);
  const auto verified = verify(*log, head_);
  EXPECT_TRUE(verified.sound()) << told(verified);
  EXPECT_EQ(log->read(patient("a"), 0, nurse())->size(), 4U);
  ASSERT_TRUE(log->append(one(patient("a"), 4, "new"), nurse()));
  const auto found = log->find(StreamKind::patient, "vitals", at("2026-03-02T00:00:00Z"),
                               at("2026-03-03T00:00:00Z"), 99, nurse());
  ASSERT_TRUE(found);
  EXPECT_EQ(found->size(), 7U);
  EXPECT_TRUE(verify(*log, head_).sound());
  log.reset();
  EXPECT_EQ(number(file_, "pragma user_version"), 3);
  EXPECT_EQ(number(file_, "select count(*) from sqlite_schema"), number(
                                                                     [&] {
                                                                       must_open(folder_ / "new.sqlite");
                                                                       return folder_ / "new.sqlite";
                                                                     }(),
                                                                     "select count(*) from sqlite_schema"))
      << "the same tables, indexes and triggers as in a new log";
}

// Its tables are today's.
TEST(Layout, TwoBecomesTodaysAndTakesAccounts) {
  const TempFolder folder;
  const auto file = folder / "log.sqlite";
  ASSERT_TRUE(must_open(file)->append(one(patient("a"), 0, "k1"), nurse()));
  raw_sql(file, "pragma user_version = 2");
  auto log = must_open(file);
  ASSERT_TRUE(log->append(one({StreamKind::account, "nurse-1"}, 0, "k1"), nurse()));
  ASSERT_TRUE(log->append(one({StreamKind::person, "p-1"}, 0, "k1"), nurse()));
  EXPECT_TRUE(verify(*log, {}).sound());
  log.reset();
  EXPECT_EQ(number(file, "pragma user_version"), 3);
}

TEST(Layout, OfANewerProgramIsRefusedWithASentence) {
  const TempFolder folder;
  must_open(folder / "log.sqlite");
  raw_sql(folder / "log.sqlite", "pragma user_version = 4");
  const auto log = open_sqlite(folder / "log.sqlite");
  ASSERT_FALSE(log);
  EXPECT_NE(log.error().what.find("has layout 4; this program knows 1 to 3"), std::string::npos)
      << log.error().what;
}

}  // namespace
}  // namespace evenkeel::store::test
