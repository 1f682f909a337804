// A target report with everything in it, for tests of how it is shown.
#pragma once

#include "plan/target_course.hpp"
#include "report/target_report.hpp"
#include "support/target_problem.hpp"

namespace evenkeel::test {

inline report::TargetReport report_of(plan::TargetQuestion question) {
  report::TargetReport made;
  made.program = "evenkeel 9.9";
  made.model = "a-model";
  made.version = "1.0.0";
  made.status = "draft";
  made.title = "Title of a model";
  made.drug = "racemic-ketamine";
  made.output = "ketamine-arterial";
  made.patient = "70 kg, 40 years";
  if (question.site.effect_site) made.effect_site = "Half-life as given.";
  made.weight = 70.0 * units::kg;
  made.answer = *plan::plan_target(question);
  made.question = std::move(question);
  made.levels = {{"dissociation", 100.0, 250.0}, {"anaesthesia", 1200.0, 2400.0}};
  const Concentration levels[] = {100.0 * ng_mL, 1200.0 * ng_mL};
  for (const double minutes : {20.0, 60.0})
    made.stopped.push_back(*plan::if_stopped(made.question.site, made.answer, minutes * units::min, levels));
  report::TargetRange one{"another-model", false, {}, {}, {}};
  for (const Concentration level : made.answer.course.plasma)
    one.middle_ng_mL.push_back(0.5 * level.in(ng_mL));
  report::TargetRange several = one;
  several.what = "20 persons";
  several.low_ng_mL = several.high_ng_mL = several.middle_ng_mL;
  for (double& value : several.high_ng_mL) value *= 2.0;
  made.ranges = {one, several};
  made.caveats = {"A <defect>."};
  return made;
}

inline report::TargetReport by_hand_report() {
  auto question = effect_site_question();
  question.by_hand = 5.0 * units::min;
  question.within = 0.1;
  return report_of(std::move(question));
}

}  // namespace evenkeel::test
