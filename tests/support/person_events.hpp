// Answers and supplies of a person, for tests of warning signs: ordinary ones, and a test changes what it is
// about.
#pragma once

#include <algorithm>
#include <optional>

#include "support/events.hpp"

namespace evenkeel::test {

struct Days {
  int work = 0;
  int contacts = 5;
  int concentration = 0;
  int body = 0;
};
inline care::Evaluation daily(Days days) {
  return {"daily-life",
          care::Moment::between_doses,
          {{"work", days.work},
           {"contacts", days.contacts},
           {"sleep", 0},
           {"concentration", days.concentration},
           {"body", days.body}},
          {}};
}

struct Own {
  int preoccupation = 0;
  int neglect = 0;
  int withdrawn = 0;
  int other_source = 0;
};
inline care::Evaluation dependence(Own own) {
  return {"dependence-check",
          care::Moment::between_doses,
          {{"preoccupation", own.preoccupation},
           {"cutting-down", 0},
           {"neglect", own.neglect},
           {"withdrawn", own.withdrawn},
           {"without", 0},
           {"other-source", own.other_source}},
          {}};
}

// A PHQ-9 whose total is `sum` (0 to 27), spread over its items but the last, with `interest` for item 1.
inline care::Evaluation phq9_of(int sum, std::optional<int> difficulty = {},
                                std::optional<int> interest = {}) {
  care::Evaluation body{"phq-9", care::Moment::between_doses, {}, {}};
  int left = sum;
  if (interest) left -= *interest;
  for (int item = interest ? 2 : 1; item <= 9; ++item) {
    const int answer = std::min(left, 3);
    body.answers[std::to_string(item)] = answer;
    left -= answer;
  }
  if (interest) body.answers["1"] = *interest;
  if (difficulty) body.answers["difficulty"] = *difficulty;
  return body;
}

inline care::Contact asked(care::Topic topic = care::Topic::asked_sooner, bool from_patient = true) {
  return {from_patient, topic, ""};
}
inline care::AppointmentMissed missed(care::MissedBecause why = care::MissedBecause::no_word) {
  return {why, ""};
}
inline care::CircumstanceNoted noted(care::Circumstance what) {
  return {what, ""};
}

// One supply of `kind`, found in a look.
struct Supplied {
  std::string substance = "ketamine";
  std::string supplier = "another clinic";
  std::optional<Date> dispensed = {};
  care::SupplyKind kind = care::SupplyKind::ketamine;
  std::optional<int> days_supply = {};
  bool for_home = false;
};
inline care::OtherSource found_in(care::LookedIn where, std::initializer_list<Supplied> supplies) {
  care::OtherSource body{where, {}};
  for (const Supplied& each : supplies) {
    body.found.push_back(
        {each.substance, "", each.supplier, each.dispensed, each.kind, each.days_supply, each.for_home});
  }
  return body;
}

}  // namespace evenkeel::test
