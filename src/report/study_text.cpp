#include <fmt/format.h>

#include <algorithm>

#include "report/page.hpp"
#include "report/study_report.hpp"
#include "report/study_words.hpp"

namespace evenkeel::report {
namespace {

using namespace cohort;
using Rows = std::vector<std::vector<std::string>>;

constexpr std::size_t most_assumptions = 15;

void header(const StudyReport& report, Page& page) {
  const Study& study = report.result.study;
  page.line("EVENKEEL: A STUDY IN THE VIRTUAL CLINIC", Tone::strong);
  page.item("Measured   ", study::measured(study), 11);
  page.item("Assumed    ", study::assumed(study), 11);
  page.item("Not said   ", study::not_said(), 11, Tone::warning);
  page.heading(study.title);
  page.item("  ", study.question, 2);
  page.item("  ",
            fmt::format("Study {} {}, seed {}, {}.", study.id, study.version, study.seed, report.program), 2,
            Tone::quiet);
  if (study.assumed.empty()) return;
  page.heading("What this study takes for granted");
  for (const std::string& sentence : study.assumed) page.item("  - ", sentence, 4);
}

void arms(const StudyResult& result, Page& page) {
  page.heading("The arms: the same simulated people live in each");
  for (std::size_t a = 0; a < result.arms.size(); ++a) {
    const Arm& arm = result.study.arms[a];
    page.item(fmt::format("  {}  ", arm.id),
              fmt::format("{}. {}", arm.title,
                          result.arms[a].watched ? "The rules look at each visit." : "Nobody looks."),
              4);
  }
  page.heading("The people: how they behave");
  for (const Behaviour& behaviour : result.study.behaviours)
    page.item(
        fmt::format("  {}  ", behaviour.id),
        fmt::format("{}: {} ({}).", behaviour.title, study::truth_words(behaviour.truth), behaviour.status),
        4);
}

void in_short(const StudyResult& result, Page& page) {
  page.heading("In short");
  for (const std::string& sentence : study::in_short(result)) page.item("  - ", sentence, 4);
  page.item("  ", study::about_intervals(), 2, Tone::quiet);
}

void exposure_rows(const StudyResult& result, Page& page, std::string_view name,
                   const std::optional<Quantiles> Exposure::*field) {
  Rows rows;
  for (std::size_t a = 0; a < result.arms.size(); ++a) {
    const auto& each = result.arms[a].all.exposure.*field;
    if (each)
      rows.push_back({result.study.arms[a].id, three_digits(each->p05), three_digits(each->median),
                      three_digits(each->p95)});
  }
  page.table({{std::string(name), false}, {"5 %"}, {"median"}, {"95 %"}}, rows);
}

void exposure(const StudyResult& result, Page& page) {
  page.heading("Exposure: what reaches the body in the whole time");
  page.item("  ", "Nine of ten simulated patients lie between the 5 % and the 95 %.", 2, Tone::quiet);
  exposure_rows(result, page, "highest peak, ng/mL", &Exposure::peak_ng_mL);
  exposure_rows(result, page, "area under the curve, mg h/L", &Exposure::area_mg_h_L);
  exposure_rows(result, page, "hours above 100 ng/mL", &Exposure::hours_above);
  exposure_rows(result, page, "ketamine base in all, mg", &Exposure::cumulative_mg);
  exposure_rows(result, page, "tolerance at the end, share", &Exposure::tolerance);
  Rows rows;
  for (std::size_t a = 0; a < result.arms.size(); ++a) {
    const Exposure& each = result.arms[a].all.exposure;
    rows.push_back({result.study.arms[a].id, three_digits(each.mean_clinic_mg),
                    three_digits(each.mean_outside_mg), three_digits(each.mean_sessions),
                    three_digits(each.mean_uses), three_digits(each.mean_phq9_gain)});
  }
  page.table({{"mean of a patient", false},
              {"clinic, mg"},
              {"elsewhere, mg"},
              {"sessions"},
              {"uses"},
              {"PHQ-9 better by"}},
             rows);
}

void levels_reached(const StudyResult& result, Page& page) {
  page.heading("Levels: share of patients whose highest level was at least");
  Rows rows;
  for (std::size_t a = 0; a < result.arms.size(); ++a) {
    std::vector<std::string> row{result.study.arms[a].id};
    for (std::size_t level = 1; level < levels; ++level) {
      const auto& share = result.arms[a].all.reached[level].share;
      row.push_back(!result.arms[a].watched ? "no look" : share ? study::percent(share->value) : "none");
    }
    const auto& harm = result.arms[a].all.harm.share;
    row.push_back(study::percent_range(harm));
    rows.push_back(std::move(row));
  }
  page.table({{"arm", false}, {"1 watch"}, {"2 review"}, {"3 act"}, {"4 urgent"}, {"harm"}}, rows);
}

std::vector<std::string> noticing_row(const std::string& name, const Noticing& each) {
  return {name,
          fmt::format("{}", each.noticed.of),
          study::percent_range(each.noticed.share),
          each.before_harm.share ? fmt::format("{}/{}", each.before_harm.count, each.before_harm.of)
                                 : std::string("no harm"),
          each.delay.spread
              ? fmt::format("{:.0f} ({:.0f})", each.delay.spread->median, each.delay.spread->p95)
              : std::string("none"),
          each.lead.spread ? fmt::format("{:.0f} ({:.0f} to {:.0f})", each.lead.spread->median,
                                         each.lead.spread->p25, each.lead.spread->p75)
                           : std::string("none")};
}

void noticing(const StudyResult& result, std::size_t index, Page& page) {
  const ArmResult& arm = result.arms[index];
  page.blank();
  page.line(fmt::format("  {}", result.study.arms[index].id), Tone::strong);
  Rows rows;
  for (std::size_t b = 0; b < arm.by_behaviour.size(); ++b) {
    if (arm.by_behaviour[b].noticing.noticed.of > 0)
      rows.push_back(noticing_row(result.study.behaviours[b].id, arm.by_behaviour[b].noticing));
  }
  rows.push_back(noticing_row("all", arm.all.noticing));
  page.table({{"behaviour", false}, {"signs"}, {"noticed"}, {"before harm"}, {"delay, d"}, {"lead, d"}},
             rows);
}

void false_alarms(const StudyResult& result, std::size_t index, Page& page) {
  const ArmResult& arm = result.arms[index];
  page.blank();
  page.line(fmt::format("  {}", result.study.arms[index].id), Tone::strong);
  Rows rows;
  const auto row = [](const std::string& name, const Rate& each) {
    return std::vector<std::string>{name, fmt::format("{}", each.count), fmt::format("{:.1f}", each.years),
                                    study::rate_range(each.a_year)};
  };
  for (std::size_t b = 0; b < arm.alarms_of.size(); ++b) {
    if (arm.alarms_of[b].a_year) rows.push_back(row(result.study.behaviours[b].id, arm.alarms_of[b]));
  }
  rows.push_back(row("all", arm.false_alarms));
  page.table({{"behaviour", false}, {"alarms"}, {"patient-years"}, {"a patient-year"}}, rows);
}

void watching(const StudyResult& result, Page& page) {
  page.heading("How well the rules notice");
  page.item("  ",
            "A sign is noticed on the first day from its onset on when the level is 2 or more and a rule "
            "that ought to "
            "notice it has found something. Delay: median days from onset (95 % within). Lead: median days "
            "from notice to harm (middle half); "
            "below zero it was noticed after harm.",
            2, Tone::quiet);
  for (std::size_t a = 0; a < result.arms.size(); ++a) {
    if (result.arms[a].watched) noticing(result, a, page);
  }
  page.heading("False alarms: level 2 or more opened in a patient without a sign");
  for (std::size_t a = 0; a < result.arms.size(); ++a) {
    if (result.arms[a].watched) false_alarms(result, a, page);
  }
}

void rules(const StudyResult& result, std::size_t index, Page& page) {
  const ArmResult& arm = result.arms[index];
  page.heading("The rules, one by one");
  page.item("  ", fmt::format("In {}.", result.study.arms[index].id), 2);
  Rows rows;
  for (std::size_t r = 0; r < arm.rules.size(); ++r) {
    const RuleWorth& each = arm.rules[r];
    rows.push_back({result.rules[r].id, study::percent_range(each.noticed.share),
                    fmt::format("{}", each.alone),
                    each.false_alarms.a_year ? three_digits(each.false_alarms.a_year->value) : "none",
                    each.delay.spread ? fmt::format("{:.0f}", each.delay.spread->median) : "none"});
  }
  page.table({{"rule", false}, {"signs noticed"}, {"it alone"}, {"false, a year"}, {"delay, d"}}, rows);
  page.blank();
  for (std::size_t r = 0; r < arm.rules.size(); ++r)
    page.item(fmt::format("  {}: ", result.rules[r].id), arm.rules[r].sentence, 6);
  page.item("  ", study::about_verdicts(), 2, Tone::quiet);
}

void differences(const StudyResult& result, Page& page) {
  if (result.differences.empty()) return;
  page.heading("What missed evaluations cost: the arms against each other");
  page.item("  ", fmt::format("Each arm less {}.", result.study.arms[result.reference].id), 2);
  for (const ArmDifference& each : result.differences) {
    page.item(fmt::format("  {}: ", result.study.arms[each.arm].id),
              fmt::format("harm {}", study::points_range(each.harm)), 6);
    if (!each.noticed) continue;
    page.item("      ", fmt::format("signs noticed {}", study::points_range(each.noticed)), 6);
    page.item("      ", fmt::format("noticed before harm {}", study::points_range(each.before_harm)), 6);
    page.item("      ", fmt::format("median delay, days {}", study::signed_range(each.delay_days)), 6);
    page.item("      ", fmt::format("false alarms a patient-year {}", study::signed_range(each.false_alarms)),
              6);
  }
  page.item("  ", study::about_differences(), 2, Tone::quiet);
}

// The headline that an assumption moves most.
std::size_t most_moved(const RankedAssumption& each) {
  const auto found = std::ranges::max_element(each.swings, {}, &Swing::relative);
  return static_cast<std::size_t>(found - each.swings.begin());
}

void ranking(const Ranking& sensitivity, Page& page) {
  page.heading("What the results rest on: the assumptions, those that matter most first");
  if (sensitivity.assumptions.empty()) {
    page.item("  ", "Not asked for: no assumption was moved, so how far the results hold is not known.", 2,
              Tone::warning);
    return;
  }
  page.item("  ",
            fmt::format("{} {} simulated patients an arm in each run. With --format json: every result.",
                        study::about_ranking(), sensitivity.patients),
            2, Tone::quiet);
  std::size_t place = 0;
  for (const RankedAssumption& each : sensitivity.assumptions) {
    if (++place > most_assumptions || each.swings.empty()) break;
    const std::size_t h = most_moved(each);
    const Headline& base = sensitivity.base[h];
    page.item(
        fmt::format("  {:>2}. ", place),
        fmt::format("{}, {}: {} ({})", each.group, each.words, study::in_unit(each.number.value, each.unit),
                    study::in_unit(each.number.low, each.number.high, each.unit)),
        6);
    page.item(
        "      ",
        fmt::format(
            "{}: {} as it is, {} at the lowest, {} at the highest", base.words,
            study::headline_text(base.value, base.unit),
            each.swings[h].at_low ? study::headline_text(each.swings[h].at_low, base.unit) : "not run",
            each.swings[h].at_high ? study::headline_text(each.swings[h].at_high, base.unit) : "not run"),
        6, Tone::quiet);
  }
  if (sensitivity.assumptions.size() > most_assumptions)
    page.item(
        "  ",
        fmt::format("and {} more, which matter less", sensitivity.assumptions.size() - most_assumptions), 2);
}

void sources(const Study& study, Page& page) {
  if (study.sources.empty()) return;
  page.heading("Sources");
  for (const auto& [key, citation] : study.sources) page.item(fmt::format("  {}: ", key), citation, 6);
}

}  // namespace

std::string study_text(const StudyReport& report, bool colour) {
  const StudyResult& result = report.result;
  Page page{colour};
  header(report, page);
  in_short(result, page);
  arms(result, page);
  exposure(result, page);
  levels_reached(result, page);
  watching(result, page);
  differences(result, page);
  if (result.arms[result.reference].watched) rules(result, result.reference, page);
  ranking(report.sensitivity, page);
  sources(result.study, page);
  return page.take();
}

}  // namespace evenkeel::report
