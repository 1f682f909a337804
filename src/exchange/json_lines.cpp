#include "exchange/json_lines.hpp"

#include <fmt/format.h>

#include <array>
#include <istream>

#include "json/reader.hpp"

namespace evenkeel::exchange {

std::optional<Line> next_line(std::istream& in, std::size_t number) {
  Line line{number, {}, false};
  std::streambuf* buffer = in.rdbuf();
  int c = buffer->sbumpc();
  if (c == std::char_traits<char>::eof()) return std::nullopt;
  for (; c != '\n' && c != std::char_traits<char>::eof(); c = buffer->sbumpc()) {
    if (line.text.size() <= longest_line)  // one more, for it may be the '\r' of the line's end
      line.text += static_cast<char>(c);
    else
      line.too_long = true;
  }
  if (!line.too_long && line.text.ends_with('\r')) line.text.pop_back();
  if (line.text.size() > longest_line) line.too_long = true;
  return line;
}

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t") == std::string_view::npos;
}

Error at_line(std::size_t number, Error error) {
  error.where =
      error.where.empty() ? fmt::format("line {}", number) : fmt::format("line {}: {}", number, error.where);
  return error;
}

std::string id_in(std::string_view line) {
  const auto tree = json::parse(line);
  if (!tree) return {};
  Errors ignored;
  return json::Reader{*tree, ignored}["id"].name();
}

Result<std::string> read_heading(const Line& line, std::string_view format, std::string_view subject) {
  if (line.too_long)
    return at_line(line.number, {ErrorCode::invalid_input, "", "a heading of more than 1 MiB"});
  auto tree = json::parse(line.text);
  if (!tree) return at_line(line.number, tree.error().front());
  Errors faults;
  json::Reader top{*tree, faults};
  std::string name;
  if (top.object({"format", "version", subject}, {"origin"})) {
    auto written = top["format"];
    if (const auto named = written.text(60); !named.empty() && named != format)
      written.fault(fmt::format("'{}' where '{}' is expected", named, format));
    auto version = top["version"];
    if (const int number = version.integer(0, 1'000'000); faults.empty() && number != 1)
      version.fault(fmt::format("version {}; this program reads version 1", number));
    name = top[subject].name();
    if (top.has("origin")) static_cast<void>(top["origin"].text(4000));
  }
  if (!faults.empty()) return at_line(line.number, faults.front());
  return name;
}

}  // namespace evenkeel::exchange
