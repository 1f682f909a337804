#include "cohort/noting.hpp"

#include <algorithm>

namespace evenkeel::cohort {
namespace {

// What is slight is shown to those who look anyway; it calls nobody.
bool calls(const watch::RuleOutcome& outcome) {
  return std::ranges::any_of(outcome.findings,
                             [](const watch::Finding& found) { return found.counts() && !found.slight; });
}

}  // namespace

Noting::Noting(const std::vector<watch::Rule>& rules, const Behaviour& behaviour, std::int32_t onset,
               Outcome& into)
    : rules_(rules), behaviour_(behaviour), out_(into), open_(rules.size(), false) {
  out_.onset = onset;
  out_.first_of_rule.assign(rules.size(), never);
  out_.alarms_of_rule.assign(rules.size(), 0);
}

void Noting::take(const assess::Noticed& noticed, std::int32_t day) {
  ++out_.visits;
  for (int level = 0; level <= noticed.level; ++level) {
    std::int32_t& first = out_.first_at_level[static_cast<std::size_t>(level)];
    if (first == never) first = day;
  }
  if (noticed.level >= alarm_level && level_ < alarm_level) ++out_.alarms;
  level_ = noticed.level;
  bool expected = false;
  for (std::size_t i = 0; i < noticed.rules.size(); ++i) {
    const bool now = calls(noticed.rules[i]);
    if (now && !open_[i]) ++out_.alarms_of_rule[i];
    if (now && out_.first_of_rule[i] == never) out_.first_of_rule[i] = day;
    open_[i] = now;
    expected = expected ||
               (now && std::ranges::find(behaviour_.expected, rules_[i].id) != behaviour_.expected.end());
  }
  if (out_.onset == never || day < out_.onset || out_.noticed != never) return;
  if (level_ >= alarm_level && expected) out_.noticed = day;
}

std::vector<std::string> Noting::open_rules() const {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < open_.size(); ++i) {
    if (open_[i]) names.push_back(rules_[i].id);
  }
  return names;
}

}  // namespace evenkeel::cohort
