// A study for tests of lives: the shipped behaviours and protocol, with made-up numbers for nature.
// For tests that link content.
#pragma once

#include <cstdio>
#include <string>
#include <utility>
#include <vector>

#include "cohort/life.hpp"
#include "content/behaviour_reader.hpp"
#include "support/chart.hpp"

namespace evenkeel::test {

inline const std::vector<cohort::Behaviour>& shipped_behaviours() {
  static const std::vector<cohort::Behaviour> read =
      *content::load_behaviours(EVENKEEL_SOURCE_DIR "/content");
  return read;
}

inline cohort::Assumed assumed(double value) {
  return {value, value, value, {"evenkeel", Label::proposal, "a number of a test"}};
}

inline cohort::Nature nature() {
  cohort::Nature made;
  const std::pair<cohort::Assumed cohort::Nature::*, double> numbers[] = {
      {&cohort::Nature::severity_mean, 18.0},      {&cohort::Nature::severity_sd, 3.0},
      {&cohort::Nature::responders, 0.6},          {&cohort::Nature::benefit, 0.7},
      {&cohort::Nature::benefit_half_life, 180.0}, {&cohort::Nature::score_noise, 1.2},
      {&cohort::Nature::craving_noise, 0.5},       {&cohort::Nature::dissociation_per_100, 5.0},
      {&cohort::Nature::dissociation_noise, 0.8},  {&cohort::Nature::dissociation_habit, 0.02},
      {&cohort::Nature::pressure_rise, 12.0},      {&cohort::Nature::cystitis_per_100g, 0.05},
      {&cohort::Nature::dependence_per_use, 0.02}, {&cohort::Nature::dependence_half_life, 60.0},
      {&cohort::Nature::review_finds, 0.8},        {&cohort::Nature::help_works, 0.5}};
  for (const auto& [field, value] : numbers) made.*field = assumed(value);
  return made;
}

inline pkpd::Demographics adults() {
  pkpd::Demographics people;
  people.id = "adults";
  people.weight = pkpd::Spread{pkpd::Shape::normal, 78.0, 14.0, *Interval<double>::make(50.0, 130.0), {}};
  people.age = pkpd::Spread{pkpd::Shape::uniform, 0.0, 0.0, *Interval<double>::make(20.0, 65.0), {}};
  return people;
}

// Every patient behaves as `behaviour`. Arms: 0 a full clinic that acts, 1 one that leaves much out, 2 one
// that only watches, 3 use without a clinic, 4 the same, heavier.
inline cohort::Study study_of(const std::string& behaviour) {
  cohort::Study study;
  study.id = "a-test";
  study.patients = 100;
  study.seed = 20'261;
  study.model = "kamp-2020";
  study.people = adults();
  study.nature = nature();
  study.behaviours = shipped_behaviours();
  study.mix = {{behaviour, 1.0}};
  cohort::Supervised full{"iv-ket-trd-0.5x40", 1.0, 0.0, {}, 13.0, 13.0, true, 7.0};
  cohort::Supervised lapses = full;
  lapses.missed_evaluations = 0.5;
  lapses.left_out = {"craving-0-10", "dispensing", "withdrawal-check"};
  lapses.toxicology_weeks = 0.0;
  cohort::Supervised watching = full;
  watching.acts = false;
  study.arms = {{"full", "", full, {}},
                {"lapses", "", lapses, {}},
                {"watching", "", watching, {}},
                {"weekly", "", cohort::Unsupervised{1.0, 100.0, 0.0, 0.4, {}}, {}},
                {"heavy", "", cohort::Unsupervised{14.0, 300.0, 0.02, 0.4, {}}, {}}};
  return study;
}

inline cohort::World world_of(const std::string& behaviour) {
  auto made = cohort::World::make(study_of(behaviour), library());
  if (!made) fprintf(stderr, "%s\n", to_string(made.error()).c_str());
  expects(made.has_value(), "the study of the tests is one");
  return *std::move(made);
}

}  // namespace evenkeel::test
