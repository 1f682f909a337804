#include "http/response_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace evenkeel::http {
namespace {

constexpr std::pair<int, std::string_view> reasons[] = {{200, "OK"},
                                                        {201, "Created"},
                                                        {202, "Accepted"},
                                                        {204, "No Content"},
                                                        {301, "Moved Permanently"},
                                                        {302, "Found"},
                                                        {303, "See Other"},
                                                        {304, "Not Modified"},
                                                        {307, "Temporary Redirect"},
                                                        {400, "Bad Request"},
                                                        {401, "Unauthorized"},
                                                        {403, "Forbidden"},
                                                        {404, "Not Found"},
                                                        {405, "Method Not Allowed"},
                                                        {406, "Not Acceptable"},
                                                        {408, "Request Timeout"},
                                                        {409, "Conflict"},
                                                        {412, "Precondition Failed"},
                                                        {413, "Content Too Large"},
                                                        {414, "URI Too Long"},
                                                        {415, "Unsupported Media Type"},
                                                        {417, "Expectation Failed"},
                                                        {422, "Unprocessable Content"},
                                                        {428, "Precondition Required"},
                                                        {429, "Too Many Requests"},
                                                        {431, "Request Header Fields Too Large"},
                                                        {500, "Internal Server Error"},
                                                        {501, "Not Implemented"},
                                                        {503, "Service Unavailable"}};

constexpr std::string_view listeners_own[] = {"Date", "Connection", "Content-Length", "Transfer-Encoding",
                                              "Content-Type"};

std::string_view reason(int status) {
  const auto found = std::ranges::find(reasons, status, &std::pair<int, std::string_view>::first);
  return found == std::end(reasons) ? "" : found->second;
}

// As RFC 9110 5.6.7: Sun, 06 Nov 1994 08:49:37 GMT
std::string date_text(std::chrono::sys_seconds now) {
  constexpr std::string_view days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::string_view months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto day = std::chrono::floor<std::chrono::days>(now);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss time{now - day};
  return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT", days[std::chrono::weekday{day}.c_encoding()],
                     static_cast<unsigned>(date.day()), months[static_cast<unsigned>(date.month()) - 1],
                     static_cast<int>(date.year()), time.hours().count(), time.minutes().count(),
                     time.seconds().count());
}

bool is_token(std::string_view text) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
  };
  return !text.empty() && std::ranges::all_of(text, allowed);
}

bool is_value(std::string_view text) {
  return std::ranges::none_of(text, [](char c) { return (c >= 0 && c < ' ' && c != '\t') || c == 0x7F; });
}

Error mistake(std::string what) {
  return {ErrorCode::invalid_input, "response", std::move(what)};
}

Result<std::string> header_text(const std::vector<Header>& headers, std::string_view type) {
  std::string text;
  if (!is_value(type)) return mistake("the media type has a control character");
  if (!type.empty()) text += fmt::format("Content-Type: {}\r\n", type);
  for (const std::string_view name : listeners_own) {
    if (find_header(headers, name))
      return mistake(fmt::format("the header {} is the listener's to set", name));
  }
  for (const Header& header : headers) {
    if (!is_token(header.name)) return mistake("a header's name is no token");
    if (!is_value(header.value)) return mistake(fmt::format("{} has a control character", header.name));
    text += fmt::format("{}: {}\r\n", header.name, header.value);
  }
  return text;
}

std::string first_lines(int status, const Framing& framing) {
  return fmt::format("HTTP/1.1 {} {}\r\nDate: {}\r\nConnection: {}\r\n", status, reason(status),
                     date_text(framing.now), framing.keep_alive ? "keep-alive" : "close");
}

}  // namespace

bool has_body(int status) {
  return status != 204 && status != 304;
}

Result<std::string> head_text(const Response& response, const Framing& framing) {
  if (response.status < 200 || response.status > 599) {
    return mistake(fmt::format("{} is no status of a response", response.status));
  }
  auto headers = header_text(response.headers, response.type);
  if (!headers) return headers;
  std::string text = first_lines(response.status, framing) + *headers;
  if (has_body(response.status)) text += fmt::format("Content-Length: {}\r\n", response.body.size());
  return text + "\r\n";
}

Result<std::string> head_text(const Stream& stream, const Framing& framing) {
  auto headers = header_text(stream.headers, "text/event-stream");
  if (!headers) return headers;
  std::string text = first_lines(200, framing) + *headers;
  if (!find_header(stream.headers, "Cache-Control")) text += "Cache-Control: no-store\r\n";
  if (framing.chunked) text += "Transfer-Encoding: chunked\r\n";
  return text + "\r\n";
}

std::string chunk_text(std::string_view text) {
  return fmt::format("{:x}\r\n{}\r\n", text.size(), text);
}

}  // namespace evenkeel::http
