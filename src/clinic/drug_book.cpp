#include "clinic/drug_book.hpp"

#include "clinic/kept_append.hpp"
#include "exchange/ledger_reader.hpp"
#include "exchange/ledger_writer.hpp"

namespace evenkeel::clinic {
namespace {

std::string subject(const std::string& site) {
  return subject_of(stream_of<LedgerForm>(site));
}

}  // namespace

Result<care::ledger::Event, Errors> LedgerForm::read(std::string_view line) {
  return exchange::read_ledger_event(line);
}

std::string LedgerForm::write(const care::ledger::Event& event) {
  return exchange::write_ledger_event(event);
}

Result<DrugBook> open_drug_book(store::EventLog& log, const std::string& site, const Person& who) {
  if (auto allowed = require(log, who, Right::read_ledger, subject(site)); !allowed) return allowed.error();
  return load<LedgerForm>(log, site, who);
}

Result<DrugWritten> write_drug(store::EventLog& log, const std::string& site, const DrugEntered& entered,
                               const Person& who) {
  if (auto allowed = require(log, who, Right::write_ledger, subject(site)); !allowed) return allowed.error();
  auto book = load<LedgerForm>(log, site, who);
  if (!book && book.error().code != ErrorCode::not_found) return book.error();
  DrugBook kept = book ? *std::move(book) : nothing_yet<LedgerForm>(site);
  return append(log, kept, entered, who);
}

Result<std::string> export_drug_book(store::EventLog& log, const std::string& site,
                                     const std::string& recipient, const Person& who) {
  if (auto allowed = require(log, who, Right::read_ledger, subject(site)); !allowed) return allowed.error();
  return take_out(log, stream_of<LedgerForm>(site), exchange::write_ledger_heading(site), recipient, who);
}

}  // namespace evenkeel::clinic
