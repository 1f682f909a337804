// The criteria of the structured look, the care pathway, the help lines and the patient's page as text.

#include "report/content_entry.hpp"

namespace evenkeel::report {
namespace {

std::string joined_names(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

std::string days(Duration time) {
  const double number = time.in(units::day);
  return fmt::format("{:g} {}", number, number == 1.0 ? "day" : "days");
}

void put_step(Page& page, const watch::PathwayStep& step) {
  page.heading(fmt::format("{} ({})", step.title, step.id));
  page.item("  ", step.words, 2);
  row(page, "who", step.who);
  row(page, "from level", fmt::format("{}", step.from_level));
  if (!step.rules.empty()) row(page, "called for by a finding of", joined_names(step.rules));
  for (const auto& due : step.by)
    row(page, fmt::format("at level {} within", due.level),
        days(due.within.value) + " " + tagged(due.within.from));
  row(page, "why", fmt::format("{} {}", step.basis, tagged(step.from)));
}

}  // namespace

std::string show(const watch::DependenceCriteria& c, Page page) {
  heading(c, "criteria", page);
  page.item("", c.title, 0);
  page.item("", c.use, 0);
  row(page, "rests on", tagged(c.from));
  page.heading("Where findings speak only to what supervision brings with it");
  page.item("  ", c.supervised, 2);
  for (const auto& criterion : c.criteria) {
    page.heading(fmt::format("{} ({})", criterion.words, criterion.id));
    row(page, "ask", criterion.question);
    row(page, "rules", criterion.rules.empty() ? "none looks" : joined_names(criterion.rules));
    for (const auto& item : criterion.items)
      row(page, "asked in", item.instrument + (item.item.empty() ? "" : ", item " + item.item));
    if (!criterion.counts_under_supervision) page.line("  Under supervision it does not count alone.");
  }
  sources(c.sources, page);
  return page.take();
}

std::string show(const watch::Pathway& p, Page page) {
  heading(p, "pathway", page);
  page.item("", p.title, 0);
  for (const auto& step : p.steps) put_step(page, step);
  sources(p.sources, page);
  return page.take();
}

std::string show(const watch::HelpLines& l, Page page) {
  heading(l, "help lines", page);
  page.item("", l.title, 0);
  row(page, "checked at least every", days(l.check_every.value) + " " + tagged(l.check_every.from));
  row(page, "no line for a country", l.none_verified);
  for (const auto& place : l.places) {
    page.heading(fmt::format("{} ({})", place.name, place.country));
    for (const auto& line : place.lines) {
      row(page, line.name,
          fmt::format("{}; {}; {}; last checked {} {}", line.number, line.purpose, line.hours,
                      line.last_checked.to_string(), tagged(line.from)));
    }
  }
  sources(l.sources, page);
  return page.take();
}

std::string show(const watch::PatientPage& p, Page page) {
  heading(p, "patient's page", page);
  page.item("", p.title, 0);
  for (const auto& section : p.sections) {
    page.heading(section.title);
    for (const auto& sentence : section.sentences) {
      const std::string cited = sentence.evidence.empty() ? "" : " [" + joined_names(sentence.evidence) + "]";
      page.item("  - ", sentence.text + cited, 4);
    }
  }
  return page.take();
}

}  // namespace evenkeel::report
