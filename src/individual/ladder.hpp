// Exact steps of a linear system under constant input, of any length, in any scalar.
//
//   A(t) = e^(Kt) A(0) + int_0^t e^(Ks) ds r
//
// Short steps are sums of non-negative terms (uniformization, pkpd/propagate.hpp). A long one climbs down a
// ladder of propagators over 1, 2, 4, 8 ... units of time, each the square of the one before:
//   P(2h) = P(h) P(h),   u(2h) = u(h) + P(h) u(h),   u(h) = int_0^h e^(Ks) ds e_c  for a compartment c fed
// Rungs are made when first needed and serve every step of this system. With a dual scalar all of it carries
// the derivatives of the exact solution along; nothing is differenced. The relative error grows with the
// number of units, 1e-16 each: about 1e-12 for a fast rate of 50 per hour over a week.
//
// Not for sharing between threads.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <utility>
#include <vector>

#include "individual/dual.hpp"
#include "pkpd/zero_pattern.hpp"

namespace evenkeel::individual {

template <class T>
class Ladder {
 public:
  // `rates`: K (1/h), row by row. `fed`: the compartments that take an input. Pattern and fed must outlive
  // the ladder.
  Ladder(const pkpd::ZeroPattern& pattern, std::span<const std::size_t> fed, const std::vector<T>& rates)
      : pattern_(&pattern), fed_(fed), walk_(pattern.entries()) {
    for (std::size_t i = 0; i < n(); ++i) fastest_ = std::max(fastest_, -value_of(rates[i * n() + i]));
    if (!(fastest_ > 0.0)) fastest_ = 1.0;
    for (std::size_t row = 0; row < n(); ++row) {
      for (const std::size_t e : pattern.own(row)) {
        const T scaled = (1.0 / fastest_) * rates[row * n() + pattern.column(e)];
        walk_[e] = row == pattern.column(e) ? T{1.0} + scaled : scaled;
      }
    }
  }

  // `amounts` (mg) `hours` >= 0 ahead under `input` (mg/h), as `fed`. Not numbers where a rate is not finite.
  void step(double hours, std::vector<T>& amounts, std::span<const T> input) {
    double units = fastest_ * hours;
    if (!std::isfinite(units)) return amounts.assign(n(), T{std::numeric_limits<double>::quiet_NaN()});
    if (units > most_direct) {
      double whole = std::floor(units);
      units -= whole;
      for (std::size_t k = 0; whole > 0.0; ++k) {
        const double half = std::floor(whole / 2.0);
        if (whole - 2.0 * half > 0.5) climb(rung(k), amounts, input);
        whole = half;
      }
    }
    direct(units, amounts, input);
  }

 private:
  struct Rung {
    std::vector<T> propagator;  // by entry of the pattern
    std::vector<T> fed;         // [fed][compartment]
  };
  static constexpr double most_direct = 10.0;  // beyond it a rung costs less than the terms it saves

  [[nodiscard]] std::size_t n() const { return pattern_->states(); }

  void direct(double units, std::vector<T>& amounts, std::span<const T> input) {
    if (!(units > 0.0)) return;
    term_ = amounts;
    next_.resize(n());
    double weight = std::exp(-units);
    for (T& amount : amounts) amount = weight * amount;
    const double last = units + 7.0 * std::sqrt(units) + 12.0;  // what follows is below 1e-17 of the sum
    for (double k = 1.0; k <= last; k += 1.0) {
      weight *= units / k;
      for (std::size_t row = 0; row < n(); ++row) {
        T sum{};
        for (const std::size_t e : pattern_->own(row)) add_product(sum, walk_[e], term_[pattern_->column(e)]);
        next_[row] = sum;
      }
      for (std::size_t f = 0; f < fed_.size(); ++f) add_scaled(next_[fed_[f]], 1.0 / fastest_, input[f]);
      for (std::size_t i = 0; i < n(); ++i) add_scaled(amounts[i], weight, next_[i]);
      term_.swap(next_);
    }
  }

  void climb(const Rung& rung, std::vector<T>& amounts, std::span<const T> input) {
    next_.assign(n(), T{});
    for (std::size_t e = 0; e < rung.propagator.size(); ++e)
      add_product(next_[pattern_->row(e)], rung.propagator[e], amounts[pattern_->column(e)]);
    for (std::size_t f = 0; f < fed_.size(); ++f) {
      for (std::size_t i = 0; i < n(); ++i) add_product(next_[i], rung.fed[f * n() + i], input[f]);
    }
    amounts.swap(next_);
  }

  const Rung& rung(std::size_t k) {
    if (rungs_.empty()) rungs_.push_back(first());
    while (rungs_.size() <= k) rungs_.push_back(doubled(rungs_.back()));
    return rungs_[k];
  }

  Rung first() {
    Rung made{std::vector<T>(pattern_->entries()), {}};
    const std::vector<T> nothing(fed_.size());
    for (std::size_t j = 0; j < n(); ++j) {
      std::vector<T> column(n());
      column[j] = T{1.0};
      direct(1.0, column, nothing);
      for (std::size_t row = 0; row < n(); ++row) {
        if (const auto e = pattern_->entry(row, j)) made.propagator[*e] = column[row];
      }
    }
    for (std::size_t f = 0; f < fed_.size(); ++f) {
      std::vector<T> input(fed_.size());
      std::vector<T> amounts(n());
      input[f] = T{1.0};
      direct(1.0, amounts, input);
      made.fed.insert(made.fed.end(), amounts.begin(), amounts.end());
    }
    return made;
  }

  [[nodiscard]] Rung doubled(const Rung& half) const {
    Rung made{std::vector<T>(pattern_->entries()), half.fed};
    const auto& products = pattern_->squared();
    for (std::size_t e = 0; e < made.propagator.size(); ++e) {
      for (std::uint32_t f = products.begin[e]; f < products.begin[e + 1]; ++f) {
        const auto& factor = products.factors[f];
        add_product(made.propagator[e], half.propagator[factor.left], half.propagator[factor.right]);
      }
      for (std::size_t f = 0; f < fed_.size(); ++f)
        add_product(made.fed[f * n() + pattern_->row(e)], half.propagator[e],
                    half.fed[f * n() + pattern_->column(e)]);
    }
    return made;
  }

  const pkpd::ZeroPattern* pattern_;
  std::span<const std::size_t> fed_;
  double fastest_ = 0.0;  // 1/h
  std::vector<T> walk_;   // I + K / fastest, by entry of the pattern
  std::vector<Rung> rungs_;
  std::vector<T> term_, next_;
};

}  // namespace evenkeel::individual
