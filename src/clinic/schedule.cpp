#include "clinic/schedule.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "care/record.hpp"
#include "exchange/record_reader.hpp"

namespace evenkeel::clinic {
namespace {

constexpr std::size_t most = 10'000;

// In the order in which a session goes on: a later one says more.
constexpr std::pair<const char*, const char*> moves[] = {
    {"session_checked_in", "checked in"}, {"session_started", "infusing"},
    {"session_ended", "ended"},           {"session_discharged", "discharged"},
    {"session_stopped", "stopped"},       {"session_cancelled", "cancelled"}};

}  // namespace

Result<std::vector<Booked>> sessions_of_day(store::EventLog& log, Date day, const Person& who) {
  if (auto allowed = require(log, who, Right::see_schedule, "schedule"); !allowed) return allowed.error();
  std::map<std::pair<std::string, std::string>, Booked> by_session;
  for (const auto& [kind, state] : moves) {
    const auto found = log.find(store::StreamKind::patient, kind, day.start(), day.start() + 24.0 * units::h,
                                most, who.request());
    if (!found) return found.error();
    for (const store::Found& each : *found) {
      const auto event = exchange::read_event(each.text);
      if (!event) return event.error().front();
      const std::string session = care::session_of(event->body);
      const auto [place, is_new] = by_session.try_emplace({event->patient, session},
                                                          Booked{event->patient, session, event->at, "", ""});
      place->second.state = state;
      if (const auto* in = std::get_if<care::SessionCheckedIn>(&event->body)) place->second.place = in->place;
    }
  }
  std::vector<Booked> booked;
  booked.reserve(by_session.size());
  for (auto& [key, each] : by_session) booked.push_back(std::move(each));
  std::ranges::stable_sort(booked, {}, &Booked::at);
  return booked;
}

}  // namespace evenkeel::clinic
