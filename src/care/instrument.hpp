// A questionnaire or scale, as data, and its score.
//
// The wording of a published instrument is exact and carries its notice. What an answer left out means is the
// instrument's own rule; where none was read there is no score, and none is made up.
// Files: content/instruments/, form: docs/instrument-format.md. Values; safe to use from any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/provenance.hpp"
#include "base/quantity.hpp"
#include "care/event.hpp"
#include "care/questionnaire.hpp"

namespace evenkeel::care {

struct Band {
  int from = 0;
  int to = 0;
  std::string name;
  Provenance source;
  std::optional<int> when;  // holds where `bands_by` of the scale was answered so
};

struct ScaleItem {
  std::string item;
  int weight = 1;
  bool reversed = false;  // lowest and highest answer change places
};

// What becomes of a score when an item of it has no answer.
struct MissingRule {
  enum class Kind : std::uint8_t { none_allowed, prorate, count_as };
  enum class Rounding : std::uint8_t { half_up, up, down };
  Kind kind = Kind::none_allowed;
  int at_most = 0;                        // missing items, of prorate and count_as
  Rounding rounding = Rounding::half_up;  // of prorate: mean of the answered times the number of items
  int value = 0;                          // of count_as: the answer that a missing one counts as
  Provenance source;
};

// A number added up from items.
struct Scale {
  std::string name;
  std::vector<ScaleItem> items;
  int low = 0;
  int high = 0;
  MissingRule missing;
  std::string bands_by;  // the item that decides which bands hold; or empty
  std::vector<Band> bands;
};

struct UrgentItem {
  std::string item;
  int at_least = 0;
  std::string action;
  Provenance source;
};

// Positive when at least `count` of the items are answered `at_least` or more.
struct Screen {
  std::string name;
  std::vector<std::string> items;
  int at_least = 1;
  int count = 1;
  Provenance source;
};

enum class AnsweredBy : std::uint8_t { patient, clinician };

struct Interval {
  std::string text;  // in words: what a protocol's calendar sets is its own
  Provenance source;
};

struct Instrument {
  std::string id;
  std::string version;
  std::string status;
  std::string title;
  std::string short_title;
  AnsweredBy who = AnsweredBy::patient;
  Interval interval;
  std::string url;            // of the FHIR Questionnaire
  std::string questionnaire;  // which is this JSON, as it stands in the file
  std::vector<Coding> codes;  // of the whole
  std::vector<Item> items;    // in order, groups before what they hold
  Scale total;
  std::vector<Scale> parts;  // further scores
  std::optional<Sourced<int>> important_change;
  std::optional<Sourced<Fraction>> response;    // fall from baseline, as a share of it
  std::optional<Sourced<int>> remission_below;  // a total below this
  std::vector<UrgentItem> urgent;
  std::vector<Screen> screens;
  std::string licence;
  std::string notice;
  std::vector<std::pair<std::string, std::string>> sources;
};

struct PartScore {
  std::string name;
  std::optional<int> total;
  std::string no_total_because;
  std::string band;
};

struct Score {
  std::optional<int> total;
  std::string no_total_because;  // set when there is no total
  std::string band;              // or empty
  std::vector<std::string> urgent_actions;
  std::vector<std::string> not_judged;  // urgent items that were asked and have no answer
  std::vector<PartScore> parts;         // in the instrument's order; none for a total from elsewhere
  std::vector<std::string> positive;    // names of the screens that are
};

// The score of `evaluation`, which must be of this instrument (the caller's duty). An answer that is unknown
// or impossible gives no score at all; urgent answers are told all the same.
[[nodiscard]] Score score(const Instrument& instrument, const Evaluation& evaluation);

}  // namespace evenkeel::care
