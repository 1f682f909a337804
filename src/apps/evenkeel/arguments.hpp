// Values given on the command line, read as strictly as those of a file. Errors name the option.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/quantity.hpp"
#include "base/result.hpp"
#include "pkpd/structure.hpp"

namespace evenkeel::app {

// A finite number and nothing else.
[[nodiscard]] std::optional<double> number_argument(std::string_view text);

// What stands between blanks.
[[nodiscard]] std::vector<std::string_view> words_of(std::string_view text);

// "5min", "1.5 h", "0": a number and a unit of time; zero needs none.
[[nodiscard]] Result<Duration> duration_argument(const std::string& text, const std::string& option);

// "0,10min,40min,2h".
[[nodiscard]] Result<std::vector<Duration>> times_argument(const std::string& text);

// 0, every, 2 every, ... up to and including `until`. At most ten million.
[[nodiscard]] Result<std::vector<Duration>> even_times(Duration every, Duration until);

// "weight=70,age=40,asian=no,japanese=no": weight in kg, age in years.
[[nodiscard]] Result<pkpd::Patient> patient_argument(const std::string& text);

// "CL=5,V=20": parameters of the model by name, in the units that the model gives them.
[[nodiscard]] Result<std::vector<pkpd::Override>> parameters_argument(const std::string& text,
                                                                      const pkpd::Structure& structure);

// "5,50,95": percentages, rising, each within 0 to 100.
[[nodiscard]] Result<std::vector<double>> percentiles_argument(const std::string& text);

}  // namespace evenkeel::app
