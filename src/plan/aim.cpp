#include "plan/aim.hpp"

#include <fmt/format.h>

#include <cmath>

#include "base/overloaded.hpp"

namespace evenkeel::plan {
namespace {

constexpr auto ng_mL = units::ng / units::mL;

std::string of_words(const ExposureOf& of) {
  return fmt::format("{} {}", pkpd::site_text(of.site), pkpd::moiety_text(of.moiety));
}

std::string chance(double probability) {
  return fmt::format("with at least {:g} %", 100.0 * probability);
}

struct Studied {
  Concentration low;
  Concentration high;
};

// Where the relation can be read; 1 g/L is beyond any ketamine that a living person has.
Studied studied(const pkpd::Form& form) {
  const Studied wide{Concentration{}, 1.0 * (units::g / units::L)};
  return std::visit(Overloaded{[](const pkpd::ShareOfRise& rise) {
                                 return Studied{rise.from.value, rise.to.value};
                               },
                               [](const pkpd::Anchor& anchor) {
                                 return Studied{Concentration{}, anchor.level.value};
                               },
                               [&](const auto&) { return wide; }},
                    form);
}

std::optional<double> read(const pkpd::PairedEffect& effect, Concentration at, Sensitivity sensitivity) {
  const auto value = effect.at(at);
  if (!value) return std::nullopt;
  const bool highest = sensitivity == Sensitivity::highest && value->interval;
  return highest ? value->interval->high() : value->typical;
}

}  // namespace

std::string aim_words(const Aim& aim) {
  return std::visit(
      Overloaded{[](const PeakWithin& a) {
                   return fmt::format("the peak of {} lies within {:g} to {:g} ng/mL {}", of_words(a.of),
                                      a.range.low().in(ng_mL), a.range.high().in(ng_mL),
                                      chance(a.probability));
                 },
                 [](const AreaWithin& a) {
                   constexpr auto unit = units::ng * units::h / units::mL;
                   return fmt::format("the area of {} lies within {:g} to {:g} ng h/mL {}", of_words(a.of),
                                      a.range.low().in(unit), a.range.high().in(unit), chance(a.probability));
                 },
                 [](const EffectBelow& a) {
                   return fmt::format("the effect {} stays at or below {:g} {}", a.effect, a.limit,
                                      chance(a.probability));
                 },
                 [](const LeastDose&) { return std::string{"the least dose that meets the other aims"}; }},
      aim);
}

Result<std::optional<Concentration>> highest_level(const pkpd::PairedEffect& effect, double limit,
                                                   Sensitivity sensitivity) {
  auto [low, high] = studied(effect.effect().form);
  const auto at_low = read(effect, low, sensitivity);
  const auto at_high = read(effect, high, sensitivity);
  if (!at_low || !at_high || !(*at_low <= *at_high)) {
    return Error{ErrorCode::outside_domain, effect.effect().id,
                 "an effect that falls as concentrations rise cannot be kept below a limit by a lower dose"};
  }
  if (!(*at_low <= limit)) return std::optional<Concentration>{};
  if (*at_high <= limit) return std::optional{high};
  for (int i = 0; i < 200; ++i) {
    const Concentration middle = 0.5 * (low + high);
    const auto value = read(effect, middle, sensitivity);
    (value && *value <= limit ? low : high) = middle;
  }
  return std::optional{low};
}

}  // namespace evenkeel::plan
