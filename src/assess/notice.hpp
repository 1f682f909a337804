// The part of an assessment that notices: the rules, the level and since when. assess() calls it for a record
// and the virtual clinic at every visit of a simulated patient: one code for both.
// Pure; safe to use from any thread.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "assess/library.hpp"
#include "care/course.hpp"
#include "watch/rule.hpp"

namespace evenkeel::assess {

struct NoticeQuestion {
  std::span<const care::Event> valid;  // Record::valid
  std::span<const care::Session> sessions;
  std::span<const care::TimedScore> scores;
  const std::optional<care::PlanInForce>& plan;
  std::span<const watch::Rule> rules;
  std::span<const care::Instrument> instruments;
  const watch::Prediction& prediction;
  Instant now;
  // Of the same events, where the asker keeps them from one look to the next; else null.
  const watch::Kinds* kinds = nullptr;
  const care::Plans* plans = nullptr;
};

struct Noticed {
  std::vector<watch::RuleOutcome> rules;
  int level = 0;
  // When the level was reached: a deadline runs from the evidence, and further evidence does not put it off.
  std::optional<Instant> since;
};

[[nodiscard]] Noticed notice(const NoticeQuestion& question);

}  // namespace evenkeel::assess
