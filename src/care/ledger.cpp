#include "care/ledger.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/expects.hpp"
#include "base/overloaded.hpp"

namespace evenkeel::care::ledger {
namespace {

Error refuse(std::string where, std::string what) {
  return {ErrorCode::invalid_input, std::move(where), std::move(what)};
}

Result<std::string> found_in(const std::map<std::string, std::string>& lots, const std::string& name,
                             const char* where, const char* what) {
  const auto found = lots.find(name);
  if (found != lots.end()) return found->second;
  return refuse(where, fmt::format("there is no {} '{}' in this ledger", what, name));
}

}  // namespace

Result<void> Ledger::check_envelope(const Event& event) const {
  if (event.site != site_)
    return refuse("site", fmt::format("'{}' in the ledger of '{}'", event.site, site_));
  if (index_.contains(event.id))
    return refuse("id", fmt::format("'{}' was used by an earlier event", event.id));
  if (event.recorded_at < event.at) {
    return refuse("recorded_at", fmt::format("{} is before the event itself, at {}",
                                             event.recorded_at.to_string(), event.at.to_string()));
  }
  if (!events_.empty() && event.recorded_at < events_.back().recorded_at) {
    return refuse("recorded_at",
                  fmt::format("{} is before the previous event's {}: events are out of order",
                              event.recorded_at.to_string(), events_.back().recorded_at.to_string()));
  }
  return {};
}

Result<std::string> Ledger::lot_of(const Body& body) const {
  return std::visit(
      Overloaded{[](const Received& b) -> Result<std::string> { return b.lot; },
                 [&](const DrawnUp& b) { return found_in(lot_of_vial_, b.vial, "body.vial", "vial"); },
                 [&](const Given& b) { return found_in(lot_of_draw_, b.draw, "body.draw", "syringe"); },
                 [&](const Wasted& b) {
                   return b.draw.empty() ? found_in(lot_of_vial_, b.vial, "body.vial", "vial")
                                         : found_in(lot_of_draw_, b.draw, "body.draw", "syringe");
                 },
                 [&](const VialReturned& b) { return found_in(lot_of_vial_, b.vial, "body.vial", "vial"); },
                 [&](const DiscrepancyReviewed& b) -> Result<std::string> {
                   const auto found = index_.find(b.count);
                   const auto* counted = found == index_.end() || in_error_.contains(b.count)
                                             ? nullptr
                                             : std::get_if<Counted>(&events_[found->second].body);
                   if (counted != nullptr) return counted->lot;
                   return refuse("body.count", fmt::format("'{}' is no count of this ledger", b.count));
                 },
                 [](const EnteredInError&) -> Result<std::string> { return std::string{}; },
                 [&](const auto& b) -> Result<std::string> {
                   if (books_.contains(b.lot)) return b.lot;
                   return refuse("body.lot", fmt::format("no lot '{}' was received here", b.lot));
                 }},
      body);
}

Result<void> Ledger::check_names(const Body& body) const {
  if (const auto* taken = std::get_if<VialTaken>(&body); taken && lot_of_vial_.contains(taken->vial))
    return refuse("body.vial", fmt::format("there is a vial '{}' already", taken->vial));
  if (const auto* drawn = std::get_if<DrawnUp>(&body); drawn && lot_of_draw_.contains(drawn->draw))
    return refuse("body.draw", fmt::format("there is a syringe '{}' already", drawn->draw));
  return {};
}

// A review answers the difference that is there now, by its amount.
Result<void> Ledger::check_review(const Body& body, const std::string& lot) const {
  const auto* review = std::get_if<DiscrepancyReviewed>(&body);
  if (review == nullptr) return {};
  const auto& counts = books_.at(lot).counts;
  const auto count = std::ranges::find(counts, review->count, &Count::event);
  expects(count != counts.end(), "a valid count is in its lot's book");
  if (count->agrees())
    return refuse("body.count", fmt::format("the count '{}' agrees with the book", review->count));
  if (!count->review.empty())
    return refuse("body.count", fmt::format("'{}' was answered by '{}'", review->count, count->review));
  if (count->found_mL == review->volume_mL) return {};
  return refuse("body.volume",
                fmt::format("{} mL, but the count '{}' differs by {} mL", review->volume_mL.to_string(),
                            review->count, count->found_mL.to_string()));
}

// The lot's entries with one more, behind those that happened before it or at its moment.
Ledger::Entries Ledger::with(const std::string& lot, Instant at, std::size_t index) const {
  const auto found = entries_.find(lot);
  Entries entries = found == entries_.end() ? Entries{} : found->second;
  const auto place =
      std::ranges::upper_bound(entries, at, {}, [&](std::size_t each) { return events_[each].at; });
  entries.insert(place, index);
  return entries;
}

// The book from its beginning. `added` stands where an index is not yet among the events; the event that
// cannot be entered is named where it is another one.
Result<LotBook> Ledger::book_of(const Entries& entries, const Event& added) const {
  LotBook book;
  for (const std::size_t each : entries) {
    const Event& event = each < events_.size() ? events_[each] : added;
    auto entered = enter(book, event);
    if (entered) continue;
    if (&event == &added) return entered.error();
    return refuse("at", fmt::format("with it '{}', at {}, could not have been: {}", event.id,
                                    event.at.to_string(), entered.error().what));
  }
  return book;
}

Result<void> Ledger::enter_in_order(const Event& event, const std::string& lot) {
  const auto entries = entries_.find(lot);
  if (entries != entries_.end() && events_[entries->second.back()].at <= event.at) {
    if (auto entered = enter(books_.at(lot), event); !entered) return entered;
    entries->second.push_back(events_.size());
    return {};
  }
  Entries more = with(lot, event.at, events_.size());
  auto book = book_of(more, event);
  if (!book) return book.error();
  books_[lot] = *std::move(book);
  entries_[lot] = std::move(more);
  return {};
}

Result<void> Ledger::correct(const EnteredInError& correction) {
  const auto found = index_.find(correction.event);
  if (found == index_.end()) {
    return refuse("body.event",
                  fmt::format("it corrects '{}', which is not in the ledger", correction.event));
  }
  if (in_error_.contains(correction.event)) {
    return refuse("body.event", fmt::format("'{}' was already marked as entered in error", correction.event));
  }
  const Event& wrong = events_[found->second];
  if (std::holds_alternative<EnteredInError>(wrong.body)) {
    return refuse("body.event",
                  fmt::format("'{}' is a correction; record the right event anew", correction.event));
  }
  const auto lot = lot_of(wrong.body);
  expects(lot.has_value(), "a valid event belongs to a lot");
  Entries rest = entries_.at(*lot);
  std::erase(rest, found->second);
  auto book = book_of(rest, wrong);
  if (!book) {
    return refuse("body.event", fmt::format("later events rest on '{}'; correct those first, the last one "
                                            "first. {}",
                                            correction.event, book.error().what));
  }
  if (rest.empty()) {
    books_.erase(*lot);
    entries_.erase(*lot);
  } else {
    books_[*lot] = *std::move(book);
    entries_[*lot] = std::move(rest);
  }
  if (const auto* taken = std::get_if<VialTaken>(&wrong.body)) lot_of_vial_.erase(taken->vial);
  if (const auto* drawn = std::get_if<DrawnUp>(&wrong.body)) lot_of_draw_.erase(drawn->draw);
  in_error_.insert(correction.event);
  return {};
}

void Ledger::remember(const Body& body, const std::string& lot) {
  if (const auto* taken = std::get_if<VialTaken>(&body)) lot_of_vial_.emplace(taken->vial, lot);
  if (const auto* drawn = std::get_if<DrawnUp>(&body)) lot_of_draw_.emplace(drawn->draw, lot);
}

Result<void> Ledger::add(Event event) {
  if (auto envelope = check_envelope(event); !envelope) return envelope;
  if (auto alone = check_alone(event); !alone) return alone;
  if (const auto* correction = std::get_if<EnteredInError>(&event.body)) {
    if (auto corrected = correct(*correction); !corrected) return corrected;
  } else {
    if (auto names = check_names(event.body); !names) return names;
    const auto lot = lot_of(event.body);
    if (!lot) return lot.error();
    if (auto review = check_review(event.body, *lot); !review) return review;
    if (auto entered = enter_in_order(event, *lot); !entered) return entered;
    remember(event.body, *lot);
  }
  index_.emplace(event.id, events_.size());
  events_.push_back(std::move(event));
  return {};
}

Ledger Ledger::as_known_at(Instant now) const {
  Ledger earlier{site_};
  for (const Event& event : events_) {
    if (event.recorded_at > now) break;
    const auto added = earlier.add(event);
    expects(added.has_value(), "what was accepted in this order is accepted again");
  }
  return earlier;
}

}  // namespace evenkeel::care::ledger
