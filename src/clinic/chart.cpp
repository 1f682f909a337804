#include "clinic/chart.hpp"

#include "clinic/kept_append.hpp"
#include "exchange/record_reader.hpp"
#include "exchange/record_writer.hpp"

namespace evenkeel::clinic {
namespace {

std::string subject(const std::string& patient) {
  return subject_of(stream_of<RecordForm>(patient));
}

}  // namespace

Result<care::Event, Errors> RecordForm::read(std::string_view line) {
  return exchange::read_event(line);
}

std::string RecordForm::write(const care::Event& event) {
  return exchange::write_event(event);
}

Result<Chart> open_chart(store::EventLog& log, const std::string& patient, const Person& who) {
  if (auto allowed = require(log, who, Right::read_chart, subject(patient)); !allowed) return allowed.error();
  return load<RecordForm>(log, patient, who);
}

Result<Chart> chart_to_write(store::EventLog& log, const std::string& patient, const care::Body& body,
                             const Person& who) {
  if (auto allowed = require_to_write(log, who, body, subject(patient)); !allowed) return allowed.error();
  return load<RecordForm>(log, patient, who);
}

Result<Written> write(store::EventLog& log, Chart& chart, const Entered& entered, const Person& who) {
  if (auto allowed = require_to_write(log, who, entered.body, subject_of(chart.stream)); !allowed)
    return allowed.error();
  return append(log, chart, entered, who);
}

Result<store::Appended> import_record(store::EventLog& log, const care::Record& record, const Person& who) {
  if (auto allowed = require(log, who, Right::export_chart, subject(record.patient())); !allowed)
    return allowed.error();
  return bring_in<RecordForm>(log, record.patient(), record, who);
}

Result<std::string> export_record(store::EventLog& log, const std::string& patient,
                                  const std::string& recipient, const Person& who) {
  if (auto allowed = require(log, who, Right::export_chart, subject(patient)); !allowed)
    return allowed.error();
  return take_out(log, stream_of<RecordForm>(patient), exchange::write_heading(patient), recipient, who);
}

}  // namespace evenkeel::clinic
