// Every number of a model with its source, and how persons, occasions and assays differ from it.

#include <algorithm>
#include <cmath>
#include <map>

#include "base/overloaded.hpp"
#include "report/footnotes.hpp"
#include "report/model_sections.hpp"

namespace evenkeel::report {
namespace {

using pkpd::Model;
using pkpd::Parameter;

std::string unit_text(const Parameter& p) {
  return p.unit == "1" ? "" : " " + p.unit;
}

std::string_view covariate_words(pkpd::Covariate covariate) {
  switch (covariate) {
    case pkpd::Covariate::weight:
      return "weight";
    case pkpd::Covariate::age:
      return "age";
    case pkpd::Covariate::asian:
      return "Asian";
    case pkpd::Covariate::japanese:
      return "Japanese";
  }
  return "";
}
std::string_view covariate_unit(pkpd::Covariate covariate) {
  return covariate == pkpd::Covariate::weight ? "kg" : "years";
}

const Provenance& from_of(const pkpd::CovariateEffect& effect) {
  return std::visit([](const auto& each) -> const Provenance& { return each.from; }, effect);
}

// Slopes add to the value, so they come first; powers and groups multiply the sum.
Html slopes(const Parameter& p, double unit) {
  Html sum;
  for (const auto& effect : p.effects) {
    const auto* slope = std::get_if<pkpd::SlopeEffect>(&effect);
    if (slope == nullptr) continue;
    sum += html(" {} {:g}{} × ({} − {:g}) above {:g} {}", slope->per_unit < 0.0 ? "−" : "+",
                std::abs(slope->per_unit * unit), unit_text(p), covariate_words(slope->covariate),
                slope->above, slope->above, covariate_unit(slope->covariate));
  }
  return sum;
}

Html factor(const pkpd::CovariateEffect& effect) {
  return std::visit(Overloaded{[](const pkpd::PowerEffect& e) {
                                 const Html ratio = html(" × ({} / {:g} {})", covariate_words(e.covariate),
                                                         e.reference, covariate_unit(e.covariate));
                                 return e.exponent == 1.0 ? ratio
                                                          : ratio + html("<sup>{:g}</sup>", e.exponent);
                               },
                               [](const pkpd::SlopeEffect&) { return Html{}; },
                               [](const pkpd::GroupEffect& e) {
                                 return html(" × {:g} if {}", e.factor, covariate_words(e.covariate));
                               }},
                    effect);
}

// "95.2 L/h × (weight / 70 kg)^0.75"
Html formula(const Parameter& p) {
  if (p.effects.empty() && !p.per_body_mass) return Html{"<span class=\"formula\">the same for all</span>"};
  const double unit = p.value && *p.value != 0.0 ? p.value_as_given / *p.value : 1.0;
  Html base = p.value ? html("{:g}{}", p.value_as_given, unit_text(p)) : html("{}", p.name);
  if (p.per_body_mass) base += Html{" × weight"};
  const Html more = slopes(p, unit);
  const bool multiplied = std::ranges::any_of(
      p.effects, [](const auto& effect) { return !std::holds_alternative<pkpd::SlopeEffect>(effect); });
  Html out = base + more;
  if (!more.empty() && multiplied) out = html("({})", out);
  for (const auto& effect : p.effects) out += factor(effect);
  return html("<span class=\"formula\">{}</span>", out);
}

std::string standard_error(const Parameter& p) {
  if (!p.standard_error || !p.value || !(*p.value > 0.0)) return "not given";
  const double share = *p.standard_error / *p.value;
  return fmt::format("{:.3g} ({:.2g} %)", share * p.value_as_given, 100.0 * share);
}

// "otto-2021, seen in a secondary source"
Html from_words(const Provenance& from) {
  return html("{}<small>{}</small>", from.source, label_words(from.label));
}

// What must be known about a parameter beside its number: its own note, and where effects come from
// elsewhere than it.
std::vector<std::string> notes_on(const Parameter& p) {
  std::vector<std::string> notes;
  const auto add = [&](std::string note) {
    if (!note.empty() && std::ranges::find(notes, note) == notes.end()) notes.push_back(std::move(note));
  };
  add(p.from.note);
  for (const auto& effect : p.effects) {
    const Provenance& from = from_of(effect);
    const bool elsewhere = from.source != p.from.source || from.label != p.from.label;
    if (elsewhere) {
      add("Covariate effect: " + label_note(from));
    } else {
      add(from.note);
    }
  }
  return notes;
}

Html parameter_table(const Model& model) {
  Table table{
      "Every number, with its source",
      {{"Name"}, {"Typical value", true}, {"Standard error", true}, {"For a person"}, {"From"}, {"Remarks"}}};
  Footnotes notes;
  for (const Parameter& p : model.parameters) {
    const std::string value = p.value ? fmt::format("{:g}{}", p.value_as_given, unit_text(p))
                                      : "given by the user" + (p.unit == "1" ? "" : ", " + p.unit);
    table.row({html("{}", p.name), value, standard_error(p), formula(p),
               p.value ? from_words(p.from) : Html{"the model's user"}, notes.marks(notes_on(p))});
  }
  return table.finish() + notes.finish();
}

// The spread of one parameter at both levels.
struct Spread {
  std::string subjects = "none";
  std::string occasions = "none";
  std::string distribution;
  Html from;
  std::vector<std::string> notes;
};

// exp(eta) with eta ~ N(0, w^2): CV = sqrt(e^(w^2) - 1).
std::string spread_text(double variance, pkpd::Distribution distribution, const Parameter* parameter) {
  switch (distribution) {
    case pkpd::Distribution::log_normal:
      return fmt::format("{:.3g} %", 100.0 * std::sqrt(std::expm1(variance)));
    case pkpd::Distribution::logit_normal:
      return fmt::format("SD {:.3g} on the logit", std::sqrt(variance));
    case pkpd::Distribution::normal:
      break;
  }
  const double unit = parameter != nullptr && parameter->value && *parameter->value != 0.0
                          ? parameter->value_as_given / *parameter->value
                          : 1.0;
  return fmt::format("SD {:.3g}{}", std::sqrt(variance) * unit,
                     parameter == nullptr ? "" : unit_text(*parameter));
}

std::string_view distribution_words(pkpd::Distribution distribution) {
  switch (distribution) {
    case pkpd::Distribution::log_normal:
      return "log-normal";
    case pkpd::Distribution::logit_normal:
      return "logit-normal";
    case pkpd::Distribution::normal:
      return "normal";
  }
  return "";
}

void add_block(const Model& model, const pkpd::RandomBlock& block, std::map<std::string, Spread>& spreads,
               std::vector<std::string>& order) {
  for (std::size_t i = 0; i < block.parameters.size(); ++i) {
    const std::string& name = block.parameters[i];
    if (!spreads.contains(name)) order.push_back(name);
    Spread& spread = spreads[name];
    const auto parameter = std::ranges::find(model.parameters, name, &Parameter::name);
    const auto k = static_cast<Eigen::Index>(i);
    const std::string text = spread_text(block.covariance(k, k), block.distributions[i],
                                         parameter == model.parameters.end() ? nullptr : &*parameter);
    (block.level == pkpd::Level::subject ? spread.subjects : spread.occasions) = text;
    spread.distribution = std::string(distribution_words(block.distributions[i]));
    if (spread.from.empty()) spread.from = from_words(block.from);
    if (!block.from.note.empty()) {
      spread.notes.push_back((block.level == pkpd::Level::occasion ? "Between occasions: " : "") +
                             block.from.note);
    }
  }
}

std::vector<Html> correlations(const pkpd::Variability& variability) {
  std::vector<Html> found;
  for (const auto& block : variability.blocks) {
    for (std::size_t i = 0; i < block.parameters.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        const auto a = static_cast<Eigen::Index>(i);
        const auto b = static_cast<Eigen::Index>(j);
        const double covariance = block.covariance(a, b);
        if (covariance == 0.0) continue;
        found.push_back(html("{} with {}, between {}: {:.2f}", block.parameters[j], block.parameters[i],
                             block.level == pkpd::Level::subject ? "subjects" : "occasions",
                             covariance / std::sqrt(block.covariance(a, a) * block.covariance(b, b))));
      }
    }
  }
  return found;
}

Html spread_table(const Model& model) {
  std::map<std::string, Spread> spreads;
  std::vector<std::string> order;
  for (const auto& block : model.variability.blocks) add_block(model, block, spreads, order);
  if (order.empty()) return {};
  Table table{"How persons differ",
              {{"Parameter"},
               {"Between persons", true},
               {"Between occasions", true},
               {"Distribution"},
               {"From"},
               {"Remarks"}}};
  Footnotes notes;
  for (const std::string& name : order) {
    const Spread& s = spreads.at(name);
    table.row({name, s.subjects, s.occasions, s.distribution, s.from, notes.marks(s.notes)});
  }
  const auto pairs = correlations(model.variability);
  const Html correlated =
      pairs.empty() ? Html{} : html("<h3>Correlations</h3>\n{}", bullet_list(pairs, "footnotes"));
  return table.finish() + Html{"<p class=\"fine\">Percentages are coefficients of variation.</p>\n"} +
         notes.finish() + correlated;
}

Html residual_table(const Model& model) {
  if (model.variability.residuals.empty()) return {};
  Table table{"Residual error: how a measured concentration differs from the predicted one",
              {{"Output"},
               {"Proportional", true},
               {"Added", true},
               {"On the logarithm", true},
               {"From"},
               {"Remarks"}}};
  Footnotes notes;
  for (const auto& r : model.variability.residuals) {
    const double added = r.additive_sd.in(units::ng / units::mL);
    table.row(
        {html("{}", r.output),
         r.proportional_sd > 0.0 ? fmt::format("{:.3g} %", 100.0 * r.proportional_sd) : std::string("none"),
         added > 0.0 ? fmt::format("SD {:.3g} ng/mL", added) : std::string("none"),
         r.log_sd > 0.0 ? fmt::format("SD {:.3g}", r.log_sd) : std::string("none"), from_words(r.from),
         r.from.note.empty() ? std::string("none") : notes.mark(r.from.note)});
  }
  return table.finish() + notes.finish();
}

}  // namespace

Html parameters_section(const Model& model) {
  return html(
      "<section id=\"parameters\" aria-labelledby=\"parameters-h\">\n<h2 "
      "id=\"parameters-h\">Parameters</h2>\n"
      "{}</section>\n",
      parameter_table(model));
}

Html variability_section(const Model& model) {
  const pkpd::Variability& v = model.variability;
  Html body = v.note.empty() ? Html{} : html("<p>{}</p>\n", v.note);
  body += spread_table(model) + residual_table(model);
  if (v.blocks.empty() && v.residuals.empty())
    body += Html{
        "<p>The library holds no spread for this model: it predicts a typical person only, and persons "
        "differ.</p>\n"};
  return html(
      "<section id=\"variability\" aria-labelledby=\"variability-h\">\n<h2 id=\"variability-h\">Variability"
      "</h2>\n{}</section>\n",
      body);
}

}  // namespace evenkeel::report
