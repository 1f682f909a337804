// What the tests of the SQLite store share: a folder of their own, a log in it, and a way past its guards.
#pragma once

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "store/sqlite_log.hpp"
#include "store/verify.hpp"

namespace evenkeel::store::test {

class TempFolder {
 public:
  TempFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "evenkeel-store-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no folder can be made for a test");
    path_ = name;
  }
  ~TempFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;

  [[nodiscard]] std::filesystem::path operator/(const std::string& name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

inline Instant at(const std::string& text) {
  return *Instant::parse(text);
}

inline Request nurse() {
  return {"n.example", "nurse", "care", at("2026-03-02T09:00:00Z")};
}

inline StreamName patient(const std::string& id) {
  return {StreamKind::patient, id};
}

inline Append one(const StreamName& stream, std::uint64_t expected, const std::string& key,
                  const std::string& text = "{}") {
  return {stream, expected, {{key, "vitals", at("2026-03-02T09:00:00Z"), text}}};
}

inline std::unique_ptr<EventLog> must_open(const std::filesystem::path& file, SqliteOptions options = {}) {
  options.create = !options.read_only;
  auto log = open_sqlite(file, options);
  if (!log) throw std::runtime_error(to_string(log.error()));
  return std::move(*log);
}

inline std::unique_ptr<EventLog> must_look(const std::filesystem::path& file) {
  SqliteOptions options;
  options.read_only = true;
  return must_open(file, options);
}

// Three patients, `rounds` appends each, of one and of two entries, with reads in between.
inline void fill(EventLog& log, int rounds) {
  for (int round = 0; round < rounds; ++round) {
    for (const char* id : {"a", "b", "c"}) {
      const auto before = static_cast<std::uint64_t>(round) * 3;
      const std::string key = "r" + std::to_string(round);
      ASSERT_TRUE(log.append(one(patient(id), before, key, "text of " + key + " of " + id), nurse()));
      Append two = one(patient(id), before + 1, key + "x", "more");
      two.entries.push_back({key + "y", "note", at("2026-03-03T09:00:00Z"), "and more " + key + id});
      ASSERT_TRUE(log.append(two, nurse()));
      ASSERT_TRUE(log.read(patient(id), 0, nurse()));
    }
  }
}

// As someone would who has the file and means harm: past the triggers.
inline void raw_sql(const std::filesystem::path& file, const std::string& sql) {
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open(file.c_str(), &database), SQLITE_OK);
  const std::string whole =
      "pragma synchronous=off; drop trigger if exists stream_is_kept; drop trigger if exists stream_stands;"
      "drop trigger if exists entry_is_kept; drop trigger if exists entry_stands;"
      "drop trigger if exists audit_is_kept; drop trigger if exists audit_stands;" +
      sql;
  char* message = nullptr;
  EXPECT_EQ(sqlite3_exec(database, whole.c_str(), nullptr, nullptr, &message), SQLITE_OK)
      << (message == nullptr ? "" : message) << " in " << sql;
  sqlite3_free(message);
  sqlite3_close(database);
}

inline std::string told(const Verification& verified) {
  std::string text;
  for (const Flaw& flaw : verified.first) text += to_string(flaw) + "\n";
  return text;
}

}  // namespace evenkeel::store::test
