#include "apps/evenkeel/store_options.hpp"

#include <fmt/format.h>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <filesystem>

#include "apps/evenkeel/record_input.hpp"
#include "store/postgres_log.hpp"
#include "store/sqlite_log.hpp"

namespace evenkeel::app {
namespace {

namespace fs = std::filesystem;

Result<fs::path> file_in(const std::string& data, Opening opening) {
  const fs::path folder{data};
  std::error_code error;
  if (opening == Opening::create) fs::create_directories(folder, error);
  if (!fs::is_directory(folder, error))
    return Error{ErrorCode::storage, data, "is no folder; make a store with: evenkeel store create"};
  // The record of a patient is nobody's but the clinic's.
  if (opening == Opening::create) fs::permissions(folder, fs::perms::owner_all, error);
  return folder / "evenkeel.db";
}

Result<std::unique_ptr<store::EventLog>> open_log(const StoreOptions& options, Opening opening) {
  if (options.data.empty() == options.database.empty())
    return Error{ErrorCode::invalid_input, "--data",
                 "name the store: --data DIR, or --database postgresql://..."};
  if (!options.database.empty()) {
    store::PostgresOptions how;
    how.create = opening == Opening::create;
    return store::open_postgres(options.database, how);
  }
  const auto file = file_in(options.data, opening);
  if (!file) return file.error();
  store::SqliteOptions how;
  how.create = opening == Opening::create;
  how.read_only = opening == Opening::read_only;
  return store::open_sqlite(*file, how);
}

}  // namespace

void add_store_place(CLI::App& command, StoreOptions& options) {
  command.add_option("--data", options.data, "The store: a folder on this machine")
      ->envname("EVENKEEL_DATA")
      ->option_text("DIR");
  command.add_option("--database", options.database, "Or a PostgreSQL database, postgresql://...")
      ->envname("EVENKEEL_DATABASE")
      ->option_text("URI");
}

void add_store_options(CLI::App& command, StoreOptions& options) {
  add_store_place(command, options);
  command.add_option("--as", options.name, "Who is at work")->envname("EVENKEEL_AS")->option_text("NAME");
  command
      .add_option("--role", options.role,
                  "prescriber, nurse, therapist, pharmacist, front-desk, laboratory, auditor or "
                  "administrator")
      ->envname("EVENKEEL_ROLE")
      ->option_text("ROLE");
  command.add_option("--now", options.now, "The moment, RFC 3339; otherwise the present")->option_text("T");
  command.add_option("--for", options.purpose, "Why; stands in the audit")->option_text("TEXT");
}

void add_library_options(CLI::App& command, StoreOptions& options) {
  command.add_option("--content", options.content, "Use this content folder")->option_text("DIR");
  command.add_option("--instruments", options.instruments, "The site's own instruments")->option_text("DIR");
}

Status failed(const Error& error) {
  complain(error);
  return status_of(error.code);
}

Result<std::unique_ptr<store::EventLog>, Status> open_store(const StoreOptions& options, Opening opening) {
  auto log = open_log(options, opening);
  if (!log) return failed(log.error());
  return *std::move(log);
}

Result<clinic::SiteKey> site_key(const StoreOptions& options, const std::string& named) {
  if (!named.empty()) return clinic::SiteKey::read_or_make(named);
  if (!options.data.empty()) return clinic::SiteKey::read_or_make(options.data + "/site.key");
  return Error{ErrorCode::invalid_input, "--site-key",
               "name the file of the site key; a database has no place for it"};
}

Result<Desk, Status> open_desk(const StoreOptions& options, Opening opening) {
  const auto misused = [](std::string where, std::string what) {
    complain({ErrorCode::invalid_input, std::move(where), std::move(what)});
    return Result<Desk, Status>{wrong_usage};
  };
  if (options.name.empty()) return misused("--as", "say who is at work: --as NAME --role ROLE");
  const auto role = clinic::role_from_text(options.role);
  if (!role) {
    std::string known;
    for (const clinic::Role each : clinic::all_roles)
      known += (known.empty() ? "" : ", ") + std::string{clinic::role_text(each)};
    return misused("--role", fmt::format("'{}' is no role; one of {}", options.role, known));
  }
  const auto now = moment_argument(options.now);
  if (!now) return misused(now.error().where, now.error().what);
  auto log = open_log(options, opening);
  if (!log) return failed(log.error());
  return Desk{*std::move(log), {options.name, *role, *now, options.purpose}};
}

}  // namespace evenkeel::app
