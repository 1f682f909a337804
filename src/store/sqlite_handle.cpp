#include "store/sqlite_handle.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/expects.hpp"

namespace evenkeel::store::sqlite {

namespace {

std::string file_of(sqlite3* database) {
  const char* name = sqlite3_db_filename(database, "main");
  return name == nullptr ? "sqlite" : name;
}

}  // namespace

Statement& Statement::integer(std::int64_t value) {
  expects(sqlite3_bind_int64(statement_.get(), ++bound_, value) == SQLITE_OK, "as many values as marks");
  return *this;
}

Statement& Statement::integer(std::uint64_t value) {
  return integer(static_cast<std::int64_t>(value));
}

Statement& Statement::instant(Instant at) {
  return integer(static_cast<std::int64_t>(at.time().time_since_epoch().count()));
}

// No null pointer, or SQLite would bind NULL in place of the empty text.
Statement& Statement::text(std::string_view value) {
  const char* data = value.data() == nullptr ? "" : value.data();
  expects(
      sqlite3_bind_text64(statement_.get(), ++bound_, data, value.size(), nullptr, SQLITE_UTF8) == SQLITE_OK,
      "as many values as marks, and texts within SQLite's bound");
  return *this;
}

Statement& Statement::bytes(std::string_view value) {
  const char* data = value.data() == nullptr ? "" : value.data();
  expects(sqlite3_bind_blob64(statement_.get(), ++bound_, data, value.size(), nullptr) == SQLITE_OK,
          "as many values as marks, and bytes within SQLite's bound");
  return *this;
}

Statement& Statement::hash(const Hash& value) {
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): bytes as SQLite takes them
  return bytes({reinterpret_cast<const char*>(value.data()), value.size()});
}

Result<bool> Statement::step() {
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  sqlite3* database = sqlite3_db_handle(statement_.get());
  if (code != SQLITE_DONE) {
    const Error error{ErrorCode::storage, file_of(database),
                      fmt::format("{} ({})", sqlite3_errmsg(database), sqlite3_errstr(code))};
    reset();
    return error;
  }
  reset();
  return false;
}

Result<void> Statement::run() {
  const auto more = step();
  if (!more) return more.error();
  reset();
  return {};
}

void Statement::reset() {
  sqlite3_reset(statement_.get());
  bound_ = 0;
}

std::int64_t Statement::integer_at(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}

std::uint64_t Statement::number_at(int column) const {
  return static_cast<std::uint64_t>(integer_at(column));
}

Instant Statement::instant_at(int column) const {
  return Instant{Instant::Time{std::chrono::nanoseconds{integer_at(column)}}};
}

std::string Statement::text_at(int column) const {
  return std::string{bytes_at(column)};
}

std::string_view Statement::bytes_at(int column) const {
  const void* data = sqlite3_column_blob(statement_.get(), column);
  const int size = sqlite3_column_bytes(statement_.get(), column);
  if (data == nullptr || size <= 0) return "";
  return {static_cast<const char*>(data), static_cast<std::size_t>(size)};
}

bool Statement::null_at(int column) const {
  return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

Hash Statement::hash_at(int column) const {
  Hash hash{};
  const std::string_view bytes = bytes_at(column);
  if (bytes.size() != hash.size()) return hash;
  std::transform(bytes.begin(), bytes.end(), hash.begin(),
                 [](char c) { return static_cast<std::uint8_t>(c); });
  return hash;
}

Result<Database> Database::open(const Settings& settings) {
  sqlite3* raw = nullptr;
  const int flags = (settings.write ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY) | SQLITE_OPEN_NOMUTEX |
                    SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_EXRESCODE;
  const char* vfs = settings.vfs.empty() ? nullptr : settings.vfs.c_str();
  const int code = sqlite3_open_v2(settings.file.c_str(), &raw, flags, vfs);
  Database database{raw};
  if (code != SQLITE_OK) {
    return Error{
        ErrorCode::storage, settings.file.string(),
        fmt::format("cannot be opened: {}", raw == nullptr ? sqlite3_errstr(code) : sqlite3_errmsg(raw))};
  }
  if (auto guarded = database.guard(settings); !guarded) return guarded.error();
  return database;
}

Result<void> Database::guard(const Settings& settings) {
  sqlite3_busy_timeout(handle(), settings.busy_ms);
  sqlite3_db_config(handle(), SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(handle(), SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  if (!settings.write) sqlite3_db_config(handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  return run(
      "pragma mmap_size=0; pragma cell_size_check=on; pragma foreign_keys=on;"
      "pragma recursive_triggers=on; pragma wal_autocheckpoint=0; pragma synchronous=full");
}

Result<void> Database::run(const char* sql) {
  if (sqlite3_exec(handle(), sql, nullptr, nullptr, nullptr) == SQLITE_OK) return {};
  return error("");
}

Result<Statement> Database::prepare(std::string_view sql) {
  sqlite3_stmt* raw = nullptr;
  const int code = sqlite3_prepare_v3(handle(), sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &raw, nullptr);
  if (code != SQLITE_OK) return error("");
  return Statement{raw};
}

Result<std::int64_t> Database::integer(const char* sql) {
  auto statement = prepare(sql);
  if (!statement) return statement.error();
  const auto row = statement->step();
  if (!row) return row.error();
  return *row ? statement->integer_at(0) : 0;
}

Result<void> Database::checkpoint() {
  const int code = sqlite3_wal_checkpoint_v2(handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
  if (code == SQLITE_OK || (code & 0xFF) == SQLITE_BUSY) return {};
  return error("checkpoint");
}

Error Database::error(std::string_view doing) const {
  return {ErrorCode::storage, file_of(handle()),
          fmt::format("{}{}{} ({})", doing, doing.empty() ? "" : ": ", sqlite3_errmsg(handle()),
                      sqlite3_errstr(sqlite3_extended_errcode(handle())))};
}

}  // namespace evenkeel::store::sqlite
