#include "cohort/result.hpp"

#include "base/expects.hpp"

namespace evenkeel::cohort {
namespace {

ArmResult arm_result(const Study& study, const Arm& arm, const std::vector<Tally>& tallies,
                     std::span<const watch::Rule> rules) {
  ArmResult made;
  made.watched = is_watched(arm);
  made.all = metrics_of(together(tallies));
  made.false_alarms = false_alarms_of(without_sign(tallies, study.behaviours));
  for (std::size_t b = 0; b < tallies.size(); ++b) {
    made.by_behaviour.push_back(metrics_of(tallies[b]));
    const bool sign = study.behaviours[b].truth == Truth::sign;
    made.alarms_of.push_back(sign ? Rate{} : false_alarms_of(tallies[b]));
  }
  if (!made.watched) return made;
  for (std::size_t r = 0; r < rules.size(); ++r)
    made.rules.push_back(rule_worth(tallies, study.behaviours, r, rules[r].id));
  return made;
}

ArmDifference difference_of(const StudyResult& result, std::size_t arm, std::size_t against) {
  const ArmResult& a = result.arms[arm];
  const ArmResult& b = result.arms[against];
  ArmDifference made;
  made.arm = arm;
  made.against = against;
  made.harm = difference(a.all.harm.share, b.all.harm.share);
  made.noticed_of.resize(result.study.behaviours.size());
  if (!a.watched || !b.watched) return made;
  made.noticed = difference(a.all.noticing.noticed.share, b.all.noticing.noticed.share);
  made.before_harm = difference(a.all.noticing.before_harm.share, b.all.noticing.before_harm.share);
  made.delay_days = difference(a.all.noticing.delay.median, b.all.noticing.delay.median);
  made.false_alarms = difference(a.false_alarms.a_year, b.false_alarms.a_year);
  for (std::size_t k = 0; k < made.noticed_of.size(); ++k)
    made.noticed_of[k] =
        difference(a.by_behaviour[k].noticing.noticed.share, b.by_behaviour[k].noticing.noticed.share);
  return made;
}

}  // namespace

bool is_watched(const Arm& arm) {
  return std::holds_alternative<Supervised>(arm.regimen);
}

std::size_t reference_arm(const Study& study) {
  for (std::size_t a = 0; a < study.arms.size(); ++a) {
    if (is_watched(study.arms[a])) return a;
  }
  return 0;
}

StudyResult result_of(const Study& study, const Tallies& tallies, std::span<const watch::Rule> rules) {
  expects(tallies.size() == study.arms.size(), "tallies for each arm");
  StudyResult made;
  made.study = study;
  for (const watch::Rule& rule : rules)
    made.rules.push_back({rule.id, rule.version, rule.title, rule.domain});
  for (std::size_t a = 0; a < study.arms.size(); ++a)
    made.arms.push_back(arm_result(study, study.arms[a], tallies[a], rules));
  made.reference = reference_arm(study);
  for (std::size_t a = 0; a < study.arms.size(); ++a) {
    if (a != made.reference) made.differences.push_back(difference_of(made, a, made.reference));
  }
  return made;
}

}  // namespace evenkeel::cohort
