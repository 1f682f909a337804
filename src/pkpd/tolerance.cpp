#include "pkpd/tolerance.hpp"

#include <fmt/format.h>

#include <numbers>

#include "pkpd/effect_site.hpp"

namespace evenkeel::pkpd {

Result<LinearSystem> with_counter_regulation(const LinearSystem& system, std::size_t output,
                                             const CounterRegulation& regulation) {
  if (!(regulation.half_life > Duration{} && is_finite(regulation.half_life))) {
    return Error{ErrorCode::invalid_input, "tolerance",
                 fmt::format("a half-life of {} h; it must be above zero and finite",
                             regulation.half_life.in(units::h))};
  }
  if (!(regulation.share >= 0.0 && regulation.share <= 1.0)) {
    return Error{ErrorCode::invalid_input, "tolerance",
                 fmt::format("a share of {}; it must lie within 0 to 1", regulation.share)};
  }
  return with_effect_site(system, output, std::numbers::ln2 / regulation.half_life.in(units::h));
}

Concentration net(Concentration concentration, Concentration regulation, const CounterRegulation& by) {
  return concentration - by.share * regulation;
}

}  // namespace evenkeel::pkpd
