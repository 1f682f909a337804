#include "exchange/record_reader.hpp"

#include <fmt/format.h>

#include <istream>

#include "exchange/body_reader.hpp"
#include "exchange/json_lines.hpp"
#include "json/write.hpp"

namespace evenkeel::exchange {
namespace {

using assess::SetAside;

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
  auto patient = read_heading(*first, "evenkeel.record", "patient");
  if (!patient) return patient.error();
  RecordReading reading{care::Record{*std::move(patient)}, {}};
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
