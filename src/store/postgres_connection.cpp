#include "store/postgres_connection.hpp"

#include <fmt/format.h>
#include <libpq-fe.h>

#include <algorithm>

#include "base/expects.hpp"

namespace evenkeel::store {

namespace {

// PostgreSQL's own numbers for its types (catalog pg_type): part of its protocol.
constexpr std::uint32_t oid_bytea = 17;
constexpr std::uint32_t oid_bigint = 20;
constexpr std::uint32_t oid_text = 25;
constexpr int binary = 1;

template <class Unsigned>
void put(std::string& to, Unsigned value) {
  for (int shift = int(sizeof value) * 8 - 8; shift >= 0; shift -= 8) {
    to.push_back(static_cast<char>(static_cast<unsigned char>(value >> shift)));
  }
}

void put32(std::string& to, std::size_t value) {
  put(to, static_cast<std::uint32_t>(value));
}

// A one-dimensional array: dimensions, whether there are nulls, the type, the length, the lower bound.
std::string array_head(std::uint32_t type, std::size_t length) {
  std::string array;
  put32(array, length == 0 ? 0 : 1);
  put32(array, 0);
  put32(array, type);
  if (length == 0) return array;
  put32(array, length);
  put32(array, 1);
  return array;
}

template <class Strings>
std::string array_of(std::uint32_t type, const Strings& values) {
  std::string array = array_head(type, values.size());
  for (const auto& value : values) {
    put32(array, value.size());
    array.append(value);
  }
  return array;
}

struct Pointers {
  std::vector<const char*> values;
  std::vector<int> lengths;
  std::vector<int> formats;

  explicit Pointers(const Values& of) : formats(of.all().size(), binary) {
    for (const std::string& value : of.all()) {
      values.push_back(value.data());
      lengths.push_back(static_cast<int>(value.size()));
    }
  }
};

std::string one_line(const char* message) {
  std::string text = message == nullptr ? "" : message;
  while (!text.empty() && text.back() == '\n') text.pop_back();
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

}  // namespace

Error Fault::error(const std::string& where) const {
  return Error{ErrorCode::storage, where,
               state.empty() ? what : fmt::format("{} (SQLSTATE {})", what, state)};
}

Values& Values::integer(std::int64_t value) {
  std::string bytes;
  put(bytes, static_cast<std::uint64_t>(value));
  values_.push_back(std::move(bytes));
  return *this;
}

Values& Values::text(std::string_view value) {
  values_.emplace_back(value);
  return *this;
}

Values& Values::integers(const std::vector<std::int64_t>& values) {
  std::string array = array_head(oid_bigint, values.size());
  for (const std::int64_t value : values) {
    put32(array, sizeof value);
    put(array, static_cast<std::uint64_t>(value));
  }
  values_.push_back(std::move(array));
  return *this;
}

Values& Values::texts(const std::vector<std::string_view>& values) {
  values_.push_back(array_of(oid_text, values));
  return *this;
}

Values& Values::bytes(const std::vector<std::string>& values) {
  values_.push_back(array_of(oid_bytea, values));
  return *this;
}

Rows::Rows(pg_result* result) : result_(result, &PQclear) {}

std::size_t Rows::size() const {
  return static_cast<std::size_t>(PQntuples(result_.get()));
}

std::string_view Rows::bytes(std::size_t row, int column) const {
  const int at = static_cast<int>(row);
  expects(at < PQntuples(result_.get()) && column < PQnfields(result_.get()), "a row and column that exist");
  return {PQgetvalue(result_.get(), at, column),
          static_cast<std::size_t>(PQgetlength(result_.get(), at, column))};
}

std::int64_t Rows::integer(std::size_t row, int column) const {
  const std::string_view value = bytes(row, column);
  expects(value.size() == sizeof(std::int64_t), "a column of type bigint");
  std::uint64_t number = 0;
  for (const char byte : value) number = number << 8U | static_cast<unsigned char>(byte);
  return static_cast<std::int64_t>(number);
}

Instant Rows::instant(std::size_t row, int column) const {
  return Instant{Instant::Time{std::chrono::nanoseconds{integer(row, column)}}};
}

Hash Rows::hash(std::size_t row, int column) const {
  const std::string_view value = bytes(row, column);
  Hash hash{};
  expects(value.size() == hash.size(), "a column of 32 bytes");
  std::transform(value.begin(), value.end(), hash.begin(),
                 [](char c) { return static_cast<std::uint8_t>(c); });
  return hash;
}

void Connection::Close::operator()(pg_conn* connection) const {
  PQfinish(connection);
}

Connection::Connection(pg_conn* connection) : connection_(connection) {}

Asked<Connection> Connection::open(const ConnectionSettings& settings) {
  const std::string ms = std::to_string(settings.patience.count());
  const std::string s = std::to_string(std::max<std::int64_t>(2, settings.patience.count() / 1000));
  // A later word replaces an earlier one: what the caller's conninfo says stands.
  const char* const words[] = {"connect_timeout",  "tcp_user_timeout", "keepalives_idle",
                               "application_name", "dbname",           nullptr};
  const char* const values[] = {s.c_str(), ms.c_str(), "10", "evenkeel", settings.conninfo.c_str(), nullptr};
  Connection opened{PQconnectdbParams(words, values, 1)};
  if (PQstatus(opened.connection_.get()) != CONNECTION_OK) return opened.fault();
  const auto set = opened.run_once(
      "select set_config('client_encoding', 'UTF8', false), set_config('search_path', $1, false), "
      "set_config('synchronous_commit', 'on', false), set_config('lock_timeout', $2, false), "
      "set_config('statement_timeout', $2, false), set_config('client_min_messages', 'error', false), "
      "set_config('default_transaction_isolation', 'read committed', false), "
      // Our statements have one good plan whatever the values; planning anew costs more than they do.
      "set_config('plan_cache_mode', 'force_generic_plan', false)",
      Values{}.text(settings.schema).text(ms));
  if (!set) return set.error();
  return opened;
}

Asked<Rows> Connection::run(const Statement& statement, const Values& values) {
  if (prepared_.count(statement.name) == 0) {
    auto made = taken(PQprepare(connection_.get(), statement.name, statement.sql, 0, nullptr));
    if (!made) return made;
    prepared_.insert(statement.name);
  }
  const Pointers given{values};
  return taken(PQexecPrepared(connection_.get(), statement.name, static_cast<int>(given.values.size()),
                              given.values.data(), given.lengths.data(), given.formats.data(), binary));
}

Asked<Rows> Connection::run_once(const std::string& sql, const Values& values) {
  const Pointers given{values};
  return taken(PQexecParams(connection_.get(), sql.c_str(), static_cast<int>(given.values.size()), nullptr,
                            given.values.data(), given.lengths.data(), given.formats.data(), binary));
}

Asked<void> Connection::command(const char* sql) {
  if (auto done = taken(PQexec(connection_.get(), sql)); !done) return done.error();
  return {};
}

Asked<Rows> Connection::taken(pg_result* result) const {
  Rows rows{result};
  const ExecStatusType status = PQresultStatus(result);
  if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK) return rows;
  Fault seen = fault();
  if (const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE)) seen.state = state;
  if (const char* what = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY)) seen.what = one_line(what);
  return seen;
}

Fault Connection::fault() const {
  return {PQstatus(connection_.get()) != CONNECTION_OK, "", one_line(PQerrorMessage(connection_.get()))};
}

}  // namespace evenkeel::store
