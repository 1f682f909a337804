#include "store/sqlite_log.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

#include "store/checks.hpp"
#include "store/group.hpp"
#include "store/sqlite_batch.hpp"
#include "store/sqlite_lock.hpp"
#include "store/sqlite_restore.hpp"
#include "store/sqlite_rows.hpp"
#include "store/sqlite_schema.hpp"

namespace evenkeel::store {

namespace {

using sqlite::Ask;
using sqlite::Database;

constexpr std::size_t most_batch_bytes = 16'777'216;

std::size_t weight_of(const Ask& ask) {
  std::size_t bytes = 0;
  if (ask.append == nullptr) return bytes;
  for (const NewEntry& entry : ask.append->entries) bytes += entry.text.size();
  return bytes;
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

Instant system_now() {
  return Instant{std::chrono::time_point_cast<std::chrono::nanoseconds>(std::chrono::system_clock::now())};
}

// The writing side, and what happens when it fails. For one batch at a time.
class Writing {
 public:
  Writing(sqlite::FileLock lock, sqlite::Writer writer, const SqliteOptions& options)
      : lock_(std::move(lock)),
        writer_(std::move(writer)),
        clock_(options.clock ? options.clock : system_now),
        group_(
            {std::max<std::size_t>(1, options.batch), most_batch_bytes, options.gather},
            [this](const std::vector<Ask*>& asks) { write(asks); }, weight_of) {}

  // Returns when the ask is durable, or refused, or failed.
  Result<void> take(Ask& ask) {
    group_.take(ask);
    if (ask.failed) return *ask.failed;
    return {};
  }

  Result<void> ready() {
    const std::lock_guard lock{mutex_};
    if (broken_) return *broken_;
    return {};
  }

  // Between two batches.
  Result<void> restore_from(EventLog& other) {
    const std::lock_guard lock{mutex_};
    if (broken_) return *broken_;
    return sqlite::restore(writer_, other);
  }

 private:
  void write(const std::vector<Ask*>& asks) {
    const std::lock_guard lock{mutex_};
    if (!broken_) {
      const auto written = writer_.write(asks, clock_());
      if (!written) break_down(written.error(), "what was sent with it is not acknowledged");
    }
    if (broken_) {
      for (Ask* ask : asks) ask->failed = *broken_;
      return;
    }
    // These asks are durable already, so the checkpoint's fault is the next one's.
    const auto filed = writer_.tidy();
    if (!filed) break_down(filed.error(), "what was acknowledged is in the write-ahead log");
  }

  void break_down(const Error& error, std::string_view state) {
    broken_ = Error{ErrorCode::storage, error.where,
                    fmt::format("the disk failed ({}); {}. The log takes nothing more and gives nothing out: "
                                "check the disk and its free space, start again, run verify, and send again "
                                "with the same keys",
                                error.what, state)};
  }

  sqlite::FileLock lock_;
  std::mutex mutex_;
  sqlite::Writer writer_;
  const std::function<Instant()> clock_;
  std::optional<Error> broken_;
  Group<Ask> group_;
};

Error only_reads(const std::filesystem::path& file) {
  return {ErrorCode::storage, file.string(), "is open to be read only: neither written nor audited"};
}

class SqliteLog final : public EventLog {
 public:
  // Without `writing` it is read only.
  SqliteLog(std::unique_ptr<Writing> writing, const Database::Settings& reading)
      : file_(reading.file), writing_(std::move(writing)), readers_(reading) {}

  Result<Appended> append(const Append& what, const Request& who) override {
    if (auto good = check(who); !good) return good.error();
    if (auto good = check(what); !good) return good.error();
    Ask ask;
    ask.audit = asked(Action::appended, who, to_string(what.stream));
    ask.append = &what;
    if (auto done = through(ask); !done) return done.error();
    return *ask.answer;
  }

  Result<std::vector<Entry>> read(const StreamName& stream, std::uint64_t after,
                                  const Request& who) override {
    if (auto good = check(who); !good) return good.error();
    if (auto good = check(stream); !good) return good.error();
    auto entries = readers_.with([&](Database& d) { return sqlite::read_stream(d, stream, after); });
    return audited(std::move(entries), asked(Action::read, who, to_string(stream)),
                   [after](const auto& seen) { return read_words(after, seen); });
  }

  Result<std::vector<Entry>> peek(const StreamName& account, std::uint64_t after) override {
    if (auto good = check_peek(account); !good) return good.error();
    return readers_.with([&](Database& d) { return sqlite::read_stream(d, account, after); });
  }

  Result<Arrivals> arrived(std::optional<std::uint64_t> after, std::size_t most) override {
    return readers_.with(
        [&](Database& d) { return after ? sqlite::arrived(d, *after, most) : sqlite::arrived_last(d); });
  }

  Result<std::vector<Found>> find(StreamKind streams, const std::string& kind, Instant from, Instant until,
                                  std::size_t most, const Request& who) override {
    if (auto good = check(who); !good) return good.error();
    if (auto good = check_kind(kind); !good) return good.error();
    const sqlite::Search search{streams, kind, from, until, most};
    auto found = readers_.with([&](Database& d) { return sqlite::find_entries(d, search); });
    return audited(std::move(found), asked(Action::searched, who, ""), [&](const auto& seen) {
      return fmt::format("{} from {} until {}: {} found", kind, from.to_string(), until.to_string(),
                         seen.size());
    });
  }

  Result<std::vector<std::pair<StreamName, std::uint64_t>>> streams(StreamKind kind,
                                                                    const Request& who) override {
    if (auto good = check(who); !good) return good.error();
    auto all = readers_.with([&](Database& d) { return sqlite::list_streams(d, kind); });
    return audited(std::move(all), asked(Action::searched, who, ""), [kind](const auto& seen) {
      return fmt::format("{}: {} found", kind_word(kind), seen.size());
    });
  }

  Result<void> note(Action action, const std::string& subject, const std::string& detail,
                    const Request& who) override {
    if (auto good = check(who); !good) return good;
    if (auto good = check_note(subject, detail); !good) return good;
    Ask ask;
    ask.audit = asked(action, who, subject);
    ask.audit.detail = detail;
    return through(ask);
  }

  Result<Head> head() override { return readers_.with(sqlite::read_head); }

  Result<void> ready() override { return writing_ ? writing_->ready() : only_reads(file_); }

  Result<void> each_entry(const std::function<bool(const Entry&)>& take) override {
    return readers_.with([&](Database& d) { return sqlite::walk_entries(d, take); });
  }

  Result<void> each_audit(const std::function<bool(const AuditEntry&)>& take) override {
    return readers_.with([&](Database& d) { return sqlite::walk_audit(d, take); });
  }

  Result<void> each_audit_back(std::uint64_t before,
                               const std::function<bool(const AuditEntry&)>& take) override {
    return readers_.with([&](Database& d) { return sqlite::walk_audit_back(d, before, take); });
  }

  Result<void> restore_from(EventLog& other) override {
    return writing_ ? writing_->restore_from(other) : only_reads(file_);
  }

 private:
  Result<void> through(Ask& ask) { return writing_ ? writing_->take(ask) : only_reads(file_); }

  // What was seen is given out only when it is in the audit that it was seen.
  template <class Seen, class Words>
  Result<Seen> audited(Result<Seen> seen, AuditEntry audit, Words&& words) {
    if (!seen) return seen;
    Ask ask;
    ask.audit = std::move(audit);
    ask.audit.detail = words(*seen);
    if (auto done = through(ask); !done) return done.error();
    return seen;
  }

  const std::filesystem::path file_;
  std::unique_ptr<Writing> writing_;  // closes last, so that the file is whole when it does
  sqlite::Readers readers_;
};

Result<std::unique_ptr<EventLog>> open_to_read(const Database::Settings& reading) {
  auto database = Database::open(reading);
  if (!database) return database.error();
  if (auto layout = sqlite::layout_of(*database); !layout) return layout.error();
  return std::make_unique<SqliteLog>(nullptr, reading);
}

// Made by us, so that only its owner reads it.
Result<void> make_file(const std::filesystem::path& file) {
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (descriptor < 0) {
    return Error{ErrorCode::storage, file.string(),
                 fmt::format("cannot be made: {}", std::generic_category().message(errno))};
  }
  ::close(descriptor);
  return sqlite::sync_folder_of(file);
}

Result<sqlite::Writer> open_to_write(const Database::Settings& settings, bool create) {
  auto database = Database::open(settings);
  if (!database) return database.error();
  if (auto ready = sqlite::prepare_schema(*database, create); !ready) return ready.error();
  auto mode = database->prepare("pragma journal_mode=wal");
  if (!mode) return mode.error();
  const auto row = mode->step();
  if (!row) return row.error();
  if (!*row || mode->text_at(0) != "wal") {
    return Error{ErrorCode::storage, settings.file.string(),
                 "the file system does not take a write-ahead log"};
  }
  mode->reset();
  if (auto filed = database->checkpoint(); !filed) return filed.error();
  return sqlite::Writer::over(std::move(*database));
}

}  // namespace

Result<std::unique_ptr<EventLog>> open_sqlite(const std::filesystem::path& file,
                                              const SqliteOptions& options) {
  std::error_code ignored;
  const bool there = std::filesystem::exists(file, ignored);
  if (!there && (!options.create || options.read_only)) {
    return Error{ErrorCode::not_found, file.string(), "there is no event log"};
  }
  Database::Settings settings;
  settings.file = file;
  settings.vfs = options.vfs;
  if (options.read_only) return open_to_read(settings);
  auto lock = sqlite::FileLock::take(file);
  if (!lock) return lock.error();
  if (!there) {
    if (auto made = make_file(file); !made) return made.error();
  }
  Database::Settings writing = settings;
  writing.write = true;
  auto writer = open_to_write(writing, options.create);
  if (!writer) return writer.error();
  return std::make_unique<SqliteLog>(std::make_unique<Writing>(std::move(*lock), std::move(*writer), options),
                                     settings);
}

Result<std::vector<std::string>> check_sqlite_file(const std::filesystem::path& file) {
  Database::Settings settings;
  settings.file = file;
  auto database = Database::open(settings);
  if (!database) return database.error();
  auto check = database->prepare("pragma integrity_check(100)");
  if (!check) return check.error();
  std::vector<std::string> lines;
  while (true) {
    const auto row = check->step();
    if (!row) return row.error();
    if (!*row) return lines;
    if (check->text_at(0) != "ok") lines.push_back(check->text_at(0));
  }
}

}  // namespace evenkeel::store
