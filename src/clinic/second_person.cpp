#include "clinic/second_person.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "clinic/account.hpp"
#include "clinic/proof.hpp"

namespace evenkeel::clinic {
namespace {

Error wrong_in(const char* where, std::string what) {
  return {ErrorCode::invalid_input, where, std::move(what)};
}

// A colleague with an account that is open, who handles the drug.
Result<void> is_colleague(store::EventLog& log, const Second& second, const Person& who) {
  const auto& [where, typed] = second;
  const std::string name = account_name_of(typed);
  if (name == who.name)
    return wrong_in(where,
                    fmt::format("'{}' is at work here and cannot be the second person as well", typed));
  if (!check_account_name(name)) return wrong_in(where, fmt::format("nobody here is called '{}'", typed));
  const auto book = account_book(log, name);
  if (!book && book.error().code != ErrorCode::not_found) return book.error();
  if (!book || !book->record.account().enabled)
    return wrong_in(where, fmt::format("nobody here is called '{}'", typed));
  const Role role = book->record.account().role;
  if (permits(role, Right::write_ledger)) return {};
  return wrong_in(
      where,
      fmt::format("{} does not handle the drug: a prescriber, a nurse or a pharmacist does", a_role(role)));
}

}  // namespace

std::optional<Second> second_of(const care::ledger::Body& body) {
  std::string name = care::ledger::witness_of(body);
  if (name.empty()) return std::nullopt;
  const bool checks = std::holds_alternative<care::ledger::DrawnUp>(body);
  return Second{checks ? "body.checker" : "body.witness", std::move(name)};
}

std::optional<Second> second_of(const care::Body& body) {
  const auto* ready = std::get_if<care::SessionReady>(&body);
  if (ready == nullptr) return std::nullopt;
  return Second{"body.second_checker", ready->second_checker};
}

Result<void> taken_back_by_two(const care::ledger::Ledger& ledger, const care::ledger::Body& body,
                               const Person& who) {
  const auto* wrong = std::get_if<care::ledger::EnteredInError>(&body);
  if (wrong == nullptr) return {};
  const auto found = std::ranges::find(ledger.events(), wrong->event, &care::ledger::Event::id);
  if (found == ledger.events().end() || !second_of(found->body)) return {};
  if (wrong->witness.empty())
    return wrong_in(
        "body.witness",
        fmt::format("two people answer for '{}'; name a second one who sees that it is wrong", wrong->event));
  if (account_name_of(wrong->witness) == account_name_of(who.name))
    return wrong_in("body.witness", fmt::format("'{}' cannot be the second person as well", wrong->witness));
  return {};
}

Result<void> two_people(store::EventLog& log, const care::ledger::Body& body, const Person& who) {
  const std::string by = care::ledger::actor_of(body);
  if (!by.empty() && account_name_of(by) != who.name)
    return wrong_in("body.by", fmt::format("'{}' is named, but '{}' is at work: one acts in one's own name",
                                           by, who.name));
  const auto second = second_of(body);
  return second ? is_colleague(log, *second, who) : Result<void>{};
}

Result<void> two_people(store::EventLog& log, const care::Body& body, const Person& who) {
  const auto second = second_of(body);
  return second ? is_colleague(log, *second, who) : Result<void>{};
}

Result<void> countersign(store::EventLog& log, const SiteKey& key, const SignIn& by, Factor factor,
                         const ForTwo& entry, const Person& first) {
  const auto book = proved(log, key, by, As::themselves, first.now);
  const auto failed = [&](const Error& why) -> Result<void> {
    if (why.where == "code" && by.code.empty()) return why;  // the first of two steps
    const auto noted =
        log.note(store::Action::refused, entry.subject,
                 fmt::format("{}: '{}' did not sign it: {}", entry.kind, by.name, why.what), first.request());
    return noted ? why : noted.error();
  };
  if (!book) return failed(book.error());
  const Account& account = book->record.account();
  if (account.must_change)
    return failed({ErrorCode::not_permitted, "password",
                   "it was given by another person; sign in once and choose one of your own"});
  if (factor == Factor::demanded && account.second_factor.empty())
    return failed({ErrorCode::not_permitted, "password",
                   "this clinic demands a second factor; sign in once and set one up"});
  return log.note(store::Action::countersigned, entry.subject,
                  fmt::format("{}, beside {}", entry.kind, first.name),
                  person_of(account, first.now).request());
}

Result<void> note_written_by_two(store::EventLog& log, const ForTwo& entry, std::uint64_t version,
                                 const std::string& second, bool is_signed, const Person& first) {
  const std::string how = is_signed ? "countersigned by " + second
                                    : "names " + second + ", who has no password here to sign with";
  return log.note(is_signed ? store::Action::countersigned : store::Action::overridden, entry.subject,
                  fmt::format("version {}, {}: {}", version, entry.kind, how), first.request());
}

}  // namespace evenkeel::clinic
