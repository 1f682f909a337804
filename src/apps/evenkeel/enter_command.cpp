#include "apps/evenkeel/enter_command.hpp"

#include <fmt/format.h>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>

#include "apps/evenkeel/record_input.hpp"
#include "apps/evenkeel/store_options.hpp"
#include "clinic/desk.hpp"
#include "clinic/drug_book.hpp"
#include "exchange/ledger_reader.hpp"
#include "exchange/record_reader.hpp"

namespace evenkeel::app {
namespace {

constexpr const char* enter_examples =
    "Examples:\n"
    "  evenkeel enter patient_facts '{\"weight\": {\"value\": 70, \"unit\": \"kg\"}}' \\\n"
    "      --patient p1 --data clinic --as nurse-1 --role nurse\n"
    "  evenkeel enter plan_approved @plan.json --patient p1 --data clinic \\\n"
    "      --as prescriber-1 --role prescriber\n"
    "\n"
    "Kinds and bodies: docs/record-format.md; of the drug ledger docs/ledger-format.md. @FILE \n"
    "reads the body from a file, @- from standard input. The same command sent again\n"
    "changes nothing.\n";

struct EnterOptions {
  StoreOptions store;
  std::string patient;
  std::string site;
  std::string kind;
  std::string body;
  std::string at;
  std::string key;
};

Result<std::string> body_text(const std::string& body) {
  if (!body.starts_with('@')) return body;
  const std::string file = body.substr(1);
  std::ifstream opened;
  if (file != "-") opened.open(file, std::ios::binary);
  std::istream& in = file == "-" ? std::cin : opened;
  if (!in) return Error{ErrorCode::storage, file, "cannot be opened"};
  return std::string{std::istreambuf_iterator<char>{in}, {}};
}

Result<Instant> moment_of(const EnterOptions& options, Instant now) {
  if (options.at.empty()) return now;
  auto at = Instant::parse(options.at);
  if (!at) at.error().where = "--at";
  return at;
}

Status told(bool repeated, std::string_view kind, const std::string& id) {
  return write_out(fmt::format("{} {} {}\n", repeated ? "there already:" : "written:", kind, id), "");
}

Status enter_for_patient(const EnterOptions& options, const std::string& text, const Desk& desk, Instant at) {
  auto library = library_or_complain(options.store.content, options.store.instruments);
  if (!library) return library.error();
  auto body = exchange::read_body_text(options.kind, text);
  if (!body) return failed(body.error().front());
  const clinic::Desk where{*desk.log, *library, desk.who};
  const auto written = clinic::enter_anywhere(where, options.patient, {*std::move(body), at, options.key});
  if (!written) return failed(written.error());
  return told(written->repeated, care::kind_text(written->event.body), written->event.id);
}

Status enter_for_site(const EnterOptions& options, const std::string& text, const Desk& desk, Instant at) {
  auto body = exchange::read_ledger_body_text(options.kind, text);
  if (!body) return failed(body.error().front());
  const auto written =
      clinic::write_drug(*desk.log, options.site, {*std::move(body), at, options.key}, desk.who);
  if (!written) return failed(written.error());
  return told(written->repeated, care::ledger::kind_text(written->event.body), written->event.id);
}

Status enter_event(const EnterOptions& options) {
  if (options.patient.empty() == options.site.empty()) {
    complain({ErrorCode::invalid_input, "--patient",
              "name whose record it is: --patient ID, or --site ID for the drug ledger"});
    return wrong_usage;
  }
  const auto desk = open_desk(options.store);
  if (!desk) return desk.error();
  const auto text = body_text(options.body);
  if (!text) return failed(text.error());
  const auto at = moment_of(options, desk->who.now);
  if (!at) return failed(at.error());
  return options.site.empty() ? enter_for_patient(options, *text, *desk, *at)
                              : enter_for_site(options, *text, *desk, *at);
}

}  // namespace

void add_enter(CLI::App& program, std::function<Status()>& run) {
  auto options = std::make_shared<EnterOptions>();
  CLI::App* command = program.add_subcommand("enter", "Write one event into a record or the drug ledger");
  command->add_option("kind", options->kind, "The event's kind, such as evaluation")
      ->required()
      ->option_text("KIND");
  command->add_option("body", options->body, "Its body, JSON; @FILE reads it from a file")
      ->required()
      ->option_text("BODY");
  command->add_option("--patient", options->patient, "Whose record")->option_text("ID");
  command->add_option("--site", options->site, "Or whose drug ledger")->option_text("ID");
  command->add_option("--at", options->at, "When it happened; otherwise now")->option_text("T");
  command->add_option("--key", options->key, "Makes it happen once; otherwise made from the rest")
      ->option_text("KEY");
  add_library_options(*command, options->store);
  add_store_options(*command, options->store);
  command->footer(enter_examples);
  command->callback([options, &run] { run = [options] { return enter_event(*options); }; });
}

}  // namespace evenkeel::app
