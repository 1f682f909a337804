// The concentration and the objective alone, without derivatives, for many z.
#include "individual/small_kernel.hpp"
#include "pkpd/flush_to_zero.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "individual/small_curve.cpp"
#include <hwy/foreach_target.h>  // IWYU: for each kind of machine, this file again

#include "individual/lanes_factors.hpp"
#include "individual/lanes_roots.hpp"

HWY_BEFORE_NAMESPACE();
namespace evenkeel::individual::HWY_NAMESPACE {
namespace {

// Each mode as what it contributes to the concentration.
template <int P>
class Course {
 public:
  Course(const SmallPlan& plan, const LaneUnknowns& z, std::size_t lane) : plan_(plan), lane_(lane) {
    V unknown[most_small_effects];
    for (std::size_t a = 0; a < most_small_effects; ++a) unknown[a] = load(z[a], lane);
    factors_of<P, most_small_effects>(plan, lane, unknown, factor_);
    for (V& part : part_) part = hn::Zero(Part{});
  }

  // Calls `read(stage, which, concentration)` at every reading.
  template <class Read>
  void follow(const Read& read) {
    begin_span();
    std::size_t step = 0;
    std::size_t which = 0;
    for (const SmallStage& stage : plan_.stages) {
      for (; step < stage.steps_end; ++step) take(plan_.steps[step]);
      if (stage.then == SmallStage::Then::read) {
        V sum = part_[0];
        for (int j = 1; j < modes; ++j) sum = hn::Add(sum, part_[j]);
        read(stage, which++, sum);
      } else {
        next_span();
      }
    }
  }

 private:
  static constexpr int modes = P + 1;

  void begin_span() {
    V parameter[2 * P + 2];
    for (int k = 0; k < 2 * P + 2; ++k)
      parameter[k] = hn::Mul(load(plan_.spans[span_][static_cast<std::size_t>(k)], lane_), factor_[k]);
    modes_ = rates_of<P>(parameter);
    solve(modes_);
    const V per_volume = hn::Div(number(1.0), parameter[1]);
    for (int j = 0; j < modes; ++j) gain_[j] = hn::Mul(modes_.share[j], per_volume);
  }

  void take(const SmallStep& step) {
    for (int j = 0; j < modes; ++j) {
      if (step.has_hours) {
        const Decay left = decay(hn::Mul(modes_.rate[j], load(step.hours, lane_)));
        part_[j] = hn::Mul(part_[j], left.left);
        if (step.has_rate) {
          const V steady = hn::Div(hn::Mul(gain_[j], load(step.rate_mg_h, lane_)), modes_.rate[j]);
          part_[j] = hn::MulAdd(steady, left.lost, part_[j]);
        }
      }
      if (step.has_bolus) part_[j] = hn::MulAdd(gain_[j], load(step.bolus_mg, lane_), part_[j]);
    }
  }

  // As Walk::next_span in small_newton.cpp.
  void next_span() {
    V amount[P + 1];
    for (V& v : amount) v = hn::Zero(Part{});
    for (int j = 0; j < modes; ++j) {
      amount[P] = hn::Add(amount[P], part_[j]);
      for (int i = 0; i < P; ++i) {
        const V reach = hn::Mul(modes_.coupling[i], modes_.inverse_gap[j][i]);
        amount[i] = hn::MulAdd(reach, part_[j], amount[i]);
      }
    }
    if constexpr (P == 2) exchange_where(modes_.swapped, amount[0], amount[1]);
    const V volume = load(plan_.spans[span_][1], lane_);
    ++span_;
    const V scale = hn::Div(volume, load(plan_.spans[span_][1], lane_));
    begin_span();
    if constexpr (P == 2) exchange_where(modes_.swapped, amount[0], amount[1]);
    for (int j = 0; j < modes; ++j) {
      V sum = amount[P];
      for (int i = 0; i < P; ++i)
        sum = hn::MulAdd(hn::Mul(modes_.pole[i], modes_.inverse_gap[j][i]), amount[i], sum);
      part_[j] = hn::Mul(hn::Mul(modes_.share[j], scale), sum);
    }
  }

  const SmallPlan& plan_;
  std::size_t lane_;
  std::size_t span_ = 0;
  V factor_[2 * P + 2];
  Modes<P> modes_;
  V gain_[modes];
  V part_[modes];
};

template <int P>
void objectives(const SmallPlan& plan, const LaneUnknowns& z, LaneNumber& out) {
  for (std::size_t lane = 0; lane < small_lanes; lane += hn::Lanes(Part{})) {
    V sum = load(plan.constant, lane);
    for (const LaneNumber& each : z) {
      const V one = load(each, lane);
      sum = hn::MulAdd(hn::Mul(one, one), number(0.5), sum);
    }
    Course<P>{plan, z, lane}.follow([&](const SmallStage& stage, std::size_t /*which*/, V f) HWY_ATTR {
      sum = hn::Add(sum, penalty(plan, stage, lane, f).value);
    });
    hn::Store(sum, Part{}, out.of.data() + lane);
  }
}

template <int P>
void concentrations(const SmallPlan& plan, const LaneUnknowns& z, std::span<LaneNumber> out) {
  for (std::size_t lane = 0; lane < small_lanes; lane += hn::Lanes(Part{})) {
    Course<P>{plan, z, lane}.follow([&](const SmallStage& /*stage*/, std::size_t which, V f)
                                        HWY_ATTR { hn::Store(f, Part{}, out[which].of.data() + lane); });
  }
}

}  // namespace

void find_objective(const SmallPlan& plan, const LaneUnknowns& z, LaneNumber& out) {
  const pkpd::FlushToZero flush;
  switch (plan.compartments) {
    case 1:
      return objectives<0>(plan, z, out);
    case 2:
      return objectives<1>(plan, z, out);
    default:
      return objectives<2>(plan, z, out);
  }
}

void find_curve(const SmallPlan& plan, const LaneUnknowns& z, std::span<LaneNumber> out) {
  const pkpd::FlushToZero flush;
  switch (plan.compartments) {
    case 1:
      return concentrations<0>(plan, z, out);
    case 2:
      return concentrations<1>(plan, z, out);
    default:
      return concentrations<2>(plan, z, out);
  }
}

}  // namespace evenkeel::individual::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace evenkeel::individual {

HWY_EXPORT(find_objective);
HWY_EXPORT(find_curve);

void find_objective(const SmallPlan& plan, const LaneUnknowns& z, LaneNumber& out) {
  HWY_DYNAMIC_DISPATCH(find_objective)(plan, z, out);
}

void find_curve(const SmallPlan& plan, const LaneUnknowns& z, std::span<LaneNumber> out) {
  HWY_DYNAMIC_DISPATCH(find_curve)(plan, z, out);
}

}  // namespace evenkeel::individual
#endif
