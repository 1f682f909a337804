#include "cohort/rule_worth.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace evenkeel::cohort {
namespace {

std::string counted(std::uint64_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}
std::string patients(std::uint64_t count) {
  return counted(count, "patient", "patients");
}
std::string alarms(std::uint64_t count) {
  return counted(count, "false alarm", "false alarms");
}

Verdict verdict_of(const RuleWorth& worth) {
  if (worth.noticed.count == 0 && worth.false_alarms.count == 0) return Verdict::silent;
  if (worth.false_alarms.count > worth.noticed.count) return Verdict::costly;
  return worth.alone > 0 ? Verdict::earns : Verdict::shared;
}

std::string sentence_of(const RuleWorth& worth) {
  const std::string found = patients(worth.noticed.count);
  const std::string wrong = alarms(worth.false_alarms.count);
  switch (worth.verdict) {
    case Verdict::silent:
      return "Said nothing here: this study cannot tell what it is worth.";
    case Verdict::costly:
      if (worth.noticed.count == 0) return fmt::format("Found nobody here: {}.", wrong);
      return fmt::format("Alarms more often than it finds: {}, {} found, {} of them in time by it alone.",
                         wrong, found, worth.alone);
    case Verdict::earns:
      return fmt::format("Earns its place: {} of {} found were noticed in time by it alone, at {}.",
                         worth.alone, found, wrong);
    case Verdict::shared:
      return fmt::format("Adds nobody here: {} found, each of them by another rule too or too late, at {}.",
                         found, wrong);
  }
  return {};
}

}  // namespace

std::string_view verdict_text(Verdict verdict) {
  switch (verdict) {
    case Verdict::silent:
      return "silent";
    case Verdict::costly:
      return "alarms_more_than_it_finds";
    case Verdict::earns:
      return "earns_its_place";
    case Verdict::shared:
      return "adds_nobody";
  }
  return "";
}

RuleWorth rule_worth(const std::vector<Tally>& arm, const std::vector<Behaviour>& behaviours,
                     std::size_t index, std::string_view id) {
  RuleWorth made;
  Tally sum;
  std::uint64_t without_sign_count = 0;
  std::uint64_t without_sign_days = 0;
  for (std::size_t b = 0; b < arm.size(); ++b) {
    const bool sign = behaviours[b].truth == Truth::sign;
    if (!sign) {
      without_sign_count += arm[b].patients;
      without_sign_days += arm[b].watched_days;
    }
    const std::uint64_t found = index < arm[b].rules.size() ? arm[b].rules[index].noticed : 0;
    made.by_behaviour.push_back(proportion_of(found, arm[b].with_onset));
    made.expected.push_back(std::ranges::find(behaviours[b].expected, id) != behaviours[b].expected.end());
    sum.add(arm[b]);
  }
  const RuleTally rule = index < sum.rules.size() ? sum.rules[index] : RuleTally{};
  made.noticed = proportion_of(rule.noticed, sum.with_onset);
  made.alone = rule.alone;
  made.false_patients = proportion_of(rule.false_patients, without_sign_count);
  const double years = years_of(without_sign_days);
  made.false_alarms = {rule.alarms, years, rate(rule.alarms, years)};
  made.delay = days_of(rule.delay);
  made.verdict = verdict_of(made);
  made.sentence = sentence_of(made);
  return made;
}

}  // namespace evenkeel::cohort
