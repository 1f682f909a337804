#include "pkpd/read_out.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "base/overloaded.hpp"
#include "pkpd/effect_site.hpp"

namespace evenkeel::pkpd {
namespace {

constexpr auto ng_mL = units::ng / units::mL;

std::optional<Interval<double>> between(double one, double other) {
  const auto interval = Interval<double>::make(std::min(one, other), std::max(one, other));
  return interval ? std::optional{*interval} : std::nullopt;
}

double hill(Concentration c, Concentration c50, double gamma) {
  return 1.0 / (1.0 + std::pow(c50 / c, gamma));
}

std::optional<EffectValue> value(const ShareOfRise& form, Concentration c) {
  const Concentration from = form.from.value;
  const Concentration to = form.to.value;
  if (!(from <= c && c <= to)) return std::nullopt;
  return EffectValue{(c - from) / (to - from), std::nullopt, std::nullopt};
}

std::optional<EffectValue> value(const SigmoidEmax& form, Concentration c) {
  const auto effect = [&](double largest, Concentration c50) {
    const double change = largest * hill(c, c50, form.gamma.value);
    return form.baseline.value * (form.falls ? 1.0 - change : 1.0 + change);
  };
  EffectValue read{effect(form.largest.value, form.c50.value), std::nullopt, std::nullopt};
  if (form.largest.interval || form.c50.interval)
    read.interval =
        between(effect(form.largest.high(), form.c50.low()), effect(form.largest.low(), form.c50.high()));
  return read;
}

std::optional<EffectValue> value(const HalfMaximal& form, Concentration c) {
  const double ratio = c / form.c50.value;
  const double least = ratio < 1.0 ? 0.0 : 0.5;
  const double most = ratio > 1.0 ? 1.0 : ratio > 0.0 ? 0.5 : 0.0;
  EffectValue read{ratio, std::nullopt, between(least, most)};
  if (form.c50.interval) read.interval = between(c / form.c50.high(), c / form.c50.low());
  return read;
}

std::optional<EffectValue> value(const Anchor& form, Concentration c) {
  if (!(c <= form.level.value)) return std::nullopt;
  const auto line = [&](double at_level, Concentration level) {
    return form.at_none + (at_level - form.at_none) * (c / level);
  };
  EffectValue read{line(form.at_level.value, form.level.value), std::nullopt, std::nullopt};
  if (form.at_level.interval || form.level.interval)
    read.interval =
        between(line(form.at_level.high(), form.level.low()), line(form.at_level.low(), form.level.high()));
  return read;
}

std::optional<EffectValue> value(const Occupancy& form, Concentration c) {
  const double total_nmol_L = c.in(ng_mL) / form.molar_mass_g_mol.value * 1e3;
  const auto occupied = [&](double unbound, double ic50) {
    const double free = unbound * total_nmol_L;
    return free / (free + ic50);
  };
  EffectValue read{occupied(form.unbound.value, form.ic50_nmol_L.value), std::nullopt, std::nullopt};
  if (form.unbound.interval || form.ic50_nmol_L.interval)
    read.interval = between(occupied(form.unbound.low(), form.ic50_nmol_L.high()),
                            occupied(form.unbound.high(), form.ic50_nmol_L.low()));
  return read;
}

std::optional<EffectValue> value(const SiteConcentration&, Concentration c) {
  return EffectValue{c.in(ng_mL), std::nullopt, std::nullopt};
}

std::optional<EffectValue> value(const Described&, Concentration) {
  return std::nullopt;
}

bool is_concentration(Concentration c) {
  return c >= Concentration{} && is_finite(c);
}

std::optional<EffectValue> value_at(const Form& form, Concentration c) {
  if (!is_concentration(c)) return std::nullopt;
  return std::visit([c](const auto& each) { return value(each, c); }, form);
}

std::string studied_range(const Form& form) {
  return std::visit(
      Overloaded{[](const ShareOfRise& f) {
                   return fmt::format("{:g} to {:g} ng/mL", f.from.value.in(ng_mL), f.to.value.in(ng_mL));
                 },
                 [](const Anchor& f) { return fmt::format("0 to {:g} ng/mL", f.level.value.in(ng_mL)); },
                 [](const auto&) { return std::string{"nothing"}; }},
      form);
}

std::string said_of_form(const Form& form) {
  return std::visit(
      Overloaded{
          [](const HalfMaximal&) {
            return std::string{
                "The steepness was not seen: the value is the concentration over that of half the largest "
                "effect (1 is half), not a share of the effect."};
          },
          [](const Anchor&) {
            return std::string{
                "Seen without drug and at one level; the straight line between is a proposal."};
          },
          [](const ShareOfRise&) {
            return std::string{"The slope was not seen: the value is a share of the rise, not its size."};
          },
          [](const Occupancy&) {
            return std::string{"A model-based estimate from animals, not validated in man."};
          },
          [](const auto&) { return std::string{}; }},
      form);
}

// Where each number of a form comes from.
std::vector<Provenance> origins(const Form& form) {
  return std::visit(
      Overloaded{[](const ShareOfRise& f) {
                   return std::vector{f.from.from, f.to.from};
                 },
                 [](const SigmoidEmax& f) {
                   return std::vector{f.baseline.from, f.largest.from, f.c50.from, f.gamma.from};
                 },
                 [](const HalfMaximal& f) { return std::vector{f.c50.from}; },
                 [](const Anchor& f) {
                   return std::vector{f.level.from, f.at_level.from};
                 },
                 [](const Occupancy& f) {
                   return std::vector{f.unbound.from, f.ic50_nmol_L.from, f.molar_mass_g_mol.from};
                 },
                 [](const SiteConcentration&) { return std::vector<Provenance>{}; },
                 [](const Described& f) { return std::vector{f.from}; }},
      form);
}

std::string said_of_labels(const Form& form) {
  const auto all = origins(form);
  const auto unverified =
      std::ranges::find_if(all, [](const Provenance& from) { return !is_verified(from.label); });
  return unverified == all.end() ? std::string{}
                                 : fmt::format("A number of it, from {}, is {}.", unverified->source,
                                               label_words(unverified->label));
}

std::string said_of_delay(const Delay& delay, bool own_model) {
  if (std::holds_alternative<DelayNotSeen>(delay))
    return "The delay of the effect was not seen: read as if at once, so too early.";
  if (std::holds_alternative<DelayHalfLife>(delay) && !own_model)
    return "The delay was estimated with another disposition model.";
  return {};
}

Error outside(const Effect& effect, std::string what) {
  return {ErrorCode::outside_domain, effect.id, std::move(what)};
}

std::string listed(const std::vector<std::string>& ids) {
  std::string text;
  for (const auto& id : ids) text += (text.empty() ? "" : ", ") + id;
  return text;
}

}  // namespace

Result<PairedEffect> PairedEffect::make(const Effect& effect, const Predicted& predicted) {
  const Pairing& pairing = effect.pairing;
  if (std::holds_alternative<Described>(effect.form))
    return outside(effect, "was seen after a dose, not against a concentration: it is shown, not read");
  if (predicted.moiety != pairing.moiety || predicted.moiety == Moiety::unspecified) {
    return outside(effect, fmt::format("is an effect of {}, not of {}", moiety_text(pairing.moiety),
                                       moiety_text(predicted.moiety)));
  }
  if (pairing.site && predicted.site != *pairing.site) {
    return outside(effect, fmt::format("was estimated on {} samples; {} ones differ up to twofold",
                                       site_text(*pairing.site), site_text(predicted.site)));
  }
  const bool own = std::ranges::find(pairing.models, predicted.model) != pairing.models.end();
  if (!own && !pairing.any_model) {
    return outside(effect, fmt::format("was estimated with model {}; it does not carry over to {}",
                                       listed(pairing.models), predicted.model));
  }
  std::vector<std::string> caveats = effect.caveats;
  const auto say = [&](std::string text) {
    if (!text.empty()) caveats.push_back(std::move(text));
  };
  say(said_of_form(effect.form));
  say(said_of_labels(effect.form));
  say(said_of_delay(effect.delay, own));
  if (!pairing.site)
    say("Whether the source sampled arteries or veins was not seen; they differ up to twofold.");
  if (!own) say(fmt::format("Read from model {}, which it was not estimated with.", predicted.model));
  return PairedEffect{effect, std::move(caveats)};
}

Result<EffectValue> PairedEffect::at(Concentration concentration) const {
  if (!is_concentration(concentration)) {
    return Error{ErrorCode::invalid_input, effect_.id,
                 fmt::format("a concentration of {} ng/mL cannot be", concentration.in(ng_mL))};
  }
  if (const auto read = value_at(effect_.form, concentration)) return *read;
  return outside(effect_, fmt::format("{:g} ng/mL is outside {}, which was studied", concentration.in(ng_mL),
                                      studied_range(effect_.form)));
}

std::vector<std::optional<EffectValue>> PairedEffect::along(
    std::span<const Concentration> concentrations) const {
  std::vector<std::optional<EffectValue>> values;
  values.reserve(concentrations.size());
  for (const Concentration each : concentrations) values.push_back(value_at(effect_.form, each));
  return values;
}

EffectSystem with_delay(const Effect& effect, LinearSystem system, std::size_t output, Bound bound) {
  const auto lagging = [&](double ke0) {
    LinearSystem extended = with_effect_site(system, output, ke0);
    const std::size_t last = extended.outputs.size() - 1;
    return EffectSystem{std::move(extended), last};
  };
  return std::visit(Overloaded{[&](const DelayHalfLife& delay) {
                                 return lagging(std::numbers::ln2 / delay.half_life.of(bound).in(units::h));
                               },
                               [&](const DelayToPeak& delay) {
                                 return lagging(ke0_per_h(system, output, delay.time_to_peak.of(bound)));
                               },
                               [&](const auto&) {
                                 return EffectSystem{std::move(system), output};
                               }},
                    effect.delay);
}

}  // namespace evenkeel::pkpd
