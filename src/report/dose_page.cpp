#include <algorithm>

#include "plan/amount.hpp"
#include "report/document.hpp"
#include "report/dose_parts.hpp"
#include "report/dose_report.hpp"
#include "report/levels.hpp"
#include "report/plot_lines.hpp"

namespace evenkeel::report {
namespace {

Html section(std::string_view id, std::string_view title, const Html& body) {
  return html("<section id=\"{0}\" aria-labelledby=\"{0}-h\">\n<h2 id=\"{0}-h\">{1}</h2>\n{2}</section>\n",
              id, title, body);
}

Html texts(const std::vector<std::string>& lines, std::string_view css_class = "") {
  std::vector<Html> items;
  for (const std::string& line : lines) items.push_back(html("{}", line));
  return bullet_list(items, css_class);
}

Html no_advice(const plan::NoAdvice& none) {
  std::vector<std::string> lines;
  for (const plan::Gap& gap : none.reasons) lines.push_back(gap.sentence());
  return html("<div class=\"refusal\"><p><b>No advice</b>, because</p>\n{}</div>\n", texts(lines));
}

Html candidate_table(const plan::DoseAnswer& answer, const plan::Advice& advice) {
  std::vector<Column> columns{{"Rank", true}, {"Dose, mg", true}, {"mg/kg", true},   {"mL", true},
                              {"min", true},  {"mL/h", true},     {"Aims met", true}};
  for (const plan::ModelUsed& model : answer.models)
    columns.push_back({fmt::format("Highest, ng/mL, {}", model.model), true});
  columns.push_back({"Nearest limit"});
  Table table{
      "Candidates, the first ranked first. Highest: middle (5 to 95 %, where the model states a spread)",
      columns};
  for (std::size_t i = 0; i < advice.ranked.size(); ++i) {
    const plan::Candidate& c = advice.ranked[i];
    const auto met = std::ranges::count_if(c.aims, &plan::AimJudgement::met);
    std::vector<Cell> cells{fmt::format("{}", i + 1),
                            plan::short_text(c.delivered.mg),
                            fmt::format("{:.2f}", c.per_kg.in(units::mg / units::kg)),
                            plan::short_text(c.delivered.mL),
                            plan::short_text(c.delivered.minutes),
                            rate_words(c),
                            fmt::format("{} of {}", met, c.aims.size())};
    for (const plan::ModelPrediction& p : c.predictions) cells.emplace_back(peak_words(p));
    cells.emplace_back(fmt::format("{:.0f} % of {}", 100.0 * c.limits[c.nearest].used,
                                   plan::limit_words(c.limits[c.nearest].kind)));
    table.row(cells);
  }
  return table.finish();
}

LinePlot band_plot(const plan::DoseAnswer& answer, const plan::Candidate& c, const plan::ModelPrediction& p) {
  LinePlot plot;
  const plan::ModelUsed& model = answer.models[p.model];
  plot.id = fmt::format("band-{}", p.model);
  plot.title = fmt::format("{}: predicted concentration after {}", model.model, dose_words(c));
  plot.description = fmt::format("Highest {} ng/mL", peak_words(p));
  plot.width = 360.0;
  plot.height = 230.0;
  plot.unit = "ng/mL";
  PlotBand band;
  PlotLine middle{{}, {}, "curve s1"};
  for (std::size_t i = 0; i < c.times.size(); ++i) {
    const double at_h = c.times[i].in(units::h);
    band.times_h.push_back(at_h);
    middle.times_h.push_back(at_h);
    band.low.push_back(ng_per_mL(p.band[i].p5));
    band.high.push_back(ng_per_mL(p.band[i].p95));
    middle.values.push_back(ng_per_mL(p.band[i].p50));
  }
  plot.until_h = c.times.back().in(units::h);
  plot.top = std::max(1e-3, 1.04 * *std::ranges::max_element(band.high));
  if (model.members > 1) plot.bands = {band};
  plot.lines = {middle};
  plot.doses = {{0.0, c.delivered.minutes.to_double() / 60.0}};
  return plot;
}

Html first_candidate(const plan::DoseAnswer& answer, const plan::Candidate& c) {
  std::vector<std::string> lines{c.why};
  for (const plan::AimJudgement& aim : c.aims) lines.push_back(aim.text);
  lines.push_back("Nearest limit: " + c.limits[c.nearest].sentence());
  if (c.rise) lines.emplace_back("A rise: its recorded reason and both points of the response were found.");
  if (c.second_signature) lines.emplace_back("Two clinicians sign for this dose.");
  if (c.step_up_monitoring) lines.emplace_back("Above the low-dose band: monitoring steps up.");
  Html plots;
  for (const plan::ModelPrediction& p : c.predictions) {
    plots += html("<div><p class=\"fine\"><code>{}</code>, {}</p>{}</div>", answer.models[p.model].model,
                  basis_words(answer.models[p.model].basis), draw(band_plot(answer, c, p)));
  }
  return html("<h3>First: {}, {}</h3>\n{}<div class=\"pair\">{}</div>\n", dose_words(c), rate_words(c),
              texts(lines), plots);
}

Html limit_table(const assess::NextDose& next) {
  Table table{"The most restrictive limit of each kind",
              {{"Limit"}, {"Value", true}, {"Unit"}, {"From"}, {"Label"}, {"Source", false, true}}};
  for (const plan::Limit& limit : next.limits) {
    table.row({fmt::format("{}, {}", plan::limit_words(limit.kind),
                           plan::is_least(limit.kind) ? "at least" : "at most"),
               plan::short_text(limit.value), std::string(plan::limit_unit(limit.kind)),
               std::string(plan::origin_words(limit.origin)), std::string(label_words(limit.from.label)),
               limit.source});
  }
  return table.finish();
}

Html what_if_table(const assess::NextDose& next) {
  if (!next.what_if) return html("<p>{}</p>\n", next.no_what_if_because);
  Table table{"Side by side, over the models",
              {{"What if"},
               {"Highest, ng/mL, over models", true},
               {"Models", true},
               {"What it would need", false, true}}};
  for (const plan::WhatIfRow& row : next.what_if->rows) {
    std::string needs = row.refused ? "Refused: " + row.refused->why : joined(row.conditions, " ");
    if (needs.empty()) needs = "nothing more";
    if (row.over_models.empty()) table.row({row.words, "not predicted", "none", needs});
    for (const auto& over : row.over_models) {
      table.row({fmt::format("{} ({} {})", row.words, pkpd::site_text(over.of.site),
                             pkpd::moiety_text(over.of.moiety)),
                 range_text(ng_per_mL(over.peak.low), ng_per_mL(over.peak.high)),
                 fmt::format("{}", over.models.size()), needs});
    }
  }
  return table.finish() + Html{
                              "<p class=\"fine\">From the lowest 5 % to the highest 95 % over the models "
                              "that read the same drug at "
                              "the same site. Models differ, so there is no one number.</p>\n"};
}

Html how(const assess::NextDose& next) {
  std::vector<std::string> lines = next.notes;
  for (const auto& model : next.not_asked)
    lines.push_back(fmt::format("Not asked: {}: {}", model.model, model.why));
  lines.insert(lines.end(), next.answer.workings.begin(), next.answer.workings.end());
  for (const auto& model : next.answer.models) {
    for (const std::string& caveat : model.caveats) lines.push_back(model.model + ": " + caveat);
  }
  std::string versions;
  for (const auto& [id, version] : next.answer.versions)
    versions += (versions.empty() ? "" : ", ") + id + " " + version;
  return texts(lines, "columns") + html(
                                       "<p class=\"fine\">Seed {}. Versions: {}. The same record, content, "
                                       "site file and seed give the same "
                                       "bytes.</p>\n",
                                       next.answer.seed, versions);
}

}  // namespace

Html next_dose_html(const assess::NextDose& next) {
  Html candidates = html(
      "<p class=\"fine\">For {} UTC. Candidates for a clinician to weigh; no dose is ordered by this.</p>\n",
      moment(next.start));
  if (const auto* none = std::get_if<plan::NoAdvice>(&next.answer.outcome)) candidates += no_advice(*none);
  if (const auto* advice = std::get_if<plan::Advice>(&next.answer.outcome)) {
    candidates += texts(next.answer.aims, "aims");
    if (advice->ranked.empty()) {
      candidates += Html{"<p class=\"refusal\">Every candidate was refused.</p>\n"};
    } else {
      candidates +=
          first_candidate(next.answer, advice->ranked.front()) + candidate_table(next.answer, *advice);
    }
    const std::vector<std::string> refused = refusal_sentences(advice->refused);
    if (!refused.empty()) candidates += html("<h3>Refused</h3>\n{}", texts(refused));
  }
  return section("next-dose", "Next dose", candidates) +
         section("limits", "Limits that bind", limit_table(next)) +
         section("what-if", "What if", what_if_table(next)) +
         section("questions", "What a careful prescriber would ask next", texts(next.answer.questions)) +
         section("how", "How this was made", how(next));
}

std::string dose_page(const assess::Assessment& a) {
  Html body = html(
      "<header>\n<p class=\"over\">Evenkeel: the next dose</p>\n<h1>Patient {}</h1>\n<p class=\"asof\">As of "
      "{} UTC. "
      "Decision support: a clinician decides. No pump is controlled, no dose is given at "
      "home.</p>\n</header>\n"
      "<main>\n",
      a.patient, moment(a.now));
  body += a.next_dose ? next_dose_html(*a.next_dose)
                      : html("<p class=\"refusal\">{}</p>\n", a.no_next_dose_because);
  body += Html{"</main>\n"};
  return document(fmt::format("Patient {}: next dose: Evenkeel", a.patient),
                  std::string(style_sheet()) + std::string(model_style_sheet()), body);
}

}  // namespace evenkeel::report
