// An evidence entry as text: the claim, for whom, what speaks for it and against it, what is not known.

#include "report/content_entry.hpp"

namespace evenkeel::report {
namespace {

std::string_view supervised_words(watch::Supervised supervised) {
  switch (supervised) {
    case watch::Supervised::yes:
      return "supervised use";
    case watch::Supervised::no:
      return "unsupervised use";
    case watch::Supervised::mixed:
      return "supervised and unsupervised use";
    case watch::Supervised::not_applicable:
      return "not about use";
  }
  return "";
}

void points(Page& page, std::string_view title, const std::vector<watch::Point>& all) {
  page.heading(title);
  if (all.empty()) page.line("  nothing was found");
  for (const watch::Point& point : all) {
    std::string keys;
    for (const std::string& key : point.sources) keys += (keys.empty() ? " [" : ", ") + key;
    page.item("  - ", point.text + (keys.empty() ? "" : keys + "]"), 4);
  }
}

}  // namespace

std::string_view grade_words(char grade) {
  switch (grade) {
    case 'A':
      return "long prospective or randomised";
    case 'B':
      return "large cohort, survey or systematic review";
    case 'C':
      return "cross-sectional, small or retrospective";
    default:
      return "a case, an opinion or a standard by consensus";
  }
}

std::string show(const watch::Evidence& e, Page page) {
  heading(e, "evidence", page);
  page.item("", e.title, 0);
  page.heading("Claim");
  page.item("  ", e.statement, 2);
  page.heading("About");
  row(page, "population", fmt::format("{} ({})", e.population, supervised_words(e.supervised)));
  row(page, "grade", fmt::format("{}, {}", e.grade, grade_words(e.grade)));
  row(page, "label", fmt::format("{}, {}", label_text(e.label), label_words(e.label)));
  points(page, "What speaks for it", e.supports);
  points(page, "What speaks against it", e.against);
  points(page, "What is not known", e.unknown);
  page.heading("Figures");
  if (e.figures.empty()) page.line("  none");
  for (const auto& f : e.figures) {
    const std::string range = f.low && f.high ? fmt::format(" ({:g} to {:g})", *f.low, *f.high) : "";
    row(page, f.name, fmt::format("{:g}{} {} {}", f.value, range, f.unit, tagged(f.from)));
  }
  page.heading("Limits of use");
  page.item("  ", e.limits, 2);
  sources(e.sources, page);
  return page.take();
}

}  // namespace evenkeel::report
