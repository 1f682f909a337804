// Salt and base. A vial's label states mg of the base or mg of the hydrochloride; a dose is always base.
//   10 mg of base = 11.53 mg of the hydrochloride
// Source: the label of ketamine hydrochloride (V). The label of esketamine, 28 mg = 32.3 mg, and the molar
// masses, 274.2 / 237.73 g/mol (V2), give the same four digits. More digits have no source, so books are kept
// in the label's own form, where every sum is exact; base is computed to be shown and says how it is rounded.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/decimal.hpp"
#include "base/result.hpp"

namespace evenkeel::care {

enum class DrugForm : std::uint8_t { base = 1, hydrochloride = 2 };
[[nodiscard]] std::string_view form_words(DrugForm form);  // "base", "hydrochloride"

struct Strength {
  Decimal mg_per_mL;
  DrugForm form = DrugForm::base;

  bool operator==(const Strength&) const = default;
};

// mg in the form in which they were labelled. Two forms do not add, which is why this is no number.
struct LabelMass {
  Decimal mg;
  DrugForm form = DrugForm::base;

  bool operator==(const LabelMass&) const = default;
};

// Exact, or an error where the digits do not fit.
[[nodiscard]] Result<LabelMass> mass_of(const Decimal& mL, const Strength& strength);

// Exact: the ratio is a decimal in this direction.
[[nodiscard]] Result<LabelMass> as_hydrochloride(const Decimal& base_mg);

// mg of base, never more than there is: exact for a base, else cut to `places` (0 to 8).
[[nodiscard]] Result<Decimal> base_mg_down(const LabelMass& mass, int places);

}  // namespace evenkeel::care
