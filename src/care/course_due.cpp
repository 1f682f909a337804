// What is due: the items of the calendar, and the next session with its distance from the last.

#include <fmt/format.h>

#include "care/course_parts.hpp"

namespace evenkeel::care {
namespace {

using units::day;

constexpr Duration longest_spacing = 520.0 * units::week;

// A thing done `last` and wanted every `every` from `since` on: due from a day before, overdue a quarter of
// the time after (both proposals of this software).
Due due_item(std::string what, std::optional<Instant> last, Instant since, const Sourced<Duration>& every,
             Instant now) {
  const Instant next = (last ? *last : since) + every.value;
  Due item{std::move(what), DueState::done, last, next, every.from};
  if (!last) {
    item.state = DueState::never;
    item.next = since;
  } else if (now > next + 0.25 * every.value) {
    item.state = DueState::overdue;
  } else if (now >= next - 1.0 * day) {
    item.state = DueState::due;
  }
  return item;
}

std::optional<Instant> last_done(const CalendarItem& item, const CourseQuestion& q) {
  return latest_of(q.valid, [&](const Body& body) {
    switch (item.kind) {
      case CalendarItem::Kind::instrument: {
        const auto* evaluation = std::get_if<Evaluation>(&body);
        if (evaluation == nullptr || evaluation->instrument != item.id) return false;
        const auto instrument = std::ranges::find(q.instruments, item.id, &Instrument::id);
        return instrument != q.instruments.end() && score(*instrument, *evaluation).total.has_value();
      }
      case CalendarItem::Kind::bladder_check: {
        const auto* report = std::get_if<SymptomReport>(&body);
        return report != nullptr && is_bladder(report->symptom);
      }
      case CalendarItem::Kind::other_source_check: {
        const auto* check = std::get_if<OtherSource>(&body);
        return check != nullptr && check->looked_in == LookedIn::dispensing_history;
      }
      case CalendarItem::Kind::plan_review: {
        const auto* review = std::get_if<Review>(&body);
        return review != nullptr && review->decision == Decision::plan_reviewed;
      }
      case CalendarItem::Kind::screening: {
        const auto* screening = std::get_if<Screening>(&body);
        return screening != nullptr && screening->criterion == item.id;
      }
      case CalendarItem::Kind::consent: {
        const auto* consent = std::get_if<ConsentRecorded>(&body);
        return consent != nullptr && consent->given;
      }
    }
    return false;
  });
}

// The first interval of a taper is the plan's, which the change for the taper sets; each further one is
// longer.
Spacing taper_spacing(const CourseQuestion& q, const CourseStatus& status) {
  Duration least = status.plan->plan.interval;
  for (int i = 0; i < status.sessions_in_taper && least < longest_spacing; ++i)
    least = q.protocol.course.taper_stretch.value * least;
  return {fmt::format("taper, session {}", status.sessions_in_taper + 1),
          least,
          {},
          q.protocol.course.taper_stretch.from};
}

std::optional<Spacing> maintenance_spacing(const CourseQuestion& q, int next_in_phase) {
  std::optional<Spacing> found;
  for (const MaintenanceStep& step : q.protocol.course.maintenance) {
    if (next_in_phase < step.from_session.value) break;
    found = Spacing{fmt::format("maintenance, from session {}", step.from_session.value),
                    step.interval.value,
                    {},
                    step.interval.from};
  }
  return found;
}

std::optional<Spacing> bounds_spacing(const Protocol& protocol) {
  const Sourced<Duration>* least = protocol.dosing  ? &protocol.dosing->bounds.least_interval
                                   : protocol.fixed ? &protocol.fixed->least_interval
                                                    : nullptr;
  if (least == nullptr) return std::nullopt;
  return Spacing{"the protocol's bounds", least->value, {}, least->from};
}

}  // namespace

std::string_view due_words(DueState state) {
  switch (state) {
    case DueState::done:
      return "up to date";
    case DueState::due:
      return "due";
    case DueState::overdue:
      return "overdue";
    case DueState::never:
      return "never done";
  }
  return "";
}

std::string calendar_words(const CalendarItem& item, const Protocol& protocol,
                           std::span<const Instrument> instruments) {
  switch (item.kind) {
    case CalendarItem::Kind::bladder_check:
      return "bladder symptoms";
    case CalendarItem::Kind::other_source_check:
      return "check for another source";
    case CalendarItem::Kind::plan_review:
      return "plan review by the clinician";
    case CalendarItem::Kind::consent:
      return "consent renewed";
    case CalendarItem::Kind::screening: {
      const auto found = std::ranges::find(protocol.eligibility, item.id, &Criterion::id);
      return found == protocol.eligibility.end() ? item.id : found->words;
    }
    case CalendarItem::Kind::instrument:
      break;
  }
  const auto found = std::ranges::find(instruments, item.id, &Instrument::id);
  return found == instruments.end() ? item.id : found->short_title;
}

Due next_session(const CourseQuestion& q, const PlanInForce& plan) {
  const auto& sessions = q.sessions;
  const Instant now = q.now;
  const Instant due = sessions.empty() ? plan.approved : sessions.back().start + plan.plan.interval;
  Due item{"session", DueState::done, {}, due, {"", Label::derived, "last session plus the plan's interval"}};
  if (!sessions.empty()) item.last = sessions.back().start;
  if (now > due + 1.0 * day)
    item.state = DueState::overdue;
  else if (now >= due - 1.0 * day)
    item.state = DueState::due;
  return item;
}

std::vector<Due> calendar_due(const CourseQuestion& q, const CourseStatus& status) {
  std::vector<Due> all;
  const Instant since = status.plan ? status.plan->approved : q.now;
  for (const CalendarItem& item : q.protocol.calendar) {
    if (std::ranges::find(item.phases, status.phase) == item.phases.end()) continue;
    all.push_back(due_item(calendar_words(item, q.protocol, q.instruments), last_done(item, q), since,
                           item.every, q.now));
  }
  return all;
}

std::optional<Spacing> spacing_of(const CourseQuestion& q, const CourseStatus& status) {
  if (q.sessions.empty() || status.phase == Phase::ended) return std::nullopt;
  auto found = bounds_spacing(q.protocol);
  if (status.phase == Phase::taper) found = taper_spacing(q, status);
  if (status.phase == Phase::maintenance) {
    const int next = status.sessions_done - q.protocol.course.induction_sessions.value + 1;
    if (auto step = maintenance_spacing(q, next)) found = step;
  }
  if (found) found->not_before = q.sessions.back().start + found->least;
  return found;
}

}  // namespace evenkeel::care
