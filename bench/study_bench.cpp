// The virtual clinic: patient-years a second on one thread and on two, and the most memory held with 1,000
// and with 10,000 patients. usage: evenkeel_study_bench [STUDY] [WEEKS] Time: of the processor with one
// thread, real with two, as the machine may be shared.
#include <fmt/format.h>

#include <cstdlib>

#include "cohort/runner.hpp"
#include "content/library_loader.hpp"
#include "content/study_reader.hpp"
#include "machine.hpp"

namespace {

using namespace evenkeel;

struct Measured {
  double years_a_second = 0.0;
  double megabytes = 0.0;
};

// `arm` alone, for the arms differ in what they cost.
Measured measure(cohort::Study study, std::size_t arm, std::uint32_t patients, int threads,
                 const assess::Library& library) {
  study.arms = {study.arms[arm]};
  study.patients = patients;
  const auto world = cohort::World::make(study, library);
  if (!world) std::abort();
  bench::forget_peak_memory();
  const double start = threads == 1 ? bench::processor_seconds() : bench::real_seconds();
  cohort::Tallies tallies = cohort::no_tallies(study);
  cohort::run(*world, {.threads = threads, .take = [&](std::size_t, cohort::BlockResult&& block) {
                         cohort::add(tallies, block);
                         return true;
                       }});
  const double seconds = (threads == 1 ? bench::processor_seconds() : bench::real_seconds()) - start;
  const double years = patients * study.weeks * 7.0 / 365.25;
  return {years / seconds, bench::peak_memory_MB()};
}

}  // namespace

int main(int argc, char** argv) {
  const std::string source = EVENKEEL_SOURCE_DIR;
  const std::string file = argc > 1 ? argv[1] : source + "/examples/studies/supervised-or-not.json";
  const auto library = content::load_library(source + "/content");
  auto study = content::load_study(file, source + "/content");
  if (!library || !study) {
    fmt::print(stderr, "{}\n", to_string(library ? study.error().front() : library.error().front()));
    return 3;
  }
  if (argc > 2) study->weeks = std::atoi(argv[2]);
  fmt::print("{:<28} {:>8} {:>8} {:>16} {:>8}\n", "arm", "patients", "threads", "patient-years/s", "MB");
  for (std::size_t arm = 0; arm < study->arms.size(); ++arm) {
    for (const int threads : {1, 2}) {
      const Measured found = measure(*study, arm, 1024, threads, *library);
      fmt::print("{:<28} {:>8} {:>8} {:>16.0f} {:>8.0f}\n", study->arms[arm].id, 1024, threads,
                 found.years_a_second, found.megabytes);
    }
  }
  // What is held, with ten times as many; few weeks show it as well.
  study->weeks = std::min(study->weeks, 4);
  for (const std::uint32_t patients : {1'000U, 10'000U}) {
    const Measured found = measure(*study, 0, patients, 2, *library);
    fmt::print("{:<28} {:>8} {:>8} {:>16.0f} {:>8.0f}\n", "memory, 4 weeks", patients, 2,
               found.years_a_second, found.megabytes);
  }
  return 0;
}
