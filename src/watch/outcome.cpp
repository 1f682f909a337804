#include "watch/outcome.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/expects.hpp"

namespace evenkeel::watch {
namespace {

std::string citation(const Rule& rule, const Provenance& from) {
  const auto source = std::ranges::find(rule.sources, from.source, [](const auto& row) { return row.first; });
  expects(source != rule.sources.end(), "a rule cites sources it has");
  return fmt::format("{} [{}: {}]", source->second, label_text(from.label), label_words(from.label));
}

}  // namespace

RuleOutcome not_judged(const Rule& rule, std::string why) {
  return {rule.id, rule.version, rule.title, Outcome::not_judged, std::move(why), {}};
}

RuleOutcome clear(const Rule& rule, std::string why) {
  return {rule.id, rule.version, rule.title, Outcome::clear, std::move(why), {}};
}

std::string counted(std::size_t number, std::string_view noun) {
  std::string words = std::to_string(number);
  words += ' ';
  words += noun;
  return number == 1 ? words : words + 's';
}

Finding finding(const Rule& rule, int level, std::string text, std::span<const Support> support,
                std::span<const std::string_view> thresholds) {
  expects(!support.empty(), "a finding rests on events");
  Finding made;
  made.rule = rule.id;
  made.rule_version = rule.version;
  made.domain = rule.domain;
  made.level = level;
  made.text = std::move(text);
  for (const Support& event : support) {
    made.events.push_back(event.event);
    made.latest = std::max(made.latest, event.at);
  }
  made.since = made.latest;
  made.rival = rule.rival;
  made.next_step = rule.next_step;
  made.sources.push_back(citation(rule, rule.basis));
  for (const Threshold& threshold : rule.thresholds) {
    if (std::ranges::find(thresholds, threshold.name) == thresholds.end()) continue;
    std::string cited = citation(rule, threshold.from);
    if (std::ranges::find(made.sources, cited) == made.sources.end())
      made.sources.push_back(std::move(cited));
  }
  made.evidence = rule.evidence;
  return made;
}

RuleOutcome outcome_of(const Rule& rule, std::vector<Finding> findings, std::string why) {
  if (findings.empty()) return clear(rule, std::move(why));
  return {rule.id, rule.version, rule.title, Outcome::found, std::move(why), std::move(findings)};
}

RuleOutcome looked_or_stale(const Rule& rule, const Chart& chart, std::vector<Finding> findings, Instant last,
                            std::string why) {
  if (findings.empty() && chart.now - last > rule.threshold("window") * units::day) {
    return not_judged(rule, why + fmt::format(": more than {} days ago", rule.threshold("window")));
  }
  return outcome_of(rule, std::move(findings), std::move(why));
}

}  // namespace evenkeel::watch
