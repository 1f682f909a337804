#include "machine.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <ctime>
#include <fstream>
#include <string>
#include <vector>

#include "pkpd/batch_sinks.hpp"
#include "work.hpp"

namespace evenkeel::bench {
namespace {

double thread_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

template <class Work>
double median_seconds(int runs, Work&& work) {
  std::vector<double> seconds;
  for (int i = 0; i < runs; ++i) {
    const double start = thread_seconds();
    work();
    seconds.push_back(thread_seconds() - start);
  }
  std::ranges::nth_element(seconds, seconds.begin() + runs / 2);
  return seconds[static_cast<std::size_t>(runs) / 2];
}

double write_bytes_per_s() {
  constexpr std::size_t tile = 1024;
  constexpr std::size_t tiles = 20'000;  // 164 MB
  pkpd::LaneNumbers from(tile, 1.0);
  pkpd::LaneNumbers memory(tile * tiles);
  const double seconds = median_seconds(15, [&] {
    for (std::size_t i = 0; i < tiles; ++i) pkpd::stream(from.data(), tile, &memory[i * tile]);
    pkpd::end_streaming();
  });
  return static_cast<double>(memory.size() * sizeof(double)) / seconds;
}

double textbook_outputs_per_s() {
  const Cohort cohort = three_compartment_cohort(8);
  const auto times = fortnight_grid_h();
  const auto doses = six_infusions();
  std::vector<pkpd::LinearSystem> systems;
  for (std::size_t i = 0; i < cohort.subjects(); ++i)
    systems.push_back(*cohort.structure().system(cohort.values(i)));
  const double seconds = median_seconds(9, [&] {
    for (const auto& system : systems) benchmark::DoNotOptimize(dose_by_dose<double>(system, doses, times));
  });
  return static_cast<double>(systems.size() * times.size()) / seconds;
}

}  // namespace

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
