#include "store/postgres_log.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <mutex>
#include <optional>

#include "store/checks.hpp"
#include "store/postgres_lane.hpp"
#include "store/postgres_restore.hpp"
#include "store/postgres_schema.hpp"

namespace evenkeel::store {

namespace {

constexpr const char* place = "postgresql";

constexpr Statement read_stream{"read_stream", R"sql(
select e.sequence, e.version, e.key, e.kind, e.at, e.written, e.text
from stream s join entry e on e.stream = s.number
where s.kind = $1::bigint::smallint and s.id = $2::text and e.version > $3::bigint
order by e.version)sql"};

constexpr Statement arrived_after{"arrived_after", R"sql(
select e.sequence, s.kind::bigint, s.id, e.version, e.kind, e.at
from entry e join stream s on s.number = e.stream
where e.sequence > $1::bigint order by e.sequence limit $2::bigint)sql"};

constexpr Statement newest_sequence{"newest_sequence",
                                    "select coalesce(max(sequence), 0)::bigint from entry"};

constexpr Statement find_kind{"find_kind", R"sql(
select s.id, e.version, e.at, e.text
from entry e join stream s on s.number = e.stream
where e.kind = $1::text and e.at >= $2::bigint and e.at < $3::bigint and s.kind = $4::bigint::smallint
order by e.at, e.sequence limit $5::bigint)sql"};

constexpr Statement list_streams{"list_streams", R"sql(
select s.id, (select max(e.version) from entry e where e.stream = s.number)
from stream s where s.kind = $1::bigint::smallint order by s.id)sql"};

std::int64_t bounded(std::uint64_t value) {
  return static_cast<std::int64_t>(std::min<std::uint64_t>(value, std::numeric_limits<std::int64_t>::max()));
}

AuditEntry asked(Action action, const Request& who, std::string subject) {
  AuditEntry entry;
  entry.action = action;
  entry.actor = who.actor;
  entry.role = who.role;
  entry.purpose = who.purpose;
  entry.at = who.at;
  entry.subject = std::move(subject);
  return entry;
}

std::vector<Entry> entries_of(const Rows& rows, const StreamName& stream) {
  std::vector<Entry> entries;
  entries.reserve(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    entries.push_back({static_cast<std::uint64_t>(rows.integer(i, 0)), stream,
                       static_cast<std::uint64_t>(rows.integer(i, 1)), rows.text(i, 2), rows.text(i, 3),
                       rows.instant(i, 4), rows.instant(i, 5), rows.text(i, 6)});
  }
  return entries;
}

class PostgresLog final : public EventLog {
 public:
  PostgresLog(const Lane::Settings& settings, Connection first)
      : settings_(settings), writes_(settings, std::move(first)), reads_(settings) {}

  Result<Appended> append(const Append& what, const Request& who) override {
    if (auto good = check(who); !good) return good.error();
    if (auto good = check(what); !good) return good.error();
    Ask ask;
    ask.audit = asked(Action::appended, who, to_string(what.stream));
    ask.append = &what;
    if (auto done = through(writes_, ask); !done) return done.error();
    return *ask.answer;
  }

  Result<std::vector<Entry>> read(const StreamName& stream, std::uint64_t after,
                                  const Request& who) override {
    if (auto good = check(stream); !good) return good.error();
    std::vector<Entry> entries;
    auto done =
        look(asked(Action::read, who, to_string(stream)), who,
             [&](Connection& connection, AuditEntry& audit) -> Asked<void> {
               const auto rows = connection.run(
                   read_stream, Values{}.integer(int(stream.kind)).text(stream.id).integer(bounded(after)));
               if (!rows) return rows.error();
               entries = entries_of(*rows, stream);
               audit.detail = read_words(after, entries);
               return {};
             });
    if (!done) return done.error();
    return entries;
  }

  Result<std::vector<Entry>> peek(const StreamName& account, std::uint64_t after) override {
    if (auto good = check_peek(account); !good) return good.error();
    const auto rows =
        peeked(read_stream, Values{}.integer(int(account.kind)).text(account.id).integer(bounded(after)));
    if (!rows) return rows.error().error(place);
    return entries_of(*rows, account);
  }

  Result<Arrivals> arrived(std::optional<std::uint64_t> after, std::size_t most) override {
    const auto rows = after ? peeked(arrived_after, Values{}.integer(bounded(*after)).integer(bounded(most)))
                            : peeked(newest_sequence, Values{});
    if (!rows) return rows.error().error(place);
    if (!after) return Arrivals{{}, static_cast<std::uint64_t>(rows->integer(0, 0))};
    Arrivals since{{}, *after};
    for (std::size_t i = 0; i < rows->size(); ++i) {
      since.last = static_cast<std::uint64_t>(rows->integer(i, 0));
      since.entries.push_back({{code_of<StreamKind>(rows->integer(i, 1)), rows->text(i, 2)},
                               static_cast<std::uint64_t>(rows->integer(i, 3)),
                               rows->text(i, 4),
                               rows->instant(i, 5)});
    }
    return since;
  }

  Result<std::vector<Found>> find(StreamKind streams, const std::string& kind, Instant from, Instant until,
                                  std::size_t most, const Request& who) override {
    if (auto good = check_kind(kind); !good) return good.error();
    std::vector<Found> found;
    auto done = look(asked(Action::searched, who, ""), who,
                     [&](Connection& connection, AuditEntry& audit) -> Asked<void> {
                       const auto rows = connection.run(find_kind, Values{}
                                                                       .text(kind)
                                                                       .integer(nanoseconds(from))
                                                                       .integer(nanoseconds(until))
                                                                       .integer(int(streams))
                                                                       .integer(bounded(most)));
                       if (!rows) return rows.error();
                       found.clear();
                       for (std::size_t i = 0; i < rows->size(); ++i) {
                         found.push_back({{streams, rows->text(i, 0)},
                                          static_cast<std::uint64_t>(rows->integer(i, 1)),
                                          kind,
                                          rows->instant(i, 2),
                                          rows->text(i, 3)});
                       }
                       audit.detail = fmt::format("{} from {} until {}: {} found", kind, from.to_string(),
                                                  until.to_string(), found.size());
                       return {};
                     });
    if (!done) return done.error();
    return found;
  }

  Result<std::vector<std::pair<StreamName, std::uint64_t>>> streams(StreamKind kind,
                                                                    const Request& who) override {
    std::vector<std::pair<StreamName, std::uint64_t>> all;
    auto done = look(
        asked(Action::searched, who, ""), who, [&](Connection& connection, AuditEntry& audit) -> Asked<void> {
          const auto rows = connection.run(list_streams, Values{}.integer(int(kind)));
          if (!rows) return rows.error();
          all.clear();
          for (std::size_t i = 0; i < rows->size(); ++i) {
            all.push_back({{kind, rows->text(i, 0)}, static_cast<std::uint64_t>(rows->integer(i, 1))});
          }
          audit.detail = fmt::format("{}: {} found", kind_word(kind), all.size());
          return {};
        });
    if (!done) return done.error();
    return all;
  }

  Result<void> note(Action action, const std::string& subject, const std::string& detail,
                    const Request& who) override {
    if (auto good = check(who); !good) return good;
    if (auto good = check_note(subject, detail); !good) return good;
    Ask ask;
    ask.audit = asked(action, who, subject);
    ask.audit.detail = detail;
    return through(writes_, ask);
  }

  Result<Head> head() override {
    auto connection = Connection::open(settings_.connection);
    if (!connection) return connection.error().error(place);
    const auto head = read_head(*connection);
    if (!head) return head.error().error(place);
    return *head;
  }

  Result<void> ready() override {
    const auto rows = peeked(newest_sequence, Values{});
    if (!rows) return rows.error().error(place);
    return {};
  }

  Result<void> each_entry(const std::function<bool(const Entry&)>& take) override {
    return walk_entries(settings_.connection, take);
  }

  Result<void> each_audit(const std::function<bool(const AuditEntry&)>& take) override {
    return walk_audit(settings_.connection, take);
  }

  Result<void> each_audit_back(std::uint64_t before,
                               const std::function<bool(const AuditEntry&)>& take) override {
    return walk_audit_back(settings_.connection, before, take);
  }

  Result<void> restore_from(EventLog& other) override { return restore(settings_.connection, other); }

 private:
  static Result<void> through(Lane& lane, Ask& ask) {
    lane.take(ask);
    if (ask.failed) return *ask.failed;
    return {};
  }

  Result<void> look(AuditEntry audit, const Request& who,
                    std::function<Asked<void>(Connection&, AuditEntry&)> read) {
    if (auto good = check(who); !good) return good;
    Ask ask;
    ask.audit = std::move(audit);
    ask.look = std::move(read);
    return through(reads_, ask);
  }

  // A connection apart: what goes through a lane is audited. Once more over a new one, where it was lost.
  Asked<Rows> peeked(const Statement& statement, const Values& values) {
    const std::lock_guard<std::mutex> alone{peek_mutex_};
    auto rows = peeked_once(statement, values);
    if (!rows && rows.error().lost) rows = peeked_once(statement, values);
    return rows;
  }

  Asked<Rows> peeked_once(const Statement& statement, const Values& values) {
    if (!peeks_) {
      auto connection = Connection::open(settings_.connection);
      if (!connection) return connection.error();
      peeks_.emplace(*std::move(connection));
    }
    auto rows = peeks_->run(statement, values);
    if (!rows) peeks_.reset();
    return rows;
  }

  const Lane::Settings settings_;
  std::mutex peek_mutex_;
  std::optional<Connection> peeks_;
  Lane writes_;
  Lane reads_;  // apart, so that a long read holds up no append
};

Result<void> check_schema_name(const std::string& name) {
  const bool plain = !name.empty() && name.size() <= 63 && !(name[0] >= '0' && name[0] <= '9') &&
                     std::all_of(name.begin(), name.end(), [](char c) {
                       return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
                     });
  if (plain && name.rfind("pg_", 0) != 0) return {};
  return Error{
      ErrorCode::invalid_input, "schema",
      fmt::format("'{}'; a schema is named by a to z, 0 to 9 and _, begins with no digit and not with "
                  "pg_, and has at most 63 of them",
                  name)};
}

}  // namespace

Result<std::unique_ptr<EventLog>> open_postgres(const std::string& conninfo, const PostgresOptions& options) {
  if (auto good = check_schema_name(options.schema); !good) return good.error();
  const Lane::Settings settings{{conninfo, options.schema, options.patience},
                                options.clock,
                                {std::max<std::size_t>(1, options.batch), 0, options.gather}};
  auto connection = Connection::open(settings.connection);
  if (!connection) return connection.error().error(place);
  if (auto good = check_server(*connection); !good) return good.error();
  SchemaWish wish;
  wish.schema = options.schema;
  wish.create = options.create;
  wish.grant_to = options.grant_to;
  if (auto ready = prepare_schema(*connection, wish); !ready) return ready.error();
  return std::make_unique<PostgresLog>(settings, std::move(*connection));
}

}  // namespace evenkeel::store
