// content/help/pathway.json: see pathway.schema.json in that folder for the form.

#include "content/plain_words.hpp"
#include "content/readers.hpp"
#include "content/sourced.hpp"

namespace evenkeel::content {
namespace {

using json::Reader;
using watch::Pathway;
using watch::PathwayStep;

// What is done, and never with how much of a drug.
std::string read_words(Reader place, std::size_t longest) {
  std::string words = place.text(longest);
  if (names_a_dose(words)) place.fault("an amount of a drug; the pathway never names one");
  if (blames(words)) place.fault("a word that blames a person");
  return words;
}

void read_deadlines(Reader list, const Header& header, PathwayStep& step) {
  for (Reader place : list.items()) {
    watch::StepDeadline row;
    if (!place.object({"level", "within"})) continue;
    row.level = place["level"].integer(2, 4);
    row.within = read_sourced<Duration>(place["within"], header);
    if (row.level < step.from_level) place["level"].fault("a level at which the step is not called for");
    if (!step.by.empty() && row.level <= step.by.back().level) place["level"].fault("levels rise");
    if (!step.by.empty() && row.within.value > step.by.back().within.value)
      place["within"]["value"].fault("longer than at a lower level");
    step.by.push_back(std::move(row));
  }
}

PathwayStep read_step(Reader place, const Header& header) {
  PathwayStep step;
  if (!place.object({"id", "title", "words", "who", "from_level", "rules", "by", "basis", "source", "label"},
                    {"note"}))
    return step;
  step.id = place["id"].name();
  step.title = read_words(place["title"], 80);
  step.words = read_words(place["words"], 600);
  step.who = place["who"].text(120);
  step.from_level = place["from_level"].integer(2, 4);
  for (Reader rule : place["rules"].items()) step.rules.push_back(rule.name());
  read_deadlines(place["by"], header, step);
  step.basis = read_words(place["basis"], 600);
  step.from = read_provenance(place, header);
  return step;
}

}  // namespace

Result<Pathway, Errors> read_pathway(std::string_view text) {
  return read_file<Pathway>(text, [](Reader& top) {
    Pathway pathway;
    static_cast<void>(top_keys(top, {"steps"}));
    const Header header = read_header(top, "pathway");
    pathway.id = header.id;
    pathway.version = header.version;
    pathway.status = header.status;
    pathway.title = header.title;
    pathway.sources = header.sources;
    for (Reader place : top["steps"].items(1)) {
      PathwayStep step = read_step(place, header);
      if (!step.id.empty() &&
          std::ranges::find(pathway.steps, step.id, &PathwayStep::id) != pathway.steps.end())
        place["id"].fault(fmt::format("'{}' is there twice", step.id));
      pathway.steps.push_back(std::move(step));
    }
    return pathway;
  });
}

}  // namespace evenkeel::content
