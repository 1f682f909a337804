// What adds to sedation and to the risk for breathing: opioids, benzodiazepines, other sedatives, GHB,
// alcohol.

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "watch/body_checks.hpp"
#include "watch/body_look.hpp"

namespace evenkeel::watch {
namespace {

using units::day;

constexpr std::array used{std::string_view{"window"}};

bool known_prescription(care::Prescribed by) {
  return by == care::Prescribed::here || by == care::Prescribed::elsewhere;
}

// Whether the clinic knew at that time of a prescription that explains the substance.
bool is_known(std::span<const Medicine> taken, care::Substance substance, Instant at) {
  return std::ranges::any_of(taken, [&](const Medicine& medicine) {
    return medicine.substance == substance && medicine.taken_at(at) &&
           known_prescription(medicine.prescribed);
  });
}

void add_begun(const Rule& rule, const Chart& chart, std::span<const Medicine> taken,
               std::vector<Finding>& findings) {
  for (const Medicine& medicine : taken) {
    if (!care::is_sedating(medicine.substance) || !in_window(rule, chart, medicine.begun)) continue;
    if (medicine.stopped) continue;
    const bool prescribed = known_prescription(medicine.prescribed);
    findings.push_back(finding(
        rule, prescribed ? 1 : 2,
        fmt::format("{} ({}) begun on {}, {}{}", medicine.name, care::substance_words(medicine.substance),
                    on_day(medicine.begun), care::prescribed_words(medicine.prescribed),
                    prescribed ? "; with ketamine it adds to sedation and to the risk for breathing" : ""),
        std::array{Support{medicine.event, medicine.begun}}, used));
  }
}

// Found by a test beside what was known to be prescribed. An anaesthetic near it explains it.
void add_found(const Rule& rule, const Chart& chart, std::span<const Medicine> taken,
               std::vector<Finding>& findings) {
  static constexpr std::array care_given{care::Circumstance::anaesthetic};
  for (const auto& test : all<care::Toxicology>(chart)) {
    if (!in_window(rule, chart, test.at())) continue;
    for (const auto& result : test.body->results) {
      if (!result.found || !care::is_sedating(result.substance)) continue;
      if (is_known(taken, result.substance, test.at())) continue;
      Finding found =
          finding(rule, 2,
                  fmt::format("{}{} in a {} test of {} ({}), and no prescription of it was recorded",
                              care::substance_words(result.substance),
                              result.note.empty() ? "" : " (" + result.note + ")",
                              care::specimen_words(test.body->specimen), on_day(test.at()),
                              test.body->confirmed ? "confirmed" : "a screen, not confirmed"),
                  std::array{Support{test.event->id, test.at()}}, used);
      found.explained_by = circumstance_near(chart, care_given, test.at(), test.at(), 7.0 * day);
      findings.push_back(std::move(found));
    }
  }
}

bool supply_is_known(std::span<const Medicine> taken, care::SupplyKind kind, Instant at) {
  using care::Substance;
  if (kind == care::SupplyKind::opioid) return is_known(taken, Substance::opioid, at);
  return is_known(taken, Substance::benzodiazepine, at) || is_known(taken, Substance::other_sedative, at);
}

void add_supplied(const Rule& rule, const Chart& chart, std::span<const Medicine> taken,
                  std::vector<Finding>& findings) {
  for (const auto& look : all<care::OtherSource>(chart)) {
    if (!in_window(rule, chart, look.at())) continue;
    for (const auto& supply : look.body->found) {
      const bool sedates =
          supply.kind == care::SupplyKind::opioid || supply.kind == care::SupplyKind::sedative;
      if (!sedates || supply_is_known(taken, supply.kind, look.at())) continue;
      findings.push_back(
          finding(rule, 2,
                  fmt::format("{} ({}) from {}{}, found in the {} and not known here before",
                              supply.substance, care::supply_words(supply.kind), supply.supplier,
                              supply.dispensed ? ", dispensed " + supply.dispensed->to_string() : "",
                              care::looked_in_words(look.body->looked_in)),
                  std::array{Support{look.event->id, look.at()}}, used));
    }
  }
}

// When somebody last asked or looked for medicines.
std::optional<Instant> looked_for(const Chart& chart) {
  std::optional<Instant> latest;
  for (const care::Event& event : chart.valid) {
    const auto* check = std::get_if<care::PreCheck>(&event.body);
    const auto* look = std::get_if<care::OtherSource>(&event.body);
    const bool looked = std::holds_alternative<care::MedicineChanged>(event.body) ||
                        std::holds_alternative<care::Toxicology>(event.body) ||
                        (check != nullptr && check->check == care::Check::no_change) ||
                        (look != nullptr && look->looked_in == care::LookedIn::dispensing_history);
    if (looked) latest = std::max(latest.value_or(event.at), event.at);
  }
  return latest;
}

}  // namespace

// A sedating medicine or substance begun within `window` and not stopped, found by a test, or supplied from
// elsewhere. What is prescribed and known is to be watched; what is not asks for a review.
RuleOutcome sedatives(const Rule& rule, const Chart& chart) {
  const std::vector<Medicine> taken = medicines(chart);
  std::vector<Finding> findings;
  add_begun(rule, chart, taken, findings);
  add_found(rule, chart, taken, findings);
  add_supplied(rule, chart, taken, findings);
  const auto looked = looked_for(chart);
  if (findings.empty() && !looked) return not_judged(rule, "medicines were not asked for");
  if (findings.empty() && !in_window(rule, chart, *looked))
    return not_judged(rule, fmt::format("medicines were not asked for since {}", on_day(*looked)));
  return outcome_of(rule, std::move(findings),
                    looked ? fmt::format("medicines were last asked for or looked up on {}", on_day(*looked))
                           : std::string("a supply was found"));
}

}  // namespace evenkeel::watch
