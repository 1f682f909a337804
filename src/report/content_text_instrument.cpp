// An instrument as text: its questions with their answers, its scores and what they rest on, its licence.

#include <algorithm>

#include "report/content_entry.hpp"

namespace evenkeel::report {
namespace {

using care::Instrument;
using care::Item;
using care::ItemType;
using care::Scale;

const Item& item_of(const Instrument& instrument, const std::string& id) {
  return *std::ranges::find(instrument.items, id, &Item::id);
}

std::string answer_words(const Item& item, int answer) {
  if (item.type == ItemType::boolean) return answer == 1 ? "yes" : "no";
  const auto option = std::ranges::find(item.options, answer, &care::AnswerOption::value);
  return option == item.options.end() ? std::to_string(answer) : option->text;
}

std::string asked_words(const Instrument& instrument, const Item& item) {
  std::string words;
  for (const care::Condition& condition : item.asked_when) {
    words += words.empty() ? "asked when " : item.all_conditions ? " and " : " or ";
    words += fmt::format("{} is {}{}", condition.item, condition.equal ? "" : "not ",
                         answer_words(item_of(instrument, condition.item), condition.answer));
  }
  return words;
}

void show_item(const Instrument& instrument, const Item& item, Page& page) {
  if (item.type == ItemType::display || item.type == ItemType::group) {
    page.item("  ", item.text, 2);
    return;
  }
  page.item(fmt::format("  {}. ", item.id), item.text, 6);
  if (!item.codes.empty()) page.line(fmt::format("      LOINC {}", item.codes.front().code));
  if (!item.asked_when.empty()) page.item("      ", asked_words(instrument, item), 6);
  if (item.type == ItemType::integer) page.line(fmt::format("      {} to {}", item.low, item.high));
  if (item.type == ItemType::boolean) page.line("      1 yes, 0 no");
  if (!care::takes_answer(item)) page.line("      in words: shown, but no part of a record's answers");
  for (const auto& option : item.options) page.item(fmt::format("      {} ", option.value), option.text, 8);
}

std::string items_words(const Scale& scale) {
  std::string words;
  for (const care::ScaleItem& each : scale.items) {
    words += (words.empty() ? "" : ", ") + each.item;
    if (each.reversed) words += " reversed";
    if (each.weight != 1) words += fmt::format(" times {}", each.weight);
  }
  return words;
}

std::string missing_words(const care::MissingRule& rule) {
  using Kind = care::MissingRule::Kind;
  using Rounding = care::MissingRule::Rounding;
  switch (rule.kind) {
    case Kind::none_allowed:
      return "no score when one is missing";
    case Kind::prorate:
      return fmt::format("with at most {} missing the mean of the others times the number of items, {}",
                         rule.at_most,
                         rule.rounding == Rounding::half_up ? "rounded, halves up"
                         : rule.rounding == Rounding::up    ? "rounded up"
                                                            : "rounded down");
    case Kind::count_as:
      return fmt::format("at most {} may be missing and count as {}", rule.at_most, rule.value);
  }
  return "";
}

void show_scale(const Instrument& instrument, const Scale& scale, Page& page) {
  row(page, scale.name, fmt::format("{} to {}, from {}", scale.low, scale.high, items_words(scale)));
  row(page, "missing answers", missing_words(scale.missing) + " " + tagged(scale.missing.source));
  for (const care::Band& band : scale.bands) {
    const std::string when = band.when
                                 ? fmt::format("where {} is '{}', ", scale.bands_by,
                                               answer_words(item_of(instrument, scale.bands_by), *band.when))
                                 : "";
    row(page, fmt::format("{}{} to {}", when, band.from, band.to), band.name + " " + tagged(band.source));
  }
}

void show_scoring(const Instrument& i, Page& page) {
  page.heading("Scoring");
  show_scale(i, i.total, page);
  for (const Scale& part : i.parts) show_scale(i, part, page);
  if (i.important_change) row(page, "important change", number(*i.important_change, "points"));
  if (i.response) row(page, "response: a fall of", number(*i.response));
  if (i.remission_below) row(page, "remission below", number(*i.remission_below, "points"));
  for (const care::Screen& screen : i.screens) {
    std::string items;
    for (const auto& id : screen.items) items += (items.empty() ? "" : ", ") + id;
    row(page, screen.name,
        fmt::format("{} or more of {} at {} or more {}", screen.count, items, screen.at_least,
                    tagged(screen.source)));
  }
  for (const care::UrgentItem& u : i.urgent)
    row(page, fmt::format("item {} at {} or more", u.item, u.at_least), u.action + " " + tagged(u.source));
}

}  // namespace

std::string show(const Instrument& i, Page page) {
  heading(i, "instrument", page);
  page.item("", i.title, 0);
  row(page, i.who == care::AnsweredBy::patient ? "answered by the patient" : "asked or rated by a clinician",
      i.interval.text + " " + tagged(i.interval.source));
  if (!i.codes.empty()) row(page, "LOINC", i.codes.front().code);
  page.heading("Items");
  for (const Item& item : i.items) show_item(i, item, page);
  show_scoring(i, page);
  page.heading("Licence");
  page.item("  ", i.licence, 2);
  page.item("  ", i.notice, 2);
  sources(i.sources, page);
  return page.take();
}

}  // namespace evenkeel::report
