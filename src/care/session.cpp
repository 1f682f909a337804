#include "care/session.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "base/overloaded.hpp"
#include "care/record.hpp"

namespace evenkeel::care {
namespace {

using units::h;
using units::mg;

constexpr const char* end_not_recorded = "the end of the infusion is not recorded";
constexpr const char* by_the_nose = "given by the nose: no model of this program predicts it from a record";

struct RateChange {
  Instant at;
  InfusionRate rate;
};

struct Draft {
  Session session;
  std::vector<RateChange> changes;
};

// The stretches between the rate changes, up to `end`.
std::vector<RateSegment> segments(const Draft& draft, Instant end) {
  std::vector<RateSegment> found;
  Instant from = draft.session.start;
  InfusionRate rate = draft.session.ordered.mass() / draft.session.ordered_length;
  const auto close = [&](Instant until) {
    if (from < until && rate > InfusionRate{}) found.push_back({from, until, rate * (until - from)});
  };
  for (const RateChange& change : draft.changes) {
    close(change.at);
    from = change.at;
    rate = change.rate;
  }
  close(end);
  return found;
}

DrugMass total(std::span<const RateSegment> infusion) {
  DrugMass sum;
  for (const RateSegment& segment : infusion) sum += segment.amount;
  return sum;
}

void settle_ended(Draft& draft) {
  Session& session = draft.session;
  session.infusion = segments(draft, *session.end);
  const DrugMass by_rates = total(session.infusion);
  const DrugMass given = session.given->mass();
  const DrugMass gap = by_rates > given ? by_rates - given : given - by_rates;
  const DrugMass tolerance = 0.05 * given > 0.5 * mg ? 0.05 * given : 0.5 * mg;
  const bool no_time_to_run = !(by_rates > DrugMass{}) && given > DrugMass{};
  if (!(gap <= tolerance) || no_time_to_run) {
    session.infusion.clear();
    session.infusion_unknown =
        fmt::format("its rates and times add up to {:.1f} mg, but {} mg are recorded as given",
                    by_rates.in(mg), session.given->mg.to_string());
    return;
  }
  if (!(by_rates > DrugMass{})) return;
  for (RateSegment& segment : session.infusion) segment.amount = segment.amount * (given / by_rates);
}

// As ordered until the ordered amount is in, if that is still to come.
void settle_running(Draft& draft, Instant now) {
  Session& session = draft.session;
  const DrugMass so_far = total(segments(draft, now));
  const InfusionRate rate =
      draft.changes.empty() ? session.ordered.mass() / session.ordered_length : draft.changes.back().rate;
  const DrugMass left = session.ordered.mass() - so_far;
  session.running = left > DrugMass{} || rate == InfusionRate{};
  if (!session.running) {
    session.infusion_unknown = end_not_recorded;
    return;
  }
  const Instant end = rate > InfusionRate{} ? now + left / rate : now;
  session.infusion = segments(draft, end);
}

void take(Draft& draft, const Event& event) {
  Session& session = draft.session;
  std::visit(Overloaded{[&](const RateChanged& change) {
                          draft.changes.push_back({event.at, change.rate_mg_per_h.to_double() * (mg / h)});
                        },
                        [&](const SessionEnded& end) {
                          session.end = event.at;
                          session.given = end.given;
                          session.stopped = end.completion == Completion::stopped;
                          session.stop_reason = end.reason;
                        },
                        [&](const SessionDischarged& out) {
                          session.discharged = event.at;
                          session.escort = out.escort;
                          session.discharge_moaas = out.moaas;
                        },
                        [&](const SessionStopped& stopped) {
                          session.departed = TimedDeparture{event.at, stopped};
                          if (!stopped.given_mg) return;
                          session.end = event.at;
                          session.given = DoseMg{*stopped.given_mg};
                          session.stopped = true;
                          session.stop_reason = stopped.reason;
                        },
                        [&](const VitalSigns& signs) {
                          session.vitals.push_back({event.id, event.at, signs});
                        },
                        [&](const SignSeen& sign) {
                          session.signs.push_back({event.id, event.at, sign});
                        },
                        [&](const SessionDecision& decision) {
                          session.decisions.push_back({event.id, event.at, decision});
                        },
                        [](const auto&) {}},
             event.body);
}

// Vital signs that name no session belong to the one they were taken around: from an hour before its
// start to four hours after its end; to the nearer one of two. Needs the ends, so it comes after take().
void take_unnamed(std::map<std::string, Draft>& drafts, const Event& event, const VitalSigns& signs) {
  Session* nearest = nullptr;
  Duration nearest_by;
  for (auto& [id, draft] : drafts) {
    Session& session = draft.session;
    const Instant end = session.end.value_or(session.start + session.ordered_length);
    if (event.at < session.start - 1.0 * h || event.at > end + 4.0 * h) continue;
    const Duration by = event.at < session.start ? session.start - event.at
                        : event.at > end         ? event.at - end
                                                 : Duration{};
    if (nearest != nullptr && !(by < nearest_by)) continue;
    nearest = &session;
    nearest_by = by;
  }
  if (nearest != nullptr) nearest->vitals.push_back({event.id, event.at, signs});
}

}  // namespace

RatePerBody Session::highest_rate() const {
  if (route == Route::intranasal) return {};  // nothing runs at a rate
  RatePerBody highest = infusion.empty() ? dose_per_body() / ordered_length : RatePerBody{};
  for (const RateSegment& segment : infusion) {
    const RatePerBody rate = segment.amount / (segment.until - segment.from) / weight;
    if (rate > highest) highest = rate;
  }
  return highest;
}

std::vector<Session> sessions(std::span<const Event> valid, Instant now) {
  std::map<std::string, Draft> drafts;
  Instant latest;  // start
  for (const Event& event : valid) {
    if (const auto* start = std::get_if<SessionStarted>(&event.body)) {
      Session session;
      session.id = start->session;
      session.event = event.id;
      session.drug = start->drug;
      session.route = start->route;
      session.start = event.at;
      session.weight = start->weight;
      session.ordered = start->dose;
      session.ordered_length = start->length;
      latest = drafts.empty() ? event.at : std::max(latest, event.at);
      drafts[start->session].session = std::move(session);
    }
  }
  for (const Event& event : valid) {
    const std::string session = session_of(event.body);
    if (const auto found = drafts.find(session); found != drafts.end()) take(found->second, event);
  }
  for (const Event& event : valid) {
    const auto* signs = std::get_if<VitalSigns>(&event.body);
    if (signs != nullptr && signs->session.empty()) take_unnamed(drafts, event, *signs);
  }
  std::vector<Session> found;
  for (auto& [id, draft] : drafts) {
    std::ranges::stable_sort(draft.session.vitals, {}, &TimedVitals::at);
    std::ranges::stable_sort(draft.session.signs, {}, &TimedSign::at);
    if (draft.session.route == Route::intranasal)
      draft.session.infusion_unknown = by_the_nose;
    else if (draft.session.end)
      settle_ended(draft);
    else if (draft.session.start < latest)  // its end was corrected away, and the next has begun
      draft.session.infusion_unknown = end_not_recorded;
    else
      settle_running(draft, now);
    found.push_back(std::move(draft.session));
  }
  std::ranges::sort(found, {}, &Session::start);
  return found;
}

}  // namespace evenkeel::care
