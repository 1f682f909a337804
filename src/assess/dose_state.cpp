#include "assess/dose_state.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "plan/amount.hpp"

namespace evenkeel::assess {
namespace {

using units::h;
using units::kg;
using units::mg;

// A number of the record in the decimals of limits; one that cannot be written so is a contradiction.
Decimal decimal(double value, int places, const std::string& what, plan::PatientState& into) {
  const auto made = plan::decimal_of(value, places);
  if (made) return *made;
  into.contradictions.push_back(what + " cannot be written as a decimal");
  return Decimal{};
}

std::optional<plan::KnownPressure> latest_pressure(std::span<const care::Event> valid) {
  std::optional<plan::KnownPressure> latest;
  for (const care::Event& event : valid) {
    const auto* signs = std::get_if<care::VitalSigns>(&event.body);
    if (signs == nullptr || !signs->systolic_mmHg || !signs->diastolic_mmHg) continue;
    if (latest && event.at < latest->at) continue;
    latest = plan::KnownPressure{*signs->systolic_mmHg, *signs->diastolic_mmHg, event.at};
  }
  return latest;
}

bool reviewed_since(std::span<const care::Event> valid, Instant when) {
  return std::ranges::any_of(valid, [&](const care::Event& event) {
    return std::holds_alternative<care::Review>(event.body) && event.at > when;
  });
}

// The latest answer to the outcome instrument's first urgent item.
std::optional<plan::SuicideItem> suicide_item(const Assessment& a, std::span<const care::Event> valid,
                                              const care::Protocol& protocol) {
  const auto instrument =
      std::ranges::find(a.instruments, protocol.course.outcome_instrument, &care::Instrument::id);
  if (instrument == a.instruments.end() || instrument->urgent.empty()) return std::nullopt;
  const care::UrgentItem& urgent = instrument->urgent.front();
  std::optional<plan::SuicideItem> latest;
  for (const care::Event& event : valid) {
    const auto* evaluation = std::get_if<care::Evaluation>(&event.body);
    if (evaluation == nullptr || evaluation->instrument != instrument->id) continue;
    const auto answer = evaluation->answers.find(urgent.item);
    if (answer == evaluation->answers.end() || (latest && event.at < latest->at)) continue;
    latest = plan::SuicideItem{instrument->short_title, answer->second, urgent.at_least, event.at,
                               reviewed_since(valid, event.at)};
  }
  return latest;
}

void add_history(std::span<const care::Session> sessions, plan::PatientState& into) {
  for (const care::Session& session : sessions) {
    const std::string what = "session " + session.id;
    const Decimal weight = decimal(session.weight.in(kg), 3, what + ": the weight", into);
    const Decimal rate =
        decimal((session.highest_rate() * session.weight).in(mg / h), 3, what + ": the rate", into);
    const bool in_plan = into.plan && session.start >= into.plan->approved;
    into.history.push_back({session.start, session.amount().mg, weight, rate, in_plan});
    into.session_running = into.session_running || session.running;
  }
}

std::vector<plan::OpenFinding> open_findings(const Assessment& a) {
  std::vector<plan::OpenFinding> open;
  for (const watch::RuleOutcome& outcome : a.rules) {
    for (const watch::Finding& finding : outcome.findings) {
      if (finding.counts()) open.push_back({finding.rule, finding.level, finding.since});
    }
  }
  return open;
}

}  // namespace

plan::PatientState patient_state(const Assessment& a, std::span<const care::Event> valid,
                                 std::span<const care::Session> sessions, const care::Protocol& protocol) {
  plan::PatientState state;
  if (a.course) {
    state.phase = a.course->phase;
    state.plan = a.course->plan;
    state.response = a.course->response;
  }
  if (a.facts.weight && a.facts.weighed) {
    state.weight = plan::KnownWeight{decimal(a.facts.weight->in(kg), 3, "the weight", state),
                                     *a.facts.weighed, care::WeightBasis::actual};
  }
  state.pressure = latest_pressure(valid);
  state.suicide_item = suicide_item(a, valid, protocol);
  add_history(sessions, state);
  state.findings = open_findings(a);
  if (!a.set_aside.empty())
    state.contradictions.push_back(
        fmt::format("{} line(s) of the record were set aside: a dose, a finding or a "
                    "score may stand in them",
                    a.set_aside.size()));
  return state;
}

}  // namespace evenkeel::assess
