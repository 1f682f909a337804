// All events of a site's controlled-drug ledger, in the order in which they were written down.
//
// A Ledger only grows. `add` refuses what cannot be true beside what is already there and says why; the
// ledger is then unchanged. A count that differs from the books is not refused: it is a finding
// (ledger_balance.hpp). Books are kept by lot in the order in which things happened, so what is written down
// late counts where it belongs, and may explain a difference that a count had found. A value with an
// invariant; safe to read from any thread.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "care/ledger_event.hpp"
#include "care/lot_book.hpp"

namespace evenkeel::care::ledger {

class Ledger {
 public:
  explicit Ledger(std::string site) : site_(std::move(site)) {}

  // Errors (invalid_input; `where` is the event's field): another site; an id, a vial's or a syringe's name
  // used before; a `recorded_at` before the last one's or before `at`; an amount that is no amount (not above
  // 0, finer than 0.001 mL, more than can be meant); no second person where there must be one, or the same
  // person twice; an unknown lot, vial, syringe or count; more taken, drawn, given, wasted or sent away than
  // the book has; use of an expired lot; a correction that leaves later events without what they rest on.
  Result<void> add(Event event);

  [[nodiscard]] const std::string& site() const { return site_; }
  [[nodiscard]] const std::vector<Event>& events() const { return events_; }
  [[nodiscard]] std::size_t size() const { return events_.size(); }
  [[nodiscard]] bool in_error(const std::string& event) const { return in_error_.contains(event); }
  [[nodiscard]] const std::map<std::string, LotBook>& lots() const { return books_; }
  // The lot that an event is about; empty for a correction. Errors: a lot, vial, syringe or count that this
  // ledger has not.
  [[nodiscard]] Result<std::string> lot_of(const Body& body) const;

  // The ledger as it was known at `now`: what had been written down by then.
  [[nodiscard]] Ledger as_known_at(Instant now) const;

 private:
  using Entries = std::vector<std::size_t>;  // indices of valid events of a lot, in the order they happened

  [[nodiscard]] Result<void> check_envelope(const Event& event) const;
  [[nodiscard]] Result<void> check_names(const Body& body) const;
  [[nodiscard]] Result<void> check_review(const Body& body, const std::string& lot) const;
  [[nodiscard]] Result<void> enter_in_order(const Event& event, const std::string& lot);
  [[nodiscard]] Result<void> correct(const EnteredInError& correction);
  [[nodiscard]] Entries with(const std::string& lot, Instant at, std::size_t index) const;
  [[nodiscard]] Result<LotBook> book_of(const Entries& entries, const Event& added) const;
  void remember(const Body& body, const std::string& lot);

  std::string site_;
  std::vector<Event> events_;
  std::map<std::string, std::size_t> index_;
  std::set<std::string> in_error_;
  std::map<std::string, LotBook> books_;
  std::map<std::string, Entries> entries_;
  std::map<std::string, std::string> lot_of_vial_;
  std::map<std::string, std::string> lot_of_draw_;
};

// What can be said of an event alone: amounts and persons. For the reader too, which names the line.
[[nodiscard]] Result<void> check_alone(const Event& event);

}  // namespace evenkeel::care::ledger
