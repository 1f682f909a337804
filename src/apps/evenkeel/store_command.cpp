#include "apps/evenkeel/store_command.hpp"

#include <fmt/format.h>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <memory>

#include "apps/evenkeel/store_options.hpp"
#include "clinic/keeping.hpp"
#include "store/backup.hpp"
#include "store/sqlite_log.hpp"

namespace evenkeel::app {
namespace {

constexpr const char* examples =
    "Examples:\n"
    "  evenkeel store create --data clinic --as admin-1 --role administrator\n"
    "  evenkeel store backup /media/backup/2026-03-02.db --data clinic --as admin-1 \\\n"
    "      --role administrator\n"
    "  evenkeel store restore /media/backup/2026-03-02.db --data new-clinic \\\n"
    "      --as admin-1 --role administrator\n"
    "  evenkeel store audit --about patient/p1 --data clinic --as auditor-1 --role auditor\n"
    "\n"
    "What a store promises, and what to do when it refuses: docs/store.md.\n";

struct Options {
  StoreOptions store;
  std::string file;
  std::string about;
  std::size_t last = 100;
};

Status create(const Options& options) {
  const auto desk = open_desk(options.store, Opening::create);
  if (!desk) return desk.error();
  const auto made = clinic::create_store(*desk->log, desk->who);
  if (!made) return failed(made.error());
  return write_out("a store was made; its first audit entry says by whom\n", "");
}

Status backup(const Options& options) {
  const auto desk = open_desk(options.store);
  if (!desk) return desk.error();
  const auto head = clinic::back_up(*desk->log, options.file, desk->who);
  if (!head) return failed(head.error());
  return write_out(
      fmt::format("backed up to {}\naudit head: {} {}\n", options.file, head->number, store::hex(head->hash)),
      "");
}

Status restore(const Options& options) {
  const auto backup = store::open_sqlite(options.file, {.read_only = true});
  if (!backup) return failed(backup.error());
  const auto desk = open_desk(options.store, Opening::create);
  if (!desk) return desk.error();
  const auto restored = clinic::restore(*desk->log, **backup, options.file, desk->who);
  if (!restored) return failed(restored.error());
  return write_out(fmt::format("restored from {}; the chain verifies\n", options.file), "");
}

Status audit(const Options& options) {
  const auto desk = open_desk(options.store);
  if (!desk) return desk.error();
  const auto entries = clinic::audit_entries(*desk->log, {options.about, options.last}, desk->who);
  if (!entries) return failed(entries.error());
  std::string text;
  for (const store::AuditEntry& each : *entries) {
    text += fmt::format("{:>6}  {}  {} ({}) {}{}{}{}\n", each.number, each.written.to_string(), each.actor,
                        each.role, store::action_words(each.action),
                        each.subject.empty() ? "" : " " + each.subject,
                        each.detail.empty() ? "" : ": " + each.detail,
                        each.clock_stepped_back ? " [the clock had stepped back]" : "");
  }
  return write_out(text, "");
}

using Run = Status (*)(const Options&);

CLI::App* verb(CLI::App& command, const char* name, const char* help, const std::shared_ptr<Options>& options,
               std::function<Status()>& run, Run work) {
  CLI::App* sub = command.add_subcommand(name, help);
  add_store_options(*sub, options->store);
  sub->callback([options, &run, work] { run = [options, work] { return work(*options); }; });
  return sub;
}

}  // namespace

void add_store(CLI::App& program, std::function<Status()>& run) {
  auto options = std::make_shared<Options>();
  CLI::App* command = program.add_subcommand("store", "Make, back up, restore and audit a store");
  command->require_subcommand(1);
  command->footer(examples);
  verb(*command, "create", "Make an empty store", options, run, &create);
  verb(*command, "backup", "Copy the whole store while it is at work", options, run, &backup)
      ->add_option("file", options->file, "A new file; an existing one is never written over")
      ->required()
      ->option_text("FILE");
  verb(*command, "restore", "Fill a new store from a backup", options, run, &restore)
      ->add_option("file", options->file, "The backup")
      ->required()
      ->option_text("FILE");
  CLI::App* entries = verb(*command, "audit", "Who did what, when", options, run, &audit);
  entries->add_option("--about", options->about, "Only of this: patient/ID or ledger/SITE")
      ->option_text("SUBJECT");
  entries->add_option("--last", options->last, "So many at most, the latest")->option_text("N");
}

}  // namespace evenkeel::app
