#include "clinic/keeping.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "care/ledger_event.hpp"
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

// Capital letters do not count, and "demo-01" asks for "patient/demo-01" and "person/demo-01" alike: who
// searches must not take another spelling for "nobody".
bool is_about(std::string_view subject, std::string_view asked) {
  if (care::ledger::same_person(subject, asked)) return true;
  const auto slash = subject.find('/');
  return asked.find('/') == std::string_view::npos && slash != std::string_view::npos &&
         care::ledger::same_person(subject.substr(slash + 1), asked);
}

bool answers(const store::AuditEntry& entry, const AuditQuestion& question) {
  return (question.about.empty() || is_about(entry.subject, question.about)) &&
         (question.by.empty() || care::ledger::same_person(entry.actor, question.by)) &&
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
  std::vector<store::AuditEntry> latest;
  const auto walked = log.each_audit_back(question.before.value_or(store::EventLog::from_the_end),
                                          [&](const store::AuditEntry& entry) {
                                            if (answers(entry, question)) latest.push_back(entry);
                                            return latest.size() < question.last;
                                          });
  if (!walked) return walked.error();
  std::ranges::reverse(latest);
  return latest;
}

}  // namespace evenkeel::clinic
