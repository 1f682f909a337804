// The book of one lot: what its events add up to, in the order in which they happened.
//   received + found = unopened + taken + in syringes + given + wasted + returned + destroyed
// exactly, at every moment; `found` is what counts have found more (or, negative, less) than the book had.
//
// Rules of ledger.cpp: it checks amounts and persons before an event comes here, and which lot it is of.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "care/ledger_event.hpp"

namespace evenkeel::care::ledger {

// A vial that was taken out of the stock.
struct Vial {
  Instant taken;
  std::string taken_by;
  Decimal left_mL;
  bool untouched = true;  // whole, and may go back
  bool back = false;      // it went back; its name is not used again
};

// A syringe.
struct Draw {
  std::string vial;
  std::string session;
  std::string patient;
  Instant at;
  std::string by;
  std::string checker;
  Decimal drawn_mL;
  Decimal given_mL;
  Decimal wasted_mL;
  [[nodiscard]] Decimal open_mL() const;
};

// Where a count and the book differ.
struct Difference {
  std::string vial;  // or empty: the unopened ones
  Decimal book_mL;
  Decimal counted_mL;
};

// One count, and what it found. The book goes on from what was counted.
struct Count {
  std::string event;
  Instant at;
  std::string by;
  std::string witness;
  std::optional<Instant> since;  // the count before it
  std::vector<Difference> differences;
  Decimal found_mL;
  std::vector<std::string> handled_by;  // everybody named by an event of the lot since then
  std::string review;                   // the event that answers the difference, or empty
  [[nodiscard]] bool agrees() const { return differences.empty(); }
};

struct LotBook {
  Received lot;  // as first received
  Instant first_received;
  int vials = 0;  // unopened
  std::map<std::string, Vial> taken;
  std::map<std::string, Draw> draws;
  std::vector<Count> counts;
  Decimal received_mL;
  Decimal given_mL;
  Decimal wasted_mL;
  Decimal returned_mL;
  Decimal destroyed_mL;
  Decimal found_mL;
  std::set<std::string> handled_by;  // since the last count

  [[nodiscard]] Decimal unopened_mL() const;
  [[nodiscard]] Decimal in_taken_mL() const;
  [[nodiscard]] Decimal in_syringes_mL() const;
  // What should be found at the site: unopened, in vials taken, and in syringes.
  [[nodiscard]] Decimal held_mL() const;
};

// Enters an event of this lot that happened after everything in the book. An error (invalid_input; `where` is
// the event's field) says what the book has, and leaves it as it was. A count that differs is no error.
[[nodiscard]] Result<void> enter(LotBook& book, const Event& event);

// Volumes with few digits: the sum fits, or this program is wrong.
[[nodiscard]] Decimal plus(const Decimal& a, const Decimal& b);
[[nodiscard]] Decimal minus(const Decimal& a, const Decimal& b);
[[nodiscard]] Decimal times(int count, const Decimal& volume);

}  // namespace evenkeel::care::ledger
