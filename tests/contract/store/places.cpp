#include "places.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <deque>
#include <filesystem>
#include <map>
#include <set>

#include "store/postgres_log.hpp"
#include "store/sqlite_log.hpp"
#include "support/postgres_server.hpp"

namespace evenkeel::store {

namespace {

class PostgresPlace final : public Place {
 public:
  PostgresPlace() : schema_("test_" + std::to_string(next_++)) {}
  ~PostgresPlace() override {
    test::PostgresServer::shared().run_sql("drop schema if exists " + schema_ + " cascade");
  }
  PostgresPlace(const PostgresPlace&) = delete;
  PostgresPlace& operator=(const PostgresPlace&) = delete;

  Result<std::unique_ptr<EventLog>> open(const Clock& clock) override {
    PostgresOptions options;
    options.schema = schema_;
    options.create = true;
    options.clock = clock;
    return open_postgres(test::PostgresServer::shared().conninfo(), options);
  }

 private:
  static inline std::atomic<int> next_{1};
  const std::string schema_;
};

class SqlitePlace final : public Place {
 public:
  SqlitePlace() {
    std::string name = (std::filesystem::temp_directory_path() / "evenkeel-contract-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no folder can be made for a test");
    folder_ = name;
  }
  ~SqlitePlace() override { std::filesystem::remove_all(folder_); }
  SqlitePlace(const SqlitePlace&) = delete;
  SqlitePlace& operator=(const SqlitePlace&) = delete;

  Result<std::unique_ptr<EventLog>> open(const Clock& clock) override {
    SqliteOptions options;
    options.create = true;
    options.clock = clock;
    return open_sqlite(folder_ / "log.sqlite", options);
  }

 private:
  std::filesystem::path folder_;
};

}  // namespace

std::vector<Kind> kinds() {
  return {{"sqlite", [] { return std::make_unique<SqlitePlace>(); }},
          {"postgres", [] { return std::make_unique<PostgresPlace>(); }}};
}

Kind kind_named(const std::string& name) {
  for (Kind& kind : kinds()) {
    if (kind.name == name) return kind;
  }
  throw std::runtime_error("no kind of log is named " + name);
}

std::vector<AuditEntry> verified_audit(EventLog& log) {
  std::vector<AuditEntry> all;
  Hash previous{};
  const auto walked = log.each_audit([&](const AuditEntry& entry) {
    EXPECT_EQ(entry.number, all.size() + 1);
    EXPECT_EQ(entry.previous, previous) << "entry " << entry.number;
    EXPECT_EQ(entry.hash, chained(previous, entry)) << "entry " << entry.number;
    previous = entry.hash;
    all.push_back(entry);
    return true;
  });
  EXPECT_TRUE(walked) << to_string(walked.error());
  return all;
}

std::vector<Entry> all_entries(EventLog& log) {
  std::vector<Entry> all;
  const auto walked = log.each_entry([&](const Entry& entry) {
    all.push_back(entry);
    return true;
  });
  EXPECT_TRUE(walked) << to_string(walked.error());
  return all;
}

void expect_sound(EventLog& log) {
  std::deque<Hash> texts;
  for (const AuditEntry& entry : verified_audit(log)) {
    EXPECT_TRUE(entry.texts.empty() || entry.action == Action::appended);
    texts.insert(texts.end(), entry.texts.begin(), entry.texts.end());
  }
  std::map<StreamName, std::uint64_t> versions;
  std::map<StreamName, std::set<std::string>> keys;
  std::uint64_t sequence = 0;
  for (const Entry& entry : all_entries(log)) {
    EXPECT_GT(entry.sequence, sequence);
    sequence = entry.sequence;
    EXPECT_EQ(entry.version, ++versions[entry.stream]) << entry.stream.id;
    EXPECT_TRUE(keys[entry.stream].insert(entry.key).second) << entry.key << " is there twice";
    ASSERT_FALSE(texts.empty()) << "an entry that the chain does not name";
    EXPECT_EQ(texts.front(), content_hash(entry.key, entry.kind, entry.at, entry.text))
        << entry.stream.id << " version " << entry.version;
    texts.pop_front();
  }
  EXPECT_TRUE(texts.empty()) << texts.size() << " entries are missing";
}

}  // namespace evenkeel::store
