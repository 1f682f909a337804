#include "individual/compare.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/expects.hpp"

namespace evenkeel::individual {
namespace {

using Ids = std::vector<std::string>;

// Sorted.
Ids ids_of(const Candidate& candidate) {
  Ids ids;
  if (candidate.problem == nullptr) return ids;
  for (const Measured& each : candidate.problem->question().measured) ids.push_back(each.id);
  std::ranges::sort(ids);
  return ids;
}

std::string joined(const Ids& ids) {
  std::string text;
  for (std::size_t i = 0; i < ids.size(); ++i) text += (i > 0 ? ", " : "") + ids[i];
  return text;
}

Ids without_those_of(const Ids& ids, const Ids& others) {
  Ids rest;
  for (const std::string& id : ids) {
    if (!std::ranges::binary_search(others, id)) rest.push_back(id);
  }
  return rest;
}

// The largest set of measurements that one candidate predicts; of equal ones the preferred model's, then the
// first.
Ids weighed_ids(std::span<const Candidate> candidates) {
  Ids best;
  bool preferred = false;
  for (const Candidate& each : candidates) {
    const Ids ids = ids_of(each);
    if (ids.size() > best.size() || (ids.size() == best.size() && each.preferred && !preferred)) {
      best = ids;
      preferred = each.preferred;
    }
  }
  return best;
}

ModelWeight considered(const Candidate& candidate, const Ids& weighed) {
  ModelWeight found{candidate.model, candidate.preferred, {}, 0.0, {}, {}, candidate.reason};
  if (candidate.problem == nullptr) return found;
  const Posterior& posterior = *candidate.posterior;
  const auto draws = static_cast<double>(posterior.weights.size());
  found.log_likelihood = posterior.log_likelihood;
  found.log_likelihood_error = std::sqrt(std::max(1.0 / posterior.effective - 1.0 / draws, 0.0));
  const Ids own = ids_of(candidate);
  found.missing = without_those_of(weighed, own);
  const Ids more = without_those_of(own, weighed);
  if (!found.missing.empty() || !more.empty()) {
    found.remark = "not weighed: it does not predict the same measurements";
    if (!found.missing.empty()) found.remark += ", without " + joined(found.missing);
    if (!more.empty()) found.remark += ", with " + joined(more) + " besides";
    return found;
  }
  found.weight = 0.0;
  if (!candidate.problem->question().assumed.empty())
    found.remark = "its weight rests on an assumed scatter of the measurements";
  return found;
}

// exp(log_likelihood) of those weighed, over their sum.
void normalise(std::vector<ModelWeight>& models) {
  double highest = -std::numeric_limits<double>::infinity();
  for (const ModelWeight& each : models) {
    if (each.weight) highest = std::max(highest, *each.log_likelihood);
  }
  double sum = 0.0;
  for (const ModelWeight& each : models) {
    if (each.weight) sum += std::exp(*each.log_likelihood - highest);
  }
  for (ModelWeight& each : models) {
    if (each.weight) each.weight = std::exp(*each.log_likelihood - highest) / sum;
  }
}

std::string percent(double weight) {
  return weight < 0.001 ? "below 0.1 %" : fmt::format("{:.{}f} %", 100.0 * weight, weight < 0.1 ? 1 : 0);
}

std::string words_of(const Comparison& found) {
  const auto weighed =
      std::ranges::count_if(found.models, [](const ModelWeight& m) { return m.weight.has_value(); });
  if (weighed == 0) return "No model could be asked about this patient.";
  if (found.measured.empty())
    return "Nothing was measured: the weights are those before, equal, and say nothing of the patient.";
  if (weighed == 1)
    return fmt::format(
        "Only {} predicts the {} measurement(s) that any model does: there is nothing to weigh it "
        "against.",
        found.models.front().model, found.measured.size());
  std::string text =
      fmt::format("By how well each expected the {} measurements: {} {}", found.measured.size(),
                  found.models[0].model, percent(*found.models[0].weight));
  for (std::size_t k = 1; k < static_cast<std::size_t>(weighed); ++k)
    text += fmt::format(", {} {}", found.models[k].model, percent(*found.models[k].weight));
  text +=
      ". A weight is the probability of a model if all of these were as likely before and one of them were "
      "true; it does not say that any of them fits.";
  if (found.look_at_preferred) {
    const auto preferred = std::ranges::find_if(found.models, &ModelWeight::preferred);
    text += fmt::format(
        " {}, which would be used, has less than {:.0f} %: look at it before its doses are relied on.",
        preferred->model, 100.0 * preferred_from);
  }
  return text;
}

}  // namespace

Comparison compare(std::span<const Candidate> candidates) {
  expects(std::ranges::count_if(candidates, &Candidate::preferred) <= 1, "at most one model is preferred");
  Comparison found;
  found.measured = weighed_ids(candidates);
  for (const Candidate& each : candidates) {
    expects((each.problem == nullptr) == (each.posterior == nullptr),
            "a problem and its posterior, or neither");
    found.models.push_back(considered(each, found.measured));
  }
  normalise(found.models);
  std::ranges::stable_sort(found.models, std::greater{},
                           [](const ModelWeight& each) { return each.weight.value_or(-1.0); });
  found.look_at_preferred = std::ranges::any_of(found.models, [](const ModelWeight& each) {
    return each.preferred && each.weight && *each.weight < preferred_from;
  });
  found.words = words_of(found);
  return found;
}

}  // namespace evenkeel::individual
