// A dose question with nothing missing: 82 kg, three infusions of 41 mg, no response yet, two models of 200
// members each. For tests of plan; each test breaks what it is about.
#pragma once

#include <cmath>
#include <filesystem>
#include <random>
#include <string>

#include "content/library_loader.hpp"
#include "content/readers.hpp"
#include "pkpd/modal.hpp"
#include "plan/propose.hpp"

namespace evenkeel::test {

inline Decimal dec(const char* text) {
  return *Decimal::parse(text);
}
inline Instant at(const char* text) {
  return *Instant::parse(text);
}

inline care::Protocol shipped_protocol() {
  const auto text = content::read_text(std::filesystem::path{EVENKEEL_SOURCE_DIR} /
                                       "content/protocols/iv-ket-trd-0.5x40.json");
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

// Three compartments: CL and V1 spread log-normally, 0.3; the other numbers fixed.
inline individual::Member three_compartments(double cl_L_h, double v1_L) {
  individual::Member member;
  const double k12 = 90.0 / v1_L;
  const double k13 = 60.0 / v1_L;
  member.system.rates = Eigen::MatrixXd{{-(cl_L_h / v1_L + k12 + k13), 90.0 / 60.0, 60.0 / 160.0},
                                        {k12, -90.0 / 60.0, 0.0},
                                        {k13, 0.0, -60.0 / 160.0}};
  member.system.outputs = {{0, v1_L * units::L}};
  member.system.modal = pkpd::modal_form(member.system.rates);
  member.amounts = Eigen::VectorXd::Zero(3);
  return member;
}

inline plan::ModelForecast forecast_of(std::string name, std::size_t members, double cl_L_h, unsigned seed,
                                       double left_mg = 0.0) {
  plan::ModelForecast model;
  model.forecast.model = std::move(name);
  model.forecast.version = "1.0.0";
  model.forecast.basis = members > 1 ? individual::Basis::population : individual::Basis::typical;
  model.forecast.outputs = {
      {"ketamine", "central", pkpd::Moiety::racemic_ketamine, pkpd::SamplingSite::arterial}};
  std::mt19937_64 rng{seed};
  std::normal_distribution<double> normal;
  for (std::size_t m = 0; m < members; ++m) {
    const double spread = members > 1 ? 0.3 : 0.0;
    const double cl = cl_L_h * std::exp(spread * normal(rng));
    const double v1 = 15.0 * std::exp(spread * normal(rng));
    model.forecast.members.push_back(three_compartments(cl, v1));
    model.forecast.members.back().amounts << 0.1 * left_mg, 0.2 * left_mg, left_mg;
  }
  model.from = at("2026-03-16T09:00:00Z");
  return model;
}

// Rises from 0 to 100 points, half at 300 ng/mL; the interval of C50 is 250 to 350.
inline pkpd::Effect rising_effect(pkpd::Delay delay = pkpd::DelayNotSeen{}) {
  constexpr auto ng_mL = units::ng / units::mL;
  pkpd::Effect effect;
  effect.id = "high";
  effect.version = "1.0.0";
  effect.unit = "points";
  effect.pairing = {pkpd::Moiety::racemic_ketamine, pkpd::SamplingSite::arterial, {}, true, {}};
  effect.delay = std::move(delay);
  pkpd::SigmoidEmax form;
  form.baseline.value = 1.0;
  form.largest.value = 100.0;
  form.c50.value = 300.0 * ng_mL;
  form.c50.interval = *Interval<Concentration>::make(250.0 * ng_mL, 350.0 * ng_mL);
  form.gamma.value = 2.0;
  effect.form = form;
  return effect;
}

inline plan::ReadOut read_out_of(const pkpd::Effect& effect, const plan::ModelForecast& model) {
  return {*pkpd::PairedEffect::make(
              effect, {model.forecast.model, pkpd::Moiety::racemic_ketamine, pkpd::SamplingSite::arterial}),
          0};
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
  plan.plan.protocol_version = "1.0.0";
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
