#include "json/write.hpp"
#include "plan/transcript.hpp"
#include "report/dose_parts.hpp"
#include "report/dose_report.hpp"
#include "report/json_parts.hpp"
#include "report/levels.hpp"

namespace evenkeel::report {
namespace {

using json::Node;

Node levels(const plan::Spread<Concentration>& s) {
  const auto level = [](Concentration c) { return computed(ng_per_mL(c)); };
  return json::object({{"p5", level(s.p5)}, {"p50", level(s.p50)}, {"p95", level(s.p95)}});
}

Node areas(const plan::Spread<ConcentrationTime>& s) {
  const auto area = [](ConcentrationTime a) { return computed(a.in(units::ng / units::mL * units::h)); };
  return json::object({{"p5", area(s.p5)}, {"p50", area(s.p50)}, {"p95", area(s.p95)}});
}

Node limit(const plan::Limit& l) {
  return json::object({{"kind", json::text(plan::limit_name(l.kind))},
                       {"value", json::number(l.value)},
                       {"unit", json::text(plan::limit_unit(l.kind))},
                       {"origin", json::text(plan::origin_words(l.origin))},
                       {"label", json::text(label_text(l.from.label))},
                       {"source", json::text(l.source)}});
}

Node checked(const plan::Checked& c) {
  return json::object({{"kind", json::text(plan::limit_name(c.kind))},
                       {"origin", json::text(plan::origin_words(c.origin))},
                       {"kept", json::boolean(c.kept)},
                       {"share_used", computed(c.used)},
                       {"seen", json::text(c.seen)},
                       {"allowed", json::text(c.allowed)}});
}

Node prediction(const plan::DoseAnswer& answer, const plan::ModelPrediction& p) {
  return json::object({{"model", json::text(answer.models[p.model].model)},
                       {"peak_ng_per_mL", levels(p.peak)},
                       {"area_ng_h_per_mL", areas(p.area)},
                       {"band_ng_per_mL", json::list_of(p.band, levels)}});
}

Node aim(const plan::AimJudgement& a) {
  return json::object({{"met", json::boolean(a.met)}, {"text", json::text(a.text)}});
}

Node candidate(const plan::DoseAnswer& answer, const plan::Candidate& c) {
  return json::object(
      {{"mg", json::number(c.delivered.mg)},
       {"mg_per_kg", computed(c.per_kg.in(units::mg / units::kg))},
       {"mL", json::number(c.delivered.mL)},
       {"minutes", json::number(c.delivered.minutes)},
       {"profile", json::text(c.profile.name)},
       {"rates_mL_per_h",
        json::list_of(c.delivered.rates_mL_h, [](const Decimal& r) { return json::number(r); })},
       {"highest_rate_mg_per_h", computed(c.highest_rate.in(units::mg / units::h))},
       {"rise", json::boolean(c.rise)},
       {"second_signature", json::boolean(c.second_signature)},
       {"step_up_monitoring", json::boolean(c.step_up_monitoring)},
       {"why", json::text(c.why)},
       {"aims", json::list_of(c.aims, aim)},
       {"limits", json::list_of(c.limits, checked)},
       {"nearest_limit", json::text(c.limits[c.nearest].sentence())},
       {"times_min", json::list_of(c.times, [](Duration t) { return computed(t.in(units::min)); })},
       {"predictions", json::list_of(c.predictions, [&](const plan::ModelPrediction& p) {
          return prediction(answer, p);
        })}});
}

Node refused(const plan::Refused& r) {
  return json::object({{"mg", json::number(r.mg)},
                       {"minutes", json::number(r.minutes)},
                       {"profile", json::text(r.profile)},
                       {"why", json::text(r.why)}});
}

Node gap(const plan::Gap& g) {
  return json::object({{"what", json::text(g.what)}, {"sentence", json::text(g.sentence())}});
}

Node over_models(const plan::OverModels& o) {
  const auto level = [](Concentration c) { return computed(ng_per_mL(c)); };
  return json::object({{"moiety", json::text(pkpd::moiety_text(o.of.moiety))},
                       {"site", json::text(pkpd::site_text(o.of.site))},
                       {"models", whole(o.models.size())},
                       {"peak_low_ng_per_mL", level(o.peak.low)},
                       {"peak_high_ng_per_mL", level(o.peak.high)}});
}

Node what_if_row(const plan::WhatIfRow& r) {
  return json::object({{"words", json::text(r.words)},
                       {"start", json::text(r.start.to_string())},
                       {"refused", json::optional(r.refused, refused)},
                       {"conditions", texts_node(r.conditions)},
                       {"over_models", json::list_of(r.over_models, over_models)}});
}

Node model(const plan::ModelUsed& m) {
  return json::object({{"model", json::text(m.model)},
                       {"version", json::text(m.version)},
                       {"basis", json::text(basis_words(m.basis))},
                       {"members", whole(m.members)},
                       {"caveats", texts_node(m.caveats)}});
}

}  // namespace

Node next_dose_node(const assess::NextDose& next) {
  const plan::DoseAnswer& answer = next.answer;
  const auto* advice = std::get_if<plan::Advice>(&answer.outcome);
  const auto* none = std::get_if<plan::NoAdvice>(&answer.outcome);
  return json::object(
      {{"start", json::text(next.start.to_string())},
       {"no_advice_because", none ? json::list_of(none->reasons, gap) : json::list({})},
       {"aims", texts_node(answer.aims)},
       {"candidates",
        advice ? json::list_of(advice->ranked, [&](const plan::Candidate& c) { return candidate(answer, c); })
               : json::list({})},
       {"refused", advice ? json::list_of(advice->refused, refused) : json::list({})},
       {"limits", json::list_of(next.limits, limit)},
       {"what_if", next.what_if ? json::list_of(next.what_if->rows, what_if_row) : json::list({})},
       {"no_what_if_because", json::text(next.no_what_if_because)},
       {"questions", texts_node(answer.questions)},
       {"models", json::list_of(answer.models, model)},
       {"not_asked",
        json::list_of(next.not_asked,
                      [](const assess::ModelNotAsked& m) {
                        return json::object({{"model", json::text(m.model)}, {"why", json::text(m.why)}});
                      })},
       {"notes", texts_node(next.notes)},
       {"workings", texts_node(answer.workings)},
       {"versions",
        json::list_of(answer.versions,
                      [](const auto& v) {
                        return json::object({{"id", json::text(v.first)}, {"version", json::text(v.second)}});
                      })},
       {"seed", json::text(std::to_string(answer.seed))},
       {"transcript", json::text(plan::transcript(answer))},
       {"what_if_transcript", json::text(next.what_if ? plan::transcript(*next.what_if) : std::string{})}});
}

std::string dose_json(const assess::Assessment& a) {
  return json::dump_indented(json::object({{"schema", json::text("evenkeel.plan/1")},
                                           {"patient", json::text(a.patient)},
                                           {"now", json::text(a.now.to_string())},
                                           {"no_next_dose_because", json::text(a.no_next_dose_because)},
                                           {"next_dose", json::optional(a.next_dose, next_dose_node)}})) +
         "\n";
}

}  // namespace evenkeel::report
