// The virtual clinic: patient-years for a second of one processor and for a second of the clock, with one
// thread and with two, and the most memory held with 1,000 and with 10,000 patients.
//
//   evenkeel_study_bench [STUDY] [WEEKS]
#include <fmt/format.h>

#include <cstdlib>

#include "cohort/runner.hpp"
#include "content/library_loader.hpp"
#include "content/study_reader.hpp"
#include "machine.hpp"

namespace {

using namespace evenkeel;

struct Measured {
  double years_of_core = 0.0;  // patient-years for each second that a processor worked
  double years_of_clock = 0.0;
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
  const double core = bench::processor_seconds();
  const double clock = bench::real_seconds();
  cohort::Tallies tallies = cohort::no_tallies(study);
  cohort::run(*world, {.threads = threads, .take = [&](std::size_t, cohort::BlockResult&& block) {
                         cohort::add(tallies, block);
                         return true;
                       }});
  const double years = 7.0 * patients * study.weeks / 365.25;
  return {years / (bench::processor_seconds() - core), years / (bench::real_seconds() - clock),
          bench::peak_memory_MB()};
}

void print(std::string_view work, std::uint32_t patients, int threads, const Measured& found) {
  fmt::print("{:<28} {:>8} {:>8} {:>12.0f} {:>12.0f} {:>8.0f}\n", work, patients, threads,
             found.years_of_core, found.years_of_clock, found.megabytes);
}

void measure_speed(const cohort::Study& study, std::size_t arm, const assess::Library& library) {
  constexpr std::uint32_t patients = 1024;
  const Measured one = measure(study, arm, patients, 1, library);
  const Measured two = measure(study, arm, patients, 2, library);
  print(study.arms[arm].id, patients, 1, one);
  print(study.arms[arm].id, patients, 2, two);
  fmt::print("{:<28} two threads against one: {:.2f} by the clock, {:.2f} for each core\n", "",
             two.years_of_clock / one.years_of_clock, two.years_of_core / one.years_of_core);
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
  fmt::print("{:<28} {:>8} {:>8} {:>12} {:>12} {:>8}\n", "patient-years a second", "patients", "threads",
             "of a core", "of the clock", "MB");
  for (std::size_t arm = 0; arm < study->arms.size(); ++arm) measure_speed(*study, arm, *library);
  // What is held, with ten times as many; few weeks show it as well.
  study->weeks = std::min(study->weeks, 4);
  for (const std::uint32_t patients : {1'000U, 10'000U})
    print("memory, 4 weeks", patients, 2, measure(*study, 0, patients, 2, *library));
  return 0;
}
