#include "plan_work.hpp"

#include <cmath>
#include <random>

#include "pkpd/modal.hpp"

namespace evenkeel::bench {
namespace {

using plan::DoseQuestion;
using units::day;
using units::kg;
using units::mg;

Decimal decimal(const char* text) {
  return *Decimal::parse(text);
}

individual::Member member(double cl_L_h, double v1_L) {
  individual::Member made;
  const double to_fast = 90.0 / v1_L;
  const double to_slow = 60.0 / v1_L;
  made.system.rates = Eigen::MatrixXd{{-(cl_L_h / v1_L + to_fast + to_slow), 90.0 / 60.0, 60.0 / 160.0},
                                      {to_fast, -90.0 / 60.0, 0.0},
                                      {to_slow, 0.0, -60.0 / 160.0}};
  made.system.outputs = {{0, v1_L * units::L}};
  made.system.modal = pkpd::modal_form(made.system.rates);
  made.amounts = Eigen::VectorXd{{0.1, 0.4, 2.5}};
  return made;
}

pkpd::Effect effect() {
  constexpr auto ng_mL = units::ng / units::mL;
  pkpd::Effect made;
  made.id = "high";
  made.unit = "points";
  made.pairing = {pkpd::Moiety::racemic_ketamine, pkpd::SamplingSite::arterial, {}, true, {}};
  pkpd::SigmoidEmax form;
  form.baseline.value = 1.0;
  form.largest.value = 100.0;
  form.c50.value = 300.0 * ng_mL;
  form.gamma.value = 2.0;
  made.form = form;
  return made;
}

plan::ModelForecast forecast(std::size_t members, Instant from) {
  plan::ModelForecast made;
  made.forecast.model = "three-compartments";
  made.forecast.version = "1.0.0";
  made.forecast.basis = individual::Basis::population;
  made.forecast.outputs = {
      {"ketamine", "central", pkpd::Moiety::racemic_ketamine, pkpd::SamplingSite::arterial}};
  std::mt19937_64 rng{1};
  std::normal_distribution<double> standard;
  for (std::size_t m = 0; m < members; ++m) {
    const double cl = 80.0 * std::exp(0.3 * standard(rng));
    made.forecast.members.push_back(member(cl, 15.0 * std::exp(0.3 * standard(rng))));
  }
  made.from = from;
  made.read_outs = {
      {*pkpd::PairedEffect::make(
           effect(), {"three-compartments", pkpd::Moiety::racemic_ketamine, pkpd::SamplingSite::arterial}),
       0}};
  return made;
}

care::Protocol protocol() {
  care::Protocol made;
  made.id = "bench";
  made.version = "1.0.0";
  made.outcome_instrument = "phq-9";
  made.induction_per_week_most.value = 3;
  made.second_signature_above.value = 1.0 * (mg / kg);
  made.step_up_monitoring_above.value = 1.0 * (mg / kg / units::h);
  care::CalendarItem item;
  item.instrument = "phq-9";
  item.phases = {care::Phase::before_treatment};
  item.every.value = 7.0 * day;
  made.calendar = {item};
  return made;
}

plan::PatientState patient(Instant now) {
  plan::PatientState made;
  made.weight = {Decimal{80}, now, care::WeightBasis::actual};
  made.pressure = {120, 80, now};
  made.suicide_item = {"phq-9", 0, 1, now, false};
  care::PlanInForce in_force;
  in_force.event = "plan";
  in_force.approved = now;
  in_force.plan.protocol = "bench";
  in_force.plan.protocol_version = "2.0.0";
  in_force.plan.dose_mg_per_kg = Decimal{1};
  in_force.plan.infusion_length = 40.0 * units::min;
  in_force.plan.planned_sessions = 6;
  in_force.plan.interval = 2.0 * day;
  in_force.plan.stop_date = *Date::parse("2026-12-31");
  in_force.plan.next_review = *Date::parse("2026-12-31");
  made.plan = in_force;
  care::TimedScore score;
  score.at = now;
  score.instrument = "phq-9";
  score.score.total = 18;
  made.response.instrument = "phq-9";
  made.response.baseline = score;
  return made;
}

}  // namespace

DoseQuestion dose_question(std::size_t members, int threads) {
  constexpr auto ng_mL = units::ng / units::mL;
  DoseQuestion q;
  q.now = *Instant::parse("2026-03-16T09:00:00Z");
  q.start = q.now + 1.0 * units::h;
  q.patient = patient(q.now);
  q.protocol = protocol();
  q.site.id = "bench";
  q.site.version = "1.0.0";
  q.site.syringe = {Decimal{2}, Decimal{50}, decimal("0.1")};
  q.site.pump = {decimal("0.1"), Decimal{1200}};
  q.aims = {plan::EffectBelow{"high", 60.0, 0.9},
            plan::PeakWithin{{}, *Interval<Concentration>::make(80.0 * ng_mL, 400.0 * ng_mL), 0.5},
            plan::LeastDose{}};
  q.models = {forecast(members, q.now)};
  plan::Grid grid{decimal("0.02"), decimal("1.00"), decimal("0.02"), {}, {plan::Profile{}}};
  for (int minutes = 40; minutes <= 85; minutes += 5) grid.minutes.emplace_back(minutes);
  q.grid = grid;
  q.threads = threads;
  return q;
}

Predictions predictions() {
  Predictions made;
  for (int minutes = 40; minutes <= 85; minutes += 5) {
    for (int i = 1; i <= 50; ++i) made.candidates.push_back({made.shapes.size(), 1.6 * i * mg});
    made.shapes.push_back({Decimal{minutes}, {}});
  }
  return made;
}

}  // namespace evenkeel::bench
