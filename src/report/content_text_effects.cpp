// An effect or an interaction whole, for content_text.cpp.

#include "base/overloaded.hpp"
#include "report/content_entry.hpp"

namespace evenkeel::report {
namespace {

std::string interval_words(const std::string& low_to_high, const std::string& kind) {
  return fmt::format(" ({}, {})", low_to_high, kind);
}

// "127 ng/mL (84 to 191 ng/mL, interquartile range) [V, jonkman-2018]"
template <class Q>
std::string estimate(const pkpd::Estimated<Q>& value) {
  std::string text = in_best_unit(value.value);
  if (value.interval)
    text +=
        interval_words(in_best_unit(value.low()) + " to " + in_best_unit(value.high()), value.interval_is);
  return text + " " + tagged(value.from);
}

std::string estimate(const pkpd::Estimated<double>& value, std::string_view unit) {
  const std::string suffix = unit.empty() || unit == "1" ? "" : " " + std::string(unit);
  std::string text = fmt::format("{:g}{}", value.value, suffix);
  if (value.interval)
    text +=
        interval_words(fmt::format("{:g} to {:g}{}", value.low(), value.high(), suffix), value.interval_is);
  return text + " " + tagged(value.from);
}

std::string estimate(const Sourced<double>& value, std::string_view unit) {
  return estimate(pkpd::Estimated<double>{value.value, value.from, std::nullopt, {}}, unit);
}

void show_form(const pkpd::Form& form, const std::string& unit, Page& page) {
  page.heading("Form");
  std::visit(
      Overloaded{
          [&](const pkpd::ShareOfRise& f) {
            page.line("  E = (C - from) / (to - from), refused outside");
            row(page, "from", number(f.from));
            row(page, "to", number(f.to));
          },
          [&](const pkpd::SigmoidEmax& f) {
            page.line(fmt::format("  E = baseline (1 {} largest C^gamma / (C50^gamma + C^gamma))",
                                  f.falls ? '-' : '+'));
            row(page, "baseline", estimate(f.baseline, unit));
            row(page, "largest", estimate(f.largest, ""));
            row(page, "C50", estimate(f.c50));
            row(page, "gamma", estimate(f.gamma, ""));
          },
          [&](const pkpd::HalfMaximal& f) {
            page.line("  E = C / C50: half of the largest effect at 1; the steepness was not seen");
            row(page, "C50", estimate(f.c50));
            if (f.largest) row(page, "largest", estimate(*f.largest, f.largest_unit));
          },
          [&](const pkpd::Anchor& f) {
            page.line("  between no drug and the level a straight line, a proposal; refused above");
            row(page, "without drug", fmt::format("{:g} {}", f.at_none, unit));
            row(page, "at " + in_best_unit(f.level.value), estimate(f.at_level, unit));
            row(page, "level", estimate(f.level));
          },
          [&](const pkpd::Occupancy& f) {
            page.line("  E = Cu / (Cu + IC50); not validated in man");
            row(page, "unbound share", estimate(f.unbound, ""));
            row(page, "IC50", estimate(f.ic50_nmol_L, "nmol/L"));
            row(page, "molar mass", estimate(f.molar_mass_g_mol, "g/mol"));
          },
          [&](const pkpd::SiteConcentration&) { page.line("  E = the concentration at the effect site"); },
          [&](const pkpd::Described& f) {
            page.line("  seen after a dose, not against a concentration: shown, not read");
            row(page, "size",
                fmt::format("{:g} to {:g} {} {}", f.size.low(), f.size.high(), unit, tagged(f.from)));
            row(page, "peak at", in_best_unit(f.peak_at));
            row(page, "lasts", in_best_unit(f.lasts));
          }},
      form);
}

std::string delay_words(const pkpd::Delay& delay) {
  return std::visit(
      Overloaded{
          [](const pkpd::DelayNotSeen&) { return std::string{"not seen: read as if at once"}; },
          [](const pkpd::NoDelay& d) { return "looked for and not found " + tagged(d.from); },
          [](const pkpd::DelayHalfLife& d) { return "half-life " + estimate(d.half_life); },
          [](const pkpd::DelayToPeak& d) { return "peak after a bolus at " + estimate(d.time_to_peak); }},
      delay);
}

void show_pairing(const pkpd::Pairing& pairing, Page& page) {
  page.heading("Read from");
  std::string models;
  for (const auto& id : pairing.models) models += (models.empty() ? "" : ", ") + id;
  row(page, "moiety", pkpd::moiety_text(pairing.moiety));
  row(page, "sampling site", pairing.site ? pkpd::site_text(*pairing.site) : "not seen in the source");
  row(page, "estimated with", models.empty() ? "a model that was not seen" : models);
  row(page, "other models", pairing.any_model ? "may be read, and it is said" : "refused");
  row(page, "source", tagged(pairing.from));
}

void show_remarks(const std::vector<pkpd::Remark>& remarks, Page& page) {
  for (const auto& remark : remarks) page.item("  - ", remark.text + " " + tagged(remark.from), 4);
}

std::string_view acts_on_words(pkpd::ActsOn acts_on) {
  switch (acts_on) {
    case pkpd::ActsOn::gut_and_liver:
      return "first pass through gut and liver";
    case pkpd::ActsOn::liver:
      return "the liver";
    case pkpd::ActsOn::effect:
      return "the effect; concentrations do not change";
  }
  return "";
}

}  // namespace

std::string show(const pkpd::Effect& effect, Page page) {
  heading(effect, "effect", page);
  page.item("", effect.title, 0);
  row(page, "measured", effect.endpoint);
  row(page, "unit of the value", effect.unit);
  row(page, "studied in", effect.population);
  show_form(effect.form, effect.unit, page);
  row(page, "delay", delay_words(effect.delay));
  show_pairing(effect.pairing, page);
  page.heading("Said with every value");
  for (const auto& caveat : effect.caveats) page.item("  - ", caveat, 4);
  sources(effect.sources, page);
  return page.take();
}

std::string show(const pkpd::Interaction& interaction, Page page) {
  heading(interaction, "interaction", page);
  page.item("", interaction.title, 0);
  row(page, "with", interaction.with);
  row(page, "mechanism", interaction.mechanism);
  row(page, "acts on",
      fmt::format("{} {}", acts_on_words(interaction.acts_on.value), tagged(interaction.acts_on.from)));
  for (const auto& seen : interaction.observed) {
    page.heading(fmt::format("Seen: {} {}", seen.route, pkpd::moiety_text(seen.dosed)));
    row(page, "study", seen.study + " " + tagged(seen.from));
    row(page, "AUC, times", seen.auc_ratio ? estimate(*seen.auc_ratio, "") : "no size was seen");
    if (seen.cmax_ratio) row(page, "Cmax, times", estimate(*seen.cmax_ratio, ""));
    show_remarks(seen.also, page);
  }
  if (!interaction.remarks.empty()) page.heading("Also known");
  show_remarks(interaction.remarks, page);
  sources(interaction.sources, page);
  return page.take();
}

}  // namespace evenkeel::report
