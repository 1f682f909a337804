// content/help/patient-page.json: see patient-page.schema.json in that folder for the form.

#include "content/plain_words.hpp"
#include "content/readers.hpp"
#include "content/sourced.hpp"

namespace evenkeel::content {
namespace {

using json::Reader;
using watch::PatientPage;
using watch::PlainSection;
using watch::PlainSentence;

std::string read_plain(Reader place, std::size_t longest) {
  std::string words = place.text(longest);
  if (names_a_percentage(words)) place.fault("a percentage; no page gives one to a patient");
  if (names_a_dose(words)) place.fault("an amount of a drug; this page names none");
  if (blames(words)) place.fault("a word that blames a person");
  return words;
}

PlainSentence read_sentence(Reader place) {
  constexpr std::pair<std::string_view, bool> kinds[] = {{"fact", true}, {"advice", false}};
  PlainSentence sentence;
  if (!place.object({"text", "kind"}, {"evidence"})) return sentence;
  auto text = place["text"];
  sentence.text = read_plain(text, 300);
  sentence.fact = place["kind"].one_of(kinds);
  if (place.has("evidence")) {
    for (Reader id : place["evidence"].items(1)) sentence.evidence.push_back(id.name());
  } else if (sentence.fact) {
    text.fault("a sentence that states a fact cites evidence");
  } else if (has_digit(sentence.text)) {
    text.fault("a sentence with a number in it cites evidence");
  }
  return sentence;
}

PlainSection read_section(Reader place) {
  PlainSection section;
  if (!place.object({"id", "title", "sentences"}, {"listed", "shows_lines"})) return section;
  section.id = place["id"].name();
  section.title = read_plain(place["title"], 120);
  if (place.has("listed")) section.listed = place["listed"].boolean();
  if (place.has("shows_lines")) section.shows_lines = place["shows_lines"].boolean();
  for (Reader sentence : place["sentences"].items(1)) section.sentences.push_back(read_sentence(sentence));
  return section;
}

}  // namespace

Result<PatientPage, Errors> read_patient_page(std::string_view text) {
  return read_file<PatientPage>(text, [](Reader& top) {
    PatientPage page;
    const bool whole = top_keys(top, {"sections"});
    const Header header = read_header(top, "patient-page");
    page.id = header.id;
    page.version = header.version;
    page.status = header.status;
    page.title = header.title;
    page.sources = header.sources;
    for (Reader place : top["sections"].items(1)) {
      PlainSection section = read_section(place);
      if (!section.id.empty() &&
          std::ranges::find(page.sections, section.id, &PlainSection::id) != page.sections.end())
        place["id"].fault(fmt::format("'{}' is there twice", section.id));
      page.sections.push_back(std::move(section));
    }
    if (whole && std::ranges::count(page.sections, true, &PlainSection::shows_lines) != 1)
      top["sections"].fault("the help lines stand in one section: shows_lines");
    return page;
  });
}

}  // namespace evenkeel::content
