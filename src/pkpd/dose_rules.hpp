// What a dose record must say, and how long its dose takes by one path of its route.
//
// With bioavailability F and amount D:  a given or modelled rate R lasts F D / R;  a given or modelled
// duration T runs at F D / T.  An infusion since ever (no amount) runs at R: F does not apply.
// Source: NONMEM's help on dose, steady-state dose and bioavailability (schedule.hpp).
#pragma once

#include <optional>
#include <span>

#include "base/result.hpp"
#include "pkpd/record.hpp"
#include "pkpd/structure.hpp"

namespace evenkeel::pkpd {

// A steady-state infusion without an amount: it has run since ever and stops at its record.
[[nodiscard]] bool is_endless(const DoseSpec& dose);

// What is wrong with a dose by itself, or with it by a route that takes it `into` these entries.
[[nodiscard]] std::optional<Error> faulty(const DoseSpec& dose);
[[nodiscard]] std::optional<Error> faulty(const DoseSpec& dose, std::span<const Entry> into);

// For at_rate and modelled_rate. Errors: the model's rate is missing or not above zero.
[[nodiscard]] Result<double> rate_mg_h(const DoseSpec& dose, const Entry& entry);

// Zero: at once. Errors: what the dose leaves to the model is missing or not above zero.
[[nodiscard]] Result<double> duration_h(const DoseSpec& dose, const Entry& entry);

}  // namespace evenkeel::pkpd
