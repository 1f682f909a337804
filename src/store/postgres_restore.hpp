// Walks over a whole log in PostgreSQL, and filling an empty one.
#pragma once

#include <functional>

#include "store/event_log.hpp"
#include "store/postgres_connection.hpp"

namespace evenkeel::store {

// Each over a connection of its own, in one snapshot.
Result<void> walk_entries(const ConnectionSettings& settings, const std::function<bool(const Entry&)>& take);
Result<void> walk_audit(const ConnectionSettings& settings,
                        const std::function<bool(const AuditEntry&)>& take);
Result<void> walk_audit_back(const ConnectionSettings& settings, std::uint64_t before,
                             const std::function<bool(const AuditEntry&)>& take);

// In one transaction: all of it or nothing. What `other` appends meanwhile stays behind.
Result<void> restore(const ConnectionSettings& settings, EventLog& other);

}  // namespace evenkeel::store
