#include "json/write.hpp"
#include "report/json_parts.hpp"
#include "report/target_report.hpp"

namespace evenkeel::report {
namespace {

using json::Node;

Node minutes(Duration time) {
  return computed(time.in(units::min));
}
Node ng_mL(Concentration level) {
  return computed(level.in(units::ng / units::mL));
}
Node mL_h(plan::PumpRate flow) {
  return computed(flow.in(units::mL / units::h));
}
Node optional_minutes(const std::optional<Duration>& time) {
  return json::optional(time, minutes);
}
Node numbers(const std::vector<double>& values) {
  return json::list_of(values, computed);
}

std::string_view binding_text(plan::Binding by) {
  switch (by) {
    case plan::Binding::largest_rate:
      return "largest_rate";
    case plan::Binding::rate_step:
      return "rate_step";
    case plan::Binding::plasma_at_most:
      return "plasma_at_most";
  }
  return {};
}

Node bound(const plan::BoundStretch& each) {
  return json::object({{"by", json::text(binding_text(each.by))},
                       {"from_min", minutes(each.from)},
                       {"to_min", minutes(each.to)}});
}

Node course(const plan::TargetCourse& course) {
  return json::object({{"effect_site_ng_mL", json::list_of(course.effect_site, ng_mL)},
                       {"plasma_ng_mL", json::list_of(course.plasma, ng_mL)},
                       {"times_min", json::list_of(course.times, minutes)}});
}

Node met(const plan::TargetMet& each) {
  return json::object({{"from_min", minutes(each.target.from)},
                       {"highest_ng_mL", ng_mL(each.highest)},
                       {"highest_plasma_ng_mL", ng_mL(each.highest_plasma)},
                       {"lowest_ng_mL", ng_mL(each.lowest)},
                       {"reached_min", optional_minutes(each.reached)},
                       {"settled_min", minutes(each.settled)},
                       {"target_ng_mL", ng_mL(each.target.level)},
                       {"until_min", minutes(each.until)}});
}

Node pump(const plan::TargetPump& pump) {
  return json::object({{"largest_mL_h", mL_h(pump.largest)},
                       {"step_mL_h", mL_h(pump.step)},
                       {"strength_mg_mL", computed(pump.strength.in(units::mg / units::mL))},
                       {"syringe_mL", computed(pump.syringe.in(units::mL))}});
}

Node segment(const plan::RateSegment& each, BodyMass weight) {
  const InfusionRate unit = units::mg / units::h;
  return json::object({{"from_min", minutes(each.from)},
                       {"mL_h", mL_h(each.flow)},
                       {"mg_h", computed(each.rate.in(unit))},
                       {"mg_kg_h", computed((each.rate / weight).in(unit / units::kg))},
                       {"to_min", minutes(each.to)}});
}

Node fading(const plan::Fading& each) {
  return json::object({{"at_stop_ng_mL", ng_mL(each.at_stop)},
                       {"below_min", json::list_of(each.below, optional_minutes)},
                       {"halved_min", optional_minutes(each.halved)},
                       {"highest_ng_mL", ng_mL(each.highest)}});
}

Node stop(const plan::Stopped& each) {
  return json::object({{"at_min", minutes(each.at)},
                       {"effect_site", json::optional(each.effect_site, fading)},
                       {"plasma", fading(each.plasma)}});
}

Node level(const TargetLevel& each) {
  return json::object({{"from_ng_mL", computed(each.from_ng_mL)},
                       {"name", json::text(each.name)},
                       {"to_ng_mL", computed(each.to_ng_mL)}});
}

Node range(const TargetRange& each) {
  return json::object({{"high_ng_mL", numbers(each.high_ng_mL)},
                       {"low_ng_mL", numbers(each.low_ng_mL)},
                       {"middle_ng_mL", numbers(each.middle_ng_mL)},
                       {"of", json::text(each.effect_site ? "effect_site" : "plasma")},
                       {"under", json::text(each.what)}});
}

Node model(const TargetReport& r) {
  return json::object({{"drug", json::text(r.drug)},
                       {"id", json::text(r.model)},
                       {"output", json::text(r.output)},
                       {"status", json::text(r.status)},
                       {"title", json::text(r.title)},
                       {"version", json::text(r.version)}});
}

}  // namespace

std::string target_json(const TargetReport& r) {
  const auto& answer = r.answer;
  const auto text = [](const std::string& value) { return json::text(value); };
  const auto rates = [&](const plan::RateSegment& each) { return segment(each, r.weight); };
  return json::dump_indented(json::object({
             {"bound", json::list_of(answer.bound, bound)},
             {"by_hand_min", optional_minutes(r.question.by_hand)},
             {"caveats", json::list_of(r.caveats, text)},
             {"course", course(answer.course)},
             {"dose_mg", computed(answer.dose.in(units::mg))},
             {"dose_mg_kg", computed((answer.dose / r.weight).in(units::mg / units::kg))},
             {"effect_site", r.effect_site.empty() ? json::null() : json::text(r.effect_site)},
             {"if_stopped", json::list_of(r.stopped, stop)},
             {"levels", json::list_of(r.levels, level)},
             {"model", model(r)},
             {"notice", json::text("A plan for people; no pump is controlled by it; a clinician decides.")},
             {"patient", json::text(r.patient)},
             {"plasma_at_most_ng_mL", json::optional(r.question.plasma_at_most, ng_mL)},
             {"program", json::text(r.program)},
             {"pump", pump(r.question.pump)},
             {"ranges", json::list_of(r.ranges, range)},
             {"rates", json::list_of(answer.segments, rates)},
             {"schema", json::text("evenkeel.target/1")},
             {"syringe_empty_min", json::list_of(answer.syringe_empty, minutes)},
             {"targets", json::list_of(answer.met, met)},
             {"update_min", minutes(r.question.update)},
             {"volume_mL", computed(answer.volume.in(units::mL))},
             {"within_percent", computed(100.0 * r.question.within)},
         })) +
         "\n";
}

}  // namespace evenkeel::report
