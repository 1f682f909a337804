// The register of patients: which name and birth date belong to which id. Charts hold the id alone.
//
// Who treats, dispenses or books reads it (Right::read_register); who may begin a chart adds to it
// (Right::open_chart). An administrator, an auditor and a laboratory work with ids and see no names.
// Registering begins no chart.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.hpp"
#include "base/result.hpp"
#include "care/event.hpp"
#include "clinic/person.hpp"
#include "store/event_log.hpp"

namespace evenkeel::clinic {

// Who a patient is.
struct Identity {
  std::string name;
  Date birth_date;
  std::optional<care::Sex> sex = {};

  bool operator==(const Identity&) const = default;
};

struct Registered {
  std::string id;  // "p-" and eight letters, or that of a chart which was there before
  Identity identity;
  std::uint64_t version = 0;
};

struct Registering {
  Identity identity;
  std::string id = {};  // empty: a new one is made
  // Somebody with this name and birth date is registered, and it is not them.
  bool another_of_the_name = false;
  std::string key = {};  // asked again with it, it is the same patient; empty: asked once
};

// Errors: not_permitted; invalid_input for a bad name, an id that is taken, somebody of the same name and
// birth date (`where` "another_of_the_name", and the id that they have), or a key that registered somebody
// else; storage.
[[nodiscard]] Result<Registered> register_patient(store::EventLog& log, const Registering& asked,
                                                  const Person& who);
// Errors: as above; not_found; stale when somebody else corrected it at the same time.
[[nodiscard]] Result<Registered> correct_patient(store::EventLog& log, const std::string& id,
                                                 const Identity& asked, const Person& who);

// By name. One audit entry for the whole list. Whom an account may see is for the caller: may_see.
[[nodiscard]] Result<std::vector<Registered>> patients(store::EventLog& log, const Person& who);
// Those of whose names some word begins so, whatever the case of a to z; or whose id does.
[[nodiscard]] std::vector<Registered> with_prefix(const std::vector<Registered>& patients,
                                                  std::string_view prefix);
[[nodiscard]] Result<Registered> patient_of(store::EventLog& log, const std::string& id, const Person& who);

}  // namespace evenkeel::clinic
