#include "server/answer.hpp"

namespace evenkeel::server {

Members& Members::add_text(std::string_view key, std::string_view json_text) {
  if (text_.size() > 1) text_ += ',';
  text_ += json::dump(json::text(key));
  text_ += ':';
  text_ += json_text;
  return *this;
}

std::string Members::take() {
  return std::move(text_) + "}";
}

Response json_answer(int status, std::string text) {
  return {status, "application/json", std::move(text), {{"Cache-Control", "no-store"}}};
}

Response json_answer(int status, const json::Node& node) {
  return json_answer(status, json::dump(node));
}

Response no_content() {
  return {204, "", "", {{"Cache-Control", "no-store"}}};
}

}  // namespace evenkeel::server
