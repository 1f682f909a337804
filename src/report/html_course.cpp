// Where the course stands: scores over time, blood pressure at each session, the plan and what is due.

#include <algorithm>

#include "report/html_sections.hpp"
#include "report/plot_pressure.hpp"
#include "report/plot_scores.hpp"

namespace evenkeel::report {
namespace {

using assess::Assessment;

std::string_view kind_words(care::SessionNote::Kind kind) {
  switch (kind) {
    case care::SessionNote::Kind::missing:
      return "missing";
    case care::SessionNote::Kind::late:
      return "late";
    case care::SessionNote::Kind::crossed:
      return "crossed";
    case care::SessionNote::Kind::decided:
      return "decided";
  }
  return "";
}

Html session_notes(const Assessment& a) {
  Table table{
      "What the protocol asks of a session and the record does not show, or shows crossed",
      {{"Session"}, {"Start"}, {"Kind"}, {"What", false, true}, {"Source of the limit", false, true}}};
  bool any = false;
  std::vector<Html> unchecked;
  for (const auto& view : a.sessions) {
    if (view.not_checked)
      unchecked.push_back(
          html("session {}: not held against a protocol, {}", view.session.id, *view.not_checked));
    for (const care::SessionNote& note : view.notes) {
      any = true;
      table.row({view.session.id, moment(view.session.start),
                 html("<span class=\"kind {0}\">{0}</span>", kind_words(note.kind)), note.text,
                 label_note(note.source)});
    }
  }
  if (any) return table.finish() + bullet_list(unchecked);
  if (!unchecked.empty()) return bullet_list(unchecked);
  return html("<p>Nothing is missing, late or crossed in the sessions' records.</p>\n");
}

void due_row(Table& table, const care::Due& due, Instant now) {
  const auto when = [&](const std::optional<Instant>& at, std::string_view none) {
    return at ? html("{} <small>{}</small>", day(*at), distance_text(*at, now)) : html("{}", none);
  };
  const std::string_view state = care::due_words(due.state);
  const bool pressing = due.state == care::DueState::overdue || due.state == care::DueState::never;
  table.row({due.what,
             html("<span class=\"state{}\">{}</span>", Html{pressing ? " pressing" : ""},
                  due.state == care::DueState::done ? std::string_view{"up to date"} : state),
             when(due.last, "never"), when(due.next, "not set"), label_note(due.source)});
}

Html due_table(const Assessment& a) {
  const care::CourseStatus& course = *a.course;
  if (!course.next_session && course.due.empty()) return Html{"<p>Nothing is due in this phase.</p>\n"};
  Table table{"What is due",
              {{"What"}, {"State"}, {"Last"}, {"Next"}, {"Source of the interval", false, true}}};
  if (course.next_session) due_row(table, *course.next_session, a.now);
  for (const care::Due& due : course.due) due_row(table, due, a.now);
  return table.finish();
}

std::string text_or_none(const std::string& text) {
  return text.empty() ? "not recorded" : text;
}

Html plan_list(const care::PlanInForce& in_force) {
  const care::PlanApproved& plan = in_force.plan;
  Html rows;
  const auto row = [&](std::string_view name, const std::string& value) {
    rows += html("<dt>{}</dt><dd>{}</dd>\n", name, text_or_none(value));
  };
  row("Drug", std::string(care::drug_text(plan.drug)));
  row("Indication", plan.indication);
  row("Treatments before", joined(plan.prior_treatments, ", "));
  row("Dose",
      care::plan_dose_words(plan) + (plan.fixed_dose_mg                              ? ", whatever the weight"
                                     : plan.weight_basis == care::WeightBasis::ideal ? " of ideal weight"
                                                                                     : " of actual weight"));
  row("Over", duration_text(plan.infusion_length));
  row("Sessions", fmt::format("{}, every {}", plan.planned_sessions, duration_text(plan.interval)));
  row("Aim", plan.endpoint.target + " by " + instrument_name(plan.endpoint.instrument));
  row("Stop date", plan.stop_date.to_string());
  row("Next review", plan.next_review.to_string());
  row("Clinician", plan.responsible_clinician);
  row("Consent", plan.consent_version);
  row("Protocol", plan.protocol + " " + plan.protocol_version);
  row("Approved", minute_text(in_force.approved) + ", event " + in_force.event);
  if (in_force.doses.size() > 1) {
    std::vector<std::string> steps;
    for (const care::DosePoint& point : in_force.doses) {
      const std::string dose = point.fixed_mg
                                   ? point.fixed_mg->to_string() + " mg"
                                   : number_text(point.dose.in(units::mg / units::kg), 3) + " mg/kg";
      steps.push_back(fmt::format("{} from {}{}", dose, day_text(point.at),
                                  point.for_response ? " (insufficient response)" : ""));
    }
    row("Dose changes", joined(steps, "; "));
  }
  return html("<h3>The plan in force</h3>\n<dl class=\"plan\">{}</dl>\n", rows);
}

Html where_it_stands(const Assessment& a) {
  const care::CourseStatus& course = *a.course;
  std::vector<Html> notes;
  for (const std::string& note : course.notes) notes.push_back(html("{}", note));
  const std::string planned =
      course.plan ? fmt::format("{} planned", course.plan->plan.planned_sessions) : std::string("no plan");
  return html("<p>Phase: {}. {} session(s) done, {}.</p>\n", care::phase_words(course.phase),
              course.sessions_in_plan, planned) +
         (notes.empty() ? Html{"<p>No decision point is open.</p>\n"}
                        : html("<h3>To decide or to explain</h3>\n{}", bullet_list(notes, "decide")));
}

}  // namespace

Html scores_section(const Assessment& a) {
  const Html plots = plot_scores(a);
  return html(
      "<section id=\"scores\" aria-labelledby=\"scores-h\">\n<h2 id=\"scores-h\">Scores over time</h2>\n{}"
      "</section>\n",
      plots.empty() ? Html{"<p>No evaluation is recorded.</p>\n"} : plots);
}

Html pressure_section(const Assessment& a) {
  const Html body =
      a.sessions.empty() ? Html{"<p>No session is recorded.</p>\n"} : plot_pressures(a) + session_notes(a);
  return html(
      "<section id=\"pressure\" aria-labelledby=\"pressure-h\">\n<h2 id=\"pressure-h\">Blood pressure and "
      "checks at each session</h2>\n{}</section>\n",
      body);
}

Html course_section(const Assessment& a) {
  Html body;
  if (!a.course) {
    body = html("<p class=\"refusal\"><b>Not judged</b>, because {}.</p>\n", a.no_course_because);
  } else {
    const Html plan = a.course->plan ? plan_list(*a.course->plan) : Html{};
    body = html("<div class=\"beside\"><div>{}{}</div><div>{}</div></div>\n", where_it_stands(a),
                due_table(a), plan);
  }
  return html(
      "<section id=\"course\" aria-labelledby=\"course-h\">\n<h2 id=\"course-h\">Course</h2>\n{}</section>\n",
      body);
}

}  // namespace evenkeel::report
