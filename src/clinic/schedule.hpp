// The sessions of a day, over all patients, without opening a chart.
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "clinic/person.hpp"
#include "store/event_log.hpp"

namespace evenkeel::clinic {

struct Booked {
  std::string patient;
  std::string session;
  Instant at;         // of the check-in, or of the start where there was none
  std::string place;  // or empty
  std::string state;  // "checked in", "infusing", "ended", "discharged", "stopped", "cancelled"
};

// By time. An event entered in error still shows its session here: only a chart tells what counts.
[[nodiscard]] Result<std::vector<Booked>> sessions_of_day(store::EventLog& log, Date day, const Person& who);

}  // namespace evenkeel::clinic
