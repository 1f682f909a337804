#include "report/model_page.hpp"

#include <algorithm>

#include "report/diagram.hpp"
#include "report/diagram_graph.hpp"
#include "report/document.hpp"
#include "report/model_sections.hpp"

namespace evenkeel::report {
namespace {

using pkpd::Model;

constexpr std::string_view contents =
    "<nav aria-label=\"Contents\"><a href=\"#defects\">Known defects</a> <a "
    "href=\"#structure\">Structure</a> "
    "<a href=\"#curves\">Typical curves</a> <a href=\"#parameters\">Parameters</a> "
    "<a href=\"#variability\">Variability</a> <a href=\"#sources\">Sources</a></nav>\n";

Html fact(std::string_view name, const std::string& value, const std::string& detail) {
  return html("<div><dt>{}</dt><dd>{}{}</dd></div>\n", name, value,
              detail.empty() ? Html{} : html("<small>{}</small>", detail));
}

template <class Range, class Words>
std::string each_once(const Range& range, std::string_view between, const Words& words) {
  std::vector<std::string> parts;
  for (const auto& each : range) {
    std::string part = words(each);
    if (std::ranges::find(parts, part) == parts.end()) parts.push_back(std::move(part));
  }
  return joined(parts, between);
}

std::string drug_words(const Model& model) {
  return each_once(model.dosed, ", ", [](pkpd::Moiety moiety) {
    return moiety == pkpd::Moiety::unspecified ? std::string("any drug")
                                               : id_words(pkpd::moiety_text(moiety));
  });
}

std::string route_words(const Model& model) {
  return each_once(model.routes, ", ", [](const pkpd::Route& route) { return id_words(route.id); });
}

Html domain_notes(const Model& model) {
  std::vector<Html> notes;
  if (model.domain.age_years) notes.push_back(html("Age: {}", label_note(model.domain.age_years->from)));
  if (model.domain.weight) notes.push_back(html("Weight: {}", label_note(model.domain.weight->from)));
  return bullet_list(notes, "footnotes");
}

Html defects_section(const Model& model) {
  std::vector<Html> items;
  for (const auto& caveat : model.caveats) items.push_back(html("{}", caveat));
  const Html list = items.empty() ? Html{"<p>None is recorded.</p>\n"} : bullet_list(items, "columns");
  return html(
      "<section id=\"defects\" aria-labelledby=\"defects-h\">\n<h2 id=\"defects-h\">Known defects and open "
      "questions</h2>\n{}</section>\n",
      list);
}

Html structure_section(const Model& model) {
  return html(
      "<section id=\"structure\" aria-labelledby=\"structure-h\">\n<h2 id=\"structure-h\">Structure</h2>\n"
      "<p>Drug leaves a compartment in proportion to its amount: at a rate constant, at a clearance over the "
      "compartment's volume, or at the number of cells over a mean time.</p>\n{}</section>\n",
      diagram(model));
}

Html sources_section(const Model& model) {
  Html list;
  for (const auto& [key, citation] : model.sources) list += html("<dt>{}</dt><dd>{}</dd>\n", key, citation);
  return html(
      "<section id=\"sources\" aria-labelledby=\"sources-h\">\n<h2 id=\"sources-h\">Sources</h2>\n"
      "<dl class=\"plan\">{}</dl>\n</section>\n",
      list);
}

}  // namespace

std::string output_words(const pkpd::Output& output) {
  if (output.moiety == pkpd::Moiety::unspecified) return output.id;
  const std::string site = output.site == pkpd::SamplingSite::unspecified
                               ? std::string("plasma")
                               : std::string(pkpd::site_text(output.site)) + " plasma";
  return id_words(pkpd::moiety_text(output.moiety)) + ", " + site;
}

std::string predicted_words(const Model& model) {
  return each_once(model.outputs, "; ", output_words);
}

std::string weights_words(const Model& model) {
  if (!model.domain.weight) return "any weight";
  const auto& range = model.domain.weight->value;
  return fmt::format("{:g} to {:g} kg", range.low().in(units::kg), range.high().in(units::kg));
}

std::string ages_words(const Model& model) {
  if (!model.domain.age_years) return "any age";
  return fmt::format("{:g} to {:g} years", model.domain.age_years->value.low(),
                     model.domain.age_years->value.high());
}

std::string use_words(const Model& model) {
  const bool general = !model.dosed.empty() && model.dosed.front() == pkpd::Moiety::unspecified;
  if (model.preferred)
    return "the first choice for " + id_words(pkpd::moiety_text(model.dosed.front())) +
           " when no model is named";
  if (general) return "when it is named, with parameters from its user";
  return model.on_request ? "only on request, when it is named" : "when it is named";
}

Html model_facts(const Model& model) {
  const std::string also =
      model.aliases.empty() ? std::string{} : ". Also called " + joined(model.aliases, ", ");
  return html("<dl class=\"facts\">\n{}{}{}{}</dl>\n{}",
              fact("Dose of", drug_words(model), "by route: " + route_words(model)),
              fact("Predicts", predicted_words(model), ""),
              fact("For", ages_words(model), weights_words(model)),
              fact("Used", use_words(model), "status: " + model.status + also), domain_notes(model));
}

std::string model_page(const Model& model) {
  const Html body = html(
      "<header>\n<p class=\"over\">Evenkeel: a pharmacokinetic model of the library</p>\n<h1>{}</h1>\n"
      "<p class=\"asof\"><code>{}</code> {}</p>\n{}</header>\n<main>\n{}{}{}{}{}{}{}</main>\n"
      "<footer><p>Generated from the library. A prediction is not a measurement, and no dose rests on it "
      "alone.</p></footer>\n",
      model.title, model.id, model.version, model_facts(model), Html{std::string(contents)},
      defects_section(model), structure_section(model), curves_section(model), parameters_section(model),
      variability_section(model), sources_section(model));
  return document(model.title + ": Evenkeel", std::string(style_sheet()) + std::string(model_style_sheet()),
                  body);
}

}  // namespace evenkeel::report
