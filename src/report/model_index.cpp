// The library's models beside each other.

#include <algorithm>
#include <optional>
#include <vector>

#include "report/diagram_graph.hpp"
#include "report/document.hpp"
#include "report/model_page.hpp"
#include "report/model_sections.hpp"
#include "report/plot_lines.hpp"
#include "report/typical_curve.hpp"

namespace evenkeel::report {
namespace {

using pkpd::Model;

constexpr double shown_h = 4.0;

struct Group {
  std::string title;
  std::vector<const Model*> models;
};

bool general(const Model& model) {
  return std::ranges::find(model.dosed, pkpd::Moiety::unspecified) != model.dosed.end();
}

// What is preferred stands first in its group; otherwise by id.
std::vector<Group> grouped(std::span<const Model> models) {
  std::vector<Group> groups{{"Of ketamine", {}},
                            {"Of ketamine, used only when named", {}},
                            {"Of no drug in particular: parameters come from the user", {}}};
  for (const Model& model : models)
    groups[general(model) ? 2U : model.on_request ? 1U : 0U].models.push_back(&model);
  for (Group& group : groups) {
    std::ranges::sort(group.models, [](const Model* a, const Model* b) {
      return a->preferred != b->preferred ? a->preferred : a->id < b->id;
    });
  }
  return groups;
}

std::string spread_words(const Model& model) {
  if (model.variability.blocks.empty()) return "none: a typical person only";
  return model.variability.note.empty() ? "its own" : "with reservations";
}

Html rows_of(const Group& group) {
  if (group.models.empty()) return {};
  Table table{group.title, {{"Model", false, true}, {"Predicts"}, {"Routes"}, {"For"}, {"Spread"}}};
  for (const Model* model : group.models) {
    std::vector<std::string> routes;
    for (const auto& route : model->routes) routes.push_back(id_words(route.id));
    const Html first = model->preferred ? html(" <span class=\"tag\">first choice for {}</span>",
                                               id_words(pkpd::moiety_text(model->dosed.front())))
                                        : Html{};
    table.row({html("<a href=\"{0}.html\">{0}</a>{1}<small>{2}</small>", model->id, first, model->title),
               predicted_words(*model), joined(routes, ", "),
               html("<span class=\"formula\">{}<small>{}</small></span>", ages_words(*model),
                    weights_words(*model)),
               spread_words(*model)});
  }
  return table.finish();
}

struct Yardstick {
  const Model* model;
  TypicalCurve curve;
  std::string person;
  pkpd::Peak peak;
};

// The first route's curve, of the models that have one.
std::vector<Yardstick> yardsticks(const std::vector<Group>& groups) {
  std::vector<Yardstick> found;
  for (const Group& group : groups) {
    for (const Model* model : group.models) {
      const TypicalPerson person = typical_person(*model);
      auto curves = typical_curves(*model, person);
      if (!curves || curves->empty() || general(*model)) continue;
      const auto peak = curves->front().trajectory.peak(Duration{}, shown_h * units::h);
      found.push_back({model, std::move(curves->front()), person.words, peak});
    }
  }
  return found;
}

Html small_plot(const Yardstick& y, double top, std::size_t index) {
  constexpr int points = 121;
  LinePlot plot;
  plot.id = fmt::format("yardstick-{}", index);
  plot.title = y.model->title;
  plot.description =
      fmt::format("{}, {}: highest {} ng/mL", dose_words(y.curve), y.person, ng_per_mL_text(y.peak.value));
  plot.width = 250.0;
  plot.height = 170.0;
  plot.until_h = shown_h;
  plot.top = top;
  plot.unit = fmt::format("{}: {} ng/mL", y.model->id, ng_per_mL_text(y.peak.value));
  PlotLine line{{}, {}, "curve s1"};
  for (int i = 0; i < points; ++i) {
    line.times_h.push_back(shown_h * i / (points - 1));
    line.values.push_back(
        y.curve.trajectory.concentration(line.times_h.back() * units::h).in(units::ng / units::mL));
  }
  plot.lines = {std::move(line)};
  plot.doses = {{0.0, y.curve.length.in(units::h)}};
  return draw(plot);
}

Table yardstick_table(const std::vector<Yardstick>& all) {
  Table table{"Highest concentration of the first output",
              {{"Model"}, {"Dose"}, {"Person"}, {"Highest, ng/mL", true}, {"after", true}}};
  for (const Yardstick& y : all)
    table.row(
        {y.model->id, dose_words(y.curve), y.person, ng_per_mL_text(y.peak.value), duration_text(y.peak.at)});
  return table;
}

Html yardstick_section(const std::vector<Group>& groups) {
  const auto all = yardsticks(groups);
  if (all.empty()) return {};
  double top = 0.0;
  for (const Yardstick& y : all) top = std::max(top, y.peak.value.in(units::ng / units::mL));
  Html plots;
  for (std::size_t i = 0; i < all.size(); ++i) plots += small_plot(all[i], 1.04 * top, i);
  return html(
      "<section aria-labelledby=\"yardstick-h\">\n<h2 id=\"yardstick-h\">The same dose by each model</h2>\n"
      "<p>0.5 mg/kg over 40 min for each model's typical person, plasma concentration of its first output, "
      "and its highest value. Arterial, venous, racemic and esketamine values are not to be compared with "
      "each other.</p>\n<figure><div class=\"multiples yardsticks\">{}</div>{}</figure>\n</section>\n",
      plots, data_table(yardstick_table(all)));
}

}  // namespace

std::string model_index(std::span<const Model> models) {
  const auto groups = grouped(models);
  Html tables;
  for (const Group& group : groups) tables += rows_of(group);
  const Html body = html(
      "<header>\n<p class=\"over\">Evenkeel: the library</p>\n<h1>Pharmacokinetic models</h1>\n"
      "<p class=\"lead\">Every model with its numbers, their sources and its known defects. No model stands "
      "in "
      "for another: they hold for different drugs, vessels and persons.</p>\n</header>\n<main>\n"
      "<section class=\"of-models\" aria-labelledby=\"models-h\">\n<h2 "
      "id=\"models-h\">Models</h2>\n{}</section>\n{}</main>\n",
      tables, yardstick_section(groups));
  return document("Pharmacokinetic models: Evenkeel",
                  std::string(style_sheet()) + std::string(model_style_sheet()), body);
}

}  // namespace evenkeel::report
