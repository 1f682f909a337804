#include "json/write.hpp"
#include "report/individual.hpp"
#include "report/individual_parts.hpp"
#include "report/json_parts.hpp"
#include "report/levels.hpp"

namespace evenkeel::report {
namespace {

using json::Node;

Node percentiles(const individual::Percentiles& p, double by = 1.0) {
  return json::object(
      {{"p5", computed(p.p5 * by)}, {"p50", computed(p.p50 * by)}, {"p95", computed(p.p95 * by)}});
}

// Concentrations leave in ng/mL.
Node level(const individual::Percentiles& p) {
  return percentiles(p, ng_per_mL(1.0));
}

Node parameter(const assess::OwnParameter& own) {
  const auto& e = own.estimate;
  return json::object({{"name", json::text(e.name)},
                       {"unit", json::text(own.unit)},
                       {"typical", computed(e.typical)},
                       {"most_likely", computed(e.most_likely)},
                       {"population", percentiles(e.population)},
                       {"posterior", percentiles(e.posterior)},
                       {"moved_sd", computed(e.moved)},
                       {"shrinkage", computed(e.shrinkage)}});
}

Node session(const assess::SessionBands& bands) {
  return json::object({{"session", json::text(bands.session)},
                       {"peak_population_ng_per_mL", level(bands.peak_population)},
                       {"peak_patient_ng_per_mL", level(bands.peak_patient)},
                       {"points", json::list_of(bands.points, [](const assess::BandPoint& point) {
                          return json::object({{"min", computed(point.minutes)},
                                               {"population_ng_per_mL", level(point.population)},
                                               {"patient_ng_per_mL", level(point.patient)}});
                        })}});
}

Node measurement(const assess::MeasurementView& m) {
  const auto at = [](double mg_L) { return computed(ng_per_mL(mg_L)); };
  return json::object({{"event", json::text(m.event)},
                       {"at", json::text(m.at.to_string())},
                       {"output", json::text(m.of)},
                       {"seen", json::text(m.seen)},
                       {"population_ng_per_mL", at(m.fit.population)},
                       {"patient_ng_per_mL", at(m.fit.individual)},
                       {"reading_ng_per_mL", level(m.fit.posterior)},
                       {"weighted_residual", json::optional(m.fit.weighted_residual, computed)},
                       {"tail", computed(m.fit.tail)},
                       {"outlier", json::boolean(m.fit.outlier)},
                       {"used", json::boolean(m.used)}});
}

Node next_sample(const assess::NextSampleView& next) {
  return json::object({{"target", json::text(next.target)},
                       {"words", json::text(next.words)},
                       {"ranked", json::list_of(next.ranked, [](const assess::NextSampleView::At& at) {
                          return json::object({{"at", json::text(at.at.to_string())},
                                               {"output", json::text(at.of)},
                                               {"bits", computed(at.bits)},
                                               {"sd_fall_percent", computed(at.sd_fall_percent)},
                                               {"chance_below", computed(at.chance_below)}});
                        })}});
}

Node left_out(const assess::LeftOut& left) {
  return json::object({{"event", json::text(left.event)},
                       {"at", json::text(left.at.to_string())},
                       {"why", json::text(left.why)}});
}

}  // namespace

Node individual_node(const assess::Individual& one) {
  return json::object({{"measured", whole(one.measured)},
                       {"below_limit", whole(one.below)},
                       {"log_likelihood", computed(one.log_likelihood)},
                       {"effective_draws", computed(one.effective)},
                       {"seed", json::text(std::to_string(one.seed))},
                       {"parameters", json::list_of(one.parameters, parameter)},
                       {"measurements", json::list_of(one.measurements, measurement)},
                       {"fits", json::boolean(one.fits)},
                       {"p_value", computed(one.p_value)},
                       {"fit_words", json::text(one.fit_words)},
                       {"suspicions", texts_node(one.suspicions)},
                       {"next_sample", json::optional(one.next_sample, next_sample)},
                       {"no_next_sample_because", json::text(one.no_next_sample_because)},
                       {"sessions", json::list_of(one.sessions, session)},
                       {"left_out", json::list_of(one.left_out, left_out)},
                       {"notes", texts_node(one.notes)},
                       {"caveats", texts_node(one.model.caveats)}});
}

namespace {

Node asked(const assess::AskedModel& model) {
  return json::object(
      {{"model", json::text(model.id)},
       {"version", json::text(model.version)},
       {"weight", json::optional(model.weight, computed)},
       {"remark", json::text(model.remark)},
       {"refused", json::optional(model.refused, [](const Error& e) { return json::text(to_string(e)); })},
       {"found", json::optional(model.found, individual_node)}});
}

}  // namespace

std::string individual_json(const assess::IndividualAnswer& answer) {
  return json::dump_indented(json::object({{"schema", json::text("evenkeel.individual/1")},
                                           {"patient", json::text(answer.patient)},
                                           {"now", json::text(answer.now.to_string())},
                                           {"weighed", json::text(answer.weighed)},
                                           {"models", json::list_of(answer.models, asked)}})) +
         "\n";
}

}  // namespace evenkeel::report
