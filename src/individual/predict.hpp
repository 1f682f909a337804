// What a patient's draws (posterior.hpp) predict: curves and bands over the past and the future, and the
// members that a plan starts from.
//
// Without a measurement the draws are those of the population, and a model that states no spread has one
// member, the typical patient. Effects that no measurement tells of are drawn from the model for each member,
// those of an occasion anew for every occasion. Pure; safe to use from any thread.
#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <functional>
#include <span>
#include <vector>

#include "base/result.hpp"
#include "individual/forecast.hpp"
#include "individual/posterior.hpp"
#include "individual/problem.hpp"

namespace evenkeel::individual {

// mg/L: a row for each ReadAt, a column for each of `count` equally likely members.
// Errors: those of make_course; outside_domain where a member's parameters cannot be.
[[nodiscard]] Result<Eigen::MatrixXd> curves(const Problem& problem, const Posterior& posterior,
                                             std::span<const ReadAt> read_at, std::size_t count,
                                             int threads = 0);

// mg/L at z, with all that z does not hold at its typical value.
[[nodiscard]] Result<std::vector<double>> curve(const Problem& problem, const Eigen::VectorXd& z,
                                                std::span<const ReadAt> read_at);

// Percentiles of each row (pkpd::percentile), one column for each of `probabilities`.
[[nodiscard]] Eigen::MatrixXd bands(const Eigen::MatrixXd& curves, std::span<const double> probabilities);

// What changes the parameters from now on, as another medicine beside it (pkpd/interaction.hpp); empty:
// nothing.
using ChangeOfValues = std::function<Result<pkpd::Values>(const pkpd::Values&)>;

// The patient from `now` on: a new span, usually with an occasion of its own. At most `count` members; one,
// where the model states no spread. Errors: those above; invalid_input where something is given or measured
// at or after now.from; those of `change`; outside_domain where a dose by the first route does not enter
// whole and at once.
[[nodiscard]] Result<Forecast> forecast(const Problem& problem, const Posterior& posterior, const Span& now,
                                        std::size_t count, const ChangeOfValues& change = {});

}  // namespace evenkeel::individual
