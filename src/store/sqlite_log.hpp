// The event log on SQLite: one file beside the program that owns it.
//
// Write-ahead log with a sync for each commit; what waits while one transaction commits goes into the next.
// Exactly one connection writes and checkpoints: SQLite up to 3.51.2 can damage a file where two do (its
// WAL-reset fault). Others only read. One process at a time has the file: a lock beside it says which one.
//
// After a failed write or sync, and on a full disk, the log refuses everything until it is opened again:
// what the disk holds is not known any more, and a read that cannot be audited does not happen. head(),
// peek(), each_entry() and each_audit() go on, to see what can be saved.
// Safe from any thread. A network file system is no place for it: its locks and syncs promise too little.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "store/event_log.hpp"

namespace evenkeel::store {

struct SqliteOptions {
  bool create = false;     // make the file where there is none
  bool read_only = false;  // to verify or copy, also beside a running writer: takes no lock, keeps no audit
  std::function<Instant()> clock;         // without it the system's
  std::size_t batch = 256;                // appends in one transaction at most
  std::chrono::microseconds gather{200};  // how long a batch waits for those who were in the last one
  std::string vfs;                        // SQLite's file layer, for tests; empty: its own
};

// Errors: `not_found` where there is no file and `create` is not set; `storage` when it cannot be opened, is
// no log, was written by a newer program, or another process has it.
[[nodiscard]] Result<std::unique_ptr<EventLog>> open_sqlite(const std::filesystem::path& file,
                                                            const SqliteOptions& options = {});

// What SQLite itself finds wrong with the file, pages and indexes: lines, none when it is sound. The audit
// chain says nothing about an index, and find() uses one.
[[nodiscard]] Result<std::vector<std::string>> check_sqlite_file(const std::filesystem::path& file);

}  // namespace evenkeel::store
