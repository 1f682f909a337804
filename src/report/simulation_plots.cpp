#include "report/simulation_plots.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>
#include <vector>

#include "report/diagram_graph.hpp"
#include "report/page.hpp"
#include "report/plot_lines.hpp"

namespace evenkeel::report {
namespace {

constexpr std::size_t most_rows = 25;  // of the table beside a plot

// The same place in the models' lists of curves.
struct Row {
  std::string unit;
  std::vector<std::pair<const SimulatedModel*, const SimulatedCurve*>> curves;
};

std::vector<Row> rows_of(const Simulation& s) {
  std::vector<Row> rows;
  for (std::size_t place = 0;; ++place) {
    const std::size_t before = rows.size();
    for (const SimulatedModel& model : s.models) {
      if (place >= model.curves.size()) continue;
      const SimulatedCurve& curve = model.curves[place];
      const auto start = rows.begin() + static_cast<std::ptrdiff_t>(before);
      auto row = std::find_if(start, rows.end(), [&](const Row& each) { return each.unit == curve.unit; });
      if (row == rows.end()) row = rows.insert(rows.end(), {curve.unit, {}});
      row->curves.emplace_back(&model, &curve);
    }
    if (rows.size() == before) return rows;
  }
}

// Around the middle, the widest first: 5 and 95 %, then 25 and 75 %.
std::vector<std::pair<std::size_t, std::size_t>> bands_of(const SimulatedCurve& curve) {
  std::vector<std::pair<std::size_t, std::size_t>> found;
  const std::size_t n = curve.percentiles.size();
  for (std::size_t low = 0; low + 1 < n - low; ++low) found.emplace_back(low, n - 1 - low);
  return found;
}

// The one curve, or that of the percentile in the middle; none where they are even in number.
std::optional<std::size_t> middle_of(const SimulatedCurve& curve) {
  if (curve.percentiles.empty()) return 0;
  if (curve.percentiles.size() % 2 == 0) return std::nullopt;
  return curve.percentiles.size() / 2;
}

double top_of(const Row& row) {
  double top = 0.0;
  for (const auto& [model, curve] : row.curves) {
    for (const auto& values : curve->values) {
      for (const double value : values) {
        if (std::isfinite(value)) top = std::max(top, value);
      }
    }
  }
  return top > 0.0 ? top : 1.0;
}

std::string described(const Simulation& s, const SimulatedModel& model, const SimulatedCurve& curve) {
  std::string text = fmt::format("{} in {} from {} to {} h. ", id_words(curve.name), curve.unit,
                                 number_text(s.times_h.front(), 2), number_text(s.times_h.back(), 2));
  for (const SimulatedQuantity& each : model.quantities) {
    if (each.output != curve.name) continue;
    const auto middle = middle_of(curve);
    if (middle && *middle < each.values.size())
      text += fmt::format("{}: {} {}. ", each.name, three_digits(each.values[*middle]), each.unit);
  }
  return text;
}

// Each dose, the repeated ones as well, as far as the curves go.
std::vector<PlotDose> dose_marks(const Simulation& s) {
  std::vector<PlotDose> marks;
  for (const SimulatedDose& dose : s.doses) {
    for (int i = 0; i <= dose.additional; ++i) {
      const double at_h = dose.at_h + i * dose.interval_h;
      if (!(at_h <= s.times_h.back())) break;
      marks.push_back({at_h, dose.length_h});
    }
  }
  return marks;
}

LinePlot plot_of(const Simulation& s, const SimulatedModel& model, const SimulatedCurve& curve, double top) {
  LinePlot plot;
  plot.title = fmt::format("{}: {}", model.id, id_words(curve.name));
  plot.description = described(s, model, curve);
  plot.from_h = s.times_h.front();
  plot.until_h = s.times_h.back();
  plot.top = 1.04 * top;
  plot.unit = curve.unit;
  for (const auto& [low, high] : bands_of(curve))
    plot.bands.push_back({s.times_h, curve.values[low], curve.values[high]});
  if (const auto middle = middle_of(curve))
    plot.lines.push_back({s.times_h, curve.values[*middle], "curve s1"});
  plot.doses = dose_marks(s);
  return plot;
}

Html plots(const Simulation& s, const Row& row, std::size_t index) {
  Html out;
  for (std::size_t i = 0; i < row.curves.size(); ++i) {
    const auto& [model, curve] = row.curves[i];
    LinePlot plot = plot_of(s, *model, *curve, top_of(row));
    plot.id = fmt::format("plot-{}-{}-linear", index, i);
    const Html linear = draw(plot);
    plot.id = fmt::format("plot-{}-{}-log", index, i);
    plot.title += ", logarithmic axis";
    plot.scale = Scale::logarithmic;
    out += html(
        "<h3>{} <small><code>{}</code></small></h3>\n<div class=\"pair\"><div>{}</div><div>{}</div></div>\n",
        id_words(curve->name), model->id, linear, draw(plot));
  }
  return out;
}

Html legend(const Simulation& s, const SimulatedCurve& curve) {
  std::vector<Html> keys;
  if (const auto middle = middle_of(curve))
    keys.push_back(html("<span class=\"key line s1\"></span>{}",
                        curve.percentiles.empty() ? "one curve" : percent_text(curve.percentiles[*middle])));
  std::vector<std::string> ranges;
  for (const auto& [low, high] : bands_of(curve))
    ranges.push_back(fmt::format("P{:g} to P{:g}", curve.percentiles[low], curve.percentiles[high]));
  if (!ranges.empty())
    keys.push_back(html("<span class=\"key box spread\"></span>{}", joined(ranges, "; inside it ")));
  if (!s.doses.empty()) keys.push_back(Html{"<span class=\"key glyph\">▼</span>dose"});
  return bullet_list(keys, "legend in-line");
}

std::vector<Column> number_columns(const Row& row) {
  std::vector<Column> columns{{"Time, h"}};
  for (const auto& [model, curve] : row.curves) {
    const std::string before = row.curves.size() > 1 ? model->id + ", " : std::string{};
    if (curve->percentiles.empty()) columns.push_back({before + id_words(curve->name), true});
    for (const double percent : curve->percentiles) columns.push_back({before + percent_text(percent), true});
  }
  return columns;
}

// Evenly taken, the last time among them.
std::vector<std::size_t> times_shown(std::size_t count) {
  std::vector<std::size_t> shown;
  const std::size_t rows = std::min(count, most_rows);
  for (std::size_t i = 0; i < rows; ++i) shown.push_back(rows == 1 ? 0 : i * (count - 1) / (rows - 1));
  return shown;
}

Table numbers(const Simulation& s, const Row& row) {
  const std::string which = s.times_h.size() > most_rows
                                ? fmt::format(", {} of {} times", most_rows, s.times_h.size())
                                : std::string{};
  Table table{fmt::format("Curves, {}{}", row.unit, which), number_columns(row)};
  for (const std::size_t at : times_shown(s.times_h.size())) {
    std::vector<Cell> cells{number_text(s.times_h[at], 3)};
    for (const auto& [model, curve] : row.curves) {
      for (const auto& values : curve->values)
        cells.emplace_back(std::isfinite(values[at]) ? three_digits(values[at]) : std::string("no value"));
    }
    table.row(cells);
  }
  return table;
}

Html figure(const Simulation& s, const Row& row, std::size_t index) {
  if (s.times_h.size() < 2) return numbers(s, row).finish();
  return html("<figure>{}{}{}</figure>\n", legend(s, *row.curves.front().second), plots(s, row, index),
              data_table(numbers(s, row)));
}

}  // namespace

std::string percent_text(double percent) {
  return percent == 50.0 ? "median" : fmt::format("P{:g}", percent);
}

Html simulation_curves(const Simulation& simulation) {
  Html out;
  const auto rows = rows_of(simulation);
  for (std::size_t i = 0; i < rows.size(); ++i) out += figure(simulation, rows[i], i);
  return out.empty() ? Html{"<p>No model gave a curve.</p>\n"} : out;
}

}  // namespace evenkeel::report
