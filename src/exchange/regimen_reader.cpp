#include "exchange/regimen_reader.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "exchange/amount_reader.hpp"
#include "json/reader.hpp"

namespace evenkeel::exchange {
namespace {

using json::Reader;

constexpr Duration longest = 1e6 * units::h;
// Bounds of what can be meant; mg and mg/h, then per kg.
constexpr double most_mg = 1e6;
constexpr double most_mg_per_kg = 1e4;
constexpr int most_doses = 100'000;

// Whether the unit at `place` is one of Q's.
template <class Q>
bool has_unit_of(const Reader& place) {
  const auto* unit = place["unit"].node();
  return unit != nullptr && unit->kind == json::Kind::text && unit_from_text<Q>(unit->text).has_value();
}

template <class Whole, class PerBody>
RegimenAmount amount(Reader place) {
  const std::string allowed = allowed_units<Whole>() + ", or by body weight " + allowed_units<PerBody>();
  if (has_unit_of<PerBody>(place)) return {base_amount<PerBody>(place, most_mg_per_kg, allowed), true};
  return {base_amount<Whole>(place, most_mg, allowed), false};
}

RegimenAmount rate_amount(Reader place) {
  return amount<InfusionRate, RatePerBody>(place);
}

// What must not be zero; `what` names it.
template <class Read>
RegimenAmount positive(Reader place, Read&& read, std::string_view what) {
  const auto before = place.faults();
  RegimenAmount found = read(place);
  if (place.faults() == before && found.value == Decimal{0})
    place["value"].fault(fmt::format("{} of zero", what));
  return found;
}

Duration time(Reader place, bool may_be_zero) {
  const auto before = place.faults();
  const auto found = place.quantity<Duration>();
  if (place.faults() != before) return found;
  const bool good = (may_be_zero ? Duration{} <= found : Duration{} < found) && found <= longest;
  if (!good) {
    place["value"].fault(fmt::format("{} h; allowed: {} to {} h", found.in(units::h),
                                     may_be_zero ? "0" : "above 0", longest.in(units::h)));
  }
  return found;
}

class RegimenReader {
 public:
  explicit RegimenReader(const pkpd::Structure& structure) : structure_(structure) {}

  Regimen read(Reader top) {
    Regimen regimen;
    if (!top.object({"schema", "doses"}, {"title"})) return regimen;
    auto schema = top["schema"];
    if (const auto named = schema.text(60); !named.empty() && named != "evenkeel.regimen/1")
      schema.fault(fmt::format("'{}' where 'evenkeel.regimen/1' is expected", named));
    if (top.has("title")) regimen.title = top["title"].text(200);
    for (Reader each : top["doses"].items(1)) add_dose(each, regimen.doses);
    return regimen;
  }

 private:
  void add_dose(Reader place, std::vector<RegimenDose>& doses) {
    if (!place.object({"at"}, {"amount", "over", "rate", "segments", "route", "repeat", "steady_state"}))
      return;
    RegimenDose dose;
    dose.at = time(place["at"], true);
    if (place.has("route")) dose.route = route(place["route"]);
    if (place.has("steady_state")) dose.steady = place["steady_state"].boolean();
    if (place.has("repeat")) repeat(place["repeat"], dose);
    if (dose.steady && !place.has("repeat"))
      place.fault("'repeat' is missing: a steady state is that of a repeated dose");
    if (place.has("amount") == place.has("segments")) {
      place.fault("a dose has either 'amount' or 'segments'");
    } else if (place.has("segments")) {
      add_segments(place, dose, doses);
    } else {
      add_amount(place, dose, doses);
    }
  }

  static void add_amount(Reader place, RegimenDose dose, std::vector<RegimenDose>& doses) {
    dose.amount = positive(place["amount"], &amount<DrugMass, DosePerBody>, "a dose");
    if (place.has("over") && place.has("rate")) place.fault("a dose has 'over' or 'rate', not both");
    if (place.has("over")) dose.over = time(place["over"], false);
    if (place.has("rate")) dose.rate = positive(place["rate"], &rate_amount, "a rate");
    doses.push_back(std::move(dose));
  }

  // Stretches of one infusion; a pause lies between two, or is a stretch at rate zero.
  static void add_segments(Reader place, const RegimenDose& whole, std::vector<RegimenDose>& doses) {
    for (const char* key : {"over", "rate", "steady_state"}) {
      if (place.has(key)) place.fault(fmt::format("'{}' does not go with 'segments'", key));
    }
    Duration end;
    bool any = false;
    for (Reader each : place["segments"].items(1)) {
      if (!each.object({"rate", "for"}, {"from"})) continue;
      RegimenDose segment = whole;
      const Duration from = each.has("from") ? time(each["from"], true) : end;
      if (!(from >= end)) each["from"].fault("begins before the segment before it ends");
      segment.at = whole.at + from;
      segment.rate = rate_amount(each["rate"]);
      segment.over = time(each["for"], false);
      end = from + *segment.over;
      if (segment.rate->value == Decimal{0}) continue;
      doses.push_back(std::move(segment));
      any = true;
    }
    if (!any) place["segments"].fault("no segment gives anything");
  }

  [[nodiscard]] std::size_t route(Reader place) const {
    const std::string id = place.name();
    if (const auto known = structure_.route(id)) return *known;
    std::string ids;
    for (const auto& each : structure_.model().routes) ids += (ids.empty() ? "" : ", ") + each.id;
    if (!id.empty())
      place.fault(fmt::format("model {} has no route '{}'; it has {}", structure_.model().id, id, ids));
    return 0;
  }

  static void repeat(Reader place, RegimenDose& dose) {
    if (!place.object({"every", "total"})) return;
    dose.interval = time(place["every"], false);
    const auto before = place.faults();
    const int total = place["total"].integer(1, most_doses);
    if (place.faults() != before) return;
    dose.additional = total - 1;
    if (total == 1 && !dose.steady)
      place["total"].fault("1 dose in all is not repeated; at least 2, or 1 with a steady state");
  }

  const pkpd::Structure& structure_;
};

// In mg or mg/h.
Result<double> resolved(const RegimenAmount& amount, std::optional<BodyMass> weight, std::string_view unit) {
  const double value = amount.value.to_double();
  if (!amount.per_kg) return value;
  if (weight && *weight > BodyMass{} && is_finite(*weight)) return value * weight->in(units::kg);
  return Error{ErrorCode::invalid_input, "",
               fmt::format("{} {} needs a body weight, which is not known", amount.value.to_string(), unit)};
}

Result<pkpd::TimedDose> dose_for(const RegimenDose& dose, std::optional<BodyMass> weight) {
  pkpd::DoseSpec spec;
  spec.route = dose.route;
  spec.additional = dose.additional;
  spec.interval = dose.interval;
  spec.steady = dose.steady ? pkpd::SteadyState::adds : pkpd::SteadyState::none;
  const auto amount_mg = dose.amount ? resolved(*dose.amount, weight, "mg/kg") : Result<double>{0.0};
  if (!amount_mg) return amount_mg.error();
  const auto rate_mg_h = dose.rate ? resolved(*dose.rate, weight, "mg/kg/h") : Result<double>{0.0};
  if (!rate_mg_h) return rate_mg_h.error();
  spec.amount = *amount_mg * units::mg;
  if (dose.over) spec.duration = *dose.over;
  if (!dose.amount) {
    spec.amount = *rate_mg_h * (units::mg / units::h) * spec.duration;
  } else if (dose.rate) {
    spec.duration = *amount_mg / *rate_mg_h * units::h;
  }
  if (dose.over || dose.rate) {
    spec.form = pkpd::DoseForm::over_duration;
    if (!(Duration{} < spec.duration && spec.duration <= longest)) {
      return Error{ErrorCode::invalid_input, "",
                   fmt::format("{} mg at {} mg/h takes {} h; allowed: above 0 to {} h", *amount_mg,
                               *rate_mg_h, spec.duration.in(units::h), longest.in(units::h))};
    }
  }
  return pkpd::TimedDose{dose.at, spec};
}

}  // namespace

Result<Regimen, Errors> read_regimen(std::string_view text, const pkpd::Structure& structure) {
  const auto tree = json::parse(text);
  if (!tree) return tree.error();
  Errors faults;
  Regimen regimen = RegimenReader{structure}.read(Reader{*tree, faults});
  if (!faults.empty()) return faults;
  return regimen;
}

bool needs_weight(const Regimen& regimen) {
  return std::ranges::any_of(regimen.doses, [](const RegimenDose& dose) {
    return (dose.amount && dose.amount->per_kg) || (dose.rate && dose.rate->per_kg);
  });
}

Result<std::vector<pkpd::TimedDose>> doses_for(const Regimen& regimen, std::optional<BodyMass> weight) {
  std::vector<pkpd::TimedDose> doses;
  for (const RegimenDose& dose : regimen.doses) {
    auto made = dose_for(dose, weight);
    if (!made) return made.error();
    doses.push_back(*std::move(made));
  }
  return doses;
}

}  // namespace evenkeel::exchange
