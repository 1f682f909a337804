// A history as the watch rules see it, and the shipped library. For tests that link content.
#pragma once

#include <algorithm>

#include "assess/prediction.hpp"
#include "support/events.hpp"
#include "support/shipped_library.hpp"
#include "watch/rule.hpp"

namespace evenkeel::test {

inline const assess::Library& library() {
  return shipped_library();
}

inline const care::Protocol& protocol_named(std::string_view id) {
  const auto found = std::ranges::find(library().protocols, id, &care::Protocol::id);
  expects(found != library().protocols.end(), "a shipped protocol");
  return *found;
}

inline const watch::Rule& rule(std::string_view id) {
  const auto found = std::ranges::find(library().rules, id, &watch::Rule::id);
  expects(found != library().rules.end(), "a shipped rule");
  return *found;
}

// The outcomes of `rules` on the record as known at `now`.
inline std::vector<watch::RuleOutcome> watched(const History& history, Instant now,
                                               std::span<const watch::Rule> rules) {
  const care::Record known = history.record().as_known_at(now);
  const auto valid = known.valid();
  const auto sessions = care::sessions(valid, now);
  const auto scores = care::scores(valid, library().instruments);
  const watch::Prediction prediction =
      assess::predict({valid, sessions, library().models, "", care::latest_facts(valid), false});
  return watch::run(
      rules, {valid, sessions, scores, care::plan_at(valid, now), now, library().instruments, prediction});
}
inline watch::RuleOutcome watched(const History& history, Instant now, std::string_view id) {
  return watched(history, now, std::span{&rule(id), 1}).front();
}
inline int level_of(const History& history, Instant now) {
  return watch::level_of(watched(history, now, library().rules));
}

}  // namespace evenkeel::test
