// The day at a glance: who is where, what is late, who needs somebody; and the stream that keeps it so.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "clinic/desk.hpp"
#include "clinic/schedule.hpp"
#include "server/route.hpp"

namespace evenkeel::server {
namespace {

using json::Node;
using Fields = std::vector<std::pair<std::string, Node>>;

Node moment(Instant at) {
  return json::text(at.to_string());
}

std::string name_of(const Call& call, const People::All& people, const std::string& patient) {
  const auto found = people.find(patient);
  return found == people.end() || !may_see(call, patient) ? std::string{} : found->second.identity.name;
}

// What waits at the chair, for who may read charts. A record that has no plan says nothing of it.
void add_standing(const Call& call, const clinic::Booked& booked, Fields& row) {
  if (!clinic::permits(call.who.role, clinic::Right::read_chart)) return;
  const auto chart = call.house.charts.open(booked.patient, call.who);
  if (!chart) return;
  const auto standing = clinic::standing(**chart, booked.session, call.house.library, call.who.now);
  if (!standing || !standing->flowsheet) return;
  const care::Flowsheet& sheet = *standing->flowsheet;
  row.emplace_back("hold_asked", json::boolean(sheet.hold_asked));
  row.emplace_back("stop_asked", json::boolean(sheet.stop_asked));
  const auto waits = std::ranges::find_if(sheet.vitals, [](const care::VitalsDue& each) {
    return each.state == care::VitalsState::overdue || each.state == care::VitalsState::to_come;
  });
  if (waits == sheet.vitals.end()) return;
  row.emplace_back("next_vitals_due", moment(waits->due));
  row.emplace_back("vitals_overdue", json::boolean(waits->state == care::VitalsState::overdue));
}

bool is_over(const std::string& state) {
  return state == "discharged" || state == "stopped" || state == "cancelled";
}

Node session_row(const Call& call, const People::All& people, const clinic::Booked& booked) {
  std::string state = booked.state;
  std::ranges::replace(state, ' ', '_');
  if (state == "ended") state = "observing";
  Fields row{
      {"patient", json::text(booked.patient)}, {"name", json::text(name_of(call, people, booked.patient))},
      {"session", json::text(booked.session)}, {"at", moment(booked.at)},
      {"place", json::text(booked.place)},     {"state", json::text(state)}};
  if (!is_over(state)) add_standing(call, booked, row);
  return json::object(std::move(row));
}

Node person_row(const Call& call, const People::All& people, const Summary& summary) {
  const auto sign = [](const Summary::Sign& each) {
    return json::object({{"rule", json::text(each.rule)},
                         {"title", json::text(each.title)},
                         {"level", json::number(static_cast<long long>(each.level))}});
  };
  return json::object({{"patient", json::text(summary.patient)},
                       {"name", json::text(name_of(call, people, summary.patient))},
                       {"level", json::number(static_cast<long long>(summary.level))},
                       {"action", json::text(summary.action)},
                       {"by_role", json::text(summary.by_role)},
                       {"look_by", json::optional(summary.look_by, moment)},
                       {"overdue", json::boolean(summary.look_by && *summary.look_by < call.who.now)},
                       {"as_of", moment(summary.as_of)},
                       {"findings", json::list_of(summary.signs, sign)}});
}

Node due_row(const Call& call, const People::All& people, const Summary& summary,
             const Summary::DueItem& item) {
  const double late = (call.who.now - item.due).in(units::day);
  return json::object({{"patient", json::text(summary.patient)},
                       {"name", json::text(name_of(call, people, summary.patient))},
                       {"what", json::text(item.what)},
                       {"due", moment(item.due)},
                       {"overdue_days", json::rounded(std::max(0.0, std::floor(late)), 6)}});
}

// The higher level first; of one level who was to be seen first.
bool more_urgent(const std::shared_ptr<const Summary>& a, const std::shared_ptr<const Summary>& b) {
  if (a->level != b->level) return a->level > b->level;
  if (a->look_by.has_value() != b->look_by.has_value()) return a->look_by.has_value();
  return a->look_by < b->look_by;
}

struct Needs {
  std::vector<Node> people;
  std::vector<Node> due;
};

Result<Needs> needs_of(const Call& call, const People::All& names) {
  Needs needs;
  if (!clinic::permits(call.who.role, clinic::Right::read_chart)) return needs;
  const auto summaries = call.house.summaries.all(call.house.itself());
  if (!summaries) return summaries.error();
  std::vector<std::shared_ptr<const Summary>> seen;
  std::ranges::copy_if(*summaries, std::back_inserter(seen),
                       [&](const auto& each) { return may_see(call, each->patient); });
  std::ranges::stable_sort(seen, more_urgent);
  for (const auto& each : seen) {
    if (each->level > 0) needs.people.push_back(person_row(call, names, *each));
    for (const Summary::DueItem& item : each->due) needs.due.push_back(due_row(call, names, *each, item));
  }
  return needs;
}

Answer today(const Call& call) {
  auto day = Result<Date>{Date::of(call.who.now)};
  if (const auto asked = call.request.target.parameter("day")) day = Date::parse(*asked);
  if (!day) return problem(Error{ErrorCode::invalid_input, "day", day.error().what});
  const auto people = call.house.people.all(call.who);
  if (!people) return problem(people.error());
  const auto booked = clinic::sessions_of_day(call.house.log, *day, call.who);
  if (!booked) return problem(booked.error());
  std::vector<Node> sessions;
  for (const clinic::Booked& each : *booked) {
    if (may_see(call, each.patient)) sessions.push_back(session_row(call, **people, each));
  }
  auto needs = needs_of(call, **people);
  if (!needs) return problem(needs.error());
  return json_answer(200, json::object({{"now", moment(call.who.now)},
                                        {"day", json::text(day->to_string())},
                                        {"sessions", json::list(std::move(sessions))},
                                        {"due", json::list(std::move(needs->due))},
                                        {"people", json::list(std::move(needs->people))}}));
}

std::optional<std::uint64_t> last_seen(const Request& request) {
  const auto text = request.header("Last-Event-ID");
  std::uint64_t number = 0;
  if (!text) return std::nullopt;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
  // What is no number is no number of ours: everything is to be read again.
  return error == std::errc{} && end == text->data() + text->size() ? number : ~std::uint64_t{0};
}

// Each message asks anew whether the sign-in still holds and whose records it may see.
Answer live(const Call& call) {
  Stream stream;
  stream.headers = {{"Cache-Control", "no-store"}, {"X-Accel-Buffering", "no"}};
  stream.beat = beat_text;
  House* house = &call.house;
  auto may = [house, token = call.token](const std::string& patient) {
    const Instant now = house->now();
    const auto mine = house->sign_ins.find(token, now, false);
    if (!mine || mine->locked) return Sight::over;
    return clinic::may_see(mine->account, patient, now) ? Sight::yes : Sight::no;
  };
  stream.opened = [house, may, id = call.sign_in->id, last = last_seen(call.request)](auto sink) {
    house->live.follow(std::move(sink), id, may, last);
  };
  return stream;
}

}  // namespace

std::vector<Route> today_routes() {
  using enum Method;
  using enum clinic::Right;
  const auto in = Door::signed_in;
  return {
      {get, "/api/today", in, see_schedule, "today", "The day at a glance", &today},
      {get, "/api/live", in, see_schedule, "", "What moves on, as it does (text/event-stream)", &live},
  };
}

}  // namespace evenkeel::server
