// content/models/: the member `parameters`.
#include "content/model_reader.hpp"

namespace evenkeel::content {
namespace {

using json::Reader;
using pkpd::Covariate;
using pkpd::Dimension;

// What a unit says about its parameter.
struct UnitUse {
  Dimension dimension;
  bool per_body_mass;
  double canonical;  // of one unit
};

template <class Q>
bool is_unit_of(std::string_view text, Dimension dimension, bool per_body_mass, UnitUse& use) {
  const auto unit = unit_from_text<Q>(text);
  if (unit) use = {dimension, per_body_mass, unit->canonical()};
  return unit.has_value();
}

std::optional<UnitUse> read_unit(Reader place, std::string& text) {
  text = place.text(20);
  UnitUse use{};
  const bool known = is_unit_of<Clearance>(text, Dimension::clearance, false, use) ||
                     is_unit_of<ClearancePerBody>(text, Dimension::clearance, true, use) ||
                     is_unit_of<Volume>(text, Dimension::volume, false, use) ||
                     is_unit_of<VolumePerBody>(text, Dimension::volume, true, use) ||
                     is_unit_of<RateConstant>(text, Dimension::rate_constant, false, use) ||
                     is_unit_of<Fraction>(text, Dimension::fraction, false, use) ||
                     is_unit_of<Duration>(text, Dimension::time, false, use) ||
                     is_unit_of<InfusionRate>(text, Dimension::input_rate, false, use);
  if (known) return use;
  if (!text.empty()) {
    place.fault(fmt::format("'{}' is not a unit allowed here; use {}, {}, {}, {}, {}, {}, {} or {}", text,
                            allowed_units<Clearance>(), allowed_units<ClearancePerBody>(),
                            allowed_units<Volume>(), allowed_units<VolumePerBody>(),
                            allowed_units<RateConstant>(), allowed_units<Duration>(),
                            allowed_units<InfusionRate>(), allowed_units<Fraction>()));
  }
  return std::nullopt;
}

constexpr std::pair<std::string_view, Covariate> quantities[] = {{"weight", Covariate::weight},
                                                                 {"age", Covariate::age}};
constexpr std::pair<std::string_view, Covariate> groups[] = {{"asian", Covariate::asian},
                                                             {"japanese", Covariate::japanese}};

// The unit of the covariate itself.
void check_unit(Reader place, Covariate covariate) {
  const std::string_view expected = covariate == Covariate::weight ? "kg" : "a";
  auto unit = place["unit"];
  const std::string text = unit.text(20);
  if (!text.empty() && text != expected)
    unit.fault(fmt::format("'{}' where '{}' is expected", text, expected));
}

pkpd::CovariateEffect read_power(Reader place, const Header& header) {
  pkpd::PowerEffect power;
  if (!place.object({"covariate", "reference", "unit", "exponent", "source", "label"}, {"note"}))
    return power;
  power.covariate = place["covariate"].one_of(quantities);
  power.reference = place["reference"].number(0.1, 1000.0);
  check_unit(place, power.covariate);
  power.exponent = place["exponent"].number(-3.0, 3.0);
  power.from = read_provenance(place, header);
  return power;
}

// `canonical`: of one of the parameter's units, in which the slope is written.
pkpd::CovariateEffect read_slope(Reader place, const Header& header, double canonical) {
  pkpd::SlopeEffect slope;
  if (!place.object({"covariate", "above", "unit", "per_unit", "source", "label"}, {"note"})) return slope;
  slope.covariate = place["covariate"].one_of(quantities);
  slope.above = place["above"].number(0.0, 1000.0);
  check_unit(place, slope.covariate);
  slope.per_unit = place["per_unit"].number(-1e6, 1e6) * canonical;
  slope.from = read_provenance(place, header);
  return slope;
}

pkpd::CovariateEffect read_group(Reader place, const Header& header) {
  pkpd::GroupEffect group;
  if (!place.object({"covariate", "factor", "source", "label"}, {"note"})) return group;
  group.covariate = place["covariate"].one_of(groups);
  group.factor = place["factor"].number(0.0, 1000.0);
  group.from = read_provenance(place, header);
  return group;
}

void read_effects(Reader list, const Header& header, double canonical, pkpd::Parameter& parameter) {
  for (Reader place : list.items(1)) {
    if (place.has("exponent")) {
      parameter.effects.push_back(read_power(place, header));
    } else if (place.has("per_unit")) {
      parameter.effects.push_back(read_slope(place, header, canonical));
    } else if (place.has("factor")) {
      parameter.effects.push_back(read_group(place, header));
    } else {
      place.fault("an effect has an 'exponent', a slope 'per_unit' or a 'factor'");
    }
    if (place.has("exponent") && parameter.per_body_mass)
      place.fault("a parameter per kg is scaled by weight already");
  }
}

pkpd::Parameter read_parameter(std::string name, Reader place, const Header& header) {
  pkpd::Parameter parameter;
  parameter.name = std::move(name);
  const bool by_user = place.has("given_by");
  if (!(by_user ? place.object({"given_by", "unit"}, {"note"})
                : place.object({"value", "unit", "source", "label"},
                               {"note", "low", "high", "standard_error", "effects"})))
    return parameter;
  const UnitUse use = read_unit(place["unit"], parameter.unit).value_or(UnitUse{});
  parameter.dimension = use.dimension;
  parameter.per_body_mass = use.per_body_mass;
  if (by_user) {
    constexpr std::pair<std::string_view, bool> givers[] = {{"user", true}};
    static_cast<void>(place["given_by"].one_of(givers));
    if (place.has("note")) parameter.from.note = place["note"].text(600);
    return parameter;
  }
  parameter.value_as_given = place["value"].number(0.0, 1e6);
  parameter.value = parameter.value_as_given * use.canonical;
  parameter.from = read_provenance(place, header);
  check_bounds(place);
  if (place.has("standard_error"))
    parameter.standard_error = place["standard_error"].number(0.0, 1e6) * use.canonical;
  if (place.has("effects")) read_effects(place["effects"], header, use.canonical, parameter);
  return parameter;
}

}  // namespace

std::vector<pkpd::Parameter> read_parameters(Reader place, const Header& header) {
  std::vector<pkpd::Parameter> parameters;
  for (auto& [name, member] : place.members()) parameters.push_back(read_parameter(name, member, header));
  return parameters;
}

}  // namespace evenkeel::content
