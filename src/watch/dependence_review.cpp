#include "watch/dependence_review.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace evenkeel::watch {
namespace {

std::string aside_of(const Finding& finding) {
  if (finding.closed) return fmt::format("closed by {}: {}", finding.closed->by, finding.closed->reason);
  if (!finding.explained_by.empty()) return "may be explained by " + finding.explained_by;
  return {};
}

CriterionView view_of(const Criterion& criterion, std::span<const RuleOutcome> outcomes) {
  CriterionView view{criterion, Spoken::not_looked_for, {}, {}};
  bool looked = false;
  for (const RuleOutcome& outcome : outcomes) {
    if (std::ranges::find(criterion.rules, outcome.rule) == criterion.rules.end()) continue;
    if (outcome.outcome == Outcome::not_judged)
      view.not_judged.push_back(outcome.title);
    else
      looked = true;
    for (const Finding& finding : outcome.findings)
      view.findings.push_back({finding.rule, finding.text, aside_of(finding)});
  }
  if (looked) view.spoken = Spoken::nothing;
  if (!view.findings.empty()) view.spoken = Spoken::found;
  return view;
}

// Whether a finding of these that no clinician has closed speaks to the criterion. One that may be explained
// does: an explanation is a question still to be asked.
bool stands(const Criterion& criterion, std::span<const RuleOutcome> outcomes) {
  return std::ranges::any_of(outcomes, [&](const RuleOutcome& outcome) {
    return std::ranges::find(criterion.rules, outcome.rule) != criterion.rules.end() &&
           std::ranges::any_of(outcome.findings, [](const Finding& f) { return !f.closed; });
  });
}

std::string citation(const DependenceCriteria& criteria) {
  const auto source =
      std::ranges::find(criteria.sources, criteria.from.source, &std::pair<std::string, std::string>::first);
  const std::string cited = source == criteria.sources.end() ? criteria.from.source : source->second;
  return fmt::format("{} ({})", cited, label_words(criteria.from.label));
}

}  // namespace

DependenceReview review_dependence(const DependenceCriteria& criteria,
                                   std::span<const RuleOutcome> outcomes) {
  DependenceReview review{criteria.id + " " + criteria.version,
                          criteria.status,
                          criteria.title,
                          criteria.use,
                          citation(criteria),
                          {},
                          {}};
  bool supervised_only = false;
  bool other = false;
  for (const Criterion& criterion : criteria.criteria) {
    review.views.push_back(view_of(criterion, outcomes));
    if (!stands(criterion, outcomes)) continue;
    (criterion.counts_under_supervision ? other : supervised_only) = true;
  }
  if (supervised_only && !other) review.supervised = criteria.supervised;
  return review;
}

}  // namespace evenkeel::watch
