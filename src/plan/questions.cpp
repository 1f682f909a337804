#include "plan/questions.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace evenkeel::plan {
namespace {

using Lines = std::vector<std::string>;

void ask_pressure(const DoseQuestion& q, Lines& out) {
  const care::VitalSigns signs{.session = {},
                               .systolic_mmHg = q.patient.pressure->systolic_mmHg,
                               .diastolic_mmHg = q.patient.pressure->diastolic_mmHg,
                               .heart_rate_per_min = {},
                               .spo2_percent = {},
                               .respiratory_rate_per_min = {},
                               .moaas = {}};
  for (const care::VitalRule& rule : q.protocol.session.before_start) {
    const auto seen = care::vital_value(signs, rule.vital);
    if (!seen || !rule.broken_by(*seen)) continue;
    out.push_back(fmt::format("The {} was {} {}, {} {}: {}.", care::vital_words(rule.vital), *seen,
                              care::vital_unit(rule.vital), rule.when_above ? "above" : "below",
                              rule.value.value, rule.action));
  }
}

void ask_spacing(const DoseQuestion& q, Lines& out) {
  const auto [first, last] = std::ranges::minmax_element(q.patient.history, {}, &GivenDose::at);
  if (first == q.patient.history.end()) return;
  const Duration apart = q.start - last->at;
  if (q.start - first->at >= q.protocol.course.maintenance_prompt_after.value &&
      apart < q.protocol.course.maintenance_prompt_below.value) {
    out.push_back(
        fmt::format("The last session was {:.1f} d before, and the course began {:.0f} weeks ago: "
                    "what speaks against a longer interval?",
                    apart.in(units::day), (q.start - first->at).in(units::week)));
  }
  if (q.patient.response.response || q.patient.response.remission)
    out.push_back("The outcome shows a response: would a lower dose or a longer interval keep it?");
}

void ask_findings(const DoseQuestion& q, Lines& out) {
  if (!q.patient.findings) {
    out.push_back("Warning signs were not looked for: has somebody looked?");
    return;
  }
  for (const OpenFinding& finding : *q.patient.findings)
    out.push_back(fmt::format("The warning sign {} (level {}) is open since {}: has it been asked about?",
                              finding.rule, finding.level, finding.since.to_string()));
}

void ask_about_first(const DoseQuestion& q, const Advice& advice, Lines& out) {
  if (advice.ranked.empty()) {
    out.push_back("Every candidate was refused: which of the reasons named can a clinician resolve?");
    return;
  }
  const Candidate& first = advice.ranked.front();
  const bool misses = std::ranges::any_of(first.aims, [](const AimJudgement& aim) { return !aim.met; });
  if (misses) out.push_back("No candidate meets every aim: are the aims right for this patient?");
  const auto any = [&](bool Candidate::*marked) { return std::ranges::any_of(advice.ranked, marked); };
  if (any(&Candidate::rise)) {
    out.push_back(
        "Before a rise: were the last sessions given in full, and has anything else changed, such as "
        "other medicines, illness or sleep?");
  }
  if (q.protocol.dosing && any(&Candidate::second_signature)) {
    out.push_back(fmt::format("Above {:g} mg/kg two clinicians sign: who is the second?",
                              q.protocol.dosing->second_signature_above.value.in(units::mg / units::kg)));
  }
  if (q.protocol.dosing && any(&Candidate::step_up_monitoring)) {
    out.push_back(
        fmt::format("Above {:g} mg/kg/h monitoring steps up: is it arranged?",
                    q.protocol.dosing->step_up_monitoring_above.value.in(units::mg / units::kg / units::h)));
  }
}

}  // namespace

std::vector<std::string> careful_questions(const DoseQuestion& q, const Advice& advice) {
  Lines out;
  ask_pressure(q, out);
  ask_about_first(q, advice, out);
  ask_spacing(q, out);
  ask_findings(q, out);
  const bool bounded =
      std::ranges::any_of(q.aims, [](const Aim& aim) { return std::holds_alternative<EffectBelow>(aim); });
  if (!bounded) out.push_back("No effect has a limit among the aims: which effect has to stay low here?");
  out.push_back("Has any medicine been started, stopped or changed since the last session?");
  return out;
}

}  // namespace evenkeel::plan
