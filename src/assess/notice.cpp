#include "assess/notice.hpp"

#include <algorithm>
#include <map>

namespace evenkeel::assess {
namespace {

std::optional<Instant> level_since(std::span<const watch::RuleOutcome> rules, int level) {
  std::optional<Instant> since;
  std::map<std::string, Instant> domains;  // the earliest finding of each that counts
  for (const watch::RuleOutcome& outcome : rules) {
    for (const watch::Finding& finding : outcome.findings) {
      if (!finding.counts()) continue;
      if (finding.level == level) since = std::min(since.value_or(finding.since), finding.since);
      Instant& earliest = domains.emplace(finding.domain, finding.since).first->second;
      earliest = std::min(earliest, finding.since);
    }
  }
  if (level != 2 || domains.size() < 2) return since;
  std::vector<Instant> begun;  // two domains make level 2: from the second of them on
  for (const auto& [domain, earliest] : domains) begun.push_back(earliest);
  std::ranges::sort(begun);
  return std::min(since.value_or(begun[1]), begun[1]);
}

}  // namespace

Noticed notice(const NoticeQuestion& q) {
  Noticed found;
  found.rules = watch::run(
      q.rules, {q.valid, q.sessions, q.scores, q.plan, q.now, q.instruments, q.prediction, q.kinds, q.plans});
  found.level = watch::level_of(found.rules);
  found.since = level_since(found.rules, found.level);
  return found;
}

}  // namespace evenkeel::assess
