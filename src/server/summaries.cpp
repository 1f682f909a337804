#include "server/summaries.hpp"

#include <algorithm>
#include <functional>

#include "assess/assess.hpp"
#include "clinic/desk.hpp"
#include "clinic/visits.hpp"
#include "report/session_report.hpp"

namespace evenkeel::server {
namespace {

std::vector<Summary::DueItem> due_of(const assess::Assessment& found) {
  std::vector<Summary::DueItem> due;
  if (!found.course) return due;
  const auto take = [&due](const care::Due& each) {
    const bool waits = each.state == care::DueState::due || each.state == care::DueState::overdue;
    if (waits && each.next) due.push_back({each.what, *each.next});
  };
  if (found.course->next_session) take(*found.course->next_session);
  std::ranges::for_each(found.course->due, take);
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

std::vector<Summary::Visit> visits_of(const clinic::Chart& chart, const assess::Library& library,
                                      Instant now) {
  std::vector<Summary::Visit> visits;
  for (clinic::Visit& each : clinic::visits(chart)) {
    Summary::Visit visit;
    visit.session = std::move(each.session);
    visit.at = each.at;
    visit.place = std::move(each.place);
    visit.state = report::state_code(each.state);
    visit.over = each.over();
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

}  // namespace

bool Summary::goes_on() const {
  return std::ranges::any_of(visits, [](const Visit& each) { return !each.over; });
}

SharedSummary Summaries::known(const std::string& patient) {
  const std::lock_guard lock{mutex_};
  const auto found = by_patient_.find(patient);
  return found == by_patient_.end() ? nullptr : found->second;
}

void Summaries::keep(SharedSummary summary) {
  const std::lock_guard lock{mutex_};
  SharedSummary& mine = by_patient_[summary->patient];
  if (mine == nullptr || mine->version <= summary->version) mine = std::move(summary);
}

bool Summaries::Ages::in_date(const Summary& summary, Instant now) const {
  return now - summary.as_of < part * (summary.goes_on() ? fresh_at_the_chair : fresh);
}

bool Summaries::Ages::assessed_lately(const Summary& summary, Instant now) const {
  return now - summary.assessed < part * (summary.goes_on() ? assessed_again : fresh);
}

SharedSummary Summaries::renewed(const SharedSummary& before, const clinic::Chart& chart, Instant now,
                                 Ages ages) const {
  const bool stands = before != nullptr && before->version <= chart.version &&
                      ages.assessed_lately(*before, now) && only_vital_signs_since(before->version, chart);
  Summary made = stands ? *before : Summary{};
  made.patient = chart.record.patient();
  made.version = chart.version;
  made.as_of = now;
  made.visits = visits_of(chart, *library_, now);
  if (!stands) add_assessment(made, chart, *library_);
  return std::make_shared<const Summary>(std::move(made));
}

Result<Summaries::Seen> Summaries::of(const Versions& records, const clinic::Person& itself) {
  const Ages ages;
  const auto holds = [&](const SharedSummary& summary, std::uint64_t version) {
    return summary != nullptr && summary->version >= version && ages.in_date(*summary, itself.now);
  };
  Seen seen;
  for (const auto& [stream, version] : records) {
    SharedSummary summary = known(stream.id);
    if (!holds(summary, version)) {
      const std::lock_guard making{making_};
      summary = known(stream.id);
      if (!holds(summary, version)) {
        const auto chart = charts_->at_least(stream.id, version, itself);
        if (!chart && chart.error().code == ErrorCode::storage) return chart.error();
        if (!chart) {
          ++seen.unread;
          continue;
        }
        summary = renewed(summary, **chart, itself.now, ages);
        keep(summary);
      }
    }
    seen.summaries.push_back(std::move(summary));
  }
  return seen;
}

std::vector<SharedSummary> Summaries::ageing(Instant now) {
  const Ages by_half{0.5};
  std::vector<SharedSummary> found;
  {
    const std::lock_guard lock{mutex_};
    for (const auto& [patient, summary] : by_patient_) {
      if (!by_half.in_date(*summary, now)) found.push_back(summary);
    }
  }
  std::ranges::stable_sort(found, {}, [](const SharedSummary& each) { return each->as_of; });
  return found;
}

void Summaries::keep_fresh(Instant now, std::chrono::milliseconds for_about) {
  using Clock = std::chrono::steady_clock;
  const auto until = Clock::now() + for_about;
  for (const SharedSummary& each : ageing(now)) {
    if (Clock::now() >= until) return;
    const SharedChart chart = charts_->in_memory(each->patient);
    if (chart == nullptr) continue;
    const std::lock_guard making{making_};
    keep(renewed(known(each->patient), *chart, now, {0.5}));
  }
}

}  // namespace evenkeel::server
