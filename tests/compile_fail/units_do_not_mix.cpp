// Compiled twice for each MIX_UP: without it this must compile, with it it must not.
#include "base/quantity.hpp"

namespace evenkeel {

constexpr Duration twice(Duration length) {
  return 2.0 * length;
}

constexpr DrugMass dose = 35.0 * units::mg;
constexpr BodyMass weight = 70.0 * units::kg;
constexpr Volume volume = 5.0 * units::L;
constexpr DrugMass sum = dose + 0.5 * (units::mg / units::kg) * weight;
constexpr Duration length = twice(40.0 * units::min);

#ifdef MIX_UP_DOSE_PLUS_WEIGHT
constexpr auto wrong = dose + weight;
#endif
#ifdef MIX_UP_DOSE_PLUS_VOLUME
constexpr auto wrong = dose + volume;
#endif
#ifdef MIX_UP_DOSE_BELOW_WEIGHT
constexpr bool wrong = dose < weight;
#endif
#ifdef MIX_UP_BARE_MINUTES
constexpr Duration wrong = twice(40.0);
#endif

static_assert(sum == 70.0 * units::mg && length > 79.0 * units::min && volume > Volume{});

}  // namespace evenkeel
