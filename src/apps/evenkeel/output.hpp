// Where results go, and what is shown meanwhile.
#pragma once

#include <chrono>
#include <cstddef>
#include <fstream>
#include <ostream>
#include <string>
#include <vector>

#include "apps/evenkeel/command.hpp"

namespace evenkeel::app {

// Standard output, or a file that appears under its name only when it is whole: until then it is
// FILE.part, which is removed when the work is given up.
class Output {
 public:
  explicit Output(std::string file);
  ~Output();
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  [[nodiscard]] std::ostream& stream();
  // The status `storage_failed`, and a complaint, where not everything could be written.
  [[nodiscard]] Status finish();

 private:
  [[nodiscard]] std::string part() const { return file_ + ".part"; }

  std::string file_;
  std::ofstream out_;
  bool finished_ = false;
};

// A bar on a terminal's standard error, for work that takes over two seconds.
class Progress {
 public:
  explicit Progress(std::string what);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // `total` 0: not known.
  void show(std::size_t done, std::size_t total);

 private:
  using Clock = std::chrono::steady_clock;
  std::string what_;
  bool on_terminal_;
  bool shown_ = false;
  Clock::time_point started_;
  Clock::time_point last_;
};

// What must be said beside numbers that cannot carry it: each of `caveats` on standard error.
void say_caveats(const std::string& of, const std::vector<std::string>& caveats);

// True once the user has asked to stop (Ctrl-C); the first call makes the program listen.
[[nodiscard]] bool asked_to_stop();

}  // namespace evenkeel::app
