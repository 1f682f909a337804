// One connection to PostgreSQL: libpq with owners, and values that never become part of a statement.
//
// Every value travels in PostgreSQL's binary form beside a statement whose text is a constant of ours.
// Not for use from several threads at once.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.hpp"
#include "base/result.hpp"
#include "store/audit.hpp"

struct pg_conn;    // NOLINT(readability-identifier-naming): libpq's own names
struct pg_result;  // NOLINT(readability-identifier-naming)

namespace evenkeel::store {

// What went wrong at the server, or on the way to it.
struct Fault {
  bool lost = false;  // the connection is gone: what was sent may or may not have been done
  std::string state;  // SQLSTATE, or empty
  std::string what;

  [[nodiscard]] Error error(const std::string& where) const;
};

template <class T>
using Asked = Result<T, Fault>;

// The values of a statement, $1, $2, ..., in binary form.
class Values {
 public:
  Values& integer(std::int64_t value);  // bigint
  Values& text(std::string_view value);
  Values& integers(const std::vector<std::int64_t>& values);   // bigint[]
  Values& texts(const std::vector<std::string_view>& values);  // text[]
  Values& bytes(const std::vector<std::string>& values);       // bytea[]

  [[nodiscard]] const std::vector<std::string>& all() const { return values_; }

 private:
  std::vector<std::string> values_;
};

// Rows of an answer; the columns must be of the types that are asked for.
class Rows {
 public:
  explicit Rows(pg_result* result);

  [[nodiscard]] std::size_t size() const;
  [[nodiscard]] std::int64_t integer(std::size_t row, int column) const;    // bigint
  [[nodiscard]] std::string_view bytes(std::size_t row, int column) const;  // text, bytea
  [[nodiscard]] std::string text(std::size_t row, int column) const {
    return std::string{bytes(row, column)};
  }
  [[nodiscard]] Instant instant(std::size_t row, int column) const;  // ns in a bigint
  [[nodiscard]] Hash hash(std::size_t row, int column) const;

 private:
  std::shared_ptr<pg_result> result_;
};

// A statement that a connection prepares when it first runs it; `name` is unique in this layer.
struct Statement {
  const char* name;
  const char* sql;
};

struct ConnectionSettings {
  std::string conninfo;
  std::string schema;                  // a plain name: checked by open_postgres
  std::chrono::milliseconds patience;  // for the connection, for a lock and for a statement
};

class Connection {
 public:
  // Connects, sets UTF-8, the schema and `synchronous_commit = on`.
  static Asked<Connection> open(const ConnectionSettings& settings);

  Asked<Rows> run(const Statement& statement, const Values& values = {});
  Asked<Rows> run_once(const std::string& sql, const Values& values = {});  // not prepared
  Asked<void> command(const char* sql);                                     // BEGIN, COMMIT, DDL; no values

 private:
  explicit Connection(pg_conn* connection);

  Asked<Rows> taken(pg_result* result) const;
  [[nodiscard]] Fault fault() const;

  struct Close {
    void operator()(pg_conn* connection) const;
  };
  std::unique_ptr<pg_conn, Close> connection_;
  std::set<std::string_view> prepared_;
};

[[nodiscard]] inline std::int64_t nanoseconds(Instant at) {
  return at.time().time_since_epoch().count();
}

}  // namespace evenkeel::store
