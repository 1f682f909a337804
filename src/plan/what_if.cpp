#include "plan/what_if.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "plan/candidates.hpp"
#include "plan/response_members.hpp"
#include "plan/rise.hpp"

namespace evenkeel::plan {
namespace {

Error fault(std::string what) {
  return {ErrorCode::invalid_input, "what_if", std::move(what)};
}

std::vector<Gap> gaps_at(const DoseQuestion& q, Instant start) {
  return gaps({q.patient, q.protocol, q.site, q.drug, q.purpose, q.now, start});
}

// All limits but the plan's own dose and rate, which are what a step up would change.
Result<LimitSet> without_plan_dose(DoseQuestion q) {
  if (q.patient.plan) {
    auto of_plan = limits_of(*q.patient.plan);
    if (!of_plan) return of_plan.error();
    std::erase_if(*of_plan, [](const Limit& limit) {
      return limit.kind == LimitKind::dose_per_kg || limit.kind == LimitKind::rate_per_kg;
    });
    q.limits.insert(q.limits.end(), of_plan->begin(), of_plan->end());
    q.patient.plan.reset();
  }
  return limits_in_force(q);
}

// What it would need before it could be given.
std::vector<std::string> conditions_of(const DoseQuestion& q, const LimitSet& all,
                                       const Candidate& candidate) {
  std::vector<std::string> conditions;
  for (const Checked& check : all.check(candidate.delivered.tested(), context_of(q))) {
    if (!check.kept) conditions.push_back(fmt::format("A change of the plan: {}.", check.sentence()));
  }
  if (const auto why = no_reason_to_rise(q.patient); candidate.rise && why)
    conditions.push_back(fmt::format("A reason: {}.", *why));
  if (candidate.second_signature) conditions.push_back("The signatures of two clinicians.");
  for (const Gap& gap : gaps_at(q, q.start)) conditions.push_back(gap.sentence() + ".");
  return conditions;
}

bool reads_same(const ModelForecast& a, const ModelForecast& b) {
  const auto& of_a = a.forecast.outputs[a.output];
  const auto& of_b = b.forecast.outputs[b.output];
  return of_a.moiety == of_b.moiety && of_a.site == of_b.site;
}

OverModels over(const DoseQuestion& q, const Candidate& candidate, std::size_t first) {
  const auto& output = q.models[first].forecast.outputs[q.models[first].output];
  const ModelPrediction& start = candidate.predictions[first];
  OverModels range{{output.moiety, output.site},    {}, {},
                   {start.peak.p5, start.peak.p95}, {}, {start.area.p5, start.area.p95}};
  for (const auto& at : start.band) range.band.push_back({at.p5, at.p95});
  Concentration lowest = start.peak.p50;
  Concentration highest = start.peak.p50;
  for (std::size_t m = first; m < q.models.size(); ++m) {
    if (!reads_same(q.models[first], q.models[m])) continue;
    const ModelPrediction& each = candidate.predictions[m];
    range.models.push_back(m);
    range.peak = {std::min(range.peak.low, each.peak.p5), std::max(range.peak.high, each.peak.p95)};
    range.area = {std::min(range.area.low, each.area.p5), std::max(range.area.high, each.area.p95)};
    lowest = std::min(lowest, each.peak.p50);
    highest = std::max(highest, each.peak.p50);
    for (std::size_t t = 0; t < range.band.size(); ++t) {
      range.band[t] = {std::min(range.band[t].low, each.band[t].p5),
                       std::max(range.band[t].high, each.band[t].p95)};
    }
  }
  if (const auto middle = Interval<Concentration>::make(lowest, highest)) range.middle_peak = *middle;
  return range;
}

std::vector<OverModels> over_models(const DoseQuestion& q, const Candidate& candidate) {
  std::vector<OverModels> groups;
  for (std::size_t m = 0; m < q.models.size(); ++m) {
    const bool there = std::ranges::any_of(groups, [&](const OverModels& group) {
      return reads_same(q.models[group.models.front()], q.models[m]);
    });
    if (!there) groups.push_back(over(q, candidate, m));
  }
  return groups;
}

Result<WhatIfRow> row_of(DoseQuestion q, const Alternative& alternative) {
  q.start = alternative.start;
  if (!alternative.models.empty()) q.models = alternative.models;
  for (const ModelForecast& model : q.models) {
    if (auto wrong = fault_of(model, q.start)) return *std::move(wrong);
  }
  WhatIfRow row{alternative.change, alternative.words, alternative.start, {}, {}, {}, models_used(q), {}};
  if (const auto sound = checked_profile(alternative.dose.profile); !sound) return fault(sound.error().what);
  const auto hard = without_plan_dose(q);
  const auto all = limits_in_force(q);
  if (!hard || !all) return hard ? all.error() : hard.error();
  auto sifted = sift_one(q, *hard, alternative.dose, false);
  if (!sifted) return sifted.error();
  if (auto* refused = std::get_if<Refused>(&*sifted)) {
    row.refused = std::move(*refused);
    return row;
  }
  std::vector<Candidate> one{std::get<Candidate>(*std::move(sifted))};
  row.conditions = conditions_of(q, *all, one.front());
  const auto predicted = predict_all(q, one, [](std::size_t, std::span<const Predicted* const>) {});
  if (!predicted) return predicted.error();
  row.over_models = over_models(q, one.front());
  row.candidate = std::move(one.front());
  return row;
}

}  // namespace

Result<std::vector<Alternative>> usual_alternatives(const DoseQuestion& q, const Decimal& step_mg_per_kg,
                                                    Duration longer) {
  if (!q.patient.weight || !q.patient.plan) return fault("no weight or no plan to make alternatives from");
  if (q.patient.plan->plan.fixed_dose_mg)
    return fault("the plan has a fixed dose: there are no alternatives by weight");
  if (!(step_mg_per_kg > Decimal{}) || !(longer > Duration{} && is_finite(longer)))
    return fault("a step and a longer interval are above zero");
  const Decimal& kg = q.patient.weight->kg;
  const auto last = last_given(q.patient);
  const auto same = last ? Result<Decimal>{last->mg} : multiply(q.patient.plan->plan.dose_mg_per_kg, kg);
  const auto step = multiply(step_mg_per_kg, kg);
  const auto minutes = decimal_of(q.patient.plan->plan.infusion_length.in(units::min), 3);
  if (!same || !step || !minutes) return fault("numbers with more digits than can be compared");
  const auto up = add(*same, *step);
  const auto down = subtract(*same, *step);
  if (!up || !down) return fault("numbers with more digits than can be compared");
  const std::string by = fmt::format("by {} mg/kg", short_text(step_mg_per_kg));
  std::vector<Alternative> all{
      {Change::same, last ? "this session again" : "the plan's dose", {*same, *minutes, {}}, q.start},
      {Change::step_up, "a step up, " + by, {*up, *minutes, {}}, q.start}};
  if (*down > Decimal{})
    all.push_back({Change::step_down, "a step down, " + by, {*down, *minutes, {}}, q.start});
  all.push_back({Change::longer_interval,
                 fmt::format("{:g} d later", longer.in(units::day)),
                 {*same, *minutes, {}},
                 q.start + longer});
  return all;
}

Result<WhatIf> what_if(const DoseQuestion& q, const std::vector<Alternative>& alternatives) {
  WhatIf answer{gaps_at(q, q.start), {}, q.versions, q.seed};
  if (q.models.empty())
    answer.gaps.push_back(
        {GapKind::missing, "prediction", "", "a model that holds for this patient and drug"});
  if (!answer.gaps.empty()) return answer;
  for (const Alternative& alternative : alternatives) {
    auto row = row_of(q, alternative);
    if (!row) return row.error();
    answer.rows.push_back(*std::move(row));
  }
  return answer;
}

}  // namespace evenkeel::plan
