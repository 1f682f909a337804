#include "clinic/keeping.hpp"

#include <fmt/format.h>

#include <deque>

#include "store/backup.hpp"

namespace evenkeel::clinic {

Result<void> create_store(store::EventLog& log, const Person& who) {
  if (!permits(who.role, Right::keep_store)) return require(log, who, Right::keep_store, "store");
  return log.note(store::Action::created, "store", "", who.request());
}

Result<void> back_up(store::EventLog& log, const std::filesystem::path& file, const Person& who) {
  if (auto allowed = require(log, who, Right::keep_store, "store"); !allowed) return allowed;
  return store::backup(log, file, who.request());
}

Result<void> restore(store::EventLog& empty, const std::filesystem::path& backup, const Person& who) {
  if (!permits(who.role, Right::keep_store)) return require(empty, who, Right::keep_store, "store");
  return store::restore(backup, empty, who.request());
}

Result<store::Verification> verify(store::EventLog& log, const std::optional<store::Head>& known,
                                   const Person& who) {
  if (auto allowed = require(log, who, Right::verify, "store"); !allowed) return allowed.error();
  auto found = store::verify(log, known);
  const auto detail =
      found.sound() ? fmt::format("sound to {}", found.head.number) : fmt::format("{} flaws", found.flaws);
  const auto noted = log.note(store::Action::verified, "store", detail, who.request());
  if (!noted) return noted.error();
  return found;
}

Result<store::Head> head_to_export(store::EventLog& log, const Person& who) {
  if (auto allowed = require(log, who, Right::verify, "store"); !allowed) return allowed.error();
  const auto noted = log.note(store::Action::exported, "store", "the audit head", who.request());
  if (!noted) return noted.error();
  return log.head();
}

namespace {

bool answers(const store::AuditEntry& entry, const AuditQuestion& question) {
  return (question.about.empty() || entry.subject == question.about) &&
         (question.by.empty() || entry.actor == question.by) &&
         (!question.action || entry.action == *question.action);
}

// As the audit keeps it: who searches leaves a trace too.
std::string words_of(const AuditQuestion& question) {
  std::vector<std::string> words;
  if (!question.about.empty()) words.push_back(question.about);
  if (!question.by.empty()) words.push_back("by " + question.by);
  if (question.action) words.push_back(fmt::format("who {}", store::action_words(*question.action)));
  return fmt::format("{}", fmt::join(words, ", "));
}

}  // namespace

Result<std::vector<store::AuditEntry>> audit_entries(store::EventLog& log, const AuditQuestion& question,
                                                     const Person& who) {
  if (auto allowed = require(log, who, Right::read_audit, "audit"); !allowed) return allowed.error();
  const auto noted = log.note(store::Action::searched, "audit", words_of(question), who.request());
  if (!noted) return noted.error();
  std::deque<store::AuditEntry> latest;
  const auto walked = log.each_audit([&](const store::AuditEntry& entry) {
    if (!answers(entry, question)) return true;
    latest.push_back(entry);
    if (latest.size() > question.last) latest.pop_front();
    return true;
  });
  if (!walked) return walked.error();
  return std::vector<store::AuditEntry>{latest.begin(), latest.end()};
}

}  // namespace evenkeel::clinic
