// What the log keeps as one stream: a patient's record, a site's drug ledger, an account. Read whole and
// checked line by line by its own `add`; added to once for each key. For chart.cpp and its like, which ask
// the role.
//
// Form names what is kept: Record (a list of Events that only grows, made from its owner's id), Event, Body,
// the kind of stream, kind_text(Body), and read(line) and write(Event).
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.hpp"
#include "clinic/person.hpp"
#include "clinic/stream.hpp"
#include "store/event_log.hpp"

namespace evenkeel::clinic {

template <class Form>
struct Kept {
  store::StreamName stream;
  typename Form::Record record;
  std::uint64_t version = 0;  // of the stream
};

// The entry that this idempotency key wrote, and its version; null and 0 where there is none. The key is not
// kept: an entry's id is made from it, also of one that was taken out of another store.
template <class Form>
[[nodiscard]] std::pair<const typename Form::Event*, std::uint64_t> entry_of_key(const Kept<Form>& kept,
                                                                                 const std::string& key) {
  const std::string id = id_of(key);
  std::uint64_t version = 0;
  for (const auto& event : kept.record.events()) {
    ++version;
    if (event.id == id) return {&event, version};
  }
  return {nullptr, 0};
}

// What somebody enters: when it happened and what it is.
template <class Form>
struct EnteredAs {
  typename Form::Body body;
  Instant at;
  std::string key = {};  // makes it happen once; empty: made from the rest
};

template <class Form>
struct WrittenAs {
  typename Form::Event event;
  std::uint64_t version = 0;  // of the stream once it was written
  bool repeated = false;      // it was there already
};

template <class Form>
[[nodiscard]] store::StreamName stream_of(const std::string& owner) {
  return {Form::stream_kind, owner};
}

template <class Form>
[[nodiscard]] Kept<Form> nothing_yet(const std::string& owner) {
  return {stream_of<Form>(owner), typename Form::Record{owner}};
}

// `kept` with further entries of its stream. Error: invalid_input when one does not fit.
template <class Form>
[[nodiscard]] Result<Kept<Form>> with(Kept<Form> kept, const std::vector<store::Entry>& entries) {
  for (const store::Entry& entry : entries) {
    auto event = Form::read(entry.text);
    if (!event) return unreadable(entry, event.error().front());
    if (auto added = kept.record.add(*std::move(event)); !added) return unreadable(entry, added.error());
    kept.version = entry.version;
  }
  return kept;
}

// The stream's entries, folded. Errors: not_found when there are none; those of with().
template <class Form>
[[nodiscard]] Result<Kept<Form>> folded(const std::string& owner, const std::vector<store::Entry>& entries) {
  if (!entries.empty()) return with(nothing_yet<Form>(owner), entries);
  return Error{ErrorCode::not_found, subject_of(stream_of<Form>(owner)),
               "there is nothing of this name in the store"};
}

template <class Form>
[[nodiscard]] Result<Kept<Form>> load(store::EventLog& log, const std::string& owner, const Person& who) {
  const auto entries = log.read(stream_of<Form>(owner), 0, who.request());
  if (!entries) return entries.error();
  return folded<Form>(owner, *entries);
}

// `kept` with what was written since it was read; nothing where that is nothing, so that who keeps records
// need not copy one to see that it stands as it was.
template <class Form>
[[nodiscard]] Result<std::optional<Kept<Form>>> followed(store::EventLog& log, const Kept<Form>& kept,
                                                         const Person& who) {
  const auto entries = log.read(kept.stream, kept.version, who.request());
  if (!entries) return entries.error();
  if (entries->empty()) return std::optional<Kept<Form>>{};
  auto now = with(kept, *entries);
  if (!now) return now.error();
  return std::optional{*std::move(now)};
}

}  // namespace evenkeel::clinic
