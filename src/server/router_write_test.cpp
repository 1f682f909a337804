// What a write is: once for its key, on top of what was seen where it says so.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <chrono>
#include <future>
#include <mutex>
#include <thread>
#include <tuple>

#include "server/route.hpp"
#include "support/house.hpp"

namespace evenkeel::server {
namespace {

using clinic::Role;
using test::member;

constexpr const char* contact = R"({"kind": "contact", "body": {"from": "patient", "topic": "scheduling"}})";

class RouterWriteTest : public testing::Test {
 protected:
  RouterWriteTest() : house_{testing::UnitTest::GetInstance()->current_test_info()->name()} {
    for (const auto& [name, role] :
         {std::pair{"user-n", Role::nurse}, {"user-d", Role::front_desk}, {"user-a", Role::administrator}}) {
      house_.add_account(name, role);
      house_.sign_in(name);
    }
    const clinic::Person nurse{"n", Role::nurse, house_.now};
    const auto body = exchange::read_body_text("patient_facts", R"({"born": "1984-05-17"})");
    EXPECT_TRUE(clinic::enter_anywhere({house_.log(), test::shipped_library(), nurse}, "p1",
                                       {*body, house_.now, "p1"}));
  }

  test::TestHouse house_;
};

TEST_F(RouterWriteTest, AWriteSentTwiceIsAnsweredAlikeAndHappensOnce) {
  const auto request = house_.request("user-n", Method::post, "/api/patients/p1/events", contact);
  const auto first = house_.send(request);
  const auto second = house_.send(request);
  EXPECT_EQ(first.status, 201);
  EXPECT_EQ(first.body, second.body);
  EXPECT_EQ(find_header(second.headers, "Idempotency-Replayed"), "true");
  EXPECT_EQ(member(house_.get("user-n", "/api/patients/p1/events"), "version"), "2");
}

// The key is the store's as well: what was acknowledged before a restart is known after it.
TEST_F(RouterWriteTest, AWriteSentAgainAfterARestartHappensOnce) {
  auto request = house_.request("user-n", Method::post, "/api/patients/p1/events", contact);
  EXPECT_EQ(house_.send(request).status, 201);
  house_.open();
  house_.sign_in("user-n");
  house_.now = house_.now + 1.0 * units::min;
  auto again = house_.request("user-n", Method::post, "/api/patients/p1/events", contact);
  for (Header& each : again.headers) {
    if (each.name == "Idempotency-Key") each.value = *request.header("Idempotency-Key");
  }
  const auto answer = house_.send(again);
  EXPECT_EQ(answer.status, 201) << answer.body;
  EXPECT_EQ(member(house_.get("user-n", "/api/patients/p1/events"), "version"), "2");
}

TEST_F(RouterWriteTest, OneKeyArrivingEightTimesAtOnceWritesOnce) {
  const auto request = house_.request("user-n", Method::post, "/api/patients/p1/events", contact);
  std::vector<std::thread> all;
  std::array<int, 8> status{};
  for (std::size_t i = 0; i < status.size(); ++i)
    all.emplace_back([&, i] { status[i] = house_.send(request).status; });
  for (std::thread& each : all) each.join();
  for (const int each : status) EXPECT_EQ(each, 201);
  EXPECT_EQ(member(house_.get("user-n", "/api/patients/p1/events"), "version"), "2");
}

TEST_F(RouterWriteTest, EightPeopleWritingAtOnceAllGetTheirEntryIn) {
  std::vector<Request> requests;
  for (int i = 0; i < 8; ++i)
    requests.push_back(house_.request("user-n", Method::post, "/api/patients/p1/events", contact));
  std::vector<std::thread> all;
  for (const Request& each : requests) all.emplace_back([&] { EXPECT_EQ(house_.send(each).status, 201); });
  for (std::thread& each : all) each.join();
  EXPECT_EQ(member(house_.get("user-n", "/api/patients/p1/events"), "version"), "9");
}

TEST_F(RouterWriteTest, AKeyStandsForOneRequest) {
  auto first = house_.request("user-n", Method::post, "/api/patients/p1/events", contact);
  EXPECT_EQ(house_.send(first).status, 201);
  first.body = R"({"kind": "contact", "body": {"from": "clinic", "topic": "follow_up"}})";
  EXPECT_EQ(house_.send(first).status, 422);
  std::erase_if(first.headers, [](const Header& h) { return h.name == "Idempotency-Key"; });
  EXPECT_EQ(member(house_.send(first), "code"), "key_needed");
}

TEST_F(RouterWriteTest, AWriteOnTopOfAnOldVersionIsRefusedWhereItSaysSo) {
  auto request = house_.request("user-n", Method::post, "/api/patients/p1/events", contact);
  request.headers.push_back({"If-Match", "\"v1\""});
  EXPECT_EQ(house_.send(request).status, 201);
  auto late = house_.request("user-n", Method::post, "/api/patients/p1/events", contact);
  late.headers.push_back({"If-Match", "\"v1\""});
  EXPECT_EQ(house_.send(late).status, 412);
}

// Somebody else changed the account while this administrator looked at it.
TEST_F(RouterWriteTest, AnAccountIsChangedOnlyAsItWasSeenWhereTheRequestSaysSo) {
  const auto change = [&](const char* tag, const char* role) {
    auto request = house_.request("user-a", Method::post, "/api/users/user-n/role",
                                  fmt::format(R"({{"role": "{}"}})", role));
    request.headers.push_back({"If-Match", tag});
    return house_.send(request);
  };
  EXPECT_EQ(change("\"v1\"", "laboratory").status, 200);
  const auto late = change("\"v1\"", "therapist");
  EXPECT_EQ(late.status, 412);
  EXPECT_EQ(member(late, "field"), "If-Match");
  EXPECT_EQ(change("\"v2\"", "therapist").status, 200);
}

TEST_F(RouterWriteTest, WhoIsRegisteredTwiceByOneKeyOverARestartIsOne) {
  constexpr const char* asked = R"({"name": "Anna Example", "born": "1980-05-17"})";
  const auto request = house_.request("user-d", Method::post, "/api/patients", asked);
  const auto first = house_.send(request);
  EXPECT_EQ(first.status, 201);
  house_.open();
  house_.sign_in("user-d");
  auto again = house_.request("user-d", Method::post, "/api/patients", asked);
  for (Header& each : again.headers) {
    if (each.name == "Idempotency-Key") each.value = *request.header("Idempotency-Key");
  }
  EXPECT_EQ(house_.send(again).body, first.body);
  const auto another = house_.post("user-d", "/api/patients", asked);
  EXPECT_EQ(another.status, 422);
  EXPECT_EQ(member(another, "field"), "another_of_the_name");
}

// What the key wrote before is no start: saying that it began would be a lie at the chair.
TEST_F(RouterWriteTest, AKeyThatWroteSomethingElseStartsNoInfusion) {
  const auto first = house_.request("user-n", Method::post, "/api/patients/p1/events", contact);
  EXPECT_EQ(house_.send(first).status, 201);
  house_.open();
  house_.sign_in("user-n");
  auto start = house_.request("user-n", Method::post, "/api/patients/p1/sessions/s1/start",
                              R"({"base_mg": 1, "volume_mL": 2, "rate_mL_per_h": 3})");
  for (Header& each : start.headers) {
    if (each.name == "Idempotency-Key") each.value = *first.header("Idempotency-Key");
  }
  const auto refused = house_.send(start);
  EXPECT_EQ(refused.status, 422) << refused.body;
  EXPECT_EQ(member(refused, "field"), "Idempotency-Key");
}

// Both looked before either wrote: of the last two administrators one stays.
TEST_F(RouterWriteTest, TwoAdministratorsWhoDisableEachOtherLeaveOne) {
  house_.add_account("user-b", Role::administrator);
  house_.sign_in("user-b");
  constexpr const char* why = R"({"reason": "left"})";
  const auto one = house_.request("user-a", Method::post, "/api/users/user-b/disable", why);
  const auto other = house_.request("user-b", Method::post, "/api/users/user-a/disable", why);
  std::thread first{[&] { static_cast<void>(house_.send(one)); }};
  std::thread second{[&] { static_cast<void>(house_.send(other)); }};
  first.join();
  second.join();
  const auto enabled = [&](const char* name) {
    return clinic::account_book(house_.log(), name)->record.account().enabled;
  };
  EXPECT_TRUE(enabled("user-a") || enabled("user-b"));
}

// Whoever changes accounts or the register looks and writes while nobody else does.
TEST_F(RouterWriteTest, WhatIsKeptIsChangedByOneAtATime) {
  for (const auto& [who, target, body] :
       {std::tuple{"user-a", "/api/users/user-n/disable", R"({"reason": "left"})"},
        {"user-a", "/api/users", R"({"name": "user-x", "display": "X", "role": "nurse"})"},
        {"user-d", "/api/patients", R"({"name": "Demo Oak", "born": "1990-01-01"})"},
        {"user-d", "/api/patients/p1/identity", R"({"name": "Demo Elm", "born": "1984-05-17"})"}}) {
    std::unique_lock another{house_.house().keeping};
    const auto request = house_.request(who, Method::post, target, body);
    auto answer = std::async(std::launch::async, [&] { return house_.send(request).status; });
    EXPECT_EQ(answer.wait_for(std::chrono::milliseconds{300}), std::future_status::timeout) << target;
    another.unlock();
    EXPECT_LT(answer.get(), 300) << target;
  }
}

TEST_F(RouterWriteTest, AnAccountIsRestrictedToPatientsWhoAreThere) {
  const auto restricted = [&](const std::string& target, const std::string& id) {
    return house_.post(
        "user-a", target,
        R"({"name": "user-x", "display": "X", "role": "nurse", "patients": [")" + id + R"("]})");
  };
  EXPECT_EQ(member(restricted("/api/users", "p-typo"), "field"), "patients");
  EXPECT_EQ(restricted("/api/users", "p1").status, 201);
  const auto role = [&](const std::string& id) {
    return house_.post("user-a", "/api/users/user-n/role",
                       R"({"role": "nurse", "patients": [")" + id + R"("]})");
  };
  EXPECT_EQ(member(role("p-typo"), "field"), "patients");
  EXPECT_EQ(role("p1").status, 200);
}

TEST_F(RouterWriteTest, WhoIsShutOutHasNoStreamAndWhoIsUnlockedKeepsTheirs) {
  class Page : public Sink {
   public:
    bool send(std::string) override { return !closed; }
    void close() override { closed = true; }
    bool closed = false;
  };
  const auto page = std::make_shared<Page>();
  house_.house().live.follow(
      page, house_.signed_in("user-n").sign_in.id, [](const std::string&) { return Sight::yes; }, {},
      house_.now);
  EXPECT_EQ(house_.post("user-a", "/api/users/user-n/unlock").status, 200);
  EXPECT_FALSE(page->closed);
  EXPECT_EQ(house_.get("user-n", "/api/patients/p1/chart").status, 200);
  EXPECT_EQ(house_.post("user-a", "/api/users/user-n/disable", R"({"reason": "left"})").status, 200);
  EXPECT_TRUE(page->closed);
}

// Whoever tries passwords by the hundred holds no worker that somebody else needs.
TEST_F(RouterWriteTest, WhoFindsTooManyAtTheDoorIsToldSoAtOnce) {
  for (int i = 0; i < 6; ++i) house_.house().at_hashing.acquire();
  const auto refused = house_.post("", "/api/sign-in", R"({"name": "user-n", "password": "any at all"})");
  EXPECT_EQ(refused.status, 503);
  EXPECT_EQ(member(refused, "code"), "busy");
  EXPECT_EQ(house_.get("user-n", "/api/patients/p1/chart").status, 200);
  house_.house().at_hashing.release(6);
  EXPECT_EQ(house_.post("", "/api/sign-in", R"({"name": "user-n", "password": "any at all"})").status, 401);
}

// Who waits to hash must not hold the accounts: those who hash would wait for them, and nobody go on.
TEST_F(RouterWriteTest, AResetThatWaitsToHashHoldsNoAccounts) {
  auto& house = house_.house();
  for (int i = 0; i < 5; ++i) house.at_hashing.acquire();  // one place is left
  for (int i = 0; i < 2; ++i) house.hashing.acquire();     // and nobody may begin
  const auto request = house_.request("user-a", Method::post, "/api/users/user-n/reset", "{}");
  std::thread reset{[&] { EXPECT_EQ(house_.send(request).status, 200); }};
  while (house.at_hashing.try_acquire()) {  // until it has come for its place
    house.at_hashing.release();
    std::this_thread::yield();
  }
  const bool free = house.keeping.try_lock();
  EXPECT_TRUE(free);
  if (free) house.keeping.unlock();
  house.hashing.release(2);
  reset.join();
  house.at_hashing.release(5);
}

TEST_F(RouterWriteTest, IfMatchIsAListAndMeansTheVersionItself) {
  const auto with = [&](const char* tags) {
    auto request = house_.request("user-n", Method::post, "/api/patients/p1/events", contact);
    request.headers.push_back({"If-Match", tags});
    return house_.send(request).status;
  };
  EXPECT_EQ(with("\"v7\", \"v1\""), 201);
  EXPECT_EQ(with("W/\"v2\""), 412) << "a weak tag is nearly the same, not the same";
  EXPECT_EQ(with("*"), 201);
  EXPECT_EQ(with("\"v2\""), 412);
}

// Who reads the register while somebody is added must not keep the old list for the ones who come after.
TEST_F(RouterWriteTest, WhoIsRegisteredIsKnownAtOnceHoweverManyRegister) {
  std::vector<std::thread> all;
  for (int i = 0; i < 8; ++i) {
    const auto register_one =
        house_.request("user-d", Method::post, "/api/patients",
                       fmt::format(R"({{"name": "Load {}", "born": "1984-05-17"}})", i));
    all.emplace_back([this, register_one] {
      const std::string id = member(house_.send(register_one), "patient");
      const auto known = house_.house().people.find(id, {"user-n", Role::nurse, house_.now});
      EXPECT_TRUE(known && *known) << id;
    });
  }
  for (std::thread& each : all) each.join();
}

TEST_F(RouterWriteTest, ANameIsPutRightAndOneWhoCameWithARecordGetsOne) {
  const auto put = [&](const char* name) {
    const auto answer = house_.post("user-d", "/api/patients/p1/identity",
                                    fmt::format(R"({{"name": "{}", "born": "1984-05-17"}})", name));
    EXPECT_EQ(answer.status, 200) << answer.body;
    return member(house_.get("user-d", "/api/patients/p1"), "name");
  };
  EXPECT_EQ(put("Ana Example"), "Ana Example");
  EXPECT_EQ(put("Anna Example"), "Anna Example");
  const auto mistyped = house_.post("user-d", "/api/patients/p-typo/identity",
                                    R"({"name": "Anna Example", "born": "1984-05-17"})");
  EXPECT_EQ(mistyped.status, 404) << mistyped.body;
}

}  // namespace
}  // namespace evenkeel::server
