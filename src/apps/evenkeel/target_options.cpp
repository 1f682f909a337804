#include "apps/evenkeel/target_options.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <span>
#include <string_view>
#include <utility>

#include "apps/evenkeel/arguments.hpp"
#include "base/unit_text.hpp"

namespace evenkeel::app {
namespace {

constexpr std::size_t most_subjects = 100'000;

// What a syringe's label and a pump's panel say; the units of files are others.
constexpr UnitName<Concentration> strength_units[] = {{"mg/mL", units::mg / units::mL},
                                                      {"ug/mL", units::ug / units::mL}};
constexpr UnitName<plan::PumpRate> pump_units[] = {{"mL/h", units::mL / units::h}};

Error fault(std::string option, std::string what) {
  return {ErrorCode::invalid_input, std::move(option), std::move(what)};
}

template <class Q>
Result<Q> quantity(const std::string& text, const char* option, std::span<const UnitName<Q>> known,
                   const char* example) {
  double value = 0.0;
  const char* const end_of_text = text.data() + text.size();
  const auto [end, error] = std::from_chars(text.data(), end_of_text, value);
  std::string_view unit{end, static_cast<std::size_t>(end_of_text - end)};
  while (unit.starts_with(' ')) unit.remove_prefix(1);
  if (error == std::errc{} && std::isfinite(value) && value > 0.0) {
    for (const auto& each : known) {
      if (each.text == unit) return value * each.unit;
    }
  }
  return fault(option, fmt::format("'{}' is not a number above zero and a unit, such as {}", text, example));
}

Result<plan::TargetStep> target_of(const std::string& text) {
  const auto at = text.find('@');
  if (at == std::string::npos)
    return fault("--target",
                 fmt::format("'{}' does not say from when: write 100ng/mL@0,150ng/mL@20min", text));
  const auto level = quantity(text.substr(0, at), "--target", unit_names<Concentration>(), "100ng/mL@0");
  if (!level) return level.error();
  const auto from = duration_argument(text.substr(at + 1), "--target");
  if (!from) return from.error();
  return plan::TargetStep{*from, *level};
}

Result<double> share_of(const std::string& text) {
  double percent = 0.0;
  const char* const end_of_text = text.data() + text.size();
  const auto [end, error] = std::from_chars(text.data(), end_of_text, percent);
  if (error == std::errc{} && std::string_view{end, static_cast<std::size_t>(end_of_text - end)} == "%" &&
      percent > 0.0)
    return percent / 100.0;
  return fault("--within", fmt::format("'{}' is not a percentage above zero, such as 5%", text));
}

Result<plan::TargetPump> pump_of(const TargetOptions& options) {
  const auto strength = quantity<Concentration>(options.strength, "--strength", strength_units, "'1 mg/mL'");
  if (!strength) return strength.error();
  const auto largest = quantity<plan::PumpRate>(options.pump_max, "--pump-max", pump_units, "'1200 mL/h'");
  if (!largest) return largest.error();
  const auto step = quantity<plan::PumpRate>(options.rate_step, "--rate-step", pump_units, "'0.1 mL/h'");
  if (!step) return step.error();
  const auto syringe = quantity(options.syringe, "--syringe", unit_names<Volume>(), "'50 mL'");
  if (!syringe) return syringe.error();
  return plan::TargetPump{*strength, *largest, *step, *syringe};
}

std::optional<Error> contradiction(const TargetOptions& options) {
  if (options.subjects > 0 && !options.seed)
    return fault("--subjects", "subjects are drawn: give --seed too");
  if (options.seed && options.subjects == 0) return fault("--seed", "nothing is drawn without --subjects");
  if (options.subjects > most_subjects)
    return fault("--subjects", fmt::format("at most {} are drawn", most_subjects));
  if (!options.plasma_max.empty() && options.effect_site.empty())
    return fault("--plasma-max", "plasma is what is steered: leave it out, or steer an --effect-site");
  if (!options.parameters.empty() && !options.beside.empty())
    return fault("--param", "parameters belong to one model: leave out --beside");
  return std::nullopt;
}

std::optional<Error> set_times(const TargetOptions& options, plan::TargetQuestion& question) {
  for (const auto& [text, option, into] : {std::tuple{&options.until, "--until", &question.until},
                                           std::tuple{&options.every, "--every", &question.update}}) {
    const auto time = duration_argument(*text, option);
    if (!time) return time.error();
    *into = *time;
  }
  if (options.by_hand.empty()) return std::nullopt;
  const auto by_hand = duration_argument(options.by_hand, "--by-hand");
  if (!by_hand) return by_hand.error();
  question.by_hand = *by_hand;
  return std::nullopt;
}

}  // namespace

Result<plan::TargetQuestion> question_of(const TargetOptions& options) {
  if (auto error = contradiction(options)) return *std::move(error);
  plan::TargetQuestion question;
  for (const std::string& text : options.targets) {
    const auto target = target_of(text);
    if (!target) return target.error();
    question.targets.push_back(*target);
  }
  if (auto error = set_times(options, question)) return *std::move(error);
  const auto within = share_of(options.within);
  if (!within) return within.error();
  question.within = *within;
  const auto pump = pump_of(options);
  if (!pump) return pump.error();
  question.pump = *pump;
  if (!options.plasma_max.empty()) {
    const auto most = quantity(options.plasma_max, "--plasma-max", unit_names<Concentration>(), "300ng/mL");
    if (!most) return most.error();
    question.plasma_at_most = *most;
  }
  return question;
}

std::optional<Duration> half_life_of(const TargetOptions& options) {
  const auto time = duration_argument(options.effect_site, "--effect-site");
  return time && *time > Duration{} ? std::optional{*time} : std::nullopt;
}

Error with_option(Error error) {
  static constexpr std::pair<std::string_view, std::string_view> options[] = {
      {"until", "--until"},         {"update", "--every"},           {"by_hand", "--by-hand"},
      {"within", "--within"},       {"pump.strength", "--strength"}, {"pump.largest", "--pump-max"},
      {"pump.step", "--rate-step"}, {"pump.syringe", "--syringe"},   {"plasma_at_most", "--plasma-max"},
      {"plasma", "--model"},        {"system", "--model"},           {"effect_site", "--effect-site"}};
  if (error.where.starts_with("targets")) {
    error.where = "--target" + error.where.substr(std::string_view{"targets"}.size());
    return error;
  }
  for (const auto& [field, option] : options) {
    if (error.where == field) error.where = option;
  }
  return error;
}

}  // namespace evenkeel::app
