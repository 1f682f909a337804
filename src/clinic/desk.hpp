// Everything that is entered into a patient's record at the clinic, held against the protocol first.
//
// The record refuses what cannot be true; the desk refuses what the protocol does not let happen: a plan
// outside its bounds, an infusion whose gates do not pass, a dose above the plan's, a rate above a limit, a
// discharge before its criteria. It refuses and says what is missing; it never changes what was entered.
// A refusal is audited. Records from elsewhere come in through import_record, without this.
#pragma once

#include <optional>
#include <string>

#include "assess/library.hpp"
#include "base/result.hpp"
#include "care/flowsheet.hpp"
#include "care/gates.hpp"
#include "care/procedure.hpp"
#include "clinic/chart.hpp"

namespace evenkeel::clinic {

struct Desk {
  store::EventLog& log;
  const assess::Library& library;
  Person who;
};

// Errors: those of clinic::write; outside_domain where the protocol forbids it, with all that stands in the
// way; not_found where the plan's protocol is not in the library.
[[nodiscard]] Result<Written> enter(const Desk& desk, Chart& chart, const Entered& entered);

// The first event of a patient whom the log does not know.
[[nodiscard]] Result<Written> begin(const Desk& desk, const std::string& patient, const Entered& entered);

// The same by the patient's name, whose record is begun where there is none.
[[nodiscard]] Result<Written> enter_anywhere(const Desk& desk, const std::string& patient,
                                             const Entered& entered);

// The start of a session that is ready: its dose and length, the weight of today, the plan's drug.
[[nodiscard]] Result<care::SessionStarted> start_of(const Chart& chart, const std::string& session,
                                                    const assess::Library& library, Instant now);

// Where a session stands.
struct Standing {
  std::string session;
  care::SessionState state;
  std::string protocol;                      // "id version"
  std::vector<care::GateResult> gates;       // until the infusion begins
  std::optional<care::Flowsheet> flowsheet;  // from then on
};
// Errors: not_found where there is no plan in force, or its protocol is not in the library.
[[nodiscard]] Result<Standing> standing(const Chart& chart, const std::string& session,
                                        const assess::Library& library, Instant now);

}  // namespace evenkeel::clinic
