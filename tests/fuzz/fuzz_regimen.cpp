// Regimens: what is taken gives doses that can be given, or says what is missing.
#include <cmath>

#include "exchange/regimen_reader.hpp"
#include "fuzz_target.hpp"
#include "support/linear_models.hpp"

namespace {

using namespace evenkeel;

void check_dose(const pkpd::TimedDose& each, std::size_t routes) {
  const auto& dose = each.dose;
  promise(each.at >= Duration{} && is_finite(each.at), "a dose has a time");
  promise(dose.amount > DrugMass{} && is_finite(dose.amount), "a dose is above zero");
  promise(dose.route < routes, "a dose has a route");
  promise(dose.form == pkpd::DoseForm::at_once || dose.duration > Duration{}, "a length is above zero");
  promise(dose.additional >= 0, "doses are not taken away");
  const bool repeated = dose.additional > 0 || dose.steady != pkpd::SteadyState::none;
  promise(!repeated || dose.interval > Duration{}, "what is repeated has an interval");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const pkpd::Structure structure{test::absorption_model()};
  const auto regimen = exchange::read_regimen(as_text(data, size), structure);
  if (!regimen) {
    promise(!regimen.error().empty(), "a refusal has a reason");
    for (const Error& error : regimen.error()) promise(!error.what.empty(), "every reason has words");
    return 0;
  }
  promise(!regimen->doses.empty(), "a regimen gives something");
  const auto unknown = exchange::doses_for(*regimen, std::nullopt);
  promise(!unknown || !exchange::needs_weight(*regimen), "nobody's weight is assumed");
  const auto doses = exchange::doses_for(*regimen, 70.0 * units::kg);
  if (!doses) {
    promise(!doses.error().what.empty(), "a refusal has a reason");
    return 0;
  }
  promise(doses->size() == regimen->doses.size(), "every dose is given");
  for (const auto& each : *doses) check_dose(each, structure.model().routes.size());
  return 0;
}
