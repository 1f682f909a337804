#include "server/remembered.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <future>
#include <latch>
#include <thread>

namespace evenkeel::server {
namespace {

Response answer_of(int status, std::string body) {
  return {status, "application/json", std::move(body), {}};
}

// How often it is acted on, of so many asking.
class RememberedTest : public testing::Test {
 protected:
  Result<Response> ask(const std::string& key, const std::string& print, const Response& answer) {
    return remembered_.once(key, print, [&] {
      ++acted_;
      return answer;
    });
  }

  Remembered remembered_;
  std::atomic<int> acted_ = 0;
};

TEST_F(RememberedTest, TheSameRequestAgainGetsTheAnswerItHad) {
  ASSERT_TRUE(ask("a", "1", answer_of(201, "first")));
  const auto again = ask("a", "1", answer_of(201, "second"));
  ASSERT_TRUE(again);
  EXPECT_EQ(again->body, "first");
  EXPECT_EQ(again->headers.back().name, "Idempotency-Replayed");
  EXPECT_EQ(acted_, 1);
}

TEST_F(RememberedTest, AKeyStandsForOneRequest) {
  ASSERT_TRUE(ask("a", "1", answer_of(201, "")));
  const auto other = ask("a", "2", answer_of(201, ""));
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().where, "Idempotency-Key");
  EXPECT_EQ(acted_, 1);
}

TEST_F(RememberedTest, AFailureMayBeMendedUnderTheSameKey) {
  ASSERT_EQ(ask("a", "1", answer_of(422, ""))->status, 422);
  EXPECT_EQ(ask("a", "2", answer_of(201, ""))->status, 201);
}

TEST_F(RememberedTest, OfTwoAtOnceTheSecondWaitsForTheFirst) {
  std::latch inside{1}, go_on{1};
  std::jthread first{[&] {
    EXPECT_TRUE(remembered_.once("a", "1", [&] {
      inside.count_down();
      go_on.wait();
      ++acted_;
      return answer_of(201, "x");
    }));
  }};
  inside.wait();
  auto second = std::async(std::launch::async, [this] { return ask("a", "1", answer_of(201, "y")); });
  EXPECT_EQ(second.wait_for(std::chrono::milliseconds{50}), std::future_status::timeout);
  go_on.count_down();
  EXPECT_EQ(second.get()->body, "x");
  EXPECT_EQ(acted_, 1);
}

TEST_F(RememberedTest, TheOldestGoWhenTheNewestNeedTheRoom) {
  const std::string large(Remembered::most_bytes / 4, 'x');
  for (const char* key : {"a", "b", "c", "d", "e"}) ASSERT_TRUE(ask(key, "1", answer_of(201, large)));
  ASSERT_TRUE(ask("e", "1", answer_of(201, "")));
  EXPECT_EQ(acted_, 5) << "the newest is kept";
  ASSERT_TRUE(ask("a", "1", answer_of(201, "")));
  EXPECT_EQ(acted_, 6) << "the oldest is gone";
}

TEST_F(RememberedTest, AnAnswerLargerThanTheRoomIsKeptUntilTheNext) {
  ASSERT_TRUE(ask("a", "1", answer_of(201, std::string(2 * Remembered::most_bytes, 'x'))));
  ASSERT_TRUE(ask("a", "1", answer_of(201, "")));
  EXPECT_EQ(acted_, 1);
}

}  // namespace
}  // namespace evenkeel::server
