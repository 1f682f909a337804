#include "store/postgres_restore.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <deque>

#include "store/checks.hpp"
#include "store/postgres_batch.hpp"

namespace evenkeel::store {

namespace {

constexpr const char* place = "postgresql";
constexpr std::size_t page = 1'000;             // rows at a time
constexpr std::size_t page_bytes = 16'777'216;  // or when that many bytes of text are reached

constexpr Statement entries_after{"entries_after", R"sql(
select e.sequence, s.kind::bigint, s.id, e.version, e.key, e.kind, e.at, e.written, e.text
from entry e join stream s on s.number = e.stream
where e.sequence > $1::bigint order by e.sequence limit $2::bigint)sql"};

constexpr Statement audit_after{"audit_after", R"sql(
select number, action::bigint, actor, role, purpose, subject, detail, at, written,
       clock_stepped_back::integer::bigint, texts, previous, hash
from audit where number > $1::bigint order by number limit $2::bigint)sql"};

constexpr Statement audit_before{"audit_before", R"sql(
select number, action::bigint, actor, role, purpose, subject, detail, at, written,
       clock_stepped_back::integer::bigint, texts, previous, hash
from audit where number < $1::bigint order by number desc limit $2::bigint)sql"};

Entry entry_of(const Rows& rows, std::size_t i) {
  return {static_cast<std::uint64_t>(rows.integer(i, 0)),
          {code_of<StreamKind>(rows.integer(i, 1)), rows.text(i, 2)},
          static_cast<std::uint64_t>(rows.integer(i, 3)),
          rows.text(i, 4),
          rows.text(i, 5),
          rows.instant(i, 6),
          rows.instant(i, 7),
          rows.text(i, 8)};
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

AuditEntry audit_of(const Rows& rows, std::size_t i) {
  AuditEntry entry;
  entry.number = static_cast<std::uint64_t>(rows.integer(i, 0));
  entry.action = code_of<Action>(rows.integer(i, 1));
  entry.actor = rows.text(i, 2);
  entry.role = rows.text(i, 3);
  entry.purpose = rows.text(i, 4);
  entry.subject = rows.text(i, 5);
  entry.detail = rows.text(i, 6);
  entry.at = rows.instant(i, 7);
  entry.written = rows.instant(i, 8);
  entry.clock_stepped_back = rows.integer(i, 9) != 0;
  entry.texts = hashes_of(rows.bytes(i, 10));
  entry.previous = rows.hash(i, 11);
  entry.hash = rows.hash(i, 12);
  return entry;
}

// Page by page in one snapshot, from beside `last` on; `take_row` gives false to end.
Result<void> walk(const ConnectionSettings& settings, const Statement& next, std::int64_t last,
                  const std::function<bool(const Rows&, std::size_t)>& take_row) {
  auto connection = Connection::open(settings);
  if (!connection) return connection.error().error(place);
  if (auto begun = connection->command("begin isolation level repeatable read read only"); !begun) {
    return begun.error().error(place);
  }
  std::size_t limit = 1;  // texts may be long: a page is as many as the last one says will fit
  while (true) {
    const auto rows = connection->run(next, Values{}.integer(last).integer(static_cast<std::int64_t>(limit)));
    if (!rows) return rows.error().error(place);
    std::size_t bytes = 1;
    for (std::size_t i = 0; i < rows->size(); ++i) {
      if (!take_row(*rows, i)) return {};
      last = rows->integer(i, 0);
      bytes += rows->bytes(i, 8).size();
    }
    if (rows->size() < limit) return {};
    limit = std::clamp<std::size_t>(std::min(4 * limit, limit * page_bytes / bytes), 1, page);
  }
}

Error refused(std::string what) {
  return Error{ErrorCode::invalid_input, "restore", std::move(what)};
}

// Copies within the caller's transaction, holding each piece against the chain before it is sent.
class Copy {
 public:
  explicit Copy(Connection& connection) : connection_(connection) {}

  Result<void> run(EventLog& other) {
    auto walked = other.each_audit([this](const AuditEntry& entry) { return take(entry); });
    if (walked && ok()) send_audit();
    if (!walked || !ok()) return failed_ ? *failed_ : walked.error();
    walked = other.each_entry([this](const Entry& entry) { return take(entry); });
    if (walked && ok()) send_entries();
    if (!walked || !ok()) return failed_ ? *failed_ : walked.error();
    if (texts_.empty()) return {};
    return refused(fmt::format("{} entries are missing that the chain names", texts_.size()));
  }

 private:
  [[nodiscard]] bool ok() const { return !failed_; }

  bool fail(Error error) {
    failed_ = std::move(error);
    return false;
  }

  bool sent(const Asked<void>& done) { return done ? true : fail(done.error().error(place)); }

  bool take(const AuditEntry& entry) {
    if (entry.number != head_.number + 1 || entry.previous != head_.hash ||
        chained(head_.hash, entry) != entry.hash) {
      return fail(refused(fmt::format("the chain does not verify at entry {}", head_.number + 1)));
    }
    head_ = {entry.number, entry.hash};
    for (const Hash& text : entry.texts) texts_.push_back({text, entry.subject});
    audit_.push_back(entry);
    return audit_.size() < page || send_audit();
  }

  bool send_audit() {
    const bool done = sent(insert_audit(connection_, audit_));
    audit_.clear();
    return done;
  }

  bool take(const Entry& entry) {
    if (texts_.empty()) return false;  // appended since the chain was read
    const auto version = versions_.find(entry.stream);
    const std::uint64_t before = version == versions_.end() ? 0 : version->second;
    if (entry.version != before + 1 ||
        texts_.front() !=
            Promised{content_hash(entry.key, entry.kind, entry.at, entry.text), to_string(entry.stream)}) {
      return fail(refused(
          fmt::format("{} version {} is not what the chain says", to_string(entry.stream), entry.version)));
    }
    texts_.pop_front();
    versions_[entry.stream] = entry.version;
    bytes_ += entry.text.size();
    entries_.push_back({0, entry});
    return (entries_.size() < page && bytes_ < page_bytes) || send_entries();
  }

  bool send_entries() {
    std::vector<StreamName> fresh;
    for (const Row& row : entries_) {
      if (numbers_.try_emplace(row.entry.stream, 0).second) fresh.push_back(row.entry.stream);
    }
    const auto numbers = insert_streams(connection_, fresh);
    if (!numbers) return sent(numbers.error());
    for (const auto& [name, number] : *numbers) numbers_[name] = number;
    for (Row& row : entries_) row.stream = numbers_[row.entry.stream];
    const bool done = sent(insert_entries(connection_, entries_));
    entries_.clear();
    bytes_ = 0;
    return done;
  }

  // What the chain says of an entry: its text's hash and its stream.
  struct Promised {
    Hash text{};
    std::string stream;
    bool operator==(const Promised&) const = default;
  };

  Connection& connection_;
  std::optional<Error> failed_;
  Head head_;
  std::deque<Promised> texts_;  // of entries that are still to come
  std::vector<AuditEntry> audit_;
  std::vector<Row> entries_;
  std::size_t bytes_ = 0;
  std::map<StreamName, std::uint64_t> versions_;
  std::map<StreamName, std::int64_t> numbers_;
};

Result<void> restore_locked(Connection& connection, EventLog& other) {
  const auto tail = lock_tail(connection);
  if (!tail) return tail.error().error(place);
  if (tail->head.number > 0 || tail->sequence > 0) {
    return refused(fmt::format("the log is not empty: its chain has {} entries; restore into a new one",
                               tail->head.number));
  }
  return Copy{connection}.run(other);
}

}  // namespace

Result<void> walk_entries(const ConnectionSettings& settings, const std::function<bool(const Entry&)>& take) {
  return walk(settings, entries_after, 0,
              [&](const Rows& rows, std::size_t i) { return take(entry_of(rows, i)); });
}

Result<void> walk_audit(const ConnectionSettings& settings,
                        const std::function<bool(const AuditEntry&)>& take) {
  return walk(settings, audit_after, 0,
              [&](const Rows& rows, std::size_t i) { return take(audit_of(rows, i)); });
}

Result<void> walk_audit_back(const ConnectionSettings& settings, std::uint64_t before,
                             const std::function<bool(const AuditEntry&)>& take) {
  return walk(settings, audit_before, static_cast<std::int64_t>(before),
              [&](const Rows& rows, std::size_t i) { return take(audit_of(rows, i)); });
}

Result<void> restore(const ConnectionSettings& settings, EventLog& other) {
  auto connection = Connection::open(settings);
  if (!connection) return connection.error().error(place);
  if (auto begun = connection->command("begin"); !begun) return begun.error().error(place);
  auto restored = restore_locked(*connection, other);
  const auto ended = connection->command(restored ? "commit" : "rollback");
  if (restored && !ended) return ended.error().error(place);
  return restored;
}

}  // namespace evenkeel::store
