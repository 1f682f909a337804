// Matrices of eight compartment systems at once, over their common zero pattern: [entry][lane]. For
// Highway's foreach_target, as lanes.hpp. No lane looks at another.
#if defined(EVENKEEL_PKPD_LANES_MATRIX_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef EVENKEEL_PKPD_LANES_MATRIX_HPP
#undef EVENKEEL_PKPD_LANES_MATRIX_HPP
#else
#define EVENKEEL_PKPD_LANES_MATRIX_HPP
#endif

#include "pkpd/batch_course.hpp"
#include "pkpd/lanes.hpp"

HWY_BEFORE_NAMESPACE();
namespace evenkeel::pkpd::HWY_NAMESPACE {
namespace {

// out = left right, over the pattern.
void multiply(const ZeroPattern::Products& products, const double* left, const double* right, double* out) {
  const Part d;
  const std::size_t entries = products.begin.size() - 1;
  for (std::size_t lane = 0; lane < eight; lane += hn::Lanes(d)) {
    for (std::size_t e = 0; e < entries; ++e) {
      V sum = hn::Zero(d);
      for (std::uint32_t f = products.begin[e]; f < products.begin[e + 1]; ++f) {
        const auto& factor = products.factors[f];
        sum = hn::MulAdd(hn::Load(d, left + factor.left * eight + lane),
                         hn::Load(d, right + factor.right * eight + lane), sum);
      }
      hn::Store(sum, d, out + e * eight + lane);
    }
  }
}

// numbers *= factor[lane]
void scale(LaneNumbers& numbers, const double* factor) {
  const Part d;
  for (std::size_t lane = 0; lane < eight; lane += hn::Lanes(d)) {
    const V by = hn::Load(d, factor + lane);
    for (std::size_t at = lane; at < numbers.size(); at += eight)
      hn::Store(hn::Mul(hn::Load(d, &numbers[at]), by), d, &numbers[at]);
  }
}

// keep_the_mass of propagate.cpp, in the lanes that are below `halvings` squarings and where no flow
// makes drug: what a column's compartment gave is in the others or outside.
void keep_the_mass(const States& states, const PropagatorWork& work, const double* halvings, double done,
                   double* matrix) {
  const Part d;
  const auto& pattern = work.pattern;
  for (std::size_t lane = 0; lane < eight; lane += hn::Lanes(d)) {
    const Mask kept = hn::And(hn::Gt(hn::Load(d, &work.keeps_mass[lane]), hn::Zero(d)),
                              hn::Le(number(done), hn::Load(d, halvings + lane)));
    for (std::size_t j = 0; j < states.compartments; ++j) {
      V own = hn::Zero(d);
      V others = hn::Zero(d);
      V outside = hn::Zero(d);
      for (const std::size_t e : pattern.in_column(j)) {
        const V entry = hn::Load(d, matrix + e * eight + lane);
        const std::size_t row = pattern.row(e);
        if (row == j) own = entry;
        if (row < states.compartments && row != j) others = hn::Add(others, entry);
        if (row == states.outside()) outside = entry;
      }
      const V inside = hn::Sub(number(1.0), outside);
      const Mask known = hn::And(kept, hn::Ge(inside, number(0.5)));
      const Mask own_leads = hn::Gt(own, others);
      double* diagonal = matrix + *pattern.entry(j, j) * eight + lane;
      hn::Store(hn::IfThenElse(hn::And(known, own_leads), hn::Sub(inside, others), own), d, diagonal);
      const Mask scaled = hn::AndNot(own_leads, known);
      if (hn::AllFalse(d, scaled)) continue;
      const V by = hn::IfThenElse(scaled, hn::Div(inside, hn::Add(own, others)), number(1.0));
      for (const std::size_t e : pattern.in_column(j)) {
        if (pattern.row(e) >= states.compartments) continue;
        double* entry = matrix + e * eight + lane;
        hn::Store(hn::Mul(hn::Load(d, entry), by), d, entry);
      }
    }
  }
}

}  // namespace
}  // namespace evenkeel::pkpd::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // per target
