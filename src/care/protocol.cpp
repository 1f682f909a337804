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
    case Phase::ended:
      return "ended";
  }
  return "";
}

}  // namespace evenkeel::care
