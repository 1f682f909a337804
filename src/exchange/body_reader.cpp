#include "exchange/body_reader.hpp"

#include "exchange/amount_reader.hpp"
#include "exchange/sign_reader.hpp"
#include "exchange/sign_words.hpp"
#include "exchange/visit_reader.hpp"

namespace evenkeel::exchange {
namespace {

using json::Reader;
namespace w = words;

// Bounds of what can be a human's; a protocol or model is stricter.
constexpr double heaviest_kg = 650.0;
constexpr double lightest_kg = 0.3;
constexpr int most_mg = 5000;

std::string optional_text(const Reader& place, std::string_view key, std::size_t longest = 2000) {
  return place.has(key) ? place[key].text(longest) : std::string{};
}

BodyMass weight(Reader place) {
  const auto before = place.faults();
  const auto mass = place.quantity<BodyMass>();
  if (place.faults() == before && !(lightest_kg * units::kg <= mass && mass <= heaviest_kg * units::kg)) {
    place["value"].fault(fmt::format("a weight of {} kg is outside {} to {} kg", mass.in(units::kg),
                                     lightest_kg, heaviest_kg));
  }
  return mass;
}

care::Body patient_facts(Reader p) {
  care::PatientFacts body;
  if (!p.object({}, {"born", "sex", "height_cm", "weight"})) return body;
  if (p.has("born")) body.born = p["born"].date();
  if (p.has("sex")) body.sex = p["sex"].one_of(w::sexes);
  if (p.has("height_cm")) body.height_cm = p["height_cm"].number(40.0, 260.0);
  if (p.has("weight")) body.weight = weight(p["weight"]);
  return body;
}

care::Body plan_approved(Reader p) {
  care::PlanApproved body;
  if (!p.object({"protocol", "protocol_version", "drug", "indication", "endpoint", "infusion_length",
                 "weight_basis", "planned_sessions", "interval", "stop_date", "responsible_clinician",
                 "next_review", "consent_version"},
                {"prior_treatments", "dose", "fixed_dose", "other_care", "change_reason", "change_note"})) {
    return body;
  }
  body.protocol = p["protocol"].name();
  body.protocol_version = p["protocol_version"].name();
  body.drug = p["drug"].one_of(w::drugs);
  body.indication = p["indication"].text(400);
  if (p.has("prior_treatments")) {
    for (Reader each : p["prior_treatments"].items()) body.prior_treatments.push_back(each.text(400));
  }
  auto endpoint = p["endpoint"];
  if (endpoint.object({"instrument", "target"})) {
    body.endpoint = {endpoint["instrument"].name(), endpoint["target"].text(100)};
  }
  if (p.has("dose") == p.has("fixed_dose"))
    p.fault("a plan has either 'dose', by body weight, or 'fixed_dose', in mg");
  if (p.has("dose")) body.dose_mg_per_kg = positive_amount<DosePerBody>(p["dose"], 20.0);
  if (p.has("fixed_dose")) body.fixed_dose_mg = positive_amount<DrugMass>(p["fixed_dose"], most_mg);
  body.infusion_length = infusion_length(p["infusion_length"]);
  body.weight_basis = p["weight_basis"].one_of(w::weight_bases);
  body.planned_sessions = p["planned_sessions"].integer(1, 500);
  body.interval = positive_time(p["interval"], 400.0 * units::day);
  body.stop_date = p["stop_date"].date();
  body.responsible_clinician = p["responsible_clinician"].text(100);
  body.next_review = p["next_review"].date();
  body.consent_version = p["consent_version"].text(40);
  body.other_care = optional_text(p, "other_care", 400);
  if (p.has("change_reason")) body.change_reason = p["change_reason"].one_of(w::change_reasons);
  body.change_note = optional_text(p, "change_note");
  return body;
}

care::Body plan_changed(Reader p) {
  care::PlanChanged body;
  if (!p.object({"reason", "note"}, {"dose", "fixed_dose", "infusion_length", "planned_sessions", "interval",
                                     "stop_date", "next_review"})) {
    return body;
  }
  body.reason = p["reason"].one_of(w::change_reasons);
  body.note = p["note"].text();
  if (p.has("dose")) body.dose_mg_per_kg = positive_amount<DosePerBody>(p["dose"], 20.0);
  if (p.has("fixed_dose")) body.fixed_dose_mg = positive_amount<DrugMass>(p["fixed_dose"], most_mg);
  if (p.has("infusion_length")) body.infusion_length = infusion_length(p["infusion_length"]);
  if (p.has("planned_sessions")) body.planned_sessions = p["planned_sessions"].integer(1, 500);
  if (p.has("interval")) body.interval = positive_time(p["interval"], 400.0 * units::day);
  if (p.has("stop_date")) body.stop_date = p["stop_date"].date();
  if (p.has("next_review")) body.next_review = p["next_review"].date();
  return body;
}

care::Body session_started(Reader p) {
  care::SessionStarted body;
  if (!p.object({"session", "route", "drug", "dose", "infusion_length", "weight"})) return body;
  body.session = p["session"].name();
  body.route = p["route"].one_of(w::routes);
  body.drug = p["drug"].one_of(w::drugs);
  body.dose = {positive_amount<DrugMass>(p["dose"], most_mg)};
  body.length = infusion_length(p["infusion_length"]);
  body.weight = weight(p["weight"]);
  return body;
}

care::Body rate_changed(Reader p) {
  care::RateChanged body;
  if (!p.object({"session", "rate", "reason"})) return body;
  body.session = p["session"].name();
  body.rate_mg_per_h = base_amount<InfusionRate>(p["rate"], 10'000.0);
  body.reason = p["reason"].text();
  return body;
}

care::Body session_ended(Reader p) {
  care::SessionEnded body;
  if (!p.object({"session", "given", "completion"}, {"reason", "more_than_drawn_up"})) return body;
  body.session = p["session"].name();
  body.given = {base_amount<DrugMass>(p["given"], most_mg)};
  body.completion = p["completion"].one_of(w::completions);
  body.reason = optional_text(p, "reason");
  if (body.completion == care::Completion::stopped && body.reason.empty()) {
    p.fault("'reason' is missing: an infusion that was stopped says why");
  }
  if (p.has("more_than_drawn_up")) body.more_than_drawn_up = p["more_than_drawn_up"].boolean();
  return body;
}

care::Body session_discharged(Reader p) {
  care::SessionDischarged body;
  if (!p.object({"session", "escort"}, {"moaas", "next_contact"})) return body;
  body.session = p["session"].name();
  body.escort = p["escort"].boolean();
  if (p.has("moaas")) body.moaas = p["moaas"].integer(0, 5);
  if (p.has("next_contact")) body.next_contact = p["next_contact"].date();
  return body;
}

care::Body vital_signs(Reader p) {
  care::VitalSigns body;
  if (!p.object({}, {"session", "systolic_mmHg", "diastolic_mmHg", "heart_rate_per_min", "spo2_percent",
                     "respiratory_rate_per_min", "moaas"})) {
    return body;
  }
  const auto read = [&](std::string_view key, int low, int high) {
    return p.has(key) ? std::optional<int>{p[key].integer(low, high)} : std::nullopt;
  };
  if (p.has("session")) body.session = p["session"].name();
  body.systolic_mmHg = read("systolic_mmHg", 30, 350);
  body.diastolic_mmHg = read("diastolic_mmHg", 10, 250);
  body.heart_rate_per_min = read("heart_rate_per_min", 10, 350);
  body.spo2_percent = read("spo2_percent", 30, 100);
  body.respiratory_rate_per_min = read("respiratory_rate_per_min", 0, 99);
  body.moaas = read("moaas", 0, 5);
  if (body.systolic_mmHg.has_value() != body.diastolic_mmHg.has_value()) {
    p.fault("systolic and diastolic pressure come together");
  } else if (body.systolic_mmHg && !(*body.diastolic_mmHg < *body.systolic_mmHg)) {
    p["diastolic_mmHg"].fault(
        fmt::format("{} is not below the systolic {}", *body.diastolic_mmHg, *body.systolic_mmHg));
  }
  const bool any = body.systolic_mmHg || body.heart_rate_per_min || body.spo2_percent ||
                   body.respiratory_rate_per_min || body.moaas;
  if (!any) p.fault("no vital sign is given");
  return body;
}

care::Body evaluation(Reader p) {
  care::Evaluation body;
  if (!p.object({"instrument", "moment"}, {"answers", "total"})) return body;
  body.instrument = p["instrument"].name();
  body.moment = p["moment"].one_of(w::moments);
  if (p.has("answers") == p.has("total"))
    p.fault("an evaluation has either 'answers' or, from elsewhere, 'total'");
  if (p.has("total")) body.total = p["total"].integer(-1000, 1000);
  if (p.has("answers")) {
    for (auto& [item, answer] : p["answers"].members()) body.answers[item] = answer.integer(-1000, 1000);
  }
  return body;
}

care::Body assay(Reader p) {
  care::Assay body;
  if (!p.object({"analyte", "site"}, {"value", "below_limit", "lower_limit"})) return body;
  body.analyte = p["analyte"].one_of(w::analytes);
  body.site = p["site"].one_of(w::sites);
  if (p.has("lower_limit")) {
    body.lower_limit = p["lower_limit"].quantity<Concentration>();
    if (!(*body.lower_limit > Concentration{})) p["lower_limit"].fault("a lower limit is above zero");
  }
  const bool below = p.has("below_limit") && p["below_limit"].boolean();
  if (below == p.has("value")) p.fault("an assay has either 'value' or 'below_limit': true");
  if (below && !body.lower_limit) p.fault("'lower_limit' is missing: below which limit?");
  if (!p.has("value")) return body;
  body.value = p["value"].quantity<Concentration>();
  if (!(*body.value > Concentration{}))
    p["value"].fault("a measured concentration is above zero; write \"below_limit\": true");
  if (body.lower_limit && !(*body.value >= *body.lower_limit)) {
    p["value"].fault("a value below its own lower limit; write \"below_limit\": true");
  }
  if (!(*body.value <= 100.0 * (units::mg / units::L)))
    p["value"].fault("more than 100 mg/L is more than can be meant");
  return body;
}

care::Body symptom_report(Reader p) {
  care::SymptomReport body;
  if (!p.object({"symptom", "severity"}, {"note"})) return body;
  body.symptom = p["symptom"].one_of(w::symptoms);
  body.severity = p["severity"].one_of(w::severities);
  body.note = optional_text(p, "note");
  if (body.symptom == care::Symptom::other && body.note.empty())
    p.fault("'note' is missing: another symptom is named there");
  return body;
}

care::Body contact(Reader p) {
  care::Contact body;
  if (!p.object({"from", "topic"}, {"note"})) return body;
  body.from_patient = p["from"].one_of(w::parties);
  body.topic = p["topic"].one_of(w::topics);
  body.note = optional_text(p, "note");
  return body;
}

care::Body other_source(Reader p) {
  care::OtherSource body;
  if (!p.object({"looked_in", "found"})) return body;
  body.looked_in = p["looked_in"].one_of(w::looked_in);
  for (Reader each : p["found"].items()) {
    if (!each.object({"substance", "supplier"}, {"route", "dispensed", "kind", "days_supply", "for_home"}))
      continue;
    care::OtherSource::Found found;
    found.substance = each["substance"].text(100);
    found.supplier = each["supplier"].text(200);
    found.route = optional_text(each, "route", 60);
    if (each.has("dispensed")) found.dispensed = each["dispensed"].date();
    if (each.has("kind")) found.kind = each["kind"].one_of(w::supplies);
    if (each.has("days_supply")) found.days_supply = each["days_supply"].integer(1, 400);
    found.for_home = each.has("for_home") && each["for_home"].boolean();
    body.found.push_back(std::move(found));
  }
  return body;
}

care::Body review(Reader p) {
  care::Review body;
  if (!p.object({"clinician", "decision", "reason"}, {"rules", "events"})) return body;
  body.clinician = p["clinician"].text(100);
  body.decision = p["decision"].one_of(w::decisions);
  body.reason = p["reason"].text();
  if (p.has("rules")) {
    for (Reader each : p["rules"].items()) body.rules.push_back(each.name());
  }
  if (p.has("events")) {
    for (Reader each : p["events"].items()) body.events.push_back(each.name());
  }
  const bool names_any = !body.rules.empty() || !body.events.empty();
  if ((body.decision == care::Decision::plan_reviewed) == names_any) {
    p.fault("a review names the rules or the events it answers, unless it is of the plan");
  }
  return body;
}

care::Body entered_in_error(Reader p) {
  care::EnteredInError body;
  if (!p.object({"event", "reason"})) return body;
  body.event = p["event"].name();
  body.reason = p["reason"].text();
  return body;
}

using ReadBody = care::Body (*)(Reader);
constexpr std::pair<std::string_view, ReadBody> kinds[] = {{"patient_facts", &patient_facts},
                                                           {"plan_approved", &plan_approved},
                                                           {"plan_changed", &plan_changed},
                                                           {"session_started", &session_started},
                                                           {"rate_changed", &rate_changed},
                                                           {"session_ended", &session_ended},
                                                           {"session_discharged", &session_discharged},
                                                           {"vital_signs", &vital_signs},
                                                           {"evaluation", &evaluation},
                                                           {"assay", &assay},
                                                           {"symptom_report", &symptom_report},
                                                           {"contact", &contact},
                                                           {"other_source", &other_source},
                                                           {"review", &review},
                                                           {"entered_in_error", &entered_in_error},
                                                           {"plan_signed", &plan_signed},
                                                           {"consent_recorded", &consent_recorded},
                                                           {"screening", &screening},
                                                           {"session_checked_in", &session_checked_in},
                                                           {"pre_check", &pre_check},
                                                           {"session_decision", &session_decision},
                                                           {"sign_seen", &sign_seen},
                                                           {"session_ready", &session_ready},
                                                           {"session_cancelled", &session_cancelled},
                                                           {"session_stopped", &session_stopped},
                                                           {"toxicology", &toxicology},
                                                           {"medicine_changed", &medicine_changed},
                                                           {"lab_result", &lab_result},
                                                           {"urine_test", &urine_test},
                                                           {"appointment_missed", &appointment_missed},
                                                           {"circumstance", &circumstance},
                                                           {"harm", &harm}};

}  // namespace

care::Body read_body(Reader kind, Reader place) {
  const ReadBody read = kind.one_of(kinds);
  return read == nullptr ? care::Body{} : read(place);
}

}  // namespace evenkeel::exchange
