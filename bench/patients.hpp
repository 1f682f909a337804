// The individual work that is measured: estimating one patient's parameters from four readings.
//
// The three-compartment model of work.hpp; 35 mg over 40 min; read at 20, 40, 70 and 180 min; proportional
// error of standard deviation 0.15; random effects of variance 0.09 on CL, V1 and V2. The first patient's
// readings are .1650, .2010, .0385 and .0196 mg/L, as other programs were measured with; the others' are
// drawn, once, from a fixed seed.
#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <vector>

#include "individual/small_problem.hpp"

namespace evenkeel::bench {

std::vector<individual::SmallProblem> patients(std::size_t count);

// Standard normal numbers, a column for each of `count` parameter vectors of one patient.
Eigen::MatrixXd parameter_draws(Eigen::Index count);

}  // namespace evenkeel::bench
