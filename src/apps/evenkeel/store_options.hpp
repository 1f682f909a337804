// What the subcommands that work on a store share: which store, who is at work, and when.
#pragma once

#include <CLI/App.hpp>
#include <memory>
#include <string>

#include "apps/evenkeel/command.hpp"
#include "clinic/person.hpp"
#include "clinic/site_key.hpp"
#include "store/event_log.hpp"

namespace evenkeel::app {

struct StoreOptions {
  std::string data;      // a folder; the store is a file in it
  std::string database;  // or PostgreSQL: postgresql://...
  std::string name;
  std::string role;
  std::string now;
  std::string purpose;
  std::string content;
  std::string instruments;
};

// --data, --database, --as, --role, --now, --for; and the variables EVENKEEL_DATA,
// EVENKEEL_DATABASE, EVENKEEL_AS and EVENKEEL_ROLE behind them.
void add_store_options(CLI::App& command, StoreOptions& options);
// --data and --database alone.
void add_store_place(CLI::App& command, StoreOptions& options);

// --content and --instruments, where the protocol is asked.
void add_library_options(CLI::App& command, StoreOptions& options);

// The store opened for somebody. On the command line the name and the role are taken as given: whoever may
// run the program on this machine is trusted with them. Signing in is the server's work.
struct Desk {
  std::unique_ptr<store::EventLog> log;
  clinic::Person who;
};
enum class Opening { existing, create, read_only };
// The store for nobody yet: where a password says who it is.
[[nodiscard]] Result<std::unique_ptr<store::EventLog>, Status> open_store(
    const StoreOptions& options, Opening opening = Opening::existing);
// Or, after complaining, the status to end with.
[[nodiscard]] Result<Desk, Status> open_desk(const StoreOptions& options,
                                             Opening opening = Opening::existing);

// The file that is named, else the one beside the store; made where there is none. Errors: invalid_input for
// a database, which has no place for it; those of clinic::SiteKey.
[[nodiscard]] Result<clinic::SiteKey> site_key(const StoreOptions& options, const std::string& named);

// Complains, and the status that stands for it.
[[nodiscard]] Status failed(const Error& error);

}  // namespace evenkeel::app
