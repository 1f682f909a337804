// Several models of one record beside each other: how well each expected what was measured.
//
//   weight of model k = p(y | k) / sum over models of p(y | j),    p(y | k) = integral of p(y | z, k) p(z |
//   k) dz
//
// with equal weights before anything was measured; ln p(y | k) is Posterior::log_likelihood. It is the chance
// of the measurements before the patient's parameters were fitted to them, so a model with more of them gains
// nothing by that. Likelihoods of different data cannot be compared: only models that predict the same
// measurements are weighed, those of the largest set that any of them predicts; the others are shown with
// what they lack. (Hoeting, Madigan, Raftery and Volinsky, Statistical Science 1999;14:382.)
// Pure; safe to use from any thread.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "individual/posterior.hpp"
#include "individual/problem.hpp"

namespace evenkeel::individual {

// A proposal of this software: a preferred model with less weight should be looked at.
inline constexpr double preferred_from = 0.05;

// One model that was asked about the patient, or the reason why it was not.
struct Candidate {
  std::string model;       // id
  bool preferred = false;  // the one that would be used when nobody compares
  // Both, of one question, or neither; they outlive the call only.
  const Problem* problem = nullptr;
  const Posterior* posterior = nullptr;
  std::string reason;  // where it was not asked: "predicts arterial blood; venous was drawn"
};

struct ModelWeight {
  std::string model;
  bool preferred = false;
  std::optional<double> log_likelihood;  // none where it was not asked
  // Of log_likelihood, by the number of draws.
  double log_likelihood_error = 0.0;
  std::optional<double> weight;      // none where it is not weighed
  std::vector<std::string> missing;  // ids of measurements that are weighed and it does not predict
  std::string remark;                // why it is not weighed, or what its weight rests on; may be empty
};

struct Comparison {
  std::vector<ModelWeight> models;    // all of them: by weight, then those without, as given
  std::vector<std::string> measured;  // ids of the measurements that the weights are about
  bool look_at_preferred = false;     // weighed, and below preferred_from
  std::string words;
};

// Measurements are the same where their ids are. At most one candidate is preferred.
[[nodiscard]] Comparison compare(std::span<const Candidate> candidates);

}  // namespace evenkeel::individual
