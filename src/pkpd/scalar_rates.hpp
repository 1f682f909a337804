// The rates of a model's flows from its parameters, in any scalar: double, or a dual number that carries
// derivatives along.
//
//   k = fraction * (rate constant, or clearance / volume, or stages / mean transit time),  fraction = a
//   product
//
// Unchecked: Structure::fill is what refuses. Pure; safe to use from any thread.
#pragma once

#include <cstddef>
#include <span>

#include "pkpd/structure.hpp"

namespace evenkeel::pkpd {

template <class T>
[[nodiscard]] T product_of(const Structure::Factors& factors, std::span<const T> values) {
  T all{1.0};
  for (const auto& factor : factors) {
    T product{1.0};
    for (const auto index : factor.product) product = product * values[index];
    all = all * (factor.complement ? T{1.0} - product : product);
  }
  return all;
}

// Of the whole flow, before its fraction.
template <class T>
[[nodiscard]] T rate_of(const Structure& structure, const Structure::FlowIndex& flow,
                        std::span<const T> values) {
  using enum Structure::FlowIndex::Form;
  switch (flow.form) {
    case constant:
      return values[flow.rate];
    case clearance:
      return values[flow.rate] / values[*structure.volume_of(flow.from)];
    case transit:
      return T{flow.stages} / values[flow.rate];
  }
  return T{0.0};
}

}  // namespace evenkeel::pkpd
