// Amounts of drug as files write them: {"value": 35.0, "unit": "mg", "as": "base"}, kept digit for digit.
#pragma once

#include <string>

#include "base/decimal.hpp"
#include "base/unit_text.hpp"
#include "json/reader.hpp"

namespace evenkeel::exchange {

// "as" says that the amount is of the base. 10 mg of base is 11.53 mg of the hydrochloride.
void check_base(json::Reader as);

// `written` times `factor`, exactly, where factor is a whole number times a power of ten.
[[nodiscard]] Result<Decimal> scaled(const Decimal& written, double factor);

// The exact decimal in the first unit of Q's list, from zero to `highest`; `allowed` names the units for a
// message.
template <class Q>
[[nodiscard]] Decimal base_amount(json::Reader place, double highest,
                                  const std::string& allowed = allowed_units<Q>()) {
  if (!place.object({"value", "unit", "as"})) return {};
  check_base(place["as"]);
  const auto before = place.faults();
  const Decimal written = place["value"].decimal();
  const std::string unit_text = place["unit"].text(20);
  if (place.faults() != before) return {};
  const auto unit = unit_from_text<Q>(unit_text);
  if (!unit) {
    place["unit"].fault(fmt::format("'{}' is not a unit allowed here; use {}", unit_text, allowed));
    return {};
  }
  const auto value = scaled(written, unit->in(unit_names<Q>().front().unit));
  if (!value) {
    place["value"].fault(value.error().what);
    return {};
  }
  if (*value < Decimal{0})
    place["value"].fault(fmt::format("a negative amount, {} {}", written.to_string(), unit_text));
  if (value->to_double() > highest) {
    place["value"].fault(fmt::format("{} {} is more than can be meant", written.to_string(), unit_text));
  }
  return *value;
}

// The same, where nothing at all cannot be meant.
template <class Q>
[[nodiscard]] Decimal positive_amount(json::Reader place, double highest,
                                      const std::string& allowed = allowed_units<Q>()) {
  const auto before = place.faults();
  const Decimal value = base_amount<Q>(place, highest, allowed);
  if (place.faults() == before && value == Decimal{0}) place["value"].fault("a dose of zero");
  return value;
}

// What is in a syringe: {"value": 5, "unit": "mg/mL", "as": "base"}, above 0, at most 1000.
[[nodiscard]] Decimal strength_mg_per_mL(json::Reader place);

// A time above 0, at most `longest`.
[[nodiscard]] Duration positive_time(json::Reader place, Duration longest);
// How long an infusion lasts: at most a day.
[[nodiscard]] inline Duration infusion_length(json::Reader place) {
  return positive_time(place, 24.0 * units::h);
}

}  // namespace evenkeel::exchange
