#include "server/summaries.hpp"

#include <algorithm>
#include <functional>

#include "assess/assess.hpp"
#include "clinic/desk.hpp"
#include "report/session_report.hpp"

namespace evenkeel::server {
namespace {

std::vector<Summary::DueItem> due_of(const assess::Assessment& found) {
  std::vector<Summary::DueItem> due;
  if (!found.course) return due;
  for (const care::Due& each : found.course->due) {
    const bool waits = each.state == care::DueState::due || each.state == care::DueState::overdue;
    if (waits && each.next) due.push_back({each.what, *each.next});
  }
  std::ranges::stable_sort(due, {}, &Summary::DueItem::due);
  return due;
}

void add_assessment(Summary& made, const clinic::Chart& chart, const assess::Library& library) {
  const auto found = assess::assess({chart.record, library, made.as_of, {}, {}, {}, false});
  made.assessed = made.as_of;
  made.level = found.level;
  made.due = due_of(found);
  if (!found.actions.empty()) {
    made.action = found.actions.front().what;
    made.by_role = found.actions.front().who;
    made.look_by = found.actions.front().by;
  }
  for (const watch::RuleOutcome& rule : found.rules) {
    int level = 0;
    for (const watch::Finding& finding : rule.findings) {
      if (finding.counts()) level = std::max(level, finding.level);
    }
    if (level > 0) made.signs.push_back({rule.rule, rule.title, level});
  }
  std::ranges::stable_sort(made.signs, std::greater{}, &Summary::Sign::level);
}

// What waits at the chair. A record without a plan says nothing of it.
void add_flow(Summary::Visit& visit, const clinic::Chart& chart, const assess::Library& library,
              Instant now) {
  const auto standing = clinic::standing(chart, visit.session, library, now);
  if (!standing || !standing->flowsheet) return;
  const care::Flowsheet& sheet = *standing->flowsheet;
  visit.hold_asked = sheet.hold_asked;
  visit.stop_asked = sheet.stop_asked;
  const auto waits = std::ranges::find_if(sheet.vitals, [](const care::VitalsDue& each) {
    return each.state == care::VitalsState::overdue || each.state == care::VitalsState::to_come;
  });
  if (waits == sheet.vitals.end()) return;
  visit.next_vitals_due = waits->due;
  visit.vitals_overdue = waits->state == care::VitalsState::overdue;
}

// Each session by its first event that counts.
std::vector<Summary::Visit> visits_of(const clinic::Chart& chart, const assess::Library& library,
                                      Instant now) {
  std::vector<Summary::Visit> visits;
  for (const care::Event& event : chart.record.valid()) {
    const auto* arrived = std::get_if<care::SessionCheckedIn>(&event.body);
    const auto* started = std::get_if<care::SessionStarted>(&event.body);
    if (arrived == nullptr && started == nullptr) continue;
    const std::string session = care::session_of(event.body);
    if (std::ranges::find(visits, session, &Summary::Visit::session) != visits.end()) continue;
    const care::SessionState state = chart.record.session(session);
    Summary::Visit visit;
    visit.session = session;
    visit.at = event.at;
    if (arrived != nullptr) visit.place = arrived->place;
    visit.state = report::state_code(state);
    visit.over = care::is_final(state);
    if (!visit.over) add_flow(visit, chart, library, now);
    visits.push_back(std::move(visit));
  }
  return visits;
}

// Nothing but vital signs was written after this version.
bool only_vital_signs_since(std::uint64_t version, const clinic::Chart& chart) {
  const auto& events = chart.record.events();
  return std::all_of(
      events.begin() + static_cast<std::ptrdiff_t>(version), events.end(),
      [](const care::Event& event) { return std::holds_alternative<care::VitalSigns>(event.body); });
}

bool goes_on(const Summary& summary) {
  return std::ranges::any_of(summary.visits, [](const Summary::Visit& each) { return !each.over; });
}

}  // namespace

SharedSummary Summaries::known(const std::string& patient) {
  const std::lock_guard lock{mutex_};
  const auto found = by_patient_.find(patient);
  return found == by_patient_.end() ? nullptr : found->second;
}

Summary Summaries::renewed(const SharedSummary& before, const clinic::Chart& chart, Instant now) const {
  const bool stands = before != nullptr && before->version <= chart.version &&
                      now - before->assessed < (goes_on(*before) ? assessed_again : fresh) &&
                      only_vital_signs_since(before->version, chart);
  Summary made = stands ? *before : Summary{};
  made.patient = chart.record.patient();
  made.version = chart.version;
  made.as_of = now;
  made.visits = visits_of(chart, *library_, now);
  if (!stands) add_assessment(made, chart, *library_);
  return made;
}

std::vector<SharedSummary> Summaries::of(const Versions& records, const clinic::Person& itself) {
  std::vector<SharedSummary> every;
  for (const auto& [stream, version] : records) {
    SharedSummary summary = known(stream.id);
    const bool holds = summary != nullptr && summary->version >= version &&
                       itself.now - summary->as_of < (goes_on(*summary) ? fresh_at_the_chair : fresh);
    if (!holds) {
      const auto chart = charts_->at_least(stream.id, version, itself);
      if (!chart) continue;
      summary = std::make_shared<const Summary>(renewed(summary, **chart, itself.now));
      const std::lock_guard lock{mutex_};
      by_patient_[stream.id] = summary;
    }
    every.push_back(std::move(summary));
  }
  return every;
}

}  // namespace evenkeel::server
