// The second person of an entry: whom it names has signed it, at the screen of the first and with a password
// of their own (POST .../countersign), before it is written. Who has no password here is named and does not
// sign; the audit says which of the two it was.
#pragma once

#include "care/event.hpp"
#include "care/ledger_event.hpp"
#include "clinic/second_person.hpp"
#include "server/call.hpp"

namespace evenkeel::server {

// Nothing where this request may write the entry, or where it names nobody. Each refusal is audited. Errors:
// as clinic::two_people; not_permitted, `where` the member that names who did not sign.
[[nodiscard]] Result<void> second_person_stands(const Call& call, const care::Body& body,
                                                std::optional<Instant> at);
[[nodiscard]] Result<void> second_person_stands(const Call& call, const care::ledger::Body& body,
                                                std::optional<Instant> at);

// The entry was written: its signature is used up, and the audit has the two together.
void signature_used(const Call& call, const clinic::Second& second, std::string_view kind,
                    std::uint64_t version, bool repeated);

// What came of the write. A signature serves another where this one was refused; where it is not known
// whether it was kept, it serves this one alone.
template <class Body, class Written>
[[nodiscard]] Result<Written> signature_settled(const Call& call, const Body& body, Result<Written> written) {
  const auto second = clinic::second_of(body);
  if (!second) return written;
  if (!written && written.error().code != ErrorCode::storage)
    call.house.countersigned.give_back(store_key(call));
  if (written) signature_used(call, *second, kind_text(body), written->version, written->repeated);
  return written;
}

}  // namespace evenkeel::server
