// What the streams of a log are called, and how one is taken out whole.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "clinic/person.hpp"
#include "store/event_log.hpp"

namespace evenkeel::clinic {

[[nodiscard]] std::string subject_of(const store::StreamName& stream);  // "patient/p1"
// invalid_input: the stored entry cannot be read, or does not fit what is before it.
[[nodiscard]] Error unreadable(const store::Entry& entry, const Error& why);
// The same event has the same key, so that a command sent twice happens once; and a key the same id.
[[nodiscard]] std::string key_of(std::string_view line_without_id);
[[nodiscard]] std::string id_of(std::string_view key);

// The lines as they were entered, byte for byte, under `heading`. Audit before effect: what cannot be
// accounted for is not given out.
[[nodiscard]] Result<std::string> take_out(store::EventLog& log, const store::StreamName& stream,
                                           const std::string& heading, const std::string& recipient,
                                           const Person& who);

}  // namespace evenkeel::clinic
