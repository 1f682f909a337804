#include "apps/evenkeel/aims.hpp"

#include <fmt/format.h>

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "apps/evenkeel/arguments.hpp"
#include "base/unit_text.hpp"

namespace evenkeel::app {
namespace {

// What stands before the last comma, and the percentage after it as a probability.
std::optional<std::pair<std::string_view, double>> with_probability(std::string_view text) {
  const std::size_t comma = text.rfind(',');
  if (comma == std::string_view::npos) return std::nullopt;
  const auto words = words_of(text.substr(comma + 1));
  if (words.size() != 2 || words[1] != "%") return std::nullopt;
  const auto percent = number_argument(words[0]);
  if (!percent || !(0.0 < *percent && *percent < 100.0)) return std::nullopt;
  return std::pair{text.substr(0, comma), *percent / 100.0};
}

std::optional<pkpd::SamplingSite> site_of(std::string_view word) {
  for (const auto site : {pkpd::SamplingSite::arterial, pkpd::SamplingSite::venous}) {
    if (pkpd::site_text(site) == word) return site;
  }
  return std::nullopt;
}

std::optional<pkpd::Moiety> moiety_of(std::string_view word) {
  if (word == "racemic-ketamine") return pkpd::Moiety::racemic_ketamine;
  if (word == "esketamine") return pkpd::Moiety::esketamine;
  return std::nullopt;
}

Error refused(const char* option, const std::string& text, const char* form) {
  return {ErrorCode::invalid_input, option, fmt::format("'{}' is not of the form '{}'", text, form)};
}

}  // namespace

Result<plan::Aim> peak_argument(const std::string& text) {
  const auto wrong = [&] {
    return refused("--peak", text, "100 to 250 ng/mL arterial racemic-ketamine, 90 %");
  };
  const auto split = with_probability(text);
  if (!split) return wrong();
  const auto words = words_of(split->first);
  if (words.size() != 6 || words[1] != "to") return wrong();
  const auto low = number_argument(words[0]);
  const auto high = number_argument(words[2]);
  const auto unit = unit_from_text<Concentration>(words[3]);
  const auto site = site_of(words[4]);
  const auto moiety = moiety_of(words[5]);
  if (!low || !high || !unit || !site || !moiety || !(0.0 <= *low)) return wrong();
  const auto range = Interval<Concentration>::make(*low * *unit, *high * *unit);
  if (!range) return wrong();
  return plan::Aim{plan::PeakWithin{{*moiety, *site}, *range, split->second}};
}

Result<plan::Aim> effect_argument(const std::string& text) {
  const auto wrong = [&] {
    return refused("--effect-below", text, "mean-arterial-pressure-langsjo-2005 <= 110, 95 %");
  };
  const auto split = with_probability(text);
  if (!split) return wrong();
  const auto words = words_of(split->first);
  if (words.size() != 3 || words[1] != "<=") return wrong();
  const auto limit = number_argument(words[2]);
  if (!limit) return wrong();
  return plan::Aim{plan::EffectBelow{std::string(words[0]), *limit, split->second}};
}

}  // namespace evenkeel::app
