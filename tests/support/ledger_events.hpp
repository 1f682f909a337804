// Builders of ledger events for tests: each gives an ordinary, whole event, and a test changes what it is
// about. A Desk numbers its events e1, e2, ... and writes each down when it happens.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "base/expects.hpp"
#include "care/ledger_balance.hpp"

namespace evenkeel::ledger_test {

namespace books = care::ledger;

inline const Instant zero = *Instant::parse("2026-03-02T09:00:00Z");  // a Monday

inline Instant minute(double minutes) {
  return zero + minutes * units::min;
}
inline Date date(double days) {
  return Date::of(zero + days * units::day);
}
inline Decimal dec(std::string_view text) {
  return *Decimal::parse(text);
}

// Ten vials of 10 mL, 10 mg/mL of base.
inline books::Received received(std::string lot = "L1", int vials = 10) {
  return {std::move(lot),
          care::Drug::racemic_ketamine,
          {dec("10"), care::DrugForm::base},
          dec("10"),
          vials,
          date(300),
          "wholesaler",
          "d-1",
          "ann",
          "bob"};
}
inline books::Received salt_received(std::string lot = "S1", int vials = 10) {
  books::Received body = received(std::move(lot), vials);
  body.strength = {dec("50"), care::DrugForm::hydrochloride};
  return body;
}
inline books::VialTaken taken(std::string vial = "v1", std::string lot = "L1") {
  return {std::move(vial), std::move(lot), "ann"};
}
inline books::DrawnUp drawn(std::string draw = "d1", std::string_view mL = "3.5", std::string vial = "v1",
                            std::string session = "s1") {
  return {std::move(draw), std::move(vial), dec(mL), std::move(session), "p-1", "ann", "bob"};
}
inline books::Given given(std::string draw = "d1", std::string_view mL = "3.5") {
  return {std::move(draw), dec(mL), "ann"};
}
inline books::Wasted wasted_draw(std::string draw, std::string_view mL) {
  return {std::move(draw), "", dec(mL), "not needed", "ann", "bob"};
}
inline books::Wasted wasted_vial(std::string vial, std::string_view mL) {
  return {"", std::move(vial), dec(mL), "end of the day", "ann", "bob"};
}
inline books::Counted counted(int vials, std::vector<books::Counted::PartVial> parts = {},
                              std::string lot = "L1") {
  return {std::move(lot), vials, std::move(parts), "cas", "dee"};
}

class Desk {
 public:
  // At `at` minutes after `zero`; written down then, or `late` minutes later.
  Result<void> add(double at, books::Body body, double late = 0.0) {
    const std::string id = "e" + std::to_string(ledger_.size() + 1);
    return ledger_.add({id, "site-a", minute(at), minute(at + late), "ann", std::move(body)});
  }
  // The same, which must be accepted.
  Desk& then(double at, books::Body body, double late = 0.0) {
    const auto added = add(at, std::move(body), late);
    expects(added.has_value(), "a test's event is accepted");
    return *this;
  }
  [[nodiscard]] const books::Ledger& ledger() const { return ledger_; }
  [[nodiscard]] const books::LotBook& lot(const std::string& name = "L1") const {
    return ledger_.lots().at(name);
  }
  [[nodiscard]] books::Balance at(double minutes) const { return books::balance(ledger_, minute(minutes)); }

 private:
  books::Ledger ledger_{"site-a"};
};

// received + found = held + given + wasted + returned + destroyed
inline bool is_conserved(const books::LotBook& book) {
  const Decimal in = books::plus(book.received_mL, book.found_mL);
  const Decimal out = books::plus(books::plus(book.given_mL, book.wasted_mL),
                                  books::plus(book.returned_mL, book.destroyed_mL));
  return in == books::plus(book.held_mL(), out);
}

}  // namespace evenkeel::ledger_test
