// One transaction: the appends and notes that wait, and an audit entry for each of them.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "store/decide.hpp"
#include "store/event_log.hpp"
#include "store/sqlite_handle.hpp"

namespace evenkeel::store::sqlite {

// What one caller wants. `audit` has the action, who, why and the caller's time; the batch fills the rest.
struct Ask {
  AuditEntry audit;
  const Append* append = nullptr;
  std::optional<Result<Appended>> answer;  // of the append
  std::optional<Error> failed;             // nothing of the ask is acknowledged
};

// The one connection that writes, with its statements. For one thread at a time.
class Writer {
 public:
  static Result<Writer> over(Database database);

  // Begins, decides, writes and commits: everything is durable, or an error tells that nothing is
  // acknowledged.
  Result<void> write(const std::vector<Ask*>& asks, Instant now);
  // When enough was written since the last time: into the file. An error says that the disk fails.
  Result<void> tidy();

  // The parts, for restoring a log; within a transaction of the caller.
  Result<void> insert(const Entry& entry);
  Result<void> insert(const AuditEntry& entry);
  [[nodiscard]] Database& database() { return database_; }

 private:
  struct Tail {
    Head head;
    Instant written;
    std::uint64_t sequence = 0;
  };
  struct Stream {
    std::int64_t number = 0;  // 0: it has no row yet
    StreamState state;
  };
  struct Batch;

  explicit Writer(Database database) : database_(std::move(database)) {}
  Result<void> write_all(const std::vector<Ask*>& asks, Instant now);
  Result<void> write_append(Ask& ask, Batch& batch);
  Result<void> chain(const AuditEntry& asked, Batch& batch);
  Result<Tail> tail();
  Result<Stream*> load(const Append& what, Batch& batch);
  Result<void> load_keys(const Append& what, Stream& stream);
  Result<std::int64_t> number_of(const StreamName& name);
  Result<std::int64_t> number_or_new(const StreamName& name);
  Result<void> insert(const Entry& entry, std::int64_t stream);

  Database database_;
  std::vector<Statement> statements_;
  std::size_t unfiled_ = 0;  // bytes written since the last checkpoint, about
};

}  // namespace evenkeel::store::sqlite
