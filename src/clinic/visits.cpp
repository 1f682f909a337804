#include "clinic/visits.hpp"

#include <algorithm>

namespace evenkeel::clinic {

std::vector<Visit> visits(const Chart& chart) {
  std::vector<Visit> all;
  for (const care::Event& event : chart.record.valid()) {
    const auto* arrived = std::get_if<care::SessionCheckedIn>(&event.body);
    const auto* started = std::get_if<care::SessionStarted>(&event.body);
    if (arrived == nullptr && started == nullptr) continue;
    const std::string session = care::session_of(event.body);
    if (std::ranges::find(all, session, &Visit::session) != all.end()) continue;
    all.push_back(
        {session, event.at, arrived != nullptr ? arrived->place : "", chart.record.session(session)});
  }
  std::ranges::stable_sort(all, {}, &Visit::at);
  return all;
}

}  // namespace evenkeel::clinic
