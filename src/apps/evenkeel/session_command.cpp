#include "apps/evenkeel/session_command.hpp"

#include <fmt/format.h>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <memory>

#include "apps/evenkeel/record_input.hpp"
#include "apps/evenkeel/session_verbs.hpp"
#include "apps/evenkeel/store_options.hpp"
#include "clinic/desk.hpp"
#include "clinic/schedule.hpp"
#include "report/page.hpp"
#include "report/session_report.hpp"

namespace evenkeel::app {
namespace {

constexpr const char* session_examples =
    "Examples, with EVENKEEL_DATA, EVENKEEL_AS and EVENKEEL_ROLE set:\n"
    "  evenkeel session list\n"
    "  evenkeel session check-in --patient p1 --session s1 --place 'chair 2'\n"
    "  evenkeel session vitals --patient p1 --session s1 --bp 122/76 --hr 68 --spo2 98\n"
    "  evenkeel session show --patient p1 --session s1\n"
    "\n"
    "A whole day: examples/clinic-day.sh and docs/how-to/run-a-session.md.\n"
    "The same command sent again changes nothing.\n";

struct SessionOptions {
  StoreOptions store;
  SessionWords words;
  std::string patient;
  std::string at;
  std::string key;
  std::string day;
  std::string format = "text";
  std::string colour = "auto";
};

std::string rendered(const clinic::Standing& standing, const std::string& patient,
                     const assess::Library& library, Instant now, const SessionOptions& options) {
  report::SessionReport shown{patient,        standing.session, standing.protocol,  now,
                              standing.state, standing.gates,   standing.flowsheet, {}};
  for (const care::Protocol& each : library.protocols) {
    if (each.id + " " + each.version == standing.protocol) shown.sources = each.sources;
  }
  if (options.format == "json") return report::session_json(shown);
  return report::session_text(shown, wants_colour(options.colour, ""));
}

// Shows where the session stands. 1 when something waits for somebody.
Status show(const clinic::Chart& chart, const assess::Library& library, Instant now,
            const SessionOptions& options) {
  const auto standing = clinic::standing(chart, options.words.session, library, now);
  if (!standing) return failed(standing.error());
  const Status written = write_out(rendered(*standing, options.patient, library, now, options), "");
  if (written != done) return written;
  const bool asked =
      standing->flowsheet && (standing->flowsheet->hold_asked || standing->flowsheet->stop_asked);
  return asked ? faults_found : done;
}

struct AtWork {
  assess::Library library;
  Desk desk;
  Instant at;
};

Result<AtWork, Status> at_work(const SessionOptions& options) {
  auto library = library_or_complain(options.store.content, options.store.instruments);
  if (!library) return library.error();
  auto desk = open_desk(options.store);
  if (!desk) return desk.error();
  if (options.at.empty()) {
    const Instant now = desk->who.now;
    return AtWork{*std::move(library), *std::move(desk), now};
  }
  const auto at = Instant::parse(options.at);
  if (at) return AtWork{*std::move(library), *std::move(desk), *at};
  complain({ErrorCode::invalid_input, "--at", at.error().what});
  return wrong_usage;
}

// Writes the event, then shows where the session stands to whoever may read the chart.
Status write_and_show(AtWork& work, clinic::Chart& chart, care::Body body, const SessionOptions& options) {
  const clinic::Desk desk{*work.desk.log, work.library, work.desk.who};
  const auto written = clinic::enter(desk, chart, {std::move(body), work.at, options.key});
  if (!written) return failed(written.error());
  if (!clinic::permits(work.desk.who.role, clinic::Right::read_chart))
    return write_out(fmt::format("written: {}\n", care::kind_text(written->event.body)), "");
  return show(chart, work.library, work.desk.who.now, options);
}

Status say(const SessionVerb& verb, const SessionOptions& options) {
  auto body = verb.body(options.words);
  if (!body) {
    complain(body.error());
    return wrong_usage;
  }
  auto work = at_work(options);
  if (!work) return work.error();
  auto chart = clinic::chart_to_write(*work->desk.log, options.patient, *body, work->desk.who);
  if (!chart) return failed(chart.error());
  return write_and_show(*work, *chart, *std::move(body), options);
}

Status start(const SessionOptions& options) {
  auto work = at_work(options);
  if (!work) return work.error();
  auto chart =
      clinic::chart_to_write(*work->desk.log, options.patient, care::SessionStarted{}, work->desk.who);
  if (!chart) return failed(chart.error());
  const auto body = clinic::start_of(*chart, options.words.session, work->library, work->at);
  if (!body) return failed(body.error());
  return write_and_show(*work, *chart, *body, options);
}

Status show_session(const SessionOptions& options) {
  auto work = at_work(options);
  if (!work) return work.error();
  const auto chart = clinic::open_chart(*work->desk.log, options.patient, work->desk.who);
  if (!chart) return failed(chart.error());
  return show(*chart, work->library, work->at, options);
}

Status list(const SessionOptions& options) {
  auto desk = open_desk(options.store);
  if (!desk) return desk.error();
  auto day = Result<Date>{Date::of(desk->who.now)};
  if (!options.day.empty()) day = Date::parse(options.day);
  if (!day) {
    complain({ErrorCode::invalid_input, "--day", day.error().what});
    return wrong_usage;
  }
  const auto visits = clinic::sessions_of_day(*desk->log, *day, desk->who);
  if (!visits) return failed(visits.error());
  report::Page page{false};
  page.heading("SESSIONS OF " + day->to_string());
  std::vector<std::vector<std::string>> rows;
  for (const clinic::Booked& each : *visits)
    rows.push_back({each.at.to_string().substr(11, 5), each.patient, each.session, each.place, each.state});
  if (rows.empty()) page.line("  none");
  if (!rows.empty())
    page.table({{"at", false}, {"patient", false}, {"session", false}, {"place", false}, {"state", false}},
               rows);
  return write_out(page.take(), "");
}

void add_common(CLI::App& command, SessionOptions& options) {
  command.add_option("--patient", options.patient, "Whose session")->required()->option_text("ID");
  command.add_option("--session", options.words.session, "Which")->required()->option_text("NAME");
  command.add_option("--at", options.at, "When it happened; otherwise now")->option_text("T");
  command.add_option("--key", options.key, "Makes it happen once; otherwise made from the rest")
      ->option_text("KEY");
  command.add_option("--format", options.format, "text or json")
      ->check(CLI::IsMember({"text", "json"}))
      ->option_text("FORMAT");
  command.add_option("--colour,--color", options.colour, "auto, always or never")
      ->check(CLI::IsMember({"auto", "always", "never"}))
      ->option_text("WHEN");
  add_library_options(command, options.store);
  add_store_options(command, options.store);
}

}  // namespace

void add_session(CLI::App& program, std::function<Status()>& run) {
  auto options = std::make_shared<SessionOptions>();
  CLI::App* command = program.add_subcommand("session", "A session as it goes, in the store");
  command->require_subcommand(1);
  command->footer(session_examples);
  for (const SessionVerb& verb : session_verbs()) {
    CLI::App* sub = command->add_subcommand(std::string{verb.name}, std::string{verb.help});
    verb.options(*sub, options->words);
    add_common(*sub, *options);
    sub->callback([options, &run, &verb] { run = [options, &verb] { return say(verb, *options); }; });
  }
  CLI::App* begin = command->add_subcommand("start", "The infusion begins, as it was made ready");
  add_common(*begin, *options);
  begin->callback([options, &run] { run = [options] { return start(*options); }; });
  CLI::App* stand = command->add_subcommand("show", "Where the session stands");
  add_common(*stand, *options);
  stand->callback([options, &run] { run = [options] { return show_session(*options); }; });
  CLI::App* today = command->add_subcommand("list", "The sessions of a day");
  today->add_option("--day", options->day, "Which day, UTC; otherwise today")->option_text("DATE");
  add_store_options(*today, options->store);
  today->callback([options, &run] { run = [options] { return list(*options); }; });
}

}  // namespace evenkeel::app
