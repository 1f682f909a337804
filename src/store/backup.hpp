// A whole log into a file, and back.
#pragma once

#include <filesystem>

#include "store/event_log.hpp"

namespace evenkeel::store {

// Copies `from` into a new SQLite log while it goes on being used: its entries and chain as they stood at one
// moment, which includes the audit entry of this backup. The file appears under its name when it is whole and
// durable. Errors: `storage`; `invalid_input` where `file` exists or the log does not verify.
Result<void> backup(EventLog& from, const std::filesystem::path& file, const Request& who);

// Fills the empty log `into` from a backup, after verifying it, and adds to the audit that this was done.
Result<void> restore(const std::filesystem::path& backup, EventLog& into, const Request& who);

}  // namespace evenkeel::store
