// The results in long form, one number a line: whoever wants a table pivots it.
#include <fmt/format.h>

#include <iterator>

#include "report/study_report.hpp"
#include "report/study_words.hpp"

namespace evenkeel::report {
namespace {

using namespace cohort;

constexpr std::string_view header = "table,arm,behaviour,rule,measure,unit,count,of,value,low,high\n";

// What a line is about; empty parts are "all".
struct About {
  std::string_view table;
  std::string_view arm;
  std::string_view behaviour = "";
  std::string_view rule = "";
};

// Quoted where a comma, a quote or a line's end would be taken for another cell.
std::string cell(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

std::string digits(double value) {
  return fmt::format("{:.10g}", value);
}

class Lines {
 public:
  void estimate(const About& about, std::string_view measure, std::string_view unit,
                const std::optional<Estimate>& value, std::string_view counts = ",") {
    begin(about, measure, unit);
    text_ += counts;
    text_ += value ? fmt::format(",{},{},{}\n", digits(value->value), digits(value->low), digits(value->high))
                   : std::string(",,,\n");
  }
  void proportion(const About& about, std::string_view measure, const Proportion& each) {
    estimate(about, measure, "1", each.share, fmt::format("{},{}", each.count, each.of));
  }
  void rate(const About& about, std::string_view measure, const Rate& each) {
    estimate(about, measure, "/a", each.a_year, fmt::format("{},{}", each.count, digits(each.years)));
  }
  void number(const About& about, std::string_view measure, std::string_view unit, double value) {
    begin(about, measure, unit);
    text_ += fmt::format(",,{},,\n", digits(value));
  }
  void quantiles(const About& about, std::string_view measure, std::string_view unit,
                 const std::optional<Quantiles>& each) {
    if (!each) return;
    number(about, fmt::format("{}_p05", measure), unit, each->p05);
    number(about, fmt::format("{}_p25", measure), unit, each->p25);
    number(about, fmt::format("{}_median", measure), unit, each->median);
    number(about, fmt::format("{}_p75", measure), unit, each->p75);
    number(about, fmt::format("{}_p95", measure), unit, each->p95);
  }
  void days(const About& about, std::string_view measure, const Days& each) {
    quantiles(about, measure, "d", each.spread);
    estimate(about, fmt::format("{}_median_interval", measure), "d", each.median,
             fmt::format("{},", each.of));
  }
  void line(const About& about, std::string_view measure, std::string_view unit, std::string_view value,
            std::string_view low, std::string_view high) {
    begin(about, measure, unit);
    text_ += fmt::format(",,{},{},{}\n", value, low, high);
  }
  std::string take() { return std::move(text_); }

 private:
  void begin(const About& about, std::string_view measure, std::string_view unit) {
    fmt::format_to(std::back_inserter(text_), "{},{},{},{},{},{},", about.table, cell(about.arm),
                   cell(about.behaviour), cell(about.rule), cell(measure), unit);
  }
  std::string text_{header};
};

void exposure(Lines& out, const About& about, const Exposure& each) {
  out.quantiles(about, "peak", "ng/mL", each.peak_ng_mL);
  out.quantiles(about, "area", "mg h/L", each.area_mg_h_L);
  out.quantiles(about, "hours_above_100", "h", each.hours_above);
  out.quantiles(about, "cumulative", "mg", each.cumulative_mg);
  out.quantiles(about, "tolerance", "1", each.tolerance);
  out.number(about, "mean_clinic", "mg", each.mean_clinic_mg);
  out.number(about, "mean_outside", "mg", each.mean_outside_mg);
  out.number(about, "mean_area", "mg h/L", each.mean_area);
  out.number(about, "mean_tolerance", "1", each.mean_tolerance);
  out.number(about, "mean_phq9_gain", "1", each.mean_phq9_gain);
  out.number(about, "mean_sessions", "1", each.mean_sessions);
  out.number(about, "mean_uses", "1", each.mean_uses);
}

void metrics(Lines& out, std::string_view arm, std::string_view behaviour, const Metrics& each) {
  exposure(out, {"exposure", arm, behaviour}, each.exposure);
  const About levels_of{"levels", arm, behaviour};
  for (std::size_t level = 0; level < each.reached.size(); ++level)
    out.proportion(levels_of, fmt::format("reached_{}", level), each.reached[level]);
  out.proportion({"harm", arm, behaviour}, "harm", each.harm);
  const About noticing{"noticing", arm, behaviour};
  out.proportion(noticing, "noticed", each.noticing.noticed);
  out.proportion(noticing, "before_harm", each.noticing.before_harm);
  out.days(noticing, "delay", each.noticing.delay);
  out.days(noticing, "lead", each.noticing.lead);
}

void rules(Lines& out, const StudyResult& result, std::size_t index) {
  const ArmResult& arm = result.arms[index];
  const std::string_view id = result.study.arms[index].id;
  for (std::size_t r = 0; r < arm.rules.size(); ++r) {
    const RuleWorth& each = arm.rules[r];
    const About about{"rules", id, "", result.rules[r].id};
    out.proportion(about, "noticed", each.noticed);
    out.proportion(about, "false_patients", each.false_patients);
    out.rate(about, "false_alarms", each.false_alarms);
    out.number(about, "alone", "1", static_cast<double>(each.alone));
    out.days(about, "delay", each.delay);
    for (std::size_t b = 0; b < each.by_behaviour.size(); ++b) {
      const Behaviour& behaviour = result.study.behaviours[b];
      if (behaviour.truth == Truth::sign)
        out.proportion({"rules", id, behaviour.id, result.rules[r].id}, "noticed", each.by_behaviour[b]);
    }
  }
}

void arm(Lines& out, const StudyResult& result, std::size_t index) {
  const ArmResult& each = result.arms[index];
  const std::string_view id = result.study.arms[index].id;
  metrics(out, id, "", each.all);
  out.rate({"false_alarms", id}, "false_alarms", each.false_alarms);
  for (std::size_t b = 0; b < each.by_behaviour.size(); ++b) {
    const Behaviour& behaviour = result.study.behaviours[b];
    metrics(out, id, behaviour.id, each.by_behaviour[b]);
    if (behaviour.truth != Truth::sign)
      out.rate({"false_alarms", id, behaviour.id}, "false_alarms", each.alarms_of[b]);
  }
  rules(out, result, index);
}

void difference(Lines& out, const StudyResult& result, const ArmDifference& each) {
  const About about{"differences", result.study.arms[each.arm].id};
  out.estimate(about, "noticed", "1", each.noticed);
  out.estimate(about, "before_harm", "1", each.before_harm);
  out.estimate(about, "delay", "d", each.delay_days);
  out.estimate(about, "false_alarms", "/a", each.false_alarms);
  out.estimate(about, "harm", "1", each.harm);
  for (std::size_t b = 0; b < each.noticed_of.size(); ++b) {
    if (each.noticed_of[b])
      out.estimate({"differences", about.arm, result.study.behaviours[b].id}, "noticed", "1",
                   each.noticed_of[b]);
  }
}

// `arm` is empty: a headline is of the reference arm or names its own; `rule` is the assumption.
void assumption(Lines& out, const Ranking& ranking, const RankedAssumption& each) {
  for (std::size_t h = 0; h < each.swings.size(); ++h) {
    const Swing& swing = each.swings[h];
    const std::string base = ranking.base[h].value ? digits(*ranking.base[h].value) : "";
    const std::string low = swing.at_low ? digits(*swing.at_low) : "";
    const std::string high = swing.at_high ? digits(*swing.at_high) : "";
    out.line({"sensitivity", "", each.group == "nature" ? std::string_view{} : each.group, each.name},
             ranking.base[h].id, ranking.base[h].unit, base, low, high);
  }
}

// The first lines, as lines of the same table.
void reading(Lines& out, const Study& study) {
  const About about{"reading", ""};
  out.line(about, "measured", "text", cell(study::measured(study)), "", "");
  out.line(about, "assumed", "text", cell(study::assumed(study)), "", "");
  out.line(about, "not_said", "text", cell(study::not_said()), "", "");
}

}  // namespace

std::string study_csv(const StudyReport& report) {
  Lines out;
  reading(out, report.result.study);
  for (std::size_t a = 0; a < report.result.arms.size(); ++a) arm(out, report.result, a);
  for (const ArmDifference& each : report.result.differences) difference(out, report.result, each);
  for (const RankedAssumption& each : report.sensitivity.assumptions)
    assumption(out, report.sensitivity, each);
  return out.take();
}

}  // namespace evenkeel::report
