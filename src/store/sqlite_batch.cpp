#include "store/sqlite_batch.hpp"

#include <array>
#include <map>

#include "store/checks.hpp"

namespace evenkeel::store::sqlite {

namespace {

constexpr std::size_t file_after = 4'194'304;  // bytes between two checkpoints

// In the order of the list below.
enum Which : std::uint8_t {
  find_tail,
  find_stream,
  find_version,
  find_key,
  add_stream,
  add_entry,
  add_audit
};

constexpr std::array statements{
    "select a.number, a.hash, a.written, coalesce((select max(sequence) from entry), 0) from audit a"
    " order by a.number desc limit 1",
    "select number from stream where kind = ? and id = ?",
    "select coalesce(max(version), 0) from entry where stream = ?",
    "select kind, at, text, version, sequence from entry where stream = ? and key = ?",
    "insert into stream (kind, id) values (?, ?) returning number",
    "insert into entry (sequence, stream, version, key, kind, at, written, text) values (?, ?, ?, ?, ?, ?, "
    "?, ?)",
    "insert into audit (number, action, actor, role, purpose, subject, detail, at, written, "
    "clock_stepped_back,"
    " texts, previous, hash) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"};

std::string joined(const std::vector<Hash>& hashes) {
  std::string bytes;
  for (const Hash& hash : hashes) bytes.append(hash.begin(), hash.end());
  return bytes;
}

}  // namespace

struct Writer::Batch {
  Tail tail;
  Instant now;
  std::map<StreamName, Stream> streams;
};

Result<Writer> Writer::over(Database database) {
  Writer writer{std::move(database)};
  for (const char* sql : statements) {
    auto statement = writer.database_.prepare(sql);
    if (!statement) return statement.error();
    writer.statements_.push_back(std::move(*statement));
  }
  return writer;
}

Result<void> Writer::write(const std::vector<Ask*>& asks, Instant now) {
  if (auto begun = database_.run("begin immediate"); !begun) return begun;
  auto written = write_all(asks, now);
  if (written) written = database_.run("commit");
  if (!written) (void)database_.run("rollback");
  return written;
}

Result<void> Writer::write_all(const std::vector<Ask*>& asks, Instant now) {
  const auto last = tail();
  if (!last) return last.error();
  Batch batch{*last, now, {}};
  for (Ask* ask : asks) {
    if (ask->append != nullptr) {
      if (auto written = write_append(*ask, batch); !written) return written;
    }
    if (auto chained = chain(ask->audit, batch); !chained) return chained;
  }
  return {};
}

Result<void> Writer::tidy() {
  if (unfiled_ < file_after) return {};
  unfiled_ = 0;
  return database_.checkpoint();
}

// Fills `texts` and `detail` of the append's audit entry. A refusal writes no entry, so it harms no other.
Result<void> Writer::write_append(Ask& ask, Batch& batch) {
  const Append& what = *ask.append;
  const auto loaded = load(what, batch);
  if (!loaded) return loaded.error();
  Stream& stream = **loaded;
  const std::uint64_t before = stream.state.version;
  ask.answer = decide(what, stream.state, batch.tail.sequence);
  if (!*ask.answer) {
    ask.audit.action = Action::refused;
    ask.audit.detail = ask.answer->error().what;
    return {};
  }
  const Appended& answer = **ask.answer;
  if (answer.repeated) {
    const std::uint64_t first = stream.state.by_key[what.entries.front().key].version;
    ask.audit.detail = versions_words(first, answer.version) + ", there already";
    return {};
  }
  ask.audit.detail = versions_words(before + 1, answer.version);
  if (stream.number == 0) {
    const auto number = number_or_new(what.stream);
    if (!number) return number.error();
    stream.number = *number;
  }
  std::uint64_t version = before;
  for (const NewEntry& entry : what.entries) {
    ask.audit.texts.push_back(content_hash(entry.key, entry.kind, entry.at, entry.text));
    const Entry kept{++batch.tail.sequence,
                     what.stream,
                     ++version,
                     entry.key,
                     entry.kind,
                     entry.at,
                     batch.now,
                     entry.text};
    if (auto inserted = insert(kept, stream.number); !inserted) return inserted;
  }
  return {};
}

Result<void> Writer::chain(const AuditEntry& asked, Batch& batch) {
  AuditEntry entry = asked;
  entry.number = batch.tail.head.number + 1;
  entry.written = batch.now;
  entry.clock_stepped_back = batch.tail.head.number > 0 && batch.now < batch.tail.written;
  entry.previous = batch.tail.head.hash;
  entry.hash = chained(entry.previous, entry);
  batch.tail.head = {entry.number, entry.hash};
  batch.tail.written = batch.now;
  return insert(entry);
}

Result<Writer::Tail> Writer::tail() {
  Statement& find = statements_[find_tail];
  const auto row = find.step();
  if (!row) return row.error();
  if (!*row) return Tail{};
  Tail last{{find.number_at(0), find.hash_at(1)}, find.instant_at(2), find.number_at(3)};
  find.reset();
  return last;
}

Result<Writer::Stream*> Writer::load(const Append& what, Batch& batch) {
  const auto [place, fresh] = batch.streams.try_emplace(what.stream);
  Stream& stream = place->second;
  if (fresh) {
    const auto number = number_of(what.stream);
    if (!number) return number.error();
    stream.number = *number;
    if (stream.number != 0) {
      Statement& find = statements_[find_version];
      const auto row = find.integer(stream.number).step();
      if (!row) return row.error();
      stream.state.version = find.number_at(0);
      find.reset();
    }
  }
  if (auto loaded = load_keys(what, stream); !loaded) return loaded.error();
  return &stream;
}

Result<void> Writer::load_keys(const Append& what, Stream& stream) {
  if (stream.number == 0) return {};
  Statement& find = statements_[find_key];
  for (const NewEntry& entry : what.entries) {
    if (stream.state.by_key.count(entry.key) > 0) continue;
    const auto row = find.integer(stream.number).text(entry.key).step();
    if (!row) return row.error();
    if (!*row) continue;
    stream.state.by_key[entry.key] = {find.text_at(0), find.instant_at(1), sha256(find.bytes_at(2)),
                                      find.number_at(3), find.number_at(4)};
    find.reset();
  }
  return {};
}

Result<std::int64_t> Writer::number_of(const StreamName& name) {
  Statement& find = statements_[find_stream];
  const auto row = find.integer(static_cast<std::int64_t>(name.kind)).text(name.id).step();
  if (!row) return row.error();
  if (!*row) return std::int64_t{0};
  const std::int64_t number = find.integer_at(0);
  find.reset();
  return number;
}

Result<std::int64_t> Writer::number_or_new(const StreamName& name) {
  const auto known = number_of(name);
  if (!known || *known != 0) return known;
  Statement& add = statements_[add_stream];
  const auto row = add.integer(static_cast<std::int64_t>(name.kind)).text(name.id).step();
  if (!row) return row.error();
  const std::int64_t number = add.integer_at(0);
  add.reset();
  return number;
}

Result<void> Writer::insert(const Entry& entry) {
  const auto number = number_or_new(entry.stream);
  if (!number) return number.error();
  return insert(entry, *number);
}

Result<void> Writer::insert(const Entry& entry, std::int64_t stream) {
  unfiled_ += entry.text.size() + 200;
  return statements_[add_entry]
      .integer(entry.sequence)
      .integer(stream)
      .integer(entry.version)
      .text(entry.key)
      .text(entry.kind)
      .instant(entry.at)
      .instant(entry.written)
      .text(entry.text)
      .run();
}

Result<void> Writer::insert(const AuditEntry& entry) {
  unfiled_ += entry.detail.size() + 400;
  const std::string texts = joined(entry.texts);
  return statements_[add_audit]
      .integer(entry.number)
      .integer(static_cast<std::int64_t>(entry.action))
      .text(entry.actor)
      .text(entry.role)
      .text(entry.purpose)
      .text(entry.subject)
      .text(entry.detail)
      .instant(entry.at)
      .instant(entry.written)
      .integer(static_cast<std::int64_t>(entry.clock_stepped_back ? 1 : 0))
      .bytes(texts)
      .hash(entry.previous)
      .hash(entry.hash)
      .run();
}

}  // namespace evenkeel::store::sqlite
