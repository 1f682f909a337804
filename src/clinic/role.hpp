// Who may do what. Denied unless a line here permits it; the same table serves the command line and the
// server. An administrator keeps the machine and the accounts and reads no chart; an auditor reads and writes
// nothing.
// Values; safe to use from any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "care/event.hpp"

namespace evenkeel::clinic {

enum class Role : std::uint8_t {
  prescriber = 1,
  nurse = 2,
  therapist = 3,
  pharmacist = 4,
  front_desk = 5,
  laboratory = 6,
  auditor = 7,
  administrator = 8,
};
inline constexpr Role all_roles[] = {Role::prescriber, Role::nurse,        Role::therapist,
                                     Role::pharmacist, Role::front_desk,   Role::laboratory,
                                     Role::auditor,    Role::administrator};
[[nodiscard]] std::string_view role_text(Role role);  // "front-desk"
[[nodiscard]] std::optional<Role> role_from_text(std::string_view text);
[[nodiscard]] std::string a_role(Role role);  // "a nurse", "an auditor"

enum class Right : std::uint8_t {
  open_chart,    // begin a patient's record
  read_chart,    // read one
  see_schedule,  // which sessions there are, without their charts
  export_chart,  // take one out, or bring one in
  read_ledger,   // the drug ledger
  write_ledger,
  read_audit,     // the audit chain
  verify,         // check that nothing was altered
  keep_store,     // create, back up, restore, make and use the signing key
  keep_accounts,  // who may sign in, and as what
  break_glass,    // open a patient who is not on one's list, with a reason
  read_register,  // who the patients are: names and birth dates
};
inline constexpr Right all_rights[] = {Right::open_chart,    Right::read_chart,  Right::see_schedule,
                                       Right::export_chart,  Right::read_ledger, Right::write_ledger,
                                       Right::read_audit,    Right::verify,      Right::keep_store,
                                       Right::keep_accounts, Right::break_glass, Right::read_register};
[[nodiscard]] std::string_view right_text(Right right);  // "keep-accounts"
[[nodiscard]] bool permits(Role role, Right right);
[[nodiscard]] std::string_view right_words(Right right);  // "read a chart"

// Whether the role may write an event of this kind into a record.
[[nodiscard]] bool may_write(Role role, const care::Body& body);
// The kinds of which it may, as records write them.
[[nodiscard]] std::vector<std::string_view> kinds_written_by(Role role);

}  // namespace evenkeel::clinic
