// What reaches the body, and how far it comes: exposure and levels.
#include <array>

#include "report/page.hpp"
#include "report/study_plots.hpp"
#include "report/study_sections.hpp"
#include "report/study_words.hpp"

namespace evenkeel::report::study {
namespace {

using namespace cohort;

struct Quantity {
  std::string_view id;
  std::string_view title;
  std::string_view unit;
  std::optional<Quantiles> Exposure::*field;
};
constexpr std::array<Quantity, 5> quantities{{
    {"peak", "Highest peak concentration", "ng/mL", &Exposure::peak_ng_mL},
    {"area", "Area under the curve, all exposures", "mg h/L", &Exposure::area_mg_h_L},
    {"hours", "Time above 100 ng/mL", "h", &Exposure::hours_above},
    {"mg", "Ketamine base in all", "mg", &Exposure::cumulative_mg},
    {"tolerance", "Tolerance at the end", "share of the effect lost", &Exposure::tolerance},
}};

std::string middle_and_range(const Quantiles& each) {
  return fmt::format("{} ({} to {})", three_digits(each.median), three_digits(each.p05),
                     three_digits(each.p95));
}

// A logarithm has no place for zero: where some range begins there, the axis is linear.
RangePlot exposure_plot(const StudyResult& result, const Quantity& quantity) {
  RangePlot plot;
  plot.id = fmt::format("exposure-{}", quantity.id);
  plot.title = std::string(quantity.title);
  plot.description = fmt::format("Median, middle half and 5 to 95 % of {} in each arm.", quantity.title);
  plot.along = Along::logarithmic;
  for (std::size_t a = 0; a < result.arms.size(); ++a) {
    const auto& each = result.arms[a].all.exposure.*quantity.field;
    if (!each) continue;
    if (!(each->p05 > 0.0)) plot.along = Along::linear;
    plot.rows.push_back({result.study.arms[a].title, middle_and_range(*each), a, each->median, each->p05,
                         each->p95, std::pair{each->p25, each->p75}});
  }
  plot.axis = fmt::format("{}, {}{}", quantity.title, quantity.unit,
                          plot.along == Along::logarithmic ? " (logarithmic)" : "");
  fit(plot);
  return plot;
}

Table exposure_table(const StudyResult& result) {
  Table table{"Exposure by arm and behaviour: median (5 % to 95 %)",
              {{"Arm"},
               {"Behaviour"},
               {"Peak, ng/mL", true},
               {"Area, mg h/L", true},
               {"Above 100, h", true},
               {"Base, mg", true},
               {"Tolerance", true},
               {"Mean clinic, mg", true},
               {"Mean elsewhere, mg", true}}};
  for (std::size_t a = 0; a < result.arms.size(); ++a) {
    const auto row = [&](const std::string& name, const Metrics& metrics) {
      if (metrics.patients == 0) return;
      std::vector<Cell> cells{result.study.arms[a].id, name};
      for (const Quantity& quantity : quantities)
        cells.emplace_back(middle_and_range(*(metrics.exposure.*quantity.field)));
      cells.emplace_back(three_digits(metrics.exposure.mean_clinic_mg));
      cells.emplace_back(three_digits(metrics.exposure.mean_outside_mg));
      table.row(cells);
    };
    row("all", result.arms[a].all);
    for (std::size_t b = 0; b < result.study.behaviours.size(); ++b)
      row(result.study.behaviours[b].id, result.arms[a].by_behaviour[b]);
  }
  return table;
}

// Of those whose highest level is exactly this.
std::vector<double> exact_shares(const Metrics& metrics) {
  std::vector<double> shares;
  for (std::size_t level = 0; level < levels; ++level) {
    const std::uint64_t above = level + 1 < levels ? metrics.reached[level + 1].count : 0;
    const std::uint64_t here = metrics.reached[level].count - above;
    shares.push_back(static_cast<double>(here) / static_cast<double>(metrics.patients));
  }
  return shares;
}

Table levels_table(const StudyResult& result) {
  Table table{"Highest level at least, and harm: share of patients (95 % interval)",
              {{"Arm"},
               {"Behaviour"},
               {"1 watch", true},
               {"2 review", true},
               {"3 act", true},
               {"4 urgent", true},
               {"Harm", true}}};
  for (std::size_t a = 0; a < result.arms.size(); ++a) {
    const auto row = [&](const std::string& name, const Metrics& metrics) {
      if (metrics.patients == 0) return;
      std::vector<Cell> cells{result.study.arms[a].id, name};
      for (std::size_t level = 1; level < levels; ++level)
        cells.emplace_back(result.arms[a].watched ? percent_range(metrics.reached[level].share)
                                                  : std::string("nobody looks"));
      cells.emplace_back(percent_range(metrics.harm.share));
      table.row(cells);
    };
    row("all", result.arms[a].all);
    for (std::size_t b = 0; b < result.study.behaviours.size(); ++b)
      row(result.study.behaviours[b].id, result.arms[a].by_behaviour[b]);
  }
  return table;
}

}  // namespace

Html arm_legend(const StudyResult& result, bool watched_only) {
  constexpr std::array<std::string_view, 4> glyphs{"●", "◆", "▼", "✕"};
  std::vector<Html> keys;
  for (std::size_t a = 0; a < result.arms.size(); ++a) {
    if (watched_only && !result.arms[a].watched) continue;
    keys.push_back(html("<span class=\"key glyph {}\">{}</span>{}", arm_class(a), glyphs[a % glyphs.size()],
                        result.study.arms[a].title));
  }
  return bullet_list(keys, "legend in-line");
}

Html exposure_section(const StudyResult& result) {
  Html plots;
  for (const Quantity& quantity : quantities) {
    const RangePlot plot = exposure_plot(result, quantity);
    plots += html("<figure><figcaption>{}, {}</figcaption>{}</figure>\n", quantity.title, quantity.unit,
                  draw(plot));
  }
  return section(
      "exposure", "Exposure: what reaches the body in the whole time",
      "Look how far apart the marks of the arms lie. The mark is the median patient, the band the "
      "middle half, the line nine of ten. On a logarithmic axis, equal distances are equal ratios.",
      plots + data_table(exposure_table(result)));
}

Html levels_section(const StudyResult& result) {
  StackPlot plot;
  plot.id = "levels-reached";
  plot.title = "Highest level that patients reached";
  plot.description = "Shares of the patients of each arm, by the highest level from 0 to 4.";
  plot.axis = "share of the patients of the arm, %";
  for (std::size_t a = 0; a < result.arms.size(); ++a) {
    const bool shown = result.arms[a].watched && result.arms[a].all.patients > 0;
    plot.rows.push_back(
        {result.study.arms[a].title, shown ? exact_shares(result.arms[a].all) : std::vector<double>{}});
  }
  return section(
      "levels", "Levels reached",
      "Look how much of each bar lies to the right: the highest level that each patient ever had, from "
      "0 (nothing) over 1 (watch), 2 (review) and 3 (act) to 4 (urgent). A clinic that looks less shows "
      "lower levels; that is not health.",
      html("<figure>{}</figure>\n", draw(plot)) + data_table(levels_table(result)));
}

}  // namespace evenkeel::report::study
