#include "pkpd/effect_site.hpp"

#include <cmath>

#include "base/expects.hpp"
#include "pkpd/propagate.hpp"

namespace evenkeel::pkpd {

LinearSystem with_effect_site(const LinearSystem& system, std::size_t output, double ke0_per_h) {
  expects(output < system.outputs.size(), "an effect site follows an output that exists");
  expects(ke0_per_h >= 0.0 && std::isfinite(ke0_per_h), "ke0 is finite and not negative");
  const auto n = system.rates.rows();
  LinearSystem extended = system;
  extended.rates = Eigen::MatrixXd::Zero(n + 1, n + 1);
  extended.rates.topLeftCorner(n, n) = system.rates;
  extended.rates(n, static_cast<Eigen::Index>(system.outputs[output].compartment)) = ke0_per_h;
  extended.rates(n, n) = -ke0_per_h;
  extended.outputs.push_back({static_cast<std::size_t>(n), system.outputs[output].volume});
  extended.modal.reset();
  return extended;
}

// The effect peaks where Ce crosses C: before, Ce lies below it, and the larger ke0, the earlier they
// meet. So at the wanted time Ce - C has the sign of ke0 minus the ke0 that is sought.
double ke0_per_h(const LinearSystem& system, std::size_t output, Duration time_to_peak) {
  expects(time_to_peak > Duration{} && is_finite(time_to_peak), "a peak comes after the bolus");
  const auto n = system.rates.rows();
  const auto sampled = static_cast<Eigen::Index>(system.outputs[output].compartment);
  const Eigen::VectorXd bolus = Eigen::VectorXd::Unit(n + 1, sampled);
  const Eigen::VectorXd nothing = Eigen::VectorXd::Zero(n + 1);
  const double hours = time_to_peak.in(units::h);
  double below = std::log(1e-6 / hours);
  double above = std::log(1e6 / hours);
  for (int i = 0; i < 100 && above - below > 1e-13; ++i) {
    const double middle = (below + above) / 2.0;
    const LinearSystem extended = with_effect_site(system, output, std::exp(middle));
    const Eigen::VectorXd amounts = propagate(extended, bolus, nothing, hours).amounts;
    (amounts[n] < amounts[sampled] ? below : above) = middle;
  }
  return std::exp((below + above) / 2.0);
}

}  // namespace evenkeel::pkpd
