// A site's controlled-drug ledger in the event log, as chart.hpp is for a patient's record.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "care/ledger.hpp"
#include "clinic/kept.hpp"

namespace evenkeel::clinic {

struct LedgerForm {
  using Record = care::ledger::Ledger;
  using Event = care::ledger::Event;
  using Body = care::ledger::Body;
  static constexpr auto stream_kind = store::StreamKind::ledger;
  static std::string_view kind_text(const Body& body) { return care::ledger::kind_text(body); }
  static Result<Event, Errors> read(std::string_view line);
  static std::string write(const Event& event);
};
using DrugBook = Kept<LedgerForm>;
using DrugEntered = EnteredAs<LedgerForm>;
using DrugWritten = WrittenAs<LedgerForm>;

// Errors: not_permitted; not_found when the site has no ledger; invalid_input when a stored line cannot be
// read; whatever the log says.
[[nodiscard]] Result<DrugBook> open_drug_book(store::EventLog& log, const std::string& site,
                                              const Person& who);

// The same; of a site whose ledger was not begun an empty one.
[[nodiscard]] Result<DrugBook> drug_book_so_far(store::EventLog& log, const std::string& site,
                                                const Person& who);

// Asked before anything new is written, of the book as it is then; not of what its key wrote before.
using JudgeDrug = std::function<Result<void>(const DrugBook& book)>;

// Adds one event; a site's first begins its ledger. Errors: not_permitted, what Ledger::add refuses (each
// audited), what `judge` says, storage; stale where others write without end.
[[nodiscard]] Result<DrugWritten> write_drug(store::EventLog& log, const std::string& site,
                                             const DrugEntered& entered, const Person& who,
                                             const JudgeDrug& judge = {});
// The same for what happens now. Sent again with its key it is the entry of then.
[[nodiscard]] Result<DrugWritten> write_drug_now(store::EventLog& log, const std::string& site,
                                                 const care::ledger::Body& body, const std::string& key,
                                                 const Person& who, const JudgeDrug& judge = {});

// As JSON lines, byte for byte as it was entered. `recipient` says who gets it (audited).
[[nodiscard]] Result<std::string> export_drug_book(store::EventLog& log, const std::string& site,
                                                   const std::string& recipient, const Person& who);

}  // namespace evenkeel::clinic
