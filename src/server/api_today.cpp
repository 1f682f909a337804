// The day at a glance: who is where, what is late, who needs somebody; and the stream that keeps it so.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <iterator>
#include <map>

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

Node visit_row(const Call& call, const People::All& people, const std::string& patient,
               const Summary::Visit& visit) {
  Fields row{{"patient", json::text(patient)},       {"name", json::text(name_of(call, people, patient))},
             {"session", json::text(visit.session)}, {"at", moment(visit.at)},
             {"place", json::text(visit.place)},     {"state", json::text(visit.state)}};
  if (!visit.over && clinic::permits(call.who.role, clinic::Right::read_chart)) {
    row.emplace_back("hold_asked", json::boolean(visit.hold_asked));
    row.emplace_back("stop_asked", json::boolean(visit.stop_asked));
    if (visit.next_vitals_due) {
      row.emplace_back("next_vitals_due", moment(*visit.next_vitals_due));
      row.emplace_back("vitals_overdue", json::boolean(visit.vitals_overdue));
    }
  }
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
bool more_urgent(const SharedSummary& a, const SharedSummary& b) {
  if (a->level != b->level) return a->level > b->level;
  if (a->look_by.has_value() != b->look_by.has_value()) return a->look_by.has_value();
  return a->look_by < b->look_by;
}

struct Visiting {
  std::string patient;
  Summary::Visit visit;
};

// The reader's day, whose midnight is not that of UTC.
struct Day {
  Instant from, until;

  [[nodiscard]] bool has(Instant at) const { return from <= at && at < until; }
};

constexpr Duration longest_day = 48.0 * units::h;

// Both ends; one alone says nothing of the other, but that a day has 24 hours.
Result<Day> day_asked(const Call& call) {
  const auto bound = [&](std::string_view name, Instant otherwise) -> Result<Instant> {
    const auto text = call.request.target.parameter(name);
    if (!text) return otherwise;
    auto at = Instant::parse(*text);
    if (!at) return Error{ErrorCode::invalid_input, std::string{name}, at.error().what};
    return at;
  };
  const auto from = bound("from", Date::of(call.who.now).start());
  if (!from) return from.error();
  const auto until = bound("until", *from + 1.0 * units::day);
  if (!until) return until.error();
  if (*until <= *from || *until - *from > longest_day)
    return Error{ErrorCode::invalid_input, "until", "a day ends after it began, within 48 hours"};
  return Day{*from, *until};
}

// One that goes on is shown today, however long ago it began: somebody has yet to end it.
bool is_of(const Summary::Visit& visit, const Day& day, Instant now) {
  return day.has(visit.at) || (!visit.over && day.has(now));
}

// By time, of all patients.
std::vector<Visiting> visits_of(const std::vector<SharedSummary>& seen, const Day& day, Instant now) {
  std::vector<Visiting> visits;
  for (const SharedSummary& each : seen) {
    for (const Summary::Visit& visit : each->visits) {
      if (is_of(visit, day, now)) visits.push_back({each->patient, visit});
    }
  }
  std::ranges::stable_sort(visits, {}, [](const Visiting& each) { return each.visit.at; });
  return visits;
}

json::Node today_node(const Call& call, const People::All& names, Summaries::Seen all, const Day& day) {
  std::vector<SharedSummary>& seen = all.summaries;
  std::vector<Node> sessions, people, due;
  std::multimap<Instant, Node> expected;
  for (const Visiting& each : visits_of(seen, day, call.who.now))
    sessions.push_back(visit_row(call, names, each.patient, each.visit));
  std::ranges::stable_sort(seen, more_urgent);
  // Who is to come belongs to the schedule; what else is due, and who needs somebody, to the chart.
  const bool reads = clinic::permits(call.who.role, clinic::Right::read_chart);
  for (const SharedSummary& each : seen) {
    if (reads && each->level > 0) people.push_back(person_row(call, names, *each));
    for (const Summary::DueItem& item : each->due) {
      // Who sits in a chair is not expected there.
      const bool session = item.what == "session";
      if (session && !each->goes_on()) expected.emplace(item.due, due_row(call, names, *each, item));
      if (!session && reads) due.push_back(due_row(call, names, *each, item));
    }
  }
  // By their own dates: the order of the others tells who is worse.
  std::vector<Node> all_due;
  for (auto& [at, row] : expected) all_due.push_back(std::move(row));
  std::ranges::move(due, std::back_inserter(all_due));
  Fields fields{{"now", moment(call.who.now)},
                {"from", moment(day.from)},
                {"until", moment(day.until)},
                {"sessions", json::list(std::move(sessions))},
                {"due", json::list(std::move(all_due))},
                {"unread", json::number(static_cast<long long>(all.unread))}};
  if (reads) fields.emplace_back("people", json::list(std::move(people)));
  return json::object(std::move(fields));
}

// One search in the caller's name; what was written since is read in the server's.
Answer today(const Call& call) {
  const auto day = day_asked(call);
  if (!day) return problem(day.error());
  const auto names = call.house.people.names(call.who);
  if (!names) return problem(names.error());
  const auto records = call.house.log.streams(store::StreamKind::patient, call.who.request());
  if (!records) return problem(records.error());
  auto seen = call.house.summaries.of(*records, call.house.itself());
  if (!seen) return problem(seen.error());
  std::erase_if(seen->summaries, [&](const SharedSummary& each) { return !may_see(call, each->patient); });
  return json_answer(200, today_node(call, **names, *std::move(seen), *day));
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
  House* house = &call.house;
  stream.beat = [house] { return beat_text(house->now()); };
  auto may = [house, token = call.token](const std::string& patient) {
    const Instant now = house->now();
    const auto mine = house->sign_ins.find(token, now, false);
    if (!mine || mine->locked) return Sight::over;
    return clinic::may_see(mine->account, patient, now) ? Sight::yes : Sight::no;
  };
  stream.opened = [house, may, id = call.sign_in->id, last = last_seen(call.request)](auto sink) {
    house->live.follow(std::move(sink), id, may, last, house->now());
  };
  return stream;
}

}  // namespace

std::vector<Route> today_routes() {
  using enum Method;
  using enum clinic::Right;
  const auto in = Door::signed_in;
  return {
      {get, "/api/today", in, see_schedule, "today_asked", "today", "The day at a glance", &today},
      {get, "/api/live", in, see_schedule, "", "text/event-stream", "What moves on, as it does", &live},
  };
}

}  // namespace evenkeel::server
