// The rule of two people, where accounts are kept: who acts is who is signed in, and the second is a
// colleague who may do such work, not the same person written otherwise. The second one signs the entry with
// a password of their own, at the screen of the first.
#pragma once

#include <optional>
#include <string>

#include "care/event.hpp"
#include "care/ledger.hpp"
#include "clinic/person.hpp"
#include "clinic/sign_in.hpp"

namespace evenkeel::clinic {

// Whom an entry names beside the one who acts, and in which of its members.
struct Second {
  const char* where;
  std::string name;
};
[[nodiscard]] std::optional<Second> second_of(const care::ledger::Body& body);
[[nodiscard]] std::optional<Second> second_of(const care::Body& body);

// What two people answer for, one alone does not take back: a ledger's entry that names a second person is
// marked as an error before a witness. Errors: invalid_input, `where` "body.witness".
[[nodiscard]] Result<void> taken_back_by_two(const care::ledger::Ledger& ledger,
                                             const care::ledger::Body& body, const Person& who);

// Nothing where it holds, or where the entry names nobody. Errors: invalid_input, `where` the member of the
// body; storage.
[[nodiscard]] Result<void> two_people(store::EventLog& log, const care::ledger::Body& body,
                                      const Person& who);
[[nodiscard]] Result<void> two_people(store::EventLog& log, const care::Body& body, const Person& who);

// An entry for the audit: its kind, and where it goes ("drawn_up", "ledger/main").
struct ForTwo {
  std::string_view kind;
  std::string subject;
};
// What the site says of second factors.
enum class Factor : std::uint8_t { by_choice, demanded };
// The second person, `by`, signs what `first` is about to write. Success and failure are audited, each under
// its name. Errors: as sign_in; not_permitted, `where` "password", while the account may do nothing yet: its
// password is one that another person chose, or the site demands a second factor that it has not.
[[nodiscard]] Result<void> countersign(store::EventLog& log, const SiteKey& key, const SignIn& by,
                                       Factor factor, const ForTwo& entry, const Person& first);
// And it was written, as this version: signed, or only naming somebody who has no password here.
[[nodiscard]] Result<void> note_written_by_two(store::EventLog& log, const ForTwo& entry,
                                               std::uint64_t version, const std::string& second,
                                               bool is_signed, const Person& first);

}  // namespace evenkeel::clinic
