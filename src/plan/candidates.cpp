#include "plan/candidates.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "plan/propose.hpp"
#include "plan/rise.hpp"

namespace evenkeel::plan {
namespace {

constexpr std::string_view too_many_digits = "more digits than can be compared";

// The lowest dose of the trial that compared doses (0.1, 0.2, 0.5, 1.0 mg/kg; NCT01920555, seen). The step is
// a proposal.
Grid usual_grid(const care::PlanApproved& plan) {
  const Decimal lowest = *Decimal::parse("0.1");
  return {std::min(lowest, plan.dose_mg_per_kg),
          plan.dose_mg_per_kg,
          *Decimal::parse("0.05"),
          {decimal_of(plan.infusion_length.in(units::min), 3).value_or(Decimal{})},
          {Profile{}}};
}

Error no_grid(std::string what) {
  return {ErrorCode::invalid_input, "grid", std::move(what)};
}

Result<std::vector<Decimal>> doses_per_kg(const Grid& grid) {
  const auto width = subtract(grid.to_mg_per_kg, grid.from_mg_per_kg);
  if (!(grid.from_mg_per_kg > Decimal{}) || !(grid.step_mg_per_kg > Decimal{}) || !width ||
      !(*width >= Decimal{})) {
    return no_grid(fmt::format(
        "doses from {} to {} mg/kg in steps of {}; from and step are above zero, from "
        "is at most to",
        grid.from_mg_per_kg.to_string(), grid.to_mg_per_kg.to_string(), grid.step_mg_per_kg.to_string()));
  }
  const auto steps = whole_steps_within({*width}, grid.step_mg_per_kg);
  if (!steps || !(*steps < Decimal{static_cast<std::int64_t>(most_candidates)}))
    return no_grid(fmt::format("more than {} doses", most_candidates));
  std::vector<Decimal> doses;
  Result<Decimal> dose = grid.from_mg_per_kg;
  for (; dose && *dose <= grid.to_mg_per_kg; dose = add(*dose, grid.step_mg_per_kg)) doses.push_back(*dose);
  if (!dose) return no_grid(std::string(too_many_digits));
  if (doses.back() < grid.to_mg_per_kg) doses.push_back(grid.to_mg_per_kg);
  return doses;
}

// The broken limit that is exceeded most, or nothing.
std::optional<Checked> most_exceeded(const std::vector<Checked>& checks) {
  const Checked* worst = nullptr;
  for (const Checked& check : checks) {
    if (!check.kept && (worst == nullptr || check.used > worst->used)) worst = &check;
  }
  return worst == nullptr ? std::nullopt : std::optional{*worst};
}

std::string dose_words(const Prescription& wanted) {
  return fmt::format("{} mg over {} min, {}", short_text(wanted.mg), short_text(wanted.minutes),
                     wanted.profile.name);
}

Refused refuse(const Prescription& wanted, RefusedBy by, std::optional<Checked> limit,
               const std::string& why) {
  return {wanted.mg, wanted.minutes, wanted.profile.name,
          by,        limit,          fmt::format("{} is refused: {}", dose_words(wanted), why)};
}

// True unless `seen` is known to be at or below `most` per kg.
bool is_above(const Ratio& seen, double most_per_kg, const Decimal& weight_kg) {
  const auto most = decimal_of(most_per_kg, 9);
  const auto allowed = most ? multiply(*most, weight_kg) : most;
  return !(allowed && at_most(seen, {*allowed}));
}

Candidate described(const DoseQuestion& q, const Prescription& wanted, const Delivered& delivered,
                    std::vector<Checked> checks) {
  const Decimal& weight_kg = q.patient.weight->kg;
  const BodyMass weight = weight_kg.to_double() * units::kg;
  Candidate made;
  made.wanted_mg = wanted.mg;
  made.minutes = wanted.minutes;
  made.profile = wanted.profile;
  made.delivered = delivered;
  made.per_kg = delivered.mg.to_double() * units::mg / weight;
  made.highest_rate = delivered.highest_mg_h.to_double() * (units::mg / units::h);
  made.highest_rate_per_kg = made.highest_rate / weight;
  made.nearest =
      static_cast<std::size_t>(std::ranges::max_element(checks, {}, &Checked::used) - checks.begin());
  made.limits = std::move(checks);
  const auto last = last_given(q.patient);
  made.rise = last && is_rise(delivered.tested(), weight_kg, *last, q.site);
  // Without a dose by weight in the protocol nothing says where the two begin: both are asked for.
  const auto& dosing = q.protocol.dosing;
  made.second_signature =
      !dosing ||
      is_above({delivered.mg}, dosing->second_signature_above.value.in(units::mg / units::kg), weight_kg);
  made.step_up_monitoring =
      !dosing ||
      is_above({delivered.highest_mg_h},
               dosing->step_up_monitoring_above.value.in(units::mg / units::kg / units::h), weight_kg);
  return made;
}

std::optional<double> value_at(const pkpd::PairedEffect& effect, Concentration level) {
  const auto value = effect.at(level);
  return value ? std::optional{value->typical} : std::nullopt;
}

std::vector<EffectPrediction> effects_of(const ModelForecast& model, const Predicted& predicted) {
  std::vector<EffectPrediction> all;
  for (std::size_t k = 0; k < model.read_outs.size(); ++k) {
    const pkpd::PairedEffect& effect = model.read_outs[k].effect;
    const Spread<Concentration>& level = predicted.sites[k];
    all.push_back({effect.effect().id,
                   effect.effect().unit,
                   level,
                   {value_at(effect, level.p5), value_at(effect, level.p50), value_at(effect, level.p95)}});
  }
  return all;
}

bool is_same(const Candidate& a, const Candidate& b) {
  return a.delivered.mg == b.delivered.mg && a.minutes == b.minutes && a.profile == b.profile;
}

}  // namespace

Result<LimitSet> limits_in_force(const DoseQuestion& q) {
  std::vector<Limit> all = compiled_in();
  const auto take = [&](const std::vector<Limit>& more) { all.insert(all.end(), more.begin(), more.end()); };
  take(q.site.limits);
  take(limits_of(q.protocol, q.patient.phase));
  if (q.patient.plan) {
    const auto of_plan = limits_of(*q.patient.plan);
    if (!of_plan) return of_plan.error();
    take(*of_plan);
  }
  take(q.limits);
  return LimitSet::make(std::move(all));
}

LimitContext context_of(const DoseQuestion& q) {
  return {q.patient.weight->kg, q.start, q.patient.history};
}

Result<std::vector<Prescription>> wanted_doses(const DoseQuestion& q) {
  const Grid grid = q.grid ? *q.grid : usual_grid(q.patient.plan->plan);
  const auto doses = doses_per_kg(grid);
  if (!doses) return doses.error();
  if (grid.minutes.empty() || grid.profiles.empty()) return no_grid("no length or no profile");
  if (doses->size() * grid.minutes.size() * grid.profiles.size() > most_candidates)
    return no_grid(fmt::format("more than {} candidates", most_candidates));
  std::vector<Prescription> wanted;
  for (const Profile& profile : grid.profiles) {
    const auto sound = checked_profile(profile);
    if (!sound) return no_grid(sound.error().what);
    for (const Decimal& minutes : grid.minutes) {
      if (!(minutes > Decimal{} && minutes <= Decimal{100'000}))
        return no_grid(fmt::format("a length of {} min; above 0, at most 100000", minutes.to_string()));
      for (const Decimal& dose : *doses) {
        const auto mg = multiply(dose, q.patient.weight->kg);
        if (!mg) return no_grid(std::string(too_many_digits));
        wanted.push_back({*mg, minutes, profile});
      }
    }
  }
  return wanted;
}

Result<OneSifted> sift_one(const DoseQuestion& q, const LimitSet& limits, const Prescription& wanted,
                           bool rise_reason) {
  const auto tested = as_wanted(wanted);
  if (!tested) return tested.error();
  const LimitContext context = context_of(q);
  if (const auto broken = most_exceeded(limits.check(*tested, context)))
    return OneSifted{refuse(wanted, RefusedBy::limit, broken, broken->sentence())};
  const auto last = last_given(q.patient);
  if (rise_reason && last && is_rise(*tested, context.weight_kg, *last, q.site)) {
    if (const auto why = no_reason_to_rise(q.patient))
      return OneSifted{refuse(wanted, RefusedBy::no_reason_to_rise, {}, *why)};
  }
  const auto delivered = deliverable(wanted, q.site.syringe, q.site.pump);
  if (!delivered)
    return OneSifted{refuse(wanted, RefusedBy::cannot_be_delivered, {}, delivered.error().what)};
  auto checks = limits.check(delivered->tested(), context);
  if (const auto broken = most_exceeded(checks))
    return OneSifted{refuse(wanted, RefusedBy::limit, broken, "as delivered, " + broken->sentence())};
  return OneSifted{described(q, wanted, *delivered, std::move(checks))};
}

Result<Sifted> sift(const DoseQuestion& q, const LimitSet& limits, const std::vector<Prescription>& wanted) {
  Sifted all;
  for (const Prescription& each : wanted) {
    auto one = sift_one(q, limits, each);
    if (!one) return one.error();
    if (auto* refused = std::get_if<Refused>(&*one)) {
      all.refused.push_back(std::move(*refused));
      continue;
    }
    auto& candidate = std::get<Candidate>(*one);
    const bool there = std::ranges::any_of(all.candidates,
                                           [&](const Candidate& other) { return is_same(other, candidate); });
    if (there)
      ++all.same;
    else
      all.candidates.push_back(std::move(candidate));
  }
  return all;
}

Result<bool> predict_all(const DoseQuestion& q, std::vector<Candidate>& candidates, const Each& each) {
  std::vector<Shape> shapes;
  std::vector<DoseOfShape> doses;
  for (const Candidate& candidate : candidates) {
    const auto known = std::ranges::find_if(shapes, [&](const Shape& shape) {
      return shape.minutes == candidate.minutes && shape.profile == candidate.profile;
    });
    doses.push_back(
        {static_cast<std::size_t>(known - shapes.begin()), candidate.delivered.mg.to_double() * units::mg});
    if (known == shapes.end()) shapes.push_back({candidate.minutes, candidate.profile});
  }
  std::vector<std::vector<Predicted>> by_model;
  for (const ModelForecast& model : q.models) {
    auto predicted = predict(model, q.start, shapes, doses, q.threads);
    if (!predicted) return predicted.error();
    by_model.push_back(*std::move(predicted));
  }
  for (std::size_t c = 0; c < candidates.size(); ++c) {
    candidates[c].times = times_of(shapes[doses[c].shape]);
    std::vector<const Predicted*> of_models;
    for (std::size_t m = 0; m < by_model.size(); ++m) {
      Predicted& predicted = by_model[m][c];
      candidates[c].predictions.push_back(
          {m, std::move(predicted.band), predicted.peak, predicted.area, effects_of(q.models[m], predicted)});
      of_models.push_back(&predicted);
    }
    each(c, of_models);
  }
  return true;
}

std::vector<ModelUsed> models_used(const DoseQuestion& q) {
  std::vector<ModelUsed> used;
  for (const ModelForecast& model : q.models) {
    ModelUsed one{model.forecast.model, model.forecast.version, model.forecast.basis,
                  model.forecast.members.size(), model.forecast.caveats};
    for (const ReadOut& read_out : model.read_outs) {
      for (const std::string& caveat : read_out.effect.caveats())
        one.caveats.push_back(fmt::format("{}: {}", read_out.effect.effect().id, caveat));
    }
    used.push_back(std::move(one));
  }
  return used;
}

}  // namespace evenkeel::plan
