#include "http/problem.hpp"

#include <algorithm>
#include <ranges>
#include <string_view>

#include "base/expects.hpp"
#include "json/write.hpp"

namespace evenkeel::http {
namespace {

struct Kind {
  ErrorCode code;
  int status;
  std::string_view text, title;
};

constexpr std::ptrdiff_t most_errors = 50;  // told of one request

// The weightiest first.
constexpr Kind kinds[] = {
    {ErrorCode::storage, 503, "storage", "The store does not answer"},
    {ErrorCode::not_permitted, 403, "not_permitted", "Not permitted"},
    {ErrorCode::not_found, 404, "not_found", "Not found"},
    {ErrorCode::stale, 412, "stale", "Changed since it was read"},
    {ErrorCode::invalid_input, 422, "invalid_input", "The input cannot be taken"},
    {ErrorCode::outside_domain, 409, "outside_domain", "Not covered"},
};

const Kind& kind_of(ErrorCode code) {
  const auto found = std::ranges::find(kinds, code, &Kind::code);
  expects(found != std::end(kinds), "every error code has a status");
  return *found;
}

// A message of the store may name its files or its server.
std::string detail_of(const Error& error) {
  return error.code == ErrorCode::storage ? "It is not known to be kept; send it again with the same key."
                                          : error.what;
}

std::string field_of(const Error& error) {
  return error.code == ErrorCode::storage ? "" : error.where;
}

json::Node entry(std::string_view code, std::string_view field, std::string_view detail) {
  return json::object(
      {{"code", json::text(code)}, {"field", json::text(field)}, {"detail", json::text(detail)}});
}

Response response(const Problem& what, std::vector<json::Node> errors) {
  std::vector<std::pair<std::string, json::Node>> members{
      {"type", json::text("about:blank")},
      {"title", json::text(what.title)},
      {"status", json::number(static_cast<long long>(what.status))},
      {"code", json::text(what.code)}};
  if (!what.detail.empty()) members.emplace_back("detail", json::text(what.detail));
  if (!what.field.empty()) members.emplace_back("field", json::text(what.field));
  if (!errors.empty()) members.emplace_back("errors", json::list(std::move(errors)));
  return {what.status,
          "application/problem+json",
          json::dump(json::object(std::move(members))) + "\n",
          {{"Cache-Control", "no-store"}}};
}

}  // namespace

Response problem(const Problem& what) {
  std::vector<json::Node> errors;
  if (!what.field.empty()) errors.push_back(entry(what.code, what.field, what.detail));
  return response(what, std::move(errors));
}

int status_of(ErrorCode code) {
  return kind_of(code).status;
}

Response problem(const Error& error) {
  return problem(Errors{error});
}

Response problem(const Errors& errors) {
  expects(!errors.empty(), "a problem has an error");
  const auto weight = [](const Error& error) { return &kind_of(error.code); };
  const Error& worst = *std::ranges::min_element(errors, {}, weight);
  const Kind& kind = kind_of(worst.code);
  std::vector<json::Node> entries;
  for (const Error& error : errors | std::views::take(most_errors)) {
    entries.push_back(entry(kind_of(error.code).text, field_of(error), detail_of(error)));
  }
  return response(
      {kind.status, std::string(kind.text), std::string(kind.title), detail_of(worst), field_of(worst)},
      std::move(entries));
}

}  // namespace evenkeel::http
