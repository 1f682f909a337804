#include "clinic/desk.hpp"

#include <gtest/gtest.h>

#include "exchange/record_reader.hpp"
#include "support/clinic_store.hpp"
#include "support/shipped_library.hpp"

namespace evenkeel::clinic {
namespace {

Instant at(const char* clock) {
  return *Instant::parse(std::string{"2026-03-02T"} + clock + ":00Z");
}

// A patient whose plan is approved, four days before the day of the tests.
class DeskTest : public ClinicStore {
 protected:
  Result<Written> enter_as(const Person& who, const std::string& kind, const std::string& body) {
    return enter_anywhere({*log_, test::shipped_library(), who}, "p1",
                          {*exchange::read_body_text(kind, body), who.now});
  }
  static Person prescriber(const char* clock, const char* name = "prescriber-1") {
    return {name, Role::prescriber, at(clock)};
  }
  static Person nurse(const char* clock) { return {"nurse-1", Role::nurse, at(clock)}; }

  void begin() { ASSERT_TRUE(enter_as(nurse("07:00"), "patient_facts", facts)); }
  static std::string plan(const std::string& dose, const std::string& stop = "2026-06-30") {
    return R"({"protocol": "iv-ket-trd-0.5x40", "protocol_version": "2.0.0", "drug": "racemic-ketamine",
      "indication": "depression", "endpoint": {"instrument": "phq-9", "target": "response"},
      "dose": {"value": )" +
           dose + R"(, "unit": "mg/kg", "as": "base"},
      "infusion_length": {"value": 40, "unit": "min"}, "weight_basis": "actual", "planned_sessions": 6,
      "interval": {"value": 3, "unit": "d"}, "stop_date": ")" +
           stop + R"(",
      "responsible_clinician": "prescriber-1", "next_review": "2026-03-16", "consent_version": "2"})";
  }

  static constexpr const char* facts =
      R"({"born": "1984-05-17", "sex": "female", "height_cm": 168, "weight": {"value": 70, "unit": "kg"}})";
};

// R16
TEST_F(DeskTest, RefusesAPlanThatItsProtocolDoesNotAllowAndNamesTheField) {
  begin();
  const auto endless = enter_as(prescriber("08:00"), "plan_approved", plan("0.5", "2032-01-01"));
  ASSERT_FALSE(endless);
  EXPECT_EQ(endless.error().code, ErrorCode::outside_domain);
  EXPECT_NE(endless.error().what.find("stop_date"), std::string::npos) << endless.error().what;
  EXPECT_TRUE(enter_as(prescriber("08:01"), "plan_approved", plan("0.5")));
}

// R7: nobody signs or decides for another.
TEST_F(DeskTest, ASignatureIsGivenInOnesOwnName) {
  begin();
  const auto approved = enter_as(prescriber("08:00"), "plan_approved", plan("0.5"));
  ASSERT_TRUE(approved) << to_string(approved.error());
  const std::string body = R"({"plan": ")" + approved->event.id + R"(", "clinician": "prescriber-2"})";
  const auto forged = enter_as(prescriber("08:05"), "plan_signed", body);
  ASSERT_FALSE(forged);
  EXPECT_EQ(forged.error().code, ErrorCode::not_permitted);
  EXPECT_TRUE(enter_as(prescriber("08:06", "prescriber-2"), "plan_signed", body));
}

// R15: nothing unknown passes, and what is missing is named.
TEST_F(DeskTest, RefusesToMakeReadyWhileAGateDoesNotPass) {
  begin();
  ASSERT_TRUE(enter_as(prescriber("08:00"), "plan_approved", plan("0.5")));
  ASSERT_TRUE(enter_as(nurse("08:40"), "session_checked_in", R"({"session": "s1"})"));
  ASSERT_TRUE(enter_as(nurse("08:41"), "pre_check",
                       R"({"session": "s1", "check": "identity_first", "outcome": "clear"})"));
  const auto ready = enter_as(nurse("08:50"), "session_ready",
                              R"({"session": "s1", "dose": {"value": 35, "unit": "mg", "as": "base"},
      "infusion_length": {"value": 40, "unit": "min"},
      "concentration": {"value": 5, "unit": "mg/mL", "as": "base"}, "second_checker": "nurse-2"})");
  ASSERT_FALSE(ready);
  EXPECT_EQ(ready.error().code, ErrorCode::outside_domain);
  for (const char* missing : {"suicide screen", "consent", "identity"})
    EXPECT_NE(ready.error().what.find(missing), std::string::npos) << missing << ": " << ready.error().what;
}

// R18
TEST_F(DeskTest, ADecisionIsAboutSomethingThatAsksForOne) {
  begin();
  ASSERT_TRUE(enter_as(prescriber("08:00"), "plan_approved", plan("0.5")));
  ASSERT_TRUE(enter_as(nurse("08:40"), "session_checked_in", R"({"session": "s1"})"));
  const auto decide = [&](const char* about) {
    return enter_as(prescriber("08:45"), "session_decision",
                    std::string{R"({"session": "s1", "go_on": true, "clinician": "prescriber-1",
      "reason": "known", "about": ")"} +
                        about + "\"}");
  };
  const auto unknown = decide("the-weather");
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().code, ErrorCode::not_found);
  const auto barred = decide("consent");
  ASSERT_FALSE(barred);
  EXPECT_NE(barred.error().what.find("no decision lifts it"), std::string::npos);
  EXPECT_TRUE(decide("fasting"));
}

TEST_F(DeskTest, FactsAreNeverRefused) {
  begin();
  EXPECT_TRUE(enter_as(nurse("08:00"), "vital_signs", R"({"systolic_mmHg": 210, "diastolic_mmHg": 120})"));
  EXPECT_TRUE(enter_as(nurse("08:01"), "contact", R"({"from": "patient", "topic": "asked_stronger"})"));
}

}  // namespace
}  // namespace evenkeel::clinic
