#include <fmt/format.h>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <memory>

#include "apps/evenkeel/record_input.hpp"
#include "apps/evenkeel/store_command.hpp"
#include "apps/evenkeel/store_options.hpp"
#include "clinic/chart.hpp"
#include "clinic/drug_book.hpp"

namespace evenkeel::app {
namespace {

struct ImportOptions {
  StoreOptions store;
  std::string record;
  std::string patient;
  std::string site;
  std::string recipient;
  std::string output;
};

constexpr const char* import_examples =
    "Example:\n"
    "  evenkeel import record.jsonl --data clinic --as prescriber-1 --role prescriber\n"
    "\n"
    "All lines or none: a record with a line that cannot be taken is not brought in.\n";
constexpr const char* export_examples =
    "Example:\n"
    "  evenkeel export --patient p1 --to 'the patient' -o p1.jsonl --data clinic \\\n"
    "      --as prescriber-1 --role prescriber\n"
    "\n"
    "Who got it stands in the audit before a line is written.\n";

Status import_record(const ImportOptions& options) {
  const auto reading = record_or_complain(options.record);
  if (!reading) return reading.error();
  if (!reading->set_aside.empty()) {
    complain({ErrorCode::invalid_input, options.record,
              fmt::format("{} lines cannot be taken, so nothing was brought in", reading->set_aside.size())});
    return bad_input;
  }
  auto desk = open_desk(options.store);
  if (!desk) return desk.error();
  const auto brought = clinic::import_record(*desk->log, reading->record, desk->who);
  if (!brought) return failed(brought.error());
  return write_out(fmt::format("{}: {}, {} events\n", brought->repeated ? "there already" : "brought in",
                               reading->record.patient(), brought->version),
                   "");
}

Status export_record(const ImportOptions& options) {
  if (options.patient.empty() == options.site.empty()) {
    complain(
        {ErrorCode::invalid_input, "--patient", "name one: --patient ID, or --site ID for the drug ledger"});
    return wrong_usage;
  }
  const auto desk = open_desk(options.store);
  if (!desk) return desk.error();
  const auto text = options.site.empty()
                        ? clinic::export_record(*desk->log, options.patient, options.recipient, desk->who)
                        : clinic::export_drug_book(*desk->log, options.site, options.recipient, desk->who);
  if (!text) return failed(text.error());
  return write_out(*text, options.output);
}

}  // namespace

void add_import(CLI::App& program, std::function<Status()>& run) {
  auto options = std::make_shared<ImportOptions>();
  CLI::App* command = program.add_subcommand("import", "Bring a record from a file into the store");
  command->add_option("record", options->record, "The record, JSON lines; - for standard input")
      ->required()
      ->option_text("RECORD");
  add_store_options(*command, options->store);
  command->footer(import_examples);
  command->callback([options, &run] { run = [options] { return import_record(*options); }; });
}

void add_export(CLI::App& program, std::function<Status()>& run) {
  auto options = std::make_shared<ImportOptions>();
  CLI::App* command = program.add_subcommand("export", "Take a record or a drug ledger out of the store");
  command->add_option("--patient", options->patient, "Whose record")->option_text("ID");
  command->add_option("--site", options->site, "Or whose drug ledger")->option_text("ID");
  command->add_option("--to", options->recipient, "Who gets it; stands in the audit")
      ->required()
      ->option_text("TEXT");
  command->add_option("-o,--output", options->output, "Write here instead of to standard output")
      ->option_text("FILE");
  add_store_options(*command, options->store);
  command->footer(export_examples);
  command->callback([options, &run] { run = [options] { return export_record(*options); }; });
}

}  // namespace evenkeel::app
