#include "store/backup.hpp"

#include <fmt/format.h>

#include <system_error>

#include "store/sqlite_lock.hpp"
#include "store/sqlite_log.hpp"
#include "store/verify.hpp"

namespace evenkeel::store {

namespace {

void remove_log(const std::filesystem::path& file) {
  std::error_code ignored;
  for (const char* suffix : {"", "-wal", "-shm", "-journal", ".lock"}) {
    std::filesystem::path part = file;
    part += suffix;
    std::filesystem::remove(part, ignored);
  }
}

Result<void> copy(EventLog& from, const std::filesystem::path& file) {
  SqliteOptions options;
  options.create = true;
  auto into = open_sqlite(file, options);
  if (!into) return into.error();
  return (*into)->restore_from(from);
}

// A hard link, unlike renaming, never takes the place of a file that is there.
Result<void> give_name(const std::filesystem::path& partial, const std::filesystem::path& file) {
  std::error_code failed;
  std::filesystem::create_hard_link(partial, file, failed);
  if (failed) {
    return Error{ErrorCode::storage, file.string(), fmt::format("cannot be made: {}", failed.message())};
  }
  return sqlite::sync_folder_of(file);
}

}  // namespace

Result<void> backup(EventLog& from, const std::filesystem::path& file, const Request& who) {
  std::error_code ignored;
  if (std::filesystem::exists(file, ignored)) {
    return Error{ErrorCode::invalid_input, file.string(), "exists; a backup is a new file"};
  }
  if (auto noted = from.note(Action::backed_up, "", file.filename().string(), who); !noted) return noted;
  std::filesystem::path partial = file;
  partial += ".partial";
  remove_log(partial);
  auto copied = copy(from, partial);
  if (copied) copied = give_name(partial, file);
  remove_log(partial);
  return copied;
}

Result<void> restore(const std::filesystem::path& backup, EventLog& into, const Request& who) {
  SqliteOptions options;
  options.read_only = true;
  auto from = open_sqlite(backup, options);
  if (!from) return from.error();
  const Verification verified = verify(**from);
  if (!verified.sound()) {
    return Error{ErrorCode::invalid_input, backup.string(),
                 fmt::format("does not verify, nothing was restored: {}", to_string(verified.first.front()))};
  }
  if (auto restored = into.restore_from(**from); !restored) return restored;
  return into.note(Action::restored, "",
                   fmt::format("{} entries, chain to {}", verified.entries, verified.head.number), who);
}

}  // namespace evenkeel::store
