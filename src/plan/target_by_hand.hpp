// A schedule for people who set the pump themselves: a change is possible every so many updates, and each
// rate is kept for as long as what is steered stays within its band. Not for other layers.
#pragma once

#include <vector>

#include "plan/target.hpp"
#include "plan/target_steering.hpp"

namespace evenkeel::plan {

// A setting for each update. Of all constant rates from a change on, the one that stays within the band
// longest and from where one more can follow; where the band has yet to be reached, such that it is reached
// by the next possible change. Where no rate does that, the largest that never passes the target; from above,
// none. Few changes, but not proven the fewest: each is as late as it can be from where the last one led.
// Where no rate keeps to the band, the band is left, which TargetMet shows.
[[nodiscard]] std::vector<Setting> settings_by_hand(const TargetQuestion& question,
                                                    const TargetSteering& steering);

}  // namespace evenkeel::plan
