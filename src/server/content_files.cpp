#include "server/content_files.hpp"

#include <algorithm>

#include "content/library_loader.hpp"
#include "json/member.hpp"

namespace evenkeel::server {
namespace {

namespace fs = std::filesystem;

std::string text_at(const json::Node& tree, std::string_view key) {
  const json::Node* found = json::member(tree, key);
  return found == nullptr ? std::string{} : found->text;
}

bool is_schema(const fs::path& file) {
  return file.filename().string().ends_with("schema.json");
}

Result<ContentFile> read(const fs::path& file) {
  auto text = content::read_text(file);
  if (!text) return text.error();
  const auto tree = json::parse(*text);
  if (!tree) return tree.error().front();
  return ContentFile{text_at(*tree, "id"), text_at(*tree, "version"), text_at(*tree, "status"),
                     text_at(*tree, "title"), *std::move(text)};
}

Result<std::vector<ContentFile>> files_of(const fs::path& folder) {
  std::vector<ContentFile> found;
  std::error_code error;
  for (fs::directory_iterator it{folder, error}, end; !error && it != end; it.increment(error)) {
    if (it->path().extension() != ".json" || is_schema(it->path())) continue;
    auto file = read(it->path());
    if (!file) return file.error();
    found.push_back(*std::move(file));
  }
  if (error) return Error{ErrorCode::storage, folder.string(), error.message()};
  std::ranges::sort(found, {}, &ContentFile::id);
  return found;
}

}  // namespace

Result<ContentFiles> content_files(const fs::path& folder) {
  ContentFiles all;
  std::error_code error;
  for (fs::directory_iterator it{folder, error}, end; !error && it != end; it.increment(error)) {
    if (!it->is_directory()) continue;
    auto files = files_of(it->path());
    if (!files) return files.error();
    all.emplace(it->path().filename().string(), *std::move(files));
  }
  if (error) return Error{ErrorCode::storage, folder.string(), error.message()};
  return all;
}

Result<SchemaFiles> schema_files(const fs::path& schema, const fs::path& content) {
  SchemaFiles all;
  for (const fs::path& folder : {schema, content}) {
    std::error_code error;
    for (fs::recursive_directory_iterator it{folder, error}, end; !error && it != end; it.increment(error)) {
      if (!is_schema(it->path())) continue;
      auto text = content::read_text(it->path());
      if (!text) return text.error();
      all.emplace(served_schema_name(it->path().generic_string()), *std::move(text));
    }
    if (error) return Error{ErrorCode::storage, folder.string(), error.message()};
  }
  return all;
}

std::string served_schema_name(std::string_view place) {
  const fs::path path{place};
  if (path.filename() != "schema.json") return path.filename().string();
  return path.parent_path().filename().string() + ".schema.json";
}

const ContentFile* find(const ContentFiles& files, std::string_view kind, std::string_view id) {
  const auto of_kind = files.find(std::string{kind});
  if (of_kind == files.end()) return nullptr;
  const auto found = std::ranges::find(of_kind->second, id, &ContentFile::id);
  return found == of_kind->second.end() ? nullptr : &*found;
}

}  // namespace evenkeel::server
