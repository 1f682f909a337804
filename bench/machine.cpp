#include "machine.hpp"

#include <benchmark/benchmark.h>
#include <sys/mman.h>

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "pkpd/batch_sinks.hpp"
#include "work.hpp"

namespace evenkeel::bench {
namespace {

double seconds_of(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

// The shortest of several runs, for a limit is what the machine can do at best.
template <class Work>
double least_seconds(int runs, Work&& work) {
  double least = std::numeric_limits<double>::infinity();
  for (int i = 0; i < runs; ++i) {
    const double start = processor_seconds();
    work();
    least = std::min(least, processor_seconds() - start);
  }
  return least;
}

double write_bytes_per_s() {
  constexpr std::size_t tile = 1024;
  constexpr std::size_t tiles = 20'480;  // 160 MiB, whole huge pages
  constexpr std::size_t bytes = tile * tiles * sizeof(double);
  const pkpd::LaneNumbers from(tile, 1.0);
  const std::unique_ptr<void, decltype(&std::free)> memory{std::aligned_alloc(std::size_t{1} << 21, bytes),
                                                           &std::free};
  madvise(memory.get(), bytes, MADV_HUGEPAGE);
  auto* to = static_cast<double*>(memory.get());
  const double seconds = least_seconds(25, [&] {
    for (std::size_t i = 0; i < tiles; ++i) pkpd::stream(from.data(), tile, to + i * tile);
    pkpd::end_streaming();
  });
  return static_cast<double>(bytes) / seconds;
}

double textbook_outputs_per_s() {
  const Cohort cohort = three_compartment_cohort(8);
  const auto times = fortnight_grid_h();
  const auto doses = six_infusions();
  std::vector<pkpd::LinearSystem> systems;
  for (std::size_t i = 0; i < cohort.subjects(); ++i)
    systems.push_back(*cohort.structure().system(cohort.values(i)));
  const double seconds = least_seconds(9, [&] {
    for (const auto& system : systems) benchmark::DoNotOptimize(dose_by_dose<double>(system, doses, times));
  });
  return static_cast<double>(systems.size() * times.size()) / seconds;
}

}  // namespace

double processor_seconds() {
  return seconds_of(CLOCK_PROCESS_CPUTIME_ID);
}

double real_seconds() {
  return seconds_of(CLOCK_MONOTONIC);
}

Machine measure_machine() {
  return {write_bytes_per_s(), textbook_outputs_per_s()};
}

void forget_peak_memory() {
  std::ofstream{"/proc/self/clear_refs"} << "5";
}

double peak_memory_MB() {
  std::ifstream status{"/proc/self/status"};
  for (std::string line; std::getline(status, line);) {
    if (line.rfind("VmHWM:", 0) == 0) return std::stod(line.substr(6)) / 1024.0;
  }
  return 0.0;
}

}  // namespace evenkeel::bench
