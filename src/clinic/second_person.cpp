#include "clinic/second_person.hpp"

#include <fmt/format.h>

#include "clinic/account.hpp"

namespace evenkeel::clinic {
namespace {

Error wrong(const char* where, std::string what) {
  return {ErrorCode::invalid_input, where, std::move(what)};
}

// A colleague with an account that is open, who handles the drug.
Result<void> is_colleague(store::EventLog& log, const char* where, const std::string& typed,
                          const Person& who) {
  const std::string name = account_name_of(typed);
  if (name == who.name)
    return wrong(where, fmt::format("'{}' is at work here and cannot be the second person as well", typed));
  if (!check_account_name(name)) return wrong(where, fmt::format("nobody here is called '{}'", typed));
  const auto book = account_book(log, name);
  if (!book && book.error().code != ErrorCode::not_found) return book.error();
  if (!book || !book->record.account().enabled)
    return wrong(where, fmt::format("nobody here is called '{}'", typed));
  const Role role = book->record.account().role;
  if (permits(role, Right::write_ledger)) return {};
  return wrong(where, fmt::format("{} does not handle the drug: a prescriber, a nurse or a pharmacist does",
                                  a_role(role)));
}

}  // namespace

Result<void> two_people(store::EventLog& log, const care::ledger::Body& body, const Person& who) {
  const std::string by = care::ledger::actor_of(body);
  if (!by.empty() && account_name_of(by) != who.name)
    return wrong("body.by",
                 fmt::format("'{}' is named, but '{}' is at work: one acts in one's own name", by, who.name));
  const std::string second = care::ledger::witness_of(body);
  if (second.empty()) return {};
  const bool checks = std::holds_alternative<care::ledger::DrawnUp>(body);
  return is_colleague(log, checks ? "body.checker" : "body.witness", second, who);
}

Result<void> two_people(store::EventLog& log, const care::Body& body, const Person& who) {
  const auto* ready = std::get_if<care::SessionReady>(&body);
  return ready == nullptr ? Result<void>{}
                          : is_colleague(log, "body.second_checker", ready->second_checker, who);
}

}  // namespace evenkeel::clinic
