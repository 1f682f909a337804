#include "clinic/break_glass.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace evenkeel::clinic {
namespace {

constexpr Duration length = 60.0 * units::min;
constexpr std::size_t most = 10'000;

}  // namespace

Result<Account> break_glass(store::EventLog& log, const std::string& patient, const std::string& reason,
                            const Person& who) {
  const std::string subject = "patient/" + patient;
  if (auto allowed = require(log, who, Right::break_glass, subject); !allowed) return allowed.error();
  const auto said = std::ranges::count_if(reason, [](char c) { return c != ' '; });
  if (said < static_cast<std::ptrdiff_t>(fewest_reason_bytes)) {
    return Error{ErrorCode::invalid_input, "reason",
                 fmt::format("{} characters; say in {} or more why this patient has to be opened now", said,
                             fewest_reason_bytes)};
  }
  if (reason.size() > most_reason_bytes)
    return Error{ErrorCode::invalid_input, "reason",
                 fmt::format("{} bytes; at most {} are kept", reason.size(), most_reason_bytes)};
  auto book = account_book(log, who.name);
  if (!book) return book.error();
  if (may_see(book->record.account(), patient, who.now))
    return Error{ErrorCode::invalid_input, "patient", "you may see this patient already"};
  const Instant until = who.now + length;
  // Audited first: what cannot be accounted for is not opened.
  const auto noted = log.note(store::Action::broke_glass, subject,
                              fmt::format("until {}: {}", until.to_string(), reason), who.request());
  if (!noted) return noted.error();
  const auto written = write_account(log, *book, account::BrokeGlass{patient, reason, until}, who);
  if (!written) return written.error();
  return book->record.account();
}

Result<std::vector<OpenedBy>> openings(store::EventLog& log, Instant from, Instant until, const Person& who) {
  if (auto allowed = require(log, who, Right::read_audit, "audit"); !allowed) return allowed.error();
  const auto found = log.find(store::StreamKind::account, "broke_glass", from, until, most, who.request());
  if (!found) return found.error();
  std::vector<OpenedBy> all;
  for (const store::Found& each : *found) {
    const auto event = read_account_event(each.text);
    if (!event) return event.error().front();
    const auto* broke = std::get_if<account::BrokeGlass>(&event->body);
    if (broke != nullptr)
      all.push_back({event->account, {broke->patient, broke->reason, event->at, broke->until}});
  }
  return all;
}

}  // namespace evenkeel::clinic
