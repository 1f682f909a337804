#include "report/html.hpp"

#include "report/document.hpp"
#include "report/dose_parts.hpp"
#include "report/help_parts.hpp"
#include "report/html_sections.hpp"
#include "report/individual_parts.hpp"

namespace evenkeel::report {
namespace {

constexpr std::string_view contents =
    "<nav aria-label=\"Contents\"><a href=\"#findings\">Findings</a> <a href=\"#exposure\">Exposure</a> "
    "<a href=\"#scores\">Scores</a> <a href=\"#pressure\">Blood pressure</a> <a href=\"#course\">Course</a> "
    "<a href=\"#gaps\">Missing or set aside</a></nav>\n";

}  // namespace

std::string to_html(const assess::Assessment& assessment) {
  Html page = banner(assessment);
  page += Html{"<main>\n"};
  page += level_and_actions(assessment);
  page += Html{std::string(contents)};
  page += findings_section(assessment);
  page += help_section(assessment);
  page += exposure_section(assessment);
  if (assessment.next_dose) page += next_dose_html(*assessment.next_dose);
  if (!assessment.no_next_dose_because.empty())
    page += html("<section id=\"next-dose\"><h2>Next dose</h2><p class=\"refusal\">{}</p></section>\n",
                 assessment.no_next_dose_because);
  page += scores_section(assessment);
  page += pressure_section(assessment);
  page += course_section(assessment);
  page += gaps_section(assessment);
  page += sources_section(assessment);
  page += Html{"</main>\n"};
  page += footer(assessment);
  return document(
      fmt::format("Patient {}, {} UTC: Evenkeel", assessment.patient, minute_text(assessment.now)),
      std::string(style_sheet()) + std::string(model_style_sheet()) + std::string(individual_style_sheet()),
      page);
}

}  // namespace evenkeel::report
