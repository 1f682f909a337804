// Inside response.cpp: what one milligram of each shape, and what is left of earlier doses, do in each
// member.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "plan/response.hpp"

namespace evenkeel::plan {

// Concentrations in mg/L (of one milligram: 1/L) and areas in mg h/L. Output 0 is the exposure, the others
// are the levels that the read-outs are read at.
struct MemberResponses {
  std::size_t members = 0;
  std::size_t shapes = 0;
  std::size_t outputs = 0;
  std::vector<double> left;  // [output][shape][time][member]
  std::vector<double> unit;
  std::vector<double> area_left;  // [shape][member]
  std::vector<double> area_unit;

  [[nodiscard]] std::size_t row(std::size_t output, std::size_t shape, std::size_t time) const {
    return ((output * shapes + shape) * times_of_a_band + time) * members;
  }
  [[nodiscard]] std::span<const double> left_at(std::size_t output, std::size_t shape,
                                                std::size_t time) const {
    return std::span{left}.subspan(row(output, shape, time), members);
  }
  [[nodiscard]] std::span<const double> unit_at(std::size_t output, std::size_t shape,
                                                std::size_t time) const {
    return std::span{unit}.subspan(row(output, shape, time), members);
  }
};

// What is wrong with the forecast itself, or nothing.
[[nodiscard]] std::optional<Error> fault_of(const ModelForecast& model, Instant start);

// Errors: those of predict().
[[nodiscard]] Result<MemberResponses> member_responses(const ModelForecast& model, Instant start,
                                                       std::span<const Shape> shapes, int threads);

}  // namespace evenkeel::plan
