// The kernels behind small_problem.hpp: one plan, eight lanes, on the machine's widest vectors.
//
// Each goes through its lanes a vector at a time; no lane looks at another (pkpd/lanes.hpp).
// Internal to small_problem.cpp. Pure.
#pragma once

#include <array>
#include <span>

#include "individual/small_plan.hpp"

namespace evenkeel::individual {

// Where Newton's method ended, in every used lane: as SmallEstimate, second derivatives by rows of the
// lower triangle.
struct SmallOptimum {
  std::array<LaneNumber, most_small_effects> z, gradient;
  std::array<LaneNumber, most_small_effects*(most_small_effects + 1) / 2> hessian;
  LaneNumber objective;
  LaneNumber iterations;
  LaneNumber converged;  // 1 or 0
};
void find_optimum(const SmallPlan& plan, SmallOptimum& out);

using LaneUnknowns = std::array<LaneNumber, most_small_effects>;

// F for each lane's z.
void find_objective(const SmallPlan& plan, const LaneUnknowns& z, LaneNumber& out);

// The concentration at every reading stage of the plan, mg/L, for each lane's z.
void find_curve(const SmallPlan& plan, const LaneUnknowns& z, std::span<LaneNumber> out);

}  // namespace evenkeel::individual
