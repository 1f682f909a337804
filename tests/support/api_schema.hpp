// An answer held against its definition in schema/api-1.schema.json.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "content/library_loader.hpp"
#include "content/schema_check.hpp"

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

}  // namespace evenkeel::test
