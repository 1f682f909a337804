#include "care/protocol.hpp"

namespace evenkeel::care {

std::string_view vital_words(Vital vital) {
  switch (vital) {
    case Vital::systolic:
      return "systolic blood pressure";
    case Vital::diastolic:
      return "diastolic blood pressure";
    case Vital::heart_rate:
      return "heart rate";
    case Vital::spo2:
      return "oxygen saturation";
    case Vital::respiratory_rate:
      return "respiratory rate";
    case Vital::moaas:
      return "alertness (MOAA/S)";
  }
  return "";
}

std::string_view vital_unit(Vital vital) {
  switch (vital) {
    case Vital::systolic:
    case Vital::diastolic:
      return "mmHg";
    case Vital::heart_rate:
    case Vital::respiratory_rate:
      return "/min";
    case Vital::spo2:
      return "%";
    case Vital::moaas:
      return "of 5";
  }
  return "";
}

std::optional<int> vital_value(const VitalSigns& signs, Vital vital) {
  switch (vital) {
    case Vital::systolic:
      return signs.systolic_mmHg;
    case Vital::diastolic:
      return signs.diastolic_mmHg;
    case Vital::heart_rate:
      return signs.heart_rate_per_min;
    case Vital::spo2:
      return signs.spo2_percent;
    case Vital::respiratory_rate:
      return signs.respiratory_rate_per_min;
    case Vital::moaas:
      return signs.moaas;
  }
  return std::nullopt;
}

std::string_view phase_words(Phase phase) {
  switch (phase) {
    case Phase::before_treatment:
      return "before treatment";
    case Phase::induction:
      return "induction";
    case Phase::maintenance:
      return "maintenance";
    case Phase::taper:
      return "taper";
    case Phase::ended:
      return "ended";
  }
  return "";
}

std::string_view consequence_words(Consequence consequence) {
  switch (consequence) {
    case Consequence::advise:
      return "shown";
    case Consequence::decide:
      return "needs a decision";
    case Consequence::block:
      return "bars the start";
    case Consequence::hold:
      return "hold the infusion";
    case Consequence::stop:
      return "stop the infusion";
  }
  return "";
}

std::string_view gate_id(GateKind kind) {
  switch (kind) {
    case GateKind::identity:
      return "identity";
    case GateKind::weight_today:
      return "weight_today";
    case GateKind::fasting:
      return "fasting";
    case GateKind::escort:
      return "escort";
    case GateKind::equipment:
      return "equipment";
    case GateKind::no_change:
      return "no_change";
    case GateKind::pregnancy:
      return "pregnancy";
    case GateKind::blood_pressure:
      return "blood_pressure";
    case GateKind::suicide_screen:
      return "suicide_screen";
    case GateKind::interval:
      return "interval";
    case GateKind::consent:
      return "consent";
    case GateKind::plan_in_force:
      return "plan_in_force";
    case GateKind::evaluations:
      return "evaluations";
    case GateKind::dispensing_check:
      return "dispensing_check";
    case GateKind::eligibility:
      return "eligibility";
  }
  return "";
}

std::string_view gate_words(GateKind kind) {
  switch (kind) {
    case GateKind::identity:
      return "identity, by two people";
    case GateKind::weight_today:
      return "weight of today";
    case GateKind::fasting:
      return "fasting";
    case GateKind::escort:
      return "escort home";
    case GateKind::equipment:
      return "rescue equipment and a trained person";
    case GateKind::no_change:
      return "health and medicines as before";
    case GateKind::pregnancy:
      return "pregnancy";
    case GateKind::blood_pressure:
      return "blood pressure";
    case GateKind::suicide_screen:
      return "suicide screen";
    case GateKind::interval:
      return "time since the last session";
    case GateKind::consent:
      return "consent";
    case GateKind::plan_in_force:
      return "plan in force";
    case GateKind::evaluations:
      return "evaluations up to date";
    case GateKind::dispensing_check:
      return "check for another source";
    case GateKind::eligibility:
      return "eligibility";
  }
  return "";
}

}  // namespace evenkeel::care
