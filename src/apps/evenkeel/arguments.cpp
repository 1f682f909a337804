#include "apps/evenkeel/arguments.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <string_view>

#include "base/unit_text.hpp"

namespace evenkeel::app {
namespace {

constexpr double most_times = 1e7;

Error fault(std::string option, std::string what) {
  return {ErrorCode::invalid_input, std::move(option), std::move(what)};
}

// The leading number of `text`, and what follows it.
std::optional<std::pair<double, std::string_view>> leading_number(std::string_view text) {
  double value = 0.0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || !std::isfinite(value)) return std::nullopt;
  return std::pair{value, text.substr(static_cast<std::size_t>(end - text.data()))};
}

std::vector<std::string_view> split(std::string_view text) {
  std::vector<std::string_view> parts;
  while (true) {
    const auto comma = text.find(',');
    parts.push_back(text.substr(0, comma));
    if (comma == std::string_view::npos) return parts;
    text.remove_prefix(comma + 1);
  }
}

struct Pair {
  std::string_view name;
  std::string_view value;
};
Result<std::vector<Pair>> pairs(const std::string& text, const std::string& option) {
  std::vector<Pair> found;
  for (const std::string_view part : split(text)) {
    const auto equals = part.find('=');
    if (equals == std::string_view::npos || equals == 0)
      return fault(option, fmt::format("'{}' is not of the form NAME=VALUE", part));
    found.push_back({part.substr(0, equals), part.substr(equals + 1)});
    for (std::size_t i = 0; i + 1 < found.size(); ++i) {
      if (found[i].name == found.back().name)
        return fault(option, fmt::format("'{}' is given twice", found.back().name));
    }
  }
  return found;
}

Result<bool> yes_or_no(const Pair& pair) {
  if (pair.value == "yes") return true;
  if (pair.value == "no") return false;
  return fault("--patient", fmt::format("{}='{}': use yes or no", pair.name, pair.value));
}

std::optional<Error> set(pkpd::Patient& patient, const Pair& pair) {
  if (pair.name == "asian" || pair.name == "japanese") {
    const auto flag = yes_or_no(pair);
    if (!flag) return flag.error();
    (pair.name == "asian" ? patient.asian : patient.japanese) = *flag;
    return std::nullopt;
  }
  const auto number = number_argument(pair.value);
  if (pair.name == "weight") {
    if (!(number && *number > 0.0))
      return fault("--patient", fmt::format("weight='{}' is not a weight in kg", pair.value));
    patient.weight = *number * units::kg;
  } else if (pair.name == "age") {
    if (!(number && *number >= 0.0))
      return fault("--patient", fmt::format("age='{}' is not an age in years", pair.value));
    patient.age_years = *number;
  } else {
    return fault("--patient",
                 fmt::format("'{}' is not known; use weight (kg), age (years), asian, japanese", pair.name));
  }
  return std::nullopt;
}

}  // namespace

std::optional<double> number_argument(std::string_view text) {
  const auto found = leading_number(text);
  return found && found->second.empty() ? std::optional{found->first} : std::nullopt;
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  std::size_t from = 0;
  while ((from = text.find_first_not_of(' ', from)) != std::string_view::npos) {
    const std::size_t to = std::min(text.find(' ', from), text.size());
    words.push_back(text.substr(from, to - from));
    from = to;
  }
  return words;
}

Result<Duration> duration_argument(const std::string& text, const std::string& option) {
  const auto found = leading_number(text);
  if (found) {
    std::string_view unit = found->second;
    while (unit.starts_with(' ')) unit.remove_prefix(1);
    if (unit.empty() && found->first == 0.0) return Duration{};
    if (const auto known = unit_from_text<Duration>(unit)) return found->first * *known;
  }
  return fault(option, fmt::format("'{}' is not a time; write a number and {}, such as 5min", text,
                                   allowed_units<Duration>()));
}

Result<std::vector<Duration>> times_argument(const std::string& text) {
  std::vector<Duration> times;
  for (const std::string_view part : split(text)) {
    const auto time = duration_argument(std::string(part), "--at");
    if (!time) return time.error();
    if (!times.empty() && !(times.back() < *time))
      return fault("--at", fmt::format("'{}' does not come after the time before it", part));
    times.push_back(*time);
  }
  return times;
}

Result<std::vector<Duration>> even_times(Duration every, Duration until) {
  if (!(every > Duration{})) return fault("--every", "the step must be above zero");
  if (!(until >= Duration{})) return fault("--until", "the end must not lie before the start");
  const double steps = until / every;
  if (!(steps <= most_times)) return fault("--every", "that would be more than ten million times");
  // A multiple of the step, not a sum of steps, which would drift; and the end belongs to it although
  // dividing may round.
  const auto count = static_cast<std::size_t>(std::floor(steps * (1.0 + 1e-12)));
  std::vector<Duration> times;
  for (std::size_t i = 0; i <= count; ++i) times.push_back(static_cast<double>(i) * every);
  return times;
}

Result<pkpd::Patient> patient_argument(const std::string& text) {
  pkpd::Patient patient;
  if (text.empty()) return patient;
  const auto given = pairs(text, "--patient");
  if (!given) return given.error();
  for (const Pair& pair : *given) {
    if (auto error = set(patient, pair)) return *std::move(error);
  }
  return patient;
}

Result<std::vector<pkpd::Override>> parameters_argument(const std::string& text,
                                                        const pkpd::Structure& structure) {
  std::vector<pkpd::Override> overrides;
  if (text.empty()) return overrides;
  const auto given = pairs(text, "--param");
  if (!given) return given.error();
  for (const Pair& pair : *given) {
    const auto index = structure.parameter(pair.name);
    if (!index) {
      std::string names;
      for (const auto& each : structure.model().parameters) names += (names.empty() ? "" : ", ") + each.name;
      return fault("--param", fmt::format("model {} has no parameter '{}'; it has {}", structure.model().id,
                                          pair.name, names));
    }
    const auto value = number_argument(pair.value);
    if (!(value && *value >= 0.0))
      return fault("--param",
                   fmt::format("{}='{}' is not a number that is not negative", pair.name, pair.value));
    overrides.push_back({*index, *value * structure.unit_of(*index)});
  }
  return overrides;
}

Result<std::vector<double>> percentiles_argument(const std::string& text) {
  std::vector<double> percentiles;
  for (const std::string_view part : split(text)) {
    const auto value = number_argument(part);
    const bool good = value && *value >= 0.0 && *value <= 100.0;
    if (!good || (!percentiles.empty() && !(percentiles.back() < *value)))
      return fault("--percentiles",
                   fmt::format("'{}': percentages from 0 to 100, each above the one before", part));
    percentiles.push_back(*value);
  }
  return percentiles;
}

}  // namespace evenkeel::app
