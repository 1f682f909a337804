// The numbers of a protocol: with bounds for a site, and never beyond what no file can lift.

#include "content/protocol_parts.hpp"

namespace evenkeel::content {
namespace {

Sourced<Duration> in_ten_years(json::Reader& place, Sourced<Duration> time) {
  if (!(time.value <= longest_time)) place["value"].fault("a time of more than ten years");
  return time;
}

void check_unit(json::Reader written, std::string_view unit) {
  const std::string text = written.text(20);
  if (!text.empty() && text != unit) written.fault(fmt::format("'{}' where '{}' is expected", text, unit));
}

}  // namespace

void check_adjustable(json::Reader& place) {
  if (!place.has("adjustable")) return;
  json::Reader bounds = place["adjustable"];
  if (!bounds.object({"low", "high"})) return;
  const double low = bounds["low"].number(-1e12, 1e12);
  const double high = bounds["high"].number(-1e12, 1e12);
  if (!(low <= high)) {
    bounds.fault(fmt::format("from {} to {}: the low bound is above the high one", low, high));
    return;
  }
  const json::Node* node = place["value"].node();
  if (node == nullptr || node->kind != json::Kind::number) return;
  const double value = place["value"].number(-1e12, 1e12);
  if (!(low <= value && value <= high))
    place["value"].fault(fmt::format("{} is not within what a site may set, {} to {}", value, low, high));
}

Sourced<Duration> time_above_zero(json::Reader place, const Header& header) {
  return in_ten_years(place, above_zero<Duration>(place, header));
}

Sourced<Duration> time_from_zero(json::Reader place, const Header& header) {
  return in_ten_years(place, protocol_number<Duration>(place, header));
}

Sourced<int> whole_number(json::Reader place, const Header& header, std::string_view unit, int low,
                          int high) {
  Sourced<int> number;
  if (!place.object({"value", "unit", "source", "label"}, {"note", "low", "high", "adjustable"}))
    return number;
  number.value = place["value"].integer(low, high);
  check_unit(place["unit"], unit);
  number.from = read_provenance(place, header);
  check_bounds(place);
  check_adjustable(place);
  return number;
}

Sourced<double> plain_number(json::Reader place, const Header& header, std::string_view unit, double low,
                             double high) {
  Sourced<double> number;
  if (!place.object({"value", "unit", "source", "label"}, {"note", "low", "high", "adjustable"}))
    return number;
  number.value = place["value"].number(low, high);
  check_unit(place["unit"], unit);
  number.from = read_provenance(place, header);
  check_bounds(place);
  check_adjustable(place);
  return number;
}

double compiled_cap(plan::LimitKind kind) {
  for (const plan::Limit& limit : plan::compiled_in()) {
    if (limit.kind == kind) return limit.value.to_double();
  }
  return 0.0;
}

}  // namespace evenkeel::content
