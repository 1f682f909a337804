// content/help/lines.json, and a site's own file in the same form: see lines.schema.json for it.

#include "content/readers.hpp"
#include "content/sourced.hpp"

namespace evenkeel::content {
namespace {

using json::Reader;
using watch::HelpLine;
using watch::HelpLines;
using watch::Place;

HelpLine read_line(Reader place, const Header& header) {
  HelpLine line;
  if (!place.object(
          {"id", "name", "purpose", "number", "hours", "languages", "last_checked", "source", "label"},
          {"others", "note"}))
    return line;
  line.id = place["id"].name();
  line.name = place["name"].text(120);
  line.purpose = place["purpose"].text(120);
  auto number = place["number"];
  line.number = number.text(40);
  if (!line.number.empty() && !has_digit(line.number)) number.fault("a number to dial has a digit");
  if (place.has("others")) {
    for (Reader other : place["others"].items(1)) line.others.push_back(other.text(120));
  }
  line.hours = place["hours"].text(80);
  for (Reader language : place["languages"].items()) line.languages.push_back(language.text(60));
  line.last_checked = place["last_checked"].date();
  line.from = read_provenance(place, header);
  return line;
}

Place read_place(Reader place, const Header& header) {
  Place country;
  if (!place.object({"country", "name", "lines"})) return country;
  auto code = place["country"];
  country.country = code.text(2);
  const bool letters = std::ranges::all_of(country.country, [](char c) { return c >= 'A' && c <= 'Z'; });
  if (!country.country.empty() && (country.country.size() != 2 || !letters))
    code.fault(fmt::format("'{}' is not a country's two letters, such as US", country.country));
  country.name = place["name"].text(60);
  for (Reader line : place["lines"].items(1)) {
    HelpLine read = read_line(line, header);
    if (!read.id.empty() && std::ranges::find(country.lines, read.id, &HelpLine::id) != country.lines.end())
      line["id"].fault(fmt::format("'{}' is there twice", read.id));
    country.lines.push_back(std::move(read));
  }
  return country;
}

Sourced<Duration> read_check_every(Reader place, const Header& header) {
  auto every = read_sourced<Duration>(place, header);
  // Numbers change: a line that nobody has dialled for a season is no help line.
  if (!(every.value >= 1.0 * units::day && every.value <= 92.0 * units::day) && place.has("value"))
    place["value"].fault("lines are checked at least every 92 days, and not more often than daily");
  return every;
}

}  // namespace

Result<HelpLines, Errors> read_help_lines(std::string_view text) {
  return read_file<HelpLines>(text, [](Reader& top) {
    HelpLines lines;
    static_cast<void>(top_keys(top, {"check_every", "none_verified", "places"}));
    const Header header = read_header(top, "help-lines");
    lines.id = header.id;
    lines.version = header.version;
    lines.status = header.status;
    lines.title = header.title;
    lines.sources = header.sources;
    lines.check_every = read_check_every(top["check_every"], header);
    lines.none_verified = top["none_verified"].text(600);
    for (Reader place : top["places"].items(1)) {
      Place read = read_place(place, header);
      if (!read.country.empty() &&
          std::ranges::find(lines.places, read.country, &Place::country) != lines.places.end())
        place["country"].fault(fmt::format("'{}' is there twice", read.country));
      lines.places.push_back(std::move(read));
    }
    return lines;
  });
}

}  // namespace evenkeel::content
