#include "assess/entry_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/overloaded.hpp"

namespace evenkeel::assess {
namespace {

std::string after_colon(const std::string& note) {
  return note.empty() ? "" : ": " + note;
}

std::string review_text(const care::Review& review, const std::vector<watch::Rule>& rules) {
  std::string names;
  for (const std::string& rule : review.rules) {
    const bool known = std::ranges::find(rules, rule, &watch::Rule::id) != rules.end();
    names += " " + rule + (known ? "" : " (no such rule)");
  }
  for (const std::string& event : review.events) names += " " + event;
  return fmt::format("{} looked at{}, {}: {}", review.clinician, names.empty() ? " the plan" : names,
                     care::decision_words(review.decision), review.reason);
}

// "urine test, confirmed: ketamine found (limit 50 ng/mL), an opioid not found"
std::string toxicology_text(const care::Toxicology& test) {
  std::string text = fmt::format("{} test, {}", care::specimen_words(test.specimen),
                                 test.confirmed ? "confirmed" : "not confirmed");
  for (const auto& result : test.results) {
    text += &result == &test.results.front() ? ": " : ", ";
    text += fmt::format("{}{} {}", care::substance_words(result.substance),
                        result.note.empty() ? "" : " (" + result.note + ")",
                        result.found ? "found" : "not found");
    if (result.limit) text += fmt::format(" (limit {:g} ng/mL)", result.limit->in(units::ng / units::mL));
  }
  return text;
}

// What a look for other sources brought up beside ketamine, which has a rule of its own.
std::string supplies_text(const care::OtherSource& look) {
  std::string text;
  for (const auto& found : look.found) {
    if (found.kind == care::SupplyKind::ketamine) continue;
    text += fmt::format("{} {} ({}) from {}", text.empty() ? ":" : ",", found.substance,
                        care::supply_words(found.kind), found.supplier);
    if (found.dispensed) text += ", dispensed " + found.dispensed->to_string();
    if (found.days_supply) text += fmt::format(", for {} days", *found.days_supply);
    if (found.for_home) text += ", to be taken at home";
  }
  return text.empty() ? text : fmt::format("found in the {}{}", care::looked_in_words(look.looked_in), text);
}

}  // namespace

std::string entry_text(const care::Body& body, const std::vector<watch::Rule>& rules) {
  return std::visit(
      Overloaded{[](const care::SymptomReport& report) {
                   if (care::is_bladder(report.symptom)) return std::string{};
                   return fmt::format("{}, {}{}", care::symptom_words(report.symptom),
                                      care::severity_words(report.severity), after_colon(report.note));
                 },
                 [](const care::Contact& contact) {
                   return fmt::format("contact from the {}, {}{}",
                                      contact.from_patient ? "patient" : "clinic",
                                      care::topic_words(contact.topic), after_colon(contact.note));
                 },
                 [&](const care::Review& review) { return review_text(review, rules); },
                 [](const care::OtherSource& look) { return supplies_text(look); },
                 [](const care::Toxicology& test) { return toxicology_text(test); },
                 [](const care::MedicineChanged& change) {
                   return fmt::format("{} {}: {}, {}{}", change.taken ? "began to take" : "stopped",
                                      change.name, care::substance_words(change.substance),
                                      care::prescribed_words(change.prescribed), after_colon(change.note));
                 },
                 [](const care::LabResult& lab) {
                   return fmt::format("{} {:g} {} (upper limit {:g} {})", care::lab_words(lab.test),
                                      lab.value, lab.unit, lab.upper_limit, lab.unit);
                 },
                 [](const care::UrineTest& test) {
                   return fmt::format("urine test: {}, {}", test.infection ? "an infection" : "no infection",
                                      test.blood ? "blood" : "no blood");
                 },
                 [](const care::AppointmentMissed& missed) {
                   return fmt::format("appointment missed, {}{}", care::missed_words(missed.reason),
                                      after_colon(missed.note));
                 },
                 [](const care::CircumstanceNoted& noted) {
                   return fmt::format("noted: {}{}", care::circumstance_words(noted.circumstance),
                                      after_colon(noted.note));
                 },
                 [](const care::HarmSeen& harm) {
                   return fmt::format("harm outside a session: {}{}", care::harm_words(harm.harm),
                                      after_colon(harm.note));
                 },
                 [](const auto&) { return std::string{}; }},
      body);
}

}  // namespace evenkeel::assess
