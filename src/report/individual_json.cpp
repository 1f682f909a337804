#include "json/write.hpp"
#include "report/individual.hpp"
#include "report/individual_parts.hpp"

namespace evenkeel::report {
namespace {

using json::Node;

constexpr int digits = 10;

Node number(double value) {
  return json::rounded(value, digits);
}
Node whole(std::size_t value) {
  return json::number(static_cast<long long>(value));
}
Node texts(const std::vector<std::string>& values) {
  return json::list_of(values, [](const std::string& value) { return json::text(value); });
}

Node percentiles(const individual::Percentiles& p, double by = 1.0) {
  return json::object({{"p5", number(p.p5 * by)}, {"p50", number(p.p50 * by)}, {"p95", number(p.p95 * by)}});
}

// Concentrations leave in ng/mL.
Node level(const individual::Percentiles& p) {
  return percentiles(p, Concentration::from_canonical(1.0).in(units::ng / units::mL));
}

Node parameter(const assess::OwnParameter& own) {
  const auto& e = own.estimate;
  return json::object({{"name", json::text(e.name)},
                       {"unit", json::text(own.unit)},
                       {"typical", number(e.typical)},
                       {"most_likely", number(e.most_likely)},
                       {"population", percentiles(e.population)},
                       {"posterior", percentiles(e.posterior)},
                       {"moved_sd", number(e.moved)},
                       {"shrinkage", number(e.shrinkage)}});
}

Node session(const assess::SessionBands& bands) {
  return json::object({{"session", json::text(bands.session)},
                       {"peak_population_ng_per_mL", level(bands.peak_population)},
                       {"peak_patient_ng_per_mL", level(bands.peak_patient)},
                       {"points", json::list_of(bands.points, [](const assess::BandPoint& point) {
                          return json::object({{"min", number(point.minutes)},
                                               {"population_ng_per_mL", level(point.population)},
                                               {"patient_ng_per_mL", level(point.patient)}});
                        })}});
}

Node measurement(const assess::MeasurementView& m) {
  const auto ng_per_mL = [](double mg_L) {
    return number(Concentration::from_canonical(mg_L).in(units::ng / units::mL));
  };
  return json::object({{"event", json::text(m.event)},
                       {"at", json::text(m.at.to_string())},
                       {"output", json::text(m.of)},
                       {"seen", json::text(m.seen)},
                       {"population_ng_per_mL", ng_per_mL(m.fit.population)},
                       {"patient_ng_per_mL", ng_per_mL(m.fit.individual)},
                       {"reading_ng_per_mL", level(m.fit.posterior)},
                       {"weighted_residual", json::optional(m.fit.weighted_residual, number)},
                       {"tail", number(m.fit.tail)},
                       {"outlier", json::boolean(m.fit.outlier)},
                       {"used", json::boolean(m.used)}});
}

Node next_sample(const assess::NextSampleView& next) {
  return json::object({{"target", json::text(next.target)},
                       {"words", json::text(next.words)},
                       {"ranked", json::list_of(next.ranked, [](const assess::NextSampleView::At& at) {
                          return json::object({{"at", json::text(at.at.to_string())},
                                               {"output", json::text(at.of)},
                                               {"bits", number(at.bits)},
                                               {"sd_fall_percent", number(at.sd_fall_percent)},
                                               {"chance_below", number(at.chance_below)}});
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
                       {"log_likelihood", number(one.log_likelihood)},
                       {"effective_draws", number(one.effective)},
                       {"seed", json::text(std::to_string(one.seed))},
                       {"parameters", json::list_of(one.parameters, parameter)},
                       {"measurements", json::list_of(one.measurements, measurement)},
                       {"fits", json::boolean(one.fits)},
                       {"p_value", number(one.p_value)},
                       {"fit_words", json::text(one.fit_words)},
                       {"suspicions", texts(one.suspicions)},
                       {"next_sample", json::optional(one.next_sample, next_sample)},
                       {"no_next_sample_because", json::text(one.no_next_sample_because)},
                       {"sessions", json::list_of(one.sessions, session)},
                       {"left_out", json::list_of(one.left_out, left_out)},
                       {"notes", texts(one.notes)},
                       {"caveats", texts(one.model.caveats)}});
}

namespace {

Node asked(const assess::AskedModel& model) {
  return json::object(
      {{"model", json::text(model.id)},
       {"version", json::text(model.version)},
       {"weight", json::optional(model.weight, number)},
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
