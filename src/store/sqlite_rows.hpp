// Reading: each function sees one moment of the log and changes nothing.
#pragma once

#include <functional>
#include <mutex>
#include <vector>

#include "store/event_log.hpp"
#include "store/sqlite_handle.hpp"

namespace evenkeel::store::sqlite {

Result<std::vector<Entry>> read_stream(Database& database, const StreamName& stream, std::uint64_t after);

Result<Arrivals> arrived(Database& database, std::uint64_t after, std::size_t most);
// Nothing, and where the log stands.
Result<Arrivals> arrived_last(Database& database);

struct Search {
  StreamKind streams;
  std::string kind;
  Instant from;
  Instant until;
  std::size_t most;
};
Result<std::vector<Found>> find_entries(Database& database, const Search& search);

Result<std::vector<std::pair<StreamName, std::uint64_t>>> list_streams(Database& database, StreamKind kind);
Result<Head> read_head(Database& database);
Result<void> walk_entries(Database& database, const std::function<bool(const Entry&)>& take);
Result<void> walk_audit(Database& database, const std::function<bool(const AuditEntry&)>& take);
Result<void> walk_audit_back(Database& database, std::uint64_t before,
                             const std::function<bool(const AuditEntry&)>& take);

// Connections that only read, kept for the next call.
class Readers {
 public:
  explicit Readers(Database::Settings settings) : settings_(std::move(settings)) {}

  // Calls `look` with a connection of its own. For any thread.
  template <class Look>
  auto with(Look&& look) -> decltype(look(std::declval<Database&>())) {
    auto database = take();
    if (!database) return database.error();
    auto seen = look(*database);
    if (seen) give_back(std::move(*database));  // a connection that failed is not used again
    return seen;
  }

 private:
  Result<Database> take();
  void give_back(Database database);

  const Database::Settings settings_;
  std::mutex mutex_;
  std::vector<Database> idle_;
};

}  // namespace evenkeel::store::sqlite
