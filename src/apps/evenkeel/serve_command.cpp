#include "apps/evenkeel/serve_command.hpp"

#include <fmt/format.h>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <memory>
#include <mutex>
#include <stop_token>
#include <thread>

#include "apps/evenkeel/demo.hpp"
#include "apps/evenkeel/regular_backup.hpp"
#include "apps/evenkeel/serve_setup.hpp"
#include "clinic/accounts.hpp"
#include "http/listener.hpp"
#include "server/router.hpp"

namespace evenkeel::app {
namespace {

constexpr const char* serve_examples = R"(Examples:
  evenkeel serve --demo
  evenkeel serve --data clinic --site site.json --tls-certificate cert.pem \
      --tls-key key.pem --listen 0.0.0.0:8443
  evenkeel serve --data clinic --listen 127.0.0.1:8080 --proxy 127.0.0.1

Whoever may sign in is made with: evenkeel user add. Without TLS it listens on
this machine alone, for a proxy that speaks TLS. It is no monitor and no alarm,
and drives no pump. docs/how-to/run-a-server.md has the rest.)";

std::function<void()> on_signal;  // set once, before the signals are let through

// A page says that it has lost the connection within 5 s: two beats and a little.
constexpr std::chrono::milliseconds beat{2'000};

extern "C" void signalled(int) {
  on_signal();
}

void stop_on_signals(http::Listener& listener) {
  on_signal = [&listener] { listener.stop(); };
  std::signal(SIGINT, &signalled);
  std::signal(SIGTERM, &signalled);
}

std::string greeting(const ServeOptions& options, const http::Listener& listener) {
  const bool tls = !options.certificate.empty();
  std::string text = fmt::format("Evenkeel listens on {}://{}:{}/\n", tls ? "https" : "http",
                                 options.address.host, listener.port());
  if (!options.demo) return text;
  text += fmt::format("\nThe demo clinic: nothing in it is about a person. Password of all: {}\n\n",
                      demo_password);
  for (const DemoUser& each : demo_users())
    text += fmt::format("  {:<14} {}\n", each.name, clinic::role_text(each.role));
  return text + "\nStop it with Ctrl-C.\n";
}

// False when it is to stop.
bool waited(const std::stop_token& stop, std::chrono::milliseconds time) {
  std::mutex mutex;
  std::condition_variable_any woken;
  std::unique_lock lock{mutex};
  woken.wait_for(lock, stop, time, [] { return false; });
  return !stop.stop_requested();
}

// The lists that pages show are made while nobody waits for them: all at first, then what grows old.
void keep_warm(server::House& house, const std::stop_token& stop) {
  const clinic::Person itself = house.itself();
  const auto records = house.log.streams(store::StreamKind::patient, itself.request());
  if (!records) return complain(records.error());
  static_cast<void>(house.summaries.of(*records, itself));
  while (waited(stop, std::chrono::milliseconds{500}))
    house.summaries.keep_fresh(house.now(), std::chrono::milliseconds{50});
}

// Until it is stopped: what this server did not write itself is told within about a second.
void follow_others(server::House& house, const std::stop_token& stop) {
  while (waited(stop, std::chrono::seconds{1})) static_cast<void>(house.follower.look());
}

Instant clock_now() {
  using namespace std::chrono;
  return Instant{floor<milliseconds>(system_clock::now())};
}

Status serve(const ServeOptions& given) {
  const auto completed_options = completed(given);
  if (!completed_options) {
    complain(completed_options.error());
    return wrong_usage;
  }
  const ServeOptions& options = *completed_options;
  auto setup = set_up(options);
  if (!setup) return setup.error();
  std::unique_ptr<server::PublicStudy> study;
  if (setup->study) {
    auto made = server::PublicStudy::make(*std::move(setup->study), setup->library);
    if (!made) return failed(made.error());
    study = *std::move(made);
  }
  setup->settings.study = std::move(study);
  server::House house{
      *setup->log, setup->library, setup->key, std::move(setup->settings), std::move(setup->pages),
      &clock_now};
  // From where the log stands before the first page is read.
  if (const auto found = house.follower.look(); !found) return failed(found.error());
  http::Listen listen{options.address, {}, {}, options.proxies};
  listen.limits.beat = beat;
  if (!options.certificate.empty()) listen.tls = http::Tls{options.certificate, options.key};
  auto listener = http::Listener::open(
      listen, [&house](const http::Request& request) { return server::answer(house, request); });
  if (!listener) return failed(listener.error());
  stop_on_signals(**listener);
  const Status written = write_out(greeting(options, **listener), "");
  if (written != done) return written;
  const std::jthread warming{[&house](const std::stop_token& stop) { keep_warm(house, stop); }};
  const std::jthread following{[&house](const std::stop_token& stop) { follow_others(house, stop); }};
  const RegularBackup backups{*setup->log, options.backups, options.backup_every_h, &clock_now};
  (*listener)->run();
  // What comes from now on finds no listener.
  std::signal(SIGINT, SIG_DFL);
  std::signal(SIGTERM, SIG_DFL);
  return done;
}

}  // namespace

void add_serve(CLI::App& program, std::function<Status()>& run) {
  auto options = std::make_shared<ServeOptions>();
  CLI::App* command = program.add_subcommand("serve", "The clinic's pages and their API");
  add_serve_options(*command, *options);
  command->footer(serve_examples);
  command->callback([options, &run] { run = [options] { return serve(*options); }; });
}

}  // namespace evenkeel::app
