// The day at a glance.
#include <gtest/gtest.h>

#include "support/house.hpp"

namespace evenkeel::server {
namespace {

TEST(Today, HasAVisitThatGoesOnBeyondMidnightAndNotOneThatIsOver) {
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
  house.now = house.now + 18.0 * units::h;
  house.sign_in("user-n");
  EXPECT_TRUE(shown());
  EXPECT_EQ(house.get("user-n", "/api/today?day=2026-03-05").body.find("\"s7\""), std::string::npos);
  post(R"({"kind": "session_cancelled", "body": {"session": "s7", "reason": "went home"}})");
  EXPECT_FALSE(shown());
}

}  // namespace
}  // namespace evenkeel::server
