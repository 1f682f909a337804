// Simulated subjects: each one's covariates, typical values and random effects, looked up by its number.
//
//   who (one patient, or a member of a stated population)  --typical-->  values  --random effects-->  values
//
// subject(17) is a pure function of the model, `who`, the overrides, the seed and 17. How many subjects are
// drawn, in which order, on which thread or machine, does not enter: the bits of every random number and of
// every effect are those of portable.hpp.
// Immutable; safe to use from any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <variant>
#include <vector>

#include "base/result.hpp"
#include "pkpd/demographics.hpp"
#include "pkpd/random_effects.hpp"
#include "pkpd/structure.hpp"
#include "pkpd/subject.hpp"

namespace evenkeel::pkpd {

// Everybody is this patient, or a member of this population.
using Who = std::variant<Patient, Demographics>;

// How many subjects share one group of lanes.
inline constexpr std::size_t group_size = 8;

class Population {
 public:
  // Replicates of uncertain typical values (uncertainty.hpp) are populations with other overrides; with the
  // same seed their subjects differ by nothing else.
  // Errors (outside_domain): a population whose weights or ages reach out of the model's domain, whoever
  // would be drawn. Else those of MemberSampler::make and RandomEffects::make, and those of
  // Structure::typical for the patient or the first member: a covariate that the model needs and the
  // population does not state.
  [[nodiscard]] static Result<Population> make(Structure structure, const Who& who, std::uint64_t seed,
                                               std::vector<Override> overrides = {});

  [[nodiscard]] const Structure& structure() const { return structure_; }
  [[nodiscard]] const RandomEffects& effects() const { return effects_; }
  [[nodiscard]] Patient patient(std::uint32_t subject) const;

  // The values of the subject's covariates and the overrides, before any effect. Errors, `where` being
  // "subject 17": those of Structure::typical.
  [[nodiscard]] Result<Values> typical(std::uint32_t subject) const;

  // A subject's values, on one of its occasions or, with none, with its own effects only.
  // Errors, `where` being "subject 17": those of Structure::typical and RandomEffects::individual.
  [[nodiscard]] Result<Values> subject(std::uint32_t subject, std::optional<int> occasion = {}) const;

  // The same as what make_subject() takes (subject.hpp), for a subject with rows of its own, with covariates
  // and overrides that the rows tell: only the effects come from here. Valid for as long as this Population.
  [[nodiscard]] Individual individual(std::uint32_t subject) const;

  // The values of `count` (1 to 8) subjects from `first` on, a lane each: values[p * 8 + lane] is parameter p
  // of subject first + lane, the same bits as subject() gives. Lanes beyond `count` repeat the last subject.
  // `values` holds 8 numbers for each parameter. Returns the first subject's error, as subject() does; what
  // `values` holds is then not to be used.
  [[nodiscard]] std::optional<Error> fill(std::uint32_t first, std::size_t count, std::optional<int> occasion,
                                          std::span<double> values) const;

 private:
  Population(Structure structure, RandomEffects effects, std::uint64_t seed, std::vector<Override> overrides)
      : structure_(std::move(structure)),
        effects_(std::move(effects)),
        seed_(seed),
        overrides_(std::move(overrides)) {}
  void draw(std::uint32_t subject, std::optional<int> occasion, std::span<double> etas) const;

  Structure structure_;
  RandomEffects effects_;
  std::uint64_t seed_;
  std::vector<Override> overrides_;
  Patient patient_;  // with no members
  Values typical_;   // with no members
  std::optional<MemberSampler> members_;
};

}  // namespace evenkeel::pkpd
