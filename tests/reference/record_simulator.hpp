// Records simulated the plain way, to hold the engine against: every dose is written out one by one, a
// steady state is many doses of the past, and between events Runge-Kutta-Fehlberg 7(8) of
// Boost.Odeint steps through the equations in long double. Nothing here is solved, and nothing but the
// data types and Structure's numbers is shared with the code under test.
#pragma once

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
  std::vector<State> run();

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

  void forget_all();
  void give(std::size_t record);
  // The same dose over and over until now, on its own, then laid over what is there.
  void add_the_past(std::size_t record, std::size_t path, bool endless);
  void pass_to(Real until);
  void arrive(const Arrival& arrival);
  void step_to(Real next);

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
