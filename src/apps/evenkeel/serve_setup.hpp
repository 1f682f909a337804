// What `evenkeel serve` is asked for, and everything it needs before it listens.
#pragma once

#include <CLI/App.hpp>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "apps/evenkeel/store_options.hpp"
#include "clinic/site_key.hpp"
#include "cohort/study.hpp"
#include "http/listener.hpp"
#include "server/house.hpp"

namespace evenkeel::app {

struct ServeOptions {
  StoreOptions store;
  std::string listen = "127.0.0.1:8080";
  http::Address address;  // of `listen`
  std::string certificate;
  std::string key;
  std::vector<std::string> proxies;
  std::string site_file;
  std::string site_name = "main";
  std::string site_key;
  std::string pages;
  std::string openid;         // the file of its settings
  std::string second_factor;  // "required", or empty
  std::string study;
  double idle_lock_min = 5.0;
  std::string backups;
  double backup_every_h = 24.0;
  bool demo = false;
};
void add_serve_options(CLI::App& command, ServeOptions& options);

struct ServeSetup {
  std::unique_ptr<store::EventLog> log;
  assess::Library library;
  clinic::SiteKey key;
  server::Settings settings;
  server::Pages pages;
  std::optional<cohort::Study> study;  // for the public page
};
// With the address read; and for the demo, where none are named, a folder of its own and the example's
// limits. Errors: invalid_input; storage.
[[nodiscard]] Result<ServeOptions> completed(ServeOptions options);

// Or, after complaining, the status to end with.
[[nodiscard]] Result<ServeSetup, Status> set_up(const ServeOptions& options);

}  // namespace evenkeel::app
