// The modal road for eight subjects: the secular equation of modal.hpp solved in all lanes at once,
// then the modes through the plan.
#include <algorithm>
#include <cmath>

#include "pkpd/batch_course.hpp"
#include "pkpd/flush_to_zero.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "pkpd/batch_modal.cpp"
#include <hwy/foreach_target.h>  // IWYU: for each kind of machine, this file again

#include "pkpd/lanes.hpp"

HWY_BEFORE_NAMESPACE();
namespace evenkeel::pkpd::HWY_NAMESPACE {
namespace {

// One lane-wide part of a mammillary system: K of the central compartment and P peripheral ones, the
// peripheral rates falling.
template <int P>
struct Mammillary {
  V elimination;      // k10
  V pole[P + 1];      // ki1; the last is zero, the end of the lowest interval
  V coupling[P + 1];  // k1i
  V bound;            // the sum of all roots
};

template <int P>
Mammillary<P> mammillary(const GroupSystems& systems, std::size_t lane) {
  const Part d;
  Mammillary<P> m;
  V column = hn::Load(d, systems.rate(0, 0) + lane);
  m.bound = hn::Neg(column);
  EVENKEEL_UNROLL
  for (int i = 0; i < P; ++i) {
    const auto k = static_cast<std::size_t>(i + 1);
    m.pole[i] = hn::Load(d, systems.rate(0, k) + lane);
    m.coupling[i] = hn::Load(d, systems.rate(k, 0) + lane);
    column = hn::Add(column, m.coupling[i]);
    m.bound = hn::Sub(m.bound, hn::Load(d, systems.rate(k, k) + lane));
  }
  m.elimination = hn::Neg(column);
  m.pole[P] = hn::Zero(d);
  m.coupling[P] = hn::Zero(d);
  for (int pass = 1; pass < P; ++pass) {
    for (int i = 0; i + pass < P; ++i) {
      const Mask swap = hn::Lt(m.pole[i], m.pole[i + 1]);
      const V upper = hn::IfThenElse(swap, m.pole[i + 1], m.pole[i]);
      m.pole[i + 1] = hn::IfThenElse(swap, m.pole[i], m.pole[i + 1]);
      m.pole[i] = upper;
      const V first = hn::IfThenElse(swap, m.coupling[i + 1], m.coupling[i]);
      m.coupling[i + 1] = hn::IfThenElse(swap, m.coupling[i], m.coupling[i + 1]);
      m.coupling[i] = first;
    }
  }
  return m;
}

// f(l) = k10 - l - sum_i k1i l / (ki1 - l) and its slope, at l = origin + side * offset.
struct Characteristic {
  V value;
  V slope;
};
template <int P>
HWY_INLINE Characteristic characteristic(const Mammillary<P>& m, V origin, V side, V offset) {
  const V rate = hn::MulAdd(side, offset, origin);
  Characteristic f{hn::NegMulAdd(side, offset, hn::Sub(m.elimination, origin)), number(-1.0)};
  EVENKEEL_UNROLL
  for (int i = 0; i < P; ++i) {
    const V gap = hn::NegMulAdd(side, offset, hn::Sub(m.pole[i], origin));
    const V inverse = hn::Div(number(1.0), gap);
    const V share = hn::Mul(m.coupling[i], inverse);
    f.value = hn::NegMulAdd(share, rate, f.value);
    f.slope = hn::NegMulAdd(hn::Mul(share, m.pole[i]), inverse, f.slope);
  }
  return f;
}

// Where a root is sought: at origin + side * offset, 0 <= offset <= farthest. As a distance from the
// nearest pole it keeps its digits; `from_pole` is false in lanes whose origin is zero.
struct Search {
  V origin;
  V side;
  V farthest;
  V start;
  Mask from_pole;
};

// Newton's method on f, times the offset where the origin is a pole of f (the product has none
// there); a step that leaves the bracket is a bisection instead. A lane that has converged rests, so
// no lane depends on another.
template <int P>
V offset_of_root(const Mammillary<P>& m, const Search& search) {
  const Part d;
  constexpr int most_steps = 200;
  V near = hn::Zero(d);
  V far = search.farthest;
  V offset = search.start;
  Mask done = hn::Not(hn::Gt(far, near));  // two equal poles: the root is there
  offset = hn::IfThenZeroElse(done, offset);
  for (int i = 0; i < most_steps && !hn::AllTrue(d, done); ++i) {
    const Characteristic f = characteristic(m, search.origin, search.side, offset);
    const Mask beyond = hn::Gt(hn::Mul(search.side, f.value), hn::Zero(d));  // the root is farther
    near = hn::IfThenElse(beyond, offset, near);
    far = hn::IfThenElse(beyond, far, offset);
    const V weight = hn::IfThenElse(search.from_pole, offset, number(1.0));
    const V slope =
        hn::MulAdd(hn::Mul(weight, search.side), f.slope, hn::IfThenElseZero(search.from_pole, f.value));
    const V newton = hn::Sub(offset, hn::Div(hn::Mul(weight, f.value), slope));
    const Mask inside = hn::And(hn::Ge(newton, near), hn::Le(newton, far));
    const V middle = hn::MulAdd(number(0.5), hn::Sub(far, near), near);
    const V next = hn::IfThenElse(inside, newton, middle);
    const V moved = hn::Abs(hn::Sub(next, offset));
    const Mask settled = hn::Le(moved, hn::Mul(number(1e-11), next));
    offset = hn::IfThenElse(done, offset, next);
    done = hn::Or(done, settled);
  }
  return offset;
}

// The interval of the root above all poles (which = 0) or below pole which - 1.
template <int P>
Search interval(const Mammillary<P>& m, int which) {
  const Part d;
  const V one = number(1.0);
  if (which == 0) {
    // From the two terms that grow: offset^2 - b offset - k1i ki1 = 0.
    V b = hn::Sub(m.elimination, m.pole[0]);
    EVENKEEL_UNROLL
    for (int i = 0; i < P; ++i) b = hn::Add(b, m.coupling[i]);
    const V product = hn::Mul(m.coupling[0], m.pole[0]);
    const V root = hn::Sqrt(hn::MulAdd(b, b, hn::Mul(number(4.0), product)));
    const V sum = hn::Add(hn::Abs(b), root);
    const Mask negative = hn::Lt(b, hn::Zero(d));
    const V start =
        hn::IfThenElse(negative, hn::Div(hn::Mul(number(2.0), product), sum), hn::Mul(number(0.5), sum));
    return {m.pole[0], one, m.bound, hn::Min(start, m.bound), hn::Gt(one, hn::Zero(d))};
  }
  const V upper = m.pole[which - 1];
  const V lower = m.pole[which];
  const V half = hn::Mul(number(0.5), hn::Sub(upper, lower));
  const Characteristic middle = characteristic(m, lower, one, half);
  const Mask in_upper = hn::Gt(middle.value, hn::Zero(d));
  const Mask lower_is_pole = hn::Gt(lower, hn::Zero(d));
  return {hn::IfThenElse(in_upper, upper, lower), hn::IfThenElse(in_upper, number(-1.0), one), half, half,
          hn::Or(in_upper, lower_is_pole)};
}

// l_j and g_j of every mode, for the lanes of one part.
template <int P>
void solve_part(const GroupSystems& systems, std::size_t lane, ModalWork& work) {
  const Part d;
  const V one = number(1.0);
  const Mammillary<P> m = mammillary<P>(systems, lane);
  const V per_volume = hn::Div(hn::Load(d, &systems.scale[lane]), hn::Load(d, &systems.volumes_L[lane]));
  for (int mode = 0; mode <= P; ++mode) {
    V rate = m.elimination;
    V norm = one;
    if (P > 0) {
      const Search search = interval(m, mode);
      const V offset = offset_of_root(m, search);
      rate = hn::MulAdd(search.side, offset, search.origin);
      EVENKEEL_UNROLL
      for (int i = 0; i < P; ++i) {
        const V gap = hn::NegMulAdd(search.side, offset, hn::Sub(m.pole[i], search.origin));
        const V inverse = hn::Div(one, gap);
        norm = hn::MulAdd(hn::Mul(hn::Mul(m.coupling[i], inverse), m.pole[i]), inverse, norm);
      }
    }
    const std::size_t at = static_cast<std::size_t>(mode) * eight + lane;
    hn::Store(rate, d, &work.decay[at]);
    hn::Store(hn::Div(per_volume, norm), d, &work.gain[at]);
  }
}

// The factors of every even length.
void prepare_lengths(const BatchPlan& plan, std::size_t modes, ModalWork& work) {
  const Part d;
  const std::size_t numbers = modes * eight;
  const auto lengths = plan.even_h();
  work.left.resize(lengths.size() * numbers);
  work.fed.resize(lengths.size() * numbers);
  for (std::size_t length = 0; length < lengths.size(); ++length) {
    for (std::size_t at = 0; at < numbers; at += hn::Lanes(d)) {
      const V rate = hn::Load(d, &work.decay[at]);
      const Decay step = decay(hn::Mul(rate, number(lengths[length])));
      const V feed = hn::Div(hn::Load(d, &work.gain[at]), rate);
      hn::Store(step.left, d, &work.left[length * numbers + at]);
      hn::Store(hn::Mul(feed, step.lost), d, &work.fed[length * numbers + at]);
    }
  }
}

template <int M>
HWY_INLINE V sum_of(const V (&modes)[M]) {
  V sum = modes[0];
  EVENKEEL_UNROLL
  for (int j = 1; j < M; ++j) sum = hn::Add(sum, modes[j]);
  return sum;
}

// phi_1 = (1 - e^-x)/x and phi_2 = (1 - phi_1)/x, as in propagate.cpp.
struct Phi {
  V one;
  V two;
};
HWY_INLINE Phi phi(V x) {
  const V one = number(1.0);
  const V large_one = hn::Div(decay(x).lost, x);
  const V large_two = hn::Div(hn::Sub(one, large_one), x);
  V series = one;  // sum_k (-x)^k 2 / (k+2)!
  for (int k = 16; k >= 1; --k) series = hn::NegMulAdd(hn::Mul(x, series), number(1.0 / (k + 2)), one);
  const V small_two = hn::Mul(number(0.5), series);
  const V small_one = hn::NegMulAdd(x, small_two, one);
  const Mask small = hn::Le(x, number(0.5));
  return {hn::IfThenElse(small, small_one, large_one), hn::IfThenElse(small, small_two, large_two)};
}

// M modes of eight subjects along a plan: each contributes state[mode][lane] mg/L.
template <int M>
class ModalCourse {
 public:
  ModalCourse(const BatchPlan& plan, const ModalWork& work, TileWriter& out)
      : plan_(plan), work_(work), out_(out) {}

  void run() {
    for (const PlanLeg& leg : plan_.legs()) {
      for (const PlanChange& change : plan_.changes(leg)) apply(change);
      if (out_.wants_areas() && leg.until_change_h > 0.0) add_areas(leg.until_change_h);
      if (out_.shows(leg.first)) show();
      if (leg.steps > 0) take_steps(leg);
    }
    out_.end(area_);
  }

 private:
  static constexpr std::size_t numbers = static_cast<std::size_t>(M) * eight;

  void apply(const PlanChange& change) {
    const Part d;
    switch (change.kind) {
      case PlanChange::Kind::add_amount:
        for (std::size_t at = 0; at < numbers; at += hn::Lanes(d)) {
          const V gain = hn::Load(d, &work_.gain[at]);
          hn::Store(hn::MulAdd(gain, number(change.value), hn::Load(d, state_ + at)), d, state_ + at);
        }
        return;
      case PlanChange::Kind::set_rate:
        input_mg_h_ = change.value;
        return;
      case PlanChange::Kind::clear:
        std::fill(state_, state_ + numbers, 0.0);
        input_mg_h_ = 0.0;
        return;
    }
  }

  void show() {
    const Part d;
    double* row = out_.room(1).data();
    for (std::size_t lane = 0; lane < eight; lane += hn::Lanes(d)) {
      V modes[M];
      for (std::size_t j = 0; j < M; ++j) modes[j] = hn::Load(d, state_ + j * eight + lane);
      hn::Store(sum_of<M>(modes), d, row + lane);
    }
    out_.count(1);
  }

  void take_steps(const PlanLeg& leg) {
    const bool shown = out_.shows(leg.each);
    for (std::size_t done = 0; done < leg.steps;) {
      const auto room = out_.room(leg.steps - done);
      const std::size_t steps = room.size() / eight;
      for (std::size_t lane = 0; lane < eight; lane += hn::Lanes(Part{})) {
        if (leg.even) {
          even_steps(leg.length, steps, lane, room.data() + lane);
        } else {
          uneven_steps(plan_.uneven_h().subspan(leg.length + done, steps), lane, room.data() + lane);
        }
      }
      if (shown) out_.count(steps);
      done += steps;
    }
  }

  void even_steps(std::size_t length, std::size_t steps, std::size_t lane, double* row) {
    const Part d;
    V modes[M];
    V left[M];
    V fed[M];
    EVENKEEL_UNROLL
    for (std::size_t j = 0; j < M; ++j) {
      const std::size_t at = j * eight + lane;
      modes[j] = hn::Load(d, state_ + at);
      left[j] = hn::Load(d, &work_.left[length * numbers + at]);
      fed[j] = hn::Mul(hn::Load(d, &work_.fed[length * numbers + at]), number(input_mg_h_));
    }
    for (std::size_t i = 0; i < steps; ++i) {
      EVENKEEL_UNROLL
      for (int j = 0; j < M; ++j) modes[j] = hn::MulAdd(modes[j], left[j], fed[j]);
      hn::Store(sum_of<M>(modes), d, row + i * eight);
    }
    EVENKEEL_UNROLL
    for (std::size_t j = 0; j < M; ++j) hn::Store(modes[j], d, state_ + j * eight + lane);
  }

  void uneven_steps(std::span<const double> hours, std::size_t lane, double* row) {
    const Part d;
    V modes[M];
    V rate[M];
    V steady[M];  // where the running infusion leads
    EVENKEEL_UNROLL
    for (std::size_t j = 0; j < M; ++j) {
      const std::size_t at = j * eight + lane;
      modes[j] = hn::Load(d, state_ + at);
      rate[j] = hn::Load(d, &work_.decay[at]);
      steady[j] = hn::Div(hn::Mul(hn::Load(d, &work_.gain[at]), number(input_mg_h_)), rate[j]);
    }
    for (std::size_t i = 0; i < hours.size(); ++i) {
      EVENKEEL_UNROLL
      for (int j = 0; j < M; ++j) {
        const Decay step = decay(hn::Mul(rate[j], number(hours[i])));
        modes[j] = hn::MulAdd(modes[j], step.left, hn::Mul(steady[j], step.lost));
      }
      hn::Store(sum_of<M>(modes), d, row + i * eight);
    }
    EVENKEEL_UNROLL
    for (std::size_t j = 0; j < M; ++j) hn::Store(modes[j], d, state_ + j * eight + lane);
  }

  // int_0^t of each mode: c t phi_1(l t) + g r t^2 phi_2(l t).
  void add_areas(double hours) {
    const Part d;
    for (std::size_t lane = 0; lane < eight; lane += hn::Lanes(d)) {
      V area = hn::Load(d, area_ + lane);
      for (std::size_t at = lane; at < numbers; at += eight) {
        const Phi p = phi(hn::Mul(hn::Load(d, &work_.decay[at]), number(hours)));
        const V feed = hn::Mul(hn::Load(d, &work_.gain[at]), number(input_mg_h_ * hours));
        const V mean = hn::MulAdd(hn::Load(d, state_ + at), p.one, hn::Mul(feed, p.two));
        area = hn::MulAdd(mean, number(hours), area);
      }
      hn::Store(area, d, area_ + lane);
    }
  }

  const BatchPlan& plan_;
  const ModalWork& work_;
  TileWriter& out_;
  HWY_ALIGN double state_[numbers] = {};
  HWY_ALIGN double area_[eight] = {};
  double input_mg_h_ = 0.0;
};

template <int M>
void follow_modes(const GroupSystems& systems, const BatchPlan& plan, ModalWork& work, TileWriter& out) {
  work.decay.resize(static_cast<std::size_t>(M) * eight);
  work.gain.resize(static_cast<std::size_t>(M) * eight);
  for (std::size_t lane = 0; lane < eight; lane += hn::Lanes(Part{})) solve_part<M - 1>(systems, lane, work);
  prepare_lengths(plan, static_cast<std::size_t>(M), work);
  ModalCourse<M>{plan, work, out}.run();
}

}  // namespace

void follow_modal(const GroupSystems& systems, const BatchPlan& plan, ModalWork& work, TileWriter& out) {
  const FlushToZero flush;
  switch (systems.compartments) {
    case 1:
      return follow_modes<1>(systems, plan, work, out);
    case 2:
      return follow_modes<2>(systems, plan, work, out);
    case 3:
      return follow_modes<3>(systems, plan, work, out);
    default:
      return follow_modes<4>(systems, plan, work, out);
  }
}

}  // namespace evenkeel::pkpd::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace evenkeel::pkpd {

HWY_EXPORT(follow_modal);

void follow_modal(const GroupSystems& systems, const BatchPlan& plan, ModalWork& work, TileWriter& out) {
  HWY_DYNAMIC_DISPATCH(follow_modal)(systems, plan, work, out);
}

}  // namespace evenkeel::pkpd
#endif
