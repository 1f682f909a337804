#include "store/sqlite_schema.hpp"

#include <fmt/format.h>

namespace evenkeel::store::sqlite {

namespace {

constexpr int application = 0x45564b4c;  // "EVKL": file(1) and we know it by this

// Moments are nanoseconds since 1970, UTC: they sort as numbers and need no reading. `texts` is one hash of
// 32 bytes after another.
constexpr const char* tables = R"sql(
create table stream (
  number integer primary key,
  kind integer not null,
  id text not null,
  unique (kind, id)
) strict;
create table entry (
  sequence integer primary key,
  stream integer not null references stream (number),
  version integer not null check (version > 0),
  key text not null,
  kind text not null,
  at integer not null,
  written integer not null,
  text text not null,
  unique (stream, version),
  unique (stream, key)
) strict;
create index entry_by_kind on entry (kind, at);
create table audit (
  number integer primary key check (number > 0),
  action integer not null,
  actor text not null,
  subject text not null,
  detail text not null,
  at integer not null,
  written integer not null,
  clock_stepped_back integer not null,
  texts blob not null,
  previous blob not null check (length(previous) = 32),
  hash blob not null check (length(hash) = 32),
  role text not null default '',
  purpose text not null default ''
) strict;
create trigger stream_is_kept before delete on stream begin select raise(abort, 'streams are kept'); end;
create trigger stream_stands before update on stream begin select raise(abort, 'streams stand'); end;
create trigger entry_is_kept before delete on entry begin select raise(abort, 'entries are kept'); end;
create trigger entry_stands before update on entry begin select raise(abort, 'entries stand'); end;
create trigger audit_is_kept before delete on audit begin select raise(abort, 'the audit is kept'); end;
create trigger audit_stands before update on audit begin select raise(abort, 'the audit stands'); end;
)sql";

// Layout 1 had neither roles nor purposes, and no index to find entries by.
constexpr const char* from_1_to_2 = R"sql(
alter table audit add column role text not null default '';
alter table audit add column purpose text not null default '';
create index entry_by_kind on entry (kind, at);
)sql";

// Layout 2 had the same tables, and no accounts or persons: a program that knows only it would take their
// streams for tampering, so it is to refuse the file.
constexpr const char* from_2_to_3 = "";

Result<void> all_or_nothing(Database& database, const std::string& sql) {
  if (auto begun = database.run("begin immediate"); !begun) return begun;
  const std::string whole = fmt::format("{} pragma application_id={}; pragma user_version={}; commit", sql,
                                        application, newest_layout);
  auto done = database.run(whole.c_str());
  if (!done) (void)database.run("rollback");
  return done;
}

Error refused(const Database& database, std::string what) {
  return {ErrorCode::storage, database.error("").where, std::move(what)};
}

Result<bool> is_empty(Database& database) {
  const auto named = database.integer("select count(*) from sqlite_schema");
  if (!named) return named.error();
  return *named == 0;
}

}  // namespace

Result<int> layout_of(Database& database) {
  const auto owner = database.integer("pragma application_id");
  if (!owner) return owner.error();
  const auto layout = database.integer("pragma user_version");
  if (!layout) return layout.error();
  if (*owner != application) return refused(database, "is not an event log of this program");
  if (*layout > newest_layout) {
    return refused(database,
                   fmt::format("has layout {}; this program knows 1 to {}: use the newer program that "
                               "wrote it",
                               *layout, newest_layout));
  }
  if (*layout < 1) return refused(database, fmt::format("has layout {}; layouts begin at 1", *layout));
  return static_cast<int>(*layout);
}

Result<void> prepare_schema(Database& database, bool create) {
  const auto empty = is_empty(database);
  if (!empty) return empty.error();
  if (*empty) {
    if (!create) return refused(database, "is empty; an event log is made with the option to create one");
    return all_or_nothing(database, tables);
  }
  const auto layout = layout_of(database);
  if (!layout) return layout.error();
  if (*layout == 1) return all_or_nothing(database, std::string{from_1_to_2} + from_2_to_3);
  if (*layout == 2) return all_or_nothing(database, from_2_to_3);
  return {};
}

}  // namespace evenkeel::store::sqlite
