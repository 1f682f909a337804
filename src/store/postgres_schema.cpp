#include "store/postgres_schema.hpp"

#include <fmt/format.h>

#include <array>

namespace evenkeel::store {

namespace {

constexpr const char* place = "postgresql";

// Instants are nanoseconds since 1970: timestamptz would keep microseconds. Names compare bytewise. `stream`
// refers to no table by a constraint: its check for each row would be paid by every append, and the one
// program that may write takes the number from the table in the same transaction.
constexpr const char* first_step = R"sql(
create table stream (
  number bigint generated always as identity primary key,
  kind smallint not null check (kind between 1 and 3),
  id text collate "C" not null check (id <> ''),
  unique (kind, id));
create table entry (
  sequence bigint primary key check (sequence > 0),
  stream bigint not null,
  version bigint not null check (version > 0),
  key text collate "C" not null check (key <> ''),
  kind text collate "C" not null check (kind <> ''),
  at bigint not null,
  written bigint not null,
  text text collate "C" not null,
  unique (stream, version),
  unique (stream, key));
create index entry_by_kind on entry (kind, at, sequence);
create table audit (
  number bigint primary key check (number > 0),
  action smallint not null,
  actor text not null,
  role text not null,
  purpose text not null,
  subject text not null,
  detail text not null,
  at bigint not null,
  written bigint not null,
  clock_stepped_back boolean not null,
  texts bytea not null check (length(texts) % 32 = 0),
  previous bytea not null check (length(previous) = 32),
  hash bytea not null check (length(hash) = 32));
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the log only grows: % on % is refused', tg_op, tg_table_name;
end $$;
create trigger only_grows before update or delete or truncate on stream
  for each statement execute function refuse_change();
create trigger only_grows before update or delete or truncate on entry
  for each statement execute function refuse_change();
create trigger only_grows before update or delete or truncate on audit
  for each statement execute function refuse_change();
create trigger only_grows before update or delete or truncate on schema_version
  for each statement execute function refuse_change();
revoke update, delete, truncate on stream, entry, audit, schema_version from public, current_user;
)sql";

// Accounts and persons.
constexpr const char* second_step = R"sql(
alter table stream drop constraint stream_kind_check;
alter table stream add constraint stream_kind_check check (kind between 1 and 5);
)sql";

constexpr std::array<const char*, 2> steps{first_step, second_step};

// One process prepares a database at a time. "EVEN" in ASCII; the other lock of ours has the table's number.
constexpr const char* only_one = "select pg_advisory_xact_lock(1163281742, 0)";

Result<void> run_format(Connection& connection, const char* format, const Values& values) {
  const auto made = connection.run_once(format, values);  // the server quotes the names
  if (!made) return made.error().error(place);
  if (auto done = connection.command(made->text(0, 0).c_str()); !done) return done.error().error(place);
  return {};
}

Result<bool> is_there(Connection& connection, const char* question, const std::string& name) {
  const auto found = connection.run_once(question, Values{}.text(name));
  if (!found) return found.error().error(place);
  return found->integer(0, 0) != 0;
}

Result<std::int64_t> version_of(Connection& connection, const SchemaWish& wish) {
  const auto table = is_there(connection,
                              "select count(*) from pg_tables where schemaname = $1::text and tablename = "
                              "'schema_version'",
                              wish.schema);
  if (!table) return table.error();
  if (!*table) return 0;
  const auto version = connection.run_once("select coalesce(max(version), 0)::bigint from schema_version");
  if (!version) return version.error().error(place);
  return version->integer(0, 0);
}

Result<void> create_schema(Connection& connection, const SchemaWish& wish) {
  const auto there =
      is_there(connection, "select count(*) from pg_namespace where nspname = $1::text", wish.schema);
  if (!there) return there.error();
  if (!*there) {
    auto made =
        run_format(connection, "select format('create schema %I', $1::text)", Values{}.text(wish.schema));
    if (!made) return made;
  }
  const auto versions = connection.command(
      "create table schema_version (version integer primary key, applied timestamptz not null)");
  if (!versions) return versions.error().error(place);
  return {};
}

Result<void> take_steps(Connection& connection, std::int64_t from, int up_to) {
  for (std::int64_t step = from; step < up_to; ++step) {
    if (auto done = connection.command(steps.at(static_cast<std::size_t>(step))); !done) {
      return done.error().error(fmt::format("{}: step {} of the tables", place, step + 1));
    }
    const auto noted = connection.run_once("insert into schema_version values ($1::bigint::integer, now())",
                                           Values{}.integer(step + 1));
    if (!noted) return noted.error().error(place);
  }
  return {};
}

Result<void> grant(Connection& connection, const SchemaWish& wish) {
  return run_format(
      connection,
      "select format('grant usage on schema %1$I to %2$I; grant select on all tables in schema %1$I to %2$I; "
      "grant insert on %1$I.stream, %1$I.entry, %1$I.audit to %2$I', $1::text, $2::text)",
      Values{}.text(wish.schema).text(wish.grant_to));
}

Result<void> prepare_locked(Connection& connection, const SchemaWish& wish) {
  const auto version = version_of(connection, wish);
  if (!version) return version.error();
  if (*version > newest_postgres_schema()) {
    return Error{ErrorCode::storage, place,
                 fmt::format("the log's tables are of version {}; this program knows up to {}: use the newer "
                             "program that made them",
                             *version, newest_postgres_schema())};
  }
  if (*version == 0 && !wish.create) {
    return Error{ErrorCode::not_found, place,
                 fmt::format("no log in the schema '{}'; name the right one, or create it", wish.schema)};
  }
  if (*version == 0) {
    if (auto made = create_schema(connection, wish); !made) return made;
  }
  if (auto taken = take_steps(connection, *version, wish.up_to); !taken) return taken;
  return wish.grant_to.empty() ? Result<void>{} : grant(connection, wish);
}

}  // namespace

int newest_postgres_schema() {
  return static_cast<int>(steps.size());
}

Result<void> check_server(Connection& connection) {
  const auto seen = connection.run_once(
      "select current_setting('server_version_num')::bigint, current_setting('fsync'), "
      "current_setting('full_page_writes'), current_setting('server_encoding'), "
      "current_setting('server_version')");
  if (!seen) return seen.error().error(place);
  const auto refuse = [](std::string what) { return Error{ErrorCode::storage, place, std::move(what)}; };
  if (seen->integer(0, 0) < 130'000) {
    return refuse(fmt::format("the server is PostgreSQL {}; 13 or later is needed", seen->text(0, 4)));
  }
  if (seen->bytes(0, 1) != "on" || seen->bytes(0, 2) != "on") {
    return refuse("fsync or full_page_writes is off at the server: it would lose what it acknowledged");
  }
  if (seen->bytes(0, 3) != "UTF8") {
    return refuse(fmt::format("the database's encoding is {}; it has to be UTF8", seen->text(0, 3)));
  }
  return {};
}

Result<void> prepare_schema(Connection& connection, const SchemaWish& wish) {
  if (auto begun = connection.command("begin"); !begun) return begun.error().error(place);
  auto done = connection.run_once(only_one);
  if (!done) return done.error().error(place);
  auto prepared = prepare_locked(connection, wish);
  const auto ended = connection.command(prepared ? "commit" : "rollback");
  if (prepared && !ended) return ended.error().error(place);
  return prepared;
}

}  // namespace evenkeel::store
