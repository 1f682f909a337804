// The matrix exponential of eight compartment systems at once, over their common zero pattern. For
// Highway's foreach_target, as lanes.hpp.
//
// That of propagate.hpp in every lane: scaled down by the lane's own power of two, a Taylor series of
// non-negative terms, squared as often. No lane looks at another.
#if defined(EVENKEEL_PKPD_LANES_EXPONENTIAL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef EVENKEEL_PKPD_LANES_EXPONENTIAL_HPP
#undef EVENKEEL_PKPD_LANES_EXPONENTIAL_HPP
#else
#define EVENKEEL_PKPD_LANES_EXPONENTIAL_HPP
#endif

#include <algorithm>
#include <cmath>

#include "pkpd/batch_course.hpp"
#include "pkpd/lanes_matrix.hpp"

HWY_BEFORE_NAMESPACE();
namespace evenkeel::pkpd::HWY_NAMESPACE {
namespace {

// The Taylor series of e^M, M in work.product: into `sum`, until in no lane an entry grows by more
// than a quarter of its last digit. A lane that has come so far takes no more terms.
void sum_series(PropagatorWork& work, double* sum) {
  const Part d;
  constexpr int most_terms = 200;
  constexpr int first_check = 8;
  const auto& pattern = work.pattern;
  const std::size_t numbers = pattern.entries() * eight;
  const LaneNumbers matrix = work.product;
  work.term = matrix;
  std::copy(matrix.begin(), matrix.end(), sum);
  for (std::size_t i = 0; i < pattern.states(); ++i) {
    double* diagonal = sum + *pattern.entry(i, i) * eight;
    for (std::size_t lane = 0; lane < eight; ++lane) diagonal[lane] += 1.0;
  }
  bool all_settled = false;
  for (int k = 2; k <= most_terms && !all_settled; ++k) {
    multiply(pattern.times_system(), work.term.data(), matrix.data(), work.product.data());
    std::swap(work.term, work.product);
    all_settled = k >= first_check;
    for (std::size_t lane = 0; lane < eight; lane += hn::Lanes(d)) {
      const V per_k = number(1.0 / k);
      Mask settled = hn::Ge(per_k, hn::Zero(d));
      for (std::size_t at = lane; at < numbers; at += eight) {
        const V term = hn::Mul(hn::Load(d, &work.term[at]), per_k);
        const V grown = hn::Add(hn::Load(d, sum + at), term);
        settled = hn::And(settled, hn::Le(term, hn::Mul(number(5e-17), grown)));
        hn::Store(term, d, &work.term[at]);
        hn::Store(grown, d, sum + at);
      }
      if (k < first_check) continue;
      all_settled = all_settled && hn::AllTrue(d, settled);
      for (std::size_t at = lane; at < numbers; at += eight)
        hn::Store(hn::IfThenZeroElse(settled, hn::Load(d, &work.term[at])), d, &work.term[at]);
    }
  }
}

// e^(work.system hours) of every lane, into `out`.
void exponential(const States& states, double hours, PropagatorWork& work, double* out) {
  const Part d;
  const auto& pattern = work.pattern;
  HWY_ALIGN double halvings[eight];
  HWY_ALIGN double part_h[eight];
  HWY_ALIGN double shrink[eight];
  double most = 0.0;
  for (std::size_t lane = 0; lane < eight; ++lane) {
    const double size = work.norm[lane] * hours;
    halvings[lane] = size > 1.0 ? std::ceil(std::log2(size)) : 0.0;
    most = std::max(most, halvings[lane]);
    part_h[lane] = std::ldexp(hours, -static_cast<int>(halvings[lane]));
    shrink[lane] = work.shift[lane] * part_h[lane];
  }
  for (std::size_t lane = 0; lane < eight; lane += hn::Lanes(d))
    hn::Store(decay(hn::Load(d, shrink + lane)).left, d, shrink + lane);
  work.product = work.system;
  scale(work.product, part_h);
  const std::size_t numbers = pattern.entries() * eight;
  sum_series(work, out);
  for (std::size_t at = 0; at < numbers; ++at) out[at] *= shrink[at % eight];
  const auto stand_still = [&](double* matrix) {  // areas and inputs lose nothing, to the last digit
    for (std::size_t i = states.compartments; i < states.all(); ++i)
      std::fill_n(matrix + *pattern.entry(i, i) * eight, eight, 1.0);
  };
  stand_still(out);
  keep_the_mass(states, work, halvings, 0.0, out);
  for (double done = 0.0; done < most; done += 1.0) {
    multiply(pattern.squared(), out, out, work.product.data());
    for (std::size_t lane = 0; lane < eight; lane += hn::Lanes(d)) {
      const Mask more = hn::Lt(number(done), hn::Load(d, halvings + lane));
      for (std::size_t at = lane; at < numbers; at += eight) {
        const V next = hn::IfThenElse(more, hn::Load(d, &work.product[at]), hn::Load(d, out + at));
        hn::Store(next, d, out + at);
      }
    }
    stand_still(out);
    keep_the_mass(states, work, halvings, done + 1.0, out);
  }
}

}  // namespace
}  // namespace evenkeel::pkpd::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // per target
