#include "clinic/role.hpp"

#include <algorithm>
#include <initializer_list>
#include <utility>

namespace evenkeel::clinic {
namespace {

using enum Role;

constexpr std::pair<Role, std::string_view> texts[] = {
    {prescriber, "prescriber"}, {nurse, "nurse"},
    {therapist, "therapist"},   {pharmacist, "pharmacist"},
    {front_desk, "front-desk"}, {laboratory, "laboratory"},
    {auditor, "auditor"},       {administrator, "administrator"}};

constexpr unsigned bit(Role role) {
  return 1U << static_cast<unsigned>(role);
}
template <class... Roles>
constexpr unsigned any_of(Roles... roles) {
  return (bit(roles) | ...);
}

// Who may write which kind of event. A kind that is not here is nobody's.
struct Writers {
  std::string_view kind;
  unsigned roles;
};
constexpr Writers writers[] = {
    // What is decided.
    {"plan_approved", any_of(prescriber)},
    {"plan_changed", any_of(prescriber)},
    {"plan_signed", any_of(prescriber)},
    {"session_decision", any_of(prescriber)},
    {"review", any_of(prescriber)},
    // What is done at the chair.
    {"pre_check", any_of(prescriber, nurse)},
    {"session_ready", any_of(prescriber, nurse)},
    {"session_started", any_of(prescriber, nurse)},
    {"rate_changed", any_of(prescriber, nurse)},
    {"session_ended", any_of(prescriber, nurse)},
    {"session_discharged", any_of(prescriber, nurse)},
    {"session_stopped", any_of(prescriber, nurse)},
    {"vital_signs", any_of(prescriber, nurse)},
    {"sign_seen", any_of(prescriber, nurse, therapist)},
    // What is asked, looked up, measured or arranged.
    {"patient_facts", any_of(prescriber, nurse, front_desk)},
    {"consent_recorded", any_of(prescriber, nurse)},
    {"screening", any_of(prescriber, nurse)},
    {"session_checked_in", any_of(prescriber, nurse, front_desk)},
    {"session_cancelled", any_of(prescriber, nurse, front_desk)},
    {"evaluation", any_of(prescriber, nurse, therapist)},
    {"assay", any_of(prescriber, nurse, laboratory)},
    {"symptom_report", any_of(prescriber, nurse, therapist)},
    {"contact", any_of(prescriber, nurse, therapist, pharmacist, front_desk)},
    {"other_source", any_of(prescriber, nurse, pharmacist)},
    {"toxicology", any_of(prescriber, nurse, laboratory)},
    {"lab_result", any_of(prescriber, nurse, laboratory)},
    {"urine_test", any_of(prescriber, nurse, laboratory)},
    {"medicine_changed", any_of(prescriber, nurse, pharmacist)},
    {"appointment_missed", any_of(prescriber, nurse, therapist, front_desk)},
    {"circumstance", any_of(prescriber, nurse, therapist)},
    {"harm", any_of(prescriber, nurse, therapist)},
    {"entered_in_error", any_of(prescriber, nurse)},
};

bool is_one_of(Role role, std::initializer_list<Role> permitted) {
  return std::ranges::find(permitted, role) != permitted.end();
}

}  // namespace

std::string_view role_text(Role role) {
  return std::ranges::find(texts, role, &std::pair<Role, std::string_view>::first)->second;
}

std::optional<Role> role_from_text(std::string_view text) {
  const auto found = std::ranges::find(texts, text, &std::pair<Role, std::string_view>::second);
  return found == std::end(texts) ? std::nullopt : std::optional{found->first};
}

std::string a_role(Role role) {
  const std::string_view text = role_text(role);
  return (std::string_view{"aeiou"}.find(text.front()) == std::string_view::npos ? "a " : "an ") +
         std::string{text};
}

bool permits(Role role, Right right) {
  switch (right) {
    case Right::open_chart:
      return is_one_of(role, {prescriber, nurse, front_desk});
    case Right::read_chart:
      return is_one_of(role, {prescriber, nurse, therapist, pharmacist, auditor});
    case Right::see_schedule:
      return is_one_of(role, {prescriber, nurse, therapist, pharmacist, front_desk, auditor});
    case Right::export_chart:
      return is_one_of(role, {prescriber, auditor});
    case Right::read_ledger:
      return is_one_of(role, {prescriber, nurse, pharmacist, auditor});
    case Right::write_ledger:
      return is_one_of(role, {prescriber, nurse, pharmacist});
    case Right::read_audit:
      return role == auditor;
    case Right::verify:
      return is_one_of(role, {auditor, administrator});
    case Right::keep_store:
    case Right::keep_accounts:
      return role == administrator;
    case Right::break_glass:
      return is_one_of(role, {prescriber, nurse});
    case Right::read_register:
      return is_one_of(role, {prescriber, nurse, therapist, pharmacist, front_desk});
  }
  return false;
}

std::string_view right_text(Right right) {
  switch (right) {
    case Right::open_chart:
      return "open-chart";
    case Right::read_chart:
      return "read-chart";
    case Right::see_schedule:
      return "see-schedule";
    case Right::export_chart:
      return "export-chart";
    case Right::read_ledger:
      return "read-ledger";
    case Right::write_ledger:
      return "write-ledger";
    case Right::read_audit:
      return "read-audit";
    case Right::verify:
      return "verify";
    case Right::keep_store:
      return "keep-store";
    case Right::keep_accounts:
      return "keep-accounts";
    case Right::break_glass:
      return "break-glass";
    case Right::read_register:
      return "read-register";
  }
  return "";
}

std::string_view right_words(Right right) {
  switch (right) {
    case Right::open_chart:
      return "begin a patient's record";
    case Right::read_chart:
      return "read a chart";
    case Right::see_schedule:
      return "see the schedule";
    case Right::export_chart:
      return "take a record out or bring one in";
    case Right::read_ledger:
      return "read the drug ledger";
    case Right::write_ledger:
      return "write the drug ledger";
    case Right::read_audit:
      return "read the audit chain";
    case Right::verify:
      return "verify the store";
    case Right::keep_store:
      return "create, back up or restore the store";
    case Right::keep_accounts:
      return "keep accounts";
    case Right::break_glass:
      return "break the glass";
    case Right::read_register:
      return "read the register of patients";
  }
  return "";
}

bool may_write(Role role, const care::Body& body) {
  const auto kind = std::ranges::find(writers, care::kind_text(body), &Writers::kind);
  return kind != std::end(writers) && (kind->roles & bit(role)) != 0;
}

std::vector<std::string_view> kinds_written_by(Role role) {
  std::vector<std::string_view> kinds;
  for (const Writers& each : writers) {
    if ((each.roles & bit(role)) != 0) kinds.push_back(each.kind);
  }
  return kinds;
}

}  // namespace evenkeel::clinic
