#include <algorithm>

#include "base/expects.hpp"
#include "report/diagram_graph.hpp"
#include "report/document.hpp"
#include "report/page.hpp"
#include "report/simulation.hpp"
#include "report/simulation_plots.hpp"

namespace evenkeel::report {
namespace {

constexpr std::size_t most_doses = 30;

constexpr std::string_view contents =
    "<nav aria-label=\"Contents\"><a href=\"#quantities\">Read off the curves</a> "
    "<a href=\"#curves\">Curves</a> <a href=\"#doses\">Doses</a> "
    "<a href=\"#models\">Models: what is assumed, known defects</a></nav>\n";

void check(const Simulation& s) {
  for (const SimulatedModel& model : s.models) {
    for (const SimulatedCurve& curve : model.curves) {
      expects(curve.values.size() == std::max<std::size_t>(curve.percentiles.size(), 1),
              "a curve for each percentile, or one");
      for (const auto& values : curve.values)
        expects(values.size() == s.times_h.size(), "a value for each time");
    }
  }
}

Html fact(std::string_view name, const std::string& value, const std::string& detail) {
  return html("<div><dt>{}</dt><dd>{}{}</dd></div>\n", name, value,
              detail.empty() ? Html{} : html("<small>{}</small>", detail));
}

std::size_t dose_count(const Simulation& s) {
  std::size_t count = 0;
  for (const SimulatedDose& dose : s.doses)
    count += 1 + static_cast<std::size_t>(std::max(dose.additional, 0));
  return count;
}

Html header(const Simulation& s) {
  std::vector<std::string> ids;
  for (const SimulatedModel& model : s.models) ids.push_back(model.id);
  const std::string times = s.times_h.empty() ? std::string("none")
                                              : fmt::format("{} to {} h", number_text(s.times_h.front(), 2),
                                                            number_text(s.times_h.back(), 2));
  return html(
      "<header>\n<p class=\"over\">Evenkeel: a simulation</p>\n<h1>{}</h1>\n<p class=\"asof\">What models "
      "say "
      "of simulated subjects. A prediction is not a measurement; no dose rests on it alone.</p>\n"
      "<dl class=\"facts\">\n{}{}{}{}</dl>\n</header>\n",
      s.title.empty() ? "Simulation" : s.title,
      fact("Subjects", s.subjects, s.seed ? "" : "nothing was drawn"),
      fact(s.models.size() == 1 ? "Model" : "Models", joined(ids, ", "), ""),
      fact("Doses", fmt::format("{}", dose_count(s)),
           s.doses.empty() ? std::string{} : s.doses.front().words),
      fact("Time", times, fmt::format("{} moments", s.times_h.size())));
}

// One table for all models whose percentiles are the same, so that they stand side by side.
Html quantity_table(const Simulation& s, const std::vector<double>& percentiles) {
  std::vector<Column> columns{{"Model"}, {"Output"}, {"Quantity"}};
  if (percentiles.empty()) columns.push_back({"Value", true});
  for (const double percent : percentiles) columns.push_back({percent_text(percent), true});
  Table table{"By model and output", columns};
  bool any = false;
  for (const SimulatedModel& model : s.models) {
    for (const SimulatedQuantity& each : model.quantities) {
      if (each.values.size() != std::max<std::size_t>(percentiles.size(), 1)) continue;
      std::vector<Cell> cells{model.id, id_words(each.output),
                              each.name + (each.unit.empty() ? std::string{} : ", " + each.unit)};
      for (const double value : each.values) cells.emplace_back(three_digits(value));
      table.row(cells);
      any = true;
    }
  }
  return any ? table.finish() : Html{};
}

std::vector<double> percentiles_of(const Simulation& s) {
  for (const SimulatedModel& model : s.models) {
    for (const SimulatedCurve& curve : model.curves) return curve.percentiles;
  }
  return {};
}

Html quantities_section(const Simulation& s) {
  const auto percentiles = percentiles_of(s);
  Html body = quantity_table(s, percentiles);
  if (body.empty()) body = Html{"<p>Nothing was read off the curves.</p>\n"};
  if (!percentiles.empty()) {
    body += html(
        "<p class=\"fine\">P{0:g} is the value below which {0:g} % of the subjects lie, and so on: of each "
        "quantity by itself, so a column is no one person.</p>\n",
        percentiles.front());
  }
  return html(
      "<section id=\"quantities\" aria-labelledby=\"quantities-h\">\n<h2 id=\"quantities-h\">Read off the "
      "curves</h2>\n{}</section>\n",
      body);
}

Html curves_section(const Simulation& s) {
  return html(
      "<section id=\"curves\" aria-labelledby=\"curves-h\">\n<h2 id=\"curves-h\">Curves</h2>\n{}</section>\n",
      simulation_curves(s));
}

Html doses_section(const Simulation& s) {
  Table table{"What is given", {{"After, h"}, {"Dose"}}};
  const std::size_t shown = std::min(s.doses.size(), most_doses);
  for (std::size_t i = 0; i < shown; ++i) table.row({number_text(s.doses[i].at_h, 3), s.doses[i].words});
  const Html more =
      shown < s.doses.size() ? html("<p class=\"fine\">And {} more.</p>\n", s.doses.size() - shown) : Html{};
  return html(
      "<section id=\"doses\" aria-labelledby=\"doses-h\">\n<h2 id=\"doses-h\">Doses</h2>\n{}{}</section>\n",
      s.doses.empty() ? Html{"<p>None.</p>\n"} : table.finish(), more);
}

Html model_block(const SimulatedModel& model) {
  std::vector<Html> caveats;
  for (const std::string& caveat : model.caveats) caveats.push_back(html("{}", caveat));
  return html("<h3>{} <small><code>{}</code> {}, status {}</small></h3>\n<p>Dose of {}. {}</p>\n{}",
              model.title, model.id, model.version, model.status, id_words(model.dosed), model.variability,
              caveats.empty() ? Html{"<p>No defect is recorded.</p>\n"} : bullet_list(caveats, "columns"));
}

Html models_section(const Simulation& s) {
  Html body;
  for (const SimulatedModel& model : s.models) body += model_block(model);
  return html(
      "<section id=\"models\" aria-labelledby=\"models-h\">\n<h2 id=\"models-h\">Models: what is assumed, "
      "known "
      "defects</h2>\n{}</section>\n",
      body);
}

}  // namespace

std::string simulation_page(const Simulation& simulation) {
  check(simulation);
  const Html body = header(simulation) + Html{"<main>\n"} + Html{std::string(contents)} +
                    quantities_section(simulation) + curves_section(simulation) + doses_section(simulation) +
                    models_section(simulation) +
                    html("</main>\n<footer>\n<p>{}</p>\n</footer>\n", simulation.program);
  const std::string title = simulation.title.empty() ? "Simulation" : simulation.title;
  return document(title + ": Evenkeel", std::string(style_sheet()) + std::string(model_style_sheet()), body);
}

}  // namespace evenkeel::report
