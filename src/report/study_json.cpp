#include "report/json_parts.hpp"
#include "report/study_report.hpp"
#include "report/study_words.hpp"

namespace evenkeel::report {
namespace {

using json::Node;
using namespace cohort;

Node count_node(std::uint64_t value) {
  return json::number(static_cast<long long>(value));
}
Node number_or_null(const std::optional<double>& value) {
  return json::optional(value, computed);
}

Node estimate_node(const Estimate& each) {
  return json::object(
      {{"value", computed(each.value)}, {"low", computed(each.low)}, {"high", computed(each.high)}});
}
Node estimate_or_null(const std::optional<Estimate>& each) {
  return json::optional(each, estimate_node);
}

Node proportion_node(const Proportion& each) {
  return json::object({{"count", count_node(each.count)},
                       {"of", count_node(each.of)},
                       {"share", estimate_or_null(each.share)}});
}

Node rate_node(const Rate& each) {
  return json::object({{"count", count_node(each.count)},
                       {"patient_years", computed(each.years)},
                       {"a_year", estimate_or_null(each.a_year)}});
}

Node quantiles_node(const Quantiles& each) {
  return json::object({{"p05", computed(each.p05)},
                       {"p25", computed(each.p25)},
                       {"median", computed(each.median)},
                       {"p75", computed(each.p75)},
                       {"p95", computed(each.p95)}});
}
Node quantiles_or_null(const std::optional<Quantiles>& each) {
  return json::optional(each, quantiles_node);
}

Node days_node(const Days& each) {
  return json::object({{"of", count_node(each.of)},
                       {"spread", quantiles_or_null(each.spread)},
                       {"median", estimate_or_null(each.median)}});
}

Node exposure_node(const Exposure& each) {
  return json::object({{"peak_ng_mL", quantiles_or_null(each.peak_ng_mL)},
                       {"area_mg_h_L", quantiles_or_null(each.area_mg_h_L)},
                       {"hours_above_100", quantiles_or_null(each.hours_above)},
                       {"cumulative_mg", quantiles_or_null(each.cumulative_mg)},
                       {"tolerance", quantiles_or_null(each.tolerance)},
                       {"mean_clinic_mg", computed(each.mean_clinic_mg)},
                       {"mean_outside_mg", computed(each.mean_outside_mg)},
                       {"mean_area_mg_h_L", computed(each.mean_area)},
                       {"mean_tolerance", computed(each.mean_tolerance)},
                       {"mean_phq9_gain", computed(each.mean_phq9_gain)},
                       {"mean_sessions", computed(each.mean_sessions)},
                       {"mean_uses", computed(each.mean_uses)}});
}

Node metrics_node(const Metrics& each) {
  return json::object({{"patients", count_node(each.patients)},
                       {"watched_years", computed(each.watched_years)},
                       {"visits", count_node(each.visits)},
                       {"reviews", count_node(each.reviews)},
                       {"spaced", count_node(each.spaced)},
                       {"stopped", count_node(each.stopped)},
                       {"referred", count_node(each.referred)},
                       {"exposure", exposure_node(each.exposure)},
                       {"reached", json::list_of(each.reached, proportion_node)},
                       {"harm", proportion_node(each.harm)},
                       {"noticed", proportion_node(each.noticing.noticed)},
                       {"before_harm", proportion_node(each.noticing.before_harm)},
                       {"delay_days", days_node(each.noticing.delay)},
                       {"lead_days", days_node(each.noticing.lead)}});
}

Node worth_node(const StudyResult& result, const RuleName& rule, const RuleWorth& each) {
  std::vector<Node> found;
  for (std::size_t b = 0; b < each.by_behaviour.size(); ++b) {
    const Behaviour& behaviour = result.study.behaviours[b];
    if (behaviour.truth != Truth::sign) continue;
    found.push_back(json::object({{"behaviour", json::text(behaviour.id)},
                                  {"expected", json::boolean(each.expected[b])},
                                  {"noticed", proportion_node(each.by_behaviour[b])}}));
  }
  return json::object({{"rule", json::text(rule.id)},
                       {"noticed", proportion_node(each.noticed)},
                       {"by_behaviour", json::list(std::move(found))},
                       {"alone", count_node(each.alone)},
                       {"false_patients", proportion_node(each.false_patients)},
                       {"false_alarms", rate_node(each.false_alarms)},
                       {"delay_days", days_node(each.delay)},
                       {"verdict", json::text(verdict_text(each.verdict))},
                       {"sentence", json::text(each.sentence)}});
}

Node arm_node(const StudyResult& result, std::size_t index) {
  const ArmResult& arm = result.arms[index];
  std::vector<Node> behaviours;
  for (std::size_t b = 0; b < arm.by_behaviour.size(); ++b)
    behaviours.push_back(json::object({{"behaviour", json::text(result.study.behaviours[b].id)},
                                       {"metrics", metrics_node(arm.by_behaviour[b])},
                                       {"false_alarms", rate_node(arm.alarms_of[b])}}));
  std::vector<Node> rules;
  for (std::size_t r = 0; r < arm.rules.size(); ++r)
    rules.push_back(worth_node(result, result.rules[r], arm.rules[r]));
  return json::object({{"arm", json::text(result.study.arms[index].id)},
                       {"watched", json::boolean(arm.watched)},
                       {"all", metrics_node(arm.all)},
                       {"false_alarms", rate_node(arm.false_alarms)},
                       {"by_behaviour", json::list(std::move(behaviours))},
                       {"rules", json::list(std::move(rules))}});
}

Node difference_node(const StudyResult& result, const ArmDifference& each) {
  std::vector<Node> found;
  for (std::size_t b = 0; b < each.noticed_of.size(); ++b) {
    if (!each.noticed_of[b]) continue;
    found.push_back(json::object({{"behaviour", json::text(result.study.behaviours[b].id)},
                                  {"noticed", estimate_or_null(each.noticed_of[b])}}));
  }
  return json::object({{"arm", json::text(result.study.arms[each.arm].id)},
                       {"against", json::text(result.study.arms[each.against].id)},
                       {"noticed", estimate_or_null(each.noticed)},
                       {"before_harm", estimate_or_null(each.before_harm)},
                       {"delay_days", estimate_or_null(each.delay_days)},
                       {"false_alarms_a_year", estimate_or_null(each.false_alarms)},
                       {"harm", estimate_or_null(each.harm)},
                       {"noticed_by_behaviour", json::list(std::move(found))}});
}

Node headline_node(const Headline& each) {
  return json::object({{"id", json::text(each.id)},
                       {"words", json::text(each.words)},
                       {"unit", json::text(each.unit)},
                       {"value", number_or_null(each.value)}});
}

Node assumption_node(const Ranking& ranking, const RankedAssumption& each) {
  std::vector<Node> swings;
  for (std::size_t h = 0; h < each.swings.size(); ++h)
    swings.push_back(json::object({{"headline", json::text(ranking.base[h].id)},
                                   {"at_low", number_or_null(each.swings[h].at_low)},
                                   {"at_high", number_or_null(each.swings[h].at_high)},
                                   {"swing", computed(each.swings[h].size)},
                                   {"relative", computed(each.swings[h].relative)}}));
  return json::object({{"group", json::text(each.group)},
                       {"name", json::text(each.name)},
                       {"words", json::text(each.words)},
                       {"unit", json::text(each.unit)},
                       {"value", json::number(each.number.value)},
                       {"low", json::number(each.number.low)},
                       {"high", json::number(each.number.high)},
                       {"source", json::text(each.number.from.source)},
                       {"label", json::text(label_text(each.number.from.label))},
                       {"largest", computed(each.largest)},
                       {"swings", json::list(std::move(swings))}});
}

Node sensitivity_node(const Ranking& ranking) {
  if (ranking.base.empty()) return json::null();
  return json::object({{"patients", count_node(ranking.patients)},
                       {"base", json::list_of(ranking.base, headline_node)},
                       {"assumptions", json::list_of(ranking.assumptions, [&](const RankedAssumption& each) {
                          return assumption_node(ranking, each);
                        })}});
}

double share_of(const Study& study, std::string_view id) {
  double sum = 0.0;
  for (const Share& each : study.mix) {
    if (each.behaviour == id) sum += each.share;
  }
  return sum;
}

Node behaviour_node(const Study& study, const Behaviour& each) {
  return json::object({{"id", json::text(each.id)},
                       {"version", json::text(each.version)},
                       {"status", json::text(each.status)},
                       {"title", json::text(each.title)},
                       {"truth", json::text(study::truth_text(each.truth))},
                       {"supply", json::text(study::supply_text(each.supply))},
                       {"share", json::number(share_of(study, each.id))},
                       {"expected", texts_node(each.expected)}});
}

Node study_node(const StudyResult& result) {
  const Study& study = result.study;
  const auto arm = [](const Arm& each) {
    return json::object({{"id", json::text(each.id)},
                         {"title", json::text(each.title)},
                         {"watched", json::boolean(is_watched(each))}});
  };
  const auto rule = [](const RuleName& each) {
    return json::object({{"id", json::text(each.id)},
                         {"version", json::text(each.version)},
                         {"title", json::text(each.title)},
                         {"domain", json::text(each.domain)}});
  };
  const auto source = [](const std::pair<std::string, std::string>& each) {
    return json::object({{"key", json::text(each.first)}, {"citation", json::text(each.second)}});
  };
  return json::object(
      {{"id", json::text(study.id)},
       {"version", json::text(study.version)},
       {"title", json::text(study.title)},
       {"question", json::text(study.question)},
       {"assumed", texts_node(study.assumed)},
       {"patients", count_node(study.patients)},
       {"weeks", json::number(static_cast<long long>(study.weeks))},
       {"seed", json::text(std::to_string(study.seed))},
       {"model", json::text(study.model)},
       {"people", json::text(study.people.id)},
       {"dependence_harm", json::number(study.dependence_harm)},
       {"behaviours",
        json::list_of(study.behaviours, [&](const Behaviour& each) { return behaviour_node(study, each); })},
       {"arms", json::list_of(study.arms, arm)},
       {"rules", json::list_of(result.rules, rule)},
       {"sources", json::list_of(study.sources, source)}});
}

Node reading_node(const Study& study) {
  return json::object({{"measured", json::text(study::measured(study))},
                       {"assumed", json::text(study::assumed(study))},
                       {"not_said", json::text(study::not_said())},
                       {"intervals", json::text(study::about_intervals())},
                       {"differences", json::text(study::about_differences())},
                       {"verdicts", json::text(study::about_verdicts())},
                       {"ranking", json::text(study::about_ranking())}});
}

}  // namespace

std::string study_json(const StudyReport& report) {
  std::vector<Node> arms;
  for (std::size_t a = 0; a < report.result.arms.size(); ++a) arms.push_back(arm_node(report.result, a));
  const auto difference = [&](const ArmDifference& each) { return difference_node(report.result, each); };
  return json::dump_indented(
             json::object({{"format", json::text("evenkeel.study-result")},
                           {"version", json::number(1LL)},
                           {"program", json::text(report.program)},
                           {"reading", reading_node(report.result.study)},
                           {"study", study_node(report.result)},
                           {"reference", json::text(report.result.study.arms[report.result.reference].id)},
                           {"arms", json::list(std::move(arms))},
                           {"differences", json::list_of(report.result.differences, difference)},
                           {"sensitivity", sensitivity_node(report.sensitivity)}})) +
         "\n";
}

}  // namespace evenkeel::report
