#include "care/sign_event.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "care/event.hpp"

namespace evenkeel::care {
namespace {

// Each code from `first` to `last` has words, no two the same, and the code after them has none.
template <class Code>
void every_code_has_words(int first, int last, std::string_view (*words)(Code)) {
  std::set<std::string_view> seen;
  for (int code = first; code <= last; ++code) {
    const auto text = words(static_cast<Code>(code));
    EXPECT_FALSE(text.empty()) << code;
    EXPECT_TRUE(seen.insert(text).second) << text << " twice";
  }
  EXPECT_TRUE(words(static_cast<Code>(last + 1)).empty());
}

TEST(SignEvent, EveryCodeHasWordsOfItsOwn) {
  every_code_has_words<Substance>(1, 11, &substance_words);
  every_code_has_words<Specimen>(1, 4, &specimen_words);
  every_code_has_words<Prescribed>(1, 4, &prescribed_words);
  every_code_has_words<Lab>(1, 5, &lab_words);
  every_code_has_words<MissedBecause>(1, 5, &missed_words);
  every_code_has_words<Circumstance>(1, 9, &circumstance_words);
  every_code_has_words<Harm>(1, 6, &harm_words);
  every_code_has_words<SupplyKind>(1, 5, &supply_words);
  every_code_has_words<Symptom>(1, 16, &symptom_words);
}

TEST(SignEvent, WhatSedatesIsNotWhatStimulates) {
  for (const Substance each : {Substance::opioid, Substance::benzodiazepine, Substance::other_sedative,
                               Substance::ghb, Substance::alcohol})
    EXPECT_TRUE(is_sedating(each)) << substance_words(each);
  for (const Substance each : {Substance::ketamine, Substance::norketamine, Substance::amphetamine,
                               Substance::cocaine, Substance::cannabis, Substance::other})
    EXPECT_FALSE(is_sedating(each)) << substance_words(each);
}

TEST(SignEvent, NorketamineSpeaksOfKetamine) {
  EXPECT_TRUE(is_ketamine(Substance::ketamine));
  EXPECT_TRUE(is_ketamine(Substance::norketamine));
  EXPECT_FALSE(is_ketamine(Substance::other));
}

TEST(SignEvent, ASymptomIsOfTheBladderOrAKidneysAlarmNeverBoth) {
  for (int code = 1; code <= 11; ++code) {
    const auto symptom = static_cast<Symptom>(code);
    EXPECT_FALSE(is_bladder(symptom) && is_kidney_alarm(symptom)) << symptom_words(symptom);
  }
  EXPECT_TRUE(is_bladder(Symptom::blood_in_urine));
  EXPECT_TRUE(is_kidney_alarm(Symptom::urinary_retention));
  EXPECT_FALSE(is_bladder(Symptom::abdominal_pain) || is_kidney_alarm(Symptom::abdominal_pain));
}

}  // namespace
}  // namespace evenkeel::care
