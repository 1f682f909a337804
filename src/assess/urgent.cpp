#include "assess/urgent.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "care/flowsheet.hpp"

namespace evenkeel::assess {
namespace {

Duration time_for(const care::Protocol* protocol) {
  const Duration the_same_day = 1.0 * units::day;
  if (protocol == nullptr || protocol->levels.empty()) return the_same_day;
  const auto& within = protocol->levels.back().within;
  return within ? within->value : the_same_day;
}

std::span<const care::Event> written_after(std::span<const care::Event> valid, const std::string& event) {
  const auto found = std::ranges::find(valid, event, &care::Event::id);
  return found == valid.end() ? std::span<const care::Event>{}
                              : valid.subspan(static_cast<std::size_t>(found - valid.begin()) + 1);
}

// A named clinician has looked at it and said what follows.
bool reviewed(std::span<const care::Event> after, const std::string& event) {
  return std::ranges::any_of(after, [&](const care::Event& each) {
    const auto* review = std::get_if<care::Review>(&each.body);
    return review != nullptr && std::ranges::find(review->events, event) != review->events.end();
  });
}

bool answered_again(const care::TimedScore& timed, std::span<const care::TimedScore> scores) {
  return std::ranges::any_of(scores, [&](const care::TimedScore& other) {
    return other.instrument == timed.instrument && other.at > timed.at && other.score.not_judged.empty();
  });
}

// The screen says yes or no by its own urgent items; if yes, it asks for somebody itself.
bool screened(const UrgentQuestion& q, const care::TimedScore& timed,
              std::span<const care::TimedScore> scores) {
  const auto rule = std::ranges::find(q.library.rules, "suicide_risk", &watch::Rule::check);
  if (rule == q.library.rules.end() || rule->instrument("illness") != timed.instrument) return false;
  return std::ranges::any_of(scores, [&](const care::TimedScore& other) {
    if (other.instrument != rule->instrument("screen") || other.at < timed.at) return false;
    if (!other.score.total || !other.score.not_judged.empty()) return false;
    const auto event = std::ranges::find(q.valid, other.event, &care::Event::id);
    return event != q.valid.end() && event->recorded_by != care::patient_alone;
  });
}

}  // namespace

std::vector<Action> urgent_actions(const UrgentQuestion& q, std::span<const care::TimedScore> scores) {
  std::vector<Action> actions;
  for (const care::TimedScore& timed : scores) {
    if (timed.score.urgent_actions.empty()) continue;
    if (answered_again(timed, scores) || screened(q, timed, scores)) continue;
    if (reviewed(written_after(q.valid, timed.event), timed.event)) continue;
    for (const std::string& what : timed.score.urgent_actions)
      actions.push_back({"clinician on duty", what, timed.at + time_for(q.protocol), true, {timed.event}});
  }
  return actions;
}

std::vector<Action> waiting_session(const UrgentQuestion& q, std::span<const SessionView> sessions) {
  if (q.protocol == nullptr || sessions.empty()) return {};
  const std::string& session = sessions.back().session.id;
  const auto sheet = care::flowsheet({q.valid, *q.protocol, q.library.instruments, session, q.now});
  if (!sheet || !(sheet->hold_asked || sheet->stop_asked)) return {};
  std::string rules;
  for (const care::Firing& firing : sheet->firings) {
    const std::string name = "'" + firing.rule + "'";
    if (firing.waits() && rules.find(name) == std::string::npos) rules += (rules.empty() ? "" : ", ") + name;
  }
  return {{"nurse and clinician",
           fmt::format("session {}: a {} waits for a decision about {}", session,
                       sheet->stop_asked ? "stop" : "hold", rules),
           {},
           true}};
}

}  // namespace evenkeel::assess
