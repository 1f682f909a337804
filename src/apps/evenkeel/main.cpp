// evenkeel: one program, one subcommand per job. Reads arguments, calls, prints.

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <exception>
#include <functional>
#include <iostream>

#include "apps/evenkeel/assess_command.hpp"
#include "apps/evenkeel/chart_command.hpp"
#include "apps/evenkeel/content_command.hpp"
#include "apps/evenkeel/enter_command.hpp"
#include "apps/evenkeel/individualise_command.hpp"
#include "apps/evenkeel/ledger_command.hpp"
#include "apps/evenkeel/patient_page_command.hpp"
#include "apps/evenkeel/plan_command.hpp"
#include "apps/evenkeel/serve_command.hpp"
#include "apps/evenkeel/session_command.hpp"
#include "apps/evenkeel/simulate_command.hpp"
#include "apps/evenkeel/store_command.hpp"
#include "apps/evenkeel/study_command.hpp"
#include "apps/evenkeel/target_command.hpp"
#include "apps/evenkeel/user_command.hpp"

namespace {

int run_program(int argc, char** argv) {
  using namespace evenkeel::app;
  CLI::App program{"Evenkeel: decision support for supervised ketamine therapy. A clinician decides."};
  program.name("evenkeel");
  program.set_version_flag("--version", "evenkeel " EVENKEEL_VERSION);
  program.require_subcommand(1);
  std::function<Status()> run;
  Alone alone;
  add_assess(program, run);
  add_individualise(program, run);
  add_plan(program, run);
  add_simulate(program, run);
  add_target(program, run);
  add_study(program, run, alone);
  add_enter(program, run);
  add_chart(program, run);
  add_session(program, run);
  add_ledger(program, run);
  add_serve(program, run);
  add_store(program, run);
  add_user(program, run);
  add_verify(program, run);
  add_import(program, run);
  add_export(program, run);
  add_content(program, run);
  add_patient_page(program, run);
  try {
    program.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return program.exit(error) == 0 ? done : wrong_usage;
  }
  return run();
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run_program(argc, argv);
  } catch (const std::exception& thrown) {
    // The last net: no exception is expected to come this far.
    std::cerr << "evenkeel: a fault in the program, not in the input: " << thrown.what() << '\n';
    return 70;
  }
}
