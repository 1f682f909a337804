#include "cohort/sensitivity.hpp"

#include <algorithm>
#include <cmath>

#include "base/expects.hpp"
#include "cohort/result.hpp"

namespace evenkeel::cohort {
namespace {

constexpr std::string_view nature = "nature";

template <class Group>
void add_moves(std::vector<Move>& plan, std::string_view name, const Group& group,
               std::span<const AssumedField<Group>> fields) {
  for (std::size_t f = 0; f < fields.size(); ++f) {
    const Assumed& number = group.*fields[f].field;
    if (number.low < number.value) plan.push_back({std::string(name), f, false, number.value, number.low});
    if (number.high > number.value) plan.push_back({std::string(name), f, true, number.value, number.high});
  }
}

bool is_lived(const Study& study, const Behaviour& behaviour) {
  return std::ranges::any_of(
      study.mix, [&](const Share& share) { return share.behaviour == behaviour.id && share.share > 0.0; });
}

void move_drives(Drives& drives, const AssumedField<Drives>& field, double to) {
  (drives.*field.field).value = to;
  if (drives.onset_from.value <= drives.onset_to.value) return;
  (field.field == &Drives::onset_from ? drives.onset_to : drives.onset_from).value = to;
}

template <class Group>
RankedAssumption named(const Move& move, const Group& group, const AssumedField<Group>& field) {
  RankedAssumption made;
  made.group = move.group;
  made.name = std::string(field.name);
  made.unit = std::string(field.unit);
  made.words = std::string(field.words);
  made.number = group.*field.field;
  return made;
}

RankedAssumption assumption_of(const Study& study, const Move& move) {
  if (move.group == nature) return named(move, study.nature, nature_fields()[move.field]);
  const auto found = std::ranges::find(study.behaviours, move.group, &Behaviour::id);
  expects(found != study.behaviours.end(), "a move of a behaviour of the study");
  return named(move, found->drives, drive_fields()[move.field]);
}

bool same_number(const RankedAssumption& made, const RankedAssumption& next) {
  return made.group == next.group && made.name == next.name;
}

void measure(Swing& swing, const std::optional<double>& base) {
  std::vector<double> seen;
  for (const auto& value : {base, swing.at_low, swing.at_high}) {
    if (value) seen.push_back(*value);
  }
  if (seen.empty()) return;
  const auto [least, most] = std::ranges::minmax(seen);
  const double largest = std::max(std::abs(least), std::abs(most));
  swing.size = most - least;
  swing.relative = largest > 0.0 ? swing.size / largest : 0.0;
}

void note(RankedAssumption& made, const Move& move, const std::vector<Headline>& found) {
  expects(found.size() == made.swings.size(), "the same headlines of every run");
  for (std::size_t h = 0; h < found.size(); ++h)
    (move.up ? made.swings[h].at_high : made.swings[h].at_low) = found[h].value;
}

std::optional<double> value_of(const std::optional<Estimate>& estimate) {
  return estimate ? std::optional{estimate->value} : std::nullopt;
}

}  // namespace

Study sensitivity_base(const Study& study) {
  Study base = study;
  base.patients = study.sensitivity_patients;
  return base;
}

std::vector<Move> sensitivity_plan(const Study& study) {
  std::vector<Move> plan;
  if (study.sensitivity_patients == 0) return plan;
  add_moves(plan, nature, study.nature, nature_fields());
  for (const Behaviour& behaviour : study.behaviours) {
    if (is_lived(study, behaviour)) add_moves(plan, behaviour.id, behaviour.drives, drive_fields());
  }
  return plan;
}

Study moved(const Study& study, const Move& move) {
  Study made = sensitivity_base(study);
  if (move.group == nature) {
    (made.nature.*nature_fields()[move.field].field).value = move.to;
    return made;
  }
  const auto found = std::ranges::find(made.behaviours, move.group, &Behaviour::id);
  expects(found != made.behaviours.end(), "a move of a behaviour of the study");
  move_drives(found->drives, drive_fields()[move.field], move.to);
  return made;
}

std::vector<Headline> headlines(const Study& study, const Tallies& tallies) {
  expects(tallies.size() == study.arms.size() && !tallies.empty(), "tallies for each arm");
  const std::vector<Tally>& arm = tallies[reference_arm(study)];
  const Noticing noticing = metrics_of(together(arm)).noticing;
  const Rate alarms = false_alarms_of(without_sign(arm, study.behaviours));
  std::vector<Headline> made{
      {"noticed", "share of signs noticed", "1", value_of(noticing.noticed.share)},
      {"before_harm", "share noticed before harm", "1", value_of(noticing.before_harm.share)},
      {"false_alarms", "false alarms a patient-year", "/a", value_of(alarms.a_year)},
      {"delay", "median days from onset to notice", "d", value_of(noticing.delay.median)}};
  for (std::size_t a = 0; a < study.arms.size(); ++a) {
    const Tally all = together(tallies[a]);
    made.push_back({"harm." + study.arms[a].id, "share with harm: " + study.arms[a].title, "1",
                    value_of(proportion(all.with_harm, all.patients))});
  }
  return made;
}

Ranking rank(const Study& study, const std::vector<Headline>& base, const std::vector<Move>& plan,
             const std::vector<std::vector<Headline>>& results) {
  expects(results.size() == plan.size(), "headlines for each move");
  Ranking made{study.sensitivity_patients, base, {}};
  for (std::size_t m = 0; m < plan.size(); ++m) {
    RankedAssumption next = assumption_of(study, plan[m]);
    if (made.assumptions.empty() || !same_number(made.assumptions.back(), next)) {
      next.swings.resize(base.size());
      made.assumptions.push_back(std::move(next));
    }
    note(made.assumptions.back(), plan[m], results[m]);
  }
  for (RankedAssumption& each : made.assumptions) {
    for (std::size_t h = 0; h < base.size(); ++h) {
      measure(each.swings[h], base[h].value);
      each.largest = std::max(each.largest, each.swings[h].relative);
    }
  }
  std::ranges::stable_sort(made.assumptions, std::ranges::greater{}, &RankedAssumption::largest);
  return made;
}

}  // namespace evenkeel::cohort
