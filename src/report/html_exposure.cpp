// What the infusions did in the blood: plots, a row for each session, and what was measured.

#include <algorithm>

#include "report/footnotes.hpp"
#include "report/html_sections.hpp"
#include "report/individual_parts.hpp"
#include "report/plot_exposure.hpp"

namespace evenkeel::report {
namespace {

using assess::Assessment;
using assess::SessionExposure;
using units::kg;
using units::mg;

// What a row needs told beside its numbers.
std::vector<std::string> remarks_on(const Assessment& a, const care::Session& session) {
  const std::string at = "session " + session.id + ": ";
  std::vector<std::string> remarks;
  if (!session.given) {
    remarks.push_back(at + "the dose ordered is shown; what was given is not recorded");
  } else if (!(session.given->mg == session.ordered.mg)) {
    remarks.push_back(fmt::format("{}{} mg ordered, {} mg given", at, session.ordered.mg.to_string(),
                                  session.given->mg.to_string()));
  }
  if (session.stopped) remarks.push_back(at + "stopped early: " + session.stop_reason);
  if (!session.end) remarks.push_back(at + "the length ordered is shown; the end is not recorded");
  const SessionExposure* e = exposure_of(a, session.id);
  const auto& refused = e != nullptr ? e->refused : a.exposure.refused;
  if (refused)
    remarks.push_back((refused->what.starts_with("not predicted") ? "" : "not predicted: ") + refused->what);
  if (e == nullptr || e->refused) return remarks;
  if (e->window < 23.99 * units::h)
    remarks.push_back(fmt::format("AUC over {}, until the next session", duration_text(e->window)));
  remarks.insert(remarks.end(), e->cautions.begin(), e->cautions.end());
  return remarks;
}

std::string length_text(const care::Session& session) {
  return number_text(
      session.end ? minutes_between(session.start, *session.end) : session.ordered_length.in(units::min), 0);
}

// The levels that head the table's last columns: those of the first session with a prediction.
std::vector<assess::TimeAbove> level_columns(const Assessment& a) {
  const auto first =
      std::ranges::find_if(a.exposure.sessions, [](const SessionExposure& e) { return !e.refused; });
  return first == a.exposure.sessions.end() ? std::vector<assess::TimeAbove>{} : first->above;
}

void add_prediction(std::vector<Cell>& cells, const SessionExposure& e) {
  cells.emplace_back(ng_per_mL_text(e.peak.value));
  cells.emplace_back(number_text(e.peak.at.in(units::min), 0));
  cells.emplace_back(number_text(e.area.in(units::ng / units::mL * units::h), 0));
  for (const auto& above : e.above) cells.emplace_back(number_text(above.time.in(units::min), 0));
}

Html session_table(const Assessment& a) {
  std::vector<Column> columns{{"Session"},         {"Start"},
                              {"Dose, mg", true},  {"mg/kg", true},
                              {"Over, min", true}, {"Highest, ng/mL", true},
                              {"at, min", true},   {"AUC, ng·h/mL", true}};
  const auto levels = level_columns(a);
  for (const auto& level : levels)
    columns.push_back({fmt::format("{}, ≥ {} ng/mL [{}], min", level.level, ng_per_mL_text(level.from),
                                   label_text(level.label)),
                       true});
  columns.push_back({"Remarks"});
  Table table{"Sessions: what was given and what it is predicted to have reached in plasma", columns};
  Footnotes notes;
  for (const auto& view : a.sessions) {
    const care::Session& session = view.session;
    std::vector<Cell> cells{session.id, moment(session.start), session.amount().mg.to_string(),
                            number_text((session.amount().mass() / session.weight).in(mg / kg), 2),
                            length_text(session)};
    const SessionExposure* e = exposure_of(a, session.id);
    if (e != nullptr && !e->refused) {
      add_prediction(cells, *e);
    } else {
      cells.emplace_back(Html{"not predicted"}, 3 + levels.size());
    }
    cells.emplace_back(notes.marks(remarks_on(a, session)));
    table.row(cells);
  }
  return table.finish() +
         html(
             "<p class=\"fine\">Doses are ketamine base. AUC: area under "
             "the "
             "predicted curve over 24 h unless a letter says otherwise.</p>\n") +
         notes.finish();
}

Html comparison_table(const Assessment& a) {
  if (a.exposure.comparisons.empty()) return {};
  Table table{"Measured concentrations beside the predicted",
              {{"Event"},
               {"Drawn"},
               {"min from start", true},
               {"Analyte"},
               {"Site"},
               {"Measured, ng/mL", true},
               {"Predicted, ng/mL", true},
               {"Measured / predicted", true},
               {"Compared?", false, true}}};
  for (const assess::Comparison& c : a.exposure.comparisons) {
    const care::Session* session = session_at(a, c.at);
    const std::string when =
        session == nullptr
            ? std::string("before the first session")
            : fmt::format("{} ({})", number_text(minutes_between(session->start, c.at), 0), session->id);
    std::string value = "below an unknown limit";
    if (c.assay.value)
      value = ng_per_mL_text(*c.assay.value);
    else if (c.assay.lower_limit)
      value = "below " + ng_per_mL_text(*c.assay.lower_limit);
    table.row({html("<code>{}</code>", c.event), moment(c.at), when,
               std::string(care::analyte_text(c.assay.analyte)), std::string(care::site_text(c.assay.site)),
               value, c.predicted ? ng_per_mL_text(*c.predicted) : std::string("not predicted"),
               c.ratio ? fmt::format("{:.2f}", *c.ratio) : std::string("no ratio"),
               c.not_compared.empty() ? std::string("yes") : "no: " + c.not_compared});
  }
  return table.finish();
}

Html model_note(const Assessment& a) {
  if (!a.exposure.model) return {};
  const assess::ModelUsed& model = *a.exposure.model;
  std::vector<Html> caveats;
  for (const std::string& caveat : model.caveats) caveats.push_back(html("{}", caveat));
  return html(
      "<aside class=\"model\"><h3>The model</h3>\n<p>{}: <code>{}</code> {}, status {}. It predicts {} "
      "plasma "
      "concentrations of {}. Read its predictions with these in mind:</p>\n{}</aside>\n",
      model.title, model.id, model.version, model.status, pkpd::site_text(model.site),
      pkpd::moiety_text(model.moiety), bullet_list(caveats, "columns"));
}

Html own_parameters(const Assessment& a) {
  if (!a.individual) {
    return a.no_individual_because.empty()
               ? Html{}
               : html("<p class=\"fine\">No parameters of this patient's own: {}</p>\n",
                      a.no_individual_because);
  }
  return html("<h3>What the measurements say of this patient</h3>\n{}{}",
              parameters_html(*a.individual) + measurements_html(*a.individual), bands_html(*a.individual));
}

}  // namespace

Html exposure_section(const Assessment& a) {
  Html body;
  if (a.sessions.empty()) {
    body = Html{"<p>No infusion is recorded, so nothing is predicted.</p>\n"};
  } else {
    if (a.exposure.refused)
      body +=
          html("<p class=\"refusal\"><b>No prediction</b>, because {}</p>\n", to_string(*a.exposure.refused));
    const Html curves = plot_curves(a);
    const Html side = html("<div class=\"side\">{}{}</div>", curves_legend(a), plot_doses(a));
    body += curves.empty() ? side : html("<div class=\"beside\">{}{}</div>\n", curves, side);
    body += plot_each_session(a) + session_table(a);
  }
  body += comparison_table(a) + own_parameters(a) + model_note(a);
  return html(
      "<section id=\"exposure\" aria-labelledby=\"exposure-h\">\n<h2 id=\"exposure-h\">Exposure</h2>\n"
      "{}</section>\n",
      body);
}

}  // namespace evenkeel::report
