#include "apps/evenkeel/store_command.hpp"

#include <fmt/format.h>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <memory>

#include "apps/evenkeel/store_options.hpp"
#include "clinic/keeping.hpp"
#include "store/head_export.hpp"

namespace evenkeel::app {
namespace {

constexpr const char* store_examples =
    "Examples:\n"
    "  evenkeel store create --data clinic --as admin-1 --role administrator\n"
    "  evenkeel store backup /media/backup/2026-03-02.db --data clinic --as admin-1 \\\n"
    "      --role administrator\n"
    "  evenkeel store restore /media/backup/2026-03-02.db --data new-clinic \\\n"
    "      --as admin-1 --role administrator\n"
    "  evenkeel store head --sign head.key -o head.json --data clinic --as auditor-1 \\\n"
    "      --role auditor\n"
    "  evenkeel store audit --about patient/p1 --data clinic --as auditor-1 --role auditor\n"
    "\n"
    "What a store promises, and what to do when it refuses: docs/store.md.\n";

struct KeepingOptions {
  StoreOptions store;
  std::string file;
  std::string about;
  std::string by;
  std::string key;
  std::size_t last = 100;
};

Status create(const KeepingOptions& options) {
  const auto desk = open_desk(options.store, Opening::create);
  if (!desk) return desk.error();
  const auto made = clinic::create_store(*desk->log, desk->who);
  if (!made) return failed(made.error());
  return write_out("a store was made; its first audit entry says by whom\n", "");
}

Status backup(const KeepingOptions& options) {
  const auto desk = open_desk(options.store);
  if (!desk) return desk.error();
  const auto made = clinic::back_up(*desk->log, options.file, desk->who);
  if (!made) return failed(made.error());
  return write_out(fmt::format("backed up to {}\n", options.file), "");
}

Status restore(const KeepingOptions& options) {
  const auto desk = open_desk(options.store, Opening::create);
  if (!desk) return desk.error();
  const auto restored = clinic::restore(*desk->log, options.file, desk->who);
  if (!restored) return failed(restored.error());
  return write_out(fmt::format("restored from {}; the chain verifies\n", options.file), "");
}

Status audit(const KeepingOptions& options) {
  const auto desk = open_desk(options.store);
  if (!desk) return desk.error();
  const auto entries =
      clinic::audit_entries(*desk->log, {options.about, options.by, {}, options.last}, desk->who);
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

Status make_key(const KeepingOptions& options) {
  const auto made = store::make_key(options.file);
  if (!made) return failed(made.error());
  return write_out(fmt::format("made: {0}, the secret key, and {0}.pub\n"
                               "Keep the secret one elsewhere than the store.\n",
                               options.file),
                   "");
}

Status head(const KeepingOptions& options) {
  std::optional<store::SecretKey> key;
  if (!options.key.empty()) {
    const auto read = store::read_secret_key(options.key);
    if (!read) return failed(read.error());
    key = *read;
  }
  const auto desk = open_desk(options.store);
  if (!desk) return desk.error();
  const auto now = clinic::head_to_export(*desk->log, desk->who);
  if (!now) return failed(now.error());
  const Instant at = desk->who.now;
  return write_out((key ? store::sign_head(*now, at, *key) : store::export_head(*now, at)) + "\n",
                   options.file);
}

using Run = Status (*)(const KeepingOptions&);

CLI::App* verb(CLI::App& command, const char* name, const char* help,
               const std::shared_ptr<KeepingOptions>& options, std::function<Status()>& run, Run work) {
  CLI::App* sub = command.add_subcommand(name, help);
  add_store_options(*sub, options->store);
  sub->callback([options, &run, work] { run = [options, work] { return work(*options); }; });
  return sub;
}

}  // namespace

void add_store(CLI::App& program, std::function<Status()>& run) {
  auto options = std::make_shared<KeepingOptions>();
  CLI::App* command = program.add_subcommand("store", "Make, back up, restore and audit a store");
  command->require_subcommand(1);
  command->footer(store_examples);
  verb(*command, "create", "Make an empty store", options, run, &create);
  verb(*command, "backup", "Copy the whole store while it is at work", options, run, &backup)
      ->add_option("file", options->file, "A new file; an existing one is never written over")
      ->required()
      ->option_text("FILE");
  verb(*command, "restore", "Fill a new store from a backup", options, run, &restore)
      ->add_option("file", options->file, "The backup")
      ->required()
      ->option_text("FILE");
  CLI::App* exported =
      verb(*command, "head", "Take out the audit head, to be kept elsewhere", options, run, &head);
  exported->add_option("--sign", options->key, "Sign it with this secret key")->option_text("KEYFILE");
  exported->add_option("-o,--output", options->file, "Write here instead of to standard output")
      ->option_text("FILE");
  CLI::App* pair = command->add_subcommand("key", "Make a pair of keys to sign heads with");
  pair->add_option("file", options->file, "The secret key's new file")->required()->option_text("FILE");
  pair->callback([options, &run] { run = [options] { return make_key(*options); }; });
  CLI::App* entries = verb(*command, "audit", "Who did what, when", options, run, &audit);
  entries->add_option("--about", options->about, "Only of this: patient/ID or ledger/SITE")
      ->option_text("SUBJECT");
  entries->add_option("--by", options->by, "Only of what this person did")->option_text("NAME");
  entries->add_option("--last", options->last, "So many at most, the latest")->option_text("N");
}

}  // namespace evenkeel::app
