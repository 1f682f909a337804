// content/instruments/: see schema.json in that folder for the form.

#include <set>

#include "content/readers.hpp"
#include "content/sourced.hpp"

namespace evenkeel::content {
namespace {

using care::Instrument;
using json::Reader;

constexpr int extreme = 1000;

care::Item read_item(Reader place) {
  care::Item item;
  if (!place.object({"id", "text", "scored"}, {"options", "range"})) return item;
  item.id = place["id"].name();
  item.text = place["text"].text(600);
  item.scored = place["scored"].boolean();
  if (place.has("options") == place.has("range")) place.fault("an item has either 'options' or 'range'");
  if (place.has("options")) {
    for (Reader option : place["options"].items(2)) {
      if (option.object({"value", "text"})) {
        item.options.push_back({option["value"].integer(-extreme, extreme), option["text"].text(200)});
        const auto same = [&](const auto& other) { return other.value == item.options.back().value; };
        if (std::ranges::count_if(item.options, same) > 1) option["value"].fault("this value appears twice");
      }
    }
  }
  if (place.has("range")) {
    auto range = place["range"];
    if (!range.object({"low", "high"})) return item;
    item.low = range["low"].integer(-extreme, extreme);
    item.high = range["high"].integer(-extreme, extreme);
    if (!(item.low < item.high)) range.fault("'low' is not below 'high'");
  }
  return item;
}

void read_bands(Reader list, const Header& header, Instrument& out) {
  for (Reader place : list.items()) {
    if (!place.object({"from", "to", "name", "source", "label"}, {"note"})) continue;
    out.bands.push_back({place["from"].integer(-extreme, extreme), place["to"].integer(-extreme, extreme),
                         place["name"].text(60), read_provenance(place, header)});
    const auto& band = out.bands.back();
    if (!(band.from <= band.to)) place.fault("'from' is above 'to'");
    if (out.bands.size() > 1 && band.from != out.bands[out.bands.size() - 2].to + 1) {
      place.fault("bands follow each other without gap or overlap");
    }
  }
}

void read_scoring(Reader place, const Header& header, Instrument& out) {
  if (!place.object({"low", "high", "bands", "urgent"}, {"important_change", "response", "remission_below"}))
    return;
  out.low = place["low"].integer(-extreme, extreme);
  out.high = place["high"].integer(-extreme, extreme);
  read_bands(place["bands"], header, out);
  if (place.has("important_change"))
    out.important_change = read_count(place["important_change"], header, "points");
  if (place.has("response")) out.response = read_sourced<Fraction>(place["response"], header);
  if (place.has("remission_below"))
    out.remission_below = read_count(place["remission_below"], header, "points");
  for (Reader each : place["urgent"].items()) {
    if (!each.object({"item", "at_least", "action", "source", "label"}, {"note"})) continue;
    out.urgent.push_back({each["item"].name(), each["at_least"].integer(-extreme, extreme),
                          each["action"].text(200), read_provenance(each, header)});
    const bool known =
        std::ranges::find(out.items, out.urgent.back().item, &care::Item::id) != out.items.end();
    if (!known) each["item"].fault(fmt::format("there is no item '{}'", out.urgent.back().item));
  }
}

// The range of the total is what the scored items can add up to.
void check_range(Reader scoring, const Instrument& instrument) {
  int low = 0;
  int high = 0;
  for (const care::Item& item : instrument.items) {
    if (!item.scored) continue;
    const auto by_value = [](const auto& a, const auto& b) { return a.value < b.value; };
    low += item.options.empty() ? item.low : std::ranges::min_element(item.options, by_value)->value;
    high += item.options.empty() ? item.high : std::ranges::max_element(item.options, by_value)->value;
  }
  const bool covered = instrument.bands.empty() || (instrument.bands.front().from == instrument.low &&
                                                    instrument.bands.back().to == instrument.high);
  if (!covered) scoring["bands"].fault("bands cover the whole range, or there are none");
  if (low != instrument.low || high != instrument.high) {
    scoring.fault(fmt::format("the items add up to {} to {}, but the range says {} to {}", low, high,
                              instrument.low, instrument.high));
  }
}

}  // namespace

Result<Instrument, Errors> read_instrument(std::string_view text) {
  return read_file<Instrument>(text, [](Reader& top) {
    Instrument instrument;
    const bool whole = top_keys(top, {"short_title", "stem", "items", "scoring", "licence", "notice"});
    const Header header = read_header(top, "instrument");
    instrument.id = header.id;
    instrument.version = header.version;
    instrument.status = header.status;
    instrument.title = header.title;
    instrument.sources = header.sources;
    instrument.short_title = top["short_title"].text(40);
    instrument.stem = top["stem"].text(600);
    std::set<std::string> ids;
    for (Reader place : top["items"].items(1)) {
      instrument.items.push_back(read_item(place));
      if (!ids.insert(instrument.items.back().id).second) place.fault("an item id appears twice");
    }
    read_scoring(top["scoring"], header, instrument);
    if (whole) check_range(top["scoring"], instrument);
    instrument.licence = top["licence"].text(400);
    instrument.notice = top["notice"].text(600);
    return instrument;
  });
}

}  // namespace evenkeel::content
