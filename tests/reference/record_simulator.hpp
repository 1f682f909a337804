// Records simulated the plain way, to hold the engine against: every dose is written out one by one, a
// steady state is hundreds of doses of the past, and between events Runge-Kutta-Fehlberg 7(8) of
// Boost.Odeint steps through the equations in long double. Nothing here is solved, and nothing but the
// data types and Structure's numbers is shared with the code under test.
#pragma once

#include <algorithm>
#include <boost/numeric/odeint/integrate/integrate_adaptive.hpp>
#include <boost/numeric/odeint/stepper/controlled_runge_kutta.hpp>
#include <boost/numeric/odeint/stepper/generation.hpp>
#include <boost/numeric/odeint/stepper/runge_kutta_fehlberg78.hpp>
#include <cmath>
#include <vector>

#include "pkpd/record.hpp"
#include "pkpd/structure.hpp"

namespace evenkeel::pkpd {

class RecordSimulator {
 public:
  using Real = long double;
  using State = std::vector<Real>;

  RecordSimulator(const Structure& structure, const Subject& subject, int past_doses)
      : structure_(structure), subject_(subject), past_doses_(past_doses) {
    state_.assign(static_cast<std::size_t>(subject.systems.front().rates.rows()), 0.0L);
  }

  // The amounts at every record, after it has acted; mg.
  std::vector<State> run() {
    std::vector<State> rows;
    for (std::size_t i = 0; i < subject_.records.size(); ++i) {
      const Record& record = subject_.records[i];
      const Real at = record.at.in(units::h);
      in_force_ = record.in_force;
      if (i > 0 && at > now_) pass_to(at);
      now_ = at;
      if (record.kind == RecordKind::reset || record.kind == RecordKind::reset_and_dose) forget_all();
      if (record.kind == RecordKind::dose || record.kind == RecordKind::reset_and_dose) give(i);
      rows.push_back(state_);
    }
    return rows;
  }

 private:
  static constexpr Real same_moment = 1e-9L;

  struct Arrival {
    Real at;
    std::size_t record;
    std::size_t path;
  };
  struct Infusion {
    std::size_t record;
    std::size_t path;
    std::size_t compartment;
    Real rate;
    Real left_mg;
  };

  const DoseSpec& dose(std::size_t record) const { return subject_.records[record].dose; }
  Entry entry(std::size_t record, std::size_t path) const {
    return structure_.entries(dose(record).route, subject_.values[in_force_.values]).value()[path];
  }

  void forget_all() {
    std::ranges::fill(state_, 0.0L);
    arrivals_.clear();
    infusions_.clear();
  }

  void give(std::size_t record) {
    const DoseSpec& given = dose(record);
    if (given.steady == SteadyState::replaces) forget_all();
    const std::size_t paths = structure_.entries(given.route, subject_.values[in_force_.values])->size();
    for (std::size_t path = 0; path < paths; ++path) {
      const bool endless = given.amount == DrugMass{};
      if (given.steady != SteadyState::none) add_the_past(record, path, endless);
      const Real first = now_ + entry(record, path).lag.in(units::h);
      for (int j = 0; j <= given.additional && !endless; ++j)
        arrivals_.push_back({first + j * static_cast<Real>(given.interval.in(units::h)), record, path});
    }
    pass_to(now_);
  }

  // The same dose over and over until now, on its own, then laid over what is there.
  void add_the_past(std::size_t record, std::size_t path, bool endless) {
    RecordSimulator past{structure_, subject_, 0};
    past.in_force_ = in_force_;
    const Real interval = dose(record).interval.in(units::h);
    const Real lag = entry(record, path).lag.in(units::h);
    if (endless) {
      const Entry into = entry(record, path);
      const Real rate = dose(record).form == DoseForm::at_rate ? dose(record).rate.canonical()
                                                               : into.modelled_rate->canonical();
      past.now_ = now_ - 24.0L * past_doses_;
      past.infusions_.push_back({record, path, into.compartment, rate, 1e9L});
      past.pass_to(now_);
      past.infusions_.clear();
    } else {
      past.now_ = now_ - interval * past_doses_;
      for (int j = past_doses_; j > 0; --j) {
        const Real at = now_ + lag - j * interval;
        (at <= now_ + same_moment ? past : *this).arrivals_.push_back({at, record, path});
      }
      std::erase_if(past.arrivals_, [&](const Arrival& arrival) { return arrival.at < past.now_; });
      past.pass_to(now_);
    }
    for (std::size_t i = 0; i < state_.size(); ++i) state_[i] += past.state_[i];
    infusions_.insert(infusions_.end(), past.infusions_.begin(), past.infusions_.end());
  }

  void pass_to(Real until) {
    for (Infusion& each : infusions_) {
      if (dose(each.record).form == DoseForm::modelled_rate && dose(each.record).amount > DrugMass{})
        each.rate = entry(each.record, each.path).modelled_rate->canonical();
    }
    while (true) {
      const auto arrival = std::ranges::min_element(arrivals_, {}, &Arrival::at);
      Real next = until;
      if (arrival != arrivals_.end()) next = std::min(next, arrival->at);
      for (const Infusion& each : infusions_) next = std::min(next, now_ + each.left_mg / each.rate);
      step_to(std::max(next, now_));
      if (arrival != arrivals_.end() && arrival->at <= now_ + same_moment) {
        const Arrival here = *arrival;
        arrivals_.erase(arrival);
        arrive(here);
      } else if (now_ >= until) {
        return;
      }
    }
  }

  void arrive(const Arrival& arrival) {
    const DoseSpec& given = dose(arrival.record);
    const Entry into = entry(arrival.record, arrival.path);
    const Real amount = static_cast<Real>(into.fraction) * given.amount.in(units::mg);
    Real rate = 0.0L;
    if (given.form == DoseForm::at_once && into.over) rate = amount / into.over->in(units::h);
    if (given.form == DoseForm::at_rate) rate = given.rate.canonical();
    if (given.form == DoseForm::over_duration) rate = amount / given.duration.in(units::h);
    if (given.form == DoseForm::modelled_rate) rate = into.modelled_rate->canonical();
    if (given.form == DoseForm::modelled_duration) rate = amount / into.modelled_duration->in(units::h);
    if (rate == 0.0L) {
      state_[into.compartment] += amount;
    } else {
      infusions_.push_back({arrival.record, arrival.path, into.compartment, rate, amount});
    }
  }

  void step_to(Real next) {
    namespace odeint = boost::numeric::odeint;
    if (next <= now_) return;
    const Eigen::MatrixXd& rates = subject_.systems[in_force_.system].rates;
    State input(state_.size(), 0.0L);
    for (const Infusion& each : infusions_) input[each.compartment] += each.rate;
    const auto slope = [&](const State& amounts, State& change, Real) {
      for (std::size_t i = 0; i < amounts.size(); ++i) {
        Real sum = input[i];
        for (std::size_t j = 0; j < amounts.size(); ++j)
          sum += static_cast<Real>(rates(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j))) *
                 amounts[j];
        change[i] = sum;
      }
    };
    const auto stepper = odeint::make_controlled<odeint::runge_kutta_fehlberg78<State, Real>>(1e-20L, 1e-14L);
    odeint::integrate_adaptive(stepper, slope, state_, now_, next, (next - now_) / 4);
    for (Infusion& each : infusions_) each.left_mg -= each.rate * (next - now_);
    std::erase_if(infusions_, [](const Infusion& each) { return each.left_mg <= each.rate * 1e-15L; });
    now_ = next;
  }

  const Structure& structure_;
  const Subject& subject_;
  int past_doses_;
  State state_;
  std::vector<Arrival> arrivals_;
  std::vector<Infusion> infusions_;
  InForce in_force_;
  Real now_ = 0.0L;
};

}  // namespace evenkeel::pkpd
