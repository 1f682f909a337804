#include "report/content_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/overloaded.hpp"
#include "report/content_entry.hpp"

namespace evenkeel::report {
namespace {

std::string_view covariate_words(pkpd::Covariate covariate) {
  switch (covariate) {
    case pkpd::Covariate::weight:
      return "weight in kg";
    case pkpd::Covariate::age:
      return "age in years";
    case pkpd::Covariate::asian:
      return "Asian";
    case pkpd::Covariate::japanese:
      return "Japanese";
  }
  return "";
}

std::string effect_words(const pkpd::CovariateEffect& effect, pkpd::Dimension dimension) {
  constexpr std::string_view canonical_units[] = {"L/h", "L", "1/h", "", "h", "mg/h"};  // as Dimension
  const auto unit = canonical_units[static_cast<std::size_t>(dimension)];
  return std::visit(Overloaded{[](const pkpd::PowerEffect& e) {
                                 return fmt::format("times ({} / {:g})^{:g} {}", covariate_words(e.covariate),
                                                    e.reference, e.exponent, tagged(e.from));
                               },
                               [&](const pkpd::SlopeEffect& e) {
                                 return fmt::format("plus {:g} {} times ({} - {:g}) above {:g} {}",
                                                    e.per_unit, unit, covariate_words(e.covariate), e.above,
                                                    e.above, tagged(e.from));
                               },
                               [](const pkpd::GroupEffect& e) {
                                 return fmt::format("times {:g} when {} {}", e.factor,
                                                    covariate_words(e.covariate), tagged(e.from));
                               }},
                    effect);
}

void show_parameters(const pkpd::Model& m, Page& page) {
  page.heading("Parameters");
  for (const auto& p : m.parameters) {
    if (!p.value) {
      row(page, p.name, fmt::format("in {}, given by the user. {}", p.unit, p.from.note));
      continue;
    }
    const std::string error =
        p.standard_error && *p.value > 0.0
            ? fmt::format(" (standard error {:g})", *p.standard_error / *p.value * p.value_as_given)
            : "";
    const std::string unit = p.unit == "1" ? "" : " " + p.unit;
    row(page, p.name, fmt::format("{:g}{}{} {}", p.value_as_given, unit, error, tagged(p.from)));
    for (const auto& effect : p.effects) page.item("      ", effect_words(effect, p.dimension), 8);
  }
}

// ", fraction F1 (1 - F2)"; nothing where there is no factor.
std::string factor_words(std::string_view what, const std::vector<pkpd::Factor>& factors) {
  if (factors.empty()) return "";
  std::string words = fmt::format(", {}", what);
  for (const auto& factor : factors) {
    std::string product;
    for (const auto& name : factor.product) product += (product.empty() ? "" : " ") + name;
    words += factor.complement ? " (1 - " + product + ")" : " " + product;
  }
  return words;
}

void show_structure(const pkpd::Model& m, Page& page) {
  page.heading("Routes");
  const auto named = [](std::string_view what, const std::string& name) {
    return name.empty() ? "" : fmt::format(", {} {}", what, name);
  };
  for (const auto& route : m.routes) {
    for (const auto& path : route.paths) {
      row(page, route.id,
          "into " + path.compartment + factor_words("fraction", path.fraction) + named("lag", path.lag) +
              named("over", path.over) + named("modelled duration", path.modelled_duration) +
              named("modelled rate", path.modelled_rate));
    }
  }
  page.heading("Flows");
  for (const auto& f : m.flows) {
    const std::string rate = !f.rate.empty()        ? "rate " + f.rate
                             : !f.clearance.empty() ? "clearance " + f.clearance
                                                    : fmt::format("rate {} / {}", f.stages, f.mean_time);
    row(page, f.from + " -> " + (f.to.empty() ? "out" : f.to),
        rate + factor_words("fraction", f.fraction) + factor_words("yield", f.yield));
  }
  page.heading("Outputs");
  for (const auto& o : m.outputs) {
    row(page, o.id,
        o.moiety == pkpd::Moiety::unspecified ? fmt::format("what was dosed, compartment {}", o.compartment)
                                              : fmt::format("{} {}, compartment {}", pkpd::site_text(o.site),
                                                            pkpd::moiety_text(o.moiety), o.compartment));
  }
}

std::string block_words(const pkpd::RandomBlock& block) {
  std::string words;
  for (std::size_t i = 0; i < block.parameters.size(); ++i) {
    const auto distribution = block.distributions[i];
    const auto k = static_cast<Eigen::Index>(i);
    words += fmt::format("{}{} {} variance {:g}", i == 0 ? "" : "; ", block.parameters[i],
                         distribution == pkpd::Distribution::log_normal     ? "log-normal"
                         : distribution == pkpd::Distribution::logit_normal ? "logit-normal"
                                                                            : "normal",
                         block.covariance(k, k));
    for (Eigen::Index j = 0; j < k; ++j) {
      words += fmt::format(", covariance with {} {:g}", block.parameters[static_cast<std::size_t>(j)],
                           block.covariance(k, j));
    }
  }
  return words;
}

void show_variability(const pkpd::Variability& v, Page& page) {
  page.heading("Variability");
  if (!v.note.empty()) page.item("  ", v.note, 2);
  if (v.blocks.empty() && v.residuals.empty() && v.note.empty()) page.line("  none known");
  for (const auto& block : v.blocks) {
    row(page, block.level == pkpd::Level::subject ? "between subjects" : "between occasions",
        block_words(block) + " " + tagged(block.from));
  }
  for (const auto& r : v.residuals) {
    std::string parts;
    if (r.log_sd > 0.0) parts += fmt::format("log-normal SD {:g} ", r.log_sd);
    if (r.proportional_sd > 0.0) parts += fmt::format("proportional SD {:g} ", r.proportional_sd);
    if (r.additive_sd > Concentration{}) parts += fmt::format("additive SD {} ", in_best_unit(r.additive_sd));
    row(page, "residual of " + r.output, parts + tagged(r.from));
  }
}

void show_domain(const pkpd::Domain& domain, Page& page) {
  page.heading("Domain");
  if (const auto& weight = domain.weight) {
    row(page, "weight",
        fmt::format("{:g} to {:g} kg {}", weight->value.low().in(units::kg),
                    weight->value.high().in(units::kg), tagged(weight->from)));
  }
  if (const auto& age = domain.age_years) {
    row(page, "age",
        fmt::format("{:g} to {:g} years {}", age->value.low(), age->value.high(), tagged(age->from)));
  }
  if (!domain.weight && !domain.age_years) page.line("  whatever the user's parameters stand for");
}

std::string show(const pkpd::Model& m, Page page) {
  heading(m, "model", page);
  page.item("", m.title, 0);
  if (m.on_request) page.line("Used only on request, by its name.");
  for (const auto& alias : m.aliases) page.line("Also called " + alias);
  show_parameters(m, page);
  show_structure(m, page);
  show_variability(m.variability, page);
  page.heading("Reference levels");
  if (m.levels.empty()) page.line("  none published for this drug and site");
  for (const auto& level : m.levels) {
    row(page, level.name,
        fmt::format("{} to {} {}", in_best_unit(level.from.value), in_best_unit(level.to),
                    tagged(level.from.from)));
  }
  show_domain(m.domain, page);
  page.heading("Known defects and open questions");
  for (const auto& caveat : m.caveats) page.item("  - ", caveat, 4);
  sources(m.sources, page);
  return page.take();
}

std::string show(const watch::Rule& r, Page page) {
  heading(r, "rule", page);
  page.item("", r.title, 0);
  row(page, "rests on", tagged(r.basis));
  for (const auto& [role, id] : r.instruments) row(page, "reads " + role, id);
  page.heading("Thresholds");
  for (const auto& t : r.thresholds)
    row(page, t.name, fmt::format("{:g} {} {}", t.value, t.unit, tagged(t.from)));
  page.heading("What else could explain it");
  page.item("  ", r.rival, 2);
  page.heading("Next");
  page.item("  ", r.next_step, 2);
  page.heading("Evidence");
  for (const auto& id : r.evidence) page.line("  " + id);
  sources(r.sources, page);
  return page.take();
}

// Calls `each(kind, entry)` for every entry of the library.
template <class Each>
void for_all(const assess::Library& library, Each&& each) {
  for (const auto& m : library.models) each("model", m);
  for (const auto& e : library.effects) each("effect", e);
  for (const auto& i : library.interactions) each("interaction", i);
  for (const auto& p : library.protocols) each("protocol", p);
  for (const auto& i : library.instruments) each("instrument", i);
  for (const auto& r : library.rules) each("rule", r);
  for (const auto& c : library.criteria) each("criteria", c);
  for (const auto& p : library.pathways) each("pathway", p);
  for (const auto& l : library.help_lines) each("help lines", l);
  for (const auto& p : library.patient_pages) each("page", p);
  for (const auto& e : library.evidence) each("evidence", e);
}

}  // namespace

std::string list_text(const assess::Library& library, Behaviours behaviours) {
  Page page{false};
  const auto line = [&](const char* kind, const auto& entry) {
    page.line(fmt::format("{:<11} {:<28} {:<6} {}", kind, entry.id, entry.version, entry.status));
    page.item("            ", entry.title, 12);
  };
  for_all(library, line);
  for (const cohort::Behaviour& behaviour : behaviours) line("behaviour", behaviour);
  page.blank();
  page.line("One of them whole: evenkeel content show ID");
  return page.take();
}

Result<std::string> show_text(const assess::Library& library, std::string_view id, Behaviours behaviours) {
  std::optional<std::string> found;
  std::string similar;
  if (const auto* model = assess::find_model(library.models, id)) found = show(*model, Page{false});
  const auto look = [&](const char*, const auto& entry) {
    if (!found && entry.id == id) found = show(entry, Page{false});
    const bool close = entry.id.find(id) != std::string::npos || entry.title.find(id) != std::string::npos;
    if (close) similar += (similar.empty() ? "" : ", ") + entry.id;
  };
  for_all(library, look);
  for (const cohort::Behaviour& behaviour : behaviours) look("behaviour", behaviour);
  if (found) return *found;
  return Error{ErrorCode::not_found, std::string(id),
               "no entry has this id; " +
                   (similar.empty() ? "see: evenkeel content list" : "did you mean " + similar + "?")};
}

}  // namespace evenkeel::report
