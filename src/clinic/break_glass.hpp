// Opening a patient who is not on one's list, in need and with a reason: for 60 minutes, and an auditor sees
// it.
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "clinic/account.hpp"
#include "store/event_log.hpp"

namespace evenkeel::clinic {

inline constexpr std::size_t fewest_reason_bytes = 10;

// The account as it is then: may_see says yes. Errors: not_permitted (Right::break_glass); invalid_input for
// a reason of fewer than 10 or more than 400 bytes, or where the patient may be seen already; not_found for
// `who` without an account; stale; storage.
[[nodiscard]] Result<Account> break_glass(store::EventLog& log, const std::string& patient,
                                          const std::string& reason, const Person& who);

struct OpenedBy {
  std::string account;
  Opening opening;
};
// From <= at < until, by time. For who may read the audit.
[[nodiscard]] Result<std::vector<OpenedBy>> openings(store::EventLog& log, Instant from, Instant until,
                                                     const Person& who);

}  // namespace evenkeel::clinic
