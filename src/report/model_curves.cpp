// What a model predicts for a typical person: curves, and what is read off them.

#include <algorithm>
#include <array>
#include <vector>

#include "report/diagram_graph.hpp"
#include "report/model_sections.hpp"
#include "report/plot_lines.hpp"
#include "report/typical_curve.hpp"

namespace evenkeel::report {
namespace {

using pkpd::Model;
using units::h;
using units::mL;
using units::ng;

constexpr double early_h = 6.0;
constexpr double late_h = 24.0;
constexpr std::size_t styles = 4;  // s1 to s4 of the style sheet

double ng_per_mL(Concentration value) {
  return value.in(ng / mL);
}

std::string style_of(std::size_t output) {
  return fmt::format("s{}", output % styles + 1);
}

// Dense where the curve bends: every 2 min for 2 h, 5 min to 6 h, then 15 min.
std::vector<double> moments_h() {
  std::vector<double> out;
  for (int minute = 0; minute <= 24 * 60; minute += minute < 120 ? 2 : minute < 360 ? 5 : 15)
    out.push_back(minute / 60.0);
  return out;
}

std::vector<PlotLine> lines_of(const Model& model, const TypicalCurve& curve) {
  const auto times = moments_h();
  std::vector<Duration> moments;
  for (const double at : times) moments.push_back(at * h);
  std::vector<PlotLine> lines;
  for (std::size_t output = 0; output < model.outputs.size(); ++output) {
    PlotLine line{times, {}, "curve " + style_of(output)};
    for (const Concentration value : curve.trajectory.concentrations(moments, output))
      line.values.push_back(ng_per_mL(value));
    lines.push_back(std::move(line));
  }
  return lines;
}

// Levels are of the parent drug: they shade the plot, and only its line is read against them.
std::vector<PlotLevel> levels_of(const Model& model) {
  std::vector<PlotLevel> levels;
  for (const auto& level : model.levels)
    levels.push_back({level.name, ng_per_mL(level.from.value), ng_per_mL(level.to)});
  return levels;
}

double top_of(const Model& model, const TypicalCurve& curve) {
  double top = 0.0;
  for (std::size_t output = 0; output < model.outputs.size(); ++output)
    top = std::max(top, ng_per_mL(curve.trajectory.peak(Duration{}, late_h * h, output).value));
  return top > 0.0 ? top : 1.0;
}

std::string described(const Model& model, const TypicalCurve& curve) {
  std::string text = "Concentration in ng/mL over hours. ";
  for (std::size_t output = 0; output < model.outputs.size(); ++output) {
    const auto peak = curve.trajectory.peak(Duration{}, late_h * h, output);
    text += fmt::format("{}: highest {} at {}. ", model.outputs[output].id, ng_per_mL_text(peak.value),
                        duration_text(peak.at));
  }
  return text;
}

Html plots(const Model& model, const TypicalCurve& curve, std::size_t index) {
  LinePlot plot;
  plot.id = fmt::format("curve-{}-linear", index);
  plot.title = dose_words(curve) + ": the first 6 hours";
  plot.description = described(model, curve);
  plot.until_h = early_h;
  plot.top = 1.04 * top_of(model, curve);
  plot.unit = "ng/mL";
  plot.lines = lines_of(model, curve);
  plot.levels = levels_of(model);
  plot.doses = {{0.0, curve.length.in(h)}};
  const Html early = draw(plot);
  plot.id = fmt::format("curve-{}-log", index);
  plot.title = dose_words(curve) + ": 24 hours, logarithmic axis";
  plot.scale = Scale::logarithmic;
  plot.until_h = late_h;
  // The published levels within ten times the curve's peak have room on this axis.
  for (const PlotLevel& level : plot.levels) {
    if (level.to < 10.0 * plot.top) plot.top = std::max(plot.top, level.to);
  }
  return html("<div class=\"pair\"><div>{}</div><div>{}</div></div>\n", early, draw(plot));
}

Html legend(const Model& model) {
  std::vector<Html> keys;
  for (std::size_t output = 0; output < model.outputs.size(); ++output)
    keys.push_back(html("<span class=\"key line {}\"></span>{}", Html{style_of(output)},
                        output_words(model.outputs[output])));
  if (!model.levels.empty())
    keys.push_back(html("<span class=\"key box level-band\"></span>published levels of {}, ng/mL",
                        id_words(pkpd::moiety_text(model.outputs.front().moiety))));
  return bullet_list(keys, "legend in-line");
}

Table numbers(const Model& model, const TypicalCurve& curve) {
  constexpr std::array hours{0.0, 0.25, 0.5, 2.0 / 3.0, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0, 18.0, 24.0};
  std::vector<Column> columns{{"After the start"}};
  for (const auto& output : model.outputs) columns.push_back({output.id, true});
  Table table{dose_words(curve) + ": concentration, ng/mL", columns};
  for (const double hour : hours) {
    std::vector<Cell> cells{hour < 2.0 ? number_text(60.0 * hour, 0) + " min" : number_text(hour, 0) + " h"};
    for (std::size_t output = 0; output < model.outputs.size(); ++output)
      cells.emplace_back(ng_per_mL_text(curve.trajectory.concentration(hour * h, output)));
    table.row(cells);
  }
  return table;
}

Html read_off(const Model& model, const std::vector<TypicalCurve>& curves) {
  std::vector<Column> columns{
      {"Dose"}, {"Of"}, {"Highest, ng/mL", true}, {"after", true}, {"AUC 0 to 24 h, ng·h/mL", true}};
  for (const auto& level : model.levels)
    columns.push_back(
        {fmt::format("{}, ≥ {} ng/mL, min", level.name, ng_per_mL_text(level.from.value)), true});
  Table table{"Read off the curves", columns};
  for (const TypicalCurve& curve : curves) {
    for (std::size_t output = 0; output < model.outputs.size(); ++output) {
      const auto peak = curve.trajectory.peak(Duration{}, late_h * h, output);
      std::vector<Cell> cells{
          dose_words(curve), output_words(model.outputs[output]), ng_per_mL_text(peak.value),
          duration_text(peak.at),
          number_text(curve.trajectory.area(Duration{}, late_h * h, output).in(ng / mL * h), 0)};
      for (const auto& level : model.levels) {
        const Duration above = curve.trajectory.time_above(level.from.value, Duration{}, late_h * h, output);
        cells.emplace_back(output == 0 ? number_text(above.in(units::min), 0) : std::string("not of it"));
      }
      table.row(cells);
    }
  }
  return table.finish();
}

Html level_sources(const Model& model) {
  std::vector<Html> notes;
  for (const auto& level : model.levels)
    notes.push_back(html("{}, {} to {} ng/mL: {}", level.name, ng_per_mL_text(level.from.value),
                         ng_per_mL_text(level.to), label_note(level.from.from)));
  return bullet_list(notes, "footnotes");
}

Html body_of(const Model& model) {
  const TypicalPerson person = typical_person(model);
  const auto curves = typical_curves(model, person);
  if (!curves) {
    const bool left_open = std::ranges::any_of(model.parameters, [](const auto& p) { return !p.value; });
    return html("<p class=\"refusal\"><b>No curve</b>, because {}</p>\n",
                left_open ? "parameters of this model come from its user." : to_string(curves.error()));
  }
  Html out = html(
      "<p>One dose of 0.5 mg/kg by each route, for a typical person of {}. Not a dose to give: a common "
      "yardstick, by which models can be set side by side.</p>\n{}",
      person.words, legend(model));
  for (std::size_t i = 0; i < curves->size(); ++i) {
    const TypicalCurve& curve = (*curves)[i];
    out += html(
        "<figure><figcaption>{}, {}: 6 hours; and 24 hours on a logarithmic axis</figcaption>{}{}</figure>\n",
        dose_words(curve), person.words, plots(model, curve, i), data_table(numbers(model, curve)));
  }
  return out + read_off(model, *curves) + level_sources(model);
}

}  // namespace

Html curves_section(const Model& model) {
  return html(
      "<section id=\"curves\" aria-labelledby=\"curves-h\">\n<h2 id=\"curves-h\">Typical curves</h2>\n{}"
      "</section>\n",
      body_of(model));
}

}  // namespace evenkeel::report
