#include "watch/help.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace evenkeel::watch {
namespace {

std::optional<Instant> earlier(std::optional<Instant> a, std::optional<Instant> b) {
  if (!a) return b;
  return b && *b < *a ? b : a;
}

bool called_for(const PathwayStep& step, int level, std::span<const RuleOutcome> outcomes) {
  if (level < 2 || level < step.from_level) return false;
  if (step.rules.empty()) return true;
  return std::ranges::any_of(outcomes, [&](const RuleOutcome& outcome) {
    return std::ranges::find(step.rules, outcome.rule) != step.rules.end() &&
           std::ranges::any_of(outcome.findings, [](const Finding& f) { return f.counts(); });
  });
}

std::string citation(const Pathway& pathway, const Provenance& from) {
  const auto source =
      std::ranges::find(pathway.sources, from.source, &std::pair<std::string, std::string>::first);
  const std::string cited = source == pathway.sources.end() ? from.source : source->second;
  return fmt::format("{} ({})", cited, label_words(from.label));
}

}  // namespace

std::vector<HelpStep> steps_for(const Pathway& pathway, int level, std::span<const RuleOutcome> outcomes) {
  std::vector<HelpStep> steps;
  for (const PathwayStep& step : pathway.steps) {
    if (!called_for(step, level, outcomes)) continue;
    HelpStep due{
        step.id, step.title, step.words, step.who, std::nullopt, step.basis, citation(pathway, step.from)};
    for (const StepDeadline& row : step.by) {
      if (row.level > level) continue;
      if (const auto since = reached(row.level, outcomes))
        due.by = earlier(due.by, *since + row.within.value);
    }
    steps.push_back(std::move(due));
  }
  return steps;
}

const Place* place_of(const HelpLines& lines, std::string_view country) {
  const auto found = std::ranges::find(lines.places, country, &Place::country);
  return found == lines.places.end() || found->lines.empty() ? nullptr : &*found;
}

bool is_old(const HelpLines& lines, const HelpLine& line, Instant now) {
  const Duration age = now - line.last_checked.start();
  return !(age >= Duration{} && age <= lines.check_every.value);
}

HelpLines joined(HelpLines site, const HelpLines& library) {
  // The two files may use one key for different sources.
  for (auto& [key, citation] : site.sources) key = "site:" + key;
  for (Place& place : site.places) {
    for (HelpLine& line : place.lines) line.from.source = "site:" + line.from.source;
  }
  site.sources.insert(site.sources.end(), library.sources.begin(), library.sources.end());
  for (const Place& known : library.places) {
    auto own = std::ranges::find(site.places, known.country, &Place::country);
    if (own == site.places.end()) {
      site.places.push_back(known);
      continue;
    }
    for (const HelpLine& line : known.lines) {
      if (std::ranges::find(own->lines, line.id, &HelpLine::id) == own->lines.end())
        own->lines.push_back(line);
    }
  }
  return site;
}

}  // namespace evenkeel::watch
