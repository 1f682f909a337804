// What each rule is worth, what missed evaluations cost, and what the results rest on.
#include <algorithm>

#include "report/page.hpp"
#include "report/study_plots.hpp"
#include "report/study_sections.hpp"
#include "report/study_words.hpp"

namespace evenkeel::report::study {
namespace {

using namespace cohort;

constexpr std::size_t most_swings = 8;  // in one plot

Html bar(double share, std::string_view css_class) {
  return html("<span class=\"bar{}\" style=\"width:{:.1f}%\"></span>", css_class,
              100.0 * std::clamp(share, 0.0, 1.0));
}

// "+3.1 points (1.2 to 5.0)", the interval on a line of its own.
Cell two_lines(const std::string& words) {
  const std::size_t bracket = words.find(" (");
  if (bracket == std::string::npos) return Cell{words};
  return Cell{html("{}<small>{}</small>", words.substr(0, bracket), words.substr(bracket + 1))};
}

std::string_view verdict_words(Verdict verdict) {
  switch (verdict) {
    case Verdict::silent:
      return "○ silent";
    case Verdict::costly:
      return "▲ alarms more";
    case Verdict::earns:
      return "● earns its place";
    case Verdict::shared:
      return "◐ adds nobody";
  }
  return "";
}

Html rules_table(const StudyResult& result, std::size_t index) {
  const ArmResult& arm = result.arms[index];
  Table table{fmt::format("Rules in \"{}\"", result.study.arms[index].title),
              {{"Rule"},
               {"Signs noticed", true},
               {"By it alone", true},
               {"False, a patient-year", true},
               {"Median delay, d", true},
               {"Verdict"},
               {"Why", false, true}}};
  double most = 0.0;
  for (const RuleWorth& each : arm.rules)
    most = std::max(most, each.false_alarms.a_year ? each.false_alarms.a_year->value : 0.0);
  for (std::size_t r = 0; r < arm.rules.size(); ++r) {
    const RuleWorth& each = arm.rules[r];
    const double found = each.noticed.share ? each.noticed.share->value : 0.0;
    const double wrong = each.false_alarms.a_year ? each.false_alarms.a_year->value : 0.0;
    table.row({html("{}<small>{}</small>", result.rules[r].id, result.rules[r].title),
               html("{}{}", percent(found), bar(found, "")), fmt::format("{}", each.alone),
               html("{}{}", three_digits(wrong), bar(most > 0.0 ? wrong / most : 0.0, " false")),
               each.delay.spread ? fmt::format("{:.0f}", each.delay.spread->median) : std::string("none"),
               html("<span class=\"verdict{}\">{}</span>", each.verdict == Verdict::costly ? " worst" : "",
                    verdict_words(each.verdict)),
               each.sentence});
  }
  return html("<div class=\"rules\">{}</div>", table.finish());
}

// Which rule notices which sign; the rules that ought to are marked.
Table matrix(const StudyResult& result, std::size_t index) {
  const ArmResult& arm = result.arms[index];
  std::vector<Column> columns{{"Rule"}};
  std::vector<std::size_t> signs;
  for (std::size_t b = 0; b < result.study.behaviours.size(); ++b) {
    if (arm.by_behaviour[b].noticing.noticed.of == 0) continue;
    signs.push_back(b);
    columns.push_back({result.study.behaviours[b].id, true});
  }
  Table table{fmt::format("Share of each sign that each rule noticed in \"{}\"; * ought to notice it",
                          result.study.arms[index].title),
              columns};
  for (std::size_t r = 0; r < arm.rules.size(); ++r) {
    std::vector<Cell> cells{result.rules[r].id};
    for (const std::size_t b : signs) {
      const auto& share = arm.rules[r].by_behaviour[b].share;
      cells.emplace_back((share ? percent(share->value) : std::string("none")) +
                         (arm.rules[r].expected[b] ? " *" : ""));
    }
    table.row(cells);
  }
  return table;
}

std::string assumption_words(const RankedAssumption& each) {
  return each.group == "nature" ? each.words : each.group + ": " + each.words;
}

// The assumptions that move this headline most, the largest first.
TornadoPlot tornado(const Ranking& ranking, std::size_t headline) {
  const Headline& base = ranking.base[headline];
  TornadoPlot plot;
  plot.id = fmt::format("swing-{}", headline);
  plot.title = base.words;
  plot.description = "How far this result moves with each assumption, the largest first.";
  plot.axis = base.words + (base.unit == "1" ? ", %" : base.unit == "/a" ? "" : ", " + base.unit);
  const double factor = base.unit == "1" ? 100.0 : 1.0;
  const auto scaled = [&](const std::optional<double>& value) {
    return value ? std::optional{factor * *value} : std::nullopt;
  };
  plot.base = factor * base.value.value_or(0.0);
  std::vector<const RankedAssumption*> moving;
  for (const RankedAssumption& each : ranking.assumptions) {
    if (each.swings[headline].size > 0.0) moving.push_back(&each);
  }
  std::ranges::stable_sort(moving, [&](const RankedAssumption* a, const RankedAssumption* b) {
    return a->swings[headline].size > b->swings[headline].size;
  });
  moving.resize(std::min(moving.size(), most_swings));
  for (const RankedAssumption* each : moving) {
    const Swing& swing = each->swings[headline];
    plot.rows.push_back({assumption_words(*each), in_unit(each->number.low, each->number.high, each->unit),
                         scaled(swing.at_low), scaled(swing.at_high)});
  }
  return plot;
}

Table ranking_table(const Ranking& ranking) {
  std::vector<Column> columns{{"Assumption", false, true},
                              {"Value", true},
                              {"Lowest", true},
                              {"Highest", true},
                              {"Largest swing", true}};
  for (const Headline& each : ranking.base) columns.push_back({each.words + ", lowest | highest", true});
  Table table{"Every assumption, the largest swing first", columns};
  for (const RankedAssumption& each : ranking.assumptions) {
    std::vector<Cell> cells{assumption_words(each), in_unit(each.number.value, each.unit),
                            in_unit(each.number.low, each.unit), in_unit(each.number.high, each.unit),
                            percent(each.largest)};
    for (std::size_t h = 0; h < each.swings.size(); ++h) {
      const std::string_view unit = ranking.base[h].unit;
      cells.emplace_back(headline_text(each.swings[h].at_low, unit) + " | " +
                         headline_text(each.swings[h].at_high, unit));
    }
    table.row(cells);
  }
  return table;
}

}  // namespace

Html differences_section(const StudyResult& result) {
  Table table{fmt::format("Each arm less \"{}\" (95 % interval)", result.study.arms[result.reference].title),
              {{"Arm"},
               {"Signs noticed", true},
               {"Noticed before harm", true},
               {"Median delay, d", true},
               {"False alarms a patient-year", true},
               {"Harm", true}}};
  for (const ArmDifference& each : result.differences) {
    const bool watched = result.arms[each.arm].watched;
    const auto cell = [&](const std::string& words) {
      return watched ? two_lines(words) : Cell{"nobody looks"};
    };
    table.row({result.study.arms[each.arm].title, cell(points_range(each.noticed)),
               cell(points_range(each.before_harm)), cell(signed_range(each.delay_days)),
               cell(signed_range(each.false_alarms)), two_lines(points_range(each.harm))});
  }
  const Html body = result.differences.empty() ? Html{"<p>There is one arm only.</p>\n"} : table.finish();
  return section(
      "differences", "What missed evaluations cost: the arms against each other",
      "Look at the first three columns: fewer signs noticed, or later, is what an arm loses against the "
      "reference. An interval that holds 0 leaves it open whether there is a difference.",
      body + html("<p class=\"fine\">{}</p>\n", about_differences()));
}

Html rules_section(const StudyResult& result) {
  Html body;
  if (result.arms[result.reference].watched)
    body += rules_table(result, result.reference) + matrix(result, result.reference).finish();
  for (std::size_t a = 0; a < result.arms.size(); ++a) {
    if (a != result.reference && result.arms[a].watched)
      body += html("<details><summary>The same in \"{}\"</summary>\n{}{}</details>\n",
                   result.study.arms[a].title, rules_table(result, a), matrix(result, a).finish());
  }
  if (body.empty()) body = Html{"<p>Nobody looks in any arm of this study.</p>\n"};
  return section(
      "rules", "Which rules earn their place",
      "Look for rules with a short solid bar and a long striped one: they find little and alarm much. "
      "Then for the column \"By it alone\": whom nobody would have noticed in time without that rule.",
      body + html("<p class=\"fine\">{}</p>\n", about_verdicts()));
}

Html assumptions_section(const Ranking& ranking) {
  Html body;
  for (std::size_t h = 0; h < ranking.base.size() && !ranking.assumptions.empty(); ++h) {
    const TornadoPlot plot = tornado(ranking, h);
    const std::string now = headline_text(ranking.base[h].value, ranking.base[h].unit);
    if (plot.rows.empty() || !ranking.base[h].value) {
      body += html("<p><b>{}</b> ({}): no assumption moved it.</p>\n", ranking.base[h].words, now);
      continue;
    }
    body += html("<figure><figcaption>{}: {} as assumed</figcaption>{}</figure>\n", ranking.base[h].words,
                 now, draw(plot));
  }
  if (body.empty()) {
    body = Html{"<p>Not asked for: no assumption was moved, so how far the results hold is not known.</p>\n"};
  } else {
    body = html(
               "<p class=\"fine\">{} {} simulated patients an arm in each run.</p>\n"
               "<ul class=\"legend in-line\"><li><span class=\"key glyph\">○</span>at the lowest value</li>"
               "<li><span class=\"key glyph\">◆</span>at the highest value</li></ul>\n",
               about_ranking(), ranking.patients) +
           Html{"<div class=\"pair\">\n"} + body + Html{"</div>\n"} + data_table(ranking_table(ranking));
  }
  return section(
      "assumptions", "What the results rest on",
      "Look for long bars: where an assumption moves a result far, that result is no better known than "
      "the assumption. At the right of each bar: the values that were tried.",
      body);
}

}  // namespace evenkeel::report::study
