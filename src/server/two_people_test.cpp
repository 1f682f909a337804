// What one person alone must not bring about, whatever they write.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "clinic/one_time_code.hpp"
#include "support/house.hpp"

namespace evenkeel::server {
namespace {

using clinic::Role;
using test::member;

class TwoPeopleTest : public testing::Test {
 protected:
  TwoPeopleTest() : house_{testing::UnitTest::GetInstance()->current_test_info()->name()} {
    for (const auto& [name, role] : {std::pair{"pharmacist-1", Role::pharmacist},
                                     {"nurse-1", Role::nurse},
                                     {"nurse-2", Role::nurse},
                                     {"prescriber-1", Role::prescriber},
                                     {"prescriber-2", Role::prescriber},
                                     {"desk-1", Role::front_desk},
                                     {"auditor-1", Role::auditor},
                                     {"admin-1", Role::administrator}}) {
      house_.add_account(name, role);
      house_.sign_in(name);
    }
    house_.add_patient("p1");
  }

  static std::string delivery(const std::string& lot, const std::string& by, const std::string& witness) {
    return fmt::format(R"({{"kind": "received", "body": {{"lot": "{}", "drug": "racemic-ketamine",
        "strength": {{"value": 50, "unit": "mg/mL", "as": "base"}}, "vial_volume": {{"value": 10, "unit": "mL"}},
        "vials": 5, "expires": "2027-08-31", "supplier": "wholesaler-1", "document": "D-1",
        "by": "{}", "witness": "{}"}}}})",
                       lot, by, witness);
  }
  Response write(const std::string& said, const std::string& who = "pharmacist-1") {
    return house_.post(who, "/api/ledger/events", said);
  }
  // Signed by the witness where they can.
  Response receive(const std::string& lot, const std::string& by, const std::string& witness) {
    last_body_ = delivery(lot, by, witness);
    static_cast<void>(house_.countersign("pharmacist-1", last_body_));
    const auto request = house_.request("pharmacist-1", Method::post, "/api/ledger/events", last_body_);
    last_key_ = *request.header("Idempotency-Key");
    return house_.send(request);
  }
  Response enter(const std::string& who, const std::string& kind, const std::string& body) {
    return house_.post(who, "/api/patients/p1/events",
                       fmt::format(R"({{"kind": "{}", "body": {}}})", kind, body));
  }

  test::TestHouse house_;
  std::string last_body_, last_key_;
};

TEST_F(TwoPeopleTest, AWitnessIsAColleagueWhoHandlesTheDrugAndNotOneself) {
  EXPECT_EQ(receive("K-1", "pharmacist-1", "nurse-2").status, 201);
  for (const char* witness : {"nobody-at-all", "Pharmacist-1", " pharmacist-1", "desk-1", "x"}) {
    const auto refused = receive("K-2", "pharmacist-1", witness);
    EXPECT_EQ(refused.status, 422) << witness;
    EXPECT_EQ(member(refused, "field"), "body.witness") << witness << refused.body;
  }
  EXPECT_EQ(house_.post("admin-1", "/api/users/nurse-2/disable", R"({"reason": "left"})").status, 200);
  EXPECT_EQ(receive("K-3", "pharmacist-1", "nurse-2").status, 422) << "who left is no witness";
}

TEST_F(TwoPeopleTest, TheWitnessSignsTheEntryWithAPasswordOfTheirOwn) {
  const std::string said = delivery("K-1", "pharmacist-1", "Nurse-2");
  const auto unsigned_yet = write(said);
  EXPECT_EQ(unsigned_yet.status, 403);
  EXPECT_EQ(member(unsigned_yet, "field"), "body.witness");
  const auto wrong = house_.countersign("pharmacist-1", said, "", "the pharmacist's own password");
  EXPECT_EQ(wrong.status, 403) << "who is signed in stays so";
  EXPECT_EQ(member(wrong, "code"), "countersign");
  const auto is_signed = house_.countersign("pharmacist-1", said);
  ASSERT_EQ(is_signed.status, 200) << is_signed.body;
  EXPECT_EQ(member(is_signed, "second"), "nurse-2");
  EXPECT_EQ(write(said).status, 201);
  const auto audit = house_.get("auditor-1", "/api/audit?action=countersigned");
  EXPECT_NE(audit.body.find(R"("actor":"nurse-2","role":"nurse")"), std::string::npos) << audit.body;
  for (const char* words : {R"("subject":"ledger/main","detail":"received, beside pharmacist-1")",
                            R"("detail":"version 1, received: countersigned by nurse-2")"})
    EXPECT_NE(audit.body.find(words), std::string::npos) << words << audit.body;
  const auto refused = house_.get("auditor-1", "/api/audit?action=refused&by=pharmacist-1");
  EXPECT_NE(refused.body.find("received: 'Nurse-2' did not sign it"), std::string::npos)
      << "who guessed stands there: " << refused.body;
}

TEST_F(TwoPeopleTest, ASignatureServesTheEntryThatWasSignedAndNoOther) {
  const std::string said = delivery("K-1", "pharmacist-1", "nurse-2");
  ASSERT_EQ(house_.countersign("pharmacist-1", said).status, 200);
  EXPECT_EQ(write(delivery("K-2", "pharmacist-1", "nurse-2")).status, 403) << "another lot";
  const std::string dated = said.substr(0, said.size() - 1) + R"(, "at": "2026-03-02T07:00:00Z"})";
  EXPECT_EQ(write(dated).status, 403) << "at another time";
  const auto here = house_.request("pharmacist-1", Method::post, "/api/ledger/events", said);
  house_.sign_in("pharmacist-1");
  EXPECT_EQ(write(said).status, 403) << "at another screen";
  EXPECT_EQ(house_.send(here).status, 201);
  EXPECT_EQ(write(said).status, 403) << "once";
}

TEST_F(TwoPeopleTest, ASignatureIsOfThisMoment) {
  const std::string said = delivery("K-1", "pharmacist-1", "nurse-2");
  ASSERT_EQ(house_.countersign("pharmacist-1", said).status, 200);
  house_.now = house_.now + 0.6 * Countersigned::holds;
  EXPECT_EQ(house_.get("pharmacist-1", "/api/patients/p1").status, 200) << "the screen is in use";
  house_.now = house_.now + 0.5 * Countersigned::holds;
  EXPECT_EQ(write(said).status, 403);
}

TEST_F(TwoPeopleTest, WhatWasRefusedDoesNotUseTheSignatureUp) {
  const std::string said = delivery("K-1", "pharmacist-1", "nurse-2");
  ASSERT_EQ(house_.countersign("pharmacist-1", said).status, 200);
  auto late = house_.request("pharmacist-1", Method::post, "/api/ledger/events", said);
  late.headers.push_back({"If-Match", "\"v7\""});
  EXPECT_EQ(house_.send(late).status, 412);
  EXPECT_EQ(write(said).status, 201);
}

TEST_F(TwoPeopleTest, WhoTriesForTheWitnessLocksTheirAccount) {
  const std::string said = delivery("K-1", "pharmacist-1", "nurse-2");
  for (int i = 0; i < clinic::failures_to_lock; ++i)
    static_cast<void>(house_.countersign("pharmacist-1", said, "", "guessed"));
  EXPECT_EQ(house_.countersign("pharmacist-1", said).status, 423);
  EXPECT_EQ(house_.get("nurse-2", "/api/colleagues").status, 200) << "who is at work stays so";
}

TEST_F(TwoPeopleTest, WhoHasASecondFactorSignsWithACodeOfIt) {
  const std::string secret = member(house_.post("nurse-2", "/api/second-factor"), "secret");
  const auto code = [&] {
    return clinic::code_at(*clinic::bytes_of_base32(secret), clinic::step_of(house_.now));
  };
  const std::string confirming = fmt::format(R"({{"secret": "{}", "code": "{}", "password": "{}"}})", secret,
                                             code(), test::house_password);
  ASSERT_EQ(house_.post("nurse-2", "/api/second-factor/confirm", confirming).status, 200);
  house_.now = house_.now + 1.0 * units::min;
  const std::string said = delivery("K-1", "pharmacist-1", "nurse-2");
  EXPECT_EQ(member(house_.countersign("pharmacist-1", said), "code"), "code_needed");
  const std::string with_code = fmt::format(R"({{"code": "{}", )", code()) + said.substr(1);
  EXPECT_EQ(house_.countersign("pharmacist-1", with_code).status, 200);
  EXPECT_EQ(house_.countersign("pharmacist-1", with_code).status, 403) << "a code works once";
  EXPECT_EQ(write(said).status, 201);
}

TEST_F(TwoPeopleTest, APasswordOfAnothersChoiceSignsNothing) {
  house_.add_account("nurse-3", Role::nurse, {}, true);
  const auto answer = house_.countersign("pharmacist-1", delivery("K-1", "pharmacist-1", "nurse-3"));
  EXPECT_EQ(answer.status, 403) << answer.body;
}

TEST_F(TwoPeopleTest, WhoWasShutOutMeanwhileHasNotSigned) {
  const std::string said = delivery("K-1", "pharmacist-1", "nurse-2");
  ASSERT_EQ(house_.countersign("pharmacist-1", said).status, 200);
  EXPECT_EQ(house_.post("admin-1", "/api/users/nurse-2/disable", R"({"reason": "left"})").status, 200);
  EXPECT_EQ(write(said).status, 422);
}

TEST_F(TwoPeopleTest, WhatTwoAnswerForIsNotTakenBackByOne) {
  const auto received = receive("K-1", "pharmacist-1", "nurse-2");
  ASSERT_EQ(received.status, 201);
  const auto id = received.body.find(R"("id":")") + 6;
  const std::string event = received.body.substr(id, received.body.find('"', id) - id);
  const auto wrong = [&](const std::string& more) {
    return fmt::format(R"({{"kind": "entered_in_error", "body": {{"event": "{}", "reason": "a slip"{}}}}})",
                       event, more);
  };
  const auto alone = write(wrong(""));
  EXPECT_EQ(alone.status, 422) << alone.body;
  EXPECT_EQ(member(alone, "field"), "body.witness");
  const std::string by_two = wrong(R"(, "witness": "nurse-2")");
  EXPECT_EQ(write(by_two).status, 403);
  ASSERT_EQ(house_.countersign("pharmacist-1", by_two).status, 200);
  EXPECT_EQ(write(by_two).status, 201);
}

TEST_F(TwoPeopleTest, WhatNamesNobodyIsNotSigned) {
  const auto answer = house_.countersign(
      "pharmacist-1",
      R"({"kind": "vial_taken", "body": {"vial": "V-1", "lot": "K-1", "by": "pharmacist-1"}})");
  EXPECT_EQ(answer.status, 422) << answer.body;
}

// The answer was lost, and the witness has left since: what was written is what was written.
TEST_F(TwoPeopleTest, WhatWasWrittenIsAnsweredAgainThoughTheWitnessLeft) {
  const auto first = receive("K-1", "pharmacist-1", "nurse-2");
  ASSERT_EQ(first.status, 201);
  EXPECT_EQ(house_.post("admin-1", "/api/users/nurse-2/disable", R"({"reason": "left"})").status, 200);
  house_.open();
  house_.sign_in("pharmacist-1");
  auto again = house_.request("pharmacist-1", Method::post, "/api/ledger/events", last_body_);
  for (Header& each : again.headers) {
    if (each.name == "Idempotency-Key") each.value = last_key_;
  }
  const auto answer = house_.send(again);
  EXPECT_EQ(answer.status, 201) << answer.body;
  EXPECT_EQ(member(answer, "version"), "1");
}

TEST_F(TwoPeopleTest, OneActsInOnesOwnName) {
  const auto refused = receive("K-1", "nurse-1", "nurse-2");
  EXPECT_EQ(refused.status, 422);
  EXPECT_EQ(member(refused, "field"), "body.by");
}

TEST_F(TwoPeopleTest, TheSecondCheckerOfADoseSignsIt) {
  const std::string said = R"({"kind": "session_ready", "body": {"session": "s1",
      "dose": {"value": 35, "unit": "mg", "as": "base"}, "infusion_length": {"value": 40, "unit": "min"},
      "concentration": {"value": 5, "unit": "mg/mL", "as": "base"}, "second_checker": "nurse-2"}})";
  const auto enter_it = [&] { return house_.post("nurse-1", "/api/patients/p1/events", said); };
  const auto refused = enter_it();
  EXPECT_EQ(refused.status, 403);
  EXPECT_EQ(member(refused, "field"), "body.second_checker");
  ASSERT_EQ(house_.countersign("nurse-1", said, "p1").status, 200);
  house_.add_patient("p2");
  EXPECT_EQ(house_.post("nurse-1", "/api/patients/p2/events", said).status, 403) << "of another patient";
  const auto judged = enter_it();
  EXPECT_EQ(judged.status, 404) << judged.body;
  EXPECT_EQ(enter_it().status, 404) << "what is refused may be mended and tried again";
}

TEST_F(TwoPeopleTest, TheSecondCheckerOfADoseIsAnotherColleague) {
  constexpr const char* ready = R"({{"session": "s1", "dose": {{"value": 35, "unit": "mg", "as": "base"}},
      "infusion_length": {{"value": 40, "unit": "min"}}, "concentration": {{"value": 5, "unit": "mg/mL", "as": "base"}},
      "second_checker": "{}"}})";
  for (const char* second : {"Nurse-1", "x", "desk-1"})
    EXPECT_EQ(member(enter("nurse-1", "session_ready", fmt::format(ready, second)), "field"),
              "body.second_checker")
        << second;
}

// The first entry of a record is held against the protocol like every other.
TEST_F(TwoPeopleTest, TheFirstEntryOfARecordIsJudgedAsWell) {
  const auto in_anothers_name =
      enter("prescriber-1", "review",
            R"({"clinician": "prescriber-2", "decision": "plan_reviewed", "reason": "all is well"})");
  EXPECT_EQ(in_anothers_name.status, 403) << in_anothers_name.body;
}

TEST_F(TwoPeopleTest, WhoMayNotWriteAnEntryMayNotMarkItAsAnError) {
  EXPECT_EQ(enter("nurse-1", "patient_facts", R"({"born": "1984-05-17"})").status, 201);
  const auto written =
      enter("prescriber-1", "review",
            R"({"clinician": "prescriber-1", "decision": "plan_reviewed", "reason": "all is well"})");
  ASSERT_EQ(written.status, 201) << written.body;
  const auto id = written.body.find(R"("id":")");
  ASSERT_NE(id, std::string::npos);
  const std::string event = written.body.substr(id + 6, written.body.find('"', id + 6) - id - 6);
  const std::string body = fmt::format(R"({{"event": "{}", "reason": "of another patient"}})", event);
  EXPECT_EQ(enter("nurse-1", "entered_in_error", body).status, 403);
  EXPECT_EQ(enter("prescriber-1", "entered_in_error", body).status, 201);
}

TEST_F(TwoPeopleTest, ARecordIsBegunForWhomTheRegisterKnows) {
  const auto refused =
      house_.post("nurse-1", "/api/patients/p-mistyped/events",
                  R"({"kind": "contact", "body": {"from": "patient", "topic": "scheduling"}})");
  EXPECT_EQ(refused.status, 404);
  EXPECT_EQ(member(refused, "field"), "patient");
  const auto empty = house_.get("nurse-1", "/api/patients/p1/chart");
  EXPECT_EQ(empty.status, 200) << "who is registered has a chart to begin with";
  test::expect_described(empty.body, "chart");
}

}  // namespace
}  // namespace evenkeel::server
