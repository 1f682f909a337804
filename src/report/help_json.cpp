#include "json/write.hpp"
#include "report/help_parts.hpp"
#include "report/json_parts.hpp"

namespace evenkeel::report {
namespace {

using json::Node;

Node step_node(const watch::HelpStep& step) {
  return json::object(
      {{"id", json::text(step.id)},
       {"title", json::text(step.title)},
       {"what", json::text(step.words)},
       {"who", json::text(step.who)},
       {"by", json::optional(step.by, [](const Instant& at) { return json::text(at.to_string()); })},
       {"basis", json::text(step.basis)},
       {"source", json::text(step.source)}});
}

Node finding_node(const watch::CriterionFinding& finding) {
  return json::object({{"rule", json::text(finding.rule)},
                       {"text", json::text(finding.text)},
                       {"aside", json::text(finding.aside)}});
}

Node item_node(const watch::ItemReference& item) {
  return json::object({{"instrument", json::text(item.instrument)}, {"item", json::text(item.item)}});
}

Node view_node(const watch::CriterionView& view) {
  const char* spoken = view.spoken == watch::Spoken::found     ? "findings"
                       : view.spoken == watch::Spoken::nothing ? "nothing"
                                                               : "not_looked_for";
  return json::object({{"id", json::text(view.criterion.id)},
                       {"words", json::text(view.criterion.words)},
                       {"question", json::text(view.criterion.question)},
                       {"counts_under_supervision", json::boolean(view.criterion.counts_under_supervision)},
                       {"rules", texts_node(view.criterion.rules)},
                       {"items", json::list_of(view.criterion.items, item_node)},
                       {"record", json::text(spoken)},
                       {"findings", json::list_of(view.findings, finding_node)},
                       {"not_judged", texts_node(view.not_judged)}});
}

Node review_node(const watch::DependenceReview& review) {
  return json::object({{"criteria", json::text(review.criteria)},
                       {"status", json::text(review.status)},
                       {"title", json::text(review.title)},
                       {"use", json::text(review.use)},
                       {"supervised", json::text(review.supervised)},
                       {"source", json::text(review.source)},
                       {"views", json::list_of(review.views, view_node)}});
}

}  // namespace

Node help_node(const assess::Assessment& assessment) {
  return json::list_of(assessment.help, step_node);
}

Node dependence_review_node(const assess::Assessment& assessment) {
  return json::optional(assessment.dependence_review, review_node);
}

}  // namespace evenkeel::report
