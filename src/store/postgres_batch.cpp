#include "store/postgres_batch.hpp"

#include <fmt/format.h>

#include "store/checks.hpp"

namespace evenkeel::store {

namespace {

constexpr Statement find_streams{"find_streams", R"sql(
select s.number, s.kind::bigint, s.id,
       coalesce((select max(e.version) from entry e where e.stream = s.number), 0)::bigint
from unnest($1::bigint[], $2::text[]) as asked(kind, id)
cross join lateral (select number, kind, id from stream
                    where stream.kind = asked.kind::smallint and stream.id = asked.id limit 1) s)sql"};

constexpr Statement find_keys{"find_keys", R"sql(
select e.stream, e.key, e.kind, e.at, sha256(convert_to(e.text, 'UTF8')), e.version, e.sequence
from unnest($1::bigint[], $2::text[]) as asked(stream, key)
cross join lateral (select * from entry
                    where entry.stream = asked.stream and entry.key = asked.key limit 1) e)sql"};

constexpr Statement hash_at{"hash_at", "select hash from audit where number = $1::bigint"};

struct Stream {
  std::int64_t number = 0;  // 0: it has no row yet
  StreamState state;
};
using Streams = std::map<StreamName, Stream>;

Asked<void> load_streams(Connection& connection, Streams& streams) {
  std::vector<std::int64_t> kinds;
  std::vector<std::string_view> ids;
  for (const auto& [name, stream] : streams) {
    kinds.push_back(static_cast<std::int64_t>(name.kind));
    ids.push_back(name.id);
  }
  const auto rows = connection.run(find_streams, Values{}.integers(kinds).texts(ids));
  if (!rows) return rows.error();
  for (std::size_t i = 0; i < rows->size(); ++i) {
    Stream& stream = streams[{code_of<StreamKind>(rows->integer(i, 1)), rows->text(i, 2)}];
    stream.number = rows->integer(i, 0);
    stream.state.version = static_cast<std::uint64_t>(rows->integer(i, 3));
  }
  return {};
}

Asked<void> load_keys(Connection& connection, const std::vector<Ask*>& asks, Streams& streams) {
  std::vector<std::int64_t> numbers;
  std::vector<std::string_view> keys;
  std::map<std::int64_t, StreamState*> by_number;
  for (const Ask* ask : asks) {
    if (ask->append == nullptr) continue;
    Stream& stream = streams[ask->append->stream];
    if (stream.number == 0) continue;
    by_number[stream.number] = &stream.state;
    for (const NewEntry& entry : ask->append->entries) {
      numbers.push_back(stream.number);
      keys.push_back(entry.key);
    }
  }
  if (keys.empty()) return {};
  const auto rows = connection.run(find_keys, Values{}.integers(numbers).texts(keys));
  if (!rows) return rows.error();
  for (std::size_t i = 0; i < rows->size(); ++i) {
    by_number[rows->integer(i, 0)]->by_key[rows->text(i, 1)] = {
        rows->text(i, 2), rows->instant(i, 3), rows->hash(i, 4),
        static_cast<std::uint64_t>(rows->integer(i, 5)), static_cast<std::uint64_t>(rows->integer(i, 6))};
  }
  return {};
}

// What a batch comes to, before any of it is sent.
struct Plan {
  Tail tail;
  Instant now;
  Streams& streams;
  std::vector<Row> rows;
  std::vector<AuditEntry> audit;

  // `texts` and `detail` of the append's audit entry, and its rows.
  void decide_append(Ask& ask) {
    Stream& stream = streams[ask.append->stream];
    const std::uint64_t before = stream.state.version;
    ask.answer = decide(*ask.append, stream.state, tail.sequence);
    ask.audit.texts.clear();
    ask.audit.action = ask.answer->has_value() ? Action::appended : Action::refused;
    if (!*ask.answer) {
      ask.audit.detail = ask.answer->error().what;
      return;
    }
    const Appended& answer = **ask.answer;
    if (answer.repeated) {
      const std::uint64_t first = stream.state.by_key[ask.append->entries.front().key].version;
      ask.audit.detail = versions_words(first, answer.version) + ", there already";
      return;
    }
    ask.audit.detail = versions_words(before + 1, answer.version);
    std::uint64_t version = before;
    for (const NewEntry& entry : ask.append->entries) {
      const Known& known = stream.state.by_key[entry.key];
      ask.audit.texts.push_back(content_hash(entry.key, entry.kind, entry.at, entry.text));
      rows.push_back({stream.number, Entry{known.sequence, ask.append->stream, ++version, entry.key,
                                           entry.kind, entry.at, now, entry.text}});
    }
    tail.sequence = answer.sequence;
  }

  void chain(const AuditEntry& asked) {
    AuditEntry entry = asked;
    entry.number = tail.head.number + 1;
    entry.written = now;
    entry.clock_stepped_back = tail.head.number > 0 && now < tail.written;
    entry.previous = tail.head.hash;
    entry.hash = chained(entry.previous, entry);
    tail.head = {entry.number, entry.hash};
    tail.written = now;
    audit.push_back(std::move(entry));
  }
};

Asked<void> add_new_streams(Connection& connection, Plan& plan) {
  std::vector<StreamName> fresh;
  for (const auto& [name, stream] : plan.streams) {
    if (stream.number == 0 && stream.state.version > 0) fresh.push_back(name);
  }
  const auto numbers = insert_streams(connection, fresh);
  if (!numbers) return numbers.error();
  if (numbers->empty()) return {};
  for (Row& row : plan.rows) {
    if (row.stream == 0) row.stream = numbers->at(row.entry.stream);
  }
  return {};
}

Asked<void> write_plan(Connection& connection, Plan& plan) {
  if (auto added = add_new_streams(connection, plan); !added) return added;
  if (auto added = insert_entries(connection, plan.rows); !added) return added;
  return insert_audit(connection, plan.audit);
}

}  // namespace

Asked<void> write_batch(Connection& connection, const std::vector<Ask*>& asks,
                        const std::function<Instant()>& clock, Sent& sent) {
  sent = {};
  if (auto begun = connection.command("begin"); !begun) return begun;
  Streams streams;
  for (Ask* ask : asks) {
    ask->answer.reset();
    if (ask->append != nullptr) streams[ask->append->stream] = {};
    if (!ask->look) continue;
    if (auto looked = ask->look(connection, ask->audit); !looked) return looked;
  }
  const auto tail = lock_tail(connection);
  if (!tail) return tail.error();
  if (!streams.empty()) {
    if (auto loaded = load_streams(connection, streams); !loaded) return loaded;
    if (auto loaded = load_keys(connection, asks, streams); !loaded) return loaded;
  }
  Plan plan{*tail, clock ? clock() : tail->now, streams, {}, {}};
  for (Ask* ask : asks) {
    if (ask->append != nullptr) plan.decide_append(*ask);
    plan.chain(ask->audit);
  }
  if (auto written = write_plan(connection, plan); !written) return written;
  sent = {plan.tail.head, true};
  return connection.command("commit");
}

Asked<bool> was_committed(Connection& connection, const Head& head) {
  if (auto begun = connection.command("begin"); !begun) return begun.error();
  if (auto locked = lock_tail(connection); !locked) return locked.error();
  const auto rows = connection.run(hash_at, Values{}.integer(static_cast<std::int64_t>(head.number)));
  if (!rows) return rows.error();
  const bool there = rows->size() == 1 && rows->hash(0, 0) == head.hash;
  if (auto ended = connection.command("rollback"); !ended) return ended.error();
  return there;
}

}  // namespace evenkeel::store
