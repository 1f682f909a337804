// What the lives with and without a clinic have in common. Not for other layers.
#pragma once

#include "cohort/body.hpp"
#include "cohort/condition.hpp"
#include "cohort/life.hpp"

namespace evenkeel::cohort {

// A dose from elsewhere enters evenly over this time: half an hour is about that to the peak of what is
// sniffed or held in the mouth (a supposition).
inline constexpr double outside_length_h = 0.5;

// The day from which on the behaviour drives, drawn evenly between its first and last week.
[[nodiscard]] int onset_of(const Behaviour& behaviour, const Draws& draws);
// The same where it is a sign's and lies within the study, else `never`.
[[nodiscard]] std::int32_t sign_onset(const Behaviour& behaviour, int onset, const Study& study);

[[nodiscard]] Outcome begun(const World& world, std::uint32_t arm, std::uint32_t patient);
[[nodiscard]] Body body_of(const World& world, std::uint32_t patient);
void add_exposure(const Exposed& seen, Outcome& out);
[[nodiscard]] bool harmed(const Condition& condition, const Study& study);

// A life without a clinic: use by the arm's pattern from day 0 on.
[[nodiscard]] Outcome live_alone(const World& world, std::uint32_t arm, std::uint32_t patient);

}  // namespace evenkeel::cohort
