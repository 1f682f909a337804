#include "store/sqlite_rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "store/checks.hpp"
#include "store/sqlite_schema.hpp"

namespace evenkeel::store::sqlite {

namespace {

constexpr std::size_t most_idle = 8;

std::int64_t bounded(std::uint64_t value) {
  return static_cast<std::int64_t>(std::min<std::uint64_t>(value, std::numeric_limits<std::int64_t>::max()));
}

std::vector<Hash> hashes_of(std::string_view bytes) {
  std::vector<Hash> hashes(bytes.size() / Hash{}.size());
  for (std::size_t i = 0; i < hashes.size(); ++i) {
    const std::string_view one = bytes.substr(i * Hash{}.size(), Hash{}.size());
    std::transform(one.begin(), one.end(), hashes[i].begin(),
                   [](char c) { return static_cast<std::uint8_t>(c); });
  }
  return hashes;
}

Entry entry_of(const Statement& row) {
  return {row.number_at(0),  {code_of<StreamKind>(row.integer_at(1)), row.text_at(2)},
          row.number_at(3),  row.text_at(4),
          row.text_at(5),    row.instant_at(6),
          row.instant_at(7), row.text_at(8)};
}

AuditEntry audit_of(const Statement& row) {
  AuditEntry entry;
  entry.number = row.number_at(0);
  entry.action = code_of<Action>(row.integer_at(1));
  entry.actor = row.text_at(2);
  entry.role = row.text_at(3);
  entry.purpose = row.text_at(4);
  entry.subject = row.text_at(5);
  entry.detail = row.text_at(6);
  entry.at = row.instant_at(7);
  entry.written = row.instant_at(8);
  entry.clock_stepped_back = row.integer_at(9) != 0;
  entry.texts = hashes_of(row.bytes_at(10));
  entry.previous = row.hash_at(11);
  entry.hash = row.hash_at(12);
  return entry;
}

// Steps to the end, or until `take` gives false.
template <class Take>
Result<void> each_row(Statement& statement, Take&& take) {
  while (true) {
    const auto row = statement.step();
    if (!row) return row.error();
    if (!*row || !take(statement)) return {};
  }
}

}  // namespace

Result<std::vector<Entry>> read_stream(Database& database, const StreamName& stream, std::uint64_t after) {
  auto statement = database.prepare(
      "select e.sequence, s.kind, s.id, e.version, e.key, e.kind, e.at, e.written, e.text"
      " from stream s join entry e on e.stream = s.number"
      " where s.kind = ? and s.id = ? and e.version > ? order by e.version");
  if (!statement) return statement.error();
  statement->integer(static_cast<std::int64_t>(stream.kind)).text(stream.id).integer(bounded(after));
  std::vector<Entry> entries;
  auto walked = each_row(*statement, [&](const Statement& row) {
    entries.push_back(entry_of(row));
    return true;
  });
  if (!walked) return walked.error();
  return entries;
}

Result<Arrivals> arrived(Database& database, std::uint64_t after, std::size_t most) {
  auto statement = database.prepare(
      "select e.sequence, s.kind, s.id, e.version, e.kind, e.at from entry e join stream s on s.number = "
      "e.stream"
      " where e.sequence > ? order by e.sequence limit ?");
  if (!statement) return statement.error();
  statement->integer(bounded(after)).integer(bounded(most));
  Arrivals since{{}, after};
  auto walked = each_row(*statement, [&](const Statement& row) {
    since.last = row.number_at(0);
    since.entries.push_back({{code_of<StreamKind>(row.integer_at(1)), row.text_at(2)},
                             row.number_at(3),
                             row.text_at(4),
                             row.instant_at(5)});
    return true;
  });
  if (!walked) return walked.error();
  return since;
}

Result<Arrivals> arrived_last(Database& database) {
  auto statement = database.prepare("select coalesce(max(sequence), 0) from entry");
  if (!statement) return statement.error();
  const auto row = statement->step();
  if (!row) return row.error();
  return Arrivals{{}, *row ? statement->number_at(0) : 0};
}

Result<std::vector<Found>> find_entries(Database& database, const Search& search) {
  // The unary + keeps SQLite from walking every stream of the kind: the index by kind and time is the way.
  auto statement = database.prepare(
      "select s.id, e.version, e.at, e.text from entry e indexed by entry_by_kind"
      " join stream s on s.number = +e.stream"
      " where e.kind = ? and e.at >= ? and e.at < ? and +s.kind = ? order by e.at, e.sequence limit ?");
  if (!statement) return statement.error();
  statement->text(search.kind)
      .instant(search.from)
      .instant(search.until)
      .integer(static_cast<std::int64_t>(search.streams))
      .integer(bounded(search.most));
  std::vector<Found> found;
  auto walked = each_row(*statement, [&](const Statement& row) {
    found.push_back(
        {{search.streams, row.text_at(0)}, row.number_at(1), search.kind, row.instant_at(2), row.text_at(3)});
    return true;
  });
  if (!walked) return walked.error();
  return found;
}

Result<std::vector<std::pair<StreamName, std::uint64_t>>> list_streams(Database& database, StreamKind kind) {
  auto statement = database.prepare(
      "select s.id, (select max(e.version) from entry e where e.stream = s.number) as version"
      " from stream s where s.kind = ? and version is not null order by s.id");
  if (!statement) return statement.error();
  statement->integer(static_cast<std::int64_t>(kind));
  std::vector<std::pair<StreamName, std::uint64_t>> all;
  auto walked = each_row(*statement, [&](const Statement& row) {
    all.push_back({{kind, row.text_at(0)}, row.number_at(1)});
    return true;
  });
  if (!walked) return walked.error();
  return all;
}

Result<Head> read_head(Database& database) {
  auto statement = database.prepare("select number, hash from audit order by number desc limit 1");
  if (!statement) return statement.error();
  const auto row = statement->step();
  if (!row) return row.error();
  if (!*row) return Head{};
  return Head{statement->number_at(0), statement->hash_at(1)};
}

Result<void> walk_entries(Database& database, const std::function<bool(const Entry&)>& take) {
  // A left join: an entry whose stream is gone is shown, as of no stream.
  auto statement = database.prepare(
      "select e.sequence, s.kind, s.id, e.version, e.key, e.kind, e.at, e.written, e.text"
      " from entry e left join stream s on s.number = e.stream order by e.sequence");
  if (!statement) return statement.error();
  return each_row(*statement, [&](const Statement& row) { return take(entry_of(row)); });
}

namespace {

// `which` and `order` are words of ours. Layout 1 has neither role nor purpose.
Result<Statement> audit_rows(Database& database, std::string_view which, std::string_view order) {
  const auto layout = layout_of(database);
  if (!layout) return layout.error();
  return database.prepare(
      fmt::format("select number, action, actor, {}, subject, detail, at, written, clock_stepped_back,"
                  " texts, previous, hash from audit {} order by number {}",
                  *layout == 1 ? "'', ''" : "role, purpose", which, order));
}

}  // namespace

Result<void> walk_audit(Database& database, const std::function<bool(const AuditEntry&)>& take) {
  auto statement = audit_rows(database, "", "asc");
  if (!statement) return statement.error();
  return each_row(*statement, [&](const Statement& row) { return take(audit_of(row)); });
}

Result<void> walk_audit_back(Database& database, std::uint64_t before,
                             const std::function<bool(const AuditEntry&)>& take) {
  auto statement = audit_rows(database, "where number < ?", "desc");
  if (!statement) return statement.error();
  statement->integer(static_cast<std::int64_t>(before));
  return each_row(*statement, [&](const Statement& row) { return take(audit_of(row)); });
}

Result<Database> Readers::take() {
  {
    const std::lock_guard lock{mutex_};
    if (!idle_.empty()) {
      Database database = std::move(idle_.back());
      idle_.pop_back();
      return database;
    }
  }
  return Database::open(settings_);
}

void Readers::give_back(Database database) {
  const std::lock_guard lock{mutex_};
  if (idle_.size() < most_idle) idle_.push_back(std::move(database));
}

}  // namespace evenkeel::store::sqlite
