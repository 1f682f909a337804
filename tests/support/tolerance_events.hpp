// A course that shows a sign of each rule of spacing, withdrawal, effect and drug tests. For tests that link
// content.
#pragma once

#include <string>

#include "support/events.hpp"

namespace evenkeel::test {

inline care::Evaluation dissociation(int score, care::Moment moment = care::Moment::after_dose) {
  return {"dissociation-0-10", moment, {{"1", score}}, {}};
}

inline care::Evaluation dependence(int cutting_down) {
  return {"dependence-check",
          care::Moment::between_doses,
          {{"preoccupation", 0},
           {"cutting-down", cutting_down},
           {"neglect", 0},
           {"withdrawn", 0},
           {"without", 0},
           {"other-source", 0}},
          {}};
}

// The first `signs` items of the withdrawal checklist answered `severity`, the rest 0.
inline care::Evaluation withdrawal(int signs, int severity = 2) {
  care::Evaluation body{"withdrawal-check", care::Moment::between_doses, {}, {}};
  int number = 0;
  for (const char* item : {"craving", "low-mood", "anxiety", "irritability", "tremor", "sweating", "fatigue",
                           "appetite", "insomnia"})
    body.answers[item] = number++ < signs ? severity : 0;
  return body;
}

inline care::Toxicology ketamine_test(bool found, bool confirmed = true) {
  return {care::Specimen::urine,
          confirmed,
          {{care::Substance::ketamine, found, 10.0 * (units::ng / units::mL), ""}}};
}

// Known at day 60: three infusions that help; more mg with less felt and no benefit; a spacing step to two
// weeks that did not come about; signs two days after a dose that was not given; ketamine in the urine three
// weeks after the last one.
inline History tolerant() {
  History history;
  history.add(day(0), plan("0.5", 7.0 * units::day));
  history.add(day(0), total("phq-9", 20));
  history.add(day(0), dependence(2));
  history.add(day(0), withdrawal(0));
  const auto weekly = [&](int number, const char* mg, int felt, int phq9) {
    const double at = 1 + 7.0 * (number - 1);
    history.infuse("s" + std::to_string(number), day(at), mg);
    history.add(day(at) + 45.0 * units::min, dissociation(felt));
    history.add(day(at + 4), total("phq-9", phq9));
  };
  for (int number = 1; number <= 3; ++number) weekly(number, "35", 7, 8);
  care::PlanChanged change = dose_change("0.7", care::ChangeReason::insufficient_response);
  change.interval = 14.0 * units::day;
  history.add(day(20), change);
  for (int number = 4; number <= 6; ++number) weekly(number, "49", 3, 18);
  history.add(day(52), withdrawal(4));
  history.add(day(57), ketamine_test(true));
  return history;
}

}  // namespace evenkeel::test
