#include "report/html_text.hpp"

#include <algorithm>
#include <cmath>

namespace evenkeel::report {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";  // U+FFFD

// U+200E, U+200F, U+202A..202E and U+2066..2069 turn the reading direction around.
bool turns_direction(std::string_view three) {
  if (three.size() < 3 || three[0] != '\xE2') return false;
  const auto last = static_cast<unsigned char>(three[2]);
  if (three[1] == '\x80') return last == 0x8E || last == 0x8F || (0xAA <= last && last <= 0xAE);
  return three[1] == '\x81' && 0xA6 <= last && last <= 0xA9;
}

void escape_one(char c, std::string& out) {
  switch (c) {
    case '&':
      out += "&amp;";
      return;
    case '<':
      out += "&lt;";
      return;
    case '>':
      out += "&gt;";
      return;
    case '"':
      out += "&quot;";
      return;
    case '\'':
      out += "&#39;";
      return;
    default:
      break;
  }
  const auto code = static_cast<unsigned char>(c);
  const bool control = (code < 0x20 && c != '\n' && c != '\t') || code == 0x7F;
  if (control)
    out += replacement;
  else
    out += c;
}

std::string plural(long count, std::string_view word) {
  return fmt::format("{} {}{}", count, word, count == 1 ? "" : "s");
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 8);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (turns_direction(text.substr(i, 3))) {
      out += replacement;
      i += 2;
    } else {
      escape_one(text[i], out);
    }
  }
  return out;
}

std::string day_text(Instant when) {
  return when.to_string().substr(0, 10);
}

std::string minute_text(Instant when) {
  return day_text(when) + " " + clock_text(when);
}

std::string clock_text(Instant when) {
  return when.to_string().substr(11, 5);
}

Html moment(Instant when) {
  return html("<time datetime=\"{}\">{}</time>", when.to_string(), minute_text(when));
}

Html day(Instant when) {
  return html("<time datetime=\"{0}\">{0}</time>", day_text(when));
}

std::string distance_text(Instant when, Instant now) {
  const double hours = (when - now).in(units::h);
  const bool ahead = hours >= 0.0;
  const double size_h = std::abs(hours);
  if (size_h < 1.0) return ahead ? "within the hour" : "within the last hour";
  const std::string length = size_h < 48.0 ? plural(std::lround(std::floor(size_h)), "hour")
                                           : plural(std::lround(std::floor(size_h / 24.0)), "day");
  return ahead ? "in " + length : length + " ago";
}

double minutes_between(Instant from, Instant to) {
  return (to - from).in(units::min);
}

std::string number_text(double value, int places) {
  if (!std::isfinite(value)) return "not a number";
  std::string text = fmt::format("{:.{}f}", value, places);
  if (text.find('.') != std::string::npos) {
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
  }
  return text == "-0" ? "0" : text;
}

std::string ng_per_mL_text(Concentration value) {
  const double number = value.in(units::ng / units::mL);
  if (number >= 100.0) return number_text(number, 0);
  return number_text(number, number >= 10.0 ? 1 : 2);
}

std::string duration_text(Duration length) {
  const double minutes = length.in(units::min);
  if (minutes < 120.0) return number_text(minutes, 0) + " min";
  if (minutes < 48.0 * 60.0) return number_text(minutes / 60.0, 1) + " h";
  return number_text(minutes / 1440.0, 1) + " days";
}

std::string instrument_name(std::string_view id) {
  std::string name{id};
  constexpr std::string_view scale = "-0-10";
  const bool is_scale = name.ends_with(scale);
  if (is_scale) name.resize(name.size() - scale.size());
  const bool acronym = name.find_first_of("0123456789") != std::string::npos || name.size() <= 4;
  for (char& c : name) {
    if (acronym && 'a' <= c && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (!acronym && c == '-') c = ' ';
  }
  return is_scale ? name + " (0 to 10)" : name;
}

std::string label_note(const Provenance& from) {
  std::string note = from.source.empty() ? std::string(label_words(from.label))
                                         : fmt::format("{}: {}", from.source, label_words(from.label));
  if (!from.note.empty()) note += "; " + from.note;
  return note;
}

Html bullet_list(const std::vector<Html>& items, std::string_view css_class) {
  if (items.empty()) return {};
  Html list = css_class.empty() ? Html{"<ul>"} : html("<ul class=\"{}\">", css_class);
  for (const Html& item : items) list += html("<li>{}</li>", item);
  return list + Html{"</ul>\n"};
}

std::string joined(const std::vector<std::string>& parts, std::string_view between) {
  return fmt::format("{}", fmt::join(parts, between));
}

void Table::row(const std::vector<Cell>& cells, std::string_view css_class) {
  rows_ += css_class.empty() ? Html{"<tr>"} : html("<tr class=\"{}\">", css_class);
  std::size_t column = 0;
  for (const Cell& cell : cells) {
    if (column == 0) {
      rows_ += html("<th scope=\"row\">{}</th>", cell.content);
    } else {
      const bool number = cell.span == 1 && column < columns_.size() && columns_[column].number;
      const Html span = cell.span > 1 ? html(" colspan=\"{}\"", cell.span) : Html{};
      rows_ += html("<td{}{}>{}</td>", Html{number ? " class=\"n\"" : ""}, span, cell.content);
    }
    column += cell.span;
  }
  rows_ += Html{"</tr>\n"};
}

Html Table::finish() const {
  Html out = html(
      "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{0}\"><table>"
      "<caption><span>{0}</span></caption>"
      "<thead><tr>",
      caption_);
  for (const Column& column : columns_)
    out += html("<th scope=\"col\"{}>{}</th>",
                Html{column.number  ? " class=\"n\""
                     : column.prose ? " class=\"w\""
                                    : ""},
                column.title);
  return out + html("</tr></thead>\n<tbody>{}</tbody></table></div>\n", rows_);
}

Html data_table(const Table& table) {
  return html("<details><summary>The numbers of this plot</summary>{}</details>\n", table.finish());
}

const assess::SessionExposure* exposure_of(const assess::Assessment& assessment, std::string_view session) {
  const auto& all = assessment.exposure.sessions;
  const auto found = std::ranges::find(all, session, &assess::SessionExposure::session);
  return found == all.end() ? nullptr : &*found;
}

}  // namespace evenkeel::report
