#include "content/protocol_settings.hpp"

#include <charconv>

#include "content/protocol_parts.hpp"
#include "content/readers.hpp"

namespace evenkeel::content {
namespace {

using json::Kind;
using json::Node;
using json::Reader;

struct Setting {
  std::string place;
  Node value;  // as the site wrote it
  std::string unit;
};

struct Settings {
  std::string protocol;
  std::string version;
  std::vector<Setting> set;
  std::string set_by;
  std::string second;
  std::string reason;
  Date date;
};

Node text_node(std::string text) {
  Node node;
  node.kind = Kind::text;
  node.text = std::move(text);
  return node;
}

Node* member(Node& object, std::string_view key) {
  if (object.kind != Kind::object) return nullptr;
  const auto found = std::ranges::find(object.members, key, &json::Member::key);
  return found == object.members.end() ? nullptr : &found->value;
}

void put(Node& object, std::string_view key, std::string text) {
  if (Node* there = member(object, key))
    *there = text_node(std::move(text));
  else
    object.members.push_back({std::string(key), text_node(std::move(text))});
}

std::string text_of(Node& object, std::string_view key) {
  const Node* found = member(object, key);
  return found == nullptr || found->kind != Kind::text ? "" : found->text;
}

double number_of(const Node* node) {
  double value = 0.0;
  if (node != nullptr && node->kind == Kind::number)
    std::from_chars(node->text.data(), node->text.data() + node->text.size(), value);
  return value;
}

// The item of a list by its id or kind, where only one has it, or by its place from 0 on.
Node* item(Node& list, std::string_view step) {
  Node* found = nullptr;
  for (Node& each : list.items) {
    if (text_of(each, "id") != step && text_of(each, "kind") != step) continue;
    if (found != nullptr) return nullptr;
    found = &each;
  }
  std::size_t place = 0;
  const auto [end, error] = std::from_chars(step.data(), step.data() + step.size(), place);
  const bool is_number = error == std::errc{} && end == step.data() + step.size();
  if (found == nullptr && is_number && place < list.items.size()) found = &list.items[place];
  return found;
}

struct Place {
  Node* number = nullptr;
  Node* parent = nullptr;
};

Place walk(Node& top, std::string_view path) {
  Place at{&top, nullptr};
  while (at.number != nullptr && !path.empty()) {
    const auto dot = path.find('.');
    const std::string_view step = path.substr(0, dot);
    path = dot == std::string_view::npos ? std::string_view{} : path.substr(dot + 1);
    at.parent = at.number;
    at.number = at.number->kind == Kind::array ? item(*at.number, step) : member(*at.number, step);
  }
  return at;
}

Settings read_settings(Reader& top) {
  Settings settings;
  if (!top.object({"schema", "protocol", "protocol_version", "set", "set_by", "reason", "date"}, {"second"}))
    return settings;
  const std::string form = top["schema"].text(60);
  if (!form.empty() && form != form_of("protocol-settings"))
    top["schema"].fault(fmt::format("'{}' where '{}' is expected", form, form_of("protocol-settings")));
  settings.protocol = top["protocol"].name();
  settings.version = top["protocol_version"].text(20);
  for (auto& [place, number] : top["set"].members()) {
    if (!number.object({"value", "unit"})) continue;
    static_cast<void>(number["value"].number(-1e12, 1e12));
    settings.set.push_back({place, *number["value"].node(), number["unit"].text(20)});
  }
  if (settings.set.empty() && top.faults() == 0) top["set"].fault("nothing is set");
  settings.set_by = top["set_by"].text(100);
  if (top.has("second")) settings.second = top["second"].text(100);
  settings.reason = top["reason"].text(300);
  settings.date = top["date"].date();
  if (!settings.second.empty() && settings.second == settings.set_by)
    top["second"].fault("the same person: the second is another one");
  return settings;
}

std::string citation(const Settings& s) {
  return fmt::format("Set by the site: {}{}, {}; {}", s.set_by,
                     s.second.empty() ? "" : fmt::format(" and {}", s.second), s.date.to_string(), s.reason);
}

// Sets one number in the tree of the protocol; what was set, in words.
std::string apply(Node& protocol, const Setting& setting, const Settings& all, Reader place) {
  const Place at = walk(protocol, setting.place);
  Node* value = at.number == nullptr ? nullptr : member(*at.number, "value");
  if (value == nullptr || value->kind != Kind::number) {
    place.fault(
        "the protocol has no number here; a list's item is named by its id, or by its place from 0 on");
    return "";
  }
  Node* bounds = member(*at.number, "adjustable");
  if (bounds == nullptr) {
    place.fault("the protocol does not let a site set this number");
    return "";
  }
  const std::string unit = text_of(*at.number, "unit");
  if (setting.unit != unit) {
    place["unit"].fault(fmt::format("'{}' where the protocol has '{}'", setting.unit, unit));
    return "";
  }
  const double low = number_of(member(*bounds, "low"));
  const double high = number_of(member(*bounds, "high"));
  const double before = number_of(value);
  const double after = number_of(&setting.value);
  if (!(low <= after && after <= high)) {
    place["value"].fault(fmt::format("{:g} {}; a site may set {:g} to {:g}", after, unit, low, high));
    return "";
  }
  const bool when_above = text_of(*at.parent, "when") == "above";
  const bool loosened = after != before && makes_looser(setting.place, after > before, when_above);
  if (loosened && all.second.empty()) {
    place.fault(fmt::format("{:g} {} is looser than the protocol's {:g}: that takes a 'second' person", after,
                            unit, before));
    return "";
  }
  std::string words = fmt::format("{}: {} {} where the protocol has {} {}", setting.place, setting.value.text,
                                  unit, value->text, unit);
  *value = setting.value;
  put(*at.number, "source", "site");
  put(*at.number, "label", "P");
  put(*at.number, "note", fmt::format("Set by the site. {}", words.substr(setting.place.size() + 2)));
  return words;
}

// The tree with the site's numbers; the words of each that was set.
std::vector<std::string> apply_all(Node& protocol, const Settings& settings, Reader& top) {
  std::vector<std::string> words;
  if (text_of(protocol, "id") != settings.protocol || text_of(protocol, "version") != settings.version) {
    top["protocol"].fault(fmt::format("the settings are for {} {}, the protocol is {} {}", settings.protocol,
                                      settings.version, text_of(protocol, "id"),
                                      text_of(protocol, "version")));
    return words;
  }
  Node* sources = member(protocol, "sources");
  if (sources == nullptr || member(*sources, "site") != nullptr) {
    top["protocol"].fault("the protocol has a source 'site' of its own, or no sources");
    return words;
  }
  put(*sources, "site", citation(settings));
  const Reader set = top["set"];
  for (const Setting& each : settings.set) {
    std::string one = apply(protocol, each, settings, set[each.place]);
    if (!one.empty()) words.push_back(fmt::format("{} ({})", one, citation(settings)));
  }
  return words;
}

}  // namespace

Result<care::Protocol, Errors> read_protocol_for_site(std::string_view protocol, std::string_view settings) {
  auto tree = json::parse(protocol);
  if (!tree) return std::move(tree.error());
  const auto own = json::parse(settings);
  if (!own) {
    Errors faults = own.error();
    for (Error& fault : faults) fault.where = "settings" + (fault.where.empty() ? "" : "." + fault.where);
    return faults;
  }
  Errors faults;
  Reader top{*own, faults, "settings"};
  const Settings read = read_settings(top);
  std::vector<std::string> words;
  if (faults.empty()) words = apply_all(*tree, read, top);
  if (!faults.empty()) return faults;
  auto made = protocol_of(*tree);
  if (made) made->set_by_site = std::move(words);
  return made;
}

}  // namespace evenkeel::content
