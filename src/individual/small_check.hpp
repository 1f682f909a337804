// What a small problem may be: the refusals of small_problem.hpp. Pure.
#pragma once

#include <optional>
#include <span>

#include "individual/small_problem.hpp"

namespace evenkeel::individual {

[[nodiscard]] std::optional<Error> faulty(const SmallProblem& problem);
[[nodiscard]] std::optional<Error> faulty(const SmallProblem& problem, const Eigen::MatrixXd& z);
[[nodiscard]] std::optional<Error> faulty_times(std::span<const double> times_h);

// True when something of a dose can be in the blood at that moment.
[[nodiscard]] bool has_entered(const SmallProblem& problem, double at_h);
// A shorter infusion is a bolus: its rate would be without bounds. As in trajectory.hpp.
[[nodiscard]] bool is_at_once(const SmallProblem::Dose& dose);
// True when the error is zero where the concentration is.
[[nodiscard]] bool is_certain_of_zero(const SmallProblem& problem);

}  // namespace evenkeel::individual
