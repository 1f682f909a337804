// A whole ledger from bytes: what is taken reads back the same, what is not is explained, no drug is made or
// lost in the books, and the balance can be said.
#include <sstream>

#include "exchange/ledger_reader.hpp"
#include "exchange/ledger_writer.hpp"
#include "fuzz_target.hpp"
#include "report/ledger_report.hpp"

namespace {

using namespace evenkeel;
namespace books = care::ledger;

void check_events(const books::Ledger& ledger) {
  for (const books::Event& event : ledger.events()) {
    const std::string written = exchange::write_ledger_event(event);
    const auto again = exchange::read_ledger_event(written);
    promise(again.has_value(), "what is written reads back");
    promise(exchange::write_ledger_event(*again) == written, "what is written reads back the same");
  }
}

void check_books(const books::Ledger& ledger) {
  for (const auto& [name, book] : ledger.lots()) {
    const Decimal in = books::plus(book.received_mL, book.found_mL);
    const Decimal gone = books::plus(books::plus(book.given_mL, book.wasted_mL),
                                     books::plus(book.returned_mL, book.destroyed_mL));
    promise(in == books::plus(book.held_mL(), gone), "no drug is made or lost");
    promise(book.vials >= 0, "there is never less than no vial");
    for (const auto& [vial, state] : book.taken)
      promise(Decimal{} <= state.left_mL, "a vial never holds less than nothing");
    for (const auto& [draw, state] : book.draws)
      promise(Decimal{} <= state.open_mL(), "a syringe never holds less than nothing");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::istringstream in{std::string(as_text(data, size))};
  const auto reading = exchange::read_ledger(in);
  if (!reading) {
    promise(!reading.error().what.empty(), "a refusal has a reason");
    return 0;
  }
  for (const auto& aside : reading->set_aside)
    promise(!aside.error.what.empty() && aside.line > 0, "a line set aside has its number and a reason");
  check_events(reading->ledger);
  check_books(reading->ledger);
  const auto& events = reading->ledger.events();
  const Instant now = events.empty() ? Instant{} : events.back().recorded_at;
  const report::LedgerReport report{books::balance(reading->ledger, now), reading->set_aside};
  promise(!report::ledger_text(report, false).empty() && !report::ledger_json(report).empty(),
          "there is a report");
  return 0;
}
