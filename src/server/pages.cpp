#include "server/pages.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "store/audit.hpp"

namespace evenkeel::server {
namespace {

namespace fs = std::filesystem;

constexpr std::pair<std::string_view, std::string_view> types[] = {
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".ico", "image/x-icon"},
    {".json", "application/json"},
    {".webmanifest", "application/manifest+json"},
    {".txt", "text/plain; charset=utf-8"},
    {".woff2", "font/woff2"}};

Result<std::string> bytes_of(const fs::path& file) {
  std::ifstream in{file, std::ios::binary};
  std::string bytes{std::istreambuf_iterator<char>{in}, {}};
  if (in.bad() || !in.is_open())
    return Error{ErrorCode::storage, file.string(), "this page could not be read"};
  return bytes;
}

std::string_view type_of(const std::string& name) {
  const auto found =
      std::ranges::find_if(types, [&](const auto& each) { return name.ends_with(each.first); });
  return found == std::end(types) ? "application/octet-stream" : found->second;
}

// An address that the pages' own router knows may name "iv-ket-trd-0.5x40"; a file that is not there is not
// one of them.
bool is_of_the_app(const std::string& name) {
  const bool a_file =
      std::ranges::any_of(types, [&](const auto& each) { return name.ends_with(each.first); });
  return !a_file && name.find("/.") == std::string::npos && !name.starts_with("/assets/");
}

bool takes_gzip(const Request& request) {
  return request.header("Accept-Encoding").value_or("").find("gzip") != std::string_view::npos;
}

}  // namespace

Result<Pages> Pages::load(const fs::path& folder) {
  Pages pages;
  std::error_code error;
  for (fs::recursive_directory_iterator it{folder, error}, end; !error && it != end; it.increment(error)) {
    if (!it->is_regular_file()) continue;
    const std::string name = "/" + fs::relative(it->path(), folder).generic_string();
    auto bytes = bytes_of(it->path());
    if (!bytes) return bytes.error();
    if (name.ends_with(".gz")) {
      pages.files_[name.substr(0, name.size() - 3)].compressed = *std::move(bytes);
      continue;
    }
    File& file = pages.files_[name];
    file.type = type_of(name);
    file.tag = "\"" + store::hex(store::sha256(*bytes)).substr(0, 32) + "\"";
    file.forever = name.starts_with("/assets/");
    file.bytes = *std::move(bytes);
  }
  if (error) return Error{ErrorCode::storage, folder.string(), error.message()};
  std::erase_if(pages.files_, [](const auto& each) { return each.second.type.empty(); });
  return pages;
}

Response Pages::answer(const Request& request) const {
  if (request.method != Method::get && request.method != Method::head)
    return problem(Problem{405, "method_not_allowed", "A page is only read", "GET, HEAD", ""});
  std::string name;
  for (const std::string& part : request.target.path) name += "/" + part;
  auto found = files_.find(name.empty() ? "/index.html" : name);
  if (found == files_.end() && is_of_the_app(name)) found = files_.find("/index.html");
  if (found == files_.end())
    return problem(Problem{404, "not_found", "No such page",
                           empty() ? "the pages were not built; the API is at /api" : "", ""});
  const File& file = found->second;
  Response page{200, file.type, "", {}};
  page.headers = {{"ETag", file.tag},
                  {"Vary", "Accept-Encoding"},
                  {"Cache-Control", file.forever ? "public, max-age=31536000, immutable" : "no-cache"}};
  if (request.header("If-None-Match").value_or("") == file.tag) {
    page.status = 304;
    page.type.clear();
    return page;
  }
  const bool compressed = !file.compressed.empty() && takes_gzip(request);
  if (compressed) page.headers.push_back({"Content-Encoding", "gzip"});
  page.body = compressed ? file.compressed : file.bytes;
  return page;
}

}  // namespace evenkeel::server
