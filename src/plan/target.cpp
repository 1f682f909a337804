#include "plan/target.hpp"

#include <fmt/format.h>

#include <cmath>

#include "plan/target_by_hand.hpp"
#include "plan/target_check.hpp"
#include "plan/target_course.hpp"
#include "plan/target_read_out.hpp"
#include "plan/target_steering.hpp"

namespace evenkeel::plan {
namespace {

using Updates = TargetReadOut::Interval;

Updates updates_of(const TargetQuestion& question, std::size_t target) {
  const auto number = [&](Duration time) {
    return static_cast<std::size_t>(std::llround(time / question.update));
  };
  const bool last = target + 1 == question.targets.size();
  return {number(question.targets[target].from),
          number(last ? question.until : question.targets[target + 1].from)};
}

std::vector<Setting> settings_of(const TargetQuestion& question, const TargetSteering& steering) {
  if (question.by_hand) return settings_by_hand(question, steering);
  Eigen::VectorXd amounts = question.amounts;
  std::vector<Setting> settings;
  settings.reserve(updates_of(question, question.targets.size() - 1).last);
  for (std::size_t i = 0; i < question.targets.size(); ++i) {
    while (settings.size() < updates_of(question, i).last) {
      settings.push_back(steering.next(amounts, question.targets[i].level));
      amounts = steering.after(amounts, settings.back().steps);
    }
  }
  return settings;
}

std::vector<RateSegment> segments_of(const TargetQuestion& question, const std::vector<Setting>& settings) {
  std::vector<RateSegment> segments;
  for (std::size_t i = 0; i < settings.size(); ++i) {
    const Duration from = static_cast<double>(i) * question.update;
    const Duration to = static_cast<double>(i + 1) * question.update;
    PumpRate flow = static_cast<double>(settings[i].steps) * question.pump.step;
    if (flow > question.pump.largest) flow = question.pump.largest;  // by the last digit
    if (i > 0 && settings[i].steps == settings[i - 1].steps) {
      segments.back().to = to;
    } else {
      segments.push_back({from, to, flow, flow * question.pump.strength});
    }
  }
  return segments;
}

std::vector<BoundStretch> bound_of(const TargetQuestion& question, const std::vector<Setting>& settings) {
  std::vector<BoundStretch> stretches;
  for (std::size_t i = 0; i < settings.size(); ++i) {
    const auto by = settings[i].bound;
    if (!by) continue;
    const Duration to = static_cast<double>(i + 1) * question.update;
    if (i > 0 && settings[i - 1].bound == by) {
      stretches.back().to = to;
    } else {
      stretches.push_back({*by, static_cast<double>(i) * question.update, to});
    }
  }
  return stretches;
}

void add_use(const TargetQuestion& question, TargetAnswer& answer) {
  const Volume syringe = question.pump.syringe;
  for (const RateSegment& segment : answer.segments) {
    const Volume used = segment.flow * (segment.to - segment.from);
    while (true) {
      const Volume empty = static_cast<double>(answer.syringe_empty.size() + 1) * syringe;
      if (!(answer.volume + used > empty * (1.0 + 1e-12))) break;
      answer.syringe_empty.push_back(segment.from + (empty - answer.volume) / segment.flow);
    }
    answer.volume += used;
    answer.dose += segment.rate * (segment.to - segment.from);
  }
}

TargetMet met_of(const TargetQuestion& question, const TargetReadOut& read_out, std::size_t target) {
  const TargetStep& step = question.targets[target];
  const Updates updates = updates_of(question, target);
  const std::size_t output = steered(question.site);
  TargetMet met;
  met.target = step;
  met.until = static_cast<double>(updates.last) * question.update;
  met.reached = read_out.first_within(output, updates, (1.0 - question.within) * step.level,
                                      (1.0 + question.within) * step.level);
  const Duration from = met.reached.value_or(step.from);
  const std::size_t settled = read_out.settled(output, updates, from, step.level);
  met.settled = static_cast<double>(settled) * question.update;
  using Which = TargetReadOut::Which;
  met.lowest = read_out.extreme(output, {settled, updates.last}, Which::lowest);
  met.highest = read_out.extreme(output, {settled, updates.last}, Which::highest);
  met.highest_plasma = read_out.extreme(question.site.plasma, updates, Which::highest);
  return met;
}

// Coming from below: the pump, or too few changes, did not let it.
std::optional<Error> fault_of(const TargetQuestion& question, const TargetAnswer& answer,
                              std::size_t target) {
  const TargetMet& met = answer.met[target];
  const auto& curve = question.site.effect_site ? answer.course.effect_site : answer.course.plasma;
  const Concentration end = curve[updates_of(question, target).last];
  if (met.reached || !(end < met.target.level)) return std::nullopt;
  const auto ng_mL = [](Concentration level) { return level.in(units::ng / units::mL); };
  return Error{
      ErrorCode::invalid_input, fmt::format("targets[{}]", target),
      fmt::format("{:.4g} ng/mL is not reached within {:g} % by {:g} min: it is then {:.4g} ng/mL "
                  "under a pump of at most {:g} mL/h in steps of {:g} mL/h; allow more time, a "
                  "higher rate, a finer step or {} a lower target",
                  ng_mL(met.target.level), 100.0 * question.within, met.until.in(units::min), ng_mL(end),
                  question.pump.largest.in(units::mL / units::h), question.pump.step.in(units::mL / units::h),
                  question.by_hand ? "more changes, or" : "set")};
}

}  // namespace

Result<TargetAnswer> plan_target(const TargetQuestion& question) {
  if (auto error = fault_of(question)) return *std::move(error);
  const TargetSteering steering{question.site, question.update, steps_of(question.pump),
                                question.plasma_at_most};
  const std::vector<Setting> settings = settings_of(question, steering);
  TargetAnswer answer;
  answer.segments = segments_of(question, settings);
  answer.course = follow(question.site, question.amounts, answer.segments, question.update);
  answer.bound = bound_of(question, settings);
  add_use(question, answer);
  std::vector<double> mg_h;
  for (const Setting& each : settings) mg_h.push_back(static_cast<double>(each.steps) * steering.pump().mg_h);
  const TargetReadOut read_out{question.site, answer.course, mg_h, question.update};
  for (std::size_t i = 0; i < question.targets.size(); ++i) {
    answer.met.push_back(met_of(question, read_out, i));
    if (auto error = fault_of(question, answer, i)) return *std::move(error);
  }
  return answer;
}

}  // namespace evenkeel::plan
