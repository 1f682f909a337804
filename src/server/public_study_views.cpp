// What the public page is told of a study. People are counted, never given as a risk.
#include <algorithm>

#include "cohort/metrics.hpp"
#include "cohort/result.hpp"
#include "report/json_parts.hpp"
#include "report/study_words.hpp"
#include "server/public_study.hpp"

namespace evenkeel::server {
namespace {

using json::Node;
using namespace cohort;

using report::computed;
using report::whole;

Node estimate_node(const std::optional<Estimate>& estimate) {
  return json::optional(estimate, [](const Estimate& each) {
    return json::object(
        {{"value", computed(each.value)}, {"low", computed(each.low)}, {"high", computed(each.high)}});
  });
}

Node quantiles_node(const std::optional<Quantiles>& quantiles) {
  return json::optional(quantiles, [](const Quantiles& each) {
    return json::object(
        {{"p05", computed(each.p05)}, {"median", computed(each.median)}, {"p95", computed(each.p95)}});
  });
}

Node factor_node(const Factor& factor) {
  const auto level = [](const Factor::Level& each) {
    return json::object({{"id", json::text(each.id)}, {"title", json::text(each.title)}});
  };
  return json::object({{"id", json::text(factor.id)},
                       {"title", json::text(factor.title)},
                       {"levels", json::list_of(factor.levels, level)}});
}

Node choice_node(const Study& study, const Arm& arm) {
  std::vector<std::pair<std::string, Node>> levels;
  for (std::size_t i = 0; i < arm.levels.size(); ++i)
    levels.emplace_back(study.factors[i].id, json::text(arm.levels[i]));
  return json::object({{"id", json::text(arm.id)},
                       {"title", json::text(arm.title)},
                       {"watched", json::boolean(is_watched(arm))},
                       {"levels", json::object(std::move(levels))}});
}

Node behaviour_node(const Study& study, std::size_t index) {
  const Behaviour& behaviour = study.behaviours[index];
  return json::object({{"id", json::text(behaviour.id)},
                       {"title", json::text(behaviour.title)},
                       {"story", json::text(behaviour.story)},
                       {"truth", json::text(report::study::truth_text(behaviour.truth))},
                       {"share", json::number(study.mix[index].share)}});
}

Node supposed_node(const AssumedField<Nature>& field, const Nature& nature) {
  const Assumed& number = nature.*field.field;
  return json::object({{"name", json::text(field.name)},
                       {"words", json::text(field.words)},
                       {"unit", json::text(field.unit)},
                       {"value", json::number(number.value)},
                       {"low", json::number(number.low)},
                       {"high", json::number(number.high)},
                       {"source", json::text(number.from.source)},
                       {"label", json::text(label_text(number.from.label))}});
}

// Noticed on an earlier day than harm, or no harm came; on the day of harm or after; not by the end.
Node signs_node(const Tally& all) {
  const std::uint64_t late = count(all.lead) - all.noticed_before_harm;
  return json::object({{"of", whole(all.with_onset)},
                       {"in_time", whole(all.noticed - late)},
                       {"late", whole(late)},
                       {"unnoticed", whole(all.with_onset - all.noticed)}});
}

// How many were noticed by each day after the onset of their sign.
Node noticed_by_day(const DayCounts& delay) {
  std::vector<Node> steps;
  std::uint64_t sum = 0;
  for (const auto& [day, times] : delay) {
    sum += times;
    steps.push_back(json::list({json::number(static_cast<long long>(day)), whole(sum)}));
  }
  return json::list(std::move(steps));
}

Node outcome_node(const Study& study, const Arm& arm, const ArmTally& tallies) {
  const Tally all = together(tallies);
  const Tally others = without_sign(tallies, study.behaviours);
  const Metrics found = metrics_of(all);
  return json::object(
      {{"watched", json::boolean(is_watched(arm))},
       {"signs", signs_node(all)},
       {"others",
        json::object({{"of", whole(others.patients)}, {"looked_at", whole(others.reached[alarm_level])}})},
       {"harm", json::object({{"count", whole(found.harm.count)}, {"of", whole(found.harm.of)}})},
       {"noticed_by_day", noticed_by_day(all.delay)},
       {"delay_days", estimate_node(found.noticing.delay.median)},
       {"false_alarms_a_year", estimate_node(false_alarms_of(others).a_year)},
       {"mean_clinic_mg", computed(found.exposure.mean_clinic_mg)},
       {"mean_outside_mg", computed(found.exposure.mean_outside_mg)},
       {"mean_sessions", computed(found.exposure.mean_sessions)},
       {"mean_uses", computed(found.exposure.mean_uses)},
       {"total_mg", quantiles_node(found.exposure.cumulative_mg)},
       {"hours_above_100", quantiles_node(found.exposure.hours_above)},
       {"peak_ng_mL", quantiles_node(found.exposure.peak_ng_mL)},
       {"mean_phq9_gain", computed(found.exposure.mean_phq9_gain)}});
}

}  // namespace

Node study_node(const Study& study) {
  std::vector<Node> arms, behaviours, supposed;
  for (const Arm& arm : study.arms) arms.push_back(choice_node(study, arm));
  for (std::size_t i = 0; i < study.behaviours.size(); ++i) behaviours.push_back(behaviour_node(study, i));
  for (const auto& field : nature_fields()) supposed.push_back(supposed_node(field, study.nature));
  const auto source = [](const std::pair<std::string, std::string>& each) {
    return json::object({{"key", json::text(each.first)}, {"citation", json::text(each.second)}});
  };
  return json::object({{"id", json::text(study.id)},
                       {"version", json::text(study.version)},
                       {"title", json::text(study.title)},
                       {"question", json::text(study.question)},
                       {"assumed", report::texts_node(study.assumed)},
                       {"patients", whole(study.patients)},
                       {"weeks", json::number(static_cast<long long>(study.weeks))},
                       {"seed", json::text(std::to_string(study.seed))},
                       {"model", json::text(study.model)},
                       {"dependence_harm", json::number(study.dependence_harm)},
                       {"reference", json::text(study.arms[reference_arm(study)].id)},
                       {"factors", json::list_of(study.factors, factor_node)},
                       {"arms", json::list(std::move(arms))},
                       {"behaviours", json::list(std::move(behaviours))},
                       {"supposed", json::list(std::move(supposed))},
                       {"sources", json::list_of(study.sources, source)}});
}

Node arm_node(const Study& study, std::size_t arm, const PublicStudy::State& state) {
  return json::object(
      {{"arm", json::text(study.arms[arm].id)},
       {"lived", whole(state.lived)},
       {"of", whole(study.patients)},
       {"outcome", state.whole ? outcome_node(study, study.arms[arm], *state.whole) : json::null()}});
}

}  // namespace evenkeel::server
