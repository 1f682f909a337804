// The question of the next dose, put together from a record and an assessment of it, and its answer.
//
// Every model that is for the drug is asked: with the patient's own parameters where it can be told them,
// with the spread between patients where it states one, else with its typical values; and says which.
// Pure: the same record, library, options and seed give the same bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "plan/answer.hpp"
#include "plan/question.hpp"
#include "plan/what_if.hpp"

namespace evenkeel::assess {

struct Question;
struct Assessment;

struct NextDoseOptions {
  plan::Site site;
  std::optional<Instant> start = {};  // of the planned session; none: when the course says it is due, or now
  plan::Purpose purpose = plan::Purpose::planning;
  std::vector<plan::Aim> aims = {};  // none: the plan's dose alone is held against the limits
  std::optional<plan::Grid> grid = {};
  std::vector<std::string> models = {};        // ids; none: all for the drug
  std::vector<std::string> interactions = {};  // ids, each a row of what-if
  Decimal step_mg_per_kg;                      // of what-if; zero: 0.1
  Duration longer = 7.0 * units::day;
  std::optional<double> assumed_sd = {};  // of assays where a model states no scatter (IndividualOptions)
  std::uint64_t seed = 1;
  std::size_t members = 500;
  int threads = 0;
};

struct ModelNotAsked {
  std::string model;
  std::string why;
};

struct NextDose {
  Instant start;
  plan::DoseAnswer answer;
  std::optional<plan::WhatIf> what_if;
  std::string no_what_if_because;
  std::vector<ModelNotAsked> not_asked;
  std::vector<std::string> notes;   // how models were asked: own parameters, the population's, typical ones
  std::vector<plan::Limit> limits;  // the binding one of each kind
};

// `assessment` is of this question (the caller's duty). Errors: outside_domain where the record has no plan
// whose protocol is in the library: limits come from there; those of plan::propose.
[[nodiscard]] Result<NextDose> next_dose(const Question& question, const Assessment& assessment,
                                         const NextDoseOptions& options);

}  // namespace evenkeel::assess
