#include <algorithm>

#include "report/document.hpp"
#include "report/page.hpp"
#include "report/study_plots.hpp"
#include "report/study_report.hpp"
#include "report/study_sections.hpp"
#include "report/study_words.hpp"

namespace evenkeel::report {
namespace study {
namespace {

using namespace cohort;

constexpr std::string_view contents =
    "<nav aria-label=\"Contents\"><a href=\"#short\">In short</a> <a href=\"#people\">Arms and people</a> "
    "<a href=\"#exposure\">Exposure</a> <a href=\"#levels\">Levels</a> <a href=\"#noticing\">Signs "
    "noticed</a> "
    "<a href=\"#alarms\">False alarms</a> <a href=\"#lead\">Lead before harm</a> "
    "<a href=\"#differences\">What evaluations missed cost</a> <a href=\"#rules\">Rules</a> "
    "<a href=\"#assumptions\">Assumptions</a> <a href=\"#limits\">Limits</a></nav>\n";

Html fact(std::string_view name, const std::string& value, const std::string& detail = "") {
  return html("<div><dt>{}</dt><dd>{}{}</dd></div>\n", name, value,
              detail.empty() ? Html{} : html("<small>{}</small>", detail));
}

Html first_lines(const Study& study) {
  return html(
      "<div class=\"first\"><dl>\n<dt>Measured</dt><dd>{}</dd>\n<dt>Assumed</dt><dd>{}</dd>\n"
      "<dt>Not said</dt><dd><strong>{}</strong></dd>\n</dl></div>\n",
      measured(study), assumed(study), not_said());
}

Html header(const StudyReport& report) {
  const Study& study = report.result.study;
  return html(
      "<header>\n<p class=\"over\">Evenkeel: a study in the virtual clinic</p>\n<h1>{}</h1>\n{}"
      "<p class=\"lead\">{}</p>\n<dl class=\"facts\">\n{}{}{}{}</dl>\n</header>\n",
      study.title, first_lines(study), study.question,
      fact("Simulated patients", fmt::format("{}", study.patients), "the same ones in each arm"),
      fact("Time", fmt::format("{} weeks", study.weeks)), fact("Arms", fmt::format("{}", study.arms.size())),
      fact("Seed", fmt::format("{}", study.seed), fmt::format("study {} {}", study.id, study.version)));
}

Html short_section(const StudyResult& result) {
  std::vector<Html> said;
  for (const std::string& sentence : in_short(result)) said.push_back(html("{}", sentence));
  return section("short", "In short", about_intervals(), bullet_list(said));
}

Html people_section(const StudyResult& result) {
  Table arms{"The arms: the same simulated people live in each",
             {{"Arm"}, {"What it is", false, true}, {"Who looks"}}};
  for (const Arm& arm : result.study.arms)
    arms.row({arm.id, arm.title, is_watched(arm) ? "the rules, at each visit" : "nobody"});
  Table people{"How they behave",
               {{"Behaviour"},
                {"What it is", false, true},
                {"To the rules"},
                {"Status"},
                {"Patients in an arm", true}}};
  for (std::size_t b = 0; b < result.study.behaviours.size(); ++b) {
    const Behaviour& each = result.study.behaviours[b];
    people.row({each.id, each.title, std::string(truth_words(each.truth)), each.status,
                fmt::format("{}", result.arms.front().by_behaviour[b].patients)});
  }
  return section(
      "people", "Arms and people",
      "Who is compared with whom, and what each simulated patient does. Rivals look like a sign and "
      "are none: they are what false alarms are measured on.",
      arms.finish() + people.finish());
}

Html limits_section(const StudyReport& report) {
  const Study& study = report.result.study;
  std::vector<Html> limits;
  for (const std::string& sentence : study.assumed) limits.push_back(html("{}", sentence));
  limits.push_back(html("{}", not_said()));
  std::vector<Html> sources;
  for (const auto& [key, citation] : study.sources) sources.push_back(html("<b>{}</b>: {}", key, citation));
  const Html cited =
      sources.empty() ? Html{} : Html{"<h3>Sources</h3>\n"} + bullet_list(sources, "columns fine");
  return section("limits", "What this study takes for granted", "Before a result is used, read these.",
                 bullet_list(limits) + cited);
}

}  // namespace

Html section(std::string_view id, std::string_view title, std::string_view look_for, const Html& body) {
  return html(
      "<section id=\"{0}\" aria-labelledby=\"{0}-h\">\n<h2 id=\"{0}-h\">{1}</h2>\n"
      "<p class=\"look\">{2}</p>\n{3}</section>\n",
      id, title, look_for, body);
}

}  // namespace study

std::string study_page(const StudyReport& report) {
  using namespace study;
  const cohort::StudyResult& result = report.result;
  const Html body = header(report) + Html{"<main>\n"} + Html{std::string(contents)} + short_section(result) +
                    people_section(result) + exposure_section(result) + levels_section(result) +
                    noticing_section(result) + alarms_section(result) + lead_section(result) +
                    differences_section(result) + rules_section(result) +
                    assumptions_section(report.sensitivity) + limits_section(report) +
                    html("</main>\n<footer>\n<p>{}</p>\n</footer>\n", report.program);
  return document(result.study.title + ": Evenkeel",
                  std::string(style_sheet()) + std::string(model_style_sheet()) + std::string(style()), body);
}

}  // namespace evenkeel::report
