// PostgreSQL alone: its tables only grow, its role may do no more than it must, a newer schema is left alone.
#include <gtest/gtest.h>

#include "places.hpp"
#include "store/postgres_log.hpp"
#include "store/postgres_schema.hpp"
#include "support/postgres_server.hpp"

namespace evenkeel::store {
namespace {

test::PostgresServer& server() {
  return test::PostgresServer::shared();
}

class PostgresTables : public testing::Test {
 protected:
  PostgresTables()
      : schema_(std::string("tables_") + testing::UnitTest::GetInstance()->current_test_info()->name()) {
    for (char& c : schema_) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    schema_ = schema_.substr(0, 60);
  }
  void TearDown() override { server().run_sql("drop schema if exists " + schema_ + " cascade"); }

  [[nodiscard]] PostgresOptions options(bool create) const {
    PostgresOptions options;
    options.schema = schema_;
    options.create = create;
    return options;
  }

  std::unique_ptr<EventLog> must_open(bool create = true) {
    auto log = open_postgres(server().conninfo(), options(create));
    EXPECT_TRUE(log) << to_string(log.error());
    return log ? std::move(*log) : nullptr;
  }

  void expect_sql_refused(const std::string& sql, const std::string& words,
                          const std::string& role = "evenkeel") {
    try {
      server().run_sql("set search_path = " + schema_ + "; " + sql, role);
      ADD_FAILURE() << sql << " was done";
    } catch (const std::runtime_error& refused) {
      EXPECT_NE(std::string{refused.what()}.find(words), std::string::npos) << refused.what();
    }
  }

  std::string schema_;
};

// R5 R6
TEST_F(PostgresTables, OnlyGrowAlsoForAPersonWithSql) {
  const auto log = must_open();
  ASSERT_TRUE(log->append(one(patient("a"), 0, "k1"), nurse()));
  for (const char* table : {"entry", "audit", "stream", "schema_version"}) {
    expect_sql_refused(std::string{"delete from "} + table, "only grows");
    expect_sql_refused(std::string{"truncate "} + table + " cascade", "only grows");
  }
  expect_sql_refused("update entry set text = '70 mg'", "only grows");
  expect_sql_refused("update audit set actor = 'x'", "only grows");
  EXPECT_EQ(log->read(patient("a"), 0, nurse())->size(), 1U);
}

// R5
TEST_F(PostgresTables, LetTheRoleOfTheProgramAddAndReadAlone) {
  server().run_sql("drop role if exists app; create role app login");
  auto wish = options(true);
  wish.grant_to = "app";
  ASSERT_TRUE(open_postgres(server().conninfo(), wish));
  const auto log = open_postgres(server().conninfo("app"), options(false));
  ASSERT_TRUE(log) << to_string(log.error());
  ASSERT_TRUE((*log)->append(one(patient("a"), 0, "k1"), nurse()));
  EXPECT_EQ((*log)->read(patient("a"), 0, nurse())->size(), 1U);
  expect_sound(**log);
  for (const char* sql : {"update entry set text = ''", "delete from audit", "truncate entry",
                          "insert into schema_version values (9, now())"}) {
    expect_sql_refused(sql, "permission denied", "app");
  }
  for (const char* sql : {"alter table entry disable trigger only_grows", "drop table audit"}) {
    expect_sql_refused(sql, "must be owner", "app");
  }
  server().run_sql("drop schema " + schema_ + " cascade; drop role app");
}

TEST_F(PostgresTables, AreNotMadeUnlessAsked) {
  const auto log = open_postgres(server().conninfo(), options(false));
  ASSERT_FALSE(log);
  EXPECT_EQ(log.error().code, ErrorCode::not_found);
  EXPECT_NE(log.error().what.find(schema_), std::string::npos);
}

TEST_F(PostgresTables, OfANewerProgramAreLeftAlone) {
  must_open();
  server().run_sql("insert into " + schema_ + ".schema_version values (99, now())");
  for (const bool create : {false, true}) {
    const auto log = open_postgres(server().conninfo(), options(create));
    ASSERT_FALSE(log);
    EXPECT_EQ(log.error().code, ErrorCode::storage);
    EXPECT_NE(log.error().what.find("99"), std::string::npos) << log.error().what;
  }
}

TEST_F(PostgresTables, OfEveryEarlierVersionAreBroughtUpToDate) {
  for (int from = 1; from <= newest_postgres_schema(); ++from) {
    auto connection = Connection::open({server().conninfo(), schema_, std::chrono::seconds{10}});
    ASSERT_TRUE(connection);
    SchemaWish wish;
    wish.schema = schema_;
    wish.create = true;
    wish.up_to = from;
    ASSERT_TRUE(prepare_schema(*connection, wish));
    const auto log = must_open(false);
    ASSERT_TRUE(log->append(one(patient("a"), 0, "k1"), nurse()));
    const auto version = connection->run_once("select max(version)::bigint from schema_version");
    EXPECT_EQ(version->integer(0, 0), newest_postgres_schema());
    TearDown();
  }
}

TEST_F(PostgresTables, HaveAPlainNameOrAreRefused) {
  for (const char* name : {"", "a b", "Upper", "x;drop", "1a", "pg_mine", "a\"b", "ä"}) {
    PostgresOptions bad;
    bad.schema = name;
    EXPECT_EQ(open_postgres(server().conninfo(), bad).error().code, ErrorCode::invalid_input) << name;
  }
}

TEST_F(PostgresTables, AreNotTrustedToAServerThatForgets) {
  server().run_sql("alter system set fsync = off");
  server().run_sql("select pg_reload_conf()");
  Result<std::unique_ptr<EventLog>> log = Error{};
  do {
    log = open_postgres(server().conninfo(), options(true));
  } while (log);  // until the server has read its settings again
  EXPECT_EQ(log.error().code, ErrorCode::storage);
  EXPECT_NE(log.error().what.find("fsync"), std::string::npos) << log.error().what;
  server().run_sql("alter system reset fsync");
  server().run_sql("select pg_reload_conf()");
  do {
    log = open_postgres(server().conninfo(), options(true));
  } while (!log);
}

TEST_F(PostgresTables, KeepATimeOfTheServerWhereNoClockIsGiven) {
  const auto log = must_open();
  ASSERT_TRUE(log->append(one(patient("a"), 0, "k1"), nurse()));
  EXPECT_GT(all_entries(*log).front().written, at("2024-01-01T00:00:00Z"));
}

// Values are never part of a statement.
TEST_F(PostgresTables, KeepSqlAsText) {
  const auto log = must_open();
  const std::string sql = "'); drop table audit; -- $1 \\ \" {} NULL";
  ASSERT_TRUE(
      log->append({{StreamKind::patient, sql}, 0, {{sql, sql, at("2026-03-02T09:00:00Z"), sql}}}, nurse()));
  EXPECT_EQ(log->read(patient(sql), 0, nurse())->front().text, sql);
  EXPECT_EQ(
      log->find(StreamKind::patient, sql, at("2026-03-02T09:00:00Z"), at("2026-03-02T09:00:01Z"), 9, nurse())
          ->size(),
      1U);
  expect_sound(*log);
}

}  // namespace
}  // namespace evenkeel::store
