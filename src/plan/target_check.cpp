#include "plan/target_check.hpp"

#include <fmt/format.h>

#include <cmath>
#include <numbers>

#include "pkpd/steady_state.hpp"
#include "plan/target_steering.hpp"

namespace evenkeel::plan {
namespace {

constexpr double most_pump_steps = 1e9;
constexpr double longest_update = 0.5;  // of the effect site's half-life
constexpr double most_syringes = 1e5;

Error fault(std::string where, std::string what) {
  return {ErrorCode::invalid_input, std::move(where), std::move(what)};
}

std::string time_text(Duration time) {
  return fmt::format("{:.6g} min", time.in(units::min));
}
std::string level_text(Concentration level) {
  const double ng_mL = level.in(units::ng / units::mL);
  return ng_mL < 1000.0 ? fmt::format("{:.4g} ng/mL", ng_mL) : fmt::format("{:.0f} ng/mL", ng_mL);
}

template <class Q>
bool is_above_zero(Q value) {
  return is_finite(value) && value > Q{};
}

std::optional<Error> fault_of_effect_site(const TargetSite& site) {
  const auto& outputs = site.system.outputs;
  if (*site.effect_site >= outputs.size()) return fault("effect_site", "the system has no such output");
  const auto follows = static_cast<Eigen::Index>(outputs[*site.effect_site].compartment);
  const auto leads = static_cast<Eigen::Index>(site.system.input);
  const Eigen::MatrixXd& k = site.system.rates;
  Eigen::MatrixXd others = k.row(follows);
  const double ke0_per_h = -k(follows, follows);
  others(0, follows) = 0.0;
  others(0, leads) = 0.0;
  const bool gives_nothing = (k.col(follows).array() == 0.0).count() == k.rows() - 1;
  const bool same_volume = outputs[*site.effect_site].volume == outputs[site.plasma].volume;
  if (follows != leads && ke0_per_h > 0.0 && k(follows, leads) == ke0_per_h && gives_nothing &&
      (others.array() == 0.0).all() && same_volume)
    return std::nullopt;
  return fault("effect_site",
               "this output does not follow the steered plasma with a delay, and nothing else");
}

std::optional<Error> fault_of_site(const TargetSite& site) {
  const auto& system = site.system;
  const auto n = system.rates.rows();
  if (!(n > 0 && system.rates.cols() == n && system.rates.allFinite()))
    return fault("system", "its rates are not a finite square matrix");
  if (!(site.plasma < system.outputs.size())) return fault("plasma", "the system has no such output");
  for (const auto& output : system.outputs) {
    if (!(output.compartment < static_cast<std::size_t>(n) && is_above_zero(output.volume)))
      return fault("system", "an output without a compartment or a volume above zero");
  }
  if (!(system.outputs[site.plasma].compartment == system.input))
    return fault("plasma", "it is not read from the compartment that the infusion enters; steer one that is");
  if (!(std::isfinite(site.fraction) && site.fraction > 0.0))
    return fault("fraction", fmt::format("{} is no share of the drug that arrives", site.fraction));
  if (const auto none = pkpd::no_steady_state(system, system.input))
    return fault("system", "nothing can be held in it: " + none->what);
  return site.effect_site ? fault_of_effect_site(site) : std::nullopt;
}

std::optional<Error> fault_of_pump(const TargetPump& pump) {
  if (!is_above_zero(pump.strength))
    return fault("pump.strength", "it must be a finite number above zero, such as 1 mg/mL");
  if (!is_above_zero(pump.step))
    return fault("pump.step", "it must be a finite number above zero, such as 0.1 mL/h");
  if (!is_above_zero(pump.largest))
    return fault("pump.largest", "it must be a finite number above zero, such as 1200 mL/h");
  if (!is_above_zero(pump.syringe))
    return fault("pump.syringe", "it must be a finite number above zero, such as 50 mL");
  if (!(pump.step <= pump.largest && pump.largest / pump.step <= most_pump_steps))
    return fault("pump.step", "it must be at most the pump's largest rate, and above a billionth of that");
  return std::nullopt;
}

// Steered by updates, an effect site falls within the one that holds its peak, where nothing may be given.
std::optional<Error> fault_of_pace(const TargetQuestion& question) {
  if (question.by_hand || !question.site.effect_site) return std::nullopt;
  const auto& system = question.site.system;
  const auto compartment = static_cast<Eigen::Index>(system.outputs[*question.site.effect_site].compartment);
  const Duration half_life = std::numbers::ln2 / -system.rates(compartment, compartment) * units::h;
  if (question.update <= longest_update * half_life) return std::nullopt;
  return fault("update",
               fmt::format("{} is long beside the effect site's half-life of {}: at most {:g} of it, "
                           "or set the pump by hand",
                           time_text(question.update), time_text(half_life), longest_update));
}

std::optional<Error> fault_of_times(const TargetQuestion& question) {
  if (!is_above_zero(question.update)) return fault("update", "the update must take a time above zero");
  if (!(is_above_zero(question.until) && question.until <= longest_target_plan))
    return fault("until", fmt::format("{} is not within 0 to {:g} h", time_text(question.until),
                                      longest_target_plan.in(units::h)));
  if (!(question.until / question.update <= static_cast<double>(most_updates) + 0.5))
    return fault("update", fmt::format("{:.0f} updates are more than {}; make the update longer",
                                       question.until / question.update, most_updates));
  if (question.by_hand &&
      !(is_above_zero(*question.by_hand) && is_multiple(*question.by_hand, question.update)))
    return fault("by_hand",
                 fmt::format("it must be a multiple of the update of {}", time_text(question.update)));
  if (auto error = fault_of_pace(question)) return error;
  const Duration part = question.by_hand.value_or(question.update);
  if (!is_multiple(question.until, part))
    return fault("until", fmt::format("{} is no multiple of {}", time_text(question.until), time_text(part)));
  return std::nullopt;
}

std::optional<Error> fault_of_targets(const TargetQuestion& question) {
  if (question.targets.empty()) return fault("targets", "there is none");
  const Duration part = question.by_hand.value_or(question.update);
  Duration before{};
  for (std::size_t i = 0; i < question.targets.size(); ++i) {
    const TargetStep& each = question.targets[i];
    const std::string where = fmt::format("targets[{}]", i);
    if (!is_above_zero(each.level)) return fault(where, "its level must be a finite number above zero");
    if (question.plasma_at_most && !(each.level <= *question.plasma_at_most))
      return fault(where, fmt::format("{} is above the {} that plasma may have", level_text(each.level),
                                      level_text(*question.plasma_at_most)));
    if (i == 0 && !(each.from == Duration{})) return fault(where, "the first target must begin at zero");
    if (i > 0 && !(is_finite(each.from) && each.from > before))
      return fault(where, fmt::format("it begins at {}, not after the one before", time_text(each.from)));
    if (!(each.from < question.until)) return fault(where, "it begins when the schedule is over, or later");
    if (!is_multiple(each.from, part))
      return fault(where,
                   fmt::format("it begins at {}, no multiple of {}", time_text(each.from), time_text(part)));
    before = each.from;
  }
  return std::nullopt;
}

// What the pump's largest rate leads to in the end must hold each target.
std::optional<Error> fault_of_reach(const TargetQuestion& question) {
  const PumpSteps pump = steps_of(question.pump);
  const auto& system = question.site.system;
  const auto amounts = pkpd::steady_amounts(
      system, {.compartment = system.input,
               .rate_mg_h = question.site.fraction * static_cast<double>(pump.most) * pump.mg_h});
  const auto& read = system.outputs[question.site.plasma];
  const Concentration most = amounts[static_cast<Eigen::Index>(read.compartment)] * units::mg / read.volume;
  for (std::size_t i = 0; i < question.targets.size(); ++i) {
    if (question.targets[i].level <= most) continue;
    return fault(fmt::format("targets[{}]", i),
                 fmt::format("{} cannot be held: the pump's largest rate, {:g} mL/h, leads to {} in the end",
                             level_text(question.targets[i].level),
                             question.pump.largest.in(units::mL / units::h), level_text(most)));
  }
  return std::nullopt;
}

}  // namespace

bool is_multiple(Duration length, Duration part) {
  const double times = length / part;
  return std::abs(times - std::round(times)) <= 1e-9 * std::max(1.0, times);
}

std::optional<Error> fault_of(const TargetQuestion& question) {
  if (auto error = fault_of_site(question.site)) return error;
  const Eigen::VectorXd& amounts = question.amounts;
  if (!(amounts.size() == question.site.system.rates.rows() && amounts.allFinite() &&
        (amounts.array() >= 0.0).all()))
    return fault("amounts", "there must be one for each compartment, finite and not negative");
  if (!(question.within > 0.0 && question.within <= widest_band))
    return fault("within", fmt::format("a band of {:g} % is not above 0 and at most {:g} %",
                                       100.0 * question.within, 100.0 * widest_band));
  if (question.plasma_at_most && !is_above_zero(*question.plasma_at_most))
    return fault("plasma_at_most", "it must be a finite number above zero");
  if (auto error = fault_of_pump(question.pump)) return error;
  if (auto error = fault_of_times(question)) return error;
  if (auto error = fault_of_targets(question)) return error;
  if (!(question.pump.largest * question.until / question.pump.syringe <= most_syringes))
    return fault("pump.syringe",
                 fmt::format("the largest rate would empty more than {:g} of them", most_syringes));
  return fault_of_reach(question);
}

}  // namespace evenkeel::plan
