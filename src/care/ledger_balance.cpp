#include "care/ledger_balance.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/expects.hpp"

namespace evenkeel::care::ledger {
namespace {

constexpr int shown_places = 2;

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) text += i + 1 == names.size() ? " and " : ", ";
    text += names[i];
  }
  return text;
}

std::string length_text(Duration length) {
  const double hours = std::floor(length.in(units::h));
  return hours < 48.0 ? fmt::format("{:.0f} h", hours) : fmt::format("{:.0f} d", std::floor(hours / 24.0));
}

LotBalance balance_of(const LotBook& book) {
  LotBalance made;
  made.lot = book.lot.lot;
  made.drug = book.lot.drug;
  made.strength = book.lot.strength;
  made.vial_mL = book.lot.vial_mL;
  made.expires = book.lot.expires;
  made.vials = book.vials;
  made.in_taken_mL = book.in_taken_mL();
  made.in_syringes_mL = book.in_syringes_mL();
  made.held_mL = book.held_mL();
  const auto held = mass_of(made.held_mL, made.strength);
  expects(held.has_value(), "the mass of a lot fits 18 digits");
  made.held = *held;
  const auto base = base_mg_down(made.held, shown_places);
  expects(base.has_value(), "the base of a lot fits 18 digits");
  made.held_base_mg = *base;
  made.received_mL = book.received_mL;
  made.given_mL = book.given_mL;
  made.wasted_mL = book.wasted_mL;
  made.returned_mL = book.returned_mL;
  made.destroyed_mL = book.destroyed_mL;
  made.found_mL = book.found_mL;
  if (!book.counts.empty()) made.counted = book.counts.back().at;
  for (const auto& [name, vial] : book.taken) {
    const bool since_counted = !made.counted || vial.taken > *made.counted;
    if (!vial.back && (vial.left_mL > Decimal{} || since_counted)) made.open_vials.push_back(name);
  }
  return made;
}

LedgerFinding about(FindingKind kind, const LotBook& book, std::string of, std::optional<Instant> at) {
  LedgerFinding made;
  made.kind = kind;
  made.lot = book.lot.lot;
  made.of = std::move(of);
  made.at = at;
  return made;
}

// "vial v3: 0 mL where the book has 2.0 mL"
std::string difference_text(const LotBook& book, const Difference& each) {
  if (!each.vial.empty()) {
    return fmt::format("vial {}: {} mL where the book has {} mL", each.vial, each.counted_mL.to_string(),
                       each.book_mL.to_string());
  }
  const auto vials = [&](const Decimal& mL) { return divide_down(mL, book.lot.vial_mL, 0)->to_string(); };
  return fmt::format("unopened vials: {} where the book has {}", vials(each.counted_mL), vials(each.book_mL));
}

LedgerFinding discrepancy(const LotBook& book, const Count& count) {
  LedgerFinding made = about(FindingKind::discrepancy, book, count.event, count.at);
  made.needs_somebody = count.review.empty();
  made.since = count.since;
  made.volume_mL = count.found_mL;
  made.people = {count.by, count.witness};
  made.handled_by = count.handled_by;
  made.differences = count.differences;
  made.review = count.review;
  std::vector<std::string> what;
  for (const Difference& each : count.differences) what.push_back(difference_text(book, each));
  const bool less = count.found_mL < Decimal{};
  const Decimal size = less ? minus(Decimal{}, count.found_mL) : count.found_mL;
  const std::string amount =
      size == Decimal{} ? "the sum agrees, its places do not"
                        : fmt::format("{} mL {}", size.to_string(), less ? "are missing" : "too many");
  const std::string since = count.since ? fmt::format("the count of {}", count.since->to_string())
                                        : fmt::format("it was received, {}", book.first_received.to_string());
  made.text = fmt::format("{} at the count of {} by {}: {}. Since {} it was handled by {}.", amount,
                          count.at.to_string(), joined(made.people), joined(what), since,
                          count.handled_by.empty() ? "nobody in the book" : joined(count.handled_by));
  if (!count.review.empty()) made.text += fmt::format(" Answered by {}.", count.review);
  return made;
}

void find_open(std::vector<LedgerFinding>& found, const LotBook& book, Instant now, const Allowances& allow) {
  for (const auto& [name, draw] : book.draws) {
    const Decimal open = draw.open_mL();
    if (open == Decimal{} || now - draw.at <= allow.syringe_open) continue;
    LedgerFinding made = about(FindingKind::syringe_open, book, name, draw.at);
    made.volume_mL = open;
    made.people = {draw.by, draw.checker};
    made.text = fmt::format(
        "{} mL of syringe {}, drawn up for session {} by {}, are neither given nor "
        "wasted after {} ({} are allowed).",
        open.to_string(), name, draw.session, draw.by, length_text(now - draw.at),
        length_text(allow.syringe_open));
    found.push_back(std::move(made));
  }
  for (const auto& [name, vial] : book.taken) {
    if (vial.left_mL == Decimal{} || now - vial.taken <= allow.vial_open) continue;
    LedgerFinding made = about(FindingKind::vial_open, book, name, vial.taken);
    made.volume_mL = vial.left_mL;
    made.people = {vial.taken_by};
    made.text = fmt::format("{} mL are left in vial {}, which {} took out {} ago ({} are allowed): {}.",
                            vial.left_mL.to_string(), name, vial.taken_by, length_text(now - vial.taken),
                            length_text(allow.vial_open),
                            vial.untouched ? "bring it back, with a witness" : "waste it, with a witness");
    found.push_back(std::move(made));
  }
}

void find_stock(std::vector<LedgerFinding>& found, const LotBook& book, Instant now,
                const Allowances& allow) {
  const Decimal stock = plus(book.unopened_mL(), book.in_taken_mL());
  if (stock == Decimal{}) return;
  const Instant end = book.lot.expires.start() + 1.0 * units::day;
  if (end <= now || end - now <= allow.expiry_notice) {
    const bool expired = end <= now;
    LedgerFinding made =
        about(expired ? FindingKind::expired_stock : FindingKind::expires_soon, book, "", end);
    made.needs_somebody = expired;
    made.volume_mL = stock;
    made.text = fmt::format("{} mL are in stock; the last day of use {} {}{}.", stock.to_string(),
                            expired ? "was" : "is", book.lot.expires.to_string(),
                            expired ? ": destroy them with a witness, or send them back" : "");
    found.push_back(std::move(made));
  }
  const Instant last = book.counts.empty() ? book.first_received : book.counts.back().at;
  if (now - last <= allow.between_counts) return;
  LedgerFinding made = about(FindingKind::count_overdue, book, "", last);
  made.text = fmt::format("{} for {} ({} are allowed): two people count it.",
                          book.counts.empty() ? "Not counted since it was received," : "Not counted",
                          length_text(now - last), length_text(allow.between_counts));
  found.push_back(std::move(made));
}

}  // namespace

std::string_view finding_text(FindingKind kind) {
  switch (kind) {
    case FindingKind::discrepancy:
      return "discrepancy";
    case FindingKind::syringe_open:
      return "syringe_open";
    case FindingKind::vial_open:
      return "vial_open";
    case FindingKind::expired_stock:
      return "expired_stock";
    case FindingKind::count_overdue:
      return "count_overdue";
    case FindingKind::expires_soon:
      return "expires_soon";
  }
  expects(false, "every kind of finding has its word");
  return "";
}

Balance balance(const Ledger& ledger, Instant now, const Allowances& allowances) {
  const Ledger known = ledger.as_known_at(now);
  Balance made{known.site(), now, ledger.size() - known.size(), {}, {}, {}, allowances};
  for (const auto& [lot, book] : known.lots()) {
    made.lots.push_back(balance_of(book));
    for (const auto& [name, draw] : book.draws) {
      const Decimal open = draw.open_mL();
      if (open == Decimal{}) continue;
      made.open_draws.push_back(
          {name, lot, draw.session, draw.patient, draw.by, draw.at, open, now - draw.at});
    }
    for (const Count& count : book.counts) {
      if (!count.agrees()) made.findings.push_back(discrepancy(book, count));
    }
    find_open(made.findings, book, now, allowances);
    find_stock(made.findings, book, now, allowances);
  }
  std::ranges::stable_sort(made.open_draws, {}, &OpenDraw::at);
  std::ranges::stable_sort(made.findings, [](const LedgerFinding& a, const LedgerFinding& b) {
    return a.needs_somebody != b.needs_somebody ? a.needs_somebody : a.kind < b.kind;
  });
  return made;
}

}  // namespace evenkeel::care::ledger
