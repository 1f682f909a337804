// The statements of a batch that write and read rows.
#include <algorithm>

#include "store/checks.hpp"
#include "store/postgres_batch.hpp"

namespace evenkeel::store {

namespace {

std::int64_t number(std::uint64_t value) {
  return static_cast<std::int64_t>(value);
}

std::string raw(const Hash& hash) {
  return {hash.begin(), hash.end()};
}

// Two locks of ours in a database: the number of "EVEN" and the table's, so each schema has its own.
constexpr Statement lock{"lock", "select pg_advisory_xact_lock(1163281742, 'audit'::regclass::oid::integer)"};

constexpr Statement tail{"tail", R"sql(
select a.number, a.hash, a.written, coalesce((select max(sequence) from entry), 0)::bigint,
       (extract(epoch from clock_timestamp()) * 1000000)::bigint * 1000
from (values (0)) as one(row)
left join lateral (select number, hash, written from audit order by number desc limit 1) a on true)sql"};

constexpr Statement head_of{"head_of", "select number, hash from audit order by number desc limit 1"};

constexpr Statement add_streams{"add_streams", R"sql(
insert into stream (kind, id) select * from unnest($1::bigint[]::smallint[], $2::text[])
returning number, kind::bigint, id)sql"};

constexpr Statement add_entries{"add_entries", R"sql(
insert into entry (sequence, stream, version, key, kind, at, written, text)
select * from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::bigint[],
                     $7::bigint[], $8::text[]))sql"};

constexpr Statement add_audit{"add_audit", R"sql(
insert into audit (number, action, actor, role, purpose, subject, detail, at, written, clock_stepped_back,
                   texts, previous, hash)
select number, action, actor, role, purpose, subject, detail, at, written, stepped <> 0, texts, previous, hash
from unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
            $8::bigint[], $9::bigint[], $10::bigint[], $11::bytea[], $12::bytea[], $13::bytea[])
  as given(number, action, actor, role, purpose, subject, detail, at, written, stepped, texts, previous, hash)
)sql"};

template <class Each, class Part>
std::vector<std::int64_t> integers(const std::vector<Each>& from, Part part) {
  std::vector<std::int64_t> values;
  values.reserve(from.size());
  for (const Each& each : from) values.push_back(part(each));
  return values;
}

template <class Each, class Part>
std::vector<std::string_view> texts(const std::vector<Each>& from, Part part) {
  std::vector<std::string_view> values;
  values.reserve(from.size());
  for (const Each& each : from) values.push_back(part(each));
  return values;
}

template <class Part>
std::vector<std::string> bytes(const std::vector<AuditEntry>& from, Part part) {
  std::vector<std::string> values;
  values.reserve(from.size());
  for (const AuditEntry& each : from) values.push_back(part(each));
  return values;
}

Asked<void> done(const Asked<Rows>& rows) {
  if (!rows) return rows.error();
  return {};
}

}  // namespace

Asked<Tail> lock_tail(Connection& connection) {
  if (auto locked = connection.run(lock); !locked) return locked.error();
  const auto rows = connection.run(tail);
  if (!rows) return rows.error();
  Tail seen;
  if (!rows->bytes(0, 0).empty()) {
    seen.head = {static_cast<std::uint64_t>(rows->integer(0, 0)), rows->hash(0, 1)};
    seen.written = rows->instant(0, 2);
  }
  seen.sequence = static_cast<std::uint64_t>(rows->integer(0, 3));
  seen.now = rows->instant(0, 4);
  return seen;
}

Asked<Head> read_head(Connection& connection) {
  const auto rows = connection.run(head_of);
  if (!rows) return rows.error();
  if (rows->size() == 0) return Head{};
  return Head{static_cast<std::uint64_t>(rows->integer(0, 0)), rows->hash(0, 1)};
}

Asked<std::map<StreamName, std::int64_t>> insert_streams(Connection& connection,
                                                         const std::vector<StreamName>& names) {
  std::map<StreamName, std::int64_t> numbers;
  if (names.empty()) return numbers;
  const auto rows = connection.run(
      add_streams,
      Values{}
          .integers(integers(names, [](const StreamName& n) { return static_cast<std::int64_t>(n.kind); }))
          .texts(texts(names, [](const StreamName& n) -> std::string_view { return n.id; })));
  if (!rows) return rows.error();
  for (std::size_t i = 0; i < rows->size(); ++i) {
    numbers[{code_of<StreamKind>(rows->integer(i, 1)), rows->text(i, 2)}] = rows->integer(i, 0);
  }
  return numbers;
}

Asked<void> insert_entries(Connection& connection, const std::vector<Row>& rows) {
  if (rows.empty()) return {};
  Values values;
  values.integers(integers(rows, [](const Row& r) { return number(r.entry.sequence); }))
      .integers(integers(rows, [](const Row& r) { return r.stream; }))
      .integers(integers(rows, [](const Row& r) { return number(r.entry.version); }))
      .texts(texts(rows, [](const Row& r) -> std::string_view { return r.entry.key; }))
      .texts(texts(rows, [](const Row& r) -> std::string_view { return r.entry.kind; }))
      .integers(integers(rows, [](const Row& r) { return nanoseconds(r.entry.at); }))
      .integers(integers(rows, [](const Row& r) { return nanoseconds(r.entry.written); }))
      .texts(texts(rows, [](const Row& r) -> std::string_view { return r.entry.text; }));
  return done(connection.run(add_entries, values));
}

Asked<void> insert_audit(Connection& connection, const std::vector<AuditEntry>& entries) {
  if (entries.empty()) return {};
  using A = AuditEntry;
  Values values;
  values.integers(integers(entries, [](const A& a) { return number(a.number); }))
      .integers(integers(entries, [](const A& a) { return static_cast<std::int64_t>(a.action); }))
      .texts(texts(entries, [](const A& a) -> std::string_view { return a.actor; }))
      .texts(texts(entries, [](const A& a) -> std::string_view { return a.role; }))
      .texts(texts(entries, [](const A& a) -> std::string_view { return a.purpose; }))
      .texts(texts(entries, [](const A& a) -> std::string_view { return a.subject; }))
      .texts(texts(entries, [](const A& a) -> std::string_view { return a.detail; }))
      .integers(integers(entries, [](const A& a) { return nanoseconds(a.at); }))
      .integers(integers(entries, [](const A& a) { return nanoseconds(a.written); }))
      .integers(integers(entries, [](const A& a) { return a.clock_stepped_back ? 1 : 0; }))
      .bytes(bytes(entries,
                   [](const A& a) {
                     std::string all;
                     for (const Hash& text : a.texts) all += raw(text);
                     return all;
                   }))
      .bytes(bytes(entries, [](const A& a) { return raw(a.previous); }))
      .bytes(bytes(entries, [](const A& a) { return raw(a.hash); }));
  return done(connection.run(add_audit, values));
}

}  // namespace evenkeel::store
