#include "server/openapi.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <map>

#include "json/member.hpp"
#include "server/content_files.hpp"

namespace evenkeel::server {
namespace {

using json::member;
using json::Node;
using Fields = std::vector<std::pair<std::string, Node>>;

Node schema_of(std::string_view definition) {
  return json::object({{"$ref", json::text(fmt::format("#/components/schemas/{}", definition))}});
}

Node content_of(std::string_view type, Node schema) {
  return json::object({{std::string{type}, json::object({{"schema", std::move(schema)}})}});
}

bool is_media_type(std::string_view answer) {
  return answer.find('/') != std::string_view::npos;
}

Node answers_of(const Route& route) {
  Fields good{{"description", json::text(route.words)}};
  if (is_media_type(route.answer))
    good.emplace_back("content", json::object({{std::string{route.answer}, json::object({})}}));
  else if (!route.answer.empty())
    good.emplace_back("content", content_of("application/json", schema_of(route.answer)));
  const Node refused =
      json::object({{"description", json::text("What stands in the way (RFC 9457)")},
                    {"content", content_of("application/problem+json", schema_of("problem"))}});
  return json::object({{"2XX", json::object(std::move(good))}, {"default", refused}});
}

Node parameter(std::string_view name, std::string_view in, std::string_view words, bool required = true) {
  return json::object({{"name", json::text(name)},
                       {"in", json::text(in)},
                       {"required", json::boolean(required)},
                       {"description", json::text(words)},
                       {"schema", json::object({{"type", json::text("string")}})}});
}

// What a question may be asked with: a parameter for each property of its definition.
void add_query(std::vector<Node>& all, const Node& definition) {
  const Node* required = member(definition, "required");
  const auto needed = [&](const std::string& name) {
    return required != nullptr &&
           std::ranges::find(required->items, name, &Node::text) != required->items.end();
  };
  const Node* properties = member(definition, "properties");
  if (properties == nullptr) return;
  for (const json::Member& each : properties->members)
    all.push_back(json::object({{"name", json::text(each.key)},
                                {"in", json::text("query")},
                                {"required", json::boolean(needed(each.key))},
                                {"schema", each.value}}));
}

Node parameters_of(const Route& route, const Node& definitions) {
  std::vector<Node> all;
  std::string_view rest = route.pattern;
  for (auto open = rest.find('{'); open != std::string_view::npos; open = rest.find('{')) {
    rest.remove_prefix(open + 1);
    all.push_back(parameter(rest.substr(0, rest.find('}')), "path", "an id"));
  }
  if (route.writes() && route.door != Door::open)
    all.push_back(parameter("X-Evenkeel-CSRF", "header", "the word that /api/me gives"));
  if (route.writes() && route.once && route.door != Door::open)
    all.push_back(parameter("Idempotency-Key", "header", "makes it happen once"));
  if (route.answer == "written" || (route.writes() && route.pattern.starts_with("/api/users/{name}")))
    all.push_back(parameter("If-Match", "header", "only where the record is still at this ETag", false));
  const Node* asked = route.writes() ? nullptr : member(definitions, route.asks);
  if (asked != nullptr) add_query(all, *asked);
  return json::list(std::move(all));
}

Node operation(const Route& route, const Node& definitions) {
  Fields fields{{"summary", json::text(route.words)}, {"parameters", parameters_of(route, definitions)}};
  if (route.writes() && !route.asks.empty())
    fields.emplace_back("requestBody",
                        json::object({{"required", json::boolean(true)},
                                      {"content", content_of("application/json", schema_of(route.asks))}}));
  fields.emplace_back("responses", answers_of(route));
  if (route.right) fields.emplace_back("x-right", json::text(clinic::right_text(*route.right)));
  if (route.door == Door::open) fields.emplace_back("security", json::list({}));
  return json::object(std::move(fields));
}

Node paths_of(std::span<const Route> all, const Node& definitions) {
  std::vector<std::pair<std::string, Fields>> by_path;
  for (const Route& route : all) {
    const std::string path{route.pattern};
    auto found = std::ranges::find(by_path, path, &std::pair<std::string, Fields>::first);
    if (found == by_path.end()) found = by_path.insert(by_path.end(), {path, {}});
    std::string method{method_text(route.method)};
    std::ranges::transform(method, method.begin(), [](unsigned char c) { return std::tolower(c); });
    found->second.emplace_back(method, operation(route, definitions));
  }
  Fields paths;
  for (auto& [path, operations] : by_path) paths.emplace_back(path, json::object(std::move(operations)));
  return json::object(std::move(paths));
}

// "record-1.schema.json#/definitions/event", as /api/schema serves it.
std::string served_at(std::string_view place) {
  const auto inside = std::min(place.find('#'), place.size());
  return "schema/" + served_schema_name(place.substr(0, inside)) + std::string{place.substr(inside)};
}

// What has a schema of its own refers to it; where null is allowed beside, to one of the two.
void refer(Node& node, const std::string& place) {
  const Node* type = member(node, "type");
  const bool or_null = type != nullptr && type->kind == json::Kind::array;
  std::erase_if(node.members, [](const json::Member& m) { return m.key == "x-schema" || m.key == "type"; });
  Node reference = json::object({{"$ref", json::text(served_at(place))}});
  if (or_null)
    node.members.push_back({"anyOf", json::list({reference, json::object({{"type", json::text("null")}})})});
  else
    node.members.push_back(std::move(reference.members.front()));
}

// References within the schema's file point into the description's components, those to others to where they
// are served.
void point_into_components(Node& node) {
  constexpr std::string_view here = "#/definitions/";
  if (node.kind == json::Kind::text && node.text.starts_with(here))
    node.text = "#/components/schemas/" + node.text.substr(here.size());
  if (const Node* place = member(node, "x-schema"); place != nullptr) refer(node, std::string{place->text});
  for (Node& item : node.items) point_into_components(item);
  for (json::Member& each : node.members) point_into_components(each.value);
}

Node definitions_in(std::string_view schema) {
  auto tree = json::parse(schema);
  const Node* found = tree ? member(*tree, "definitions") : nullptr;
  if (found == nullptr) return json::object({});
  Node definitions = *found;
  point_into_components(definitions);
  return definitions;
}

}  // namespace

std::string openapi_text(std::span<const Route> all, std::string_view schema) {
  const Node definitions = definitions_in(schema);
  const Node cookie = json::object({{"type", json::text("apiKey")},
                                    {"in", json::text("cookie")},
                                    {"name", json::text("__Host-evenkeel")}});
  return json::dump(json::object(
      {{"openapi", json::text("3.1.0")},
       {"info", json::object({{"title", json::text("Evenkeel")},
                              {"version", json::text("1")},
                              {"description",
                               json::text("Decision support for supervised ketamine therapy. A clinician "
                                          "decides. No monitor, no alarm, no pump.")}})},
       {"paths", paths_of(all, definitions)},
       {"security", json::list({json::object({{"sign_in", json::list({})}})})},
       {"components", json::object({{"securitySchemes", json::object({{"sign_in", cookie}})},
                                    {"schemas", definitions}})}}));
}

}  // namespace evenkeel::server
