#include "exchange/table_line.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace evenkeel::exchange {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

Error refuse(std::string what) {
  return {ErrorCode::invalid_input, "", std::move(what)};
}

}  // namespace

Result<std::optional<std::string_view>> LineReader::next() {
  constexpr int end = std::char_traits<char>::eof();
  std::streambuf& source = *in_->rdbuf();
  int c = source.sbumpc();
  if (c == end) return std::optional<std::string_view>{};
  ++number_;
  line_.clear();
  for (; c != '\n' && c != end; c = source.sbumpc()) {
    if (line_.size() > longest_row) break;  // one more than allowed, for it may be the '\r' of the end
    line_ += static_cast<char>(c);
  }
  std::string_view line = line_;
  if (number_ == 1 && line.starts_with(byte_order_mark)) line.remove_prefix(byte_order_mark.size());
  if (line.ends_with('\r')) line.remove_suffix(1);
  if (line.size() > longest_row) return refuse(fmt::format("a line of more than {} bytes", longest_row));
  return std::optional{line};
}

Separator separator_in(std::string_view heading) {
  if (heading.find(',') != std::string_view::npos) return Separator::comma;
  return heading.find('\t') != std::string_view::npos ? Separator::tab : Separator::blank;
}

std::optional<Error> Fields::split(std::string_view line, Separator separator) {
  fields_.clear();
  unquoted_.clear();
  const char mark = separator == Separator::comma ? ',' : '\t';
  const auto separates = [&](char c) { return separator == Separator::blank ? is_blank(c) : c == mark; };
  const auto skip_blanks = [&](std::size_t& at) {
    while (at < line.size() && is_blank(line[at]) && (separator == Separator::blank || line[at] != mark))
      ++at;
  };
  std::size_t at = 0;
  skip_blanks(at);
  while (true) {
    if (fields_.size() == most_columns) return refuse(fmt::format("more than {} fields", most_columns));
    if (at < line.size() && line[at] == '"') {
      if (auto error = take_quoted(line, at)) return error;
    } else {
      const std::size_t start = at;
      while (at < line.size() && !separates(line[at])) ++at;
      std::size_t stop = at;
      while (stop > start && is_blank(line[stop - 1])) --stop;
      fields_.push_back(line.substr(start, stop - start));
      if (fields_.back().find('"') != std::string_view::npos)
        return refuse(fmt::format("a quote inside the field '{}'", shown(fields_.back())));
    }
    skip_blanks(at);
    if (at == line.size()) return std::nullopt;
    if (separator == Separator::blank) continue;
    if (!separates(line[at])) return refuse("something stands between a quoted field and the next separator");
    ++at;
    skip_blanks(at);
  }
}

std::optional<Error> Fields::take_quoted(std::string_view line, std::size_t& at) {
  std::string& text = unquoted_.emplace_back();
  for (++at; at < line.size(); ++at) {
    if (line[at] == '"') {
      if (at + 1 == line.size() || line[at + 1] != '"') break;
      ++at;
    }
    text += line[at];
  }
  if (at == line.size()) return refuse("a quote that is not closed on its line");
  ++at;
  fields_.push_back(text);
  return std::nullopt;
}

std::string shown(std::string_view text) {
  std::size_t length = std::min<std::size_t>(text.size(), 40);
  while (length < text.size() && length > 0 && (static_cast<unsigned char>(text[length]) & 0xC0) == 0x80)
    --length;
  std::string clean{text.substr(0, length)};
  std::ranges::replace_if(
      clean, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, '?');
  return length < text.size() ? clean + "..." : clean;
}

}  // namespace evenkeel::exchange
