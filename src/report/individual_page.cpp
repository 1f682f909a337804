#include <algorithm>
#include <cmath>

#include "pkpd/moiety.hpp"
#include "report/document.hpp"
#include "report/individual.hpp"
#include "report/individual_parts.hpp"
#include "report/levels.hpp"
#include "report/page.hpp"
#include "report/plot_lines.hpp"

namespace evenkeel::report {
namespace {

using assess::AskedModel;
using assess::Individual;
using assess::IndividualAnswer;
using assess::OwnParameter;
using assess::SessionBands;

Html section(std::string_view id, std::string_view title, const Html& body) {
  return html("<section id=\"{0}\" aria-labelledby=\"{0}-h\">\n<h2 id=\"{0}-h\">{1}</h2>\n{2}</section>\n",
              id, title, body);
}

Html fact(std::string_view name, const std::string& value, const std::string& detail) {
  return html("<div><dt>{}</dt><dd>{}<small>{}</small></dd></div>\n", name, value, detail);
}

Html header(const IndividualAnswer& answer) {
  const AskedModel& first = answer.models.front();
  const std::string used = first.found ? fmt::format("{}", first.found->measured) : std::string("none");
  const std::string below = first.found ? fmt::format("{} of them below the limit", first.found->below) : "";
  return html(
      "<header>\n<p class=\"over\">Evenkeel: one patient's own parameters</p>\n<h1>Patient {}</h1>\n"
      "<p class=\"asof\">As of {} UTC. What the measurements say of this patient, beside what is known of "
      "others. It proposes no dose; a clinician decides.</p>\n<dl class=\"facts\">\n{}{}{}</dl>\n</header>\n",
      answer.patient, moment(answer.now), fact("Model shown", first.id, first.title),
      fact("Measurements used", used, below),
      fact("Models asked", fmt::format("{}", answer.models.size()), "the table below has each"));
}

Html models_section(const IndividualAnswer& answer) {
  Table table{"Each model that was asked",
              {{"Model"},
               {"Weight", true},
               {"Assays used", true},
               {"Left out", true},
               {"ln likelihood", true},
               {"Remark", false, true}}};
  for (const AskedModel& asked : answer.models) {
    const bool found = asked.found.has_value();
    table.row({html("<code>{}</code> {}", asked.id, asked.version),
               asked.weight ? fmt::format("{:.0f} %", 100.0 * *asked.weight) : std::string("none"),
               found ? fmt::format("{}", asked.found->measured) : std::string("none"),
               found ? fmt::format("{}", asked.found->left_out.size()) : std::string("not asked"),
               found && asked.found->measured > 0 ? fmt::format("{:.2f}", asked.found->log_likelihood)
                                                  : std::string("none"),
               asked.refused          ? to_string(*asked.refused)
               : asked.remark.empty() ? std::string("it answered")
                                      : asked.remark});
  }
  return section("models", "Models asked",
                 table.finish() + html("<p class=\"fine\">{}</p>\n", answer.weighed));
}

// Population and patient as multiples of the typical value, on a logarithmic axis.
Html parameter_plot(const std::vector<OwnParameter>& parameters, bool wide) {
  const double height = 34.0 * static_cast<double>(parameters.size()) + 56.0;
  const Frame frame{74.0, 8.0, wide ? 680.0 : 330.0, height - 36.0};
  double reach = 1.5;
  const auto widen = [&](double value, double typical) {
    if (value > 0.0 && typical > 0.0) reach = std::max({reach, value / typical, typical / value});
  };
  for (const OwnParameter& own : parameters) {
    widen(own.estimate.population.p5, own.estimate.typical);
    widen(own.estimate.population.p95, own.estimate.typical);
    widen(own.estimate.posterior.p5, own.estimate.typical);
    widen(own.estimate.posterior.p95, own.estimate.typical);
  }
  reach = std::min(reach * 1.1, 20.0);
  const Axis x{-std::log(reach), std::log(reach), frame.left, frame.right};
  const auto at = [&](double value, double typical) {
    return x(std::clamp(std::log(value / typical), x.low, x.high));
  };
  Svg svg{
      wide ? "parameters-wide" : "parameters-narrow", frame.right + 14.0, height,
      "Parameters of this patient as multiples of the typical value",
      "Wide bars: 5 to 95 % of patients; narrow bars: 5 to 95 % of what is possible for this one; dots: most "
      "likely. The table below holds the numbers."};
  for (const double multiple : {0.25, 0.5, 0.7, 1.0, 1.4, 2.0, 4.0}) {
    if (multiple > reach || 1.0 / multiple > reach) continue;
    const double px = x(std::log(multiple));
    svg.line({px, frame.top}, {px, frame.bottom}, multiple == 1.0 ? "axis" : "grid");
    svg.text({px, frame.bottom + 16.0}, fmt::format("x{}", number_text(multiple, 2)), "tick", Anchor::middle);
  }
  double y = frame.top + 17.0;
  for (const OwnParameter& own : parameters) {
    const auto& e = own.estimate;
    svg.text({frame.left - 10.0, y + 4.0}, e.name, "tick", Anchor::end);
    svg.rect({at(e.population.p5, e.typical), y - 9.0},
             at(e.population.p95, e.typical) - at(e.population.p5, e.typical), 18.0, "spread");
    svg.rect({at(e.posterior.p5, e.typical), y - 3.5},
             at(e.posterior.p95, e.typical) - at(e.posterior.p5, e.typical), 7.0, "own");
    svg.mark(Mark::circle, {at(e.most_likely, e.typical), y}, 4.5, "measured");
    y += 34.0;
  }
  svg.text({frame.right, frame.bottom + 32.0}, "of the typical value", "note", Anchor::end);
  return svg.finish();
}

LinePlot session_plot(const SessionBands& session, std::size_t index) {
  LinePlot plot;
  plot.id = fmt::format("session-{}", index);
  plot.title = fmt::format("Session {}: predicted concentration", session.session);
  plot.description =
      fmt::format("Highest in this patient {} ng/mL (5 to 95 %: {}), in the population {} ({})",
                  level_text(session.peak_patient.p50),
                  range_text(ng_per_mL(session.peak_patient.p5), ng_per_mL(session.peak_patient.p95)),
                  level_text(session.peak_population.p50),
                  range_text(ng_per_mL(session.peak_population.p5), ng_per_mL(session.peak_population.p95)));
  plot.unit = "ng/mL";
  PlotBand population;
  PlotBand patient{{}, {}, {}, "own"};
  PlotLine typical{{}, {}, "curve ghost"};
  PlotLine middle{{}, {}, "curve s1"};
  double top = 0.0;
  for (const auto& point : session.points) {
    const double at_h = point.minutes / 60.0;
    for (auto* times : {&population.times_h, &patient.times_h, &typical.times_h, &middle.times_h})
      times->push_back(at_h);
    population.low.push_back(ng_per_mL(point.population.p5));
    population.high.push_back(ng_per_mL(point.population.p95));
    patient.low.push_back(ng_per_mL(point.patient.p5));
    patient.high.push_back(ng_per_mL(point.patient.p95));
    typical.values.push_back(ng_per_mL(point.population.p50));
    middle.values.push_back(ng_per_mL(point.patient.p50));
    top = std::max({top, population.high.back(), patient.high.back()});
  }
  for (const auto& seen : session.seen) {
    top = std::max(top, ng_per_mL(seen.mg_L));
    plot.marks.push_back({seen.minutes / 60.0, ng_per_mL(seen.mg_L),
                          seen.below ? Mark::down_triangle : Mark::circle, "measured"});
  }
  plot.until_h = session.points.back().minutes / 60.0;
  plot.top = std::max(1.04 * top, 1e-3);
  plot.bands = {population, patient};
  plot.lines = {typical, middle};
  plot.doses = {{0.0, session.length.in(units::h)}};
  return plot;
}

Html session_table(const SessionBands& session) {
  Table table{fmt::format("Session {}: predicted concentration, ng/mL", session.session),
              {{"min", true},
               {"Population", true},
               {"5 to 95 %", true},
               {"This patient", true},
               {"5 to 95 %", true}}};
  const auto row = [&](const std::string& at, const individual::Percentiles& all,
                       const individual::Percentiles& own) {
    table.row({at, level_text(all.p50), range_text(ng_per_mL(all.p5), ng_per_mL(all.p95)),
               level_text(own.p50), range_text(ng_per_mL(own.p5), ng_per_mL(own.p95))});
  };
  for (const double at : {10.0, 20.0, 30.0, 40.0, 60.0, 90.0, 120.0, 180.0, 240.0, 360.0}) {
    const auto point = std::ranges::find(session.points, at, &assess::BandPoint::minutes);
    if (point != session.points.end()) row(number_text(at, 0), point->population, point->patient);
  }
  row("highest", session.peak_population, session.peak_patient);
  return table.finish();
}

Html notes_section(const Individual& found) {
  std::vector<Html> lines;
  for (const auto& note : found.notes) lines.push_back(html("{}", note));
  for (const auto& left : found.left_out)
    lines.push_back(html("<code>{}</code> of {} was left out: {}", left.event, moment(left.at), left.why));
  for (const auto& caveat : found.model.caveats) lines.push_back(html("{}", caveat));
  return section(
      "notes", "To be said with it",
      bullet_list(lines, "columns") +
          html("<p class=\"fine\">Model <code>{}</code> {}, status {}: {} in {} plasma. {:.0f} effective "
               "draws, seed {}. The same record, content and seed give the same bytes.</p>\n",
               found.model.id, found.model.version, found.model.status, pkpd::moiety_text(found.model.moiety),
               pkpd::site_text(found.model.site), found.effective, found.seed));
}

}  // namespace

Html parameters_html(const Individual& found) {
  Table table{"Parameters of this patient beside those of others",
              {{"Parameter"},
               {"Unit"},
               {"Typical", true},
               {"5 to 95 % of patients", true},
               {"This patient, most likely", true},
               {"5 to 95 %", true},
               {"Moved, SD", true},
               {"Told, %", true}}};
  for (const OwnParameter& own : found.parameters) {
    const auto& e = own.estimate;
    table.row({e.name, own.unit, three_digits(e.typical), range_text(e.population.p5, e.population.p95),
               three_digits(e.most_likely), range_text(e.posterior.p5, e.posterior.p95),
               fmt::format("{:+.1f}", e.moved),
               fmt::format("{:.0f}", 100.0 * (1.0 - std::min(e.shrinkage, 1.0)))});
  }
  const Html plot = wide_and_narrow([&](bool wide) { return parameter_plot(found.parameters, wide); });
  const Html legend =
      bullet_list({Html{"<span class=\"key box spread\"></span>5 to 95 % of patients of this weight "
                        "and age"},
                   Html{"<span class=\"key box own\"></span>5 to 95 % of what is possible for this "
                        "patient"},
                   Html{"<span class=\"key glyph\">●</span>most likely"}},
                  "legend in-line");
  return legend + plot + table.finish() +
         Html{
             "<p class=\"fine\">Moved: how far the most likely value is from typical, in standard "
             "deviations "
             "between patients. Told: how much of the variance between patients the measurements took away. "
             "Where it is near 0 % the patient's value is the population's, and says nothing about this "
             "person.</p>\n"};
}

Html bands_html(const Individual& found) {
  Html body = bullet_list({Html{"<span class=\"key box spread\"></span>5 to 95 % of patients like this one"},
                           Html{"<span class=\"key line ghost\"></span>their median"},
                           Html{"<span class=\"key box own\"></span>5 to 95 % for this patient"},
                           Html{"<span class=\"key line s1\"></span>this patient's median"},
                           Html{"<span class=\"key glyph\">●</span>measured (▼ below the limit)"},
                           Html{"<span class=\"key box infusion\"></span>infusion running"}},
                          "legend in-line");
  for (std::size_t i = 0; i < found.sessions.size(); ++i) {
    const SessionBands& session = found.sessions[i];
    LinePlot plot = session_plot(session, i);
    const Html linear = draw(plot);
    plot.id += "-log";
    plot.title += ", logarithmic axis";
    plot.scale = Scale::logarithmic;
    body += html("<h3>Session {}</h3>\n<div class=\"pair\"><div>{}</div><div>{}</div></div>\n{}",
                 session.session, linear, draw(plot), session_table(session));
  }
  body += Html{
      "<p class=\"fine\">What would be in the sample, without the scatter of assays. The bands hold the "
      "spread between patients that the model states, not what is unknown of the model itself.</p>\n"};
  return body;
}

std::string_view individual_style_sheet() {
  return R"css(
.own{fill:var(--c2);fill-opacity:.38;stroke:none}
.key.box.own{background:var(--c2);opacity:.5}
)css";
}

std::string individual_page(const IndividualAnswer& answer) {
  Html body = header(answer) + Html{"<main>\n"};
  if (answer.models.front().found) {
    const Individual& found = *answer.models.front().found;
    body += section("parameters", "Parameters", parameters_html(found)) +
            section("measurements", "Measured, beside what is expected", measurements_html(found)) +
            section("sessions", "Predicted: others and this patient", bands_html(found));
  }
  body += models_section(answer);
  if (answer.models.front().found) body += notes_section(*answer.models.front().found);
  body += Html{"</main>\n"};
  return document(
      fmt::format("Patient {}: own parameters: Evenkeel", answer.patient),
      std::string(style_sheet()) + std::string(model_style_sheet()) + std::string(individual_style_sheet()),
      body);
}

}  // namespace evenkeel::report
