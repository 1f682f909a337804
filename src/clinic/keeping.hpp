// The keeping of a store: made, backed up, restored, audited, by those who may. Each leaves its own entry in
// the audit chain.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "clinic/person.hpp"
#include "store/event_log.hpp"
#include "store/verify.hpp"

namespace evenkeel::clinic {

[[nodiscard]] Result<void> create_store(store::EventLog& log, const Person& who);

// A copy as of now into a new file, while others work.
[[nodiscard]] Result<void> back_up(store::EventLog& log, const std::filesystem::path& file,
                                   const Person& who);
// Fills an empty store from a backup, once it verifies.
[[nodiscard]] Result<void> restore(store::EventLog& empty, const std::filesystem::path& backup,
                                   const Person& who);

// Whether the store is what was written, against a head that was exported before where there is one.
[[nodiscard]] Result<store::Verification> verify(store::EventLog& log,
                                                 const std::optional<store::Head>& known, const Person& who);
[[nodiscard]] Result<store::Head> head_to_export(store::EventLog& log, const Person& who);

// What is empty asks for all.
struct AuditQuestion {
  std::string about;                         // a subject such as "patient/p1"
  std::string by;                            // who did it
  std::optional<store::Action> action;       // what was done
  std::size_t last = 100;                    // at most so many, the latest
  std::optional<std::uint64_t> before = {};  // of those with smaller numbers
};
[[nodiscard]] Result<std::vector<store::AuditEntry>> audit_entries(store::EventLog& log,
                                                                   const AuditQuestion& question,
                                                                   const Person& who);

}  // namespace evenkeel::clinic
