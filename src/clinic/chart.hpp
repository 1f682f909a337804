// A patient's record in the event log: opened for somebody, and added to.
//
// Everything goes through here: the role is asked, the record is read with an audit entry, what cannot be
// true is refused and the refusal audited, and what is written is durable when `write` returns.
// A Chart is a value as of the moment it was read; `write` refuses when the record has moved on since.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "care/record.hpp"
#include "clinic/kept.hpp"

namespace evenkeel::clinic {

struct RecordForm {
  using Record = care::Record;
  using Event = care::Event;
  using Body = care::Body;
  static constexpr auto stream_kind = store::StreamKind::patient;
  static std::string_view kind_text(const Body& body) { return care::kind_text(body); }
  static Result<Event, Errors> read(std::string_view line);
  static std::string write(const Event& event);
};
using Chart = Kept<RecordForm>;
using Entered = EnteredAs<RecordForm>;
using Written = WrittenAs<RecordForm>;

// Errors: not_permitted; not_found when there is no such record; invalid_input when a stored line cannot be
// read (the store was altered: verify it); whatever the log says.
[[nodiscard]] Result<Chart> open_chart(store::EventLog& log, const std::string& patient, const Person& who);
// The same for somebody who writes such a body, whether or not they may read: the front desk checks a
// patient in. The caller shows nothing of it to them.
[[nodiscard]] Result<Chart> chart_to_write(store::EventLog& log, const std::string& patient,
                                           const care::Body& body, const Person& who);

// Adds one event. Errors: not_permitted, what Record::add refuses (each audited), stale, storage.
[[nodiscard]] Result<Written> write(store::EventLog& log, Chart& chart, const Entered& entered,
                                    const Person& who);

// Brings a whole record in. All its lines or none; the same record again is there already. Errors as above;
// and when the patient has another record.
[[nodiscard]] Result<store::Appended> import_record(store::EventLog& log, const care::Record& record,
                                                    const Person& who);
// The record as JSON lines, byte for byte as it was entered. `recipient` says who gets it (audited).
[[nodiscard]] Result<std::string> export_record(store::EventLog& log, const std::string& patient,
                                                const std::string& recipient, const Person& who);

}  // namespace evenkeel::clinic
