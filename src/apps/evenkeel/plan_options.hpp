// What `evenkeel plan` was asked, as the words of the command line and as values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "apps/evenkeel/command.hpp"
#include "apps/evenkeel/record_input.hpp"
#include "assess/next_dose.hpp"
#include "base/result.hpp"

namespace evenkeel::app {

struct PlanOptions {
  RecordOptions record;
  std::string site;
  std::string start;
  bool giving = false;
  std::vector<std::string> peaks;
  std::vector<std::string> effects;
  std::string doses;    // "0.1:0.5:0.05", mg/kg
  std::string lengths;  // "40,60", min
  std::vector<std::string> interactions;
  std::vector<std::string> models;
  std::optional<double> assumed_error_percent;
  std::uint64_t seed = 1;
};

// Without the site. Errors name the option.
[[nodiscard]] Result<assess::NextDoseOptions> next_dose_options(const PlanOptions& options);

// The site file, or the status to end with after complaining of every fault.
[[nodiscard]] Result<plan::Site, Status> site_or_complain(const std::string& file);

}  // namespace evenkeel::app
