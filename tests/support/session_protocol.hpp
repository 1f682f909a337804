// A protocol built by hand that asks everything of a session: all gates, rules before and during, signs, a
// scored discharge. Its numbers are for tests, round and easy to stand on; none is for care.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "care/instrument.hpp"
#include "care/protocol.hpp"
#include "support/events.hpp"

namespace evenkeel::test {

template <class T>
Sourced<T> sourced(T value) {
  return {value, {"here", Label::proposal, ""}};
}

inline care::VitalRule vital_rule(std::string id, care::Vital vital, bool above, int value,
                                  care::Consequence consequence) {
  return {std::move(id), vital, above, sourced(value), consequence, std::nullopt, "act"};
}

inline care::Gate gate(care::GateKind kind, care::Consequence consequence,
                       std::optional<Duration> age = std::nullopt) {
  care::Gate made{kind, consequence, {}, {}, {"here", Label::proposal, std::string{gate_id(kind)}}};
  if (age) made.not_older_than = sourced(*age);
  return made;
}

inline std::vector<care::Gate> all_gates() {
  using care::Consequence;
  using care::GateKind;
  std::vector<care::Gate> gates{gate(GateKind::identity, Consequence::block),
                                gate(GateKind::weight_today, Consequence::block, 12.0 * units::h),
                                gate(GateKind::fasting, Consequence::decide),
                                gate(GateKind::escort, Consequence::decide),
                                gate(GateKind::equipment, Consequence::block),
                                gate(GateKind::no_change, Consequence::decide),
                                gate(GateKind::pregnancy, Consequence::decide),
                                gate(GateKind::blood_pressure, Consequence::block, 30.0 * units::min),
                                gate(GateKind::suicide_screen, Consequence::decide, 24.0 * units::h),
                                gate(GateKind::interval, Consequence::decide),
                                gate(GateKind::consent, Consequence::block),
                                gate(GateKind::plan_in_force, Consequence::block),
                                gate(GateKind::evaluations, Consequence::decide),
                                gate(GateKind::dispensing_check, Consequence::decide, 90.0 * units::day),
                                gate(GateKind::eligibility, Consequence::block)};
  gates[8].instruments = {"screen", "phq-9"};
  return gates;
}

inline care::SessionRules session_rules() {
  using care::Consequence;
  using care::Vital;
  care::SessionRules rules;
  rules.gates = all_gates();
  rules.before_start = {vital_rule("systolic-above-140", Vital::systolic, true, 140, Consequence::decide),
                        vital_rule("systolic-above-179", Vital::systolic, true, 179, Consequence::block)};
  rules.vitals_every = sourced(10.0 * units::min);
  rules.vitals_late_after = sourced(5.0 * units::min);
  rules.vitals_after_end = {sourced(Duration{}), sourced(15.0 * units::min), sourced(30.0 * units::min),
                            sourced(60.0 * units::min)};
  rules.during = {vital_rule("spo2-below-92", Vital::spo2, false, 92, Consequence::stop),
                  vital_rule("systolic-above-160", Vital::systolic, true, 160, Consequence::hold),
                  vital_rule("systolic-above-180", Vital::systolic, true, 180, Consequence::stop),
                  vital_rule("heart-rate-above-100", Vital::heart_rate, true, 100, Consequence::advise)};
  rules.during[2].lasting = sourced(5.0 * units::min);
  rules.signs = {
      {"chest-pain", "chest pain", Consequence::stop, "call for help", {"here", Label::secondary, ""}},
      {"nausea", "nausea", Consequence::advise, "offer a bowl", {"here", Label::proposal, ""}}};
  rules.discharge.after_end = sourced(60.0 * units::min);
  rules.discharge.after_start = sourced(120.0 * units::min);
  rules.discharge.moaas = sourced(5);
  rules.discharge.instrument = "home";
  rules.discharge.least_total = sourced(9);
  rules.discharge.source = {"here", Label::proposal, "discharge"};
  return rules;
}

inline care::Protocol session_protocol() {
  care::Protocol made;
  made.id = "iv-ket-trd-0.5x40";  // what plan() in events.hpp fills in
  made.version = "2.0.0";
  using care::Criterion;
  made.eligibility = {
      {"aneurysm", "aneurysmal disease", Criterion::Kind::absolute, true, {"here", Label::secondary, ""}},
      {"psychosis", "active psychosis", Criterion::Kind::relative, true, {"here", Label::secondary, ""}},
      {"history", "history taken", Criterion::Kind::baseline_check, true, {"here", Label::seen, ""}},
      {"ecg",
       "an ECG where the heart is in doubt",
       Criterion::Kind::baseline_check,
       false,
       {"here", Label::seen, ""}}};
  care::Dosing dosing;
  const DosePerBody per_kg = units::mg / units::kg;
  dosing.standard = sourced(0.5 * per_kg);
  dosing.infusion_length = sourced(40.0 * units::min);
  dosing.step_up_monitoring_above = sourced(1.0 * per_kg / units::h);
  dosing.second_signature_above = sourced(1.0 * per_kg);
  dosing.bounds = {sourced(0.1 * per_kg), sourced(1.0 * per_kg), sourced(1.5 * per_kg / units::h),
                   sourced(3.0 * per_kg), sourced(48.0 * units::h)};
  dosing.ideal_weight_from_bmi = sourced(30.0);
  made.dosing = dosing;
  made.course.induction_sessions = sourced(6);
  made.course.induction_per_week_most = sourced(3);
  made.course.outcome_instrument = "phq-9";
  made.course.least_gain = sourced(Fraction::from_canonical(0.2));
  made.session = session_rules();
  made.calendar = {{care::CalendarItem::Kind::bladder_check,
                    "",
                    {care::Phase::before_treatment, care::Phase::induction, care::Phase::maintenance},
                    sourced(28.0 * units::day)}};
  return made;
}

// Instruments with as few items as the tests need; the wording is nobody's.
inline std::vector<care::Instrument> session_instruments() {
  const auto of = [](std::string id, int count, int high) {
    care::Instrument made;
    made.id = made.short_title = std::move(id);
    for (int i = 1; i <= count; ++i) {
      care::Item item;
      item.id = std::to_string(i);
      item.type = care::ItemType::integer;
      item.high = high;
      made.total.items.push_back({item.id});
      made.items.push_back(std::move(item));
    }
    made.total.high = count * high;
    return made;
  };
  care::Instrument screen = of("screen", 2, 1);
  screen.urgent = {{"1", 1, "call the clinician", {}}, {"2", 1, "call the clinician", {}}};
  care::Instrument phq = of("phq-9", 9, 3);
  phq.urgent = {{"9", 1, "ask about suicide", {}}};
  return {screen, phq, of("home", 5, 2)};
}

inline care::Evaluation screen(int first, int second, care::Moment moment = care::Moment::before_dose) {
  return {"screen", moment, {{"1", first}, {"2", second}}, {}};
}
inline care::Evaluation home(int total) {
  return {"home", care::Moment::after_dose, {}, total};
}

}  // namespace evenkeel::test
