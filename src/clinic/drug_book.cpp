#include "clinic/drug_book.hpp"

#include "clinic/kept_append.hpp"
#include "clinic/second_person.hpp"
#include "exchange/ledger_reader.hpp"
#include "exchange/ledger_writer.hpp"

namespace evenkeel::clinic {
namespace {

std::string subject(const std::string& site) {
  return subject_of(stream_of<LedgerForm>(site));
}

constexpr int tries = 8;
enum class Moment : std::uint8_t { given, of_its_writing };

Result<DrugBook> book_of(store::EventLog& log, const std::string& site, const Person& who) {
  auto book = load<LedgerForm>(log, site, who);
  if (!book && book.error().code == ErrorCode::not_found) return nothing_yet<LedgerForm>(site);
  return book;
}

Result<void> judged(store::EventLog& log, const DrugBook& book, const care::ledger::Body& body,
                    const Person& who, const JudgeDrug& judge) {
  if (auto two = taken_back_by_two(book.record, body, who); !two)
    return refused(log, who, subject_of(book.stream), care::ledger::kind_text(body), two.error());
  return judge ? judge(book) : Result<void>{};
}

// Tried again where somebody else wrote between reading and writing, and judged anew.
Result<DrugWritten> written(store::EventLog& log, const std::string& site, DrugEntered entered, Moment moment,
                            const Person& who, const JudgeDrug& judge) {
  if (auto allowed = require(log, who, Right::write_ledger, subject(site)); !allowed) return allowed.error();
  for (int i = 1;; ++i) {
    auto book = book_of(log, site, who);
    if (!book) return book.error();
    const auto* before = entry_of_key(*book, entered.key).first;
    if (moment == Moment::of_its_writing && before != nullptr) entered.at = before->at;
    if (before == nullptr) {
      if (auto good = judged(log, *book, entered.body, who, judge); !good) return good.error();
    }
    auto done = append(log, *book, entered, who);
    if (done || done.error().code != ErrorCode::stale || i == tries) return done;
  }
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

Result<DrugBook> drug_book_so_far(store::EventLog& log, const std::string& site, const Person& who) {
  auto book = open_drug_book(log, site, who);
  if (book || book.error().code != ErrorCode::not_found) return book;
  return nothing_yet<LedgerForm>(site);
}

Result<DrugWritten> write_drug(store::EventLog& log, const std::string& site, const DrugEntered& entered,
                               const Person& who, const JudgeDrug& judge) {
  return written(log, site, entered, Moment::given, who, judge);
}

Result<DrugWritten> write_drug_now(store::EventLog& log, const std::string& site,
                                   const care::ledger::Body& body, const std::string& key, const Person& who,
                                   const JudgeDrug& judge) {
  return written(log, site, {body, who.now, key}, Moment::of_its_writing, who, judge);
}

Result<std::string> export_drug_book(store::EventLog& log, const std::string& site,
                                     const std::string& recipient, const Person& who) {
  if (auto allowed = require(log, who, Right::read_ledger, subject(site)); !allowed) return allowed.error();
  return take_out(log, stream_of<LedgerForm>(site), exchange::write_ledger_heading(site), recipient, who);
}

}  // namespace evenkeel::clinic
