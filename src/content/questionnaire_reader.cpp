#include "content/questionnaire_reader.hpp"

#include <algorithm>

#include "json/write.hpp"

namespace evenkeel::content {
namespace {

using care::Instrument;
using care::Item;
using care::ItemType;
using json::Reader;

constexpr std::string_view ordinal_value = "http://hl7.org/fhir/StructureDefinition/ordinalValue";
constexpr std::string_view min_value = "http://hl7.org/fhir/StructureDefinition/minValue";
constexpr std::string_view max_value = "http://hl7.org/fhir/StructureDefinition/maxValue";
constexpr std::string_view loinc = "http://loinc.org";

constexpr std::pair<std::string_view, ItemType> types[] = {
    {"choice", ItemType::choice},   {"integer", ItemType::integer}, {"boolean", ItemType::boolean},
    {"decimal", ItemType::decimal}, {"text", ItemType::text},       {"display", ItemType::display},
    {"group", ItemType::group}};

// An absolute URI, as far as that can be told without asking anyone: a scheme, and no space.
std::string read_uri(Reader place) {
  std::string uri = place.text(300);
  const auto colon = uri.find(':');
  const bool absolute = colon != std::string::npos && colon > 0 && colon + 1 < uri.size();
  if (!uri.empty() && (!absolute || uri.find(' ') != std::string::npos))
    place.fault(fmt::format("'{}' is not an absolute address such as https://example.org/x", uri));
  return uri;
}

care::Coding read_coding(Reader place) {
  care::Coding coding;
  if (!place.object({"code"}, {"system", "display"})) return coding;
  if (place.has("system")) coding.system = read_uri(place["system"]);
  coding.code = place["code"].name();
  if (place.has("display")) coding.display = place["display"].text(200);
  return coding;
}

// Codes that say what a question is come from LOINC, whose notice stands in content/README.md.
std::vector<care::Coding> read_codes(Reader list) {
  std::vector<care::Coding> codes;
  for (Reader each : list.items(1)) {
    codes.push_back(read_coding(each));
    if (codes.back().system != loinc) each.fault(fmt::format("'code' is of the system {}", loinc));
  }
  return codes;
}

// The whole numbers of an item's or an option's extensions by address, each of them once.
std::vector<std::pair<std::string, int>> read_extensions(Reader list, std::string_view value_key) {
  std::vector<std::pair<std::string, int>> found;
  for (Reader each : list.items(1)) {
    if (!each.object({"url", value_key})) continue;
    const std::string url = each["url"].text(100);
    const bool twice = std::ranges::any_of(found, [&](const auto& other) { return other.first == url; });
    if (twice) each["url"].fault("this extension appears twice");
    found.emplace_back(url, each[value_key].integer(-extreme_answer, extreme_answer));
  }
  return found;
}

void read_option(Reader place, Item& item) {
  if (!place.object({"extension", "valueCoding"})) return;
  const auto extensions = read_extensions(place["extension"], "valueDecimal");
  const bool ordinal = extensions.size() == 1 && extensions.front().first == ordinal_value;
  if (!ordinal) {
    place["extension"].fault(fmt::format("an option has one extension, {}", ordinal_value));
    return;
  }
  const care::Coding code = read_coding(place["valueCoding"]);
  if (code.display.empty()) place["valueCoding"].fault("an answer's wording is its 'display'");
  for (const care::AnswerOption& other : item.options) {
    if (other.value == extensions.front().second) place["extension"].fault("this value appears twice");
    if (other.code.code == code.code && other.code.system == code.system)
      place["valueCoding"].fault("this code appears twice");
  }
  item.options.push_back({extensions.front().second, code.display, code});
}

void read_range(Reader place, Item& item) {
  const auto extensions = read_extensions(place, "valueInteger");
  bool low = false;
  bool high = false;
  for (const auto& [url, value] : extensions) {
    low = low || url == min_value;
    high = high || url == max_value;
    if (url == min_value) item.low = value;
    if (url == max_value) item.high = value;
  }
  if (!low || !high || extensions.size() != 2)
    place.fault(fmt::format("an integer has two extensions, {} and {}", min_value, max_value));
  else if (!(item.low < item.high))
    place.fault("the least value is not below the most");
}

// The whole number of the answer that a condition names, of the item it asks about.
int read_condition_answer(Reader place, const Item& about) {
  if (about.type == ItemType::boolean && place.has("answerBoolean"))
    return place["answerBoolean"].boolean() ? 1 : 0;
  if (about.type == ItemType::integer && place.has("answerInteger"))
    return place["answerInteger"].integer(about.low, about.high);
  if (about.type != ItemType::choice || !place.has("answerCoding")) {
    place.fault(fmt::format("the answer is not of the type of item '{}'", about.id));
    return 0;
  }
  auto written = place["answerCoding"];
  const care::Coding code = read_coding(written);
  for (const care::AnswerOption& option : about.options) {
    if (option.code.code == code.code && option.code.system == code.system) return option.value;
  }
  written.fault(fmt::format("item '{}' has no option '{}'", about.id, code.code));
  return 0;
}

// Conditions are on items that stand before: what is asked never depends on what comes later.
void read_conditions(Reader place, const std::vector<Item>& before, Item& item) {
  constexpr std::pair<std::string_view, bool> operators[] = {{"=", true}, {"!=", false}};
  constexpr std::pair<std::string_view, bool> behaviours[] = {{"all", true}, {"any", false}};
  for (Reader each : place["enableWhen"].items(1)) {
    if (!each.object({"question", "operator"}, {"answerBoolean", "answerInteger", "answerCoding"})) continue;
    const std::string id = each["question"].name();
    const auto about = std::ranges::find(before, id, &Item::id);
    if (about == before.end() || !care::takes_answer(*about)) {
      each["question"].fault(fmt::format("there is no item '{}' with an answer before this one", id));
      continue;
    }
    if (each.node()->members.size() != 3) each.fault("a condition names one answer");
    item.asked_when.push_back({id, each["operator"].one_of(operators), read_condition_answer(each, *about)});
  }
  if (place.has("enableBehavior")) item.all_conditions = place["enableBehavior"].one_of(behaviours);
  if (item.asked_when.size() > 1 && !place.has("enableBehavior"))
    place.fault("with several conditions 'enableBehavior' is needed: all or any");
}

// What FHIR and this form ask of the members beside `type`.
void check_members(Reader& place, const Item& item) {
  const auto belongs = [&](std::string_view key, bool here) {
    if (place.has(key) && !here) place[key].fault("does not belong to an item of this type");
  };
  belongs("answerOption", item.type == ItemType::choice);
  belongs("extension", item.type == ItemType::integer);
  belongs("item", item.type == ItemType::group);
  belongs("required", item.type != ItemType::display && item.type != ItemType::group);
  belongs("code", item.type != ItemType::display);
  if (place.has("enableBehavior") && !place.has("enableWhen"))
    place["enableBehavior"].fault("stands only beside 'enableWhen'");
  if (item.type == ItemType::choice && !place.has("answerOption")) place.fault("a choice has 'answerOption'");
  if (item.type == ItemType::integer && !place.has("extension"))
    place.fault("an integer has 'extension': its least and its most value");
  if (item.type == ItemType::group && !place.has("item")) place.fault("a group holds items: 'item'");
}

void read_items(Reader list, int depth, std::vector<Item>& items) {
  constexpr int deepest = 3;
  for (Reader place : list.items(1)) {
    if (!place.object({"linkId", "text", "type"}, {"required", "code", "answerOption", "extension",
                                                   "enableWhen", "enableBehavior", "item"}))
      continue;
    Item item;
    item.id = place["linkId"].name();
    item.text = place["text"].text(1000);
    item.type = place["type"].one_of(types);
    item.depth = depth;
    if (item.type == ItemType::boolean) item.high = 1;
    if (std::ranges::find(items, item.id, &Item::id) != items.end())
      place["linkId"].fault(fmt::format("'{}' appears twice", item.id));
    check_members(place, item);
    if (place.has("required")) item.required = place["required"].boolean();
    if (place.has("code")) item.codes = read_codes(place["code"]);
    if (place.has("extension")) read_range(place["extension"], item);
    if (place.has("answerOption")) {
      for (Reader option : place["answerOption"].items(2)) read_option(option, item);
    }
    if (place.has("enableWhen")) read_conditions(place, items, item);
    items.push_back(std::move(item));
    if (!place.has("item")) continue;
    if (depth + 1 >= deepest)
      place["item"].fault("groups are nested at most three deep");
    else
      read_items(place["item"], depth + 1, items);
  }
}

void check_same(Reader place, const std::string& own, std::string_view of_file) {
  if (!own.empty() && own != of_file) place.fault(fmt::format("'{}' where the file says '{}'", own, of_file));
}

}  // namespace

void read_questionnaire(Reader place, Instrument& instrument) {
  if (!place.object({"resourceType", "url", "version", "status", "title", "item"},
                    {"name", "subjectType", "copyright", "code"}))
    return;
  check_same(place["resourceType"], place["resourceType"].text(60), "Questionnaire");
  instrument.url = read_uri(place["url"]);
  instrument.questionnaire = json::dump(*place.node());
  check_same(place["version"], place["version"].text(20), instrument.version);
  check_same(place["title"], place["title"].text(200), instrument.title);
  constexpr std::pair<std::string_view, bool> statuses[] = {{"active", true}, {"draft", false}};
  const bool active = place["status"].one_of(statuses);
  if (active != (instrument.status == "released"))
    place["status"].fault("is 'active' where the file is released, else 'draft'");
  if (place.has("name")) static_cast<void>(place["name"].name());
  if (place.has("copyright")) static_cast<void>(place["copyright"].text(600));
  if (place.has("subjectType")) {
    for (Reader each : place["subjectType"].items(1)) check_same(each, each.text(60), "Patient");
  }
  if (place.has("code")) instrument.codes = read_codes(place["code"]);
  read_items(place["item"], 0, instrument.items);
}

}  // namespace evenkeel::content
