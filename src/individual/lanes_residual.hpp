// What a reading adds to the objective of small_problem.hpp, and its two derivatives by the concentration.
// For Highway's foreach_target, as pkpd/lanes.hpp.
#if defined(EVENKEEL_INDIVIDUAL_LANES_RESIDUAL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef EVENKEEL_INDIVIDUAL_LANES_RESIDUAL_HPP
#undef EVENKEEL_INDIVIDUAL_LANES_RESIDUAL_HPP
#else
#define EVENKEEL_INDIVIDUAL_LANES_RESIDUAL_HPP
#endif

#include "individual/lanes_normal.hpp"
#include "individual/small_plan.hpp"

HWY_BEFORE_NAMESPACE();
namespace evenkeel::individual::HWY_NAMESPACE {

struct Penalty {
  V value;
  V slope;
  V curve;
};

HWY_INLINE V load(const LaneNumber& number_of, std::size_t lane) {
  return hn::Load(Part{}, number_of.of.data() + lane);
}

// -ln Phi of q and its derivatives, from those of q. Far above zero the slope is zero, whatever q's are.
HWY_INLINE Penalty below_limit(V q, V q_slope, V q_curve) {
  const NormalLog log = normal_log(q);
  const V curve = hn::Mul(hn::Mul(log.slope, log.excess), hn::Mul(q_slope, q_slope));
  return {hn::Neg(log.value), hn::Neg(hn::Mul(log.slope, q_slope)), hn::NegMulAdd(log.slope, q_curve, curve)};
}

// Error of variance v = p f^2 + a.
HWY_INLINE Penalty combined_penalty(const SmallPlan& plan, const SmallStage& stage, std::size_t lane, V f) {
  const V half = number(0.5);
  const V p = load(plan.proportional_variance, lane);
  const V variance = hn::MulAdd(hn::Mul(p, f), f, load(plan.additive_variance, lane));
  const V weight = hn::Div(number(1.0), variance);
  const V v2 = hn::Add(p, p);
  const V v1 = hn::Mul(v2, f);
  const V r = hn::Sub(load(stage.mg_L, lane), f);
  const V e = hn::Mul(r, weight);
  const V relative = hn::Mul(v1, weight);  // of the variance
  const V bend = hn::MulAdd(hn::Mul(v2, half), hn::NegMulAdd(e, e, weight),
                            hn::NegMulAdd(hn::Mul(half, relative), relative, weight));
  const V ev = hn::Mul(e, v1);
  const V cross = hn::Mul(weight, hn::MulAdd(ev, ev, hn::Add(ev, ev)));
  const Penalty seen{hn::Mul(half, hn::MulAdd(r, e, logarithm(variance))),
                     hn::MulAdd(half, hn::NegMulAdd(e, ev, relative), hn::Neg(e)), hn::Add(bend, cross)};
  if (!stage.some_below) return seen;
  const V inverse = hn::Div(number(1.0), hn::Sqrt(variance));
  const V q = hn::Mul(r, inverse);
  const V q1 = hn::Neg(hn::MulAdd(hn::Mul(half, q), relative, inverse));
  const V q2 = hn::MulAdd(relative, hn::MulAdd(hn::Mul(number(0.75), q), relative, inverse),
                          hn::Neg(hn::Mul(hn::Mul(half, q), hn::Mul(v2, weight))));
  const Penalty unseen = below_limit(q, q1, q2);
  const Mask below = hn::Gt(load(stage.below, lane), hn::Zero(Part{}));
  return {hn::IfThenElse(below, unseen.value, seen.value), hn::IfThenElse(below, unseen.slope, seen.slope),
          hn::IfThenElse(below, unseen.curve, seen.curve)};
}

// Error of the logarithm; by the chain rule from ln f to f.
HWY_INLINE Penalty logarithmic_penalty(const SmallPlan& plan, const SmallStage& stage, std::size_t lane,
                                       V f) {
  const V inverse = hn::Div(number(1.0), load(plan.log_sd, lane));
  const V e = hn::Mul(hn::Sub(load(stage.mg_L, lane), logarithm(f)), inverse);
  Penalty by_log{hn::Mul(number(0.5), hn::Mul(e, e)), hn::Neg(hn::Mul(e, inverse)),
                 hn::Mul(inverse, inverse)};
  if (stage.some_below) {
    const Penalty unseen = below_limit(e, hn::Neg(inverse), hn::Zero(Part{}));
    const Mask below = hn::Gt(load(stage.below, lane), hn::Zero(Part{}));
    by_log = {hn::IfThenElse(below, unseen.value, by_log.value),
              hn::IfThenElse(below, unseen.slope, by_log.slope),
              hn::IfThenElse(below, unseen.curve, by_log.curve)};
  }
  const V per_f = hn::Div(number(1.0), f);
  return {by_log.value, hn::Mul(by_log.slope, per_f),
          hn::Mul(hn::Mul(hn::Sub(by_log.curve, by_log.slope), per_f), per_f)};
}

// Zero in lanes that have no reading here.
HWY_INLINE Penalty penalty(const SmallPlan& plan, const SmallStage& stage, std::size_t lane,
                           V concentration) {
  const V f = hn::Max(concentration, number(1e-60));
  const Penalty any =
      plan.logarithmic ? logarithmic_penalty(plan, stage, lane, f) : combined_penalty(plan, stage, lane, f);
  const V present = hn::Add(load(stage.observed, lane), load(stage.below, lane));
  const Mask is_present = hn::Gt(present, hn::Zero(Part{}));
  return {hn::IfThenElseZero(is_present, any.value), hn::IfThenElseZero(is_present, any.slope),
          hn::IfThenElseZero(is_present, any.curve)};
}

}  // namespace evenkeel::individual::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // per target
