// evenkeel-mpi: a study on several processes, on one machine or many. `mpirun -n 4 evenkeel-mpi study ...`
// gives the same bytes as `evenkeel study ...`.

#include <mpi.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <exception>
#include <iostream>
#include <sstream>

#include "apps/evenkeel/mpi_crew.hpp"
#include "apps/evenkeel/study_command.hpp"

namespace {

using namespace evenkeel::app;

int run_program(int argc, char** argv, Crew& crew) {
  CLI::App program{
      "Evenkeel's studies on several processes, under MPI: mpirun -n 4 evenkeel-mpi study STUDY"};
  program.name("evenkeel-mpi");
  program.set_version_flag("--version", "evenkeel-mpi " EVENKEEL_VERSION);
  program.require_subcommand(1);
  std::function<Status()> run;
  add_study(program, run, crew);
  try {
    program.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    std::ostringstream unheard;
    const int code = crew.leads() ? program.exit(error) : program.exit(error, unheard, unheard);
    return code == 0 ? done : wrong_usage;
  }
  return run();
}

int run_under_mpi(int argc, char** argv) {
  MpiCrew crew;
  return run_program(argc, argv, crew);
}

}  // namespace

int main(int argc, char** argv) {
  int threads = MPI_THREAD_SINGLE;
  MPI_Init_thread(&argc, &argv, MPI_THREAD_SERIALIZED, &threads);
  if (threads < MPI_THREAD_SERIALIZED) {
    std::cerr << "evenkeel-mpi: this MPI cannot be called from several threads, even one at a time\n";
    MPI_Abort(MPI_COMM_WORLD, 70);
  }
  int status = 70;
  try {
    status = run_under_mpi(argc, argv);
  } catch (const std::exception& thrown) {
    // The last net: no exception is expected to come this far. Others may wait for this rank for ever.
    std::cerr << "evenkeel-mpi: a fault in the program, not in the input: " << thrown.what() << '\n';
    MPI_Abort(MPI_COMM_WORLD, status);
  }
  MPI_Finalize();
  return status;
}
