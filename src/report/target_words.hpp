// How a target schedule's values are written, the same in text and on its page. Not for other layers.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/quantity.hpp"
#include "report/target_report.hpp"

namespace evenkeel::report {

inline constexpr const char* target_warning =
    "A plan for people: no pump is controlled. A clinician decides.";

// "0:05:30", hours, minutes and seconds; a moment between two seconds to the next.
[[nodiscard]] std::string target_clock(Duration time);
[[nodiscard]] std::string target_minutes(std::optional<Duration> time);  // "1.3", or "not reached"
[[nodiscard]] std::string target_ng_mL(Concentration level);             // predicted: "150.0", "1171"
[[nodiscard]] std::string target_level(Concentration level);             // as asked: "150", "142.5"

// What is said in a sentence each: the pump, the pace, how the rates were chosen, what bound them, the
// syringes.
[[nodiscard]] std::string target_pump(const TargetReport& report);
[[nodiscard]] std::string target_pace(const TargetReport& report);
[[nodiscard]] std::string target_use(const TargetReport& report);
[[nodiscard]] std::vector<std::string> target_facts(const TargetReport& report);

// Headings and cells of the tables.
using TargetRows = std::vector<std::vector<std::string>>;
struct TargetTable {
  std::vector<std::string> columns;  // all but the first two are numbers
  TargetRows rows;
};
[[nodiscard]] TargetTable target_rates(const TargetReport& report);
[[nodiscard]] TargetTable target_met(const TargetReport& report);
[[nodiscard]] TargetTable target_stops(const TargetReport& report);
[[nodiscard]] TargetTable target_ranges(const TargetReport& report);

}  // namespace evenkeel::report
