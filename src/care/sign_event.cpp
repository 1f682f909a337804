#include "care/sign_event.hpp"

namespace evenkeel::care {

std::string_view substance_words(Substance substance) {
  switch (substance) {
    case Substance::ketamine:
      return "ketamine";
    case Substance::norketamine:
      return "norketamine";
    case Substance::opioid:
      return "an opioid";
    case Substance::benzodiazepine:
      return "a benzodiazepine";
    case Substance::other_sedative:
      return "another sedative";
    case Substance::ghb:
      return "GHB";
    case Substance::amphetamine:
      return "an amphetamine";
    case Substance::cocaine:
      return "cocaine";
    case Substance::cannabis:
      return "cannabis";
    case Substance::alcohol:
      return "alcohol";
    case Substance::other:
      return "another substance";
  }
  return "";
}

bool is_ketamine(Substance substance) {
  return substance == Substance::ketamine || substance == Substance::norketamine;
}

bool is_sedating(Substance substance) {
  return substance == Substance::opioid || substance == Substance::benzodiazepine ||
         substance == Substance::other_sedative || substance == Substance::ghb ||
         substance == Substance::alcohol;
}

std::string_view specimen_words(Specimen specimen) {
  switch (specimen) {
    case Specimen::urine:
      return "urine";
    case Specimen::blood:
      return "blood";
    case Specimen::oral_fluid:
      return "oral fluid";
    case Specimen::hair:
      return "hair";
  }
  return "";
}

std::string_view prescribed_words(Prescribed by) {
  switch (by) {
    case Prescribed::here:
      return "prescribed here";
    case Prescribed::elsewhere:
      return "prescribed elsewhere";
    case Prescribed::not_prescribed:
      return "not prescribed";
    case Prescribed::unknown:
      return "not known who prescribed it";
  }
  return "";
}

std::string_view lab_words(Lab lab) {
  switch (lab) {
    case Lab::alt:
      return "ALT";
    case Lab::alp:
      return "ALP";
    case Lab::bilirubin:
      return "bilirubin";
    case Lab::ggt:
      return "GGT";
    case Lab::ast:
      return "AST";
  }
  return "";
}

std::string_view missed_words(MissedBecause reason) {
  switch (reason) {
    case MissedBecause::no_word:
      return "without a word";
    case MissedBecause::illness:
      return "illness";
    case MissedBecause::travel:
      return "travel";
    case MissedBecause::clinic:
      return "the clinic's doing";
    case MissedBecause::other:
      return "another reason";
  }
  return "";
}

std::string_view circumstance_words(Circumstance circumstance) {
  switch (circumstance) {
    case Circumstance::physical_illness:
      return "a physical illness";
    case Circumstance::pain:
      return "pain";
    case Circumstance::poor_sleep:
      return "poor sleep";
    case Circumstance::job_loss:
      return "loss of work";
    case Circumstance::bereavement:
      return "a bereavement";
    case Circumstance::hard_event:
      return "a hard event";
    case Circumstance::travel:
      return "travel";
    case Circumstance::anaesthetic:
      return "an anaesthetic or emergency care elsewhere";
    case Circumstance::carer_duty:
      return "care for somebody else";
  }
  return "";
}

std::string_view harm_words(Harm harm) {
  switch (harm) {
    case Harm::overdose:
      return "an overdose";
    case Harm::breathing:
      return "trouble with breathing";
    case Harm::emergency_visit:
      return "a visit to an emergency department";
    case Harm::admission:
      return "an admission to hospital";
    case Harm::accident:
      return "an accident";
    case Harm::self_harm:
      return "self-harm";
  }
  return "";
}

}  // namespace evenkeel::care
