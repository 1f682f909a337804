// The built pages: files read once, given out with their type and a name for what they are, compressed where
// the browser takes it (the build has made a .gz beside each). Values; safe to use from any thread.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "base/result.hpp"
#include "server/http_words.hpp"

namespace evenkeel::server {

class Pages {
 public:
  // Without a folder every page says that none were built.
  Pages() = default;
  // Errors: storage.
  [[nodiscard]] static Result<Pages> load(const std::filesystem::path& folder);

  // A file; for a path that names none and has no dot, index.html: the page itself knows its addresses.
  [[nodiscard]] Response answer(const Request& request) const;
  [[nodiscard]] bool empty() const { return files_.empty(); }

 private:
  struct File {
    std::string bytes;
    std::string compressed;  // or empty
    std::string type;
    std::string tag;
    bool forever = false;  // its name changes with what it holds
  };
  std::map<std::string, File, std::less<>> files_;  // "/assets/a.js"
};

}  // namespace evenkeel::server
