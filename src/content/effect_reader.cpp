// content/effects/: see schema.json in that folder for the form.

#include "content/estimated_reader.hpp"
#include "content/readers.hpp"

namespace evenkeel::content {
namespace {

using json::Reader;
using pkpd::Effect;

// A moiety that somebody can be given or have measured.
pkpd::Moiety read_moiety(Reader place) {
  const std::string text = place.text(60);
  const auto moiety = pkpd::moiety_from_text(text);
  if (moiety && *moiety != pkpd::Moiety::unspecified) return *moiety;
  if (!text.empty()) place.fault(fmt::format("'{}' is not a moiety that an effect is read from", text));
  return pkpd::Moiety::unspecified;
}

pkpd::Pairing read_pairing(Reader place, const Header& header) {
  pkpd::Pairing pairing;
  if (!place.object({"moiety", "site", "models", "any_model", "source", "label"}, {"note"})) return pairing;
  pairing.moiety = read_moiety(place["moiety"]);
  constexpr std::pair<std::string_view, std::optional<pkpd::SamplingSite>> sites[] = {
      {"arterial", pkpd::SamplingSite::arterial},
      {"venous", pkpd::SamplingSite::venous},
      {"not_seen", std::nullopt}};
  pairing.site = place["site"].one_of(sites);
  for (Reader each : place["models"].items()) pairing.models.push_back(each.name());
  pairing.any_model = place["any_model"].boolean();
  if (pairing.models.empty() && !pairing.any_model)
    place.fault("without a model, and without any, nothing could be read");
  pairing.from = read_provenance(place, header);
  return pairing;
}

pkpd::Delay read_delay(Reader place, const Header& header) {
  enum class Kind { not_seen, none_found, half_life, time_to_peak };
  constexpr std::pair<std::string_view, Kind> kinds[] = {{"not_seen", Kind::not_seen},
                                                         {"none_found", Kind::none_found},
                                                         {"half_life", Kind::half_life},
                                                         {"time_to_peak", Kind::time_to_peak}};
  if (!place.has("kind")) {
    static_cast<void>(place.object({"kind"}));
    return {};
  }
  switch (place["kind"].one_of(kinds)) {
    case Kind::not_seen:
      static_cast<void>(place.object({"kind"}));
      return pkpd::DelayNotSeen{};
    case Kind::none_found:
      if (!place.object({"kind", "source", "label"}, {"note"})) return {};
      return pkpd::NoDelay{read_provenance(place, header)};
    case Kind::half_life:
      if (!place.object({"kind", "half_life"})) return {};
      return pkpd::DelayHalfLife{read_estimated<Duration>(place["half_life"], header)};
    case Kind::time_to_peak:
      if (!place.object({"kind", "time_to_peak"})) return {};
      return pkpd::DelayToPeak{read_estimated<Duration>(place["time_to_peak"], header)};
  }
  return {};
}

Sourced<Concentration> read_level(Reader place, const Header& header) {
  return without_interval(place, read_estimated<Concentration>(place, header));
}

pkpd::Form read_share_of_rise(Reader place, const Header& header) {
  if (!place.object({"kind", "from", "to"})) return {};
  const pkpd::ShareOfRise form{read_level(place["from"], header), read_level(place["to"], header)};
  if (!(form.from.value < form.to.value)) place.fault("'from' is not below 'to'");
  return form;
}

pkpd::Form read_sigmoid_emax(Reader place, const Header& header, std::string_view unit) {
  constexpr std::pair<std::string_view, bool> directions[] = {{"falls", true}, {"rises", false}};
  if (!place.object({"kind", "baseline", "largest", "direction", "c50", "gamma"})) return {};
  pkpd::SigmoidEmax form;
  form.baseline = without_interval(place["baseline"], read_estimate(place["baseline"], header, unit));
  form.largest = read_estimate(place["largest"], header, "1");
  form.falls = place["direction"].one_of(directions);
  form.c50 = read_estimated<Concentration>(place["c50"], header);
  form.gamma = without_interval(place["gamma"], read_estimate(place["gamma"], header, "1"));
  if (form.falls && !(form.largest.high() <= 1.0))
    place["largest"].fault("nothing falls by more than the whole baseline");
  return form;
}

pkpd::Form read_half_maximal(Reader place, const Header& header) {
  if (!place.object({"kind", "c50"}, {"largest"})) return {};
  pkpd::HalfMaximal form;
  form.c50 = read_estimated<Concentration>(place["c50"], header);
  if (!place.has("largest")) return form;
  WrittenEstimate largest = read_written(place["largest"], header);
  form.largest = std::move(largest.number);
  form.largest_unit = std::move(largest.unit);
  return form;
}

pkpd::Form read_anchor(Reader place, const Header& header, std::string_view unit) {
  if (!place.object({"kind", "at_none", "level", "at_level"})) return {};
  pkpd::Anchor form;
  form.at_none = place["at_none"].number(0.0, 1e9);
  form.level = read_estimated<Concentration>(place["level"], header);
  form.at_level = read_estimate(place["at_level"], header, unit);
  if (!(form.at_none < form.at_level.low()))
    place.fault("what is seen at the level is not above what is seen without drug");
  return form;
}

pkpd::Form read_occupancy(Reader place, const Header& header) {
  if (!place.object({"kind", "unbound", "ic50", "molar_mass"})) return {};
  pkpd::Occupancy form{
      read_estimate(place["unbound"], header, "1"), read_estimate(place["ic50"], header, "nmol/L"),
      without_interval(place["molar_mass"], read_estimate(place["molar_mass"], header, "g/mol"))};
  if (!(form.unbound.high() <= 1.0)) place["unbound"].fault("more than all of it cannot be unbound");
  return form;
}

pkpd::Form read_described(Reader place, const Header& header) {
  if (!place.object({"kind", "low", "high", "peak_at", "lasts", "source", "label"}, {"note"})) return {};
  pkpd::Described form;
  const auto size = Interval<double>::make(place["low"].number(-1e9, 1e9), place["high"].number(-1e9, 1e9));
  if (!size) place.fault(size.error().what);
  if (size) form.size = *size;
  const auto duration = [&](std::string_view key) {
    return without_interval(place[key], read_estimated<Duration>(place[key], header)).value;
  };
  form.peak_at = duration("peak_at");
  form.lasts = duration("lasts");
  form.from = read_provenance(place, header);
  return form;
}

enum class Kind {
  share_of_rise,
  sigmoid_emax,
  half_maximal,
  anchor,
  occupancy,
  site_concentration,
  described
};

// What the unit of the value is where the form fixes it; empty: the file says.
std::string_view unit_of(Kind kind) {
  switch (kind) {
    case Kind::share_of_rise:
    case Kind::occupancy:
      return "1";
    case Kind::half_maximal:
      return "C/C50";
    case Kind::site_concentration:
      return "ng/mL";
    case Kind::sigmoid_emax:
    case Kind::anchor:
    case Kind::described:
      return "";
  }
  return "";
}

pkpd::Form read_form(Kind kind, Reader place, const Header& header, std::string_view unit) {
  switch (kind) {
    case Kind::share_of_rise:
      return read_share_of_rise(place, header);
    case Kind::sigmoid_emax:
      return read_sigmoid_emax(place, header, unit);
    case Kind::half_maximal:
      return read_half_maximal(place, header);
    case Kind::anchor:
      return read_anchor(place, header, unit);
    case Kind::occupancy:
      return read_occupancy(place, header);
    case Kind::site_concentration:
      static_cast<void>(place.object({"kind"}));
      return pkpd::SiteConcentration{};
    case Kind::described:
      return read_described(place, header);
  }
  return {};
}

void read_what_it_does(Reader& top, const Header& header, Effect& effect) {
  constexpr std::pair<std::string_view, Kind> kinds[] = {
      {"share_of_rise", Kind::share_of_rise}, {"sigmoid_emax", Kind::sigmoid_emax},
      {"half_maximal", Kind::half_maximal},   {"anchor", Kind::anchor},
      {"occupancy", Kind::occupancy},         {"site_concentration", Kind::site_concentration},
      {"described", Kind::described}};
  auto form = top["form"];
  if (!form.has("kind")) {
    static_cast<void>(form.object({"kind"}));
    return;
  }
  const auto told = form.faults();
  const Kind kind = form["kind"].one_of(kinds);
  if (form.faults() != told) return;
  const auto unit = unit_of(kind);
  if (!unit.empty() && !effect.unit.empty() && effect.unit != unit)
    top["unit"].fault(fmt::format("'{}' where this form gives '{}'", effect.unit, unit));
  effect.form = read_form(kind, form, header, effect.unit);
}

}  // namespace

Result<Effect, Errors> read_effect(std::string_view text) {
  return read_file<Effect>(text, [](Reader& top) {
    Effect effect;
    static_cast<void>(
        top_keys(top, {"endpoint", "unit", "population", "pairing", "delay", "form", "caveats"}));
    const Header header = read_header(top, "effect");
    effect.id = header.id;
    effect.version = header.version;
    effect.status = header.status;
    effect.title = header.title;
    effect.sources = header.sources;
    effect.endpoint = top["endpoint"].text(300);
    effect.unit = top["unit"].text(20);
    effect.population = top["population"].text(300);
    effect.pairing = read_pairing(top["pairing"], header);
    effect.delay = read_delay(top["delay"], header);
    read_what_it_does(top, header, effect);
    for (Reader place : top["caveats"].items()) effect.caveats.push_back(place.text(600));
    return effect;
  });
}

}  // namespace evenkeel::content
