#include "clinic/drug_book.hpp"

#include "clinic/kept_append.hpp"
#include "exchange/ledger_reader.hpp"
#include "exchange/ledger_writer.hpp"

namespace evenkeel::clinic {
namespace {

std::string subject(const std::string& site) {
  return subject_of(stream_of<LedgerForm>(site));
}

constexpr int tries = 8;
enum class Moment : std::uint8_t { given, of_its_writing };

// Once. `stale` where somebody else wrote between reading and writing.
Result<DrugWritten> try_to_write(store::EventLog& log, const std::string& site, DrugEntered entered,
                                 Moment moment, const Person& who) {
  auto book = load<LedgerForm>(log, site, who);
  if (!book && book.error().code != ErrorCode::not_found) return book.error();
  DrugBook kept = book ? *std::move(book) : nothing_yet<LedgerForm>(site);
  const auto* before = entry_of_key(kept, entered.key).first;
  if (moment == Moment::of_its_writing && before != nullptr) entered.at = before->at;
  return append(log, kept, entered, who);
}

Result<DrugWritten> written(store::EventLog& log, const std::string& site, const DrugEntered& entered,
                            Moment moment, const Person& who) {
  if (auto allowed = require(log, who, Right::write_ledger, subject(site)); !allowed) return allowed.error();
  auto done = try_to_write(log, site, entered, moment, who);
  for (int i = 1; i < tries && !done && done.error().code == ErrorCode::stale; ++i)
    done = try_to_write(log, site, entered, moment, who);
  return done;
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
  return written(log, site, entered, Moment::given, who);
}

Result<DrugWritten> write_drug_now(store::EventLog& log, const std::string& site,
                                   const care::ledger::Body& body, const std::string& key,
                                   const Person& who) {
  return written(log, site, {body, who.now, key}, Moment::of_its_writing, who);
}

Result<std::string> export_drug_book(store::EventLog& log, const std::string& site,
                                     const std::string& recipient, const Person& who) {
  if (auto allowed = require(log, who, Right::read_ledger, subject(site)); !allowed) return allowed.error();
  return take_out(log, stream_of<LedgerForm>(site), exchange::write_ledger_heading(site), recipient, who);
}

}  // namespace evenkeel::clinic
