// Warning signs: rules over a record that ask for a clinician's look. A rule is data (thresholds
// with their sources, the rival explanation, the level) and names a pure function that reads the
// record. It never diagnoses, changes a dose or locks anybody out.
//
// "Nothing found" and "could not be judged" are different outcomes, and so is "found and closed".
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/provenance.hpp"
#include "care/course.hpp"
#include "care/session.hpp"
#include "watch/prediction.hpp"

namespace evenkeel::watch {

// A number the rule compares with, in the unit its check asks for.
struct Threshold {
  std::string name;
  double value = 0.0;
  std::string unit;
  Provenance from;
};

struct Rule {
  std::string id;
  std::string version;
  std::string status;
  std::string title;
  std::string domain;  // findings of two domains weigh more than two of one
  std::string check;   // the function, see `checks`
  Provenance basis;    // what the rule as a whole rests on
  std::vector<Threshold> thresholds;
  std::vector<std::pair<std::string, std::string>> instruments;  // role in the check, id
  bool site_instrument = false;  // its instruments are a site's own: without them it cannot be judged
  std::string rival;             // what else explains the same data: asked first
  std::string next_step;         // what the clinician is asked to do
  std::vector<std::string> evidence;
  std::vector<std::pair<std::string, std::string>> sources;

  // Both must be there: the reader holds a rule to what its check needs.
  [[nodiscard]] double threshold(std::string_view name) const;
  [[nodiscard]] const std::string& instrument(std::string_view role) const;
};

class Kinds;

// What the rules read: one snapshot, by time.
struct Chart {
  std::span<const care::Event> valid;
  std::span<const care::Session> sessions;
  std::span<const care::TimedScore> scores;
  std::optional<care::PlanInForce> plan;
  Instant now;
  std::span<const care::Instrument> instruments;
  const Prediction& prediction;
  // Made of the valid events once for all rules: by who asks, or where they are null by run().
  const Kinds* kinds = nullptr;
  const care::Plans* plans = nullptr;
};

struct Closure {
  std::string by;
  Instant at;
  std::string reason;
};

struct Finding {
  std::string rule;
  std::string rule_version;
  std::string domain;
  int level = 1;
  std::string text;
  std::vector<std::string> events;  // it rests on these
  Instant since;                    // when they first sufficed: a deadline runs from here
  Instant latest;                   // the newest of them
  std::string rival;
  std::string next_step;
  std::vector<std::string> sources;   // citations with the label's words
  std::vector<std::string> evidence;  // entries of content/evidence
  std::optional<Closure> closed;
  // A rival explanation that the record itself shows, in words, or empty. The finding is then shown and asks
  // for that question first; it raises no level.
  std::string explained_by;
  bool yields_to_illness = false;  // is explained where the illness is returning (see `run`)

  // No more than such an answer varies by itself from one check to the next: it is shown at its level, and
  // makes no second domain.
  bool slight = false;

  [[nodiscard]] bool counts() const { return !closed && explained_by.empty(); }
};

enum class Outcome : std::uint8_t { found, clear, not_judged };

struct RuleOutcome {
  std::string rule;
  std::string version;
  std::string title;
  Outcome outcome = Outcome::not_judged;
  std::string why;  // what was looked at, or what is missing
  std::vector<Finding> findings;
};

// A threshold that a check reads. Every one is above zero; a count is whole besides.
struct Needed {
  std::string_view name;
  std::string_view unit;
  bool count = false;
};

// The functions a rule may name.
struct Check {
  std::string_view name;
  std::vector<Needed> thresholds;
  std::vector<std::string_view> instruments;  // by role
  RuleOutcome (*run)(const Rule&, const Chart&);
};
[[nodiscard]] std::span<const Check> checks();

// The outcomes of `rules` in their order. A finding is closed by a later review of a named clinician
// that says "no concern" for its rule and, where it names events, for all that the finding rests on; it is
// open again when newer events support it.
//
// Where the check "illness_returning" has an open finding, the findings that yield to it are explained by
// it. It is of level 2, and they are of no higher one, so that an explanation never lowers the level.
// A rule's check must exist (the content reader sees to it).
[[nodiscard]] std::vector<RuleOutcome> run(std::span<const Rule> rules, const Chart& asked);

// 0 to 4: the highest finding that counts, and at least 2 when findings of two domains do that are more than
// slight.
[[nodiscard]] int level_of(std::span<const RuleOutcome> outcomes);
// Since when the findings that count have made `level` (1 to 4) or more; absent where they do not.
[[nodiscard]] std::optional<Instant> reached(int level, std::span<const RuleOutcome> outcomes);

}  // namespace evenkeel::watch
