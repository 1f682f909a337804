// A day at the clinic through the API, from the register to the way home; and each answer is what the API's
// description says.
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "content/schema_check.hpp"
#include "server/openapi.hpp"
#include "server/route.hpp"
#include "support/api_schema.hpp"
#include "support/house.hpp"

namespace evenkeel::server {
namespace {

using clinic::Role;
using test::member;
using test::TestHouse;

void expect_as_described(const Response& answer, std::string_view definition) {
  ASSERT_LT(answer.status, 300) << answer.body;
  test::expect_described(answer.body, definition);
}

// A member that has a schema of its own, as `x-schema` names it. An event in a list has a number beside.
void expect_part(const Response& answer, std::string_view name, const std::string& file) {
  const auto tree = json::parse(answer.body);
  ASSERT_TRUE(tree) << answer.body;
  const auto part = std::ranges::find(tree->members, name, &json::Member::key);
  ASSERT_NE(part, tree->members.end()) << name;
  const std::string schema = *content::read_text(EVENKEEL_SOURCE_DIR "/" + file);
  const bool listed = part->value.kind == json::Kind::array;
  for (json::Node each : listed ? part->value.items : std::vector{part->value}) {
    if (listed) std::erase_if(each.members, [](const json::Member& m) { return m.key == "version"; });
    for (const Error& fault : content::contradictions(json::dump(each), schema))
      ADD_FAILURE() << name << ": " << to_string(fault) << "\n" << json::dump(each).substr(0, 2000);
  }
}

// The demo clinic's visit, entered as its people would: examples/demo/visit.jsonl.
class ApiDayTest : public testing::Test {
 protected:
  ApiDayTest() : house_{testing::UnitTest::GetInstance()->current_test_info()->name()} {
    for (const auto& [name, role] : {std::pair{"prescriber-1", Role::prescriber},
                                     {"nurse-1", Role::nurse},
                                     {"nurse-2", Role::nurse},
                                     {"pharmacist-1", Role::pharmacist},
                                     {"desk-1", Role::front_desk},
                                     {"auditor-1", Role::auditor},
                                     {"admin-1", Role::administrator}})
      house_.add_account(name, role);
    house_.add_patient("p1");
    const auto text = *content::read_text(EVENKEEL_SOURCE_DIR "/examples/demo/visit.jsonl");
    std::istringstream in{text};
    for (std::string line; std::getline(in, line);) lines_.push_back(line);
  }

  static std::string field(const std::string& line, const std::string& key) {
    const auto tree = json::parse(line);
    for (const json::Member& each : tree->members) {
      if (each.key == key)
        return each.value.kind == json::Kind::object ? json::dump(each.value) : each.value.text;
    }
    return {};
  }
  static constexpr const char* read_back = R"({"base_mg": 35.0, "volume_mL": 7, "rate_mL_per_h": 10.5})";

  static void replace(std::string& text, const std::string& what, const std::string& with) {
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what))
      text.replace(at, what.size(), with);
  }

  // Every line before this minute of the visit; a visit's minute 0 is `arrival_`.
  void play_until(int minute) {
    for (; next_ < lines_.size() && std::stoi(field(lines_[next_], "minute")) < minute; ++next_) {
      const std::string& line = lines_[next_];
      house_.now = arrival_ + static_cast<double>(std::stoi(field(line, "minute"))) * units::min;
      const std::string who = field(line, "by");
      house_.sign_in(who);
      std::string body = field(line, "body");
      replace(body, "{+120}", "2026-06-30");
      replace(body, "{+14}", "2026-03-16");
      replace(body, "{place}", "chair 1");
      const std::string kind = field(line, "kind");
      const std::string said = R"({"kind": ")" + kind + R"(", "body": )" + body + "}";
      if (kind == "session_ready") static_cast<void>(house_.countersign(who, said, "p1"));
      last_ = kind == "session_started" ? house_.post(who, "/api/patients/p1/sessions/s1/start", read_back)
                                        : house_.post(who, "/api/patients/p1/events", said);
      ASSERT_EQ(last_.status, 201) << line << "\n" << last_.body;
    }
    house_.now = arrival_ + static_cast<double>(minute) * units::min;
    for (const char* name : {"prescriber-1", "nurse-1", "pharmacist-1", "auditor-1", "admin-1", "desk-1"})
      house_.sign_in(name);
  }

  TestHouse house_;
  std::vector<std::string> lines_;
  std::size_t next_ = 0;
  Response last_;
  const Instant arrival_ = *Instant::parse("2026-03-02T08:40:00Z");
};

TEST_F(ApiDayTest, EveryAnswerAtTheChairIsAsDescribed) {
  play_until(18);  // drawn up
  expect_as_described(last_, "written");
  expect_as_described(house_.get("nurse-1", "/api/patients/p1/sessions/s1"), "session");
  expect_as_described(house_.get("nurse-1", "/api/patients/p1/sessions/s1/curve"), "curve");
  play_until(45);  // infused
  const auto running = house_.get("nurse-1", "/api/patients/p1/sessions/s1");
  expect_as_described(running, "session");
  expect_part(running, "session", "schema/session-1.schema.json");
  EXPECT_NE(running.body.find("\"state\": \"infusing\""), std::string::npos);
  const auto curve = house_.get("nurse-1", "/api/patients/p1/sessions/s1/curve");
  expect_as_described(curve, "curve");
  EXPECT_EQ(member(curve, "unit"), "ng/mL") << curve.body.substr(0, 500);
  expect_as_described(house_.get("nurse-1", "/api/today"), "today");
  expect_as_described(house_.get("desk-1", "/api/today"), "today");
  play_until(95);  // observed
  expect_as_described(house_.get("nurse-1", "/api/patients/p1/sessions/s1"), "session");
  const auto chart = house_.get("prescriber-1", "/api/patients/p1/chart");
  expect_as_described(chart, "chart");
  expect_part(chart, "assessment", "schema/assessment-1.schema.json");
  const auto events = house_.get("prescriber-1", "/api/patients/p1/events");
  expect_as_described(events, "events");
  expect_part(events, "events", "schema/record-1.schema.json");
  const auto dose = house_.get("prescriber-1", "/api/patients/p1/dose");
  expect_as_described(dose, "dose");
  expect_part(dose, "report", "schema/plan-1.schema.json");
}

// One reads aloud what is drawn up; another number does not start.
TEST_F(ApiDayTest, AnInfusionStartsOnlyOnceTheDoseIsReadBackAsDrawnUp) {
  play_until(18);
  const auto wrong = house_.post("nurse-1", "/api/patients/p1/sessions/s1/start",
                                 R"({"base_mg": 35, "volume_mL": 7, "rate_mL_per_h": 10})");
  EXPECT_EQ(wrong.status, 409);
  EXPECT_NE(wrong.body.find("rate_mL_per_h"), std::string::npos) << wrong.body;
  const auto around =
      house_.post("nurse-1", "/api/patients/p1/events",
                  R"({"kind": "session_started", "body": {"session": "s1", "route": "intravenous",
        "drug": "racemic-ketamine", "dose": {"value": 35, "unit": "mg", "as": "base"},
        "infusion_length": {"value": 40, "unit": "min"}, "weight": {"value": 70, "unit": "kg"}}})");
  EXPECT_EQ(around.status, 409) << "no way around reading it back";
  auto right = house_.request("nurse-1", Method::post, "/api/patients/p1/sessions/s1/start",
                              R"({"base_mg": 35.0, "volume_mL": 7, "rate_mL_per_h": 10.5})");
  const auto started = house_.send(right);
  expect_as_described(started, "written");
  EXPECT_NE(started.body.find("session_started"), std::string::npos);
  // The answer was lost, the server was started anew, and the page sends it again.
  house_.open();
  house_.sign_in("nurse-1");
  auto again = house_.request("nurse-1", Method::post, "/api/patients/p1/sessions/s1/start", right.body);
  for (Header& each : again.headers) {
    if (each.name == "Idempotency-Key") each.value = *right.header("Idempotency-Key");
  }
  EXPECT_EQ(member(house_.send(again), "version"), member(started, "version"));
}

TEST_F(ApiDayTest, WhatTheProtocolForbidsIsRefusedWithAllThatStandsInTheWay) {
  play_until(8);  // no weight of today yet, no screen, no vital signs
  const std::string ready =
      R"({"kind": "session_ready", "body": {"session": "s1", "dose": {"value": 35, "unit": "mg", "as": "base"},
        "infusion_length": {"value": 40, "unit": "min"},
        "concentration": {"value": 5, "unit": "mg/mL", "as": "base"}, "second_checker": "nurse-2"}})";
  EXPECT_EQ(house_.countersign("nurse-1", ready, "p1").status, 200);
  const auto refused = house_.post("nurse-1", "/api/patients/p1/events", ready);
  EXPECT_EQ(refused.status, 409) << refused.body;
  EXPECT_NE(refused.body.find("weight"), std::string::npos) << refused.body;
}

TEST_F(ApiDayTest, TheLedgerIsHeldAgainstTheRecord) {
  play_until(95);  // the record has 35 mg given
  const auto checks = [&](const std::string& target) {
    const auto answer = house_.get("pharmacist-1", target);
    expect_as_described(answer, "reconciled");
    return answer.body;
  };
  const std::string all = "/api/ledger/reconciled", mine = "/api/patients/p1/sessions/s1/reconciled";
  for (const std::string& target : {all, mine}) {
    const std::string before = checks(target);
    EXPECT_NE(before.find(R"("ledger_base_mg":null,"record_base_mg":35)"), std::string::npos) << before;
    EXPECT_NE(before.find(R"("agrees":false)"), std::string::npos) << before;
  }
  const auto write = [&](const std::string& said) {
    static_cast<void>(house_.countersign("nurse-1", said));
    const auto written = house_.post("nurse-1", "/api/ledger/events", said);
    ASSERT_EQ(written.status, 201) << written.body;
  };
  write(R"({"kind": "received", "body": {"lot": "K-1", "drug": "racemic-ketamine",
      "strength": {"value": 50, "unit": "mg/mL", "as": "base"}, "vial_volume": {"value": 10, "unit": "mL"},
      "vials": 5, "expires": "2027-08-31", "supplier": "wholesaler-1", "document": "D-1",
      "by": "nurse-1", "witness": "nurse-2"}})");
  write(R"({"kind": "vial_taken", "body": {"vial": "v1", "lot": "K-1", "by": "nurse-1"}})");
  write(R"({"kind": "drawn_up", "body": {"draw": "d1", "vial": "v1", "volume": {"value": 0.7, "unit": "mL"},
      "session": "s1", "patient": "p1", "by": "nurse-1", "checker": "nurse-2"}})");
  write(
      R"({"kind": "given", "body": {"draw": "d1", "volume": {"value": 0.7, "unit": "mL"}, "by": "nurse-1"}})");
  for (const std::string& target : {all, mine}) {
    const std::string after = checks(target);
    EXPECT_NE(after.find(R"("ledger_base_mg":35.0,"record_base_mg":35)"), std::string::npos) << after;
    EXPECT_NE(after.find(R"("agrees":true)"), std::string::npos) << after;
  }
  house_.now = house_.now + 40.0 * units::day;
  for (const char* name : {"nurse-1", "pharmacist-1"}) house_.sign_in(name);
  EXPECT_EQ(checks(all), R"({"checks":[],"unread":0})") << "of the last 31 days";
  EXPECT_NE(checks(all + "?days=60").find(R"("session":"s1")"), std::string::npos);
  write(R"({"kind": "drawn_up", "body": {"draw": "d2", "vial": "v1", "volume": {"value": 1, "unit": "mL"},
      "session": "s9", "patient": "p-mistyped", "by": "nurse-1", "checker": "nurse-2"}})");
  write(
      R"({"kind": "given", "body": {"draw": "d2", "volume": {"value": 1, "unit": "mL"}, "by": "nurse-1"}})");
  EXPECT_NE(checks(all).find(R"("patient":"p-mistyped")"), std::string::npos)
      << "drawn up for whom no record knows";
}

TEST_F(ApiDayTest, TheKeepersAnswersAreAsDescribed) {
  play_until(1);
  house_.sign_in("nurse-2");
  expect_as_described(house_.post("desk-1", "/api/patients", R"({"name": "Demo Ash", "born": "1984-05-17"})"),
                      "person");
  expect_as_described(house_.post("desk-1", "/api/patients/search", R"({"q": "Demo"})"), "patients");
  const std::string delivery = R"({"kind": "received", "body": {"lot": "K-1", "drug": "racemic-ketamine",
        "strength": {"value": 50, "unit": "mg/mL", "as": "base"}, "vial_volume": {"value": 10, "unit": "mL"},
        "vials": 5, "expires": "2027-08-31", "supplier": "wholesaler-1", "document": "D-1",
        "by": "pharmacist-1", "witness": "nurse-2"}})";
  expect_as_described(house_.countersign("pharmacist-1", delivery), "countersigned");
  const auto received = house_.post("pharmacist-1", "/api/ledger/events", delivery);
  expect_as_described(received, "ledger_written");
  const auto ledger = house_.get("pharmacist-1", "/api/ledger");
  expect_as_described(ledger, "ledger");
  expect_part(ledger, "balance", "schema/ledger-balance-1.schema.json");
  expect_part(ledger, "events", "schema/ledger-1.schema.json");
  expect_as_described(house_.get("auditor-1", "/api/audit?last=20"), "audit");
  expect_as_described(house_.post("auditor-1", "/api/audit/verify"), "verification");
  expect_as_described(house_.get("auditor-1", "/api/audit/head"), "head");
  expect_as_described(house_.get("prescriber-1", "/api/site"), "site");
  expect_as_described(house_.get("prescriber-1", "/api/library"), "library");
  expect_as_described(house_.get("prescriber-1", "/api/library/rules/craving-between-doses"),
                      "library_entry");
  expect_as_described(house_.get("nurse-1", "/api/instruments"), "instruments");
  expect_as_described(house_.get("nurse-1", "/api/instruments/phq-9"), "instrument");
  expect_as_described(house_.get("nurse-1", "/api/colleagues"), "colleagues");
  expect_as_described(house_.get("nurse-1", "/api/me"), "me");
  expect_as_described(house_.get("admin-1", "/api/users"), "users");
  expect_as_described(house_.post("admin-1", "/api/users",
                                  R"({"name": "nurse-9", "display": "Nurse Nine", "role": "nurse"})"),
                      "handed");
  expect_as_described(house_.get("", "/api/public/evidence"), "evidence");
  expect_as_described(house_.get("", "/api/health"), "health");
  const auto refused = house_.get("desk-1", "/api/patients/p1/chart");
  EXPECT_TRUE(content::contradictions(refused.body, test::api_schema_of("problem")).empty()) << refused.body;
}

TEST_F(ApiDayTest, APatientAnswersByAnAddressThatWorksOnce) {
  play_until(1);
  const auto made = house_.post("nurse-1", "/api/patients/p1/links",
                                R"({"instrument": "phq-9", "moment": "between_doses"})");
  expect_as_described(made, "link");
  const std::string address = member(made, "address");
  const std::string token = address.substr(address.find('#') + 1);
  expect_as_described(house_.post("", "/api/answer/open", R"({"token": ")" + token + R"("})"), "opened");
  const std::string answers =
      R"({"token": ")" + token + R"(", "answers": {"1":1,"2":1,"3":1,"4":1,"5":1,"6":1,"7":1,"8":1,"9":2}})";
  const auto done = house_.post("", "/api/answer", answers);
  expect_as_described(done, "answered");
  EXPECT_NE(done.body.find("\"urgent\":true"), std::string::npos) << done.body;
  EXPECT_EQ(house_.post("", "/api/answer/open", R"({"token": ")" + token + R"("})").status, 404);
  const std::string other =
      R"({"token": ")" + token + R"(", "answers": {"1":0,"2":0,"3":0,"4":0,"5":0,"6":0,"7":0,"8":0,"9":0}})";
  EXPECT_GE(house_.post("", "/api/answer", other).status, 400);
  EXPECT_NE(house_.get("prescriber-1", "/api/patients/p1/events").body.find("\"recorded_by\":\"patient\""),
            std::string::npos);
  house_.now = house_.now + 25.0 * units::h;
  EXPECT_EQ(house_.post("", "/api/answer", answers).status, 404);
}

TEST_F(ApiDayTest, AnAddressThatWasNotMadeHereOpensNothing) {
  play_until(1);
  for (const char* token : {"a", "00", "deadbeef"})
    EXPECT_EQ(house_.post("", "/api/answer/open", std::string{R"({"token": ")"} + token + R"("})").status,
              404);
  EXPECT_EQ(house_.post("", "/api/answer", R"({"token": "00", "answers": {"1": 1}})").status, 404);
}

TEST(OpenApi, ListsEveryRouteAndDescribesWhatItAsksAndAnswers) {
  const std::string schema = *content::read_text(EVENKEEL_SOURCE_DIR "/schema/api-1.schema.json");
  const std::string text = openapi_text(routes(), schema);
  ASSERT_TRUE(json::parse(text));
  for (const Route& route : routes()) {
    EXPECT_NE(text.find("\"" + std::string{route.pattern} + "\""), std::string::npos) << route.pattern;
    for (const std::string_view definition : {route.asks, route.answer}) {
      if (definition.empty() || definition.find('/') != std::string_view::npos) continue;
      EXPECT_NE(schema.find("\n    \"" + std::string{definition} + "\": "), std::string::npos) << definition;
    }
  }
}

// The pages are typed by that file (web/tools/types.mjs), for they are built where no server is.
TEST(OpenApi, TheRoutesAreWrittenDownAsTheyAre) {
  std::string lines;
  for (const Route& route : routes()) {
    const auto named = [](std::string_view definition) {
      return definition.empty() ? std::string{"null"} : "\"" + std::string{definition} + "\"";
    };
    lines += (lines.empty() ? "" : ",\n") + ("  \"" + std::string{method_text(route.method)} + " ") +
             std::string{route.pattern} + "\": {\"asks\": " + named(route.asks) +
             ", \"answers\": " + named(route.answer) + "}";
  }
  EXPECT_EQ(*content::read_text(EVENKEEL_SOURCE_DIR "/schema/api-1.routes.json"), "{\n" + lines + "\n}\n");
}

}  // namespace
}  // namespace evenkeel::server
