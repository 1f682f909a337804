// The fast road for the problem that most patients are: a drug given into the central compartment of one
// to three compartments, its concentration measured there, and up to four log-normal random effects.
//
//   parameter_k = typical_k exp(eta_k),   eta = L z,   z ~ N(0, I)
//   F(z) = z'z/2 + n/2 ln(2 pi) + sum_i rho_i(f_i(z)),   exp(-F) the joint density of readings and z
//   rho(f) = (y - f)^2/(2 s^2) + ln s + ln(2 pi)/2,   s^2 = (proportional f)^2 + additive^2
//   rho(f) = (ln y - ln f)^2/(2 log_sd^2) + ln(log_sd y) + ln(2 pi)/2      where log_sd is set
//   rho(f) = -ln Phi((limit - f)/s), or of (ln limit - ln f)/log_sd        for a reading below its limit
//
// f is exact: a sum of exponentials between doses. The gradient and the Hessian of F are exact too, so
// Newton's method converges in a few steps. A step goes by at most 1.5, is shortened until F falls, and
// where F bends the wrong way takes the bend's absolute value. It finds the optimum it falls to from z = 0.
//
// Eight patients at once, in the lanes of the machine's vectors: none depends on the others, so one alone
// is a batch of one, to the last bit. The bits are the same on every machine that fuses multiplication and
// addition. Peripheral rates that are equal are told apart by some 4e-15 of themselves, which is what
// rounding does to them anyway. Of a concentration below 1e-60 mg/L it is known only that it is so low.
//
// What happens at one moment is done before a reading of that moment; the reading of an infusion's start
// finds nothing of it yet. What does not fit here needs a general road.
// Functions without state; safe to use from any thread.
// Source of the equations: the textbook ones (Sheiner and Beal 1982; method M3: Beal 2001).
#pragma once

#include <Eigen/Core>
#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "base/result.hpp"

namespace evenkeel::individual {

constexpr int most_small_effects = 4;

// Of at most four numbers, without memory of its own.
using SmallVector = Eigen::Matrix<double, Eigen::Dynamic, 1, 0, most_small_effects, 1>;
using SmallMatrix =
    Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, 0, most_small_effects, most_small_effects>;

// One patient in plain numbers: hours, mg, mg/L, L, L/h.
struct SmallProblem {
  // Parameters in this order, the first 2 * compartments of it: CL, V1, Q2, V2, Q3, V3.
  struct Span {
    double from_h = 0.0;
    std::array<double, 6> typical{};  // in force from then on; amounts carry over
  };
  struct Dose {
    double at_h = 0.0;
    double length_h = 0.0;  // zero: at once
    double amount_mg = 0.0;
  };
  struct Reading {
    double at_h = 0.0;
    double mg_L = 0.0;  // or the limit that it was below
    bool below = false;
  };

  int compartments = 1;           // 1 to 3
  std::vector<Span> spans;        // at least one, in order of time; the first not after the first dose
  std::vector<Dose> doses;        // in any order, over each other as they may
  std::vector<Reading> readings;  // in any order
  double proportional_sd = 0.0;
  double additive_sd_mg_L = 0.0;
  double log_sd = 0.0;       // above zero: the other two are zero
  std::vector<int> effects;  // the parameter that each effect moves, from 0; at most four
  SmallMatrix root;          // L: lower triangular, as many rows and columns as effects
};

struct SmallEstimate {
  SmallVector z;
  double objective = 0.0;  // F at z
  double gradient = 0.0;   // the largest of |dF/dz|
  SmallMatrix hessian;     // d2F/dz2 at z, exact, symmetric
  int iterations = 0;      // evaluations of F
  // The next step would be below 1e-10 in every z, and F bends upwards in every direction. Never where
  // nothing is left of the drug that was read, and the error vanishes with it.
  bool converged = false;
};

// Maximum a posteriori. Errors (invalid_input), with `where` as "readings[2].mg_L": what is not finite or
// against what is said above; a typical value or amount outside 1e-9 to 1e9; a reading that has
// probability zero, because nothing can have reached the blood by then and the error is proportional or
// logarithmic (a reading below the limit then has probability one).
[[nodiscard]] Result<SmallEstimate> estimate(const SmallProblem& problem);

// The same for many, each with its own result; on the calling thread.
[[nodiscard]] std::vector<Result<SmallEstimate>> estimate_each(std::span<const SmallProblem> problems);

// -F at every column of `z` (a row for each effect); minus infinity where that cannot be computed, as for
// parameters of 1e200. Errors: as above, and a `z` of other size or not finite.
[[nodiscard]] Result<Eigen::VectorXd> log_density(const SmallProblem& problem, const Eigen::MatrixXd& z);

// Concentrations, mg/L: a row for each time, a column for each column of `z`. The readings play no part.
// Errors: as above, and a time that is not finite.
[[nodiscard]] Result<Eigen::MatrixXd> curves(const SmallProblem& problem, const Eigen::MatrixXd& z,
                                             std::span<const double> times_h);

}  // namespace evenkeel::individual
