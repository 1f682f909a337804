#include "care/lot_book.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/expects.hpp"
#include "base/overloaded.hpp"

namespace evenkeel::care::ledger {
namespace {

constexpr int most_vials = 100'000;  // of one lot at one site

Error refuse(std::string where, std::string what) {
  return {ErrorCode::invalid_input, std::move(where), std::move(what)};
}

Result<void> must_have(const LotBook& book, int vials, std::string_view doing) {
  if (vials <= book.vials) return {};
  return refuse("body.vials", fmt::format("{} {} unopened vials of lot '{}', of which the book has {}", doing,
                                          vials, book.lot.lot, book.vials));
}

Result<void> must_be_in_date(const LotBook& book, Instant at) {
  if (Date::of(at) <= book.lot.expires) return {};
  return refuse("at", fmt::format("lot '{}' expired on {}: it is not used, but destroyed or sent back",
                                  book.lot.lot, book.lot.expires.to_string()));
}

// The vial, where it is out and not gone back.
Result<Vial*> open_vial(LotBook& book, const std::string& vial, const char* where) {
  const auto found = book.taken.find(vial);
  if (found == book.taken.end())
    return refuse(where, fmt::format("vial '{}' had not been taken by then", vial));
  if (found->second.back) return refuse(where, fmt::format("vial '{}' went back to the stock", vial));
  return &found->second;
}

Result<void> must_hold(const std::string& what, const Decimal& left, const Decimal& asked) {
  if (asked <= left) return {};
  return refuse("body.volume", fmt::format("{} mL from {}, in which the book has {} mL", asked.to_string(),
                                           what, left.to_string()));
}

Result<Draw*> known_draw(LotBook& book, const std::string& draw) {
  const auto found = book.draws.find(draw);
  if (found != book.draws.end()) return &found->second;
  return refuse("body.draw", fmt::format("'{}' had not been drawn up by then", draw));
}

Result<void> receive(LotBook& book, const Event& event, const Received& body) {
  const bool first = book.lot.lot.empty();
  if (!first && !(body.drug == book.lot.drug && body.strength == book.lot.strength &&
                  body.vial_mL == book.lot.vial_mL && body.expires == book.lot.expires)) {
    return refuse("body.lot",
                  fmt::format("lot '{}' was received before as {} mL of {} mg/mL {}, expiring {}; a lot has "
                              "one drug, strength, size and expiry",
                              body.lot, book.lot.vial_mL.to_string(), book.lot.strength.mg_per_mL.to_string(),
                              form_words(book.lot.strength.form), book.lot.expires.to_string()));
  }
  const Decimal total = plus(book.received_mL, times(body.vials, body.vial_mL));
  if (total > times(most_vials, body.vial_mL))
    return refuse("body.vials", fmt::format("more than {} vials of one lot", most_vials));
  if (first) {
    book.lot = body;
    book.first_received = event.at;
  }
  book.vials += body.vials;
  book.received_mL = total;
  return {};
}

Result<void> take(LotBook& book, const Event& event, const VialTaken& body) {
  if (auto fresh = must_be_in_date(book, event.at); !fresh) return fresh;
  if (book.vials == 0)
    return refuse("body.lot", fmt::format("no unopened vial of lot '{}' is in the book", body.lot));
  --book.vials;
  book.taken[body.vial] = {event.at, body.by, book.lot.vial_mL};
  return {};
}

Result<void> draw_up(LotBook& book, const Event& event, const DrawnUp& body) {
  if (auto fresh = must_be_in_date(book, event.at); !fresh) return fresh;
  const auto vial = open_vial(book, body.vial, "body.vial");
  if (!vial) return vial.error();
  if (auto enough = must_hold(fmt::format("vial '{}'", body.vial), (*vial)->left_mL, body.volume_mL); !enough)
    return enough;
  (*vial)->left_mL = minus((*vial)->left_mL, body.volume_mL);
  (*vial)->untouched = false;
  Draw& draw = book.draws[body.draw];
  draw = {body.vial, body.session, body.patient, event.at, body.by, body.checker, body.volume_mL, {}, {}};
  return {};
}

Result<void> give(LotBook& book, const Given& body) {
  const auto draw = known_draw(book, body.draw);
  if (!draw) return draw.error();
  if (auto enough = must_hold(fmt::format("'{}'", body.draw), (*draw)->open_mL(), body.volume_mL); !enough)
    return enough;
  (*draw)->given_mL = plus((*draw)->given_mL, body.volume_mL);
  book.given_mL = plus(book.given_mL, body.volume_mL);
  return {};
}

Result<void> waste(LotBook& book, const Wasted& body) {
  if (!body.draw.empty()) {
    const auto draw = known_draw(book, body.draw);
    if (!draw) return draw.error();
    if (auto enough = must_hold(fmt::format("'{}'", body.draw), (*draw)->open_mL(), body.volume_mL); !enough)
      return enough;
    (*draw)->wasted_mL = plus((*draw)->wasted_mL, body.volume_mL);
  } else {
    const auto vial = open_vial(book, body.vial, "body.vial");
    if (!vial) return vial.error();
    if (auto enough = must_hold(fmt::format("vial '{}'", body.vial), (*vial)->left_mL, body.volume_mL);
        !enough)
      return enough;
    (*vial)->left_mL = minus((*vial)->left_mL, body.volume_mL);
    (*vial)->untouched = false;
  }
  book.wasted_mL = plus(book.wasted_mL, body.volume_mL);
  return {};
}

Result<void> bring_back(LotBook& book, const VialReturned& body) {
  const auto vial = open_vial(book, body.vial, "body.vial");
  if (!vial) return vial.error();
  if (!(*vial)->untouched) {
    return refuse("body.vial", fmt::format("vial '{}' is not whole: what is left in it is wasted, with a "
                                           "witness",
                                           body.vial));
  }
  (*vial)->left_mL = Decimal{};
  (*vial)->back = true;
  ++book.vials;
  return {};
}

Result<void> send_back(LotBook& book, const ReturnedToSupplier& body) {
  if (auto enough = must_have(book, body.vials, "sending back"); !enough) return enough;
  book.vials -= body.vials;
  book.returned_mL = plus(book.returned_mL, times(body.vials, book.lot.vial_mL));
  return {};
}

Result<void> destroy(LotBook& book, const Destroyed& body) {
  if (auto enough = must_have(book, body.vials, "destroying"); !enough) return enough;
  book.vials -= body.vials;
  book.destroyed_mL = plus(book.destroyed_mL, times(body.vials, book.lot.vial_mL));
  return {};
}

// What is found in the vials taken, by name; those not listed hold nothing.
Result<std::map<std::string, Decimal>> part_vials(LotBook& book, const Counted& body) {
  std::map<std::string, Decimal> found;
  for (const Counted::PartVial& part : body.part_vials) {
    const auto vial = open_vial(book, part.vial, "body.part_vials");
    if (!vial) return vial.error();
    if (!found.emplace(part.vial, part.volume_mL).second)
      return refuse("body.part_vials", fmt::format("vial '{}' is listed twice", part.vial));
  }
  return found;
}

Result<void> count(LotBook& book, const Event& event, const Counted& body) {
  const auto parts = part_vials(book, body);
  if (!parts) return parts.error();
  Count made{event.id, event.at, body.by, body.witness, {}, {}, {}, {}, ""};
  if (!book.counts.empty()) made.since = book.counts.back().at;
  if (body.vials != book.vials)
    made.differences.push_back({"", book.unopened_mL(), times(body.vials, book.lot.vial_mL)});
  book.vials = body.vials;
  for (auto& [name, vial] : book.taken) {
    const auto listed = parts->find(name);
    const Decimal counted = listed == parts->end() ? Decimal{} : listed->second;
    if (counted == vial.left_mL) continue;
    made.differences.push_back({name, vial.left_mL, counted});
    vial.left_mL = counted;
    vial.untouched = false;
  }
  for (const Difference& each : made.differences)
    made.found_mL = plus(made.found_mL, minus(each.counted_mL, each.book_mL));
  book.found_mL = plus(book.found_mL, made.found_mL);
  made.handled_by.assign(book.handled_by.begin(), book.handled_by.end());
  book.handled_by.clear();
  book.counts.push_back(std::move(made));
  return {};
}

// A late entry can change what a count found: a review of another difference does not answer it.
Result<void> review(LotBook& book, const Event& event, const DiscrepancyReviewed& body) {
  const auto found = std::ranges::find(book.counts, body.count, &Count::event);
  if (found == book.counts.end())
    return refuse("body.count", fmt::format("'{}' is no count that was made by then", body.count));
  if (!found->agrees() && found->found_mL == body.volume_mL) found->review = event.id;
  return {};
}

}  // namespace

Decimal plus(const Decimal& a, const Decimal& b) {
  const auto sum = add(a, b);
  expects(sum.has_value(), "volumes of a ledger add up within 18 digits");
  return *sum;
}
Decimal minus(const Decimal& a, const Decimal& b) {
  const auto difference = subtract(a, b);
  expects(difference.has_value(), "volumes of a ledger differ within 18 digits");
  return *difference;
}
Decimal times(int count, const Decimal& volume) {
  const auto product = multiply(Decimal{count}, volume);
  expects(product.has_value(), "the volume of a lot fits 18 digits");
  return *product;
}

Decimal Draw::open_mL() const {
  return minus(drawn_mL, plus(given_mL, wasted_mL));
}
Decimal LotBook::unopened_mL() const {
  return times(vials, lot.vial_mL);
}
Decimal LotBook::in_taken_mL() const {
  Decimal sum;
  for (const auto& [name, vial] : taken) sum = plus(sum, vial.left_mL);
  return sum;
}
Decimal LotBook::in_syringes_mL() const {
  Decimal sum;
  for (const auto& [name, draw] : draws) sum = plus(sum, draw.open_mL());
  return sum;
}
Decimal LotBook::held_mL() const {
  return plus(unopened_mL(), plus(in_taken_mL(), in_syringes_mL()));
}

Result<void> enter(LotBook& book, const Event& event) {
  if (book.lot.lot.empty() && !std::holds_alternative<Received>(event.body))
    return refuse("at", "nothing of this lot had been received by then");
  auto entered =
      std::visit(Overloaded{[&](const Received& body) { return receive(book, event, body); },
                            [&](const VialTaken& body) { return take(book, event, body); },
                            [&](const DrawnUp& body) { return draw_up(book, event, body); },
                            [&](const Given& body) { return give(book, body); },
                            [&](const Wasted& body) { return waste(book, body); },
                            [&](const VialReturned& body) { return bring_back(book, body); },
                            [&](const ReturnedToSupplier& body) { return send_back(book, body); },
                            [&](const Destroyed& body) { return destroy(book, body); },
                            [&](const Counted& body) { return count(book, event, body); },
                            [&](const DiscrepancyReviewed& body) { return review(book, event, body); },
                            [](const EnteredInError&) -> Result<void> {
                              expects(false, "a correction is entered in no book");
                              return {};
                            }},
                 event.body);
  if (!entered || std::holds_alternative<DiscrepancyReviewed>(event.body)) return entered;
  if (std::holds_alternative<Counted>(event.body)) return entered;
  for (const std::string& person : {actor_of(event.body), witness_of(event.body)}) {
    if (!person.empty()) book.handled_by.insert(person);
  }
  return entered;
}

}  // namespace evenkeel::care::ledger
