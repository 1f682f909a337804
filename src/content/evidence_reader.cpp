// content/evidence/: see schema.json in that folder for the form.

#include "content/readers.hpp"
#include "content/sourced.hpp"

namespace evenkeel::content {
namespace {

using json::Reader;
using watch::Evidence;

watch::Figure read_figure(Reader place, const Header& header) {
  watch::Figure figure;
  if (!place.object({"name", "value", "unit", "source", "label"}, {"low", "high", "note"})) return figure;
  figure.name = place["name"].text(200);
  figure.value = place["value"].number(-1e9, 1e9);
  if (place.has("low")) figure.low = place["low"].number(-1e9, 1e9);
  if (place.has("high")) figure.high = place["high"].number(-1e9, 1e9);
  figure.unit = place["unit"].text(40);
  figure.from = read_provenance(place, header);
  check_bounds(place);
  return figure;
}

// Plain sentences. A number in one can be looked up: the sentence names where.
std::vector<watch::Point> read_points(Reader list, std::size_t at_least, const Header& header) {
  std::vector<watch::Point> points;
  for (Reader place : list.items(at_least)) {
    if (!place.object({"text"}, {"sources"})) continue;
    watch::Point point;
    auto text = place["text"];
    point.text = text.text(500);
    if (place.has("sources")) {
      for (Reader key : place["sources"].items(1)) point.sources.push_back(read_source_key(key, header));
    } else if (has_digit(point.text)) {
      text.fault("a sentence with a number in it names its sources");
    }
    points.push_back(std::move(point));
  }
  return points;
}

}  // namespace

Result<Evidence, Errors> read_evidence(std::string_view text) {
  return read_file<Evidence>(text, [](Reader& top) {
    constexpr std::pair<std::string_view, watch::Supervised> settings[] = {
        {"yes", watch::Supervised::yes},
        {"no", watch::Supervised::no},
        {"mixed", watch::Supervised::mixed},
        {"not_applicable", watch::Supervised::not_applicable}};
    constexpr std::pair<std::string_view, char> grades[] = {{"A", 'A'}, {"B", 'B'}, {"C", 'C'}, {"D", 'D'}};
    Evidence entry;
    static_cast<void>(top_keys(top, {"statement", "population", "supervised", "grade", "label", "figures",
                                     "supports", "against", "unknown", "limits"}));
    const Header header = read_header(top, "evidence");
    entry.id = header.id;
    entry.version = header.version;
    entry.status = header.status;
    entry.title = header.title;
    entry.sources = header.sources;
    entry.statement = top["statement"].text(600);
    entry.population = top["population"].text(300);
    entry.supervised = top["supervised"].one_of(settings);
    entry.grade = top["grade"].one_of(grades);
    entry.label = read_label(top["label"]);
    for (Reader place : top["figures"].items()) entry.figures.push_back(read_figure(place, header));
    entry.supports = read_points(top["supports"], 1, header);
    entry.against = read_points(top["against"], 0, header);
    entry.unknown = read_points(top["unknown"], 1, header);
    entry.limits = top["limits"].text(600);
    return entry;
  });
}

}  // namespace evenkeel::content
