#include "assess/offer_help.hpp"

#include <iterator>

namespace evenkeel::assess {

void offer_help(const Library& library, Assessment& out) {
  if (out.level < 2) return;
  for (const watch::Pathway& pathway : library.pathways) {
    auto steps = watch::steps_for(pathway, out.level, out.rules);
    std::move(steps.begin(), steps.end(), std::back_inserter(out.help));
    out.versions.emplace_back(pathway.id, pathway.version);
  }
  if (library.criteria.empty()) return;
  const watch::DependenceCriteria& criteria = library.criteria.front();
  out.dependence_review = watch::review_dependence(criteria, out.rules);
  out.versions.emplace_back(criteria.id, criteria.version);
}

}  // namespace evenkeel::assess
