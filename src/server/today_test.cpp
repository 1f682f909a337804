// The day at a glance.
#include <gtest/gtest.h>

#include <sstream>

#include "json/member.hpp"
#include "support/api_schema.hpp"
#include "support/house.hpp"

namespace evenkeel::server {
namespace {

TEST(Today, HasAVisitThatGoesOnUntilSomebodyEndsItAndNotOneThatIsOver) {
  test::TestHouse house{"today"};
  house.add_account("user-n", clinic::Role::nurse, {});
  house.sign_in("user-n");
  const clinic::Person nurse{"n", clinic::Role::nurse, house.now};
  const auto facts = exchange::read_body_text("patient_facts", R"({"born": "1984-05-17"})");
  ASSERT_TRUE(
      clinic::enter_anywhere({house.log(), test::shipped_library(), nurse}, "p1", {*facts, house.now, "p1"}));
  const std::string events = "/api/patients/p1/events";
  const auto post = [&](const char* body) {
    EXPECT_EQ(house.post("user-n", events, body).status, 201) << body;
  };
  const auto shown = [&] {
    return house.get("user-n", "/api/today").body.find("\"s7\"") != std::string::npos;
  };
  post(R"({"kind": "session_checked_in", "body": {"session": "s7", "place": "chair 1"}})");
  EXPECT_TRUE(shown());
  house.now = house.now + 3.0 * units::day;
  house.sign_in("user-n");
  EXPECT_TRUE(shown());
  EXPECT_EQ(house.get("user-n", "/api/today?from=2026-03-04T00:00:00Z").body.find("\"s7\""),
            std::string::npos)
      << "another day has what began on it";
  post(R"({"kind": "session_cancelled", "body": {"session": "s7", "reason": "went home"}})");
  EXPECT_FALSE(shown());
}

// A visit of the late afternoon in Auckland is of that day there, and of the same day's morning in UTC; one
// of the early evening in Los Angeles is of the next day in UTC.
TEST(Today, IsTheReadersDay) {
  test::TestHouse house{"readers-day"};
  house.add_account("user-n", clinic::Role::nurse, {});
  house.now = *Instant::parse("2026-03-03T01:30:00Z");  // 17:30 on 2 March in Los Angeles
  house.sign_in("user-n");
  const clinic::Person nurse{"n", clinic::Role::nurse, house.now};
  const auto facts = exchange::read_body_text("patient_facts", R"({"born": "1984-05-17"})");
  ASSERT_TRUE(
      clinic::enter_anywhere({house.log(), test::shipped_library(), nurse}, "p1", {*facts, house.now, "p1"}));
  house.enter("user-n", "p1", "session_checked_in", R"({"session": "s7", "place": "chair 1"})");
  house.enter("user-n", "p1", "session_cancelled", R"({"session": "s7", "reason": "went home"})");
  const auto shown = [&](const std::string& from, const std::string& until) {
    const auto answer = house.get("user-n", "/api/today?from=" + from + "&until=" + until);
    test::expect_described(answer.body, "today");
    return answer.body.find("\"s7\"") != std::string::npos;
  };
  EXPECT_TRUE(shown("2026-03-02T08:00:00Z", "2026-03-03T08:00:00Z"));   // 2 March in Los Angeles
  EXPECT_FALSE(shown("2026-03-03T08:00:00Z", "2026-03-04T08:00:00Z"));  // 3 March there
  EXPECT_TRUE(shown("2026-03-02T11:00:00Z", "2026-03-03T11:00:00Z"));   // 3 March in Auckland
  EXPECT_TRUE(shown("2026-03-03T01:30:00Z", "2026-03-03T01:30:01Z")) << "the first moment is of the day";
  EXPECT_FALSE(shown("2026-03-03T01:00:00Z", "2026-03-03T01:30:00Z")) << "and the last is of the next";
}

// A course whose next session is due, with other things; it is the day of it.
void add_course_due(test::TestHouse& house) {
  const clinic::Person doctor{"doctor", clinic::Role::prescriber, house.now};
  std::istringstream lines{*content::read_text(EVENKEEL_SOURCE_DIR "/examples/warning-course.jsonl")};
  auto record = exchange::read_record(lines);
  ASSERT_TRUE(record);
  ASSERT_TRUE(clinic::import_record(house.log(), record->record, doctor));
  house.now = *Instant::parse("2026-07-11T09:00:00Z");
}

// Who sits in a chair is not expected there as well.
TEST(Today, NobodyIsExpectedWhoIsHere) {
  test::TestHouse house{"expected"};
  house.add_account("user-n", clinic::Role::nurse, {});
  add_course_due(house);
  house.sign_in("user-n");
  const auto expected = [&] {
    return house.get("user-n", "/api/today").body.find(R"("what":"session")") != std::string::npos;
  };
  EXPECT_TRUE(expected());
  house.enter("user-n", "warning", "session_checked_in", R"({"session": "s99", "place": "chair 1"})");
  EXPECT_FALSE(expected());
}

TEST(Today, TheFrontDeskSeesWhoIsToComeAndNothingElseThatIsDue) {
  test::TestHouse house{"desk"};
  house.add_account("user-n", clinic::Role::nurse, {});
  house.add_account("user-d", clinic::Role::front_desk, {});
  add_course_due(house);
  house.sign_in("user-n");
  house.sign_in("user-d");
  const auto due_to = [&](const char* who) {
    std::vector<std::string> whats;
    const auto board = json::parse(house.get(who, "/api/today").body);
    for (const json::Node& item : json::member(*board, "due")->items)
      whats.push_back(json::member(item, "what")->text);
    return whats;
  };
  EXPECT_GT(due_to("user-n").size(), 1U);
  EXPECT_EQ(due_to("user-d"), std::vector<std::string>{"session"});
  EXPECT_EQ(house.get("user-d", "/api/today").body.find(R"("people")"), std::string::npos);
}

TEST(Today, ADayThatEndsBeforeItBeganOrLastsTooLongIsRefused) {
  test::TestHouse house{"no-day"};
  house.add_account("user-n", clinic::Role::nurse, {});
  house.sign_in("user-n");
  for (const char* query :
       {"until=2026-03-01T00:00:00Z", "from=2026-03-02T00:00:00Z&until=2026-03-02T00:00:00Z",
        "from=2026-03-02T00:00:00Z&until=2026-03-04T00:00:01Z", "from=2026-03-02", "from="}) {
    const auto refused = house.get("user-n", std::string{"/api/today?"} + query);
    EXPECT_EQ(refused.status, 422) << query;
    EXPECT_NE(test::member(refused, "field"), "") << query;
  }
}

}  // namespace
}  // namespace evenkeel::server
