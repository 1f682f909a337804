#include "base/unit_text.hpp"

namespace evenkeel {

using namespace units;

template <>
std::span<const UnitName<DrugMass>> unit_names() {
  static constexpr UnitName<DrugMass> names[] = {{"mg", mg}, {"ug", ug}, {"g", g}};
  return names;
}
template <>
std::span<const UnitName<Volume>> unit_names() {
  static constexpr UnitName<Volume> names[] = {{"L", L}, {"mL", mL}};
  return names;
}
template <>
std::span<const UnitName<Duration>> unit_names() {
  static constexpr UnitName<Duration> names[] = {
      {"min", units::min}, {"s", s}, {"h", h}, {"d", day}, {"wk", week}};
  return names;
}
template <>
std::span<const UnitName<BodyMass>> unit_names() {
  static constexpr UnitName<BodyMass> names[] = {{"kg", kg}};
  return names;
}
template <>
std::span<const UnitName<Fraction>> unit_names() {
  static constexpr UnitName<Fraction> names[] = {{"1", Fraction::from_canonical(1.0)},
                                                 {"%", Fraction::from_canonical(0.01)}};
  return names;
}
template <>
std::span<const UnitName<Concentration>> unit_names() {
  static constexpr UnitName<Concentration> names[] = {
      {"ng/mL", ng / mL}, {"ug/L", ug / L}, {"ug/mL", ug / mL}, {"mg/L", mg / L}};
  return names;
}
template <>
std::span<const UnitName<Clearance>> unit_names() {
  static constexpr UnitName<Clearance> names[] = {
      {"L/h", L / h}, {"L/min", L / units::min}, {"mL/min", mL / units::min}};
  return names;
}
template <>
std::span<const UnitName<RateConstant>> unit_names() {
  static constexpr UnitName<RateConstant> names[] = {{"1/h", 1.0 / h}, {"1/min", 1.0 / units::min}};
  return names;
}
template <>
std::span<const UnitName<InfusionRate>> unit_names() {
  static constexpr UnitName<InfusionRate> names[] = {
      {"mg/h", mg / h}, {"mg/min", mg / units::min}, {"ug/min", ug / units::min}};
  return names;
}
template <>
std::span<const UnitName<DosePerBody>> unit_names() {
  static constexpr UnitName<DosePerBody> names[] = {{"mg/kg", mg / kg}, {"ug/kg", ug / kg}};
  return names;
}
template <>
std::span<const UnitName<RatePerBody>> unit_names() {
  static constexpr UnitName<RatePerBody> names[] = {
      {"mg/kg/h", mg / kg / h}, {"mg/kg/min", mg / kg / units::min}, {"ug/kg/min", ug / kg / units::min}};
  return names;
}
template <>
std::span<const UnitName<VolumePerBody>> unit_names() {
  static constexpr UnitName<VolumePerBody> names[] = {{"L/kg", L / kg}, {"mL/kg", mL / kg}};
  return names;
}
template <>
std::span<const UnitName<ClearancePerBody>> unit_names() {
  static constexpr UnitName<ClearancePerBody> names[] = {{"L/h/kg", L / h / kg},
                                                         {"mL/min/kg", mL / units::min / kg}};
  return names;
}

}  // namespace evenkeel
