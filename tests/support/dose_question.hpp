// A dose question with nothing missing: 82 kg, three infusions of 41 mg, no response yet, two models of 200
// members each. For tests of plan; each test breaks what it is about.
#pragma once

#include <filesystem>
#include <string>

#include "content/library_loader.hpp"
#include "content/readers.hpp"
#include "plan/propose.hpp"
#include "support/forecasts.hpp"

namespace evenkeel::test {

inline care::Protocol shipped_protocol(const std::string& id = "iv-ket-trd-0.5x40") {
  const auto text =
      content::read_text(std::filesystem::path{EVENKEEL_SOURCE_DIR} / ("content/protocols/" + id + ".json"));
  return *content::read_protocol(*text);
}

inline plan::Site plain_site() {
  plan::Site site;
  site.id = "plain";
  site.version = "1.0.0";
  site.syringe = {dec("10"), dec("20"), dec("0.1")};
  site.pump = {dec("0.1"), dec("1200")};
  return site;
}

inline care::TimedScore phq_score(const char* when, int total) {
  care::TimedScore score;
  score.event = std::string("score-") + when;
  score.at = at(when);
  score.instrument = "phq-9";
  score.score.total = total;
  return score;
}

inline care::PlanInForce plan_of(const char* mg_per_kg, bool for_response = false) {
  care::PlanInForce plan;
  plan.event = "plan-1";
  plan.approved = at("2026-03-02T09:00:00Z");
  plan.plan.protocol = "iv-ket-trd-0.5x40";
  plan.plan.protocol_version = "2.0.0";
  plan.plan.dose_mg_per_kg = dec(mg_per_kg);
  plan.plan.infusion_length = 40.0 * units::min;
  plan.plan.planned_sessions = 12;
  plan.plan.interval = 2.0 * units::day;
  plan.plan.stop_date = *Date::parse("2026-06-01");
  plan.plan.next_review = *Date::parse("2026-04-01");
  plan.doses = {{"plan-1", plan.approved, 0.5 * (units::mg / units::kg), for_response}};
  return plan;
}

inline plan::PatientState steady_patient() {
  plan::PatientState patient;
  patient.weight = {dec("82"), at("2026-03-15T09:00:00Z"), care::WeightBasis::actual};
  patient.pressure = {128, 78, at("2026-03-16T08:30:00Z")};
  patient.suicide_item = {"phq-9", 0, 1, at("2026-03-15T09:00:00Z"), false};
  patient.phase = care::Phase::induction;
  patient.plan = plan_of("0.5");
  patient.response = {
      "phq-9", phq_score("2026-03-08T09:00:00Z", 20), phq_score("2026-03-15T09:00:00Z", 18), 0.1, false,
      false};
  for (const char* day : {"2026-03-09T10:00:00Z", "2026-03-11T10:00:00Z", "2026-03-13T10:00:00Z"})
    patient.history.push_back({at(day), dec("41"), dec("82"), dec("61.5"), true});
  patient.findings.emplace();
  return patient;
}

inline plan::DoseQuestion steady_question(std::size_t members = 200) {
  plan::DoseQuestion q;
  q.now = at("2026-03-16T09:00:00Z");
  q.start = at("2026-03-16T10:00:00Z");
  q.patient = steady_patient();
  q.protocol = shipped_protocol();
  q.site = plain_site();
  q.models = {forecast_of("one", members, 70.0, 1), forecast_of("two", members, 95.0, 2)};
  for (plan::ModelForecast& model : q.models)
    model.read_outs = {read_out_of(rising_effect(pkpd::DelayHalfLife{{2.0 * units::min, {}}}), model)};
  q.aims = {plan::EffectBelow{"high", 60.0, 0.9}, plan::LeastDose{}};
  q.seed = 7;
  q.versions = {{"program", "0.1.0"}};
  return q;
}

// The step up that the record gives a reason for: the plan changed to 0.6 mg/kg for insufficient response.
inline plan::DoseQuestion rising_question(std::size_t members = 200) {
  auto q = steady_question(members);
  q.patient.plan = plan_of("0.6", true);
  return q;
}

}  // namespace evenkeel::test
