#include "exchange/record_writer.hpp"

#include "exchange/quantity_writer.hpp"
#include "exchange/sign_words.hpp"
#include "exchange/sign_writer.hpp"

namespace evenkeel::exchange {
namespace {

using json::Node;
namespace w = words;
using Members = std::vector<std::pair<std::string, Node>>;

Node amount(const Decimal& value, std::string_view unit) {
  return json::object(
      {{"value", json::number(value)}, {"unit", json::text(unit)}, {"as", json::text("base")}});
}

// Adds the member where there is a value.
template <class T, class Write>
void maybe(Members& members, std::string key, const std::optional<T>& value, Write&& write) {
  if (value) members.emplace_back(std::move(key), write(*value));
}

void maybe(Members& members, std::string key, const std::string& value) {
  if (!value.empty()) members.emplace_back(std::move(key), json::text(value));
}

Node whole(int value) {
  return json::number(static_cast<long long>(value));
}
Node date(const Date& value) {
  return json::text(value.to_string());
}

Node write(const care::PatientFacts& body) {
  Members m;
  maybe(m, "born", body.born, date);
  maybe(m, "sex", body.sex, [](care::Sex sex) { return json::text(w::word_for(w::sexes, sex)); });
  maybe(m, "height_cm", body.height_cm, [](double cm) { return json::number(cm); });
  maybe(m, "weight", body.weight, quantity<BodyMass>);
  return json::object(std::move(m));
}

Node write(const care::PlanApproved& body) {
  Members m{{"protocol", json::text(body.protocol)},
            {"protocol_version", json::text(body.protocol_version)},
            {"drug", json::text(w::word_for(w::drugs, body.drug))},
            {"indication", json::text(body.indication)}};
  if (!body.prior_treatments.empty())
    m.emplace_back("prior_treatments", json::list_of(body.prior_treatments, json::text));
  m.emplace_back("endpoint", json::object({{"instrument", json::text(body.endpoint.instrument)},
                                           {"target", json::text(body.endpoint.target)}}));
  if (body.fixed_dose_mg)
    m.emplace_back("fixed_dose", amount(*body.fixed_dose_mg, "mg"));
  else
    m.emplace_back("dose", amount(body.dose_mg_per_kg, "mg/kg"));
  m.emplace_back("infusion_length", quantity(body.infusion_length));
  m.emplace_back("weight_basis", json::text(w::word_for(w::weight_bases, body.weight_basis)));
  m.emplace_back("planned_sessions", whole(body.planned_sessions));
  m.emplace_back("interval", quantity(body.interval));
  m.emplace_back("stop_date", date(body.stop_date));
  m.emplace_back("responsible_clinician", json::text(body.responsible_clinician));
  m.emplace_back("next_review", date(body.next_review));
  m.emplace_back("consent_version", json::text(body.consent_version));
  maybe(m, "other_care", body.other_care);
  maybe(m, "change_reason", body.change_reason,
        [](care::ChangeReason reason) { return json::text(w::word_for(w::change_reasons, reason)); });
  maybe(m, "change_note", body.change_note);
  return json::object(std::move(m));
}

Node write(const care::PlanChanged& body) {
  Members m{{"reason", json::text(w::word_for(w::change_reasons, body.reason))},
            {"note", json::text(body.note)}};
  maybe(m, "dose", body.dose_mg_per_kg, [](const Decimal& dose) { return amount(dose, "mg/kg"); });
  maybe(m, "fixed_dose", body.fixed_dose_mg, [](const Decimal& dose) { return amount(dose, "mg"); });
  maybe(m, "infusion_length", body.infusion_length, quantity<Duration>);
  maybe(m, "planned_sessions", body.planned_sessions, whole);
  maybe(m, "interval", body.interval, quantity<Duration>);
  maybe(m, "stop_date", body.stop_date, date);
  maybe(m, "next_review", body.next_review, date);
  return json::object(std::move(m));
}

Node write(const care::SessionStarted& body) {
  return json::object({{"session", json::text(body.session)},
                       {"route", json::text(w::word_for(w::routes, body.route))},
                       {"drug", json::text(w::word_for(w::drugs, body.drug))},
                       {"dose", amount(body.dose.mg, "mg")},
                       {"infusion_length", quantity(body.length)},
                       {"weight", quantity(body.weight)}});
}

Node write(const care::RateChanged& body) {
  return json::object({{"session", json::text(body.session)},
                       {"rate", amount(body.rate_mg_per_h, "mg/h")},
                       {"reason", json::text(body.reason)}});
}

Node write(const care::SessionEnded& body) {
  Members m{{"session", json::text(body.session)},
            {"given", amount(body.given.mg, "mg")},
            {"completion", json::text(w::word_for(w::completions, body.completion))}};
  maybe(m, "reason", body.reason);
  if (body.more_than_drawn_up) m.emplace_back("more_than_drawn_up", json::boolean(true));
  return json::object(std::move(m));
}

Node write(const care::SessionDischarged& body) {
  Members m{{"session", json::text(body.session)}, {"escort", json::boolean(body.escort)}};
  maybe(m, "moaas", body.moaas, whole);
  maybe(m, "next_contact", body.next_contact, date);
  return json::object(std::move(m));
}

Node write(const care::VitalSigns& body) {
  Members m;
  maybe(m, "session", body.session);
  maybe(m, "systolic_mmHg", body.systolic_mmHg, whole);
  maybe(m, "diastolic_mmHg", body.diastolic_mmHg, whole);
  maybe(m, "heart_rate_per_min", body.heart_rate_per_min, whole);
  maybe(m, "spo2_percent", body.spo2_percent, whole);
  maybe(m, "respiratory_rate_per_min", body.respiratory_rate_per_min, whole);
  maybe(m, "moaas", body.moaas, whole);
  return json::object(std::move(m));
}

Node write(const care::Evaluation& body) {
  Members m{{"instrument", json::text(body.instrument)},
            {"moment", json::text(w::word_for(w::moments, body.moment))}};
  if (body.total) {
    m.emplace_back("total", whole(*body.total));
  } else {
    Members answers;
    for (const auto& [item, answer] : body.answers) answers.emplace_back(item, whole(answer));
    m.emplace_back("answers", json::object(std::move(answers)));
  }
  return json::object(std::move(m));
}

Node write(const care::Assay& body) {
  Members m{{"analyte", json::text(w::word_for(w::analytes, body.analyte))},
            {"site", json::text(w::word_for(w::sites, body.site))}};
  if (body.value)
    m.emplace_back("value", quantity(*body.value));
  else
    m.emplace_back("below_limit", json::boolean(true));
  maybe(m, "lower_limit", body.lower_limit, quantity<Concentration>);
  return json::object(std::move(m));
}

Node write(const care::SymptomReport& body) {
  Members m{{"symptom", json::text(w::word_for(w::symptoms, body.symptom))},
            {"severity", json::text(w::word_for(w::severities, body.severity))}};
  maybe(m, "note", body.note);
  return json::object(std::move(m));
}

Node write(const care::Contact& body) {
  Members m{{"from", json::text(w::word_for(w::parties, body.from_patient))},
            {"topic", json::text(w::word_for(w::topics, body.topic))}};
  maybe(m, "note", body.note);
  return json::object(std::move(m));
}

Node write(const care::OtherSource& body) {
  const auto found = json::list_of(body.found, [](const care::OtherSource::Found& each) {
    Members m{{"substance", json::text(each.substance)}, {"supplier", json::text(each.supplier)}};
    maybe(m, "route", each.route);
    maybe(m, "dispensed", each.dispensed, date);
    if (each.kind != care::SupplyKind::ketamine)
      m.emplace_back("kind", json::text(w::word_for(w::supplies, each.kind)));
    maybe(m, "days_supply", each.days_supply,
          [](int days) { return json::number(static_cast<long long>(days)); });
    if (each.for_home) m.emplace_back("for_home", json::boolean(true));
    return json::object(std::move(m));
  });
  return json::object(
      {{"looked_in", json::text(w::word_for(w::looked_in, body.looked_in))}, {"found", found}});
}

Node write(const care::Review& body) {
  Members m{{"clinician", json::text(body.clinician)},
            {"decision", json::text(w::word_for(w::decisions, body.decision))},
            {"reason", json::text(body.reason)}};
  if (!body.rules.empty()) m.emplace_back("rules", json::list_of(body.rules, json::text));
  if (!body.events.empty()) m.emplace_back("events", json::list_of(body.events, json::text));
  return json::object(std::move(m));
}

Node write(const care::Screening& body) {
  Members m{{"criterion", json::text(body.criterion)},
            {"outcome", json::text(w::word_for(w::screened, body.outcome))}};
  maybe(m, "note", body.note);
  return json::object(std::move(m));
}

Node write(const care::ConsentRecorded& body) {
  return json::object({{"version", json::text(body.version)},
                       {"given", json::boolean(body.given)},
                       {"explained_by", json::text(body.explained_by)}});
}

Node write(const care::PlanSigned& body) {
  return json::object({{"plan", json::text(body.plan)}, {"clinician", json::text(body.clinician)}});
}

Node write(const care::SessionCheckedIn& body) {
  Members m{{"session", json::text(body.session)}};
  maybe(m, "place", body.place);
  return json::object(std::move(m));
}

Node write(const care::PreCheck& body) {
  Members m{{"session", json::text(body.session)},
            {"check", json::text(w::word_for(w::checks, body.check))},
            {"outcome", json::text(w::word_for(w::screened, body.outcome))}};
  maybe(m, "note", body.note);
  return json::object(std::move(m));
}

Node write(const care::SessionDecision& body) {
  return json::object({{"session", json::text(body.session)},
                       {"about", json::text(body.about)},
                       {"go_on", json::boolean(body.go_on)},
                       {"clinician", json::text(body.clinician)},
                       {"reason", json::text(body.reason)}});
}

Node write(const care::SignSeen& body) {
  Members m{{"session", json::text(body.session)}, {"sign", json::text(body.sign)}};
  maybe(m, "note", body.note);
  return json::object(std::move(m));
}

Node write(const care::SessionReady& body) {
  return json::object({{"session", json::text(body.session)},
                       {"dose", amount(body.dose_mg, "mg")},
                       {"infusion_length", quantity(body.length)},
                       {"concentration", amount(body.mg_per_mL, "mg/mL")},
                       {"second_checker", json::text(body.second_checker)}});
}

Node write(const care::SessionCancelled& body) {
  return json::object({{"session", json::text(body.session)}, {"reason", json::text(body.reason)}});
}

Node write(const care::SessionStopped& body) {
  Members m{{"session", json::text(body.session)},
            {"departure", json::text(w::word_for(w::departures, body.departure))},
            {"reason", json::text(body.reason)}};
  maybe(m, "given", body.given_mg, [](const Decimal& mg) { return amount(mg, "mg"); });
  if (body.more_than_drawn_up) m.emplace_back("more_than_drawn_up", json::boolean(true));
  return json::object(std::move(m));
}

Node write(const care::EnteredInError& body) {
  return json::object({{"event", json::text(body.event)}, {"reason", json::text(body.reason)}});
}

}  // namespace

std::string write_heading(std::string_view patient) {
  return json::dump(json::object({{"format", json::text("evenkeel.record")},
                                  {"version", json::number(1LL)},
                                  {"patient", json::text(patient)}}));
}

std::string write_event(const care::Event& event) {
  return json::dump(
      json::object({{"id", json::text(event.id)},
                    {"patient", json::text(event.patient)},
                    {"at", json::text(event.at.to_string())},
                    {"recorded_at", json::text(event.recorded_at.to_string())},
                    {"recorded_by", json::text(event.recorded_by)},
                    {"kind", json::text(care::kind_text(event.body))},
                    {"body", std::visit([](const auto& body) { return write(body); }, event.body)}}));
}

}  // namespace evenkeel::exchange
