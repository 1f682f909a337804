#include "pkpd/dose_rules.hpp"

#include <fmt/format.h>

#include <cmath>
#include <string>
#include <string_view>

namespace evenkeel::pkpd {
namespace {

Error refuse(std::string what) {
  return {ErrorCode::invalid_input, "", std::move(what)};
}

Error not_modelled(std::string_view what) {
  return refuse(fmt::format("the dose leaves its {} to the model, which has none for it", what));
}

Result<double> modelled(double value, std::string_view what) {
  if (value > 0.0 && std::isfinite(value)) return value;
  return refuse(fmt::format("the dose leaves its {} to the model, which makes it {}", what, value));
}

// Of an amount, a rate or a time that a dose states.
bool is_above_zero(double value) {
  return value > 0.0 && std::isfinite(value);
}

std::optional<Error> faulty_repetition(const DoseSpec& dose) {
  if (dose.additional < 0)
    return refuse(fmt::format("{} additional doses: it must be zero or more", dose.additional));
  if (is_endless(dose)) {
    if (dose.form != DoseForm::at_rate && dose.form != DoseForm::modelled_rate)
      return refuse("a steady state without an amount needs a rate");
    if (dose.interval != Duration{} || dose.additional != 0)
      return refuse("an infusion without end has no interval and no additional doses");
    return std::nullopt;
  }
  const bool repeated = dose.additional > 0 || dose.steady != SteadyState::none;
  if (repeated && !is_above_zero(dose.interval.in(units::h))) {
    return refuse(
        fmt::format("a repeated dose needs an interval above zero, not {} h", dose.interval.in(units::h)));
  }
  return std::nullopt;
}

}  // namespace

bool is_endless(const DoseSpec& dose) {
  return dose.steady != SteadyState::none && dose.amount == DrugMass{};
}

std::optional<Error> faulty(const DoseSpec& dose) {
  if (!is_endless(dose) && !is_above_zero(dose.amount.in(units::mg))) {
    return refuse(fmt::format(
        "a dose of {} mg; it must be above zero, and only a steady-state infusion without end has none",
        dose.amount.in(units::mg)));
  }
  if (dose.form == DoseForm::at_rate && !is_above_zero(dose.rate.canonical()))
    return refuse(fmt::format("a rate of {} mg/h: it must be above zero", dose.rate.canonical()));
  if (dose.form == DoseForm::over_duration && !is_above_zero(dose.duration.in(units::h)))
    return refuse(fmt::format("a duration of {} h: it must be above zero", dose.duration.in(units::h)));
  return faulty_repetition(dose);
}

std::optional<Error> faulty(const DoseSpec& dose, std::span<const Entry> into) {
  if (dose.form == DoseForm::at_rate && into.size() > 1) {
    return refuse(fmt::format("a rate, by a route that divides the dose over {} paths: give its duration",
                              into.size()));
  }
  for (const Entry& entry : into) {
    if (dose.form == DoseForm::modelled_rate && !entry.modelled_rate) return not_modelled("rate");
    if (dose.form == DoseForm::modelled_duration && !entry.modelled_duration) return not_modelled("duration");
  }
  return std::nullopt;
}

Result<double> rate_mg_h(const DoseSpec& dose, const Entry& entry) {
  if (dose.form == DoseForm::at_rate) return dose.rate.canonical();
  if (!entry.modelled_rate) return not_modelled("rate");
  return modelled(entry.modelled_rate->canonical(), "rate");
}

Result<double> duration_h(const DoseSpec& dose, const Entry& entry) {
  switch (dose.form) {
    case DoseForm::at_once:
      return entry.over ? entry.over->in(units::h) : 0.0;
    case DoseForm::over_duration:
      return dose.duration.in(units::h);
    case DoseForm::modelled_duration:
      if (!entry.modelled_duration) return not_modelled("duration");
      return modelled(entry.modelled_duration->in(units::h), "duration");
    case DoseForm::at_rate:
    case DoseForm::modelled_rate:
      break;
  }
  const auto rate = rate_mg_h(dose, entry);
  if (!rate) return rate.error();
  return entry.fraction * dose.amount.in(units::mg) / *rate;
}

}  // namespace evenkeel::pkpd
