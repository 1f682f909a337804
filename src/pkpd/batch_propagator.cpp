// The propagator road for eight subjects: matrix exponentials in all lanes at once, then products.
#include <algorithm>
#include <array>
#include <cmath>

#include "base/expects.hpp"
#include "pkpd/batch_course.hpp"
#include "pkpd/flush_to_zero.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "pkpd/batch_propagator.cpp"
#include <hwy/foreach_target.h>  // IWYU: for each kind of machine, this file again
#include "pkpd/lanes.hpp"

HWY_BEFORE_NAMESPACE();
namespace evenkeel::pkpd::HWY_NAMESPACE {
namespace {

// Order of the extended states: compartments, areas, inputs.
struct States {
  std::size_t compartments = 0;
  std::size_t areas = 0;
  std::size_t inputs = 0;
  [[nodiscard]] std::size_t area(std::size_t output) const { return compartments + output; }
  [[nodiscard]] std::size_t input(std::size_t i) const { return compartments + areas + i; }
  [[nodiscard]] std::size_t moving() const { return compartments + areas; }  // the others stand still
  [[nodiscard]] std::size_t all() const { return compartments + areas + inputs; }
};

constexpr std::uint64_t bit(std::size_t state) {
  return std::uint64_t{1} << state;
}

std::vector<std::uint64_t> direct_pattern(const GroupSystems& systems, const BatchPlan& plan,
                                          const States& states) {
  std::vector<std::uint64_t> rows(states.all());
  for (std::size_t i = 0; i < states.compartments; ++i) {
    for (std::size_t j = 0; j < states.compartments; ++j) {
      const double* rate = systems.rate(i, j);
      if (i != j && std::any_of(rate, rate + lanes, [](double r) { return r != 0.0; })) rows[i] |= bit(j);
    }
  }
  for (std::size_t o = 0; o < states.areas; ++o) rows[states.area(o)] |= bit(systems.outputs[o]);
  for (std::size_t i = 0; i < states.inputs; ++i) rows[plan.infused()[i]] |= bit(states.input(i));
  return rows;
}

// The extended matrix plus shift times one, in the work's pattern.
void set_up_system(const GroupSystems& systems, const BatchPlan& plan, const States& states,
                   PropagatorWork& work) {
  const auto& pattern = work.pattern;
  work.system.assign(pattern.entries() * lanes, 0.0);
  work.shift.assign(lanes, 0.0);
  work.unit.assign(lanes, 1.0);
  work.norm.assign(lanes, 0.0);
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    double fastest = 0.0;
    for (std::size_t i = 0; i < states.compartments; ++i)
      fastest = std::max(fastest, -systems.rate(i, i)[lane]);
    work.shift[lane] = fastest;
    if (fastest > 0.0) work.unit[lane] = fastest;
    const auto set = [&](std::size_t row, std::size_t column, double value) {
      work.system[*pattern.entry(row, column) * lanes + lane] += value;
    };
    for (std::size_t i = 0; i < states.all(); ++i) set(i, i, fastest);
    for (std::size_t i = 0; i < states.compartments; ++i) {
      for (std::size_t j = 0; j < states.compartments; ++j) {
        const double rate = systems.rate(i, j)[lane];
        if (rate != 0.0) set(i, j, rate);
      }
    }
    for (std::size_t o = 0; o < states.areas; ++o) set(states.area(o), systems.outputs[o], work.unit[lane]);
    for (std::size_t i = 0; i < states.inputs; ++i) set(plan.infused()[i], states.input(i), work.unit[lane]);
    std::array<double, ZeroPattern::most_states> sums{};
    for (std::size_t e = 0; e < pattern.entries(); ++e)
      sums[pattern.column(e)] += work.system[e * lanes + lane];
    work.norm[lane] = *std::max_element(sums.begin(), sums.end());
  }
}

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

// e^(system hours) of every lane, into `out`: scaled down by each lane's own power of two, summed,
// squared as often.
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
  }
}

class PropagatorCourse {
 public:
  PropagatorCourse(const GroupSystems& systems, const BatchPlan& plan, const States& states,
                   PropagatorWork& work, TileWriter& out)
      : systems_(systems), plan_(plan), states_(states), work_(work), out_(out) {
    numbers_ = work.pattern.entries() * eight;
    work.state.assign(states.all() * eight, 0.0);
    work.next.assign(states.all() * eight, 0.0);
    per_volume_.resize(systems.volumes_L.size());
    for (std::size_t i = 0; i < per_volume_.size(); ++i) per_volume_[i] = 1.0 / systems.volumes_L[i];
  }

  void run() {
    work_.single.resize(numbers_);
    work_.propagators.resize(plan_.even_h().size() * numbers_);
    for (std::size_t i = 0; i < plan_.even_h().size(); ++i)
      exponential(states_, plan_.even_h()[i], work_, &work_.propagators[i * numbers_]);
    for (const PlanLeg& leg : plan_.legs()) {
      for (const PlanChange& change : plan_.changes(leg)) apply(change);
      if (out_.shows(leg.first)) show();
      for (std::size_t i = 0; i < leg.steps; ++i) {
        const double* propagator = &work_.propagators[leg.even ? leg.length * numbers_ : 0];
        if (!leg.even) {
          exponential(states_, plan_.uneven_h()[leg.length + i], work_, work_.single.data());
          propagator = work_.single.data();
        }
        step(propagator);
        if (out_.shows(leg.each)) show();
      }
    }
    out_.end(areas().data());
  }

 private:
  void apply(const PlanChange& change) {
    switch (change.kind) {
      case PlanChange::Kind::add_amount:
        for (std::size_t lane = 0; lane < eight; ++lane) {
          const std::size_t at = change.compartment * eight + lane;
          work_.state[at] += systems_.scale[at] * change.value;
        }
        return;
      case PlanChange::Kind::set_rate: {
        const auto infused = plan_.infused();
        const auto place = std::lower_bound(infused.begin(), infused.end(), change.compartment);
        const std::size_t input = states_.input(static_cast<std::size_t>(place - infused.begin()));
        for (std::size_t lane = 0; lane < eight; ++lane) {
          const double rate_mg_h = systems_.scale[change.compartment * eight + lane] * change.value;
          work_.state[input * eight + lane] = rate_mg_h / work_.unit[lane];
        }
        return;
      }
      case PlanChange::Kind::clear:
        // Areas stay.
        std::fill_n(work_.state.begin(), states_.compartments * eight, 0.0);
        std::fill_n(work_.state.begin() + static_cast<std::ptrdiff_t>(states_.input(0) * eight),
                    states_.inputs * eight, 0.0);
        return;
    }
  }

  void show() {
    const Part d;
    double* row = out_.room(1).data();
    for (std::size_t o = 0; o < systems_.outputs.size(); ++o) {
      for (std::size_t lane = 0; lane < eight; lane += hn::Lanes(d)) {
        const V amount = hn::Load(d, &work_.state[systems_.outputs[o] * eight + lane]);
        hn::Store(hn::Mul(amount, hn::Load(d, &per_volume_[o * eight + lane])), d, row + o * eight + lane);
      }
    }
    out_.count(1);
  }

  void step(const double* propagator) {
    const Part d;
    const auto& pattern = work_.pattern;
    for (std::size_t lane = 0; lane < eight; lane += hn::Lanes(d)) {
      for (std::size_t row = 0; row < states_.moving(); ++row) {
        V sum = hn::Zero(d);
        for (std::size_t e = pattern.begin(row); e < pattern.begin(row + 1); ++e) {
          sum = hn::MulAdd(hn::Load(d, propagator + e * eight + lane),
                           hn::Load(d, &work_.state[pattern.column(e) * eight + lane]), sum);
        }
        hn::Store(sum, d, &work_.next[row * eight + lane]);
      }
    }
    std::copy(work_.state.begin() + static_cast<std::ptrdiff_t>(states_.moving() * eight), work_.state.end(),
              work_.next.begin() + static_cast<std::ptrdiff_t>(states_.moving() * eight));
    std::swap(work_.state, work_.next);
  }

  [[nodiscard]] LaneNumbers areas() const {
    LaneNumbers found(states_.areas * eight);
    for (std::size_t at = 0; at < found.size(); ++at)
      found[at] = work_.state[states_.area(0) * eight + at] * per_volume_[at] / work_.unit[at % eight];
    return found;
  }

  const GroupSystems& systems_;
  const BatchPlan& plan_;
  States states_;
  PropagatorWork& work_;
  TileWriter& out_;
  std::size_t numbers_ = 0;
  LaneNumbers per_volume_;
};

}  // namespace

void follow_propagator(const GroupSystems& systems, const BatchPlan& plan, PropagatorWork& work,
                       TileWriter& out) {
  const FlushToZero flush;
  const States states{systems.compartments, out.wants_areas() ? systems.outputs.size() : 0,
                      plan.infused().size()};
  expects(states.all() <= ZeroPattern::most_states, "a batch has at most 64 states");
  auto direct = direct_pattern(systems, plan, states);
  if (direct != work.pattern.direct()) work.pattern = ZeroPattern{std::move(direct)};
  set_up_system(systems, plan, states, work);
  PropagatorCourse{systems, plan, states, work, out}.run();
}

}  // namespace evenkeel::pkpd::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace evenkeel::pkpd {

HWY_EXPORT(follow_propagator);

void follow_propagator(const GroupSystems& systems, const BatchPlan& plan, PropagatorWork& work,
                       TileWriter& out) {
  HWY_DYNAMIC_DISPATCH(follow_propagator)(systems, plan, work, out);
}

}  // namespace evenkeel::pkpd
#endif
