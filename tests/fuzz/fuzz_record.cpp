// A whole record from bytes, and everything that rests on it: what is taken reads back the same, what is
// not is explained, the assessment does not fail, and no text of the record becomes markup of the page.
#include <sstream>

#include "assess/assess.hpp"
#include "content/library_loader.hpp"
#include "exchange/record_reader.hpp"
#include "exchange/record_writer.hpp"
#include "fuzz_target.hpp"
#include "report/html.hpp"
#include "report/json.hpp"
#include "report/text.hpp"

namespace {

using namespace evenkeel;

const assess::Library& library() {
  static const auto loaded = content::load_library(EVENKEEL_SOURCE_DIR "/content");
  promise(loaded.has_value(), "the shipped library is in order");
  return *loaded;
}

void check_events(const care::Record& record) {
  for (const care::Event& event : record.events()) {
    const std::string written = exchange::write_event(event);
    const auto again = exchange::read_event(written);
    promise(again.has_value(), "what is written reads back");
    promise(exchange::write_event(*again) == written, "what is written reads back the same");
  }
}

void check_findings(const assess::Assessment& assessment) {
  promise(0 <= assessment.level && assessment.level <= 4, "a level is 0 to 4");
  for (const auto& outcome : assessment.rules) {
    promise((outcome.outcome == watch::Outcome::found) == !outcome.findings.empty(), "found means findings");
    for (const auto& finding : outcome.findings) {
      promise(!finding.events.empty() && !finding.rival.empty(), "a finding rests on events and has a rival");
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::istringstream in{std::string(as_text(data, size))};
  const auto reading = exchange::read_record(in);
  if (!reading) {
    promise(!reading.error().what.empty(), "a refusal has a reason");
    return 0;
  }
  check_events(reading->record);
  const auto& events = reading->record.events();
  const Instant now = events.empty() ? Instant{} : events.back().recorded_at;
  // Without the patient's own parameters: thousands of curves an input are no matter of reading.
  const auto assessment =
      assess::assess({reading->record, library(), now, "", reading->set_aside, {}, false});
  check_findings(assessment);
  promise(report::to_html(assessment).find("<script") == std::string::npos, "no text becomes a script");
  promise(!report::to_text(assessment).empty() && !report::to_json(assessment).empty(), "there is a report");
  return 0;
}
