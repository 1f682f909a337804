// Newton's method in every lane, on the objective of small_problem.hpp with its gradient and Hessian: one
// walk through the plan for each evaluation.
//
// In a span the concentration is a sum of terms: of each mode, what the doses of the span bring, and what
// the span began with. Amounts are kept as if divided by V1; from one span to the next that is a ratio of
// typical volumes, for a random effect moves both alike.
#include "individual/small_kernel.hpp"
#include "pkpd/flush_to_zero.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "individual/small_newton.cpp"
#include <hwy/foreach_target.h>  // IWYU: for each kind of machine, this file again

#include "individual/lanes_course.hpp"
#include "individual/lanes_factors.hpp"
#include "individual/lanes_newton.hpp"
#include "individual/lanes_roots.hpp"
#include "individual/lanes_sensitivity.hpp"

HWY_BEFORE_NAMESPACE();
namespace evenkeel::individual::HWY_NAMESPACE {
namespace {

constexpr int most_evaluations = 200;
constexpr double longest_step = 1.5;    // in any z
constexpr double settled_step = 1e-10;  // the error after it is about its square
constexpr double noise = 1e-12;         // of an objective, relative

template <int N>
struct Objective {
  Dual<N> f;
  Mask lost;  // a reading where nothing is left of the drug, to any digit
};

template <int P, int N>
class Walk {
 public:
  Walk(const SmallPlan& plan, std::size_t lane) : plan_(plan), lane_(lane) {}

  void at(const V (&z)[N], Objective<N>& out) {
    factors_of<P, N>(plan_, lane_, z, factor_);
    const V zero = hn::Zero(Part{});
    out.f = zero_dual<N>();
    out.f.value = load(plan_.constant, lane_);
    out.lost = hn::Lt(zero, zero);
    for_pairs<N>([&](int a, int b, int ab) HWY_ATTR {
      if (a != b) return;
      out.f.value = hn::MulAdd(hn::Mul(z[a], z[a]), number(0.5), out.f.value);
      out.f.by.first[a] = z[a];
      out.f.by.second[ab] = number(1.0);
    });
    span_ = 0;
    terms_ = modes;
    begin_span();
    std::size_t step = 0;
    for (const SmallStage& stage : plan_.stages) {
      for (; step < stage.steps_end; ++step) take(plan_.steps[step]);
      if (stage.then == SmallStage::Then::read) {
        read(stage, out);
      } else {
        next_span(out);
      }
    }
    end_span(out);
  }

 private:
  static constexpr int modes = P + 1;

  void begin_span() {
    V parameter[2 * P + 2];
    for (int k = 0; k < 2 * P + 2; ++k)
      parameter[k] = hn::Mul(load(plan_.spans[span_][static_cast<std::size_t>(k)], lane_), factor_[k]);
    modes_ = rates_of<P>(parameter);
    solve(modes_);
    directions_ = directions_of<P, N>(plan_, lane_, modes_);
    const V per_volume = hn::Div(number(1.0), parameter[1]);
    for (int j = 0; j < modes; ++j) {
      slopes_of(modes_, directions_, j, slopes_[j]);
      Derivatives<N> log = slopes_[j].share;
      for (int a = 0; a < N; ++a) log.first[a] = hn::Add(log.first[a], directions_.per_volume[a]);
      const V share = hn::Mul(modes_.share[j], per_volume);
      begin(term_[j], from_logarithm(share, log), slopes_[j].rate, hn::Zero(Part{}));
    }
  }

  void take(const SmallStep& step) {
    const V hours = load(step.hours, lane_);
    for (int j = 0; j < modes; ++j) {
      Term<N>& dosed = term_[j];
      if (step.has_hours) {
        const V x = hn::Mul(modes_.rate[j], hours);
        const Decay left = decay(x);
        dosed.h = decayed(dosed.h, left.left, hours);
        if (terms_ > modes) term_[modes + j].h = decayed(term_[modes + j].h, left.left, hours);
        if (step.has_rate) {
          const V rate = load(step.rate_mg_h, lane_);
          const Taylor more = fed(left, x, hours);
          dosed.h.value = hn::MulAdd(rate, more.value, dosed.h.value);
          dosed.h.slope = hn::MulAdd(rate, more.slope, dosed.h.slope);
          dosed.h.curve = hn::MulAdd(rate, more.curve, dosed.h.curve);
        }
      }
      if (step.has_bolus) dosed.h.value = hn::Add(dosed.h.value, load(step.bolus_mg, lane_));
    }
  }

  void read(const SmallStage& stage, Objective<N>& out) {
    V f = hn::Zero(Part{});
    V first[N];
    for (V& v : first) v = hn::Zero(Part{});
    for (int t = 0; t < terms_; ++t) {
      const Term<N>& term = term_[t];
      f = hn::MulAdd(term.coefficient.value, term.h.value, f);
      EVENKEEL_UNROLL
      for (int a = 0; a < N; ++a) first[a] = slope_of(term, a, first[a]);
    }
    const Penalty rho = penalty(plan_, stage, lane_, f);
    out.f.value = hn::Add(out.f.value, rho.value);
    EVENKEEL_UNROLL
    for (int a = 0; a < N; ++a) out.f.by.first[a] = hn::MulAdd(rho.slope, first[a], out.f.by.first[a]);
    for_pairs<N>([&](int a, int b, int ab) HWY_ATTR {
      out.f.by.second[ab] = hn::MulAdd(hn::Mul(rho.curve, first[a]), first[b], out.f.by.second[ab]);
    });
    for (int t = 0; t < terms_; ++t) {
      Term<N>& term = term_[t];
      term.sum.value = hn::MulAdd(rho.slope, term.h.value, term.sum.value);
      term.sum.slope = hn::MulAdd(rho.slope, term.h.slope, term.sum.slope);
      term.sum.curve = hn::MulAdd(rho.slope, term.h.curve, term.sum.curve);
    }
    out.lost = hn::Or(out.lost, is_lost(plan_, stage, lane_, f));
  }

  void end_span(Objective<N>& out) {
    for (int t = 0; t < terms_; ++t)
      add_second(term_[t], slopes_[t % modes].rate, term_[t].sum, out.f.by.second);
  }

  // The amounts of all compartments, by the modes of the span that ends and into those of the next.
  void next_span(Objective<N>& out) {
    end_span(out);
    Dual<N> amount[P + 1];  // the central one last
    for (Dual<N>& each : amount) each = zero_dual<N>();
    for (int j = 0; j < modes; ++j) {
      Dual<N> part = zero_dual<N>();
      for (int t = j; t < terms_; t += modes) add(now(term_[t], slopes_[j].rate), part);
      add(part, amount[P]);
      for (int i = 0; i < P; ++i)
        add(product(part, reach(j, i, modes_.coupling[i], directions_.coupling[i])), amount[i]);
    }
    if constexpr (P == 2) exchange_where(modes_.swapped, amount[0], amount[1]);
    const V volume = load(plan_.spans[span_][1], lane_);
    ++span_;
    const V scale = hn::Div(volume, load(plan_.spans[span_][1], lane_));
    begin_span();
    if constexpr (P == 2) exchange_where(modes_.swapped, amount[0], amount[1]);
    terms_ = 2 * modes;
    for (int j = 0; j < modes; ++j) {
      Dual<N> sum = amount[P];
      for (int i = 0; i < P; ++i)
        add(product(amount[i], reach(j, i, modes_.pole[i], directions_.pole[i])), sum);
      const V share = hn::Mul(modes_.share[j], scale);
      begin(term_[modes + j], product(sum, from_logarithm(share, slopes_[j].share)), slopes_[j].rate,
            number(1.0));
    }
  }

  // What a rate constant over a gap is: k1i/(ki1 - l) or ki1/(ki1 - l), which is below zero for some.
  Dual<N> reach(int mode, int i, V constant, const V (&direction)[N]) const {
    Derivatives<N> log;
    const Derivatives<N>& gap = slopes_[mode].gap[i];
    for (int a = 0; a < N; ++a) log.first[a] = hn::Sub(direction[a], gap.first[a]);
    for (int ab = 0; ab < pairs_of(N); ++ab) log.second[ab] = hn::Neg(gap.second[ab]);
    return from_logarithm(hn::Mul(constant, modes_.inverse_gap[mode][i]), log);
  }

  const SmallPlan& plan_;
  std::size_t lane_;
  std::size_t span_ = 0;
  int terms_ = modes;
  V factor_[2 * P + 2];
  Modes<P> modes_;
  Directions<P, N> directions_;
  ModeSlopes<P, N> slopes_[modes];
  Term<N> term_[2 * modes];
};

// How far the next step may go: a quarter of one that did not help, farther after one that did.
template <int N>
HWY_INLINE V next_reach(V reach, Mask better, const NewtonStep<N>& step) {
  const V farther = hn::Min(hn::Mul(number(3.0), reach), number(longest_step));
  const V gone = hn::IfThenElse(step.sound, hn::Min(reach, step.size), reach);
  return hn::IfThenElse(better, farther, hn::Mul(number(0.25), gone));
}

template <int N>
void store(std::size_t lane, const V (&z)[N], const Dual<N>& f, SmallOptimum& out) {
  const Part d;
  for (std::size_t a = 0; a < N; ++a) {
    hn::Store(z[a], d, out.z[a].of.data() + lane);
    hn::Store(f.by.first[a], d, out.gradient[a].of.data() + lane);
  }
  for (std::size_t ab = 0; ab < pairs_of(N); ++ab)
    hn::Store(f.by.second[ab], d, out.hessian[ab].of.data() + lane);
  hn::Store(f.value, d, out.objective.of.data() + lane);
}

// `idle`: 1 in lanes that nobody asks for.
template <int P, int N>
void optimise(const SmallPlan& plan, const LaneNumber& idle, std::size_t lane, SmallOptimum& out) {
  const Part d;
  const V zero = hn::Zero(d);
  Walk<P, N> walk{plan, lane};
  V z[N];
  for (V& v : z) v = zero;
  Objective<N> best;
  walk.at(z, best);
  V reach = number(longest_step);
  V evaluations = number(1.0);
  Mask done = hn::Gt(load(idle, lane), zero);
  Mask converged = hn::Lt(zero, zero);
  for (int i = 1; i < most_evaluations; ++i) {
    const NewtonStep<N> step = newton_step(best.f, reach);
    const Mask settled = hn::AndNot(done, hn::And(step.sound, hn::Le(step.size, number(settled_step))));
    converged = hn::Or(converged, settled);
    done = hn::Or(done, settled);
    if (hn::AllTrue(d, done)) break;
    V tried[N];
    for (int a = 0; a < N; ++a) tried[a] = hn::IfThenElse(done, z[a], hn::Add(z[a], step.by[a]));
    Objective<N> trial;
    walk.at(tried, trial);
    const V slack = hn::MulAdd(number(noise), hn::Abs(best.f.value), number(noise));
    const Mask better = hn::AndNot(done, hn::Le(trial.f.value, hn::Add(best.f.value, slack)));
    reach = next_reach(reach, better, step);
    take_where(better, trial.f, best.f);
    best.lost = hn::Or(hn::And(better, trial.lost), hn::AndNot(better, best.lost));
    for (int a = 0; a < N; ++a) z[a] = hn::IfThenElse(better, tried[a], z[a]);
    evaluations = hn::IfThenElse(done, evaluations, hn::Add(evaluations, number(1.0)));
  }
  store(lane, z, best.f, out);
  hn::Store(evaluations, d, out.iterations.of.data() + lane);
  hn::Store(hn::IfThenElseZero(hn::AndNot(best.lost, converged), number(1.0)), d,
            out.converged.of.data() + lane);
}

template <int P>
void optimise_all(const SmallPlan& plan, SmallOptimum& out) {
  LaneNumber idle;
  for (std::size_t lane = plan.used; lane < small_lanes; ++lane) idle.of[lane] = 1.0;
  for (std::size_t lane = 0; lane < plan.used; lane += hn::Lanes(Part{})) {
    if (plan.four_effects) {
      optimise<P, 4>(plan, idle, lane, out);
    } else {
      optimise<P, 3>(plan, idle, lane, out);
    }
  }
}

}  // namespace

void find_optimum(const SmallPlan& plan, SmallOptimum& out) {
  const pkpd::FlushToZero flush;
  switch (plan.compartments) {
    case 1:
      return optimise_all<0>(plan, out);
    case 2:
      return optimise_all<1>(plan, out);
    default:
      return optimise_all<2>(plan, out);
  }
}

}  // namespace evenkeel::individual::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace evenkeel::individual {

HWY_EXPORT(find_optimum);

void find_optimum(const SmallPlan& plan, SmallOptimum& out) {
  HWY_DYNAMIC_DISPATCH(find_optimum)(plan, out);
}

}  // namespace evenkeel::individual
#endif
