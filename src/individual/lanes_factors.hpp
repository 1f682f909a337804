// From z to the factors of the parameters, in lanes, and when a reading tells nothing. For Highway's
// foreach_target, as pkpd/lanes.hpp.
#if defined(EVENKEEL_INDIVIDUAL_LANES_FACTORS_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef EVENKEEL_INDIVIDUAL_LANES_FACTORS_HPP
#undef EVENKEEL_INDIVIDUAL_LANES_FACTORS_HPP
#else
#define EVENKEEL_INDIVIDUAL_LANES_FACTORS_HPP
#endif

#include "individual/lanes_residual.hpp"

HWY_BEFORE_NAMESPACE();
namespace evenkeel::individual::HWY_NAMESPACE {

// exp(eta_k) for every parameter; exactly 1 for one that no lane moves.
template <int P, int N>
HWY_INLINE void factors_of(const SmallPlan& plan, std::size_t lane, const V (&z)[N], V (&factor)[2 * P + 2]) {
  for (std::size_t k = 0; k < 2 * P + 2; ++k) {
    factor[k] = number(1.0);
    if (!plan.moves[k]) continue;
    V eta = hn::Zero(Part{});
    for (std::size_t a = 0; a < N; ++a) eta = hn::MulAdd(load(plan.direction[k][a], lane), z[a], eta);
    factor[k] = exponential(eta);
  }
}

// True where a reading above zero has an error that vanishes with the concentration, which has vanished.
HWY_INLINE Mask is_lost(const SmallPlan& plan, const SmallStage& stage, std::size_t lane, V concentration) {
  const V zero = hn::Zero(Part{});
  const Mask certain = hn::Eq(load(plan.additive_variance, lane), zero);
  const Mask gone = hn::Not(hn::Gt(concentration, number(1e-60)));
  return hn::And(hn::And(certain, gone), hn::Gt(load(stage.observed, lane), zero));
}

}  // namespace evenkeel::individual::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // per target
