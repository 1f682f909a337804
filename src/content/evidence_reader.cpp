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
    static_cast<void>(
        top_keys(top, {"statement", "population", "supervised", "grade", "label", "figures", "limits"}));
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
    auto label = top["label"];
    const std::string text_of_label = label.text(10);
    if (const auto known = label_from_text(text_of_label))
      entry.label = *known;
    else if (!text_of_label.empty())
      label.fault(fmt::format("'{}' is not a label", text_of_label));
    for (Reader place : top["figures"].items()) entry.figures.push_back(read_figure(place, header));
    entry.limits = top["limits"].text(600);
    return entry;
  });
}

}  // namespace evenkeel::content
