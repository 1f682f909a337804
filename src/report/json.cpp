#include "report/json.hpp"

#include "json/write.hpp"
#include "report/dose_parts.hpp"
#include "report/help_parts.hpp"
#include "report/individual_parts.hpp"
#include "report/json_parts.hpp"

namespace evenkeel::report {
namespace {

using assess::Assessment;
using json::Node;
using units::mL;
using units::ng;

Node count(int value) {
  return json::number(static_cast<long long>(value));
}
Node instant(const Instant& at) {
  return json::text(at.to_string());
}
Node date(const Date& on) {
  return json::text(on.to_string());
}
Node concentration(Concentration value) {
  return computed(value.in(ng / mL));
}
Node minutes(Duration time) {
  return computed(time.in(units::min));
}
Node error(const Error& e) {
  const char* code = "invalid_input";
  switch (e.code) {
    case ErrorCode::invalid_input:
      break;
    case ErrorCode::not_found:
      code = "not_found";
      break;
    case ErrorCode::outside_domain:
      code = "outside_domain";
      break;
    case ErrorCode::storage:
      code = "storage";
      break;
    case ErrorCode::stale:
      code = "stale";
      break;
    case ErrorCode::not_permitted:
      code = "not_permitted";
      break;
  }
  return json::object(
      {{"code", json::text(code)}, {"where", json::text(e.where)}, {"what", json::text(e.what)}});
}

Node closure(const watch::Closure& closed) {
  return json::object(
      {{"by", json::text(closed.by)}, {"at", instant(closed.at)}, {"reason", json::text(closed.reason)}});
}

Node finding(const watch::Finding& f) {
  return json::object({{"rule", json::text(f.rule)},
                       {"rule_version", json::text(f.rule_version)},
                       {"domain", json::text(f.domain)},
                       {"level", count(f.level)},
                       {"text", json::text(f.text)},
                       {"since", instant(f.since)},
                       {"events", texts_node(f.events)},
                       {"rival_explanation", json::text(f.rival)},
                       {"next_step", json::text(f.next_step)},
                       {"sources", texts_node(f.sources)},
                       {"evidence", texts_node(f.evidence)},
                       {"explained_by", json::text(f.explained_by)},
                       {"slight", json::boolean(f.slight)},
                       {"closed", json::optional(f.closed, closure)}});
}

Node rule_outcome(const watch::RuleOutcome& o) {
  const char* outcome = o.outcome == watch::Outcome::found   ? "found"
                        : o.outcome == watch::Outcome::clear ? "clear"
                                                             : "not_judged";
  return json::object({{"rule", json::text(o.rule)},
                       {"version", json::text(o.version)},
                       {"title", json::text(o.title)},
                       {"outcome", json::text(outcome)},
                       {"why", json::text(o.why)},
                       {"findings", json::list_of(o.findings, finding)}});
}

Node session_note(const care::SessionNote& note) {
  const char* kind = note.kind == care::SessionNote::Kind::missing   ? "missing"
                     : note.kind == care::SessionNote::Kind::late    ? "late"
                     : note.kind == care::SessionNote::Kind::decided ? "decided"
                                                                     : "crossed";
  return json::object({{"kind", json::text(kind)},
                       {"text", json::text(note.text)},
                       {"source", json::text(note.source.source)},
                       {"label", json::text(label_text(note.source.label))}});
}

Node session(const assess::SessionView& view) {
  const auto& s = view.session;
  return json::object(
      {{"session", json::text(s.id)},
       {"drug", json::text(care::drug_text(s.drug))},
       {"start", instant(s.start)},
       {"end", json::optional(s.end, instant)},
       {"weight_kg", computed(s.weight.in(units::kg))},
       {"ordered_mg", json::number(s.ordered.mg)},
       {"given_mg", json::optional(s.given, [](const care::DoseMg& d) { return json::number(d.mg); })},
       {"dose_mg_per_kg", computed(s.dose_per_body().in(units::mg / units::kg))},
       {"highest_rate_mg_per_kg_h", computed(s.highest_rate().in(units::mg / units::kg / units::h))},
       {"running", json::boolean(s.running)},
       {"stopped", json::boolean(s.stopped)},
       {"discharged", json::optional(s.discharged, instant)},
       {"not_checked", json::optional(view.not_checked, json::text)},
       {"notes", json::list_of(view.notes, session_note)}});
}

Node session_exposure(const assess::SessionExposure& e) {
  if (e.refused) return json::object({{"session", json::text(e.session)}, {"refused", error(*e.refused)}});
  return json::object(
      {{"session", json::text(e.session)},
       {"refused", json::null()},
       {"window_h", computed(e.window.in(units::h))},
       {"cmax_ng_per_mL", concentration(e.peak.value)},
       {"tmax_min", minutes(e.peak.at)},
       {"auc_ng_h_per_mL", computed(e.area.in(ng / mL * units::h))},
       {"above", json::list_of(e.above,
                               [](const assess::TimeAbove& above) {
                                 return json::object({{"level", json::text(above.level)},
                                                      {"from_ng_per_mL", concentration(above.from)},
                                                      {"to_ng_per_mL", concentration(above.to)},
                                                      {"label", json::text(label_text(above.label))},
                                                      {"min", minutes(above.time)}});
                               })},
       {"curve", json::list_of(e.curve,
                               [](const assess::CurvePoint& point) {
                                 return json::list({computed(point.minutes), concentration(point.value)});
                               })},
       {"cautions", texts_node(e.cautions)}});
}

Node comparison(const assess::Comparison& c) {
  return json::object({{"event", json::text(c.event)},
                       {"at", instant(c.at)},
                       {"analyte", json::text(care::analyte_text(c.assay.analyte))},
                       {"site", json::text(care::site_text(c.assay.site))},
                       {"measured_ng_per_mL", json::optional(c.assay.value, concentration)},
                       {"lower_limit_ng_per_mL", json::optional(c.assay.lower_limit, concentration)},
                       {"predicted_ng_per_mL", json::optional(c.predicted, concentration)},
                       {"ratio", json::optional(c.ratio, computed)},
                       {"not_compared", json::text(c.not_compared)}});
}

Node model(const assess::ModelUsed& m) {
  return json::object({{"id", json::text(m.id)},
                       {"version", json::text(m.version)},
                       {"status", json::text(m.status)},
                       {"title", json::text(m.title)},
                       {"moiety", json::text(pkpd::moiety_text(m.moiety))},
                       {"site", json::text(pkpd::site_text(m.site))},
                       {"caveats", texts_node(m.caveats)}});
}

Node exposure(const assess::Exposure& x) {
  return json::object({{"model", json::optional(x.model, model)},
                       {"refused", json::optional(x.refused, error)},
                       {"sessions", json::list_of(x.sessions, session_exposure)},
                       {"comparisons", json::list_of(x.comparisons, comparison)}});
}

Node due(const care::Due& item) {
  return json::object({{"what", json::text(item.what)},
                       {"state", json::text(care::due_words(item.state))},
                       {"last", json::optional(item.last, instant)},
                       {"next", json::optional(item.next, instant)}});
}

Node score(const care::TimedScore& s) {
  return json::object({{"event", json::text(s.event)},
                       {"at", instant(s.at)},
                       {"instrument", json::text(s.instrument)},
                       {"total", json::optional(s.score.total, count)},
                       {"band", json::text(s.score.band)},
                       {"no_total_because", json::text(s.score.no_total_because)}});
}

Node course(const care::CourseStatus& c) {
  const auto& r = c.response;
  return json::object({{"phase", json::text(care::phase_words(c.phase))},
                       {"sessions_done", count(c.sessions_done)},
                       {"sessions_in_plan", count(c.sessions_in_plan)},
                       {"next_session", json::optional(c.next_session, due)},
                       {"due", json::list_of(c.due, due)},
                       {"response", json::object({{"instrument", json::text(r.instrument)},
                                                  {"baseline", json::optional(r.baseline, score)},
                                                  {"latest", json::optional(r.latest, score)},
                                                  {"fall", json::optional(r.fall, computed)},
                                                  {"response", json::boolean(r.response)},
                                                  {"remission", json::boolean(r.remission)}})},
                       {"notes", texts_node(c.notes)}});
}

Node action(const assess::Action& a) {
  return json::object({{"who", json::text(a.who)},
                       {"what", json::text(a.what)},
                       {"by", json::optional(a.by, instant)},
                       {"urgent", json::boolean(a.urgent)},
                       {"events", texts_node(a.events)}});
}

Node entry(const assess::Entry& e) {
  return json::object({{"event", json::text(e.event)}, {"at", instant(e.at)}, {"text", json::text(e.text)}});
}

Node set_aside(const assess::SetAside& s) {
  return json::object({{"line", whole(s.line)}, {"event", json::text(s.event)}, {"error", error(s.error)}});
}

Node cited(const assess::CitedEvidence& e) {
  return json::object({{"id", json::text(e.id)},
                       {"version", json::text(e.version)},
                       {"statement", json::text(e.statement)},
                       {"grade", json::text(std::string(1, e.grade))},
                       {"label", json::text(e.label)},
                       {"limits", json::text(e.limits)},
                       {"sources", texts_node(e.sources)}});
}

Node version(const std::pair<std::string, std::string>& used) {
  return json::object({{"id", json::text(used.first)}, {"version", json::text(used.second)}});
}

}  // namespace

std::string to_json(const Assessment& a) {
  return json::dump_indented(json::object({{"schema", json::text("evenkeel.assessment/1")},
                                           {"patient", json::text(a.patient)},
                                           {"now", instant(a.now)},
                                           {"events", whole(a.events)},
                                           {"not_yet_known", whole(a.not_yet_known)},
                                           {"born", json::optional(a.facts.born, date)},
                                           {"body_mass_index", json::optional(a.body_mass_index, computed)},
                                           {"protocol", json::text(a.protocol)},
                                           {"level", count(a.level)},
                                           {"level_name", json::text(a.level_name)},
                                           {"actions", json::list_of(a.actions, action)},
                                           {"help", help_node(a)},
                                           {"dependence_review", dependence_review_node(a)},
                                           {"rules", json::list_of(a.rules, rule_outcome)},
                                           {"course", json::optional(a.course, course)},
                                           {"no_course_because", json::text(a.no_course_because)},
                                           {"sessions", json::list_of(a.sessions, session)},
                                           {"exposure", exposure(a.exposure)},
                                           {"individual", json::optional(a.individual, individual_node)},
                                           {"no_individual_because", json::text(a.no_individual_because)},
                                           {"next_dose", json::optional(a.next_dose, next_dose_node)},
                                           {"no_next_dose_because", json::text(a.no_next_dose_because)},
                                           {"scores", json::list_of(a.scores, score)},
                                           {"entries", json::list_of(a.entries, entry)},
                                           {"missing", texts_node(a.missing)},
                                           {"set_aside", json::list_of(a.set_aside, set_aside)},
                                           {"evidence", json::list_of(a.evidence, cited)},
                                           {"versions", json::list_of(a.versions, version)}})) +
         "\n";
}

}  // namespace evenkeel::report
