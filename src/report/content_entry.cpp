#include "report/content_entry.hpp"

namespace evenkeel::report {

std::string tagged(const Provenance& from) {
  std::string text = fmt::format("[{}, {}]", label_text(from.label), from.source);
  if (!from.note.empty()) text += " " + from.note;
  return text;
}

std::string number(const Sourced<int>& value, std::string_view unit) {
  return fmt::format("{} {} {}", value.value, unit, tagged(value.from));
}

void sources(const std::vector<std::pair<std::string, std::string>>& all, Page& page) {
  page.heading("Sources");
  for (const auto& [key, citation] : all) page.item("  " + key + ": ", citation, 4);
}

void row(Page& page, std::string_view name, std::string_view text) {
  page.item(fmt::format("  {}: ", name), text, 6);
}

}  // namespace evenkeel::report
