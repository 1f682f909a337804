#include "clinic/chart.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "exchange/record_reader.hpp"
#include "exchange/record_writer.hpp"

namespace evenkeel::clinic {
namespace {

using store::Action;
using store::StreamKind;
using store::StreamName;

StreamName stream_of(const std::string& patient) {
  return {StreamKind::patient, patient};
}

std::string subject_of(const std::string& patient) {
  return "patient/" + patient;
}

Error unreadable(const store::Entry& entry, const Error& why) {
  return {ErrorCode::invalid_input, fmt::format("{} version {}", subject_of(entry.stream.id), entry.version),
          fmt::format("this stored line cannot be read ({}); run: evenkeel verify", to_string(why))};
}

// The same event again has the same key, so that a command sent twice happens once.
std::string key_of(const care::Event& unnamed) {
  return "made-" + store::hex(store::sha256(exchange::write_event(unnamed))).substr(0, 32);
}

std::string id_of(const std::string& key) {
  return "e" + store::hex(store::sha256(key)).substr(0, 15);
}

store::NewEntry entry_of(const care::Event& event, const std::string& key) {
  return {key, std::string{care::kind_text(event.body)}, event.at, exchange::write_event(event)};
}

care::Event event_of(const std::string& patient, const Entered& entered, const Person& who) {
  care::Event event{"-", patient, entered.at, who.now, who.name, entered.body};
  event.id = id_of(entered.key.empty() ? key_of(event) : entered.key);
  return event;
}

std::string key_for(const std::string& patient, const Entered& entered, const Person& who) {
  if (!entered.key.empty()) return entered.key;
  return key_of({"-", patient, entered.at, who.now, who.name, entered.body});
}

// Whether both say the same; recorded_at may differ, for it is later now.
bool says_the_same(const care::Event& before, care::Event again) {
  again.recorded_at = before.recorded_at;
  return exchange::write_event(again) == exchange::write_event(before);
}

Result<Written> append(store::EventLog& log, Chart& chart, const Entered& entered, const Person& who) {
  const auto before = written_before(chart, entered, who);
  if (!before) return before.error();
  if (*before) return **before;
  const std::string patient = chart.record.patient();
  const std::string key = key_for(patient, entered, who);
  const care::Event event = event_of(patient, entered, who);
  care::Record next = chart.record;
  if (auto added = next.add(event); !added) {
    const auto noted =
        log.note(Action::refused, subject_of(patient),
                 fmt::format("{}: {}", care::kind_text(event.body), to_string(added.error())), who.request());
    if (!noted) return noted.error();
    return added.error();
  }
  const auto appended =
      log.append({stream_of(patient), chart.version, {entry_of(event, key)}}, who.request());
  if (!appended) return appended.error();
  chart.record = std::move(next);
  chart.version = appended->version;
  chart.by_key.emplace(key, event.id);
  return Written{event, appended->version, appended->repeated};
}

Result<Chart> load(store::EventLog& log, const std::string& patient, const Person& who) {
  const auto entries = log.read(stream_of(patient), 0, who.request());
  if (!entries) return entries.error();
  if (entries->empty())
    return Error{ErrorCode::not_found, subject_of(patient), "there is no record of this patient"};
  Chart chart{care::Record{patient}, 0, {}};
  for (const store::Entry& entry : *entries) {
    auto event = exchange::read_event(entry.text);
    if (!event) return unreadable(entry, event.error().front());
    chart.by_key.emplace(entry.key, event->id);
    if (auto added = chart.record.add(*std::move(event)); !added) return unreadable(entry, added.error());
    chart.version = entry.version;
  }
  return chart;
}

}  // namespace

Result<Chart> open_chart(store::EventLog& log, const std::string& patient, const Person& who) {
  if (auto allowed = require(log, who, Right::read_chart, subject_of(patient)); !allowed)
    return allowed.error();
  return load(log, patient, who);
}

Result<Chart> chart_to_write(store::EventLog& log, const std::string& patient, const care::Body& body,
                             const Person& who) {
  if (auto allowed = require_to_write(log, who, body, subject_of(patient)); !allowed) return allowed.error();
  return load(log, patient, who);
}

Result<std::optional<Written>> written_before(const Chart& chart, const Entered& entered, const Person& who) {
  const std::string& patient = chart.record.patient();
  const auto id = chart.by_key.find(key_for(patient, entered, who));
  if (id == chart.by_key.end()) return std::optional<Written>{};
  const auto event = std::ranges::find(chart.record.events(), id->second, &care::Event::id);
  if (event != chart.record.events().end() && says_the_same(*event, event_of(patient, entered, who)))
    return std::optional{Written{*event, chart.version, true}};
  return Error{ErrorCode::invalid_input, "key", "this key was used for another event; give a new one"};
}

Result<Written> write(store::EventLog& log, Chart& chart, const Entered& entered, const Person& who) {
  const std::string subject = subject_of(chart.record.patient());
  if (auto allowed = require_to_write(log, who, entered.body, subject); !allowed) return allowed.error();
  return append(log, chart, entered, who);
}

Result<Written> begin_chart(store::EventLog& log, const std::string& patient, const Entered& entered,
                            const Person& who) {
  if (auto allowed = require(log, who, Right::open_chart, subject_of(patient)); !allowed)
    return allowed.error();
  if (auto allowed = require_to_write(log, who, entered.body, subject_of(patient)); !allowed)
    return allowed.error();
  Chart chart{care::Record{patient}, 0, {}};
  return append(log, chart, entered, who);
}

Result<std::uint64_t> import_record(store::EventLog& log, const care::Record& record, const Person& who) {
  const std::string subject = subject_of(record.patient());
  if (auto allowed = require(log, who, Right::export_chart, subject); !allowed) return allowed.error();
  store::Append whole{stream_of(record.patient()), 0, {}};
  for (const care::Event& event : record.events())
    whole.entries.push_back(entry_of(event, "import-" + event.id));
  const auto appended = log.append(whole, who.request());
  if (!appended) return appended.error();
  const auto noted =
      log.note(Action::imported, subject, fmt::format("{} events", record.size()), who.request());
  if (!noted) return noted.error();
  return appended->version;
}

Result<std::string> export_record(store::EventLog& log, const std::string& patient,
                                  const std::string& recipient, const Person& who) {
  if (auto allowed = require(log, who, Right::export_chart, subject_of(patient)); !allowed)
    return allowed.error();
  // Audit before effect: what cannot be accounted for is not given out.
  if (auto noted = log.note(Action::exported, subject_of(patient), "to " + recipient, who.request()); !noted)
    return noted.error();
  const auto entries = log.read(stream_of(patient), 0, who.request());
  if (!entries) return entries.error();
  if (entries->empty())
    return Error{ErrorCode::not_found, subject_of(patient), "there is no record of this patient"};
  std::string text = exchange::write_heading(patient) + "\n";
  for (const store::Entry& entry : *entries) text += entry.text + "\n";
  return text;
}

}  // namespace evenkeel::clinic
