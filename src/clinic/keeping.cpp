#include "clinic/keeping.hpp"

#include <deque>

#include "store/backup.hpp"

namespace evenkeel::clinic {

Result<void> create_store(store::EventLog& log, const Person& who) {
  if (!permits(who.role, Right::keep_store)) return require(log, who, Right::keep_store, "store");
  return log.note(store::Action::created, "store", "", who.request());
}

Result<store::Head> back_up(store::EventLog& log, const std::filesystem::path& file, const Person& who) {
  if (auto allowed = require(log, who, Right::keep_store, "store"); !allowed) return allowed.error();
  if (auto noted = log.note(store::Action::backed_up, "store", file.string(), who.request()); !noted)
    return noted.error();
  return store::backup(log, file);
}

Result<void> restore(store::EventLog& empty, store::EventLog& backup, const std::string& name,
                     const Person& who) {
  if (!permits(who.role, Right::keep_store)) return require(empty, who, Right::keep_store, "store");
  if (auto filled = empty.restore_from(backup); !filled) return filled;
  return empty.note(store::Action::restored, "store", "from " + name, who.request());
}

Result<std::vector<store::AuditEntry>> audit_entries(store::EventLog& log, const AuditQuestion& question,
                                                     const Person& who) {
  if (auto allowed = require(log, who, Right::read_audit, "audit"); !allowed) return allowed.error();
  const auto noted = log.note(store::Action::searched, "audit", question.about, who.request());
  if (!noted) return noted.error();
  std::deque<store::AuditEntry> latest;
  const auto walked = log.each_audit([&](const store::AuditEntry& entry) {
    if (!question.about.empty() && entry.subject != question.about) return true;
    latest.push_back(entry);
    if (latest.size() > question.last) latest.pop_front();
    return true;
  });
  if (!walked) return walked.error();
  return std::vector<store::AuditEntry>{latest.begin(), latest.end()};
}

}  // namespace evenkeel::clinic
