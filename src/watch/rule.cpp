#include "watch/rule.hpp"

#include <algorithm>
#include <map>

#include "base/expects.hpp"
#include "watch/kinds.hpp"

namespace evenkeel::watch {
namespace {

// One that names events is of these alone: a finding of the same rule that rests on others stays open.
bool covers(const care::Review& review, const Finding& finding) {
  if (std::ranges::find(review.rules, finding.rule) == review.rules.end()) return false;
  if (review.events.empty()) return true;
  return !finding.events.empty() && std::ranges::all_of(finding.events, [&](const std::string& event) {
    return std::ranges::find(review.events, event) != review.events.end();
  });
}

// A review closes what the record held when it was written: `valid` is in that order, so evidence that
// was written down later opens the finding again, whenever it happened. The last of them decides.
std::optional<Closure> closure_of(const Finding& finding, const Chart& chart) {
  for (std::size_t i = chart.valid.size(); i > 0; --i) {
    const care::Event& event = chart.valid[i - 1];
    const auto* review = std::get_if<care::Review>(&event.body);
    if (review != nullptr && review->decision == care::Decision::no_concern && covers(*review, finding))
      return Closure{review->clinician, event.at, review->reason};
    if (std::ranges::find(finding.events, event.id) != finding.events.end()) return std::nullopt;
  }
  return std::nullopt;
}

// What the illness explains. The highest level that yields is that of the explanation.
void yield_to_illness(std::span<const Rule> rules, std::span<RuleOutcome> outcomes) {
  const Finding* illness = nullptr;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    if (rules[i].check != "illness_returning") continue;
    for (const Finding& found : outcomes[i].findings) {
      if (found.counts() && !found.slight) illness = &found;
    }
  }
  if (illness == nullptr) return;
  for (RuleOutcome& outcome : outcomes) {
    for (Finding& finding : outcome.findings) {
      if (!finding.yields_to_illness || !finding.explained_by.empty()) continue;
      expects(finding.level <= illness->level, "an explanation never lowers the level");
      finding.explained_by = illness->text;
    }
  }
}

// When a second domain had a finding that is more than slight: two of them make level 2.
std::optional<Instant> second_domain(std::span<const RuleOutcome> outcomes) {
  std::map<std::string_view, Instant> domains;  // the earliest of each
  for (const RuleOutcome& outcome : outcomes) {
    for (const Finding& finding : outcome.findings) {
      if (!finding.counts() || finding.slight) continue;
      Instant& earliest = domains.emplace(finding.domain, finding.since).first->second;
      earliest = std::min(earliest, finding.since);
    }
  }
  if (domains.size() < 2) return std::nullopt;
  std::vector<Instant> begun;
  for (const auto& [domain, earliest] : domains) begun.push_back(earliest);
  std::ranges::sort(begun);
  return begun[1];
}

}  // namespace

double Rule::threshold(std::string_view name) const {
  const auto found = std::ranges::find(thresholds, name, &Threshold::name);
  expects(found != thresholds.end(), "a rule has the thresholds its check names");
  return found->value;
}

const std::string& Rule::instrument(std::string_view role) const {
  const auto found = std::ranges::find(instruments, role, [](const auto& row) { return row.first; });
  expects(found != instruments.end(), "a rule has the instruments its check names");
  return found->second;
}

std::vector<RuleOutcome> run(std::span<const Rule> rules, const Chart& asked) {
  Chart chart = asked;
  std::optional<Kinds> kinds;
  std::optional<care::Plans> plans;
  if (chart.kinds == nullptr) chart.kinds = &kinds.emplace(asked.valid);
  if (chart.plans == nullptr) chart.plans = &plans.emplace(asked.valid);
  std::vector<RuleOutcome> outcomes;
  outcomes.reserve(rules.size());
  for (const Rule& rule : rules) {
    const auto check = std::ranges::find(checks(), rule.check, &Check::name);
    expects(check != checks().end(), "a rule names a check that exists");
    RuleOutcome outcome = check->run(rule, chart);
    for (Finding& finding : outcome.findings) finding.closed = closure_of(finding, chart);
    outcomes.push_back(std::move(outcome));
  }
  yield_to_illness(rules, outcomes);
  return outcomes;
}

int level_of(std::span<const RuleOutcome> outcomes) {
  int level = 0;
  for (const RuleOutcome& outcome : outcomes) {
    for (const Finding& finding : outcome.findings) {
      if (finding.counts()) level = std::max(level, finding.level);
    }
  }
  return second_domain(outcomes) ? std::max(level, 2) : level;
}

std::optional<Instant> reached(int level, std::span<const RuleOutcome> outcomes) {
  std::optional<Instant> since = level <= 2 ? second_domain(outcomes) : std::nullopt;
  for (const RuleOutcome& outcome : outcomes) {
    for (const Finding& finding : outcome.findings) {
      if (finding.counts() && finding.level >= level)
        since = std::min(since.value_or(finding.since), finding.since);
    }
  }
  return since;
}

}  // namespace evenkeel::watch
