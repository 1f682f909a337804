#include <fmt/format.h>

#include "report/help_parts.hpp"

namespace evenkeel::report {
namespace {

void put_steps(Page& page, const assess::Assessment& a) {
  if (a.help.empty()) return;
  page.heading("HELP: THE CARE PATHWAY");
  std::size_t number = 0;
  for (const watch::HelpStep& step : a.help) {
    const std::string by = step.by ? fmt::format(" ({} {})", *step.by < a.now ? "was due by" : "by",
                                                 moment_text(step.by->to_string()))
                                   : "";
    page.item(fmt::format("  {:>2} ", ++number), fmt::format("{}: {}{}", step.title, step.who, by), 5,
              Tone::strong);
    page.item("     ", step.words, 5);
    page.item("     ", fmt::format("Why: {} Source: {}", step.basis, step.source), 7, Tone::quiet);
  }
  page.item("  ", "Help lines, and a page for the patient: evenkeel patient-page", 4);
}

void put_view(Page& page, const watch::CriterionView& view) {
  page.item("  - ", view.criterion.words, 4, Tone::strong);
  page.item("    ", "Ask: " + view.criterion.question, 6);
  for (const watch::CriterionFinding& finding : view.findings) {
    const std::string aside = finding.aside.empty() ? "" : " (" + finding.aside + ")";
    page.item("    ", fmt::format("Finding of {}: {}{}", finding.rule, finding.text, aside), 6,
              finding.aside.empty() ? Tone::warning : Tone::quiet);
  }
  if (view.findings.empty()) page.item("    ", "Record: " + spoken_words(view), 6);
}

}  // namespace

std::string spoken_words(const watch::CriterionView& view) {
  std::string unjudged;
  for (const std::string& title : view.not_judged) unjudged += (unjudged.empty() ? "" : "; ") + title;
  if (view.spoken == watch::Spoken::not_looked_for) {
    return unjudged.empty() ? "not looked for: no rule looks, so ask"
                            : "not looked for: could not be judged: " + unjudged;
  }
  if (view.spoken == watch::Spoken::nothing)
    return "nothing in the record" + (unjudged.empty() ? "" : "; but could not be judged: " + unjudged);
  return fmt::format("{} finding{}", view.findings.size(), view.findings.size() == 1 ? "" : "s");
}

void put_help(Page& page, const assess::Assessment& a) {
  put_steps(page, a);
  if (!a.dependence_review) return;
  const watch::DependenceReview& review = *a.dependence_review;
  page.heading("A STRUCTURED LOOK AT DEPENDENCE, FOR THE CLINICIAN");
  page.item("  ", review.use, 2);
  if (!review.supervised.empty()) page.item("  ! ", review.supervised, 4, Tone::warning);
  for (const watch::CriterionView& view : review.views) put_view(page, view);
  page.item("  ", fmt::format("{} ({}). Source: {}", review.criteria, review.status, review.source), 4,
            Tone::quiet);
}

}  // namespace evenkeel::report
