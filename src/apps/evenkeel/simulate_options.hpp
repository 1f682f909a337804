// What `evenkeel simulate` was asked, as the words of the command line and as values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "exchange/table_columns.hpp"
#include "pkpd/structure.hpp"

namespace evenkeel::app {

struct SimulateOptions {
  std::string regimen;
  std::vector<std::string> models;
  std::string patient;
  std::string population;
  std::string parameters;
  std::vector<std::string> covariates;  // "WT=linear"
  std::string at;
  std::string every;
  std::string until;
  std::string percentiles;
  bool repeated_ids = false;
  std::string interaction;
  std::vector<std::string> effects;
  std::size_t subjects = 1;
  std::optional<std::uint64_t> seed;
  std::uint32_t replicate = 0;
  bool exact = false;
  bool residual = false;
  int threads = 0;
  std::string format = "csv";
  std::string output;
  std::string content;
};

// Options that contradict each other, or one that needs another: the first such fault.
[[nodiscard]] std::optional<Error> contradiction(const SimulateOptions& options, bool is_table);

// The moments to read at, from --at or from --every and --until.
[[nodiscard]] Result<std::vector<Duration>> times_of(const SimulateOptions& options);

// "WT=linear" and its like.
[[nodiscard]] Result<exchange::CarriedByName> carried_of(const SimulateOptions& options);

}  // namespace evenkeel::app
