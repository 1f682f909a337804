// SQLite's C interface as values that clean up after themselves.
//
// A Database and its Statements are for one thread at a time. Every failure is ErrorCode::storage with the
// file and SQLite's own words.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "base/instant.hpp"
#include "base/result.hpp"
#include "store/audit.hpp"

namespace evenkeel::store::sqlite {

// Values bound as text or bytes must live until the next step() or reset().
class Statement {
 public:
  explicit Statement(sqlite3_stmt* statement) : statement_(statement) {}

  Statement& integer(std::int64_t value);
  Statement& integer(std::uint64_t value);
  Statement& instant(Instant at);
  Statement& text(std::string_view value);
  Statement& bytes(std::string_view value);
  Statement& hash(const Hash& value);

  // True while there is a row. A step that ended resets itself, so the statement can be bound again.
  Result<bool> step();
  // For statements that give no rows.
  Result<void> run();
  void reset();

  [[nodiscard]] std::int64_t integer_at(int column) const;
  [[nodiscard]] std::uint64_t number_at(int column) const;
  [[nodiscard]] Instant instant_at(int column) const;
  [[nodiscard]] std::string text_at(int column) const;
  [[nodiscard]] std::string_view bytes_at(int column) const;  // until the next step
  [[nodiscard]] bool null_at(int column) const;
  // All zeros where the column does not hold 32 bytes: then it verifies against nothing.
  [[nodiscard]] Hash hash_at(int column) const;

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
  int bound_ = 0;
};

class Database {
 public:
  struct Settings {
    std::filesystem::path file;
    bool write = false;
    std::string vfs;      // empty: SQLite's own
    int busy_ms = 5'000;  // how long it waits where another program holds the file
  };
  // With the guards of every connection: no memory map, no trust in the schema, cells checked, and for a
  // reader neither a write nor a checkpoint, also not when it closes.
  static Result<Database> open(const Settings& settings);

  Result<void> run(const char* sql);
  Result<Statement> prepare(std::string_view sql);
  Result<std::int64_t> integer(const char* sql);  // of the one row of one column
  // Copies the write-ahead log into the file, as far as no reader needs it.
  Result<void> checkpoint();

  [[nodiscard]] sqlite3* handle() const { return database_.get(); }
  [[nodiscard]] Error error(std::string_view doing) const;

 private:
  explicit Database(sqlite3* database) : database_(database) {}
  Result<void> guard(const Settings& settings);

  struct Close {
    void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
  };
  std::unique_ptr<sqlite3, Close> database_;
};

}  // namespace evenkeel::store::sqlite
