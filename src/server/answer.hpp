// What a handler answers with: JSON, made once.
#pragma once

#include <string>
#include <string_view>

#include "json/write.hpp"
#include "server/http_words.hpp"

namespace evenkeel::server {

// An object that may hold JSON texts as they are: an assessment is not read again to be written again.
class Members {
 public:
  Members& add(std::string_view key, const json::Node& value) { return add_text(key, json::dump(value)); }
  Members& add_text(std::string_view key, std::string_view json_text);
  [[nodiscard]] std::string take();

 private:
  std::string text_ = "{";
};

// "no-store": what is about a patient is in nobody's cache.
[[nodiscard]] Response json_answer(int status, std::string text);
[[nodiscard]] Response json_answer(int status, const json::Node& node);
[[nodiscard]] Response no_content();

}  // namespace evenkeel::server
