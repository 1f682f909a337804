// Every way to break one place of a JSON document: for holding two readers of a format together.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace evenkeel::test {

struct Mutation {
  std::string what;
  nlohmann::json document;
};

namespace detail {

inline nlohmann::json other_type(const nlohmann::json& value) {
  if (value.is_string()) return 7;
  if (value.is_number() || value.is_boolean()) return "seven";
  return value.is_array() ? nlohmann::json("list") : nlohmann::json::array({1});
}

inline void at_place(const nlohmann::json& whole, const nlohmann::json::json_pointer& place,
                     std::vector<Mutation>& found) {
  const auto change = [&](std::string what, auto&& edit) {
    Mutation mutation{what + " at " + place.to_string(), whole};
    edit(mutation.document[place]);
    found.push_back(std::move(mutation));
  };
  const nlohmann::json& value = whole[place];
  change("wrong type", [&](nlohmann::json& node) { node = other_type(node); });
  change("null", [](nlohmann::json& node) { node = nullptr; });
  if (value.is_object()) {
    change("unknown key", [](nlohmann::json& node) { node["never heard of"] = 1; });
    for (const auto& [key, child] : value.items()) {
      change("no " + key, [&](nlohmann::json& node) { node.erase(key); });
    }
  }
  if (!value.is_structured()) return;
  for (const auto& [key, child] : value.items()) at_place(whole, place / key, found);
}

}  // namespace detail

[[nodiscard]] inline std::vector<Mutation> mutations(const nlohmann::json& document) {
  std::vector<Mutation> found;
  detail::at_place(document, nlohmann::json::json_pointer{}, found);
  return found;
}

}  // namespace evenkeel::test
