// The words that records use for the closed sets of care/event.hpp: one table for reading and
// writing. Frozen: a word once written is never changed or reused.
#pragma once

#include <string_view>
#include <utility>

#include "base/expects.hpp"
#include "care/event.hpp"

namespace evenkeel::exchange::words {

using std::pair;
using std::string_view;

inline constexpr pair<string_view, care::Drug> drugs[] = {{"racemic-ketamine", care::Drug::racemic_ketamine},
                                                          {"esketamine", care::Drug::esketamine}};
inline constexpr pair<string_view, care::Sex> sexes[] = {
    {"female", care::Sex::female}, {"male", care::Sex::male}, {"other", care::Sex::other}};
inline constexpr pair<string_view, care::WeightBasis> weight_bases[] = {{"actual", care::WeightBasis::actual},
                                                                        {"ideal", care::WeightBasis::ideal}};
inline constexpr pair<string_view, care::ChangeReason> change_reasons[] = {
    {"insufficient_response", care::ChangeReason::insufficient_response},
    {"tolerability", care::ChangeReason::tolerability},
    {"spacing", care::ChangeReason::spacing},
    {"taper", care::ChangeReason::taper},
    {"safety", care::ChangeReason::safety},
    {"administrative", care::ChangeReason::administrative}};
inline constexpr pair<string_view, care::Completion> completions[] = {
    {"completed", care::Completion::completed}, {"stopped", care::Completion::stopped}};
inline constexpr pair<string_view, care::Moment> moments[] = {{"baseline", care::Moment::baseline},
                                                              {"before_dose", care::Moment::before_dose},
                                                              {"during_dose", care::Moment::during_dose},
                                                              {"after_dose", care::Moment::after_dose},
                                                              {"between_doses", care::Moment::between_doses}};
inline constexpr pair<string_view, care::Analyte> analytes[] = {
    {"ketamine", care::Analyte::ketamine},
    {"esketamine", care::Analyte::esketamine},
    {"norketamine", care::Analyte::norketamine},
    {"esnorketamine", care::Analyte::esnorketamine}};
inline constexpr pair<string_view, care::Site> sites[] = {{"arterial", care::Site::arterial},
                                                          {"venous", care::Site::venous}};
inline constexpr pair<string_view, care::Symptom> symptoms[] = {
    {"urinary_frequency", care::Symptom::urinary_frequency},
    {"urinary_urgency", care::Symptom::urinary_urgency},
    {"nocturia", care::Symptom::nocturia},
    {"painful_urination", care::Symptom::painful_urination},
    {"bladder_pain", care::Symptom::bladder_pain},
    {"blood_in_urine", care::Symptom::blood_in_urine},
    {"abdominal_pain", care::Symptom::abdominal_pain},
    {"other", care::Symptom::other},
    {"fever", care::Symptom::fever},
    {"flank_pain", care::Symptom::flank_pain},
    {"urinary_retention", care::Symptom::urinary_retention},
    {"nausea", care::Symptom::nausea},
    {"vomiting", care::Symptom::vomiting},
    {"dizziness", care::Symptom::dizziness},
    {"headache", care::Symptom::headache},
    {"anxiety", care::Symptom::anxiety}};
inline constexpr pair<string_view, care::Severity> severities[] = {{"none", care::Severity::none},
                                                                   {"mild", care::Severity::mild},
                                                                   {"moderate", care::Severity::moderate},
                                                                   {"severe", care::Severity::severe}};
inline constexpr pair<string_view, care::Topic> topics[] = {
    {"asked_sooner", care::Topic::asked_sooner}, {"asked_stronger", care::Topic::asked_stronger},
    {"side_effect", care::Topic::side_effect},   {"scheduling", care::Topic::scheduling},
    {"follow_up", care::Topic::follow_up},       {"other", care::Topic::other}};
inline constexpr pair<string_view, bool> parties[] = {{"patient", true}, {"clinic", false}};
inline constexpr pair<string_view, care::LookedIn> looked_in[] = {
    {"dispensing_history", care::LookedIn::dispensing_history},
    {"patient_report", care::LookedIn::patient_report},
    {"outside_record", care::LookedIn::outside_record},
    {"toxicology", care::LookedIn::toxicology}};
inline constexpr pair<string_view, care::Decision> decisions[] = {
    {"no_concern", care::Decision::no_concern},
    {"watch", care::Decision::watch},
    {"act", care::Decision::act},
    {"plan_reviewed", care::Decision::plan_reviewed}};

inline constexpr pair<string_view, care::Route> routes[] = {{"intravenous", care::Route::intravenous},
                                                            {"intranasal", care::Route::intranasal}};
inline constexpr pair<string_view, care::Screened> screened[] = {
    {"clear", care::Screened::clear},
    {"concern", care::Screened::concern},
    {"not_applicable", care::Screened::not_applicable}};
inline constexpr pair<string_view, care::Check> checks[] = {{"identity_first", care::Check::identity_first},
                                                            {"identity_second", care::Check::identity_second},
                                                            {"fasting", care::Check::fasting},
                                                            {"escort", care::Check::escort},
                                                            {"equipment", care::Check::equipment},
                                                            {"no_change", care::Check::no_change},
                                                            {"pregnancy", care::Check::pregnancy}};
inline constexpr pair<string_view, care::Departure> departures[] = {
    {"transferred", care::Departure::transferred},
    {"left_against_advice", care::Departure::left_against_advice},
    {"other", care::Departure::other}};

template <class T, std::size_t N>
[[nodiscard]] string_view word_for(const pair<string_view, T> (&table)[N], T value) {
  for (const auto& [word, each] : table) {
    if (each == value) return word;
  }
  expects(false, "every value of a closed set has its word");
  return "";
}

}  // namespace evenkeel::exchange::words
