#include "clinic/role.hpp"

#include <algorithm>
#include <initializer_list>
#include <utility>

#include "base/overloaded.hpp"

namespace evenkeel::clinic {
namespace {

using enum Role;

constexpr std::pair<Role, std::string_view> texts[] = {
    {prescriber, "prescriber"}, {nurse, "nurse"},
    {therapist, "therapist"},   {pharmacist, "pharmacist"},
    {front_desk, "front-desk"}, {laboratory, "laboratory"},
    {auditor, "auditor"},       {administrator, "administrator"}};

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
      return role == administrator;
  }
  return false;
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
  }
  return "";
}

bool may_write(Role role, const care::Body& body) {
  const auto only = [&](std::initializer_list<Role> permitted) { return is_one_of(role, permitted); };
  return std::visit(Overloaded{// What is decided.
                               [&](const care::PlanApproved&) { return only({prescriber}); },
                               [&](const care::PlanChanged&) { return only({prescriber}); },
                               [&](const care::PlanSigned&) { return only({prescriber}); },
                               [&](const care::SessionDecision&) { return only({prescriber}); },
                               [&](const care::Review&) { return only({prescriber}); },
                               // What is done at the chair.
                               [&](const care::PreCheck&) {
                                 return only({prescriber, nurse});
                               },
                               [&](const care::SessionReady&) {
                                 return only({prescriber, nurse});
                               },
                               [&](const care::SessionStarted&) {
                                 return only({prescriber, nurse});
                               },
                               [&](const care::RateChanged&) {
                                 return only({prescriber, nurse});
                               },
                               [&](const care::SessionEnded&) {
                                 return only({prescriber, nurse});
                               },
                               [&](const care::SessionDischarged&) {
                                 return only({prescriber, nurse});
                               },
                               [&](const care::SessionStopped&) {
                                 return only({prescriber, nurse});
                               },
                               [&](const care::SignSeen&) {
                                 return only({prescriber, nurse, therapist});
                               },
                               [&](const care::VitalSigns&) {
                                 return only({prescriber, nurse});
                               },
                               // What is asked, looked up, measured or arranged.
                               [&](const care::PatientFacts&) {
                                 return only({prescriber, nurse, front_desk});
                               },
                               [&](const care::ConsentRecorded&) {
                                 return only({prescriber, nurse});
                               },
                               [&](const care::Screening&) {
                                 return only({prescriber, nurse});
                               },
                               [&](const care::SessionCheckedIn&) {
                                 return only({prescriber, nurse, front_desk});
                               },
                               [&](const care::SessionCancelled&) {
                                 return only({prescriber, nurse, front_desk});
                               },
                               [&](const care::Evaluation&) {
                                 return only({prescriber, nurse, therapist});
                               },
                               [&](const care::Assay&) {
                                 return only({prescriber, nurse, laboratory});
                               },
                               [&](const care::SymptomReport&) {
                                 return only({prescriber, nurse, therapist});
                               },
                               [&](const care::Contact&) {
                                 return only({prescriber, nurse, therapist, pharmacist, front_desk});
                               },
                               [&](const care::OtherSource&) {
                                 return only({prescriber, nurse, pharmacist});
                               },
                               [&](const care::EnteredInError&) {
                                 return only({prescriber, nurse});
                               }},
                    body);
}

}  // namespace evenkeel::clinic
