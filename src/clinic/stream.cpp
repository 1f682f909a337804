#include "clinic/stream.hpp"

#include <fmt/format.h>

namespace evenkeel::clinic {

std::string subject_of(const store::StreamName& stream) {
  switch (stream.kind) {
    case store::StreamKind::patient:
      return "patient/" + stream.id;
    case store::StreamKind::ledger:
      return "ledger/" + stream.id;
    case store::StreamKind::site:
      return "site/" + stream.id;
    case store::StreamKind::account:
      return "account/" + stream.id;
    case store::StreamKind::person:
      return "person/" + stream.id;
  }
  return stream.id;
}

Error unreadable(const store::Entry& entry, const Error& why) {
  return {ErrorCode::invalid_input, fmt::format("{} version {}", subject_of(entry.stream), entry.version),
          fmt::format("this stored line cannot be read ({}); run: evenkeel verify", to_string(why))};
}

std::string key_of(std::string_view line_without_id) {
  return "made-" + store::hex(store::sha256(line_without_id)).substr(0, 32);
}

std::string id_of(std::string_view key) {
  return "e" + store::hex(store::sha256(key)).substr(0, 15);
}

Result<std::string> take_out(store::EventLog& log, const store::StreamName& stream,
                             const std::string& heading, const std::string& recipient, const Person& who) {
  const auto noted = log.note(store::Action::exported, subject_of(stream), "to " + recipient, who.request());
  if (!noted) return noted.error();
  const auto entries = log.read(stream, 0, who.request());
  if (!entries) return entries.error();
  if (entries->empty())
    return Error{ErrorCode::not_found, subject_of(stream), "there is nothing of this name in the store"};
  std::string text = heading + "\n";
  for (const store::Entry& entry : *entries) text += entry.text + "\n";
  return text;
}

}  // namespace evenkeel::clinic
