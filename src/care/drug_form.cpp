#include "care/drug_form.hpp"

namespace evenkeel::care {
namespace {

// 11.53 / 10.
Decimal hydrochloride_per_base() {
  return *Decimal::parse("1.153");
}

}  // namespace

std::string_view form_words(DrugForm form) {
  return form == DrugForm::base ? "base" : "hydrochloride";
}

Result<LabelMass> mass_of(const Decimal& mL, const Strength& strength) {
  const auto mg = multiply(mL, strength.mg_per_mL);
  if (!mg) return mg.error();
  return LabelMass{*mg, strength.form};
}

Result<LabelMass> as_hydrochloride(const Decimal& base_mg) {
  const auto mg = multiply(base_mg, hydrochloride_per_base());
  if (!mg) return mg.error();
  return LabelMass{*mg, DrugForm::hydrochloride};
}

Result<Decimal> base_mg_down(const LabelMass& mass, int places) {
  if (mass.form == DrugForm::base) return mass.mg;
  return divide_down(mass.mg, hydrochloride_per_base(), places);
}

}  // namespace evenkeel::care
