#include "plan/propose.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "plan/candidates.hpp"
#include "plan/judge.hpp"
#include "plan/questions.hpp"
#include "plan/response_members.hpp"

namespace evenkeel::plan {
namespace {

std::vector<Gap> gaps_of(const DoseQuestion& q, const Judge& judge) {
  auto all = gaps({q.patient, q.protocol, q.site, q.drug, q.purpose, q.now, q.start});
  if (q.models.empty()) {
    all.push_back({GapKind::missing, "prediction", "", "a model that holds for this patient and drug"});
    return all;
  }
  const auto of_aims = judge.gaps();
  all.insert(all.end(), of_aims.begin(), of_aims.end());
  return all;
}

DoseAnswer begun(const DoseQuestion& q) {
  DoseAnswer answer;
  answer.models = models_used(q);
  for (const Aim& aim : q.aims) answer.aims.push_back(aim_words(aim));
  answer.versions = q.versions;
  answer.versions.emplace_back("limits compiled in", "1");
  answer.versions.emplace_back("protocol " + q.protocol.id, q.protocol.version);
  answer.versions.emplace_back("site " + q.site.id, q.site.version);
  for (const ModelUsed& model : answer.models)
    answer.versions.emplace_back("model " + model.model, model.version);
  answer.seed = q.seed;
  return answer;
}

std::vector<std::string> workings_of(const DoseQuestion& q, const std::vector<DoseCap>& caps,
                                     const Sifted& sifted, const Decimal& minutes) {
  std::vector<std::string> lines;
  const KnownWeight& weight = *q.patient.weight;
  lines.push_back(fmt::format("Weight {} kg ({} basis), of {}.", short_text(weight.kg),
                              weight.basis == care::WeightBasis::actual ? "actual" : "ideal",
                              weight.at.to_string()));
  for (std::size_t i = 0; i < caps.size(); ++i) {
    lines.push_back(fmt::format(
        "{}{}: {}; {}.", caps[i].workings,
        i == 0 ? fmt::format(" binds an even infusion of {} min", short_text(minutes))
               : " allows more or as much",
        caps[i].limit.from.note.empty() ? label_words(caps[i].limit.from.label) : caps[i].limit.from.note,
        caps[i].limit.source));
  }
  lines.push_back(
      fmt::format("Doses are rounded down to {} mL of {} mg/mL, rates to {} mL/h, then held against "
                  "every limit again. The pump runs until the volume is in.",
                  short_text(q.site.syringe.step_mL), short_text(q.site.syringe.mg_per_mL),
                  short_text(q.site.pump.step_mL_h)));
  lines.push_back(fmt::format("{} candidates, {} refused, {} the same as another once rounded.",
                              sifted.candidates.size(), sifted.refused.size(), sifted.same));
  lines.push_back(
      fmt::format("Bands are 5, 50 and 95 % of a model's members, for the planned length, at {} "
                  "times; a peak is the highest of these times.",
                  times_of_a_band));
  lines.push_back(
      "An effect is judged by its relation's typical numbers and by the most sensitive end of its "
      "published interval; the lower probability counts. How people differ in the relation itself "
      "was not published and is not in it.");
  return lines;
}

Result<Advice> advise(const DoseQuestion& q, const Judge& judge, Sifted sifted) {
  Advice advice{std::move(sifted.candidates), std::move(sifted.refused)};
  const auto predicted =
      predict_all(q, advice.ranked, [&](std::size_t c, std::span<const Predicted* const> of_models) {
        advice.ranked[c].aims = judge.judge(of_models);
      });
  if (!predicted) return predicted.error();
  rank(q, advice.ranked);
  return advice;
}

}  // namespace

Result<DoseAnswer> propose(const DoseQuestion& q) {
  for (const ModelForecast& model : q.models) {
    if (auto wrong = fault_of(model, q.start)) return *std::move(wrong);
  }
  const auto judge = Judge::make(q);
  if (!judge) return judge.error();
  DoseAnswer answer = begun(q);
  if (auto reasons = gaps_of(q, *judge); !reasons.empty()) {
    answer.outcome = NoAdvice{std::move(reasons)};
    return answer;
  }
  const auto limits = limits_in_force(q);
  if (!limits) return limits.error();
  const auto wanted = wanted_doses(q);
  if (!wanted) return wanted.error();
  auto sifted = sift(q, *limits, *wanted);
  if (!sifted) return sifted.error();
  const Decimal minutes = wanted->front().minutes;
  const auto caps = limits->dose_caps(minutes, context_of(q));
  if (!caps) return caps.error();
  answer.workings = workings_of(q, *caps, *sifted, minutes);
  auto advice = advise(q, *judge, *std::move(sifted));
  if (!advice) return advice.error();
  answer.questions = careful_questions(q, *advice);
  answer.outcome = *std::move(advice);
  return answer;
}

}  // namespace evenkeel::plan
