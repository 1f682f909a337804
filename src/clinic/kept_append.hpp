// Adding to what the log keeps as one stream (kept.hpp): once for each key, and only what could be read
// again.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.hpp"
#include "clinic/kept.hpp"
#include "clinic/person.hpp"
#include "clinic/stream.hpp"
#include "store/event_log.hpp"

namespace evenkeel::clinic {

// Two who write at one moment may come in the other order, and the clocks of two machines differ a little.
inline constexpr Duration clocks_differ = 1.0 * units::min;

// When it is written down: by the clock, and not before what was written last.
template <class Form>
[[nodiscard]] Instant in_turn(const Kept<Form>& kept, Instant now) {
  const auto& events = kept.record.events();
  if (events.empty() || events.back().recorded_at - now > clocks_differ) return now;
  return std::max(now, events.back().recorded_at);
}

// The event and its key, as they would be written now.
template <class Form>
[[nodiscard]] std::pair<typename Form::Event, std::string> as_event(const Kept<Form>& kept,
                                                                    const EnteredAs<Form>& entered,
                                                                    const Person& who) {
  typename Form::Event event{"-", kept.stream.id, entered.at, who.now, who.name, entered.body};
  std::string key = entered.key.empty() ? key_of(Form::write(event)) : entered.key;
  event.id = id_of(key);
  event.recorded_at = in_turn(kept, who.now);
  return {std::move(event), std::move(key)};
}

// The event that these words wrote before, if they did. Error (invalid_input): their key wrote another.
template <class Form>
[[nodiscard]] Result<std::optional<WrittenAs<Form>>> written_before(const Kept<Form>& kept,
                                                                    const EnteredAs<Form>& entered,
                                                                    const Person& who) {
  auto [again, key] = as_event(kept, entered, who);
  const auto [event, version] = entry_of_key(kept, key);
  if (event == nullptr) return std::optional<WrittenAs<Form>>{};
  again.recorded_at = event->recorded_at;
  if (Form::write(again) == Form::write(*event)) return std::optional{WrittenAs<Form>{*event, version, true}};
  return Error{ErrorCode::invalid_input, "key", "this key was used for another event; give a new one"};
}

// Adds one event; `kept` follows when it is written. What the reader or `add` refuses is audited as a
// refusal.
template <class Form>
[[nodiscard]] Result<WrittenAs<Form>> append(store::EventLog& log, Kept<Form>& kept,
                                             const EnteredAs<Form>& entered, const Person& who) {
  const auto before = written_before(kept, entered, who);
  if (!before) return before.error();
  if (*before) return **before;
  const auto [event, key] = as_event(kept, entered, who);
  const auto refuse = [&log, &kept, &who, kind = Form::kind_text(event.body)](const Error& why) {
    return refused(log, who, subject_of(kept.stream), kind, why);
  };
  // What the reader would not take from a file never gets into the log: it could not be read again.
  const std::string line = Form::write(event);
  if (const auto readable = Form::read(line); !readable) return refuse(readable.error().front());
  auto next = kept.record;
  if (auto added = next.add(event); !added) return refuse(added.error());
  const store::NewEntry entry{key, std::string{Form::kind_text(event.body)}, event.at, line};
  const auto appended = log.append({kept.stream, kept.version, {entry}}, who.request());
  if (!appended) return appended.error();
  // Where it was there already, others may have written before it what `kept` has not read.
  if (appended->version == kept.version + 1) {
    kept.record = std::move(next);
    kept.version = appended->version;
  }
  return WrittenAs<Form>{event, appended->version, appended->repeated};
}

// All events of a record or none; the same again is there already. Errors: another of that name is there.
template <class Form>
[[nodiscard]] Result<store::Appended> bring_in(store::EventLog& log, const std::string& owner,
                                               const typename Form::Record& record, const Person& who) {
  store::Append whole{stream_of<Form>(owner), 0, {}};
  for (const auto& event : record.events())
    whole.entries.push_back(
        {"import-" + event.id, std::string{Form::kind_text(event.body)}, event.at, Form::write(event)});
  auto appended = log.append(whole, who.request());
  if (!appended || appended->repeated) return appended;
  const auto noted = log.note(store::Action::imported, subject_of(whole.stream),
                              fmt::format("{} events", record.size()), who.request());
  if (!noted) return noted.error();
  return appended;
}

}  // namespace evenkeel::clinic
