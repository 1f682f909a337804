#include "watch/outcome.hpp"

namespace evenkeel::watch {
namespace {

// What is given: dose, rate and spacing.
std::vector<Check> dose_table() {
  return {
      {"dose_above_plan",
       {{"above_plan", "%"}, {"rise", "%"}, {"titration_sessions", "1", true}, {"second_signature", "mg/kg"}},
       {},
       &dose_above_plan},
      {"rate_band", {{"ceiling", "mg/kg/h"}}, {}, &rate_band},
      {"shortening_intervals",
       {{"gaps", "1", true}, {"share_of_plan", "%"}, {"late_course", "wk"}, {"late_gap", "d"}},
       {},
       &shortening_intervals},
  };
}

}  // namespace

std::span<const Check> checks() {
  static const std::vector<Check> table = [] {
    std::vector<Check> all = dose_table();
    for (const auto& part : {tolerance_table(), person_table(), body_table()})
      all.insert(all.end(), part.begin(), part.end());
    return all;
  }();
  return table;
}

}  // namespace evenkeel::watch
