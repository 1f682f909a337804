// What one person alone must not bring about, whatever they write.
#include <fmt/format.h>
#include <gtest/gtest.h>

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
                                     {"admin-1", Role::administrator}}) {
      house_.add_account(name, role);
      house_.sign_in(name);
    }
    house_.add_patient("p1");
  }

  Response receive(const std::string& lot, const std::string& by, const std::string& witness) {
    last_body_ = fmt::format(R"({{"kind": "received", "body": {{"lot": "{}", "drug": "racemic-ketamine",
        "strength": {{"value": 50, "unit": "mg/mL", "as": "base"}}, "vial_volume": {{"value": 10, "unit": "mL"}},
        "vials": 5, "expires": "2027-08-31", "supplier": "wholesaler-1", "document": "D-1",
        "by": "{}", "witness": "{}"}}}})",
                             lot, by, witness);
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
