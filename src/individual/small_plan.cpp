#include "individual/small_plan.hpp"

#include <algorithm>

#include "individual/small_check.hpp"
#include "pkpd/portable.hpp"

namespace evenkeel::individual {
namespace {

using Then = SmallStage::Then;

// n/2 ln(2 pi) and what the readings add whatever the concentration.
double constant_of(const SmallProblem& problem) {
  constexpr double half_log_two_pi = 0.91893853320467274;
  double sum = half_log_two_pi * static_cast<double>(problem.effects.size());
  for (const auto& reading : problem.readings) {
    if (reading.below) continue;
    sum += half_log_two_pi;
    if (problem.log_sd > 0.0) sum += pkpd::portable_log(reading.mg_L) + pkpd::portable_log(problem.log_sd);
  }
  return sum;
}

}  // namespace

bool LaneNumber::any() const {
  return std::ranges::any_of(of, [](double number) { return number != 0.0; });
}

SmallShape shape_of(const SmallProblem& problem) {
  return {problem.compartments, problem.log_sd > 0.0,    problem.effects.size() > 3,
          problem.spans.size(), problem.readings.size(), problem.doses.size()};
}

void SmallPlanner::list_moments(const SmallProblem& problem, const std::vector<double>* times_h) {
  using enum Moment::Kind;
  moments_.clear();
  for (std::size_t i = 1; i < problem.spans.size(); ++i) {
    if (problem.spans[i].typical != problem.spans[i - 1].typical)
      moments_.push_back({problem.spans[i].from_h, span, i});
  }
  for (std::size_t i = 0; i < problem.doses.size(); ++i) {
    const auto& dose = problem.doses[i];
    if (dose.amount_mg == 0.0) continue;
    moments_.push_back({dose.at_h, is_at_once(dose) ? bolus : infusion_start, i});
    if (!is_at_once(dose)) moments_.push_back({dose.at_h + dose.length_h, infusion_end, i});
  }
  const std::size_t readings = times_h != nullptr ? times_h->size() : problem.readings.size();
  for (std::size_t i = 0; i < readings; ++i) {
    const double at_h = times_h != nullptr ? (*times_h)[i] : problem.readings[i].at_h;
    moments_.push_back({at_h, reading, i});
  }
  std::ranges::sort(moments_, [](const Moment& one, const Moment& other) { return one < other; });
  while (!moments_.empty() && moments_.back().kind != reading) moments_.pop_back();
}

void SmallPlanner::happens(const SmallProblem& problem, const Moment& moment, Course& course) {
  const auto take_stop = [&](Then then) -> Stop& {
    return course.stops.emplace_back(Stop{then, course.stretches.size(), nullptr, nullptr});
  };
  switch (moment.kind) {
    case Moment::Kind::span:
      take_stop(Then::next_span).typical = &problem.spans[moment.index].typical;
      return;
    case Moment::Kind::infusion_end:
      std::erase(running_, moment.index);
      return;
    case Moment::Kind::infusion_start:
      running_.push_back(moment.index);
      return;
    case Moment::Kind::bolus: {
      const std::size_t taken = course.stops.empty() ? 0 : course.stops.back().steps_end;
      if (course.stretches.size() == taken) course.stretches.emplace_back();
      course.stretches.back().bolus_mg += problem.doses[moment.index].amount_mg;
      return;
    }
    case Moment::Kind::reading:
      take_stop(Then::read);
      return;
  }
}

// The course of one lane. A rate is summed anew whenever it changes, so that nothing of an ended infusion
// stays behind.
void SmallPlanner::follow(const SmallProblem& problem, const std::vector<double>* times_h, Course& course) {
  course.stretches.clear();
  course.stops.clear();
  course.next_stop = 0;
  course.next_stretch = 0;
  running_.clear();
  list_moments(problem, times_h);
  double now_h = 0.0;
  bool entered = false;
  for (const Moment& moment : moments_) {
    if (moment.at_h > now_h && (entered || !running_.empty())) {
      double rate_mg_h = 0.0;
      for (const std::size_t i : running_)
        rate_mg_h += problem.doses[i].amount_mg / problem.doses[i].length_h;
      course.stretches.push_back({moment.at_h - now_h, rate_mg_h, 0.0});
      entered = true;
    }
    now_h = moment.at_h;
    entered = entered || moment.kind == Moment::Kind::bolus;
    const bool is_reading = moment.kind == Moment::Kind::reading && times_h == nullptr;
    if (is_reading && !entered && is_certain_of_zero(problem)) continue;  // below its limit for certain
    happens(problem, moment, course);
    if (is_reading) course.stops.back().reading = &problem.readings[moment.index];
  }
}

void SmallPlanner::set_lane(const SmallProblem& problem, std::size_t lane) {
  plan_.proportional_variance.of[lane] = problem.proportional_sd * problem.proportional_sd;
  plan_.additive_variance.of[lane] = problem.additive_sd_mg_L * problem.additive_sd_mg_L;
  plan_.log_sd.of[lane] = problem.log_sd;
  plan_.constant.of[lane] = constant_of(problem);
  for (std::size_t k = 0; k < plan_.direction.size(); ++k) {
    for (std::size_t a = 0; a < most_small_effects; ++a) plan_.direction[k][a].of[lane] = 0.0;
    plan_.spans.front()[k].of[lane] = problem.spans.front().typical[k];
  }
  for (std::size_t i = 0; i < problem.effects.size(); ++i) {
    auto& direction = plan_.direction[static_cast<std::size_t>(problem.effects[i])];
    for (std::size_t a = 0; a <= i; ++a)
      direction[a].of[lane] += problem.root(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(a));
  }
}

// Takes every lane that comes to such a stop next to it; false when none does.
bool SmallPlanner::add_stage(Then then) {
  if (std::ranges::none_of(courses_, [&](const Course& c) { return c.comes_to(then); })) return false;
  SmallStage stage;
  stage.then = then;
  const std::size_t first = plan_.steps.size();
  if (then == Then::next_span) plan_.spans.push_back(plan_.spans.back());
  for (std::size_t lane = 0; lane < small_lanes; ++lane) {
    Course& course = courses_[lane];
    if (!course.comes_to(then)) continue;
    const Stop& stop = course.stops[course.next_stop++];
    const std::size_t count = stop.steps_end - course.next_stretch;
    if (plan_.steps.size() < first + count) plan_.steps.resize(first + count);
    for (std::size_t i = 0; i < count; ++i) {
      const Stretch& stretch = course.stretches[course.next_stretch++];
      plan_.steps[first + i].hours.of[lane] = stretch.hours;
      plan_.steps[first + i].rate_mg_h.of[lane] = stretch.rate_mg_h;
      plan_.steps[first + i].bolus_mg.of[lane] = stretch.bolus_mg;
    }
    if (stop.typical != nullptr) {
      for (std::size_t k = 0; k < stop.typical->size(); ++k)
        plan_.spans.back()[k].of[lane] = (*stop.typical)[k];
    }
    if (stop.reading != nullptr) {
      stage.mg_L.of[lane] = plan_.logarithmic ? pkpd::portable_log(stop.reading->mg_L) : stop.reading->mg_L;
      (stop.reading->below ? stage.below : stage.observed).of[lane] = 1.0;
      stage.some_below = stage.some_below || stop.reading->below;
    }
  }
  stage.steps_end = plan_.steps.size();
  plan_.stages.push_back(stage);
  return true;
}

void SmallPlanner::merge() {
  do {
    while (add_stage(Then::read)) {
    }
  } while (add_stage(Then::next_span));
  for (SmallStep& step : plan_.steps) {
    step.has_hours = step.hours.any();
    step.has_rate = step.rate_mg_h.any();
    step.has_bolus = step.bolus_mg.any();
  }
}

const SmallPlan& SmallPlanner::made_of(std::span<const SmallProblem* const> problems,
                                       const std::vector<double>* times_h) {
  plan_.compartments = problems.front()->compartments;
  plan_.logarithmic = problems.front()->log_sd > 0.0;
  plan_.four_effects = shape_of(*problems.front()).four_effects;
  plan_.used = problems.size();
  plan_.spans.assign(1, {});
  plan_.steps.clear();
  plan_.stages.clear();
  for (std::size_t lane = 0; lane < small_lanes; ++lane) {
    const bool repeats = lane >= problems.size();
    const SmallProblem& problem = *problems[repeats ? 0 : lane];
    if (repeats) {
      courses_[lane] = courses_[0];
    } else {
      follow(problem, times_h, courses_[lane]);
    }
    set_lane(problem, lane);
  }
  merge();
  for (std::size_t k = 0; k < plan_.moves.size(); ++k)
    plan_.moves[k] = std::ranges::any_of(plan_.direction[k], &LaneNumber::any);
  return plan_;
}

const SmallPlan& SmallPlanner::of(std::span<const SmallProblem* const> problems) {
  return made_of(problems, nullptr);
}

const SmallPlan& SmallPlanner::alone(const SmallProblem& problem, const std::vector<double>* times_h) {
  const SmallProblem* const only = &problem;
  return made_of({&only, 1}, times_h);
}

}  // namespace evenkeel::individual
