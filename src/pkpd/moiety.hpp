// What is dosed or measured, and where the blood is drawn. Part of every concentration: values of
// different moieties or sites never mix.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace evenkeel::pkpd {

// Racemic concentrations are S + R totals. `unspecified` is for the general models of no drug in
// particular: nothing is compared with them, and no assessment uses them.
enum class Moiety : std::uint8_t {
  unspecified = 0,
  racemic_ketamine = 1,
  esketamine = 2,
  arketamine = 3,
  norketamine = 4,           // of racemic ketamine
  esnorketamine = 5,         // of esketamine
  eshydroxynorketamine = 6,  // of esketamine
};
[[nodiscard]] std::optional<Moiety> moiety_from_text(std::string_view text);
[[nodiscard]] std::string_view moiety_text(Moiety moiety);

// During an infusion arterial concentrations exceed venous ones, afterwards the reverse: a
// prediction for one site is not compared with a measurement from the other.
enum class SamplingSite : std::uint8_t { unspecified = 0, arterial = 1, venous = 2 };
[[nodiscard]] std::optional<SamplingSite> site_from_text(std::string_view text);
[[nodiscard]] std::string_view site_text(SamplingSite site);

}  // namespace evenkeel::pkpd
