// The API's description (OpenAPI 3.1), made from the table of routes and schema/api-1.schema.json, so that it
// says nothing else than what is served. Pure.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "server/route.hpp"

namespace evenkeel::server {

// `schema` is a JSON Schema whose definitions the routes name.
[[nodiscard]] std::string openapi_text(std::span<const Route> all, std::string_view schema);

}  // namespace evenkeel::server
