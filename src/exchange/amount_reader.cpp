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

}  // namespace evenkeel::exchange
