#include "assess/sampling.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "individual/next_sample.hpp"

namespace evenkeel::assess {
namespace {

// The patient as now, with the planned dose, or as the course stands.
individual::Question with_dose(const OwnDraws& own, const care::Facts& facts, const SampleQuestion& wanted) {
  individual::Question question = own.problem.question();
  if (!wanted.dose) return question;
  const Duration at = wanted.dose->at - own.asked.zero;
  individual::Span span = question.spans.back();
  span.from = at;
  span.occasion += 1;
  if (facts.weight) span.patient.weight = *facts.weight;
  question.spans.push_back(span);
  question.given.push_back({at, wanted.dose->length, wanted.dose->amount, 0});
  return question;
}

// Every output with a scatter that is stated or assumed, measured down to the limit that the record knows of.
std::vector<individual::Assay> assays_of(const individual::Question& question, const PatientQuestion& asked) {
  std::vector<individual::Assay> assays;
  const pkpd::Model& model = question.structure->model();
  for (std::size_t output = 0; output < model.outputs.size(); ++output) {
    for (const auto* errors : {&question.assumed, &model.variability.residuals}) {
      const auto found = std::ranges::find(*errors, model.outputs[output].id, &pkpd::ResidualError::output);
      if (found == errors->end()) continue;
      assays.push_back({output,
                        {found->proportional_sd, found->additive_sd.canonical(), found->log_sd},
                        asked.limits[output]});
      break;
    }
  }
  return assays;
}

std::string first_clearance(const individual::Problem& problem) {
  for (const auto& effect : problem.effects().effects()) {
    const auto& parameter = problem.question().structure->model().parameters[effect.parameter];
    if (parameter.dimension == pkpd::Dimension::clearance) return effect.name;
  }
  return problem.effects().effects().empty() ? std::string{} : problem.effects().effects().front().name;
}

}  // namespace

Result<NextSampleView> when_to_sample(const OwnDraws& own, const care::Facts& facts,
                                      const SampleQuestion& wanted, int threads) {
  auto problem = individual::Problem::make(with_dose(own, facts, wanted));
  if (!problem) return problem.error();
  individual::SampleWish wish;
  wish.threads = threads;
  NextSampleView found;
  for (const auto& [from, to] : wanted.windows)
    wish.windows.push_back({from - own.asked.zero, to - own.asked.zero});
  wish.assays = assays_of(problem->question(), own.asked);
  if (wanted.dose) {
    const Duration at = wanted.dose->at - own.asked.zero;
    wish.target = individual::PeakTarget{{at, at + wanted.dose->length + 1.0 * units::h}, 0};
    found.target = "the highest concentration of the planned dose";
  } else {
    const std::string name = wanted.parameter.empty() ? first_clearance(*problem) : wanted.parameter;
    wish.target = individual::ParameterTarget{name};
    found.target = name;
  }
  const auto next = individual::next_sample(*problem, own.posterior, wish);
  if (!next) return next.error();
  found.words = next->words;
  for (const individual::SampleTime& each : next->ranked) {
    if (found.ranked.size() == 5) break;
    found.ranked.push_back({own.asked.zero + each.at,
                            problem->question().structure->model().outputs[each.output].id, each.bits,
                            each.sd_fall_percent, each.chance_below});
  }
  return found;
}

}  // namespace evenkeel::assess
