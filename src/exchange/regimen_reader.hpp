// A regimen in JSON (evenkeel.regimen/1): what is to be given, when, how fast and by which route.
// docs/regimen-format.md describes it, schema/regimen-1.schema.json states it again.
//
// Amounts are of the base and stay exact decimals until they become mg. Values; no state.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.hpp"
#include "base/quantity.hpp"
#include "base/result.hpp"
#include "pkpd/structure.hpp"
#include "pkpd/subject.hpp"

namespace evenkeel::exchange {

// mg or mg/h; each per kg of body weight where it says so.
struct RegimenAmount {
  Decimal value;
  bool per_kg = false;
};

// A dose of `amount`, at once, over a time or at a rate; or `rate` over a time.
struct RegimenDose {
  Duration at;
  std::size_t route = 0;
  std::optional<RegimenAmount> amount = {};  // mg
  std::optional<RegimenAmount> rate = {};    // mg/h
  std::optional<Duration> over = {};
  int additional = 0;
  Duration interval = {};
  bool steady = false;  // repeated at this interval since ever
};

struct Regimen {
  std::string title;               // may be empty
  std::vector<RegimenDose> doses;  // in the order of the file; the segments of an infusion one by one
};

// Every fault of the text, by its path. `structure` names the routes; the first serves where none is named.
[[nodiscard]] Result<Regimen, Errors> read_regimen(std::string_view text, const pkpd::Structure& structure);

[[nodiscard]] bool needs_weight(const Regimen& regimen);

// For a patient of `weight`. Each dose keeps the time it is given over, whatever its bioavailability; a
// steady dose adds to what else is there. Errors (invalid_input): an amount per kg without a weight, a time
// of giving beyond a million hours.
[[nodiscard]] Result<std::vector<pkpd::TimedDose>> doses_for(const Regimen& regimen,
                                                             std::optional<BodyMass> weight);

}  // namespace evenkeel::exchange
