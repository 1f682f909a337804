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
#include "exchange/record_reader.hpp"

namespace evenkeel::app {
namespace {

constexpr const char* examples =
    "Examples:\n"
    "  evenkeel enter patient_facts '{\"weight\": {\"value\": 70, \"unit\": \"kg\"}}' \\\n"
    "      --patient p1 --data clinic --as nurse-1 --role nurse\n"
    "  evenkeel enter plan_approved @plan.json --patient p1 --data clinic \\\n"
    "      --as prescriber-1 --role prescriber\n"
    "\n"
    "Kinds and bodies: docs/record-format.md. @FILE reads the body from a file, @- from\n"
    "standard input. The same command sent again changes nothing.\n";

struct Options {
  StoreOptions store;
  std::string patient;
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

Result<clinic::Entered> entered(const Options& options, Instant now) {
  const auto text = body_text(options.body);
  if (!text) return text.error();
  auto body = exchange::read_body_text(options.kind, *text);
  if (!body) return body.error().front();
  clinic::Entered what{*std::move(body), now, options.key};
  if (options.at.empty()) return what;
  const auto at = Instant::parse(options.at);
  if (!at) return Error{ErrorCode::invalid_input, "--at", at.error().what};
  what.at = *at;
  return what;
}

Status enter_event(const Options& options) {
  auto library = library_or_complain(options.store.content);
  if (!library) return library.error();
  auto desk = open_desk(options.store);
  if (!desk) return desk.error();
  auto what = entered(options, desk->who.now);
  if (!what) return failed(what.error());
  const clinic::Desk at{*desk->log, *library, desk->who};
  const auto written = clinic::enter_anywhere(at, options.patient, *std::move(what));
  if (!written) return failed(written.error());
  return write_out(fmt::format("{} {} {}\n", written->repeated ? "there already:" : "written:",
                               care::kind_text(written->event.body), written->event.id),
                   "");
}

}  // namespace

void add_enter(CLI::App& program, std::function<Status()>& run) {
  auto options = std::make_shared<Options>();
  CLI::App* command = program.add_subcommand("enter", "Write one event into a patient's record in the store");
  command->add_option("kind", options->kind, "The event's kind, such as evaluation")
      ->required()
      ->option_text("KIND");
  command->add_option("body", options->body, "Its body, JSON; @FILE reads it from a file")
      ->required()
      ->option_text("BODY");
  command->add_option("--patient", options->patient, "Whose record")->required()->option_text("ID");
  command->add_option("--at", options->at, "When it happened; otherwise now")->option_text("T");
  command->add_option("--key", options->key, "Makes it happen once; otherwise made from the rest")
      ->option_text("KEY");
  command->add_option("--content", options->store.content, "Use this content folder")->option_text("DIR");
  add_store_options(*command, options->store);
  command->footer(examples);
  command->callback([options, &run] { run = [options] { return enter_event(*options); }; });
}

}  // namespace evenkeel::app
