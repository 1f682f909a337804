#include "apps/evenkeel/ledger_command.hpp"

#include <unistd.h>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>

#include "exchange/ledger_reader.hpp"
#include "exchange/record_reader.hpp"
#include "report/ledger_report.hpp"

namespace evenkeel::app {
namespace {

struct Options {
  std::string ledger;
  std::vector<std::string> records;
  std::string now;
  std::string format = "text";
  std::string output;
  std::string colour = "auto";
};

// --now, or without it the present: the only place that reads the clock for a ledger.
Result<Instant> moment_of(const std::string& now) {
  if (now.empty())
    return Instant{std::chrono::time_point_cast<std::chrono::nanoseconds>(std::chrono::system_clock::now())};
  auto parsed = Instant::parse(now);
  if (!parsed) parsed.error().where = "--now";
  return parsed;
}

template <class Reading>
Result<Reading> read_file(const std::string& file, Result<Reading> (*read)(std::istream&)) {
  auto reading = [&]() -> Result<Reading> {
    if (file == "-") return read(std::cin);
    if (std::filesystem::is_directory(file)) return Error{ErrorCode::storage, "", "is a folder, not a file"};
    std::ifstream in{file, std::ios::binary};
    if (!in) return Error{ErrorCode::storage, "", "the file cannot be opened"};
    return read(in);
  }();
  if (!reading) {
    Error& error = reading.error();
    const std::string name = file == "-" ? "standard input" : file;
    error.where = error.where.empty() ? name : name + ": " + error.where;
  }
  return reading;
}

bool wants_colour(const Options& options) {
  if (options.colour != "auto") return options.colour == "always";
  const char* no_colour = std::getenv("NO_COLOR");
  return options.output.empty() && isatty(STDOUT_FILENO) != 0 && (no_colour == nullptr || *no_colour == '\0');
}

bool is_the_ledger_itself(const Options& options) {
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
Status reconcile_records(const Options& options, const care::ledger::Ledger& ledger, Instant now,
                         report::LedgerReport& report) {
  for (const std::string& file : options.records) {
    const auto reading = read_file(file, &exchange::read_record);
    if (!reading) {
      complain(reading.error());
      return status_of(reading.error().code);
    }
    complain_set_aside(reading->set_aside, file);
    if (!reading->set_aside.empty()) return bad_input;
    auto checks = care::ledger::reconcile(ledger.as_known_at(now), reading->record.as_known_at(now));
    if (!checks) {
      complain(checks.error());
      return status_of(checks.error().code);
    }
    report.reconciled.insert(report.reconciled.end(), checks->begin(), checks->end());
  }
  return done;
}

Status show_ledger(const Options& options) {
  if (is_the_ledger_itself(options))
    return misused({ErrorCode::invalid_input, "--output", "this is the ledger itself; name another file"});
  const auto now = moment_of(options.now);
  if (!now) return misused(now.error());
  auto reading = read_file(options.ledger, &exchange::read_ledger);
  if (!reading) {
    complain(reading.error());
    return status_of(reading.error().code);
  }
  complain_set_aside(reading->set_aside, options.ledger);
  report::LedgerReport report{care::ledger::balance(reading->ledger, *now), reading->set_aside, {}};
  if (const Status held = reconcile_records(options, reading->ledger, *now, report); held != done)
    return held;
  const std::string text = options.format == "json" ? report::ledger_json(report)
                                                    : report::ledger_text(report, wants_colour(options));
  const Status written = write_out(text, options.output);
  return written != done ? written : judgement(report);
}

constexpr const char* examples = R"(Examples:
  evenkeel ledger examples/ledger-day.jsonl --now 2026-03-02T18:00:00Z
  evenkeel ledger examples/ledger-discrepancy.jsonl --format json
  evenkeel ledger ledger.jsonl --record records/p-101.jsonl --record records/p-102.jsonl
  evenkeel ledger - < ledger.jsonl

Exit status: 0 it adds up; 1 somebody must look at a finding, or a record tells otherwise; 2 wrong usage; 3
lines of the ledger or of a record have faults (what could be read of the ledger is added up); 5 a file could not be read or written.)";

}  // namespace

void add_ledger(CLI::App& program, std::function<Status()>& run) {
  auto options = std::make_shared<Options>();
  CLI::App* command = program.add_subcommand(
      "ledger", "Add up a controlled-drug ledger: stock, open syringes, discrepancies");
  command
      ->add_option("ledger", options->ledger,
                   "The ledger, JSON lines (docs/ledger-format.md); - for standard input")
      ->required()
      ->option_text("LEDGER");
  command
      ->add_option("--record", options->records,
                   "Hold what was given against this patient's record too; may be given again")
      ->option_text("RECORD");
  command
      ->add_option("--now", options->now,
                   "As of this moment, with what was known then, RFC 3339; otherwise the present")
      ->option_text("T");
  command->add_option("--format", options->format, "text or json")
      ->check(CLI::IsMember({"text", "json"}))
      ->option_text("FORMAT");
  command->add_option("-o,--output", options->output, "Write here instead of to standard output")
      ->option_text("FILE");
  command->add_option("--colour,--color", options->colour, "auto, always or never")
      ->check(CLI::IsMember({"auto", "always", "never"}))
      ->option_text("WHEN");
  command->footer(examples);
  command->callback([options, &run] { run = [options] { return show_ledger(*options); }; });
}

}  // namespace evenkeel::app
