#include "content/estimated_reader.hpp"

namespace evenkeel::content {
namespace {

// Above zero, and far from where a division would overflow.
double above_zero(json::Reader place) {
  return place.number(1e-9, 1e9);
}

}  // namespace

WrittenEstimate read_written(json::Reader place, const Header& header) {
  WrittenEstimate written;
  if (!place.object({"value", "unit", "source", "label"}, {"note", "low", "high", "interval"}))
    return written;
  written.number.value = above_zero(place["value"]);
  written.unit = place["unit"].text(20);
  written.number.from = read_provenance(place, header);
  const bool any = place.has("low") || place.has("high") || place.has("interval");
  if (!any) return written;
  if (!place.has("low") || !place.has("high") || !place.has("interval")) {
    place.fault("'low', 'high' and 'interval' stand together or not at all");
    return written;
  }
  const auto interval = Interval<double>::make(above_zero(place["low"]), above_zero(place["high"]));
  written.number.interval_is = place["interval"].text(80);
  if (!interval || !interval->contains(written.number.value))
    place.fault("'low' to 'high' does not hold the value");
  else
    written.number.interval = *interval;
  return written;
}

pkpd::Estimated<double> read_estimate(json::Reader place, const Header& header, std::string_view unit) {
  WrittenEstimate written = read_written(place, header);
  if (!written.unit.empty() && written.unit != unit)
    place["unit"].fault(fmt::format("'{}' where '{}' is expected", written.unit, unit));
  return std::move(written.number);
}

}  // namespace evenkeel::content
