// R17: random sequences of ledger events, whatever is tried: no drug is made or lost, no balance falls below
// zero, a refusal leaves the ledger as it was, and lots do not depend on one another.
#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <map>
#include <random>
#include <string>

#include "support/ledger_events.hpp"

namespace evenkeel::care::ledger {
namespace {

using namespace ledger_test;

constexpr std::uint64_t fixed_seed = 20261128;
constexpr int ledgers = 600;
constexpr int tries = 200;  // events tried in each

// Everything the books hold, as text.
std::string snapshot(const Ledger& ledger) {
  std::string text = std::to_string(ledger.size());
  for (const auto& [name, book] : ledger.lots()) {
    text += "\n" + name + " " + std::to_string(book.vials);
    for (const Decimal& each : {book.received_mL, book.given_mL, book.wasted_mL, book.returned_mL,
                                book.destroyed_mL, book.found_mL, book.held_mL()})
      text += " " + each.to_string();
    for (const auto& [vial, state] : book.taken)
      text += " " + vial + "=" + state.left_mL.to_string() + (state.back ? "<" : "") +
              (state.untouched ? "!" : "");
    for (const auto& [draw, state] : book.draws)
      text += " " + draw + "=" + state.drawn_mL.to_string() + "-" + state.given_mL.to_string() + "-" +
              state.wasted_mL.to_string();
    for (const Count& count : book.counts)
      text += " #" + count.event + ":" + count.found_mL.to_string() + ":" + count.review;
  }
  return text;
}

class Tries {
 public:
  explicit Tries(std::uint64_t seed) : rng_(seed) {}

  int whole(int low, int high) { return std::uniform_int_distribution<int>{low, high}(rng_); }
  std::string lot() { return "L" + std::to_string(whole(1, 3)); }
  std::string vial() { return "v" + std::to_string(whole(1, 12)); }
  std::string draw() { return "d" + std::to_string(whole(1, 20)); }
  std::string person() { return "n" + std::to_string(whole(1, 9)); }
  // 0.05 to 4 mL with one to three places; now and then what cannot be.
  Decimal volume() {
    if (whole(1, 40) == 1) return dec(whole(1, 2) == 1 ? "0" : "-1");
    const int places = whole(1, 3);
    const int most = places == 1 ? 40 : places == 2 ? 400 : 4000;
    return *Decimal{whole(1, most)}.shifted(places);
  }

  Body stock() {
    switch (whole(1, 5)) {
      case 1:
      case 2:
        return received(lot(), whole(1, 4));
      case 3:
        return ReturnedToSupplier{lot(), whole(1, 3), "wholesaler", "r", person(), person()};
      case 4:
        return Destroyed{lot(), whole(1, 3), "expired", "", person(), person()};
      default:
        return VialReturned{vial(), person(), person()};
    }
  }

  Body count() {
    Counted body = counted(whole(0, 8), {}, lot());
    for (int i = whole(0, 4); i > 0; --i) body.part_vials.push_back({vial(), volume()});
    return body;
  }

  // Mostly of a count that is there, and by its amount.
  Body review(const Ledger& ledger) {
    DiscrepancyReviewed body{"e1", volume(), "seen", person(), person()};
    const auto found = ledger.lots().find(lot());
    if (found == ledger.lots().end() || found->second.counts.empty()) return body;
    const auto& counts = found->second.counts;
    const Count& count = counts[static_cast<std::size_t>(whole(0, static_cast<int>(counts.size()) - 1))];
    body.count = count.event;
    if (whole(1, 5) > 1) body.volume_mL = count.found_mL;
    return body;
  }

  Body any(const Ledger& ledger) {
    const int events_so_far = static_cast<int>(ledger.size());
    switch (whole(1, 14)) {
      case 1:
      case 2:
        return stock();
      case 3:
      case 4:
        return VialTaken{vial(), lot(), person()};
      case 5:
      case 6:
      case 7:
        return DrawnUp{draw(), vial(),   volume(), "s" + std::to_string(whole(1, 5)),
                       "p-1",  person(), person()};
      case 8:
      case 9:
        return Given{draw(), volume(), person()};
      case 10:
        return Wasted{draw(), "", volume(), "not needed", person(), person()};
      case 11:
        return Wasted{"", vial(), volume(), "end of day", person(), person()};
      case 12:
        return count();
      case 13:
        return review(ledger);
      default:
        return EnteredInError{"e" + std::to_string(whole(0, events_so_far)), "typing"};
    }
  }

 private:
  std::mt19937_64 rng_;
};

void expect_sound(const Ledger& ledger) {
  for (const auto& [name, book] : ledger.lots()) {
    ASSERT_TRUE(is_conserved(book)) << name;
    ASSERT_GE(book.vials, 0);
    for (const auto& [vial, state] : book.taken) ASSERT_TRUE(Decimal{} <= state.left_mL) << vial;
    for (const auto& [draw, state] : book.draws) {
      ASSERT_TRUE(Decimal{} <= state.open_mL()) << draw;
      ASSERT_EQ(plus(state.open_mL(), plus(state.given_mL, state.wasted_mL)), state.drawn_mL) << draw;
    }
  }
}

void try_a_ledger(Tries& random, Ledger& ledger) {
  double clock = 0.0;
  for (int i = 0; i < tries; ++i) {
    clock += random.whole(0, 30);
    const double late = random.whole(1, 5) == 1 ? random.whole(1, 90) : 0.0;
    const int so_far = static_cast<int>(ledger.size());
    const std::string id = "e" + std::to_string(random.whole(1, 60) == 1 ? 1 : so_far + 1);
    const std::string before = snapshot(ledger);
    const auto added =
        ledger.add({id, "site-a", minute(clock - late), minute(clock), "ann", random.any(ledger)});
    if (added) {
      EXPECT_EQ(ledger.size(), static_cast<std::size_t>(so_far) + 1);
      expect_sound(ledger);
    } else {
      EXPECT_EQ(snapshot(ledger), before) << "a refusal changed the ledger: " << added.error().what;
      EXPECT_FALSE(added.error().what.empty());
    }
    if (testing::Test::HasFailure()) return;
  }
}

// received + found = held + given + wasted + returned + destroyed, over all lots, in the balance too.
void expect_balanced(const Ledger& ledger) {
  const Balance made = balance(ledger, minute(1e6));
  Decimal open;
  for (const OpenDraw& draw : made.open_draws) open = plus(open, draw.open_mL);
  Decimal in_syringes;
  for (const LotBalance& lot : made.lots) {
    const Decimal gone = plus(plus(lot.given_mL, lot.wasted_mL), plus(lot.returned_mL, lot.destroyed_mL));
    EXPECT_EQ(plus(lot.received_mL, lot.found_mL), plus(lot.held_mL, gone)) << lot.lot;
    EXPECT_EQ(lot.held.mg, *multiply(lot.held_mL, lot.strength.mg_per_mL));
    in_syringes = plus(in_syringes, lot.in_syringes_mL);
  }
  EXPECT_EQ(open, in_syringes);
  Decimal by_session;
  for (int i = 1; i <= 5; ++i) {
    const auto account = session_account(ledger, "s" + std::to_string(i));
    if (account) by_session = plus(by_session, account->open_mL);
  }
  EXPECT_EQ(by_session, open);
}

// How many events of each kind were accepted.
std::map<std::string_view, int> try_many(std::uint64_t seed) {
  std::map<std::string_view, int> accepted;
  for (int run = 0; run < ledgers; ++run) {
    SCOPED_TRACE(testing::Message() << "seed " << seed << ", run " << run);
    Tries random{seed + static_cast<std::uint64_t>(run)};
    Ledger ledger{"site-a"};
    try_a_ledger(random, ledger);
    expect_balanced(ledger);
    for (const Event& event : ledger.events()) ++accepted[kind_text(event.body)];
    if (testing::Test::HasFailure()) break;
  }
  return accepted;
}

TEST(LedgerProperty, NoDrugIsMadeOrLost) {
  const auto accepted = try_many(fixed_seed);
  EXPECT_EQ(accepted.size(), std::variant_size_v<Body>);
  int all = 0;
  for (const auto& [kind, times_seen] : accepted) {
    all += times_seen;
    EXPECT_GT(times_seen, 30) << kind << " was hardly tried";
  }
  EXPECT_GT(all, 20'000) << "too few of the events were possible to say anything";
}

TEST(LedgerProperty, NoDrugIsMadeOrLostWithAFreshSeed) {
  const std::uint64_t seed = std::random_device{}();
  std::cout << "fresh seed " << seed << "\n";
  EXPECT_FALSE(try_many(seed).empty());
}

// The lots' books, without the answers to differences.
std::string books_of(const Ledger& ledger) {
  std::string text;
  for (const auto& [name, book] : ledger.lots()) {
    text += name + " " + std::to_string(book.vials) + " " + book.held_mL().to_string() + " " +
            book.found_mL.to_string() + " " + book.given_mL.to_string() + " " + book.wasted_mL.to_string();
    for (const Count& count : book.counts) text += " #" + count.event + ":" + count.found_mL.to_string();
  }
  return text;
}

// What happened is the same whichever lot is written down first, and whenever.
TEST(LedgerProperty, LotsDoNotDependOnOneAnother) {
  for (std::uint64_t run = 0; run < 100; ++run) {
    SCOPED_TRACE(testing::Message() << "seed " << fixed_seed << ", run " << run);
    Tries random{fixed_seed + run};
    Ledger mixed{"site-a"};
    try_a_ledger(random, mixed);
    std::vector<std::pair<std::string, Event>> valid;
    for (Event event : mixed.events()) {
      if (mixed.in_error(event.id) || std::holds_alternative<EnteredInError>(event.body)) continue;
      if (std::holds_alternative<DiscrepancyReviewed>(event.body)) continue;
      event.recorded_at = minute(1e5);
      valid.emplace_back(*mixed.lot_of(event.body), event);
    }
    std::ranges::stable_sort(valid, [](const auto& a, const auto& b) { return a.second.at < b.second.at; });
    std::ranges::stable_sort(valid, [](const auto& a, const auto& b) { return a.first > b.first; });
    Ledger by_lot{"site-a"};
    for (const auto& [lot, event] : valid) {
      const auto added = by_lot.add(event);
      ASSERT_TRUE(added) << event.id << ": " << added.error().what;
    }
    EXPECT_EQ(books_of(by_lot), books_of(mixed));
  }
}

// A ledger that is written down anew, event by event, is the same ledger.
TEST(LedgerProperty, WhatWasAcceptedIsAcceptedAgain) {
  for (std::uint64_t run = 0; run < 50; ++run) {
    Tries random{fixed_seed + run};
    Ledger ledger{"site-a"};
    try_a_ledger(random, ledger);
    EXPECT_EQ(snapshot(ledger.as_known_at(minute(1e6))), snapshot(ledger)) << "run " << run;
  }
}

}  // namespace
}  // namespace evenkeel::care::ledger
