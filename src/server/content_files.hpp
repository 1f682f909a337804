// The library's files by kind and id, for pages that show them, and the schemas of what is answered. Names
// are looked up, never made into a path.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace evenkeel::server {

struct ContentFile {
  std::string id;
  std::string version;
  std::string status;
  std::string title;
  std::string json;  // as it stands in the file
};

// By kind, the name of its folder; each by id. Errors: storage; invalid_input for what is no JSON.
using ContentFiles = std::map<std::string, std::vector<ContentFile>>;
[[nodiscard]] Result<ContentFiles> content_files(const std::filesystem::path& folder);
// Null where there is none.
[[nodiscard]] const ContentFile* find(const ContentFiles& files, std::string_view kind, std::string_view id);

// By name: those of schema/, and of each kind of content as "models.schema.json". Errors: storage.
using SchemaFiles = std::map<std::string, std::string, std::less<>>;
[[nodiscard]] Result<SchemaFiles> schema_files(const std::filesystem::path& schema,
                                               const std::filesystem::path& content);
// "../content/models/schema.json", as a schema names it: "models.schema.json".
[[nodiscard]] std::string served_schema_name(std::string_view place);

}  // namespace evenkeel::server
