// The keeping of a store: made, backed up, restored, audited, by those who may. Each leaves its own entry in
// the audit chain.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "clinic/person.hpp"
#include "store/event_log.hpp"

namespace evenkeel::clinic {

[[nodiscard]] Result<void> create_store(store::EventLog& log, const Person& who);

// A copy as of now into a new file, while others work; the audit entry of it comes before. The copy's head.
[[nodiscard]] Result<store::Head> back_up(store::EventLog& log, const std::filesystem::path& file,
                                          const Person& who);
// Fills an empty store; `name` says what from.
[[nodiscard]] Result<void> restore(store::EventLog& empty, store::EventLog& backup, const std::string& name,
                                   const Person& who);

struct AuditQuestion {
  std::string about;       // a subject such as "patient/p1"; empty: all
  std::size_t last = 100;  // at most so many, the latest
};
[[nodiscard]] Result<std::vector<store::AuditEntry>> audit_entries(store::EventLog& log,
                                                                   const AuditQuestion& question,
                                                                   const Person& who);

}  // namespace evenkeel::clinic
