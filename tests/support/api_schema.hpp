// What is asked and answered, held against its definition in schema/api-1.schema.json.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "content/library_loader.hpp"
#include "content/schema_check.hpp"
#include "json/document.hpp"
#include "server/route.hpp"

namespace evenkeel::test {

inline std::string api_schema_of(std::string_view definition) {
  static const std::string schema = *content::read_text(EVENKEEL_SOURCE_DIR "/schema/api-1.schema.json");
  return R"({"$ref": "#/definitions/)" + std::string{definition} + R"(", )" +
         schema.substr(schema.find('{') + 1);
}

inline void expect_described(const std::string& answer, std::string_view definition) {
  for (const Error& fault : content::contradictions(answer, api_schema_of(definition)))
    ADD_FAILURE() << definition << ": " << to_string(fault) << "\n" << answer.substr(0, 2000);
}

// What a write was accepted with is what the API's description says it asks.
inline void expect_asked_as_described(const server::Request& request, const server::Response& answer) {
  if (request.method == server::Method::get || answer.status >= 300) return;
  for (const server::Route& route : server::routes()) {
    if (route.method == request.method && !route.asks.empty() &&
        server::match(route.pattern, request.target.path))
      expect_described(request.body.empty() ? "{}" : request.body, route.asks);
  }
}

// The member of an answer's object; an empty text where there is none.
inline std::string member(const server::Response& response, std::string_view key) {
  const auto tree = json::parse(response.body);
  EXPECT_TRUE(tree) << response.body;
  if (!tree) return {};
  for (const json::Member& each : tree->members) {
    if (each.key == key) return each.value.text;
  }
  return {};
}

}  // namespace evenkeel::test
