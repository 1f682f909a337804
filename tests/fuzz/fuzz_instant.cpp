// Instant and Date: what is read, is written in UTC and reads as the same moment.
#include "base/instant.hpp"
#include "fuzz_target.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using evenkeel::Date, evenkeel::Instant, evenkeel::promise;
  const std::string_view text = evenkeel::as_text(data, size);
  if (const auto moment = Instant::parse(text)) {
    const auto again = Instant::parse(moment->to_string());
    promise(again.has_value(), "what was written can be read");
    promise(*again == *moment, "it is the same moment");
    promise(again->to_string() == moment->to_string(), "it is written the same way");
    promise(Date::of(*moment).start() <= *moment, "a day begins before its moments");
  }
  if (const auto day = Date::parse(text)) promise(day->to_string() == text, "a date is written as it was");
  return 0;
}
