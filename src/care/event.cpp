#include "care/event.hpp"

#include "base/overloaded.hpp"

namespace evenkeel::care {

std::string_view drug_text(Drug drug) {
  return drug == Drug::esketamine ? "esketamine" : "racemic-ketamine";
}

std::string_view analyte_text(Analyte analyte) {
  switch (analyte) {
    case Analyte::ketamine:
      return "ketamine";
    case Analyte::esketamine:
      return "esketamine";
    case Analyte::norketamine:
      return "norketamine";
    case Analyte::esnorketamine:
      return "esnorketamine";
  }
  return "";
}

std::string_view site_text(Site site) {
  return site == Site::arterial ? "arterial" : "venous";
}

std::string_view symptom_words(Symptom symptom) {
  switch (symptom) {
    case Symptom::urinary_frequency:
      return "passing urine often";
    case Symptom::urinary_urgency:
      return "urgency";
    case Symptom::nocturia:
      return "passing urine at night";
    case Symptom::painful_urination:
      return "pain on passing urine";
    case Symptom::bladder_pain:
      return "bladder pain";
    case Symptom::blood_in_urine:
      return "blood in the urine";
    case Symptom::abdominal_pain:
      return "abdominal pain";
    case Symptom::other:
      return "another symptom";
    case Symptom::fever:
      return "fever";
    case Symptom::flank_pain:
      return "pain in the flank";
    case Symptom::urinary_retention:
      return "trouble passing urine at all";
    case Symptom::nausea:
      return "nausea";
    case Symptom::vomiting:
      return "vomiting";
    case Symptom::dizziness:
      return "dizziness";
    case Symptom::headache:
      return "headache";
    case Symptom::anxiety:
      return "anxiety";
  }
  return "";
}

bool is_bladder(Symptom symptom) {
  return symptom <= Symptom::blood_in_urine;
}

bool is_kidney_alarm(Symptom symptom) {
  return symptom == Symptom::fever || symptom == Symptom::flank_pain || symptom == Symptom::urinary_retention;
}

std::string_view severity_words(Severity severity) {
  switch (severity) {
    case Severity::none:
      return "none";
    case Severity::mild:
      return "mild";
    case Severity::moderate:
      return "moderate";
    case Severity::severe:
      return "severe";
  }
  return "";
}

std::string_view topic_words(Topic topic) {
  switch (topic) {
    case Topic::asked_sooner:
      return "asked for a session sooner";
    case Topic::asked_stronger:
      return "asked for a stronger dose";
    case Topic::side_effect:
      return "about a side effect";
    case Topic::scheduling:
      return "about scheduling";
    case Topic::follow_up:
      return "follow-up";
    case Topic::other:
      return "about something else";
  }
  return "";
}

std::string_view decision_words(Decision decision) {
  switch (decision) {
    case Decision::no_concern:
      return "no concern";
    case Decision::watch:
      return "to be watched";
    case Decision::act:
      return "to be acted on";
    case Decision::plan_reviewed:
      return "reviewed";
  }
  return "";
}

std::string_view looked_in_words(LookedIn where) {
  switch (where) {
    case LookedIn::dispensing_history:
      return "dispensing history";
    case LookedIn::patient_report:
      return "patient's report";
    case LookedIn::outside_record:
      return "outside record";
    case LookedIn::toxicology:
      return "toxicology";
  }
  return "";
}

std::string_view supply_words(SupplyKind kind) {
  switch (kind) {
    case SupplyKind::ketamine:
      return "ketamine";
    case SupplyKind::opioid:
      return "opioid";
    case SupplyKind::sedative:
      return "sedative";
    case SupplyKind::stimulant:
      return "stimulant";
    case SupplyKind::other:
      return "other controlled drug";
  }
  return "";
}

std::string_view route_words(Route route) {
  return route == Route::intravenous ? "intravenous" : "intranasal";
}

std::string_view kind_text(const Body& body) {
  return std::visit(Overloaded{[](const PatientFacts&) { return "patient_facts"; },
                               [](const PlanApproved&) { return "plan_approved"; },
                               [](const PlanChanged&) { return "plan_changed"; },
                               [](const PlanSigned&) { return "plan_signed"; },
                               [](const ConsentRecorded&) { return "consent_recorded"; },
                               [](const Screening&) { return "screening"; },
                               [](const SessionCheckedIn&) { return "session_checked_in"; },
                               [](const PreCheck&) { return "pre_check"; },
                               [](const SessionDecision&) { return "session_decision"; },
                               [](const SignSeen&) { return "sign_seen"; },
                               [](const SessionReady&) { return "session_ready"; },
                               [](const SessionCancelled&) { return "session_cancelled"; },
                               [](const SessionStopped&) { return "session_stopped"; },
                               [](const SessionStarted&) { return "session_started"; },
                               [](const RateChanged&) { return "rate_changed"; },
                               [](const SessionEnded&) { return "session_ended"; },
                               [](const SessionDischarged&) { return "session_discharged"; },
                               [](const VitalSigns&) { return "vital_signs"; },
                               [](const Evaluation&) { return "evaluation"; },
                               [](const Assay&) { return "assay"; },
                               [](const SymptomReport&) { return "symptom_report"; },
                               [](const Contact&) { return "contact"; },
                               [](const OtherSource&) { return "other_source"; },
                               [](const Toxicology&) { return "toxicology"; },
                               [](const MedicineChanged&) { return "medicine_changed"; },
                               [](const LabResult&) { return "lab_result"; },
                               [](const UrineTest&) { return "urine_test"; },
                               [](const AppointmentMissed&) { return "appointment_missed"; },
                               [](const CircumstanceNoted&) { return "circumstance"; },
                               [](const HarmSeen&) { return "harm"; },
                               [](const Review&) { return "review"; },
                               [](const EnteredInError&) { return "entered_in_error"; }},
                    body);
}

}  // namespace evenkeel::care
