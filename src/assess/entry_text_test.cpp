#include "assess/entry_text.hpp"

#include <gtest/gtest.h>

namespace evenkeel::assess {
namespace {

using namespace care;

std::string text(const Body& body) {
  return entry_text(body, {});
}

TEST(EntryText, ADrugTestSaysWhatWasFoundAndWithWhichLimit) {
  Toxicology test{Specimen::urine, true, {{Substance::ketamine, true, 50.0 * (units::ng / units::mL), ""}}};
  EXPECT_EQ(text(test), "urine test, confirmed: ketamine found (limit 50 ng/mL)");
  test.confirmed = false;
  test.results.push_back({Substance::opioid, false, {}, "methadone"});
  EXPECT_EQ(text(test),
            "urine test, not confirmed: ketamine found (limit 50 ng/mL), an opioid (methadone) not found");
}

TEST(EntryText, EachSignIsSaidInPlainWords) {
  EXPECT_EQ(
      text(MedicineChanged{Substance::benzodiazepine, "lorazepam 1 mg", true, Prescribed::elsewhere, ""}),
      "began to take lorazepam 1 mg: a benzodiazepine, prescribed elsewhere");
  EXPECT_EQ(text(MedicineChanged{Substance::alcohol, "wine", false, Prescribed::not_prescribed, "since May"}),
            "stopped wine: alcohol, not prescribed: since May");
  EXPECT_EQ(text(LabResult{Lab::alt, 82.5, 40.0, "U/L"}), "ALT 82.5 U/L (upper limit 40 U/L)");
  EXPECT_EQ(text(UrineTest{true, false}), "urine test: an infection, no blood");
  EXPECT_EQ(text(AppointmentMissed{MissedBecause::no_word, ""}), "appointment missed, without a word");
  EXPECT_EQ(text(CircumstanceNoted{Circumstance::pain, "a broken wrist"}), "noted: pain: a broken wrist");
  EXPECT_EQ(text(HarmSeen{Harm::admission, "a fall"}),
            "harm outside a session: an admission to hospital: a fall");
}

// The second source has a rule, and the bladder too: they are shown there.
TEST(EntryText, WhatARuleShowsIsNotSaidTwice) {
  OtherSource look{LookedIn::dispensing_history, {{"ketamine", "nasal", "another clinic", {}}}};
  EXPECT_EQ(text(look), "");
  look.found.push_back(
      {"oxycodone", "", "a pharmacy", Date::parse("2026-02-20").value(), SupplyKind::opioid, 28, true});
  EXPECT_EQ(text(look),
            "found in the dispensing history: oxycodone (opioid) from a pharmacy, dispensed "
            "2026-02-20, for 28 days, to be taken at home");
  EXPECT_EQ(text(SymptomReport{Symptom::nocturia, Severity::mild, ""}), "");
  EXPECT_EQ(text(SymptomReport{Symptom::fever, Severity::severe, "39.5"}), "fever, severe: 39.5");
}

}  // namespace
}  // namespace evenkeel::assess
