// Help: what to do next by the care pathway, and the structured look at dependence for a clinician to fill
// in.

#include "report/help_parts.hpp"

namespace evenkeel::report {
namespace {

using assess::Assessment;

Html step_item(const watch::HelpStep& step, Instant now) {
  const Html by = step.by ? html("<span class=\"by\">by {} <small>{}</small></span>", moment(*step.by),
                                 distance_text(*step.by, now))
                          : Html{"<span class=\"by\">no date is set</span>"};
  return html(
      "<li><strong>{}</strong>, {}<p>{}</p>{}<p class=\"rests\">Why: {} <em>Source:</em> {}</p></li>\n",
      step.title, step.who, step.words, by, step.basis, step.source);
}

Html pathway_part(const Assessment& a) {
  if (a.help.empty()) return {};
  Html steps;
  for (const watch::HelpStep& step : a.help) steps += step_item(step, a.now);
  return html(
      "<section id=\"help\" aria-labelledby=\"help-h\">\n<h2 id=\"help-h\">Help: the care pathway</h2>\n"
      "<ol class=\"actions\">{}</ol>\n<p class=\"fine\">Help lines, and a page for the patient: "
      "<code>evenkeel patient-page</code></p>\n</section>\n",
      steps);
}

Html record_cell(const watch::CriterionView& view) {
  if (view.findings.empty()) return html("{}", spoken_words(view));
  std::vector<Html> items;
  for (const watch::CriterionFinding& finding : view.findings) {
    const Html aside = finding.aside.empty() ? Html{} : html(" <small>({})</small>", finding.aside);
    items.push_back(html("{} <small>rule {}</small>{}", finding.text, finding.rule, aside));
  }
  return bullet_list(items, "plain");
}

Html question_cell(const watch::Criterion& criterion) {
  std::string items;
  for (const watch::ItemReference& item : criterion.items)
    items += (items.empty() ? "" : ", ") + item.instrument + (item.item.empty() ? "" : " / " + item.item);
  return html("{}{}", criterion.question,
              items.empty() ? Html{} : html("<small>Asked in: {}</small>", items));
}

Html review_part(const Assessment& a) {
  if (!a.dependence_review) return {};
  const watch::DependenceReview& review = *a.dependence_review;
  Table table{"Question by question: what speaks to it in this record",
              {{"What is looked at", false, true}, {"Ask", false, true}, {"In the record", false, true}}};
  for (const watch::CriterionView& view : review.views) {
    table.row({html("{}", view.criterion.words), question_cell(view.criterion), record_cell(view)});
  }
  const Html supervised =
      review.supervised.empty() ? Html{} : html("<p class=\"refusal\">{}</p>\n", review.supervised);
  return html(
      "<section id=\"review\" aria-labelledby=\"review-h\">\n<h2 id=\"review-h\">{}</h2>\n<p>{}</p>\n{}{}"
      "<p class=\"fine\">{} ({}). Source: {}</p>\n</section>\n",
      review.title, review.use, supervised, table.finish(), review.criteria, review.status, review.source);
}

}  // namespace

Html help_section(const Assessment& a) {
  return pathway_part(a) + review_part(a);
}

}  // namespace evenkeel::report
