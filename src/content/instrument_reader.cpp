// content/instruments/: see schema.json in that folder for the form, docs/instrument-format.md for its
// meaning.

#include <set>

#include "content/questionnaire_reader.hpp"
#include "content/readers.hpp"
#include "content/sourced.hpp"

namespace evenkeel::content {
namespace {

using care::Instrument;
using care::MissingRule;
using care::Scale;
using json::Reader;

// The item that a scoring rule names, or none after a fault.
const care::Item* named_item(Reader place, const std::string& id, const Instrument& instrument) {
  const auto item = std::ranges::find(instrument.items, id, &care::Item::id);
  if (item != instrument.items.end() && care::takes_answer(*item)) return &*item;
  if (!id.empty()) place.fault(fmt::format("there is no item '{}' with an answer to score", id));
  return nullptr;
}

void read_scale_items(Reader list, const Instrument& instrument, Scale& scale) {
  constexpr std::size_t most_items = 200;
  std::set<std::string> seen;
  const auto places = list.items(1);
  if (places.size() > most_items) list.fault(fmt::format("a score is of at most {} items", most_items));
  for (Reader place : places) {
    if (!place.object({"item"}, {"weight", "reversed"})) continue;
    care::ScaleItem each;
    each.item = place["item"].name();
    if (place.has("weight")) each.weight = place["weight"].integer(1, 100);
    if (place.has("reversed")) each.reversed = place["reversed"].boolean();
    if (!seen.insert(each.item).second) place["item"].fault("an item counts once");
    if (named_item(place["item"], each.item, instrument) != nullptr) scale.items.push_back(std::move(each));
  }
}

// Prorating takes the mean of the items, which must then be alike; a counted answer must be one.
void check_missing(Reader& place, const MissingRule& rule, const Instrument& instrument, const Scale& scale) {
  const auto item = [&](const care::ScaleItem& each) -> const care::Item& {
    return *std::ranges::find(instrument.items, each.item, &care::Item::id);
  };
  for (const care::ScaleItem& each : scale.items) {
    const care::ScaleItem& first = scale.items.front();
    if (rule.kind == MissingRule::Kind::prorate &&
        (each.weight != first.weight || care::answer_range(item(each)) != care::answer_range(item(first))))
      place.fault(fmt::format("item '{}' has another range than '{}': their mean means nothing", each.item,
                              first.item));
    if (rule.kind == MissingRule::Kind::count_as && !care::is_allowed(item(each), rule.value))
      place["value"].fault(fmt::format("{} is no answer to item '{}'", rule.value, each.item));
  }
  if (rule.at_most >= static_cast<int>(scale.items.size()) && !scale.items.empty())
    place["at_most"].fault("at least one item must be answered");
}

void read_missing(Reader place, const Header& header, const Instrument& instrument, Scale& scale) {
  using Kind = MissingRule::Kind;
  using Rounding = MissingRule::Rounding;
  constexpr std::pair<std::string_view, Kind> kinds[] = {
      {"none_allowed", Kind::none_allowed}, {"prorate", Kind::prorate}, {"count_as", Kind::count_as}};
  constexpr std::pair<std::string_view, Rounding> roundings[] = {
      {"half_up", Rounding::half_up}, {"up", Rounding::up}, {"down", Rounding::down}};
  if (!place.object({"rule", "source", "label"}, {"at_most", "rounding", "value", "note"})) return;
  MissingRule& rule = scale.missing;
  rule.kind = place["rule"].one_of(kinds);
  rule.source = read_provenance(place, header);
  const auto belongs = [&](std::string_view key, bool here) {
    if (place.has(key) != here) {
      place.fault(fmt::format("'{}' {} this rule", key, here ? "is missing from" : "does not belong to"));
    }
  };
  belongs("at_most", rule.kind != Kind::none_allowed);
  belongs("rounding", rule.kind == Kind::prorate);
  belongs("value", rule.kind == Kind::count_as);
  if (place.has("at_most")) rule.at_most = place["at_most"].integer(1, 100);
  if (place.has("rounding")) rule.rounding = place["rounding"].one_of(roundings);
  if (place.has("value")) rule.value = place["value"].integer(-extreme_answer, extreme_answer);
  check_missing(place, rule, instrument, scale);
}

// One set of bands, from the lowest total to the highest.
void check_cover(Reader list, const Scale& scale, std::optional<int> when) {
  int next = scale.low;
  for (std::size_t i = 0; i < scale.bands.size(); ++i) {
    const care::Band& band = scale.bands[i];
    if (band.when != when) continue;
    if (band.from != next)
      list.fault(
          fmt::format("band {} begins at {}, not at {}: bands follow each other without gap or overlap",
                      band.name, band.from, next));
    next = band.to + 1;
  }
  if (next != scale.high + 1) list.fault(fmt::format("bands end at {}, not at {}", next - 1, scale.high));
}

void read_bands(Reader place, const Header& header, const Instrument& instrument, Scale& scale) {
  if (place.has("bands_by")) scale.bands_by = place["bands_by"].name();
  auto list = place["bands"];
  for (Reader each : list.items()) {
    if (!each.object({"from", "to", "name", "source", "label"}, {"when", "note"})) continue;
    care::Band band{each["from"].integer(-extreme_answer, extreme_answer),
                    each["to"].integer(-extreme_answer, extreme_answer),
                    each["name"].text(60),
                    read_provenance(each, header),
                    {}};
    if (each.has("when")) band.when = each["when"].integer(-extreme_answer, extreme_answer);
    if (!(band.from <= band.to)) each.fault("'from' is above 'to'");
    if (band.when.has_value() == scale.bands_by.empty())
      each.fault("'when' stands with 'bands_by' of the scale, and only there");
    scale.bands.push_back(std::move(band));
  }
  if (scale.bands_by.empty()) {
    if (!scale.bands.empty()) check_cover(list, scale, std::nullopt);
    return;
  }
  const care::Item* by = named_item(place["bands_by"], scale.bands_by, instrument);
  if (by == nullptr || by->type != care::ItemType::choice) {
    place["bands_by"].fault("names an item of the type choice");
    return;
  }
  for (const care::Band& band : scale.bands) {
    if (band.when && !care::is_allowed(*by, *band.when))
      list.fault(fmt::format("{} is no answer to item '{}'", *band.when, by->id));
  }
  for (const care::AnswerOption& option : by->options) check_cover(list, scale, option.value);
}

using Range = std::pair<int, int>;

const care::Item& item_of(const Instrument& instrument, const std::string& id) {
  return *std::ranges::find(instrument.items, id, &care::Item::id);
}

// What the items can add up to when those with conditions are asked as `answers` say.
Range sum_of(const Instrument& instrument, const Scale& scale, const care::Answers& answers) {
  Range sum{0, 0};
  for (const care::ScaleItem& each : scale.items) {
    const care::Item& item = item_of(instrument, each.item);
    if (!care::is_asked(item, answers)) continue;
    const auto [least, most] = care::answer_range(item);
    // One that may be asked or not, for all that is known, may add nothing.
    const bool open = !item.asked_when.empty() && answers.empty();
    sum.first += each.weight * (open ? std::min(0, least) : least);
    sum.second += each.weight * (open ? std::max(0, most) : most);
  }
  return sum;
}

// The range of a score. Where one choice alone decides what is asked, items that exclude each other are not
// added to each other.
Range range_of(const Instrument& instrument, const Scale& scale) {
  std::set<std::string> deciding;
  for (const care::ScaleItem& each : scale.items) {
    for (const care::Condition& condition : item_of(instrument, each.item).asked_when)
      deciding.insert(condition.item);
  }
  if (deciding.size() != 1) return sum_of(instrument, scale, {});
  const care::Item& by = item_of(instrument, *deciding.begin());
  if (by.type == care::ItemType::integer) return sum_of(instrument, scale, {});
  std::optional<Range> all;
  for (int answer = care::answer_range(by).first; answer <= care::answer_range(by).second; ++answer) {
    if (!care::is_allowed(by, answer)) continue;
    const Range one = sum_of(instrument, scale, {{by.id, answer}});
    all = all ? Range{std::min(all->first, one.first), std::max(all->second, one.second)} : one;
  }
  return all.value_or(Range{0, 0});
}

void check_range(Reader& place, const Instrument& instrument, const Scale& scale) {
  const auto [low, high] = range_of(instrument, scale);
  if (low == scale.low && high == scale.high) return;
  place.fault(fmt::format("the items add up to {} to {}, but the range says {} to {}", low, high, scale.low,
                          scale.high));
}

Scale read_scale(Reader place, const Header& header, const Instrument& instrument) {
  Scale scale;
  if (!place.object({"name", "items", "low", "high", "missing", "bands"}, {"bands_by"})) return scale;
  scale.name = place["name"].text(60);
  scale.low = place["low"].integer(-extreme_answer, extreme_answer);
  scale.high = place["high"].integer(-extreme_answer, extreme_answer);
  const auto before = place.faults();
  read_scale_items(place["items"], instrument, scale);
  read_missing(place["missing"], header, instrument, scale);
  read_bands(place, header, instrument, scale);
  if (place.faults() == before) check_range(place, instrument, scale);
  return scale;
}

void read_urgent(Reader list, const Header& header, Instrument& out) {
  for (Reader each : list.items()) {
    if (!each.object({"item", "at_least", "action", "source", "label"}, {"note"})) continue;
    care::UrgentItem urgent{each["item"].name(), each["at_least"].integer(-extreme_answer, extreme_answer),
                            each["action"].text(200), read_provenance(each, header)};
    const care::Item* item = named_item(each["item"], urgent.item, out);
    if (item != nullptr && urgent.at_least > care::answer_range(*item).second)
      each["at_least"].fault(fmt::format("no answer to item '{}' reaches {}", urgent.item, urgent.at_least));
    out.urgent.push_back(std::move(urgent));
  }
}

void read_screens(Reader list, const Header& header, Instrument& out) {
  for (Reader each : list.items(1)) {
    if (!each.object({"name", "items", "at_least", "count", "source", "label"}, {"note"})) continue;
    care::Screen screen{each["name"].text(60),
                        {},
                        each["at_least"].integer(-extreme_answer, extreme_answer),
                        each["count"].integer(1, 100),
                        read_provenance(each, header)};
    for (Reader item : each["items"].items(1)) {
      screen.items.push_back(item.name());
      static_cast<void>(named_item(item, screen.items.back(), out));
    }
    if (screen.count > static_cast<int>(screen.items.size()))
      each["count"].fault("more than there are items");
    out.screens.push_back(std::move(screen));
  }
}

void read_scoring(Reader place, const Header& header, Instrument& out) {
  if (!place.object({"total", "urgent"},
                    {"parts", "important_change", "response", "remission_below", "screens"}))
    return;
  out.total = read_scale(place["total"], header, out);
  if (place.has("parts")) {
    for (Reader part : place["parts"].items(1)) out.parts.push_back(read_scale(part, header, out));
  }
  if (place.has("important_change"))
    out.important_change = read_count(place["important_change"], header, "points");
  if (place.has("response")) out.response = read_sourced<Fraction>(place["response"], header);
  if (place.has("remission_below"))
    out.remission_below = read_count(place["remission_below"], header, "points");
  read_urgent(place["urgent"], header, out);
  if (place.has("screens")) read_screens(place["screens"], header, out);
}

void read_interval(Reader place, const Header& header, Instrument& out) {
  if (!place.object({"text", "source", "label"}, {"note"})) return;
  out.interval = {place["text"].text(200), read_provenance(place, header)};
}

}  // namespace

Result<Instrument, Errors> read_instrument(std::string_view text) {
  return read_file<Instrument>(text, [](Reader& top) {
    constexpr std::pair<std::string_view, care::AnsweredBy> by_whom[] = {
        {"patient", care::AnsweredBy::patient}, {"clinician", care::AnsweredBy::clinician}};
    Instrument instrument;
    const Header header = read_header(top, "instrument");
    // The form before this one has other members throughout: one sentence says so, not one for each.
    if (top["schema"].node() != nullptr && top["schema"].node()->text == "evenkeel.instrument/1") {
      top["schema"].fault(
          "this form is no longer read; docs/instrument-format.md says how to bring it to /2");
      return instrument;
    }
    top_keys(top, {"short_title", "who", "interval", "questionnaire", "scoring", "licence", "notice"});
    instrument.id = header.id;
    instrument.version = header.version;
    instrument.status = header.status;
    instrument.title = header.title;
    instrument.sources = header.sources;
    instrument.short_title = top["short_title"].text(40);
    instrument.who = top["who"].one_of(by_whom);
    read_interval(top["interval"], header, instrument);
    const auto before = top.faults();
    read_questionnaire(top["questionnaire"], instrument);
    // Scoring is held against items; after a fault among them it would be blamed for theirs.
    if (top.faults() == before) read_scoring(top["scoring"], header, instrument);
    instrument.licence = top["licence"].text(400);
    instrument.notice = top["notice"].text(600);
    return instrument;
  });
}

}  // namespace evenkeel::content
