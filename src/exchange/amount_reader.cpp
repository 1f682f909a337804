#include "exchange/amount_reader.hpp"

#include <cmath>

namespace evenkeel::exchange {

void check_base(json::Reader as) {
  const std::string form = as.text(40);
  if (form.empty() || form == "base") return;
  as.fault("'" + form +
           "': amounts are recorded as ketamine base; convert it (10 mg of base is 11.53 mg of the "
           "hydrochloride) and write \"as\": \"base\"");
}

Result<Decimal> scaled(const Decimal& written, double factor) {
  for (int places = 0; places <= 6; ++places) {
    const double whole = factor * std::pow(10.0, places);
    if (std::abs(whole - std::round(whole)) > 1e-9 * whole) continue;
    const auto product = multiply(written, Decimal{std::llround(whole)});
    return product ? product->shifted(places) : product;
  }
  return Error{ErrorCode::invalid_input, "", "an amount in this unit cannot be kept exactly"};
}

Duration positive_time(json::Reader place, Duration longest) {
  const auto before = place.faults();
  const auto time = place.quantity<Duration>();
  if (place.faults() == before && !(Duration{} < time && time <= longest)) {
    place["value"].fault(
        fmt::format("{} min is outside 0 (excluded) to {} min", time.in(units::min), longest.in(units::min)));
  }
  return time;
}

Decimal strength_mg_per_mL(json::Reader place) {
  if (!place.object({"value", "unit", "as"})) return {};
  check_base(place["as"]);
  const auto before = place.faults();
  const Decimal value = place["value"].decimal();
  const std::string unit = place["unit"].text(20);
  if (place.faults() != before) return {};
  if (unit != "mg/mL") place["unit"].fault(fmt::format("'{}' is not a unit allowed here; use mg/mL", unit));
  if (!(Decimal{0} < value && value <= Decimal{1000}))
    place["value"].fault(fmt::format("{} mg/mL is outside 0 (excluded) to 1000", value.to_string()));
  return value;
}

}  // namespace evenkeel::exchange
