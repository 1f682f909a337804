// A session at the chair, by minutes from its start, and the sheet of it.
#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/expects.hpp"
#include "care/flowsheet.hpp"
#include "support/session_protocol.hpp"
#include "support/visit_events.hpp"

namespace evenkeel::test {

// A session from minute 0 on, and the sheet of it. The reading before the start is there.
struct Chair {
  care::Protocol protocol = session_protocol();
  std::vector<care::Instrument> instruments = session_instruments();
  std::vector<care::Event> events;

  explicit Chair(care::SessionStarted start = started("s1")) {
    put(-30, checked_in("s1"));
    put(-25, checked("s1", care::Check::fasting));
    put(-20, checked("s1", care::Check::escort));
    put(-10, made_ready("s1", start.dose.mg.to_string(), start.length.in(units::min)));
    put(-5, pressure("s1", 120));
    put(0, start);
  }
  void put(double at, care::Body body) {
    events.push_back(event("f" + std::to_string(events.size()), minute(at), std::move(body)));
  }
  [[nodiscard]] care::FlowQuestion at(double minutes) const {
    return {events, protocol, instruments, "s1", minute(minutes)};
  }
  [[nodiscard]] care::Flowsheet sheet(double minutes) const {
    auto found = care::flowsheet(at(minutes));
    expects(found.has_value(), "a test's session was started");
    return *std::move(found);
  }
};

// One letter for each time that is due: Taken, Late, Missing, Overdue, to Come.
inline std::string letters(const care::Flowsheet& sheet) {
  std::string found;
  for (const care::VitalsDue& due : sheet.vitals) found += " tlmoc"[static_cast<std::size_t>(due.state)];
  return found;
}

// A session that ended at minute 40, with all that a discharge at 120 asks for.
inline Chair whole() {
  Chair chair;
  chair.put(40, ended("s1"));
  chair.put(110, alertness("s1", 5));
  chair.put(112, home(9));
  chair.put(114, screen(0, 0, care::Moment::after_dose));
  return chair;
}

inline const care::DischargeCriterion& criterion(const care::Flowsheet& sheet, std::string_view id) {
  const auto found = std::ranges::find(sheet.discharge, id, &care::DischargeCriterion::id);
  expects(found != sheet.discharge.end(), "the protocol asks for it");
  return *found;
}

}  // namespace evenkeel::test
