// What is not in the assessment, and what it was made with.

#include "report/html_sections.hpp"

namespace evenkeel::report {
namespace {

using assess::Assessment;

std::string_view code_words(ErrorCode code) {
  switch (code) {
    case ErrorCode::invalid_input:
      return "not valid";
    case ErrorCode::not_found:
      return "unknown name";
    case ErrorCode::outside_domain:
      return "outside the domain";
    case ErrorCode::storage:
      return "could not be read";
    case ErrorCode::stale:
      return "out of date";
    case ErrorCode::not_permitted:
      return "not permitted";
  }
  return "";
}

Html set_aside_table(const Assessment& a) {
  if (a.set_aside.empty()) return Html{"<p>No line of the record was set aside.</p>\n"};
  Table table{"Set aside: in none of the above",
              {{"Line"}, {"Event"}, {"Field"}, {"Why", false, true}, {"Kind"}}};
  for (const assess::SetAside& aside : a.set_aside) {
    table.row({aside.line > 0 ? fmt::format("{}", aside.line) : std::string("no line"),
               aside.event.empty() ? Html{"not readable"} : html("<code>{}</code>", aside.event),
               aside.error.where.empty() ? Html{"not named"} : html("<code>{}</code>", aside.error.where),
               aside.error.what, std::string(code_words(aside.error.code))});
  }
  return table.finish();
}

// Contacts, reviews and symptoms that stand in no other part.
Html entries_table(const Assessment& a) {
  if (a.entries.empty()) return {};
  Table table{"Also in the record", {{"When"}, {"Event"}, {"What", false, true}}};
  for (const assess::Entry& entry : a.entries) {
    table.row({moment(entry.at), html("<code>{}</code>", entry.event), entry.text});
  }
  return table.finish();
}

}  // namespace

Html gaps_section(const Assessment& a) {
  std::vector<Html> missing;
  for (const std::string& item : a.missing) missing.push_back(html("{}", item));
  const Html absent = missing.empty() ? Html{"<p>Nothing that was looked for is missing or old.</p>\n"}
                                      : bullet_list(missing, "columns");
  const Html later = a.not_yet_known == 0 ? Html{"none was recorded later"}
                                          : html("<b>{}</b> recorded later and not used", a.not_yet_known);
  return html(
      "<section id=\"gaps\" aria-labelledby=\"gaps-h\">\n<h2 id=\"gaps-h\">Missing, old or set aside</h2>\n"
      "{}{}{}<p>{} event(s) were known at {} UTC; {}.</p>\n</section>\n",
      absent, set_aside_table(a), entries_table(a), a.events, minute_text(a.now), later);
}

Html sources_section(const Assessment& a) {
  if (a.evidence.empty()) return {};
  Html list;
  for (const assess::CitedEvidence& entry : a.evidence) {
    list += html("<li id=\"src-{}\"><b>{}</b> {}, {}: {}</li>\n", entry.id, entry.id, entry.version,
                 entry.label, joined(entry.sources, "; "));
  }
  return html(
      "<section id=\"sources\" aria-labelledby=\"sources-h\">\n<h2 id=\"sources-h\">Where the evidence comes "
      "from</h2>\n<ul class=\"columns fine\">{}</ul>\n</section>\n",
      list);
}

Html footer(const Assessment& a) {
  Html versions;
  for (const auto& [id, version] : a.versions) versions += html("<li>{}&nbsp;{}</li>\n", id, version);
  return html(
      "<footer>\n<p><b>Intended use.</b> Evenkeel is decision support for clinicians who give ketamine under "
      "supervision: it is neither a monitor nor an alarm, and a clinician decides. A finding asks for a look "
      "and is no diagnosis, and no percentage of addiction is predicted for a patient.</p>\n"
      "<h2>Made with</h2>\n<ul class=\"versions\">{}</ul>\n<p>Printed as of {} UTC, patient "
      "<bdi>{}</bdi>.</p>"
      "\n</footer>\n",
      versions, minute_text(a.now), a.patient);
}

}  // namespace evenkeel::report
