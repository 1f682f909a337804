#include <fmt/format.h>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>

#include "apps/evenkeel/store_command.hpp"
#include "apps/evenkeel/store_options.hpp"
#include "clinic/keeping.hpp"
#include "store/head_export.hpp"
#include "store/sqlite_log.hpp"

namespace evenkeel::app {
namespace {

constexpr const char* verify_examples =
    "Examples:\n"
    "  evenkeel verify --data clinic --as auditor-1 --role auditor\n"
    "  evenkeel verify --head head.json --key head.key.pub --data clinic --as auditor-1 \\\n"
    "      --role auditor\n"
    "\n"
    "Without a head that was kept elsewhere, a store that was cut short at its end\n"
    "looks like a shorter one. Exit status: 0 sound; 1 it was altered; 5 unreadable.\n";

struct VerifyOptions {
  StoreOptions store;
  std::string head;
  std::string key;
};

Result<std::optional<store::Head>> known_head(const VerifyOptions& options) {
  if (options.head.empty()) return std::optional<store::Head>{};
  std::ifstream in{options.head, std::ios::binary};
  if (!in) return Error{ErrorCode::storage, options.head, "cannot be opened"};
  const std::string text{std::istreambuf_iterator<char>{in}, {}};
  if (options.key.empty()) {
    const auto head = store::import_head(text);
    if (!head) return head.error();
    return std::optional{head->head};
  }
  const auto key = store::read_public_key(options.key);
  if (!key) return key.error();
  const auto head = store::import_signed_head(text, *key);
  if (!head) return head.error();
  return std::optional{head->head};
}

// A file that is too damaged to be opened for work can still be looked at, without an audit entry.
Result<store::Verification, Status> verification(const VerifyOptions& options,
                                                 const std::optional<store::Head>& known) {
  const auto desk = open_desk(options.store);
  if (desk) {
    auto found = clinic::verify(*desk->log, known, desk->who);
    if (!found) return failed(found.error());
    return *std::move(found);
  }
  if (desk.error() != storage_failed || options.store.data.empty()) return desk.error();
  const auto damaged = open_desk(options.store, Opening::read_only);
  if (!damaged) return damaged.error();
  if (!clinic::permits(damaged->who.role, clinic::Right::verify))
    return failed({ErrorCode::not_permitted, "role", "may not verify the store"});
  return store::verify(*damaged->log, known);
}

Status verify_store(const VerifyOptions& options) {
  const auto known = known_head(options);
  if (!known) return failed(known.error());
  const auto found = verification(options, *known);
  if (!found) return found.error();
  std::string text;
  for (const store::Flaw& flaw : found->first) text += store::to_string(flaw) + "\n";
  if (!found->sound()) {
    text += fmt::format("{} flaws: the store is not what was written\n", found->flaws);
    const Status written = write_out(text, "");
    return written == done ? faults_found : written;
  }
  text += fmt::format("sound: {} entries, audit chain to {}\nhead: {}\n{}", found->entries,
                      found->head.number, store::hex(found->head.hash),
                      *known ? "it goes on from the head that was kept\n"
                             : "no kept head was given, so a cut at the end would not show\n");
  return write_out(text, "");
}

}  // namespace

void add_verify(CLI::App& program, std::function<Status()>& run) {
  auto options = std::make_shared<VerifyOptions>();
  CLI::App* command = program.add_subcommand("verify", "Check that nothing in a store was altered");
  command->add_option("--head", options->head, "An audit head that was taken out before")
      ->option_text("FILE");
  command->add_option("--key", options->key, "It must be signed; the public key")->option_text("FILE");
  add_store_options(*command, options->store);
  command->footer(verify_examples);
  command->callback([options, &run] { run = [options] { return verify_store(*options); }; });
}

}  // namespace evenkeel::app
