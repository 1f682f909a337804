#include "server/openapi.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <map>

namespace evenkeel::server {
namespace {

using json::Node;
using Fields = std::vector<std::pair<std::string, Node>>;

Node schema_of(std::string_view definition) {
  return json::object({{"$ref", json::text(fmt::format("#/components/schemas/{}", definition))}});
}

Node content_of(std::string_view type, Node schema) {
  return json::object({{std::string{type}, json::object({{"schema", std::move(schema)}})}});
}

Node answers_of(const Route& route) {
  Fields good{{"description", json::text(route.words)}};
  if (!route.answer.empty())
    good.emplace_back("content", content_of("application/json", schema_of(route.answer)));
  const Node refused =
      json::object({{"description", json::text("What stands in the way (RFC 9457)")},
                    {"content", content_of("application/problem+json", schema_of("problem"))}});
  return json::object({{"2XX", json::object(std::move(good))}, {"default", refused}});
}

Node parameter(std::string_view name, std::string_view in, std::string_view words) {
  return json::object({{"name", json::text(name)},
                       {"in", json::text(in)},
                       {"required", json::boolean(true)},
                       {"description", json::text(words)},
                       {"schema", json::object({{"type", json::text("string")}})}});
}

Node parameters_of(const Route& route) {
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
  return json::list(std::move(all));
}

Node operation(const Route& route) {
  Fields fields{{"summary", json::text(route.words)},
                {"parameters", parameters_of(route)},
                {"responses", answers_of(route)}};
  if (route.right) fields.emplace_back("x-right", json::text(clinic::right_text(*route.right)));
  if (route.door == Door::open) fields.emplace_back("security", json::list({}));
  return json::object(std::move(fields));
}

Node paths_of(std::span<const Route> all) {
  std::vector<std::pair<std::string, Fields>> by_path;
  for (const Route& route : all) {
    const std::string path{route.pattern};
    auto found = std::ranges::find(by_path, path, &std::pair<std::string, Fields>::first);
    if (found == by_path.end()) found = by_path.insert(by_path.end(), {path, {}});
    std::string method{method_text(route.method)};
    std::ranges::transform(method, method.begin(), [](unsigned char c) { return std::tolower(c); });
    found->second.emplace_back(method, operation(route));
  }
  Fields paths;
  for (auto& [path, operations] : by_path) paths.emplace_back(path, json::object(std::move(operations)));
  return json::object(std::move(paths));
}

// References within the schema's file point into the description's components.
void point_into_components(Node& node) {
  constexpr std::string_view here = "#/definitions/";
  if (node.kind == json::Kind::text && node.text.starts_with(here))
    node.text = "#/components/schemas/" + node.text.substr(here.size());
  for (Node& item : node.items) point_into_components(item);
  for (json::Member& member : node.members) point_into_components(member.value);
}

Node definitions_in(std::string_view schema) {
  auto tree = json::parse(schema);
  if (!tree) return json::object({});
  const auto found = std::ranges::find(tree->members, "definitions", &json::Member::key);
  if (found == tree->members.end()) return json::object({});
  point_into_components(found->value);
  return std::move(found->value);
}

}  // namespace

std::string openapi_text(std::span<const Route> all, std::string_view schema) {
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
       {"paths", paths_of(all)},
       {"security", json::list({json::object({{"sign_in", json::list({})}})})},
       {"components", json::object({{"securitySchemes", json::object({{"sign_in", cookie}})},
                                    {"schemas", definitions_in(schema)}})}}));
}

}  // namespace evenkeel::server
