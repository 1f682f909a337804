#include "exchange/record_reader.hpp"

#include <fmt/format.h>

#include <istream>
#include <optional>

#include "exchange/body_reader.hpp"
#include "json/write.hpp"

namespace evenkeel::exchange {
namespace {

using assess::SetAside;

struct Line {
  std::size_t number = 0;
  std::string text;
  bool too_long = false;
};

// The next line, without holding more of an endless one than its first `longest_line` bytes.
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

Result<care::Record> read_heading(const Line& line) {
  if (line.too_long)
    return at_line(line.number, {ErrorCode::invalid_input, "", "a heading of more than 1 MiB"});
  auto tree = json::parse(line.text);
  if (!tree) return at_line(line.number, tree.error().front());
  Errors faults;
  json::Reader top{*tree, faults};
  std::string patient;
  if (top.object({"format", "version", "patient"}, {"origin"})) {
    auto format = top["format"];
    if (const auto named = format.text(60); !named.empty() && named != "evenkeel.record") {
      format.fault(fmt::format("'{}' where 'evenkeel.record' is expected", named));
    }
    auto version = top["version"];
    if (const int number = version.integer(0, 1'000'000); faults.empty() && number != 1) {
      version.fault(fmt::format("version {}; this program reads version 1", number));
    }
    patient = top["patient"].name();
    if (top.has("origin")) static_cast<void>(top["origin"].text(4000));
  }
  if (!faults.empty()) return at_line(line.number, faults.front());
  return care::Record{patient};
}

// The id of a line that could not be taken, where it can be told.
std::string id_in(std::string_view line) {
  const auto tree = json::parse(line);
  if (!tree) return {};
  Errors ignored;
  return json::Reader{*tree, ignored}["id"].name();
}

void take_line(const Line& line, RecordReading& reading) {
  const auto set_aside = [&](Error error) {
    reading.set_aside.push_back(
        {line.number, line.too_long ? "" : id_in(line.text), at_line(line.number, std::move(error))});
  };
  if (line.too_long) {
    set_aside({ErrorCode::invalid_input, "", fmt::format("longer than {} bytes", longest_line)});
    return;
  }
  auto event = read_event(line.text);
  if (!event) {
    for (Error& error : event.error()) set_aside(std::move(error));
    return;
  }
  if (auto added = reading.record.add(std::move(*event)); !added) set_aside(std::move(added.error()));
}

}  // namespace

Result<care::Event, Errors> read_event(std::string_view line) {
  const auto tree = json::parse(line, {.bytes = longest_line, .depth = 16});
  if (!tree) return tree.error();
  Errors faults;
  json::Reader top{*tree, faults};
  care::Event event;
  if (top.object({"id", "patient", "at", "recorded_at", "recorded_by", "kind", "body"})) {
    event.id = top["id"].name();
    event.patient = top["patient"].name();
    event.at = top["at"].instant();
    event.recorded_at = top["recorded_at"].instant();
    event.recorded_by = top["recorded_by"].text(100);
    event.body = read_body(top["kind"], top["body"]);
  }
  if (!faults.empty()) return faults;
  return event;
}

Result<care::Body, Errors> read_body_text(std::string_view kind, std::string_view body) {
  auto tree = json::parse(body, {.bytes = longest_line, .depth = 16});
  if (!tree) return tree.error();
  const auto event = json::object({{"kind", json::text(kind)}, {"body", *std::move(tree)}});
  Errors faults;
  const json::Reader top{event, faults};
  auto read = read_body(top["kind"], top["body"]);
  if (!faults.empty()) return faults;
  return read;
}

Result<RecordReading> read_record(std::istream& in) {
  auto first = next_line(in, 1);
  if (!first || is_blank(first->text)) {
    return Error{
        ErrorCode::invalid_input, "line 1",
        R"(empty; a record begins with {"format": "evenkeel.record", "version": 1, "patient": "..."})"};
  }
  auto record = read_heading(*first);
  if (!record) return record.error();
  RecordReading reading{std::move(*record), {}};
  for (std::size_t number = 2; auto line = next_line(in, number); ++number) {
    if (number > most_lines) {
      reading.set_aside.push_back({number,
                                   "",
                                   {ErrorCode::invalid_input, fmt::format("line {}", number),
                                    fmt::format("more than {} lines; the rest was not read", most_lines)}});
      break;
    }
    if (!is_blank(line->text) || line->too_long) take_line(*line, reading);
  }
  return reading;
}

}  // namespace evenkeel::exchange
