#include "assess/own_draws.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace evenkeel::assess {
namespace {

Error refused(const pkpd::Model& model, std::string_view why) {
  return {ErrorCode::outside_domain, model.id, fmt::format("model {} {}", model.id, why)};
}

individual::SampleOptions sampling(const DrawOptions& options) {
  return {.seed = options.seed, .effective = options.effective, .threads = options.threads};
}

// The question without the measurements at `left_out`.
individual::Question kept(const individual::Question& question, const std::vector<std::size_t>& left_out) {
  individual::Question made = question;
  made.measured.clear();
  for (std::size_t i = 0; i < question.measured.size(); ++i) {
    if (std::ranges::find(left_out, i) == left_out.end()) made.measured.push_back(question.measured[i]);
  }
  return made;
}

Result<OwnDraws> drawn(std::unique_ptr<pkpd::Structure> structure, PatientQuestion asked,
                       individual::Problem problem, const DrawOptions& options) {
  individual::Estimate estimate = individual::most_likely(problem);
  if (!estimate.converged) {
    return refused(structure->model(),
                   "has no parameters that come near what was measured: the search did not converge. Look at "
                   "the units and times of the assays");
  }
  individual::Posterior posterior = individual::sample(problem, estimate, sampling(options));
  estimate = individual::lower_of(problem, estimate, posterior);
  return OwnDraws{std::move(structure),
                  std::move(asked),
                  std::move(problem),
                  std::move(estimate),
                  std::move(posterior),
                  std::nullopt,
                  {}};
}

}  // namespace

Result<OwnDraws> own_draws(const ExposureQuestion& record, const pkpd::Model& model,
                           const DrawOptions& options) {
  auto structure = std::make_unique<pkpd::Structure>(model);
  auto asked = question_of(record, *structure);
  if (!asked) return asked.error();
  if (options.assumed_sd) assume_scatter(model, *options.assumed_sd, *asked);
  auto problem = individual::Problem::make(asked->question);
  if (!problem) return problem.error();
  if (asked->question.measured.empty())
    return drawn(std::move(structure), *std::move(asked), *std::move(problem), options);
  if (problem->effects().effects().empty())
    return refused(model, "does not say how patients differ, so a measurement cannot tell how this one does");
  auto fit = individual::check_fit(*problem, {sampling(options), 1000});
  if (!fit) return fit.error();
  auto suspicions = individual::suspect(*problem, fit->outliers, {sampling(options), 1000});
  if (!suspicions) return suspicions.error();
  if (!fit->left_out.empty()) {
    problem = individual::Problem::make(kept(asked->question, fit->left_out));
    if (!problem) return problem.error();
  }
  auto made = drawn(std::move(structure), *std::move(asked), *std::move(problem), options);
  if (!made) return made.error();
  made->fit = *std::move(fit);
  made->suspicions = *std::move(suspicions);
  return made;
}

Result<OwnDraws> population_draws(const ExposureQuestion& record, const pkpd::Model& model,
                                  const DrawOptions& options) {
  auto structure = std::make_unique<pkpd::Structure>(model);
  auto asked = question_of(record, *structure);
  if (!asked) return asked.error();
  asked->question.measured.clear();
  auto problem = individual::Problem::make(asked->question);
  if (!problem) return problem.error();
  return drawn(std::move(structure), *std::move(asked), *std::move(problem), options);
}

}  // namespace evenkeel::assess
