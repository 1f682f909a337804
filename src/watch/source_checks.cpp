// Supplies from outside the plan: a second source of ketamine, ketamine at home, many prescribers.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <set>

#include "watch/person_checks.hpp"
#include "watch/person_look.hpp"

namespace evenkeel::watch {
namespace {

using care::LookedIn;
using care::SupplyKind;
using std::string_view;
using units::day;

struct Supply {
  std::string event;
  Instant looked;
  LookedIn where = LookedIn::dispensing_history;
  care::OtherSource::Found found;

  // When it was dispensed, or, where that is not known, seen.
  [[nodiscard]] Instant date() const { return found.dispensed ? found.dispensed->start() : looked; }
  [[nodiscard]] bool at_home() const { return found.for_home || found.days_supply; }
};

std::string folded(string_view text) {
  std::string low;
  for (const char c : text) low += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return low;
}

bool one_supplier(const Supply& a, const Supply& b) {
  return folded(a.found.supplier) == folded(b.found.supplier);
}
// The same thing, seen twice.
bool same_supply(const Supply& a, const Supply& b) {
  return one_supplier(a, b) && folded(a.found.substance) == folded(b.found.substance) &&
         a.found.dispensed == b.found.dispensed;
}

Duration apart(const Supply& a, const Supply& b) {
  return a.date() < b.date() ? b.date() - a.date() : a.date() - b.date();
}

// In the order of the looks.
std::vector<Supply> supplies(const Chart& chart, std::span<const SupplyKind> kinds) {
  std::vector<Supply> all_found;
  for (const auto& look : all<care::OtherSource>(chart)) {
    for (const auto& found : look.body->found) {
      if (std::ranges::find(kinds, found.kind) == kinds.end()) continue;
      all_found.push_back({look.event->id, look.at(), look.body->looked_in, found});
    }
  }
  return all_found;
}

// What was found more than once is one finding: the same supply, or one supplier's within `within`.
std::vector<std::vector<Supply>> grouped(std::span<const Supply> found, Duration within) {
  std::vector<std::vector<Supply>> groups;
  for (const Supply& supply : found) {
    const auto joins = [&](const std::vector<Supply>& group) {
      return std::ranges::any_of(group, [&](const Supply& other) {
        return same_supply(other, supply) || (one_supplier(other, supply) && apart(other, supply) <= within);
      });
    };
    const auto group = std::ranges::find_if(groups, joins);
    if (group == groups.end())
      groups.push_back({supply});
    else
      group->push_back(supply);
  }
  return groups;
}

std::optional<Instant> last_look(const Chart& chart) {
  std::optional<Instant> looked;
  for (const auto& look : all<care::OtherSource>(chart)) {
    if (look.body->looked_in == LookedIn::dispensing_history) looked = look.at();
  }
  return looked;
}

// An outcome that is clear only where the dispensing history was looked at lately.
RuleOutcome looked_outcome(const Rule& rule, const Chart& chart, std::vector<Finding> findings,
                           const std::string& beside) {
  const auto looked = last_look(chart);
  if (findings.empty() && !looked)
    return not_judged(rule, "the dispensing history was never looked at" + beside);
  const std::string when = looked ? on_day(*looked) : "no date";
  if (findings.empty() && chart.now - *looked > rule.threshold("looked_within") * day)
    return not_judged(rule, "the dispensing history was last looked at on " + when + beside);
  return outcome_of(
      rule, std::move(findings),
      fmt::format("dispensing history looked at on {}; it lists what pharmacies dispensed{}", when, beside));
}

std::string words(const Supply& supply) {
  const auto& found = supply.found;
  std::string text = found.substance;
  if (!found.route.empty()) text += " (" + found.route + ")";
  text += " from " + found.supplier;
  if (found.dispensed) text += ", dispensed " + found.dispensed->to_string();
  if (found.days_supply) text += " for " + counted(static_cast<std::size_t>(*found.days_supply), "day");
  if (found.for_home) text += ", to be taken at home";
  return text;
}

// "ketamine (nasal) from another clinic, found in the dispensing history; ..." in the order of the looks.
std::string words(std::span<const Supply> group) {
  std::string text;
  for (std::size_t i = 0; i < group.size(); ++i) {
    const auto before = group.first(i);
    const bool again =
        std::ranges::any_of(before, [&](const Supply& other) { return same_supply(other, group[i]); });
    const std::string_view where = care::looked_in_words(group[i].where);
    if (again)
      text += fmt::format("; seen again on {} in the {}", on_day(group[i].looked), where);
    else
      text += fmt::format("{}{}, found in the {}", i == 0 ? "" : "; ", words(group[i]), where);
  }
  return text;
}

// Used up before the first plan or infusion of this record.
bool before_treatment(const Supply& supply, std::optional<Instant> began) {
  if (!began) return false;
  if (!supply.found.dispensed) return supply.looked < *began;
  return supply.date() + supply.found.days_supply.value_or(1) * day <= *began;
}

std::vector<Support> support_of(std::span<const Supply> group) {
  std::vector<Support> events;
  for (const Supply& supply : group) {
    const bool there =
        std::ranges::any_of(events, [&](const Support& event) { return event.event == supply.event; });
    if (!there) events.push_back({supply.event, supply.looked});
  }
  return events;
}

// A finding of level 3, or of 2 where all of it lies before treatment; `since` the first look that saw it.
Finding supply_finding(const Rule& rule, const Chart& chart, std::span<const Supply> group,
                       std::span<const string_view> thresholds) {
  const auto began = treatment_began(chart);
  const bool before =
      std::ranges::all_of(group, [&](const Supply& supply) { return before_treatment(supply, began); });
  Finding made = finding(rule, before ? 2 : 3, words(group) + (before ? "; before treatment began" : ""),
                         support_of(group), thresholds);
  for (const Supply& supply : group) {
    if (before || !before_treatment(supply, began)) made.since = std::min(made.since, supply.looked);
  }
  return made;
}

// What the record itself says explains one supply, or empty. Nothing explains ketamine to take away.
std::string explained(const Rule& rule, const Chart& chart, const Supply& supply) {
  if (supply.at_home()) return {};
  const Duration own_dose = rule.threshold("own_dose") * day;
  const bool tested = supply.where == LookedIn::toxicology;
  for (const care::Session& session : chart.sessions) {
    const Instant end = session.end.value_or(session.start);
    if (!tested || session.start > supply.looked || supply.looked - end > own_dose) continue;
    return fmt::format("the clinic's own infusion of {}, which a test may find for up to {} days",
                       on_day(session.start), rule.threshold("own_dose"));
  }
  constexpr care::Circumstance elsewhere[] = {care::Circumstance::anaesthetic};
  const bool dated = tested || supply.found.dispensed;
  const Duration near = dated ? own_dose : rule.threshold("same_find") * day;
  return circumstance_near(chart, elsewhere, supply.date(), supply.date(), near);
}

std::string explained(const Rule& rule, const Chart& chart, std::span<const Supply> group) {
  std::string first;
  for (const Supply& supply : group) {
    std::string each = explained(rule, chart, supply);
    if (each.empty()) return {};
    if (first.empty()) first = std::move(each);
  }
  return first;
}

// Each yes has its own anaesthetic, or one of them is unexplained.
std::string explained_answers(const Rule& rule, const Chart& chart, std::span<const Reading> yes) {
  constexpr care::Circumstance elsewhere[] = {care::Circumstance::anaesthetic};
  std::string first;
  for (const Reading& each : yes) {
    std::string noted =
        circumstance_near(chart, elsewhere, each.at, each.at, rule.threshold("same_find") * day);
    if (noted.empty()) return {};
    if (first.empty()) first = std::move(noted);
  }
  return first;
}

// The patient's own yes: of a time before treatment, and of the time since.
std::vector<Finding> own_answers(const Rule& rule, const Chart& chart) {
  const auto began = treatment_began(chart);
  std::vector<Reading> before;
  std::vector<Reading> since;
  for (const Reading& answer : answers(chart, rule.instrument("dependence"), "other-source")) {
    if (answer.score != 1) continue;
    (began && answer.at < *began ? before : since).push_back(answer);
  }
  std::vector<Finding> findings;
  const auto add = [&](int level, std::span<const Reading> yes, string_view when) {
    if (yes.empty()) return;
    std::string days;
    for (const Reading& each : yes) days += (days.empty() ? "" : ", ") + on_day(each.at);
    findings.push_back(
        finding(rule, level,
                fmt::format("the patient answered that there was ketamine from elsewhere ({}): {}{}",
                            instrument_name(chart, rule.instrument("dependence")), days, when),
                watch::support_of(yes), std::array<string_view, 0>{}));
    findings.back().since = yes.front().at;
    findings.back().explained_by = explained_answers(rule, chart, yes);
  };
  add(2, before, "; before treatment began");
  add(3, since, "");
  return findings;
}

// Supplies fetched before `early_share` of the days that the one before was meant for had passed.
std::vector<Supply> early_refills(const Rule& rule, const Chart& chart, std::span<const Supply> ketamine) {
  std::vector<Supply> dispensed;
  for (const Supply& supply : ketamine) {
    const bool seen =
        std::ranges::any_of(dispensed, [&](const Supply& other) { return same_supply(other, supply); });
    if (supply.found.dispensed && supply.found.days_supply && !seen) dispensed.push_back(supply);
  }
  std::ranges::stable_sort(dispensed, {}, &Supply::date);
  std::vector<Supply> early;
  for (std::size_t i = 1; i < dispensed.size(); ++i) {
    const Duration passed = dispensed[i].date() - dispensed[i - 1].date();
    const Duration meant = *dispensed[i - 1].found.days_supply * day;
    const bool recent = chart.now - dispensed[i].date() <= rule.threshold("window") * day;
    if (recent && 100.0 * passed < rule.threshold("early_share") * meant) early.push_back(dispensed[i]);
  }
  return early;
}

std::optional<Finding> refilled_early(const Rule& rule, const Chart& chart,
                                      std::span<const Supply> ketamine) {
  const auto early = early_refills(rule, chart, ketamine);
  const auto needed = static_cast<std::size_t>(rule.threshold("early"));
  if (early.size() < needed) return std::nullopt;
  std::string days;
  bool all_short = true;
  for (const Supply& supply : early) {
    days += (days.empty() ? "" : ", ") + supply.found.dispensed->to_string();
    all_short = all_short && *supply.found.days_supply <= rule.threshold("short_script");
  }
  Finding found = finding(
      rule, 3,
      fmt::format("fetched before {} % of the days' supply had passed, {} in {} days: {}{}",
                  rule.threshold("early_share"), counted(early.size(), "time"), rule.threshold("window"),
                  days,
                  all_short ? fmt::format("; each for at most {} days, and short prescriptions look early",
                                          rule.threshold("short_script"))
                            : std::string{}),
      support_of(early), std::array{string_view{"early"}, string_view{"early_share"}, string_view{"window"}});
  found.since = early.front().looked;
  for (const Supply& supply : std::span{early}.first(needed))
    found.since = std::max(found.since, supply.looked);
  return found;
}

}  // namespace

// Any ketamine from outside the plan. Not judged where nobody looked lately.
RuleOutcome second_source(const Rule& rule, const Chart& chart) {
  const auto found = supplies(chart, std::array{SupplyKind::ketamine});
  std::vector<Finding> findings;
  for (const auto& group : grouped(found, rule.threshold("same_find") * day)) {
    findings.push_back(supply_finding(rule, chart, group, std::array{string_view{"own_dose"}}));
    findings.back().explained_by = explained(rule, chart, group);
  }
  for (Finding& own : own_answers(rule, chart)) findings.push_back(std::move(own));
  return looked_outcome(rule, chart, std::move(findings), "");
}

// Ketamine to be taken at home, which no protocol here has; and such a supply fetched early.
RuleOutcome home_supply(const Rule& rule, const Chart& chart) {
  const auto ketamine = supplies(chart, std::array{SupplyKind::ketamine});
  std::vector<Supply> home;
  for (const Supply& supply : ketamine) {
    if (supply.at_home()) home.push_back(supply);
  }
  std::vector<Finding> findings;
  for (const auto& group : grouped(home, rule.threshold("window") * day)) {
    findings.push_back(supply_finding(rule, chart, group, std::array<string_view, 0>{}));
    findings.back().text = "at-home supply, outside every protocol here: " + findings.back().text;
  }
  if (auto early = refilled_early(rule, chart, home)) findings.push_back(*std::move(early));
  return looked_outcome(rule, chart, std::move(findings), "");
}

// Controlled drugs from many suppliers: `prescriptions` or more, from `prescribers` or more, within `window`.
RuleOutcome many_prescribers(const Rule& rule, const Chart& chart) {
  auto found = supplies(chart, std::array{SupplyKind::ketamine, SupplyKind::opioid, SupplyKind::sedative,
                                          SupplyKind::stimulant});
  std::erase_if(found, [&](const Supply& supply) {
    return chart.now - supply.date() > rule.threshold("window") * day;
  });
  std::vector<Supply> once;
  std::set<std::string> suppliers;
  std::optional<Instant> since;
  for (const Supply& supply : found) {
    if (std::ranges::any_of(once, [&](const Supply& other) { return same_supply(other, supply); })) continue;
    once.push_back(supply);
    suppliers.insert(folded(supply.found.supplier));
    const bool enough = static_cast<double>(once.size()) >= rule.threshold("prescriptions") &&
                        static_cast<double>(suppliers.size()) >= rule.threshold("prescribers");
    if (enough && !since) since = supply.looked;
  }
  const std::string sum =
      fmt::format("{} of controlled drugs from {} in {} days", counted(once.size(), "prescription"),
                  counted(suppliers.size(), "supplier"), rule.threshold("window"));
  std::vector<Finding> findings;
  if (since) {
    std::string each;
    for (const Supply& supply : once) each += (each.empty() ? "" : "; ") + words(supply);
    findings.push_back(
        finding(rule, 2, sum + ": " + each, support_of(once),
                std::array{string_view{"prescriptions"}, string_view{"prescribers"}, string_view{"window"}}));
    findings.back().since = *since;
  }
  return looked_outcome(rule, chart, std::move(findings), "; " + sum);
}

}  // namespace evenkeel::watch
