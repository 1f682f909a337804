#include "cohort/study.hpp"

namespace evenkeel::cohort {

std::span<const AssumedField<Nature>> nature_fields() {
  static constexpr AssumedField<Nature> table[] = {
      {"severity_mean", "1", "PHQ-9 before treatment, mean", 5.0, 27.0, &Nature::severity_mean},
      {"severity_sd", "1", "PHQ-9 before treatment, standard deviation", 0.0, 10.0, &Nature::severity_sd},
      {"responders", "1", "share of patients who respond", 0.0, 1.0, &Nature::responders},
      {"benefit", "1", "share of the severity gone after induction, of a responder", 0.0, 1.0,
       &Nature::benefit},
      {"benefit_half_life", "d", "time to lose half the benefit without treatment", 1.0, 3650.0,
       &Nature::benefit_half_life},
      {"score_noise", "1", "standard deviation of a PHQ-9 total", 0.0, 10.0, &Nature::score_noise},
      {"craving_noise", "1", "standard deviation of a craving answer, points of 10", 0.0, 5.0,
       &Nature::craving_noise},
      {"dissociation_per_100", "1", "points of 10 for each 100 ng/mL above 50", 0.0, 10.0,
       &Nature::dissociation_per_100},
      {"dissociation_noise", "1", "standard deviation of a dissociation answer, points of 10", 0.0, 5.0,
       &Nature::dissociation_noise},
      {"dissociation_habit", "1", "share of dissociation lost with each session in anybody", 0.0, 1.0,
       &Nature::dissociation_habit},
      {"pressure_rise", "mmHg", "rise of systolic pressure for each 100 ng/mL", 0.0, 100.0,
       &Nature::pressure_rise},
      {"cystitis_per_100g", "1", "chance of lasting bladder harm for each 100 g of ketamine base", 0.0, 1.0,
       &Nature::cystitis_per_100g},
      {"dependence_per_use", "1", "growth of the dependence state for each use outside supervision", 0.0, 1.0,
       &Nature::dependence_per_use},
      {"dependence_half_life", "d", "time to lose half of that state", 1.0, 3650.0,
       &Nature::dependence_half_life},
      {"review_finds", "1", "chance that a review finds what is there", 0.0, 1.0, &Nature::review_finds},
      {"help_works", "1", "share of outside use that ends after review and referral", 0.0, 1.0,
       &Nature::help_works},
  };
  return table;
}

}  // namespace evenkeel::cohort
