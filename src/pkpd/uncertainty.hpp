// How well a model's typical values are known: a replicate of them, drawn from their standard errors.
//
//   fraction, 0 < m < 1:  logit x = logit m + z SE / (m (1 - m))         (the delta method)
//   any other, m > 0:     log x = log m - s^2/2 + z s,  s^2 = log(1 + (SE/m)^2)    mean m and sd SE, exactly
//
// z ~ N(0, 1) for each replicate and parameter (random.hpp). Each parameter is drawn alone, for no model
// here comes with the correlations of its estimates; Omega and the residual errors stay as they are. Where
// estimates are correlated, that makes the spread of predictions wrong in either direction: say so.
// Pure; safe to use from any thread.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/result.hpp"
#include "pkpd/structure.hpp"

namespace evenkeel::pkpd {

// `fixed` and after it an Override for each other parameter with a standard error above zero: what
// Structure::typical or Population take. A number that the user gave is not the one whose error is known,
// so it stays. Errors (invalid_input): a standard error that is negative or not finite, or of a value that
// is not above zero; a fraction above 1 is no fraction, and drawn as any other value.
[[nodiscard]] Result<std::vector<Override>> sample_typical(const Model& model, std::uint64_t seed,
                                                           std::uint32_t replicate,
                                                           std::span<const Override> fixed = {});

// Whether sample_typical() has anything to draw.
[[nodiscard]] bool has_uncertainty(const Model& model);

}  // namespace evenkeel::pkpd
