// One subject of an ensemble: its records, doses and timeline. For ensemble.cpp and its parts.
#pragma once

#include <cstddef>
#include <set>
#include <vector>

#include "base/result.hpp"
#include "pkpd/ensemble.hpp"
#include "pkpd/timeline.hpp"

namespace evenkeel::pkpd {

// The records of a subject: the ensemble's doses and times, and the occasion of each.
struct Records {
  std::vector<Row> rows;
  std::vector<std::size_t> observed;  // which of the rows
};

[[nodiscard]] Records records_of(const Ensemble& ensemble);

// What the doses of a subject are multiplied with. Errors (invalid_input): not above zero and finite.
[[nodiscard]] Result<double> factor_of(const Ensemble& ensemble, std::size_t subject);

// The timeline of one subject. Errors: those of values_of, Structure::system and schedule().
[[nodiscard]] Result<Timeline> timeline_of(const Ensemble& ensemble, const Records& records,
                                           std::size_t subject);

[[nodiscard]] std::set<std::size_t> routes_used(const Ensemble& ensemble);

// The error with "subject 17" before its place, counted from 1.
[[nodiscard]] Error of_subject(std::size_t subject, Error error);

}  // namespace evenkeel::pkpd
