#include "report/html.hpp"

#include "report/html_sections.hpp"

namespace evenkeel::report {
namespace {

constexpr std::string_view policy =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

Html head(const assess::Assessment& a) {
  return html(
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" "
      "content=\"no-referrer\">\n"
      "<title>Patient {}, {} UTC: Evenkeel</title>\n<style>\n{}</style>\n</head>\n",
      Html{std::string(policy)}, a.patient, minute_text(a.now), Html{std::string(style_sheet())});
}

constexpr std::string_view contents =
    "<nav aria-label=\"Contents\"><a href=\"#findings\">Findings</a> <a href=\"#exposure\">Exposure</a> "
    "<a href=\"#scores\">Scores</a> <a href=\"#pressure\">Blood pressure</a> <a href=\"#course\">Course</a> "
    "<a href=\"#gaps\">Missing or set aside</a></nav>\n";

}  // namespace

std::string to_html(const assess::Assessment& assessment) {
  Html page = head(assessment);
  page += Html{"<body>\n"};
  page += banner(assessment);
  page += Html{"<main>\n"};
  page += level_and_actions(assessment);
  page += Html{std::string(contents)};
  page += findings_section(assessment);
  page += exposure_section(assessment);
  page += scores_section(assessment);
  page += pressure_section(assessment);
  page += course_section(assessment);
  page += gaps_section(assessment);
  page += sources_section(assessment);
  page += Html{"</main>\n"};
  page += footer(assessment);
  page += Html{"</body>\n</html>\n"};
  return std::move(page.markup);
}

}  // namespace evenkeel::report
