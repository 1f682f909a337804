// A protocol whole: whom, how much, how often, what is watched, when it ends.

#include "care/course.hpp"
#include "report/content_entry.hpp"

namespace evenkeel::report {
namespace {

std::string criterion_kind(const care::Criterion& c) {
  switch (c.kind) {
    case care::Criterion::Kind::absolute:
      return "nobody with";
    case care::Criterion::Kind::relative:
      return "weighed";
    case care::Criterion::Kind::baseline_check:
      return c.required ? "looked at" : "looked at, if there is a reason";
  }
  return "";
}

std::string plain_number(const Sourced<double>& value, std::string_view unit) {
  return fmt::format("{:g} {} {}", value.value, unit, tagged(value.from));
}

void show_eligibility(const care::Protocol& p, Page& page) {
  page.heading("Eligibility");
  for (const auto& c : p.eligibility)
    page.item(fmt::format("  {}: ", criterion_kind(c)), fmt::format("{} {}", c.words, tagged(c.source)), 6);
}

void show_dosing(const care::Dosing& d, Page& page) {
  page.heading("Dose");
  row(page, "per session", number(d.standard));
  row(page, "over", number(d.infusion_length));
  row(page, "step up monitoring above", number(d.step_up_monitoring_above));
  row(page, "second signature above", number(d.second_signature_above));
  row(page, "actual and ideal weight from a BMI of", plain_number(d.ideal_weight_from_bmi, "kg/m^2"));
  page.heading("Bounds");
  row(page, "lowest dose", number(d.bounds.lowest));
  row(page, "highest dose", number(d.bounds.highest));
  row(page, "highest rate", number(d.bounds.highest_rate));
  row(page, "in a week", number(d.bounds.per_week));
  row(page, "between two sessions at least", number(d.bounds.least_interval));
}

void show_fixed(const care::FixedDosing& d, Page& page) {
  page.heading("Dose, whatever the weight");
  for (const auto& dose : d.doses) row(page, "per session", number(dose));
  row(page, "second signature above", number(d.second_signature_above));
  row(page, "from the first spray to the last", number(d.giving_length));
  page.heading("Bounds");
  row(page, "in a week", number(d.per_week));
  row(page, "between two sessions at least", number(d.least_interval));
}

void show_signs(const std::vector<care::SignRule>& signs, Page& page, bool of_course) {
  for (const auto& s : signs) {
    const auto asks = of_course && s.consequence == care::Consequence::stop
                          ? std::string_view{"end the course"}
                          : care::consequence_words(s.consequence);
    page.item("  ", fmt::format("{}: {}; {} {}", s.words, asks, s.action, tagged(s.source)), 4);
  }
}

void show_course(const care::CourseRules& c, Page& page) {
  page.heading("Course");
  row(page, "induction", number(c.induction_sessions, "sessions"));
  row(page, "at most a week", number(c.induction_per_week_most, "sessions"));
  for (const auto& after : c.review_after_sessions) row(page, "review after", number(after, "sessions"));
  for (const auto& step : c.maintenance)
    row(page, fmt::format("maintenance from session {}, every", step.from_session.value),
        number(step.interval));
  row(page, "prompt when an interval is below", number(c.maintenance_prompt_below));
  row(page, "from this time on", number(c.maintenance_prompt_after));
  row(page, "taper", number(c.taper_sessions, "sessions"));
  row(page, "each interval longer by", plain_number(c.taper_stretch, "times"));
  row(page, "longest course", number(c.longest_course));
  row(page, "outcome", c.outcome_instrument);
  row(page, "least gain by the end of induction", number(c.least_gain));
  page.heading("Reasons to end the course");
  show_signs(c.stop_when, page, true);
}

void show_gates(const std::vector<care::Gate>& gates, Page& page) {
  page.heading("Gates before the start");
  for (const auto& g : gates) {
    std::string text{care::consequence_words(g.consequence)};
    for (std::size_t i = 0; i < g.instruments.size(); ++i)
      text += (i == 0 ? "; by " : " or ") + g.instruments[i];
    if (g.not_older_than) text += "; not older than " + number(*g.not_older_than);
    page.item("  ", fmt::format("{}: {} {}", care::gate_words(g.kind), text, tagged(g.source)), 4);
  }
}

void vital_rules(std::string_view title, const std::vector<care::VitalRule>& rules, Page& page) {
  page.heading(title);
  for (const auto& r : rules) {
    const std::string lasting = r.lasting ? " for " + number(*r.lasting) : "";
    page.item("  ",
              fmt::format("{} {} {}{}: {}; {}", care::vital_words(r.vital), r.when_above ? "above" : "below",
                          number(r.value, care::vital_unit(r.vital)), lasting,
                          care::consequence_words(r.consequence), r.action),
              4);
  }
}

void show_session(const care::SessionRules& s, Page& page) {
  show_gates(s.gates, page);
  vital_rules("Vital signs before the start", s.before_start, page);
  page.heading("During and after");
  row(page, "vital signs every", number(s.vitals_every));
  row(page, "late after a further", number(s.vitals_late_after));
  for (const auto& after : s.vitals_after_end) row(page, "vital signs after the end", number(after));
  vital_rules("Vital signs during the session", s.during, page);
  page.heading("Signs during the session");
  show_signs(s.signs, page, false);
  const auto& d = s.discharge;
  page.heading("Discharge");
  row(page, "after the end", number(d.after_end));
  if (d.after_start) row(page, "after the start", number(*d.after_start));
  row(page, "at MOAA/S", number(d.moaas, "of 5"));
  if (d.least_total) row(page, d.instrument + " at least", number(*d.least_total, "points"));
  row(page, "with an escort", d.escort ? "yes" : "no");
  row(page, "suicide screen again", d.suicide_screen ? "yes" : "no");
  page.item("  ", tagged(d.source), 4);
}

void show_calendar(const care::Protocol& p, Page& page) {
  page.heading("Calendar");
  for (const auto& item : p.calendar) {
    std::string phases;
    for (const auto phase : item.phases)
      phases += (phases.empty() ? "" : ", ") + std::string(care::phase_words(phase));
    row(page, care::calendar_words(item, p, {}), fmt::format("every {} ({})", number(item.every), phases));
  }
}

void show_approval(const care::Protocol& p, Page& page) {
  if (!p.approval) {
    page.line("Nobody has approved it: a named clinician signs for it before use.");
    return;
  }
  std::string reviewers;
  for (const auto& each : p.approval->reviewers) reviewers += (reviewers.empty() ? "" : ", ") + each;
  page.item("",
            fmt::format("By {}; reviewed by {}; in effect from {}.", p.approval->author, reviewers,
                        p.approval->effective.to_string()),
            2);
}

}  // namespace

std::string show(const care::Protocol& p, Page page) {
  heading(p, "protocol", page);
  page.item("", p.title, 0);
  page.item("",
            fmt::format("For {}; {}, {}.", p.indication, care::drug_text(p.drug), care::route_words(p.route)),
            2);
  show_approval(p, page);
  if (!p.set_by_site.empty()) page.heading("Set by the site");
  for (const auto& set : p.set_by_site) page.item("  ", set, 4);
  show_eligibility(p, page);
  if (p.dosing) show_dosing(*p.dosing, page);
  if (p.fixed) show_fixed(*p.fixed, page);
  show_course(p.course, page);
  show_session(p.session, page);
  show_calendar(p, page);
  page.heading("Levels");
  for (const auto& level : p.levels) {
    row(page, fmt::format("{} {}", level.level, level.name),
        fmt::format("{}: {}{}", level.who, level.action,
                    level.within ? ", within " + number(*level.within) : ""));
  }
  sources(p.sources, page);
  return page.take();
}

}  // namespace evenkeel::report
