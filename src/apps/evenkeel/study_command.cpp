#include "apps/evenkeel/study_command.hpp"

#include <fmt/format.h>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <iostream>
#include <memory>
#include <thread>

#include "apps/evenkeel/output.hpp"
#include "apps/evenkeel/record_input.hpp"
#include "apps/evenkeel/study_run.hpp"
#include "apps/evenkeel/study_setup.hpp"
#include "exchange/record_writer.hpp"
#include "report/study_report.hpp"

namespace evenkeel::app {
namespace {

Status complain_all(const Errors& faults, Status status) {
  for (const Error& fault : faults) complain(fault);
  return status;
}

Status status_of_first(const Errors& faults) {
  return status_of(faults.front().code);
}

// The record of one patient as JSON lines, as `evenkeel assess` takes it.
Status print_record(const StudyOptions& options, const cohort::World& world) {
  const auto asked = record_argument(options.record);
  if (!asked) return complain_all({asked.error()}, wrong_usage);
  const cohort::Study& study = world.study();
  const auto arm = std::ranges::find(study.arms, asked->arm, &cohort::Arm::id);
  if (arm == study.arms.end()) {
    std::string known;
    for (const cohort::Arm& each : study.arms) known += (known.empty() ? "" : ", ") + each.id;
    return complain_all(
        {{ErrorCode::not_found, "--record", fmt::format("there is no arm '{}', but {}", asked->arm, known)}},
        bad_input);
  }
  if (asked->patient >= study.patients) {
    return complain_all(
        {{ErrorCode::not_found, "--record",
          fmt::format("patient {} where they are 0 to {}", asked->patient, study.patients - 1)}},
        bad_input);
  }
  const auto events =
      cohort::record_of(world, static_cast<std::uint32_t>(arm - study.arms.begin()), asked->patient);
  if (events.empty()) {
    return complain_all({{ErrorCode::not_found, "--record",
                          fmt::format("nobody keeps a record in the arm '{}'", asked->arm)}},
                        bad_input);
  }
  std::string text = exchange::write_heading(events.front().patient) + '\n';
  for (const care::Event& event : events) text += exchange::write_event(event) + '\n';
  return write_out(text, options.output);
}

std::vector<std::string> rules_of(const cohort::World& world) {
  std::vector<std::string> ids;
  for (const watch::Rule& rule : world.library().rules) ids.push_back(rule.id);
  return ids;
}

std::string report_of(const StudyOptions& options, const report::StudyReport& made) {
  if (options.format == "json") return report::study_json(made);
  if (options.format == "csv") return report::study_csv(made);
  if (options.format == "html") return report::study_page(made);
  return report::study_text(made, wants_colour(options.colour, options.output));
}

void say_how_to_go_on(const StudyOptions& options) {
  std::cerr << (options.checkpoint.empty()
                    ? "evenkeel: stopped; nothing was kept (with --checkpoint DIR it would be)\n"
                    : "evenkeel: stopped; what is done is kept: the same command with --resume goes on\n");
}

// The study run by `hands`, each patient written as it is done, and the report.
Status run_study(const StudyOptions& options, const cohort::World& world, const Hands& hands) {
  const bool speaks = hands.crew->leads() && hands.takes();
  std::optional<Output> rows;
  if (speaks && !options.rows.empty()) {
    rows.emplace(options.rows);
    rows->stream() << report::patients_csv_header(rules_of(world));
  }
  const auto see = [&](const cohort::Outcome& outcome) {
    if (rows) rows->stream() << report::patients_csv_line(world.study(), outcome);
  };
  cohort::Tallies tallies;
  Status status = run_patients(world, hands, see, tallies);
  cohort::Ranking ranking;
  if (status == done && options.sensitivity) status = run_assumptions(world, hands, ranking);
  if (status == interrupted && hands.crew->leads()) say_how_to_go_on(options);
  if (status != done || !speaks) return status;
  if (rows) status = rows->finish();
  if (status != done) return status;
  const report::StudyReport made{"evenkeel " EVENKEEL_VERSION,
                                 cohort::result_of(world.study(), tallies, world.library().rules),
                                 std::move(ranking)};
  Output output{options.output};
  output.stream() << report_of(options, made);
  return output.finish();
}

// Rank 0 makes the folder before others look into it.
Result<std::optional<Checkpoint>> open_checkpoint(const StudyOptions& options, const cohort::Study& study,
                                                  Crew& crew) {
  std::optional<Checkpoint> checkpoint;
  if (options.checkpoint.empty()) return checkpoint;
  const auto marks = marks_of(options, study);
  if (!marks) return marks.error();
  const bool go_on = options.resume || options.merge || !options.share.empty();
  const auto open = [&](bool also) -> Result<void> {
    auto opened = Checkpoint::open(options.checkpoint, *marks, {go_on || also, options.merge});
    if (!opened) return opened.error();
    checkpoint = *std::move(opened);
    return {};
  };
  if (crew.leads()) {
    if (const auto opened = open(false); !opened) {
      static_cast<void>(crew.agree(false));
      return opened.error();
    }
  }
  if (!crew.agree(true)) return Error{ErrorCode::storage, options.checkpoint, "rank 0 could not open it"};
  if (!crew.leads()) {
    if (const auto opened = open(true); !opened) return opened.error();
  }
  return checkpoint;
}

int threads_of(const StudyOptions& options, const Crew& crew) {
  if (options.threads > 0) return options.threads;
  return crew.size() > 1 ? 1 : std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

Status study(const StudyOptions& options, Crew& crew) {
  const auto refuse = [&](const Errors& faults, Status status) {
    return crew.leads() ? complain_all(faults, status) : status;
  };
  if (const auto fault = contradiction(options)) return refuse({*fault}, wrong_usage);
  const auto share = share_argument(options.share);
  if (!share) return refuse({share.error()}, wrong_usage);
  const auto setup = set_up(options);
  if (!crew.agree(setup.has_value())) {
    // What rank 0 cannot read the others cannot either, and one of them is enough to say so.
    const bool first_can = crew.agree(setup.has_value() || !crew.leads());
    if (!setup && (crew.leads() || first_can))
      return complain_all(setup.error(), status_of_first(setup.error()));
    return bad_input;
  }
  const cohort::World& world = *setup->world;
  if (!options.record.empty()) return crew.leads() ? print_record(options, world) : done;
  const auto checkpoint = open_checkpoint(options, world.study(), crew);
  if (!crew.agree(checkpoint.has_value())) {
    if (!checkpoint) return refuse({checkpoint.error()}, status_of(checkpoint.error().code));
    return storage_failed;
  }
  const Hands hands{.crew = &crew,
                    .checkpoint = *checkpoint ? &**checkpoint : nullptr,
                    .threads = threads_of(options, crew),
                    .share = share->share,
                    .shares = share->shares,
                    .merge = options.merge,
                    .progress = options.progress};
  const Status status = run_study(options, world, hands);
  if (status == done && !options.share.empty() && crew.leads())
    std::cerr << fmt::format("evenkeel: share {} is in {}; when all are, --merge reports\n", options.share,
                             options.checkpoint);
  return status;
}

constexpr const char* study_examples = R"(Examples:
  evenkeel study examples/studies/supervised-or-not.json
  evenkeel study STUDY --patients 100000 --checkpoint DIR --format html -o FILE
  evenkeel study STUDY --patients 100000 --checkpoint DIR --resume
  evenkeel study STUDY --rows patients.csv --format json -o study.json
  evenkeel study STUDY --checkpoint DIR --share 0/2     (on one machine)
  evenkeel study STUDY --checkpoint DIR --share 1/2     (on another)
  evenkeel study STUDY --checkpoint DIR --merge
  evenkeel study STUDY --record supervised:17 -o r.jsonl
  evenkeel assess r.jsonl

The same study and seed give the same bytes, whatever the threads, shares, ranks
or interruptions. On several machines: evenkeel-mpi, docs/how-to/run-a-study.md

Exit status: 0 done; 2 wrong usage; 3 the study or the content has a fault, or a
checkpoint is of another study; 4 outside a model's domain; 5 a file could not
be read or written; 130 stopped by Ctrl-C: blocks that had begun are kept.)";

}  // namespace

void add_study(CLI::App& program, std::function<Status()>& run, Crew& crew) {
  auto options = std::make_shared<StudyOptions>();
  CLI::App* command = program.add_subcommand(
      "study", "The virtual clinic: how well the watch notices, in simulated patients");
  add_study_options(*command, *options);
  command->footer(study_examples);
  command->callback([options, &run, &crew] { run = [options, &crew] { return study(*options, crew); }; });
}

}  // namespace evenkeel::app
