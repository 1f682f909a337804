#include "apps/evenkeel/ledger_command.hpp"

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>

#include "apps/evenkeel/record_input.hpp"
#include "apps/evenkeel/store_options.hpp"
#include "clinic/drug_book.hpp"
#include "exchange/ledger_reader.hpp"
#include "report/ledger_report.hpp"

namespace evenkeel::app {
namespace {

struct LedgerOptions {
  std::string ledger;
  std::string site;
  StoreOptions store;
  std::vector<std::string> records;
  std::string format = "text";
  std::string output;
  std::string colour = "auto";
};

Result<exchange::LedgerReading> read_file(const std::string& file) {
  auto reading = [&]() -> Result<exchange::LedgerReading> {
    if (file == "-") return exchange::read_ledger(std::cin);
    if (std::filesystem::is_directory(file)) return Error{ErrorCode::storage, "", "is a folder, not a file"};
    std::ifstream in{file, std::ios::binary};
    if (!in) return Error{ErrorCode::storage, "", "the file cannot be opened"};
    return exchange::read_ledger(in);
  }();
  if (!reading) {
    Error& error = reading.error();
    const std::string name = file == "-" ? "standard input" : file;
    error.where = error.where.empty() ? name : name + ": " + error.where;
  }
  return reading;
}

bool is_the_ledger_itself(const LedgerOptions& options) {
  std::error_code ignored;
  return !options.output.empty() && options.ledger != "-" &&
         std::filesystem::equivalent(options.output, options.ledger, ignored);
}

Status misused(const Error& error) {
  complain(error);
  return wrong_usage;
}

void complain_set_aside(const std::vector<assess::SetAside>& set_aside, const std::string& file) {
  for (assess::SetAside aside : set_aside) {
    aside.error.where = file + ": " + aside.error.where;
    complain(aside.error);
  }
}

// 3 when lines were set aside, for the sums are then without them; 1 when somebody must look.
Status judgement(const report::LedgerReport& report) {
  if (!report.set_aside.empty()) return bad_input;
  const bool found =
      std::ranges::any_of(report.balance.findings, &care::ledger::LedgerFinding::needs_somebody);
  const bool agree = std::ranges::all_of(report.reconciled, &care::ledger::GivenCheck::agrees);
  return found || !agree ? faults_found : done;
}

// Holds the ledger against each record that was named; a record with faults cannot be held against.
Status reconcile_records(const LedgerOptions& options, const care::ledger::Ledger& ledger, Instant now,
                         report::LedgerReport& report) {
  for (const std::string& file : options.records) {
    const auto reading = record_or_complain(file);
    if (!reading) return reading.error();
    if (!reading->set_aside.empty()) return bad_input;
    auto checks = care::ledger::reconcile(ledger.as_known_at(now), reading->record.as_known_at(now));
    if (!checks) return failed(checks.error());
    report.reconciled.insert(report.reconciled.end(), checks->begin(), checks->end());
  }
  return done;
}

Result<exchange::LedgerReading, Status> read_or_complain(const std::string& file) {
  auto reading = read_file(file);
  if (!reading) return failed(reading.error());
  return *std::move(reading);
}

Result<exchange::LedgerReading, Status> from_store(const LedgerOptions& options) {
  const auto desk = open_desk(options.store);
  if (!desk) return desk.error();
  auto book = clinic::open_drug_book(*desk->log, options.site, desk->who);
  if (!book) return failed(book.error());
  return exchange::LedgerReading{std::move(book->record), {}};
}

Status show_ledger(const LedgerOptions& options) {
  if (is_the_ledger_itself(options))
    return misused({ErrorCode::invalid_input, "--output", "this is the ledger itself; name another file"});
  if (options.ledger.empty() == options.site.empty())
    return misused({ErrorCode::invalid_input, "LEDGER", "name a file, or --site ID for one in the store"});
  const auto now = moment_argument(options.store.now);
  if (!now) return misused(now.error());
  const auto reading = options.site.empty() ? read_or_complain(options.ledger) : from_store(options);
  if (!reading) return reading.error();
  complain_set_aside(reading->set_aside, options.ledger);
  report::LedgerReport report{care::ledger::balance(reading->ledger, *now), reading->set_aside, {}};
  if (const Status held = reconcile_records(options, reading->ledger, *now, report); held != done)
    return held;
  const std::string text = options.format == "json"
                               ? report::ledger_json(report)
                               : report::ledger_text(report, wants_colour(options.colour, options.output));
  const Status written = write_out(text, options.output);
  return written != done ? written : judgement(report);
}

constexpr const char* ledger_examples = R"(Examples:
  evenkeel ledger examples/ledger-day.jsonl --now 2026-03-02T18:00:00Z
  evenkeel ledger examples/ledger-discrepancy.jsonl --format json
  evenkeel ledger ledger.jsonl --record records/p-101.jsonl --record records/p-102.jsonl
  evenkeel ledger - < ledger.jsonl
  evenkeel ledger --site main --data clinic --as pharmacist-1 --role pharmacist

Exit status: 0 it adds up; 1 somebody must look at a finding, or a record tells otherwise; 2 wrong usage; 3
lines of the ledger or of a record have faults (what could be read of the ledger is added up); 5 a file could not be read or written.)";

}  // namespace

void add_ledger(CLI::App& program, std::function<Status()>& run) {
  auto options = std::make_shared<LedgerOptions>();
  CLI::App* command = program.add_subcommand(
      "ledger", "Add up a controlled-drug ledger: stock, open syringes, discrepancies");
  command
      ->add_option("ledger", options->ledger,
                   "The ledger, JSON lines (docs/ledger-format.md); - for standard input")
      ->option_text("LEDGER");
  command->add_option("--site", options->site, "Or the ledger of this site in the store")->option_text("ID");
  command
      ->add_option("--record", options->records,
                   "Hold what was given against this patient's record too; may be given again")
      ->option_text("RECORD");
  add_store_options(*command, options->store);
  command->add_option("--format", options->format, "text or json")
      ->check(CLI::IsMember({"text", "json"}))
      ->option_text("FORMAT");
  command->add_option("-o,--output", options->output, "Write here instead of to standard output")
      ->option_text("FILE");
  command->add_option("--colour,--color", options->colour, "auto, always or never")
      ->check(CLI::IsMember({"auto", "always", "never"}))
      ->option_text("WHEN");
  command->footer(ledger_examples);
  command->callback([options, &run] { run = [options] { return show_ledger(*options); }; });
}

}  // namespace evenkeel::app
