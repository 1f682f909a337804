#include <algorithm>
#include <cmath>

#include "report/diagram_graph.hpp"
#include "report/document.hpp"
#include "report/plot_lines.hpp"
#include "report/target_report.hpp"
#include "report/target_words.hpp"

namespace evenkeel::report {
namespace {

constexpr std::size_t most_rows = 30;  // that a printed page has room for

constexpr std::string_view styles = R"css(
.notice{border:2px solid var(--bad);padding:.5rem .8rem;font-weight:600}
@page{margin:8mm 11mm}
@media print{
  html{font-size:7.6pt}
  h1{font-size:1.35rem}
  h2{font-size:1.05rem;margin:0}
  .notice{padding:.2rem .5rem}
  .facts{padding:.3rem 0;gap:.3rem 1.2rem}
  header{margin:0}
  section,footer{margin-top:.3rem;padding-top:.2rem}
  main,footer{line-height:1.2}
  table,thead th{font-size:7.2pt}
  .facts small{font-size:6.4pt;line-height:1.2}
  .legend.in-line{margin:0}
  caption{margin:0;padding:.1rem 0}
  th,td{padding-top:.08rem;padding-bottom:.08rem}
  figure{margin:.2rem 0}
  .targets-plots{grid-template-columns:repeat(4,minmax(0,1fr));gap:.4rem 1rem}
  .columns.fine{font-size:6.2pt;line-height:1.15;margin:.1rem 0;columns:3}
  p{margin:.2rem 0}
}
)css";

Html fact(std::string_view name, const std::string& value, const std::string& detail) {
  return html("<div><dt>{}</dt><dd>{}<small>{}</small></dd></div>\n", name, value, detail);
}

Html header(const TargetReport& r) {
  const auto& answer = r.answer;
  std::string targets;
  for (const plan::TargetMet& met : answer.met)
    targets += (targets.empty() ? "" : ", then ") + target_level(met.target.level);
  return html(
      "<header>\n<p class=\"over\">Evenkeel: rates that reach and hold a concentration</p>\n<h1>{} ng/mL {}, "
      "for {}</h1>\n<p class=\"notice\">{}</p>\n<dl class=\"facts\">\n{}{}{}{}</dl>\n</header>\n",
      targets, r.effect_site.empty() ? "in plasma" : "at the effect site", r.patient, target_warning,
      fact("Model", r.model, r.version + ", " + r.status + "; typical values"),
      fact("Pump",
           fmt::format("{} mg/mL", number_text(r.question.pump.strength.in(units::mg / units::mL), 6)),
           target_pump(r)),
      fact("Changes of rate", fmt::format("{}", answer.segments.size() - 1), target_pace(r)),
      fact("In all",
           fmt::format("{:.1f} mL, {:.1f} mg", answer.volume.in(units::mL), answer.dose.in(units::mg)),
           target_use(r)));
}

PlotLine curve(const std::vector<double>& times_h, const std::vector<Concentration>& levels,
               std::string css_class) {
  PlotLine line{times_h, {}, std::move(css_class)};
  for (const Concentration level : levels) line.values.push_back(level.in(units::ng / units::mL));
  return line;
}

// A level held from each moment to the next.
PlotLine target_line(const TargetReport& r) {
  PlotLine line;
  line.css_class = "curve s2";
  for (const plan::TargetMet& met : r.answer.met) {
    for (const Duration time : {met.target.from, met.until}) {
      line.times_h.push_back(time.in(units::h));
      line.values.push_back(met.target.level.in(units::ng / units::mL));
    }
  }
  return line;
}

PlotLine rate_line(const TargetReport& r) {
  PlotLine line;
  line.css_class = "curve s1";
  for (const plan::RateSegment& each : r.answer.segments) {
    for (const Duration time : {each.from, each.to}) {
      line.times_h.push_back(time.in(units::h));
      line.values.push_back(each.flow.in(units::mL / units::h));
    }
  }
  return line;
}

double top_of(const LinePlot& plot) {
  double top = 0.0;
  for (const PlotLine& line : plot.lines) top = std::max(top, *std::ranges::max_element(line.values));
  for (const PlotBand& band : plot.bands) top = std::max(top, *std::ranges::max_element(band.high));
  return top > 0.0 ? 1.04 * top : 1.0;
}

LinePlot empty_plot(const TargetReport& r, std::string id, std::string title) {
  LinePlot plot;
  plot.id = std::move(id);
  plot.title = std::move(title);
  plot.until_h = r.question.until.in(units::h);
  plot.unit = "ng/mL";
  return plot;
}

LinePlot concentration_plot(const TargetReport& r, bool effect_site) {
  LinePlot plot = effect_site ? empty_plot(r, "plot-effect-site", "Concentration at the effect site")
                              : empty_plot(r, "plot-plasma", "Concentration in plasma");
  std::vector<double> times_h;
  for (const Duration time : r.answer.course.times) times_h.push_back(time.in(units::h));
  for (const TargetRange& range : r.ranges) {
    if (range.effect_site != effect_site) continue;
    if (range.low_ng_mL.empty()) {
      plot.lines.push_back({times_h, range.middle_ng_mL, "curve s3"});
    } else {
      plot.bands.push_back({times_h, range.low_ng_mL, range.high_ng_mL});
    }
  }
  if (effect_site == r.question.site.effect_site.has_value()) plot.lines.push_back(target_line(r));
  plot.lines.push_back(
      curve(times_h, effect_site ? r.answer.course.effect_site : r.answer.course.plasma, "curve s1"));
  if (!effect_site) {
    for (const TargetLevel& level : r.levels)
      plot.levels.push_back({id_words(level.name), level.from_ng_mL, level.to_ng_mL});
  }
  plot.top = top_of(plot);
  plot.description =
      fmt::format("{} over {:g} min, with the targets where it is steered; at most {:.4g} ng/mL.", plot.title,
                  r.question.until.in(units::min), plot.top / 1.04);
  return plot;
}

LinePlot rate_plot(const TargetReport& r) {
  LinePlot plot = empty_plot(r, "plot-rate", "Rate of the pump");
  plot.unit = "mL/h";
  plot.lines = {rate_line(r)};
  plot.top = top_of(plot);
  plot.description = fmt::format("The rate to set, in {} pieces; at most {:.4g} mL/h.",
                                 r.answer.segments.size(), plot.top / 1.04);
  return plot;
}

Html legend(const TargetReport& r) {
  std::vector<Html> keys{Html{"<span class=\"key line s1\"></span>typical patient"},
                         Html{"<span class=\"key line s2\"></span>target"}};
  const auto is_band = [](const TargetRange& range) { return !range.low_ng_mL.empty(); };
  if (std::ranges::any_of(r.ranges, is_band))
    keys.push_back(Html{"<span class=\"key box spread\"></span>5 to 95 % of persons"});
  if (!std::ranges::all_of(r.ranges, is_band))
    keys.push_back(Html{"<span class=\"key line s3\"></span>another model or delay"});
  return bullet_list(keys, "legend in-line");
}

Html plots(const TargetReport& r) {
  Html drawn;
  if (r.question.site.effect_site) drawn += html("<div>{}</div>", draw(concentration_plot(r, true)));
  drawn += html("<div>{}</div><div>{}</div>", draw(concentration_plot(r, false)), draw(rate_plot(r)));
  return html("<figure>{}<div class=\"pair targets-plots\">{}</div></figure>\n", legend(r), drawn);
}

Html section(std::string_view id, std::string_view title, const Html& body) {
  return html("<section id=\"{}\" aria-labelledby=\"{}-h\">\n<h2 id=\"{}-h\">{}</h2>\n{}</section>\n", id, id,
              id, title, body);
}

Table shown(std::string caption, const TargetTable& values) {
  std::vector<Column> columns;
  for (std::size_t i = 0; i < values.columns.size(); ++i) columns.push_back({values.columns[i], i >= 2});
  Table table{std::move(caption), std::move(columns)};
  for (const auto& row : values.rows) {
    const std::vector<Cell> cells(row.begin(), row.end());
    table.row(cells);
  }
  return table;
}

Html rates(const TargetReport& r) {
  const Table table =
      shown("Clock from the start; concentrations at the end of each line, ng/mL", target_rates(r));
  if (r.answer.segments.size() <= most_rows) return table.finish();
  return html(
      "<p>{} rates are too many to set by hand and to print here: the text form prints them all; "
      "--by-hand plans fewer.</p>\n<details><summary>All rates</summary>{}</details>\n",
      r.answer.segments.size(), data_table(table));
}

Html list_of(const std::vector<std::string>& lines, std::string_view css_class) {
  std::vector<Html> items;
  for (const std::string& line : lines) items.push_back(html("{}", line));
  return items.empty() ? Html{} : bullet_list(items, css_class);
}

Html others(const TargetReport& r) {
  if (r.ranges.empty())
    return Html{
        "<p>Not looked at: the curves are one typical patient's by one model. Persons and models "
        "differ.</p>\n"};
  return shown(
             "ng/mL at the end of each target, 5 to 95 % where there are several, and the highest until then",
             target_ranges(r))
      .finish();
}

}  // namespace

std::string target_page(const TargetReport& r) {
  const std::string effect_site = r.effect_site.empty() ? std::string{} : r.effect_site;
  const Html body =
      header(r) + Html{"<main>\n"} +
      section("rates", "What to set", rates(r) + list_of(target_facts(r), "plain")) +
      section("curves", "Curves",
              plots(r) + (effect_site.empty() ? Html{} : html("<p>{}</p>\n", effect_site))) +
      section("targets", "Targets",
              shown("Of " + id_words(r.output) + ", ng/mL; clock from the start", target_met(r)).finish()) +
      section("stop", "If it stops",
              shown("Minutes until it is so for good, nothing more given", target_stops(r)).finish()) +
      section("others", "The same rates in others", others(r)) +
      section("caveats", "Known defects and open questions",
              html("<p>{}</p>\n", r.title) + list_of(r.caveats, "columns fine")) +
      html("</main>\n<footer>\n<p>{}</p>\n</footer>\n", r.program);
  return document("A target schedule: Evenkeel",
                  std::string(style_sheet()) + std::string(model_style_sheet()) + std::string(styles), body);
}

}  // namespace evenkeel::report
