// The words of care/sign_event.hpp, and of what a look for other sources brought up. Frozen, as words.hpp.
#pragma once

#include "exchange/words.hpp"

namespace evenkeel::exchange::words {

inline constexpr pair<string_view, care::Substance> substances[] = {
    {"ketamine", care::Substance::ketamine},
    {"norketamine", care::Substance::norketamine},
    {"opioid", care::Substance::opioid},
    {"benzodiazepine", care::Substance::benzodiazepine},
    {"other_sedative", care::Substance::other_sedative},
    {"ghb", care::Substance::ghb},
    {"amphetamine", care::Substance::amphetamine},
    {"cocaine", care::Substance::cocaine},
    {"cannabis", care::Substance::cannabis},
    {"alcohol", care::Substance::alcohol},
    {"other", care::Substance::other}};
inline constexpr pair<string_view, care::SupplyKind> supplies[] = {{"ketamine", care::SupplyKind::ketamine},
                                                                   {"opioid", care::SupplyKind::opioid},
                                                                   {"sedative", care::SupplyKind::sedative},
                                                                   {"stimulant", care::SupplyKind::stimulant},
                                                                   {"other", care::SupplyKind::other}};
inline constexpr pair<string_view, care::Specimen> specimens[] = {{"urine", care::Specimen::urine},
                                                                  {"blood", care::Specimen::blood},
                                                                  {"oral_fluid", care::Specimen::oral_fluid},
                                                                  {"hair", care::Specimen::hair}};
inline constexpr pair<string_view, bool> medicine_changes[] = {{"started", true}, {"stopped", false}};
inline constexpr pair<string_view, care::Prescribed> prescribed[] = {
    {"here", care::Prescribed::here},
    {"elsewhere", care::Prescribed::elsewhere},
    {"not_prescribed", care::Prescribed::not_prescribed},
    {"unknown", care::Prescribed::unknown}};
inline constexpr pair<string_view, care::Lab> labs[] = {{"alt", care::Lab::alt},
                                                        {"alp", care::Lab::alp},
                                                        {"bilirubin", care::Lab::bilirubin},
                                                        {"ggt", care::Lab::ggt},
                                                        {"ast", care::Lab::ast}};
inline constexpr pair<string_view, care::MissedBecause> missed_reasons[] = {
    {"no_word", care::MissedBecause::no_word},
    {"illness", care::MissedBecause::illness},
    {"travel", care::MissedBecause::travel},
    {"clinic", care::MissedBecause::clinic},
    {"other", care::MissedBecause::other}};
inline constexpr pair<string_view, care::Circumstance> circumstances[] = {
    {"physical_illness", care::Circumstance::physical_illness},
    {"pain", care::Circumstance::pain},
    {"poor_sleep", care::Circumstance::poor_sleep},
    {"job_loss", care::Circumstance::job_loss},
    {"bereavement", care::Circumstance::bereavement},
    {"hard_event", care::Circumstance::hard_event},
    {"travel", care::Circumstance::travel},
    {"anaesthetic", care::Circumstance::anaesthetic},
    {"carer_duty", care::Circumstance::carer_duty}};
inline constexpr pair<string_view, care::Harm> harms[] = {{"overdose", care::Harm::overdose},
                                                          {"breathing", care::Harm::breathing},
                                                          {"emergency_visit", care::Harm::emergency_visit},
                                                          {"admission", care::Harm::admission},
                                                          {"accident", care::Harm::accident},
                                                          {"self_harm", care::Harm::self_harm}};

}  // namespace evenkeel::exchange::words
