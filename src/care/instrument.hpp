// A questionnaire or scale, as data, and its score.
//
// The wording of a published instrument is exact and carries its notice. An answer that is missing
// gives no total: the shipped instruments allow none to be left out, and none is made up.
// Files: content/instruments/. Values; safe to use from any thread.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/provenance.hpp"
#include "base/quantity.hpp"
#include "care/event.hpp"

namespace evenkeel::care {

struct AnswerOption {
  int value = 0;
  std::string text;
};

struct Item {
  std::string id;
  std::string text;
  bool scored = true;
  std::vector<AnswerOption> options;  // or any whole number from low to high
  int low = 0;
  int high = 0;
};

struct Band {
  int from = 0;
  int to = 0;
  std::string name;
  Provenance source;
};

struct UrgentItem {
  std::string item;
  int at_least = 0;
  std::string action;
  Provenance source;
};

struct Instrument {
  std::string id;
  std::string version;
  std::string status;
  std::string title;
  std::string short_title;
  std::string stem;
  std::vector<Item> items;
  int low = 0;  // of the total
  int high = 0;
  std::vector<Band> bands;
  std::optional<Sourced<int>> important_change;
  std::optional<Sourced<Fraction>> response;    // fall from baseline, as a share of it
  std::optional<Sourced<int>> remission_below;  // a total below this
  std::vector<UrgentItem> urgent;
  std::string licence;
  std::string notice;
  std::vector<std::pair<std::string, std::string>> sources;
};

struct Score {
  std::optional<int> total;
  std::string no_total_because;  // set when there is no total
  std::string band;              // or empty
  std::vector<std::string> urgent_actions;
  std::vector<std::string> not_judged;  // urgent items without an answer
};

// The score of `evaluation`, which must be of this instrument (the caller's duty).
[[nodiscard]] Score score(const Instrument& instrument, const Evaluation& evaluation);

}  // namespace evenkeel::care
