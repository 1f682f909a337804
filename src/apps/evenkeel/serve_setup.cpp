#include "apps/evenkeel/serve_setup.hpp"

#include <fmt/format.h>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <charconv>

#include "apps/evenkeel/demo.hpp"
#include "apps/evenkeel/plan_options.hpp"
#include "apps/evenkeel/record_input.hpp"
#include "clinic/accounts.hpp"
#include "clinic/keeping.hpp"
#include "content/library_loader.hpp"
#include "content/study_reader.hpp"

namespace evenkeel::app {
namespace {

namespace fs = std::filesystem;

Result<http::Address> address_of(const std::string& listen) {
  const auto colon = listen.rfind(':');
  http::Address address;
  if (colon != std::string::npos) {
    address.host = listen.substr(0, colon);
    const char* end = listen.data() + listen.size();
    const auto [read, error] = std::from_chars(listen.data() + colon + 1, end, address.port);
    if (error == std::errc{} && read == end && !address.host.empty()) return address;
  }
  return Error{ErrorCode::invalid_input, "--listen",
               fmt::format("'{}' is no address with a port, such as 127.0.0.1:8080", listen)};
}

bool is_this_machine(const std::string& host) {
  return host == "localhost" || host.starts_with("127.") || host == "::1";
}

// Passwords and records do not go over a network in the open, and the demo's password is known to all.
std::optional<Error> unsafe(const ServeOptions& options) {
  if (options.certificate.empty() != options.key.empty())
    return Error{ErrorCode::invalid_input, "--tls-key", "a certificate and its key go together"};
  if (is_this_machine(options.address.host)) return std::nullopt;
  if (options.demo)
    return Error{ErrorCode::invalid_input, "--listen", "the demo clinic is served on this machine alone"};
  if (options.certificate.empty())
    return Error{ErrorCode::invalid_input, "--listen",
                 "without TLS it listens on this machine alone, for a proxy: give --tls-certificate and "
                 "--tls-key, or listen on 127.0.0.1"};
  return std::nullopt;
}

// The folder beside the library's: examples/, schema/ and, as it is installed, pages/.
fs::path beside(const fs::path& content, const char* name) {
  return content.parent_path() / name;
}

fs::path pages_folder(const ServeOptions& options, const fs::path& content) {
  if (!options.pages.empty()) return options.pages;
  if (const char* set = std::getenv("EVENKEEL_PAGES"); set != nullptr && *set != '\0') return set;
  std::error_code ignored;
  if (const fs::path installed = beside(content, "pages"); fs::is_directory(installed, ignored))
    return installed;
  return beside(content, "web") / "dist";
}

Result<server::Pages> pages_of(const ServeOptions& options, const fs::path& content) {
  const fs::path folder = pages_folder(options, content);
  std::error_code ignored;
  if (fs::is_directory(folder, ignored)) return server::Pages::load(folder);
  if (!options.pages.empty()) return Error{ErrorCode::storage, options.pages, "is no folder"};
  return server::Pages{};
}

Result<server::Settings> settings_of(const ServeOptions& options, const fs::path& content) {
  server::Settings settings;
  settings.site = options.site_name;
  settings.demo = options.demo;
  settings.times.idle_lock = options.idle_lock_min * units::min;
  auto files = server::content_files(content);
  if (!files) return files.error();
  settings.content = *std::move(files);
  auto schemas = server::schema_files(beside(content, "schema"), content);
  if (!schemas) return schemas.error();
  settings.schemas = *std::move(schemas);
  return settings;
}

Result<void, Status> add_limits(const std::string& file, server::Settings& settings) {
  if (file.empty()) return {};
  auto site = site_or_complain(file);
  if (!site) return tl::unexpected(site.error());
  settings.limits = *std::move(site);
  settings.limits_text = *content::read_text(file);
  return {};
}

// Who comes by the provider shows its second factor or none: then the settings have to ask for it.
Result<void, Status> add_provider(const ServeOptions& options, server::Settings& settings) {
  settings.second_factor_required = !options.second_factor.empty();
  if (options.openid.empty()) return {};
  auto read = openid::load_settings(options.openid);
  if (!read) {
    for (const Error& each : read.error()) complain(each);
    return tl::unexpected(status_of(read.error().front().code));
  }
  if (settings.second_factor_required && !read->demands_more()) {
    complain({ErrorCode::invalid_input, "--second-factor",
              "who comes by the provider must have shown one there: let the settings of --openid demand it, "
              "with acr or amr"});
    return tl::unexpected(wrong_usage);
  }
  openid::Fetch fetch = openid::fetch_with_curl(read->ca_file);
  settings.provider = std::make_unique<openid::Provider>(*std::move(read), std::move(fetch));
  return {};
}

// The one that was named, or the one that ships, where it is there.
Result<std::optional<cohort::Study>, Status> public_study(const ServeOptions& options,
                                                          const fs::path& content) {
  const fs::path shipped = beside(content, "examples") / "studies" / "is-ketamine-addictive.json";
  std::error_code ignored;
  if (options.study.empty() && !fs::exists(shipped, ignored)) return std::optional<cohort::Study>{};
  auto study = content::load_study(options.study.empty() ? shipped : fs::path{options.study}, content);
  if (study) return std::optional{*std::move(study)};
  for (const Error& fault : study.error()) complain(fault);
  return study.error().front().code == ErrorCode::storage ? storage_failed : bad_input;
}

// A store that others may not read, filled anew where it is empty.
Result<std::unique_ptr<store::EventLog>, Status> demo_log(const ServeOptions& options,
                                                          const assess::Library& library,
                                                          const fs::path& content, Instant now) {
  auto log = open_store(options.store, Opening::create);
  if (!log) return log.error();
  const auto there = is_demo(**log, now);
  if (!there) return failed(there.error());
  if (*there) return log;
  const auto made =
      furnish_demo(**log, library, {content, beside(content, "examples"), options.site_name}, now);
  if (!made) return failed(made.error());
  return log;
}

Result<std::unique_ptr<store::EventLog>, Status> clinic_log(const ServeOptions& options, Instant now) {
  auto log = open_store(options.store);
  if (!log) return log.error();
  const auto there = clinic::has_accounts(**log, now);
  if (!there) return failed(there.error());
  if (*there) return log;
  complain({ErrorCode::invalid_input, "accounts",
            "nobody could sign in: make the first account with: evenkeel user add NAME --first"});
  return wrong_usage;
}

}  // namespace

void add_serve_options(CLI::App& command, ServeOptions& options) {
  add_store_place(command, options.store);
  add_library_options(command, options.store);
  command.add_flag("--demo", options.demo, "A clinic to try things in, in a new store of its own");
  command.add_option("--listen", options.listen, "Where; otherwise 127.0.0.1:8080")->option_text("HOST:PORT");
  command.add_option("--tls-certificate", options.certificate, "Its chain, PEM")->option_text("FILE");
  command.add_option("--tls-key", options.key, "Its key, PEM")->option_text("FILE");
  command.add_option("--proxy", options.proxies, "A proxy whose X-Forwarded words are believed")
      ->option_text("ADDRESS");
  command
      .add_option("--site", options.site_file, "The clinic's limits, syringe and pump (docs/site-format.md)")
      ->option_text("FILE");
  command.add_option("--site-name", options.site_name, "Whose drug ledger; otherwise main")
      ->option_text("NAME");
  command.add_option("--site-key", options.site_key, "The site key; otherwise site.key in --data")
      ->option_text("FILE");
  command.add_option("--idle-lock", options.idle_lock_min, "Minutes until an idle screen locks; otherwise 5")
      ->check(CLI::Range(1.0, 60.0))
      ->option_text("MIN");
  command
      .add_option("--openid", options.openid, "Sign-in by the clinic's OpenID provider (docs/accounts.md)")
      ->option_text("FILE");
  command.add_option("--second-factor", options.second_factor, "'required': nobody works without one")
      ->check(CLI::IsMember({"required"}))
      ->option_text("required");
  command.add_option("--backup", options.backups, "A folder for backups, made while it serves")
      ->check(CLI::ExistingDirectory)
      ->option_text("DIR");
  command.add_option("--backup-every", options.backup_every_h, "Hours between them; otherwise 24")
      ->check(CLI::Range(0.01, 1000.0))
      ->option_text("H");
  command.add_option("--pages", options.pages, "The built pages; otherwise those beside the content")
      ->option_text("DIR");
  command
      .add_option("--study", options.study,
                  "What the public page shows of the virtual clinic (docs/study-format.md)")
      ->option_text("FILE");
}

Result<ServeSetup, Status> set_up(const ServeOptions& options) {
  if (const auto fault = unsafe(options)) {
    complain(*fault);
    return wrong_usage;
  }
  const fs::path content = content_folder(options.store.content);
  auto library = library_or_complain(options.store.content, options.store.instruments);
  if (!library) return library.error();
  auto settings = settings_of(options, content);
  if (!settings) return failed(settings.error());
  if (const auto added = add_limits(options.site_file, *settings); !added) return added.error();
  if (const auto added = add_provider(options, *settings); !added) return added.error();
  auto pages = pages_of(options, content);
  if (!pages) return failed(pages.error());
  const auto now = moment_argument("");
  if (!now) return failed(now.error());
  auto log = options.demo ? demo_log(options, *library, content, *now) : clinic_log(options, *now);
  if (!log) return log.error();
  auto key = site_key(options.store, options.site_key);
  if (!key) return failed(key.error());
  auto study = public_study(options, content);
  if (!study) return study.error();
  return ServeSetup{*std::move(log),      *std::move(library), *std::move(key),
                    *std::move(settings), *std::move(pages),   *std::move(study)};
}

// The demo's own store and limits, and where to listen. Errors: wrong usage.
Result<ServeOptions> completed(ServeOptions options) {
  const auto address = address_of(options.listen);
  if (!address) return address.error();
  options.address = *address;
  if (!options.demo) return options;
  const fs::path content = content_folder(options.store.content);
  if (options.site_file.empty()) options.site_file = beside(content, "examples") / "site.json";
  if (!options.store.data.empty() || !options.store.database.empty()) return options;
  std::string folder = (fs::temp_directory_path() / "evenkeel-demo-XXXXXX").string();
  if (::mkdtemp(folder.data()) == nullptr)
    return Error{ErrorCode::storage, folder, "no folder for the demo could be made"};
  options.store.data = folder;
  return options;
}

}  // namespace evenkeel::app
