#include "assess/session_curve.hpp"

#include <algorithm>

#include "assess/individualise.hpp"
#include "assess/matching.hpp"
#include "care/course.hpp"

namespace evenkeel::assess {
namespace {

constexpr std::size_t members = 300;
constexpr double draws = 300.0;

// The events up to the session, with the planned one where it has not begun.
std::vector<care::Event> events_of(const CurveQuestion& q) {
  std::vector<care::Event> valid = q.record.as_known_at(q.now).valid();
  const bool has_begun = std::ranges::any_of(valid, [&](const care::Event& event) {
    const auto* start = std::get_if<care::SessionStarted>(&event.body);
    return start != nullptr && start->session == q.session;
  });
  if (!has_begun && q.planned)
    valid.push_back({"planned", q.record.patient(), q.now, q.now, "planned", *q.planned});
  return valid;
}

}  // namespace

Result<SessionCurve> session_curve(const CurveQuestion& q) {
  const std::vector<care::Event> valid = events_of(q);
  std::vector<care::Session> sessions = care::sessions(valid, q.now);
  const auto asked = std::ranges::find(sessions, q.session, &care::Session::id);
  if (asked == sessions.end())
    return Error{ErrorCode::not_found, q.session, "no infusion of this session is known yet"};
  if (!asked->infusion_unknown.empty())
    return Error{ErrorCode::outside_domain, q.session, asked->infusion_unknown};
  sessions.erase(asked + 1, sessions.end());

  const ExposureQuestion exposure{valid, sessions, q.library.models, {}, care::latest_facts(valid), false};
  const auto model = choose_model(exposure);
  if (!model) return model.error();
  IndividualOptions options;
  options.effective = draws;
  options.members = members;
  options.threads = 1;  // others are being served
  auto found = individualise(exposure, **model, options);
  if (!found) return found.error();
  if (found->sessions.empty() || found->sessions.back().session != q.session)
    return Error{ErrorCode::outside_domain, q.session, "the model gives no curve for this session"};
  const care::Session& session = sessions.back();
  std::optional<Instant> runs_until;
  if (session.running) runs_until = session.infusion.empty() ? q.now : session.infusion.back().until;
  return SessionCurve{found->model, session.start,   std::move(found->sessions.back()),
                      runs_until,   found->measured, std::move(found->notes)};
}

// Named are those that come often while a patient is at the chair, and in which no drug, reading or weight
// stands.
bool moves_curve(const care::Body& body) {
  return !std::holds_alternative<care::VitalSigns>(body) && !std::holds_alternative<care::Evaluation>(body) &&
         !std::holds_alternative<care::SignSeen>(body);
}

}  // namespace evenkeel::assess
