// Help as data: what a clinic does when a sign is seen, where a person finds help, and what a patient is
// told. Files: content/help/. Values and pure functions; nothing here names a drug or a dose.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/instant.hpp"
#include "base/provenance.hpp"
#include "base/quantity.hpp"
#include "watch/rule.hpp"

namespace evenkeel::watch {

// By when a step is due at a level and above it, until the next row.
struct StepDeadline {
  int level = 2;
  Sourced<Duration> within;
};

struct PathwayStep {
  std::string id;
  std::string title;
  std::string words;  // what to do
  std::string who;
  std::vector<StepDeadline> by;    // levels rising
  int from_level = 2;              // it is called for from this level on,
  std::vector<std::string> rules;  // and where any are named, by an open finding of one of them
  std::string basis;               // why, in our own words
  Provenance from;
};

struct Pathway {
  std::string id;
  std::string version;
  std::string status;
  std::string title;
  std::vector<PathwayStep> steps;
  std::vector<std::pair<std::string, std::string>> sources;
};

// A step that applies, with its date.
struct HelpStep {
  std::string id;
  std::string title;
  std::string words;
  std::string who;
  std::optional<Instant> by;
  std::string basis;
  std::string source;  // the citation with its label's words
};

// The steps that a level and its findings call for, in their order; none below level 2. Dates run from the
// findings, and of all rows that apply the earliest date holds: a worse sign adds steps and brings dates
// forward, and never takes a step away or puts one off.
[[nodiscard]] std::vector<HelpStep> steps_for(const Pathway& pathway, int level,
                                              std::span<const RuleOutcome> outcomes);

struct HelpLine {
  std::string id;
  std::string name;
  std::string purpose;              // "substance use"
  std::string number;               // as it is dialled
  std::vector<std::string> others;  // other ways: a text number, a chat
  std::string hours;
  std::vector<std::string> languages;
  Date last_checked;
  Provenance from;
};

struct Place {
  std::string country;  // two letters, ISO 3166-1
  std::string name;
  std::vector<HelpLine> lines;
};

struct HelpLines {
  std::string id;
  std::string version;
  std::string status;
  std::string title;
  Sourced<Duration> check_every;  // a line last checked longer ago is shown with a warning
  std::string none_verified;      // what to do where there is no line for a country
  std::vector<Place> places;
  std::vector<std::pair<std::string, std::string>> sources;
};

// Null where no line of the country is known.
[[nodiscard]] const Place* place_of(const HelpLines& lines, std::string_view country);

// Whether the line was last checked longer ago than the file allows, or in the future, which cannot be.
[[nodiscard]] bool is_old(const HelpLines& lines, const HelpLine& line, Instant now);

// A site's own lines with those of the library: a site's come first, and one with the id of another of the
// same country stands in its place.
[[nodiscard]] HelpLines joined(HelpLines site, const HelpLines& library);

}  // namespace evenkeel::watch
