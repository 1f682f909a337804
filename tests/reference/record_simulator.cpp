#include "reference/record_simulator.hpp"

#include <algorithm>
#include <boost/numeric/odeint/integrate/integrate_adaptive.hpp>
#include <boost/numeric/odeint/stepper/controlled_runge_kutta.hpp>
#include <boost/numeric/odeint/stepper/generation.hpp>
#include <boost/numeric/odeint/stepper/runge_kutta_fehlberg78.hpp>
#include <cmath>

namespace evenkeel::pkpd {

std::vector<RecordSimulator::State> RecordSimulator::run() {
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

void RecordSimulator::forget_all() {
  std::ranges::fill(state_, 0.0L);
  arrivals_.clear();
  infusions_.clear();
}

void RecordSimulator::give(std::size_t record) {
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

void RecordSimulator::add_the_past(std::size_t record, std::size_t path, bool endless) {
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

void RecordSimulator::pass_to(Real until) {
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

void RecordSimulator::arrive(const Arrival& arrival) {
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

void RecordSimulator::step_to(Real next) {
  namespace odeint = boost::numeric::odeint;
  if (next <= now_) return;
  const Eigen::MatrixXd& rates = subject_.systems[in_force_.system].rates;
  State input(state_.size(), 0.0L);
  for (const Infusion& each : infusions_) input[each.compartment] += each.rate;
  const auto slope = [&](const State& amounts, State& change, Real) {
    for (std::size_t i = 0; i < amounts.size(); ++i) {
      Real sum = input[i];
      for (std::size_t j = 0; j < amounts.size(); ++j)
        sum +=
            static_cast<Real>(rates(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j))) * amounts[j];
      change[i] = sum;
    }
  };
  const auto stepper = odeint::make_controlled<odeint::runge_kutta_fehlberg78<State, Real>>(1e-19L, 1e-13L);
  odeint::integrate_adaptive(stepper, slope, state_, now_, next, (next - now_) / 4);
  for (Infusion& each : infusions_) each.left_mg -= each.rate * (next - now_);
  std::erase_if(infusions_, [](const Infusion& each) { return each.left_mg <= each.rate * 1e-15L; });
  now_ = next;
}

}  // namespace evenkeel::pkpd
