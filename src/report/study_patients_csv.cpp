// One line for each patient and arm: the columns of docs/study-results.md.
#include <fmt/format.h>

#include <array>
#include <iterator>

#include "base/expects.hpp"
#include "report/study_report.hpp"
#include "report/study_words.hpp"

namespace evenkeel::report {
namespace {

using cohort::never;
using cohort::Outcome;

constexpr std::string_view columns =
    "arm,patient,behaviour,truth,weight_kg,age_years,sessions,uses,clinic_mg,outside_mg,peak_ng_mL,"
    "area_mg_h_L,hours_above_100,tolerance,phq9_start,phq9_end,visits,watched_days,level_0_day,level_1_day,"
    "level_2_day,level_3_day,level_4_day,alarms,onset_day,noticed_day,harm_day,reviews,spaced,stopped,"
    "referred";

void add_day(std::string& line, std::int32_t day) {
  line += ',';
  if (day != never) fmt::format_to(std::back_inserter(line), "{}", day);
}

// The shortest text that reads back as the same double.
void add_numbers(std::string& line, std::initializer_list<double> values) {
  for (const double value : values) fmt::format_to(std::back_inserter(line), ",{}", value);
}
void add_counts(std::string& line, std::initializer_list<std::uint32_t> counts) {
  for (const std::uint32_t count : counts) fmt::format_to(std::back_inserter(line), ",{}", count);
}

}  // namespace

std::string patients_csv_header(std::span<const std::string> rules) {
  std::string line{columns};
  for (const std::string& rule : rules) line += ",first:" + rule + ",alarms:" + rule;
  return line + "\n";
}

std::string patients_csv_line(const cohort::Study& study, const Outcome& o) {
  expects(o.arm < study.arms.size() && o.behaviour < study.behaviours.size(), "an outcome of this study");
  expects(o.first_of_rule.size() == o.alarms_of_rule.size(), "a day and a count of each rule");
  const cohort::Behaviour& behaviour = study.behaviours[o.behaviour];
  std::string line = fmt::format("{},{},{},{}", study.arms[o.arm].id, o.patient, behaviour.id,
                                 study::truth_text(behaviour.truth));
  add_numbers(line, {o.weight_kg, o.age_years});
  add_counts(line, {o.sessions, o.uses});
  add_numbers(line, {o.clinic_mg, o.outside_mg, o.peak_ng_mL, o.area_mg_h_L, o.hours_above_100, o.tolerance,
                     o.phq9_start, o.phq9_end});
  add_counts(line, {o.visits, o.watched_days});
  for (const std::int32_t day : o.first_at_level) add_day(line, day);
  add_counts(line, {o.alarms});
  for (const std::int32_t day : {o.onset, o.noticed, o.harm}) add_day(line, day);
  add_counts(line, {o.reviews, o.spaced, o.stopped ? 1U : 0U, o.referred ? 1U : 0U});
  for (std::size_t r = 0; r < o.first_of_rule.size(); ++r) {
    add_day(line, o.first_of_rule[r]);
    add_counts(line, {o.alarms_of_rule[r]});
  }
  return line + "\n";
}

}  // namespace evenkeel::report
