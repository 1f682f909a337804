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

#include "pkpd/lanes_exponential.hpp"

HWY_BEFORE_NAMESPACE();
namespace evenkeel::pkpd::HWY_NAMESPACE {
namespace {

constexpr std::uint64_t bit(std::size_t state) {
  return std::uint64_t{1} << state;
}

// What leaves a compartment and arrives in no other, 1/h: none but for rounding is zero; below zero
// where mass grows with the molecule.
double loss_per_h(const GroupSystems& systems, std::size_t compartment, std::size_t lane) {
  double sum = 0.0;
  for (std::size_t i = 0; i < systems.compartments; ++i) sum -= systems.rate(i, compartment)[lane];
  return std::abs(sum) <= 1e-15 * -systems.rate(compartment, compartment)[lane] ? 0.0 : sum;
}

std::vector<std::uint64_t> direct_pattern(const GroupSystems& systems, const BatchPlan& plan,
                                          const States& states) {
  std::vector<std::uint64_t> rows(states.all());
  for (std::size_t j = 0; j < states.compartments; ++j) {
    for (std::size_t i = 0; i < states.compartments; ++i) {
      const double* rate = systems.rate(i, j);
      if (i != j && std::any_of(rate, rate + lanes, [](double r) { return r != 0.0; })) rows[i] |= bit(j);
    }
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      if (loss_per_h(systems, j, lane) > 0.0) rows[states.outside()] |= bit(j);
    }
  }
  for (std::size_t o = 0; o < states.areas; ++o) rows[states.area(o)] |= bit(systems.outputs[o]);
  for (std::size_t i = 0; i < states.inputs; ++i) rows[plan.infused()[i]] |= bit(states.input(i));
  return rows;
}

// One lane of the extended matrix plus shift times one, in the work's pattern.
void set_up_lane(const GroupSystems& systems, const BatchPlan& plan, const States& states, std::size_t lane,
                 PropagatorWork& work) {
  const auto& pattern = work.pattern;
  double fastest = 0.0;
  for (std::size_t i = 0; i < states.compartments; ++i)
    fastest = std::max(fastest, -systems.rate(i, i)[lane]);
  const double unit = fastest > 0.0 ? fastest : 1.0;
  const auto add = [&](std::size_t row, std::size_t column, double value) {
    work.system[*pattern.entry(row, column) * lanes + lane] += value;
  };
  bool keeps_mass = true;
  for (std::size_t i = 0; i < states.all(); ++i) add(i, i, fastest);
  for (std::size_t j = 0; j < states.compartments; ++j) {
    for (std::size_t i = 0; i < states.compartments; ++i) {
      const double rate = systems.rate(i, j)[lane];
      if (rate != 0.0) add(i, j, rate);
    }
    const double loss = loss_per_h(systems, j, lane);
    keeps_mass = keeps_mass && loss >= 0.0;
    if (loss > 0.0) add(states.outside(), j, loss);
  }
  for (std::size_t o = 0; o < states.areas; ++o) add(states.area(o), systems.outputs[o], unit);
  for (std::size_t i = 0; i < states.inputs; ++i) add(plan.infused()[i], states.input(i), unit);
  std::array<double, ZeroPattern::most_states> sums{};
  for (std::size_t e = 0; e < pattern.entries(); ++e)
    sums[pattern.column(e)] += work.system[e * lanes + lane];
  work.shift[lane] = fastest;
  work.unit[lane] = unit;
  work.keeps_mass[lane] = keeps_mass ? 1.0 : 0.0;
  work.norm[lane] = *std::max_element(sums.begin(), sums.end());
}

void set_up_system(const GroupSystems& systems, const BatchPlan& plan, const States& states,
                   PropagatorWork& work) {
  work.system.assign(work.pattern.entries() * lanes, 0.0);
  for (LaneNumbers* numbers : {&work.shift, &work.unit, &work.norm, &work.keeps_mass}) numbers->resize(lanes);
  for (std::size_t lane = 0; lane < lanes; ++lane) set_up_lane(systems, plan, states, lane, work);
}

// A row of the propagator without its inputs: entries [from, to).
struct Row {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
};
struct Product {
  const double* propagator;
  const double* feed;
  const Row* rows;
  const std::uint32_t* column;  // of each entry: where its state lies
  std::size_t count;
};

// next = propagator now + feed; each row in two sums, so that one multiplication does not wait for the
// other. Not inlined: it needs all the registers there are.
HWY_NOINLINE void multiply_state(const Product& product, const double* now, double* next) {
  const Part d;
  const Row* const rows_end = product.rows + product.count;
  const double* feed = product.feed;
  for (const Row* row = product.rows; row != rows_end; ++row) {
    const double* entry = product.propagator + std::size_t{row->from} * eight;
    const std::uint32_t* column = product.column + row->from;
    const std::uint32_t* const end = product.column + row->to;
    V even = hn::Load(d, feed);
    V odd = hn::Zero(d);
    for (; end - column >= 2; column += 2) {
      even = hn::MulAdd(hn::Load(d, entry), hn::Load(d, now + column[0]), even);
      odd = hn::MulAdd(hn::Load(d, entry + eight), hn::Load(d, now + column[1]), odd);
      entry += 2 * eight;
    }
    if (column != end) even = hn::MulAdd(hn::Load(d, entry), hn::Load(d, now + column[0]), even);
    hn::Store(hn::Add(even, odd), d, next);
    next += eight;
    feed += eight;
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
    feed_.resize(states.moving() * eight);
    for (std::size_t e = 0; e < work.pattern.entries(); ++e)
      column_.push_back(static_cast<std::uint32_t>(work.pattern.column(e) * eight));
    for (std::size_t row = 0; row < states.moving(); ++row) {
      std::size_t to = work.pattern.begin(row);
      while (to < work.pattern.begin(row + 1) && work.pattern.column(to) < states.moving()) ++to;
      rows_.push_back({static_cast<std::uint32_t>(work.pattern.begin(row)), static_cast<std::uint32_t>(to)});
    }
  }

  void run() {
    work_.single.resize(numbers_);
    work_.propagators.resize(plan_.even_h().size() * numbers_);
    for (std::size_t i = 0; i < plan_.even_h().size(); ++i)
      exponential(states_, plan_.even_h()[i], work_, &work_.propagators[i * numbers_]);
    build_ladder();
    for (const PlanLeg& leg : plan_.legs()) {
      for (const PlanChange& change : plan_.changes(leg)) apply(change);
      note_inputs();
      if (out_.shows(leg.first)) show();
      if (leg.steps > 0 && leg.even) even_steps(leg);
      if (leg.steps > 0 && !leg.even) uneven_steps(leg);
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
    for (std::size_t lane = 0; lane < eight; lane += hn::Lanes(Part{}))
      read_out(work_.state.data(), lane, out_.room(1).data());
    out_.count(1);
  }

  HWY_INLINE void read_out(const double* state, std::size_t lane, double* row) {
    const Part d;
    for (std::size_t o = 0; o < systems_.outputs.size(); ++o) {
      const V amount = hn::Load(d, state + systems_.outputs[o] * eight + lane);
      hn::Store(hn::Mul(amount, hn::Load(d, &per_volume_[o * eight + lane])), d, row + o * eight + lane);
    }
  }

  void even_steps(const PlanLeg& leg) {
    const bool shown = out_.shows(leg.each);
    for (std::size_t done = 0; done < leg.steps;) {
      const auto room = out_.room(leg.steps - done);
      const std::size_t steps = room.size() / (systems_.outputs.size() * eight);
      walk(&work_.propagators[leg.length * numbers_], steps, room.data());
      if (shown) out_.count(steps);
      done += steps;
    }
  }

  void uneven_steps(const PlanLeg& leg) {
    for (std::size_t i = 0; i < leg.steps; ++i) {
      const double hours = plan_.uneven_h()[leg.length + i];
      double* moment = out_.room(1).data();
      if (rung_h_ > 0.0) {
        climb(hours, moment);
      } else {
        exponential(states_, hours, work_, work_.single.data());
        walk(work_.single.data(), 1, moment);
      }
      if (out_.shows(leg.each)) out_.count(1);
    }
  }

  // A ladder of propagators, each of twice the time of the one below, where many steps are uneven: a
  // step of any length is a product of some of them and a short rest.
  void build_ladder() {
    const auto uneven = plan_.uneven_h();
    if (uneven.size() <= 2 * rungs) return;
    rung_h_ = std::ldexp(*std::max_element(uneven.begin(), uneven.end()), 1 - static_cast<int>(rungs));
    work_.ladder.resize(rungs * numbers_);
    for (std::size_t rung = 0; rung < rungs; ++rung) {
      const double hours = std::ldexp(rung_h_, static_cast<int>(rung));
      exponential(states_, hours, work_, &work_.ladder[rung * numbers_]);
    }
  }

  void climb(double hours, double* moment) {
    const double whole = std::floor(hours / rung_h_);
    const auto steps = static_cast<std::uint32_t>(whole);
    for (std::size_t rung = rungs; rung-- > 0;) {
      if ((steps >> rung & 1U) != 0) walk(&work_.ladder[rung * numbers_], 1, moment);
    }
    short_step(std::max(0.0, hours - whole * rung_h_));
    for (std::size_t lane = 0; lane < eight; lane += hn::Lanes(Part{}))
      read_out(work_.state.data(), lane, moment);
  }

  // The Taylor series of exponential() applied to the state alone.
  void short_step(double hours) {
    const Part d;
    constexpr int most_terms = 200;
    const auto& pattern = work_.pattern;
    const auto moving = static_cast<std::ptrdiff_t>(states_.moving() * eight);
    for (std::size_t lane = 0; lane < eight; lane += hn::Lanes(d)) {
      double* sum = work_.state.data() + lane;
      double* term = work_.term.data() + lane;
      double* product = work_.product.data() + lane;
      for (std::size_t at = 0; at < work_.state.size(); at += eight)
        hn::Store(hn::Load(d, sum + at), d, term + at);
      Mask settled = hn::Lt(number(1.0), hn::Zero(d));
      for (int k = 1; k <= most_terms && !hn::AllTrue(d, settled); ++k) {
        Mask small = hn::Not(hn::Lt(number(1.0), hn::Zero(d)));
        for (std::size_t row = 0; row < states_.outside(); ++row) {
          V fed = hn::Zero(d);
          for (const std::size_t e : pattern.own(row)) {
            fed = hn::MulAdd(hn::Load(d, &work_.system[e * eight + lane]),
                             hn::Load(d, term + pattern.column(e) * eight), fed);
          }
          fed = hn::IfThenZeroElse(settled, hn::Mul(fed, number(hours / k)));
          hn::Store(fed, d, product + row * eight);
          if (row >= states_.moving()) continue;  // an input stands still
          const V grown = hn::Add(hn::Load(d, sum + row * eight), fed);
          small = hn::And(small, hn::Le(fed, hn::Mul(number(5e-17), grown)));
          hn::Store(grown, d, sum + row * eight);
        }
        settled = hn::Or(settled, small);
        std::swap(term, product);
      }
      const V left = decay(hn::Mul(hn::Load(d, &work_.shift[lane]), number(hours))).left;
      for (std::ptrdiff_t at = 0; at < moving; at += static_cast<std::ptrdiff_t>(eight))
        hn::Store(hn::Mul(hn::Load(d, sum + at), left), d, sum + at);
    }
  }

  // What the running inputs bring in one step: the same in each.
  void set_feed(const double* propagator) {
    const Part d;
    if (!fed_) return;
    for (std::size_t lane = 0; lane < eight; lane += hn::Lanes(d)) {
      for (std::size_t row = 0; row < states_.moving(); ++row) {
        V sum = hn::Zero(d);
        for (std::size_t e = rows_[row].to; e < work_.pattern.begin(row + 1); ++e) {
          sum = hn::MulAdd(hn::Load(d, propagator + e * eight + lane),
                           hn::Load(d, &work_.state[column_[e] + lane]), sum);
        }
        hn::Store(sum, d, &feed_[row * eight + lane]);
      }
    }
  }

  // Whether any input runs; where none does, none feeds.
  void note_inputs() {
    const auto from = work_.state.begin() + static_cast<std::ptrdiff_t>(states_.input(0) * eight);
    const auto to = work_.state.begin() + static_cast<std::ptrdiff_t>(states_.outside() * eight);
    fed_ = std::any_of(from, to, [](double mg_h) { return mg_h != 0.0; });
    std::fill(feed_.begin(), feed_.end(), 0.0);
  }

  // `steps` products, a moment written after each.
  void walk(const double* propagator, std::size_t steps, double* moments) {
    const Part d;
    set_feed(propagator);
    const std::size_t moment_doubles = systems_.outputs.size() * eight;
    for (std::size_t lane = 0; lane < eight; lane += hn::Lanes(d)) {
      const Product product{propagator + lane, feed_.data() + lane, rows_.data(), column_.data(),
                            rows_.size()};
      double* now = work_.state.data();
      double* next = work_.next.data();
      for (std::size_t i = 0; i < steps; ++i) {
        multiply_state(product, now + lane, next + lane);
        std::swap(now, next);
        read_out(now, lane, moments + i * moment_doubles);
      }
    }
    if (steps % 2 != 0) {
      const auto standing = static_cast<std::ptrdiff_t>(states_.moving() * eight);
      std::copy(work_.state.begin() + standing, work_.state.end(), work_.next.begin() + standing);
      std::swap(work_.state, work_.next);
    }
  }

  [[nodiscard]] LaneNumbers areas() const {
    LaneNumbers found(states_.areas * eight);
    for (std::size_t at = 0; at < found.size(); ++at)
      found[at] = work_.state[states_.area(0) * eight + at] * per_volume_[at] / work_.unit[at % eight];
    return found;
  }

  static constexpr std::size_t rungs = 17;

  const GroupSystems& systems_;
  const BatchPlan& plan_;
  States states_;
  PropagatorWork& work_;
  TileWriter& out_;
  std::size_t numbers_ = 0;
  bool fed_ = false;
  double rung_h_ = 0.0;  // the step of the lowest rung; zero without a ladder
  LaneNumbers per_volume_;
  LaneNumbers feed_;  // mg in each step: [moving state][lane]
  std::vector<std::uint32_t> column_;
  std::vector<Row> rows_;
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
