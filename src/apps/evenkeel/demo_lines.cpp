#include "apps/evenkeel/demo_lines.hpp"

#include <fmt/format.h>

#include <charconv>
#include <sstream>

#include "content/library_loader.hpp"
#include "json/reader.hpp"
#include "json/write.hpp"

namespace evenkeel::app {

Result<std::vector<DemoLine>> demo_lines(const std::filesystem::path& file) {
  const auto text = content::read_text(file);
  if (!text) return text.error();
  std::vector<DemoLine> lines;
  std::istringstream in{*text};
  for (std::string line; std::getline(in, line);) {
    const auto tree = json::parse(line);
    if (!tree) return tree.error().front();
    Errors faults;
    json::Reader reader{*tree, faults, fmt::format("{} line {}", file.string(), lines.size() + 1)};
    if (reader.object({"minute", "by", "kind", "body"})) {
      lines.push_back({reader["minute"].integer(-100'000, 100'000), reader["by"].name(),
                       reader["kind"].name(), json::dump(*reader["body"].node())});
    }
    if (!faults.empty()) return faults.front();
  }
  return lines;
}

std::string filled(std::string_view body, Instant now, std::string_view place) {
  std::string text;
  while (!body.empty()) {
    const auto open = body.find("{+");
    const auto named = body.find("{place}");
    const auto next = std::min(open, named);
    text += body.substr(0, next);
    if (next == std::string_view::npos) break;
    body.remove_prefix(next);
    const auto close = body.find('}');
    if (next == named) {
      text += place;
    } else {
      int days = 0;
      std::from_chars(body.data() + 2, body.data() + close, days);
      text += Date{Date::of(now).day() + std::chrono::days{days}}.to_string();
    }
    body.remove_prefix(close + 1);
  }
  return text;
}

}  // namespace evenkeel::app
