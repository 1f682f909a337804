#include <algorithm>

#include "report/document.hpp"
#include "report/patient_parts.hpp"

namespace evenkeel::report {
namespace {

// Larger letters and shorter lines than a clinician's page; on paper one sheet or two.
constexpr std::string_view css = R"css(
body{max-width:44rem;font-size:1.125rem;line-height:1.55}
h2{font-size:1.35rem;color:var(--data)}
main li{margin:.4rem 0}
sup{font-size:.75em;line-height:0}
sup a{text-decoration:none;padding:0 .1em}
.line{border:1px solid var(--rule);border-left:6px solid var(--data);border-radius:3px;margin:.8rem 0;
  padding:.6rem .9rem;break-inside:avoid}
.line h3{margin:0}
.line p{margin:.15rem 0}
.dial{font-size:1.5rem;font-weight:650;font-variant-numeric:tabular-nums}
.dial a{display:inline-block;padding:.25rem 0;overflow-wrap:normal}
.old{color:var(--warn);font-weight:600}
.none{border-left:6px solid var(--warn);padding:.4rem .9rem}
.footing-list{font-size:.875rem;color:var(--quiet);padding-left:1.8rem}
.footing-list li{margin:.5rem 0}
.footing-list b{color:var(--ink)}
@media print{html{font-size:10pt}body{font-size:10pt;line-height:1.4}.line{padding:.3rem .7rem}.dial{font-size:13pt}
  .footing-list{font-size:7.4pt;columns:2;column-gap:1.6rem}.footing-list li{margin:.2rem 0;break-inside:avoid}
  section{margin-top:.8rem;padding-top:.5rem;break-inside:auto}main li{margin:.15rem 0}}
)css";

Html marks(const std::vector<std::size_t>& numbers) {
  Html all;
  for (const std::size_t number : numbers) {
    all += html("{0}<a href=\"#note-{1}\" aria-label=\"note {1}\">{1}</a>", Html{all.empty() ? "" : ", "},
                number);
  }
  return all.empty() ? Html{} : html("<sup>{}</sup>", all);
}

// What a telephone dials: the digits, and a plus at the front.
std::string dialled(const std::string& number) {
  std::string digits;
  for (const char c : number) {
    if ((c >= '0' && c <= '9') || (c == '+' && digits.empty())) digits += c;
  }
  return digits;
}

Html line_box(const PatientPageQuestion& q, const watch::HelpLine& line) {
  std::vector<std::string> more{line.hours};
  more.insert(more.end(), line.others.begin(), line.others.end());
  const Html languages = line.languages.empty() ? Html{} : html("<p>{}</p>", joined(line.languages, ", "));
  const Checked seen = checked(q, line);
  return html(
      "<div class=\"line\"><h3>{}</h3><p>{}</p><p class=\"dial\"><a href=\"tel:{}\">{}</a></p><p>{}</p>{}"
      "<p class=\"{}\">{}</p></div>\n",
      line.name, line.purpose, dialled(line.number), line.number, joined(more, "; "), languages,
      Html{seen.old ? "old" : "fine"}, seen.words);
}

Html lines_part(const PatientPageQuestion& q) {
  const auto places = places_shown(q);
  if (places.empty()) return html("<p class=\"none\">{}</p>\n", q.lines.none_verified);
  Html all;
  for (const watch::Place* place : places) {
    all += html("<h3>{}</h3>\n", place->name);
    for (const watch::HelpLine& line : place->lines) all += line_box(q, line);
  }
  return all;
}

Html section_part(const PatientPageQuestion& q, const Footing& footing, const watch::PlainSection& section) {
  Html sentences;
  for (const watch::PlainSentence& sentence : section.sentences) {
    const Html words = html("{}{}", sentence.text, marks(footing.numbers(sentence)));
    sentences += section.listed ? html("<li>{}</li>\n", words) : html("{} ", words);
  }
  return html("<section id=\"{0}\" aria-labelledby=\"{0}-h\">\n<h2 id=\"{0}-h\">{1}</h2>\n{2}{3}</section>\n",
              section.id, section.title,
              section.listed ? html("<ul>{}</ul>\n", sentences) : html("<p>{}</p>\n", sentences),
              section.shows_lines ? lines_part(q) : Html{});
}

Html foot(const PatientPageQuestion& q, const Footing& footing) {
  Html notes;
  for (std::size_t i = 0; i < footing.entries().size(); ++i) {
    const watch::Evidence& entry = *footing.entries()[i];
    std::vector<std::string> cited;
    for (const auto& [key, citation] : entry.sources) cited.push_back(citation);
    notes += html("<li id=\"note-{}\"><b>{}.</b> {} {}</li>\n", i + 1, entry.title, standing(entry),
                  joined(cited, "; "));
  }
  return html(
      "<footer>\n<h2>What this rests on</h2>\n<ol class=\"footing-list\">{}</ol>\n<p class=\"fine\">Page {} "
      "({}), {}. It does not replace a talk with your clinician.</p>\n</footer>\n",
      notes, q.page.version, q.page.status, day_text(q.now));
}

}  // namespace

std::string patient_page_html(const PatientPageQuestion& q) {
  const Footing footing{q};
  Html body = html("<header>\n<h1>{}</h1>\n</header>\n<main>\n", q.page.title);
  for (const watch::PlainSection& section : q.page.sections) body += section_part(q, footing, section);
  body += Html{"</main>\n"};
  body += foot(q, footing);
  return document(q.page.title, std::string(style_sheet()) + std::string(css), body);
}

}  // namespace evenkeel::report
