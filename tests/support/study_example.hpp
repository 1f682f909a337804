// A study of two watched arms and one unwatched, and the rules that look.
#pragma once

#include <string>
#include <vector>

#include "cohort/study.hpp"
#include "watch/rule.hpp"

namespace evenkeel::study_test {

inline cohort::Behaviour behaviour(std::string id, std::string title, cohort::Truth truth,
                                   std::vector<std::string> expected = {}) {
  cohort::Behaviour made;
  made.id = std::move(id);
  made.version = "1.0.0";
  made.status = "hypothesis";
  made.title = std::move(title);
  made.truth = truth;
  made.expected = std::move(expected);
  return made;
}

inline cohort::Assumed assumed(double value, double low, double high) {
  return {value, low, high, {"evenkeel", Label::proposal, ""}};
}

inline cohort::Study example_study() {
  using cohort::Truth;
  cohort::Study study;
  study.id = "example";
  study.version = "1.0.0";
  study.title = "Two clinics and none";
  study.question = "What does a clinic see that leaves evaluations out?";
  study.assumed = {"Nobody has measured these behaviours."};
  study.patients = 600;
  study.seed = 7;
  study.model = "a-model";
  study.people.id = "some-people";
  study.behaviours = {behaviour("steady", "Keeps to the plan", Truth::steady),
                      behaviour("relapse", "The illness comes back", Truth::rival),
                      behaviour("misuse", "Escalating misuse", Truth::sign, {"craving", "interval"}),
                      behaviour("second-source", "A second source", Truth::sign, {"second-source"})};
  study.behaviours[2].drives.craving_rise = assumed(0.5, 0.2, 1.0);
  study.mix = {{"steady", 0.4}, {"relapse", 0.2}, {"misuse", 0.2}, {"second-source", 0.2}};
  study.arms = {{"as-asked", "A clinic that does what its protocol asks", cohort::Supervised{}, {}},
                {"lapses", "A clinic that misses half", cohort::Supervised{}, {}},
                {"nobody", "Use without a clinic", cohort::Unsupervised{}, {}}};
  study.nature.cystitis_per_100g = assumed(0.05, 0.01, 0.2);
  study.sensitivity_patients = 100;
  study.sources = {{"evenkeel", "Choices of this project."}};
  return study;
}

inline std::vector<watch::Rule> example_rules() {
  std::vector<watch::Rule> rules;
  for (const char* id : {"craving", "interval", "second-source", "bladder", "quiet"}) {
    watch::Rule rule;
    rule.id = id;
    rule.version = "1.0.0";
    rule.title = std::string("The rule ") + id;
    rule.domain = id;
    rules.push_back(rule);
  }
  return rules;
}

}  // namespace evenkeel::study_test
