// A structured look at dependence for a clinician who has a diagnostic manual beside the screen: question by
// question, what the record's findings say to it. It counts nothing, grades nothing and diagnoses nothing.
// The questions are data: content/criteria/. Values and a pure function.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "watch/rule.hpp"

namespace evenkeel::watch {

// Where an instrument asks the patient the same thing.
struct ItemReference {
  std::string instrument;
  std::string item;  // its linkId; empty: the instrument as a whole
};

struct Criterion {
  std::string id;
  std::string words;
  std::string question;            // to the patient
  std::vector<std::string> rules;  // whose findings speak to it; none: no rule looks
  std::vector<ItemReference> items;
  // False for what a supervised course brings with it: alone it speaks for no disorder.
  bool counts_under_supervision = true;
};

struct DependenceCriteria {
  std::string id;
  std::string version;
  std::string status;
  std::string title;
  std::string use;         // what it is, and that it decides nothing
  std::string supervised;  // said where findings speak only to what supervision brings with it
  Provenance from;
  std::vector<Criterion> criteria;
  std::vector<std::pair<std::string, std::string>> sources;
};

// found: a finding speaks to it. nothing: a rule that speaks to it looked and saw nothing. not_looked_for: no
// rule looks, or none could be judged.
enum class Spoken : std::uint8_t { found, nothing, not_looked_for };

struct CriterionFinding {
  std::string rule;
  std::string text;
  std::string aside;  // "closed by ...", or what explains it; empty where it stands
};

struct CriterionView {
  Criterion criterion;
  Spoken spoken = Spoken::not_looked_for;
  std::vector<CriterionFinding> findings;
  std::vector<std::string> not_judged;  // titles of rules that speak to it and could not look
};

struct DependenceReview {
  std::string criteria;  // "dependence-review 1.0.0"
  std::string status;
  std::string title;
  std::string use;
  std::string source;  // the citation with its label's words
  std::vector<CriterionView> views;
  // The sentence of the criteria where, of all findings that are not closed, none speaks to anything but what
  // supervision brings with it; else empty.
  std::string supervised;
};

// One view for each criterion, in their order.
[[nodiscard]] DependenceReview review_dependence(const DependenceCriteria& criteria,
                                                 std::span<const RuleOutcome> outcomes);

}  // namespace evenkeel::watch
