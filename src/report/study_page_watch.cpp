// How well the rules notice, how soon, and how often they alarm for nothing.
#include <algorithm>

#include "report/page.hpp"
#include "report/study_plots.hpp"
#include "report/study_sections.hpp"
#include "report/study_words.hpp"

namespace evenkeel::report::study {
namespace {

using namespace cohort;

bool any_watched(const StudyResult& result) {
  return std::ranges::any_of(result.arms, &ArmResult::watched);
}

Html nobody_looks() {
  return Html{"<p>Nobody looks in any arm of this study.</p>\n"};
}

// A heading for each behaviour, then a row for each watched arm where `row` gives one.
template <class MakeRow>
void add_rows(RangePlot& plot, const StudyResult& result, const MakeRow& make_row) {
  const auto group = [&](const std::string& title, std::optional<std::size_t> behaviour) {
    std::vector<RangeRow> rows;
    for (std::size_t a = 0; a < result.arms.size(); ++a) {
      if (!result.arms[a].watched) continue;
      if (std::optional<RangeRow> row = make_row(a, behaviour)) rows.push_back(std::move(*row));
    }
    if (rows.empty()) return;
    plot.rows.push_back({title, "", 0});
    plot.rows.insert(plot.rows.end(), rows.begin(), rows.end());
  };
  for (std::size_t b = 0; b < result.study.behaviours.size(); ++b) group(result.study.behaviours[b].title, b);
  group("All together", std::nullopt);
}

const Metrics& metrics_for(const StudyResult& result, std::size_t arm, std::optional<std::size_t> behaviour) {
  return behaviour ? result.arms[arm].by_behaviour[*behaviour] : result.arms[arm].all;
}
const Rate& alarms_for(const StudyResult& result, std::size_t arm, std::optional<std::size_t> behaviour) {
  return behaviour ? result.arms[arm].alarms_of[*behaviour] : result.arms[arm].false_alarms;
}

RangePlot sensitivity_plot(const StudyResult& result) {
  RangePlot plot;
  plot.id = "signs-noticed";
  plot.title = "Share of signs noticed";
  plot.description = "By behaviour and arm, with 95 % intervals.";
  plot.axis = "share of signs noticed, %";
  plot.high = 100.0;
  add_rows(plot, result,
           [&](std::size_t arm, std::optional<std::size_t> behaviour) -> std::optional<RangeRow> {
             const Proportion& each = metrics_for(result, arm, behaviour).noticing.noticed;
             if (!each.share) return std::nullopt;
             return RangeRow{result.study.arms[arm].title,
                             fmt::format("{} of {}: {}", each.count, each.of, percent(each.share->value)),
                             arm,
                             100.0 * each.share->value,
                             100.0 * each.share->low,
                             100.0 * each.share->high};
           });
  return plot;
}

RangePlot alarms_plot(const StudyResult& result) {
  RangePlot plot;
  plot.id = "alarms-a-year";
  plot.title = "False alarms a patient-year";
  plot.description = "By behaviour without a sign and arm, with exact Poisson intervals.";
  plot.axis = "false alarms a patient-year";
  plot.line = 0.0;
  add_rows(plot, result,
           [&](std::size_t arm, std::optional<std::size_t> behaviour) -> std::optional<RangeRow> {
             const Rate& each = alarms_for(result, arm, behaviour);
             if (!each.a_year) return std::nullopt;
             return RangeRow{result.study.arms[arm].title, rate_range(each.a_year), arm,
                             each.a_year->value,           each.a_year->low,        each.a_year->high};
           });
  fit(plot);
  plot.line.reset();
  return plot;
}

RangePlot lead_plot(const StudyResult& result) {
  RangePlot plot;
  plot.id = "lead-days";
  plot.title = "Days from notice to harm";
  plot.description = "Median, middle half and 5 to 95 %, by behaviour and arm; left of 0 noticed after harm.";
  plot.axis = "days from notice to harm";
  plot.line = 0.0;
  plot.line_words = "harm: noticed after | before";
  add_rows(plot, result,
           [&](std::size_t arm, std::optional<std::size_t> behaviour) -> std::optional<RangeRow> {
             const Days& each = metrics_for(result, arm, behaviour).noticing.lead;
             if (!each.spread) return std::nullopt;
             return RangeRow{result.study.arms[arm].title,
                             lead_words(each.spread->median),
                             arm,
                             each.spread->median,
                             each.spread->p05,
                             each.spread->p95,
                             std::pair{each.spread->p25, each.spread->p75}};
           });
  fit(plot);
  return plot;
}

std::string days_words(const Days& each) {
  if (!each.spread) return "none";
  return fmt::format("{:.0f} ({:.0f} to {:.0f})", each.spread->median, each.median->low, each.median->high);
}
std::string quartile_words(const Days& each) {
  if (!each.spread) return "none";
  return fmt::format("{:.0f} ({:.0f} to {:.0f})", each.spread->median, each.spread->p25, each.spread->p75);
}
std::string late_words(const Days& each) {
  return each.spread ? fmt::format("{:.0f}", each.spread->p95) : std::string("none");
}

Table noticing_table(const StudyResult& result) {
  Table table{"Signs noticed, and when",
              {{"Arm"},
               {"Behaviour"},
               {"Signs", true},
               {"Noticed", true},
               {"Noticed before harm", true},
               {"Median delay, d (95 % interval)", true},
               {"95 % noticed within, d", true},
               {"Median lead, d (quartiles)", true}}};
  for (std::size_t a = 0; a < result.arms.size(); ++a) {
    if (!result.arms[a].watched) continue;
    const auto row = [&](const std::string& name, const Noticing& each) {
      if (each.noticed.of == 0) return;
      table.row({result.study.arms[a].id, name, fmt::format("{}", each.noticed.of),
                 percent_range(each.noticed.share),
                 fmt::format("{} of {}: {}", each.before_harm.count, each.before_harm.of,
                             percent_range(each.before_harm.share)),
                 days_words(each.delay), late_words(each.delay), quartile_words(each.lead)});
    };
    row("all", result.arms[a].all.noticing);
    for (std::size_t b = 0; b < result.study.behaviours.size(); ++b)
      row(result.study.behaviours[b].id, result.arms[a].by_behaviour[b].noticing);
  }
  return table;
}

Table alarms_table(const StudyResult& result) {
  Table table{"False alarms",
              {{"Arm"},
               {"Behaviour"},
               {"Alarms", true},
               {"Patient-years", true},
               {"A patient-year (95 % interval)", true}}};
  for (std::size_t a = 0; a < result.arms.size(); ++a) {
    if (!result.arms[a].watched) continue;
    const auto row = [&](const std::string& name, const Rate& each) {
      if (each.a_year)
        table.row({result.study.arms[a].id, name, fmt::format("{}", each.count),
                   fmt::format("{:.1f}", each.years), rate_range(each.a_year)});
    };
    row("all", result.arms[a].false_alarms);
    for (std::size_t b = 0; b < result.study.behaviours.size(); ++b)
      row(result.study.behaviours[b].id, result.arms[a].alarms_of[b]);
  }
  return table;
}

}  // namespace

Html noticing_section(const StudyResult& result) {
  const Html body = any_watched(result) ? arm_legend(result, true) +
                                              html("<figure>{}</figure>\n", draw(sensitivity_plot(result))) +
                                              data_table(noticing_table(result))
                                        : nobody_looks();
  return section(
      "noticing", "Signs noticed",
      "Look for marks far to the left: signs that slip through. A sign is noticed on the first day from its "
      "onset on when the level is 2 or more and a rule that ought to notice it has found something. The "
      "line is the 95 % interval.",
      body);
}

Html alarms_section(const StudyResult& result) {
  const Html body = any_watched(result) ? arm_legend(result, true) +
                                              html("<figure>{}</figure>\n", draw(alarms_plot(result))) +
                                              data_table(alarms_table(result))
                                        : nobody_looks();
  return section("alarms", "False alarms",
                 "Look for marks far to the right: patients without a sign who are called in for review for "
                 "nothing. 0.1 a patient-year is one in ten years with one patient, or one a year with ten.",
                 body);
}

Html lead_section(const StudyResult& result) {
  const RangePlot plot = lead_plot(result);
  Html body{"<p>No sign came to harm and was noticed in this study, so there is no lead to show.</p>\n"};
  if (!plot.rows.empty()) body = arm_legend(result, true) + html("<figure>{}</figure>\n", draw(plot));
  return section(
      "lead", "Lead before harm",
      "Look whether a band lies right of the dashed line: there the sign was noticed before harm. Only "
      "signs that were noticed and came to harm are here, so clinics that prevent harm show fewer.",
      body);
}

}  // namespace evenkeel::report::study
