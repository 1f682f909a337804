// The command line of evenkeel study, and what of it contradicts itself.
#pragma once

#include <CLI/App.hpp>
#include <cstdint>
#include <optional>
#include <string>

#include "base/result.hpp"

namespace evenkeel::app {

struct StudyOptions {
  std::string study;
  std::optional<std::uint32_t> patients;
  std::optional<int> weeks;
  std::optional<std::uint64_t> seed;
  int threads = 0;
  std::string format = "text";
  std::string output;
  std::string rows;
  std::string checkpoint;
  bool resume = false;
  std::string share;
  bool merge = false;
  std::string record;
  bool sensitivity = false;
  bool progress = true;
  std::string content;
  std::string instruments;
  std::string colour = "auto";
};

void add_study_options(CLI::App& command, StudyOptions& options);

// What cannot be asked for at once; `where` is the option.
[[nodiscard]] std::optional<Error> contradiction(const StudyOptions& options);

// "1/4": the second of four.
struct ShareOf {
  std::size_t share = 0;
  std::size_t shares = 1;
};
[[nodiscard]] Result<ShareOf> share_argument(const std::string& text);

// "supervised:17": an arm by its id, a patient by number.
struct RecordOf {
  std::string arm;
  std::uint32_t patient = 0;
};
[[nodiscard]] Result<RecordOf> record_argument(const std::string& text);

}  // namespace evenkeel::app
