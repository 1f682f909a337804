// The rule of two people, where accounts are kept: who acts is who is signed in, and the second is a
// colleague who may do such work, not the same person written otherwise.
//
// That the second person was there is what the first one states; a signature of their own is asked only where
// an entry has one (plan_signed).
#pragma once

#include "care/event.hpp"
#include "care/ledger_event.hpp"
#include "clinic/person.hpp"

namespace evenkeel::clinic {

// Nothing where it holds, or where the entry names nobody. Errors: invalid_input, `where` the member of the
// body; storage.
[[nodiscard]] Result<void> two_people(store::EventLog& log, const care::ledger::Body& body,
                                      const Person& who);
[[nodiscard]] Result<void> two_people(store::EventLog& log, const care::Body& body, const Person& who);

}  // namespace evenkeel::clinic
