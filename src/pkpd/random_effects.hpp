// From typical values to those of one subject on one occasion: the random effects of a model, drawn.
//
//   eta = L z,   z ~ N(0, 1) each (random.hpp),   L L^T = Omega of the block, L lower triangular
//   parameter = typical exp(eta)                                 log_normal
//             = typical / (typical + (1 - typical) exp(-eta))    logit_normal
//             = typical + eta                                    normal
// where eta is the subject's plus, where an occasion is meant, the occasion's.
//
// A subject's z has the name of its parameter, an occasion's also its number: other effects, subjects and
// occasions leave it as it is. A normal parameter that comes out negative is refused, not drawn again: the
// spread would no longer be the one that the model states, and the model does not fit such a spread.
// Immutable; safe to use from any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "pkpd/model.hpp"
#include "pkpd/random.hpp"
#include "pkpd/structure.hpp"

namespace evenkeel::pkpd {

struct RandomEffect {
  std::size_t parameter = 0;  // its place in Values
  std::string name;           // of the parameter
  Distribution distribution = Distribution::log_normal;
};

class RandomEffects {
 public:
  struct Block {
    Level level = Level::subject;
    std::vector<double> lower;        // L, row by row, without the zeros
    std::vector<std::size_t> places;  // of its parameters, in effects()
    std::vector<Variable> variables;  // of its parameters
  };

  // Errors (not_found): a parameter that the model has not. Errors (invalid_input): a covariance that is
  // not square, not symmetric, or not positive definite (rank-deficient: the correlations leave less than
  // 1e-12 of a variance); a parameter twice in one level, or with two distributions.
  [[nodiscard]] static Result<RandomEffects> make(const Model& model);

  // Each parameter that varies, once. Etas stand in this order, on the scale of their distributions.
  [[nodiscard]] std::span<const RandomEffect> effects() const { return effects_; }
  [[nodiscard]] std::span<const Block> blocks() const { return blocks_; }
  [[nodiscard]] bool has_occasions() const;

  // Adds the etas of one subject, or of one of its occasions, to `etas`, as long as effects().
  void add_subject_etas(std::uint64_t seed, std::uint32_t subject, std::span<double> etas) const;
  void add_occasion_etas(std::uint64_t seed, std::uint32_t subject, int occasion,
                         std::span<double> etas) const;

  // One parameter's value; place `k` of effects(). What was not given (not a number) stays so.
  // Errors (outside_domain): it comes out negative or not finite. Errors (invalid_input): a typical value
  // of a logit_normal that is not between 0 and 1.
  [[nodiscard]] Result<double> individual(std::size_t k, double typical, double eta) const;

  // All of them, `etas` as long as effects(). Errors: those of each.
  [[nodiscard]] Result<Values> individual(const Values& typical, std::span<const double> etas) const;

 private:
  [[nodiscard]] std::optional<Error> add(const Model& model, const RandomBlock& block);
  [[nodiscard]] Result<std::size_t> place_of(const Model& model, const RandomBlock& block, std::size_t i);
  void add_etas(Level level, const Draw& draw, std::span<double> etas) const;

  std::vector<RandomEffect> effects_;
  std::vector<Block> blocks_;
};

}  // namespace evenkeel::pkpd
