#include "server/live.hpp"

#include <gtest/gtest.h>

namespace evenkeel::server {
namespace {

// A reader that keeps what it gets, as a page does.
class Page : public Sink {
 public:
  bool send(std::string text) override {
    if (closed) return false;
    got += text;
    return true;
  }
  void close() override { closed = true; }

  std::string got;
  bool closed = false;
};

const Instant now = *Instant::parse("2026-03-02T09:00:00Z");

Moved moved(const std::string& patient, std::uint64_t version) {
  return {patient, version, "vital_signs", now};
}
Sight everything(const std::string&) {
  return Sight::yes;
}

// R11
TEST(Live, TellsWhichRecordMovedOnAndNothingOfWhatWasWritten) {
  Live live;
  const auto page = std::make_shared<Page>();
  live.follow(page, "a", everything, {}, now);
  live.tell(moved("p1", 7));
  EXPECT_NE(page->got.find("id: 1\nevent: record\ndata: {\"patient\":\"p1\",\"version\":7,"
                           "\"kind\":\"vital_signs\",\"at\":\"2026-03-02T09:00:00Z\"}\n\n"),
            std::string::npos)
      << page->got;
}

TEST(Live, WhoLostTheConnectionGetsWhatTheyMissedAndNothingTwice) {
  Live live;
  for (std::uint64_t i = 1; i <= 5; ++i) live.tell(moved("p1", i));
  const auto page = std::make_shared<Page>();
  live.follow(page, "a", everything, 3, now);
  EXPECT_EQ(page->got.find("id: 3\nevent: record"), std::string::npos);
  EXPECT_NE(page->got.find("id: 4\nevent: record"), std::string::npos);
  EXPECT_NE(page->got.find("id: 5\nevent: record"), std::string::npos);
}

TEST(Live, WhoSawNumbersOfAnotherServerIsToldToReadEverythingAgain) {
  Live live{Live::anywhere()};
  for (std::uint64_t i = 1; i <= 5; ++i) live.tell(moved("p1", i));
  for (const std::uint64_t last : {std::uint64_t{0}, std::uint64_t{3}, Live::anywhere()}) {
    const auto page = std::make_shared<Page>();
    live.follow(page, "a", everything, last, now);
    EXPECT_NE(page->got.find("event: reset"), std::string::npos) << last;
  }
}

TEST(Live, WhoWasAwayTooLongIsToldToReadEverythingAgain) {
  Live live;
  for (std::uint64_t i = 1; i <= Live::kept + 10; ++i) live.tell(moved("p1", i));
  const auto late = std::make_shared<Page>();
  live.follow(late, "a", everything, 9, now);
  EXPECT_NE(late->got.find("event: reset"), std::string::npos);
  const auto just = std::make_shared<Page>();
  live.follow(just, "a", everything, 10, now);
  EXPECT_EQ(just->got.find("event: reset"), std::string::npos);
}

// A number of another run of the server means nothing here.
TEST(Live, ANumberThatWasNeverGivenOutAsksForEverythingAgain) {
  Live live;
  const auto page = std::make_shared<Page>();
  live.follow(page, "a", everything, 12, now);
  EXPECT_NE(page->got.find("event: reset"), std::string::npos);
}

TEST(Live, NobodyHearsOfAPatientWhoIsNotTheirs) {
  Live live;
  const auto page = std::make_shared<Page>();
  live.follow(
      page, "a", [](const std::string& p) { return p == "p1" ? Sight::yes : Sight::no; }, {}, now);
  live.tell(moved("p2", 1));
  live.tell(moved("p1", 1));
  EXPECT_EQ(page->got.find("p2"), std::string::npos);
  EXPECT_NE(page->got.find("p1"), std::string::npos);
}

TEST(Live, WhoIsNoLongerSignedInIsToldSoAndClosed) {
  Live live;
  const auto page = std::make_shared<Page>();
  bool over = false;
  live.follow(
      page, "a", [&](const std::string&) { return over ? Sight::over : Sight::yes; }, {}, now);
  over = true;
  live.tell(moved("p1", 1));
  EXPECT_TRUE(page->closed);
  EXPECT_NE(page->got.find("event: signed_out"), std::string::npos);
  EXPECT_EQ(page->got.find("p1"), std::string::npos);
}

TEST(Live, SigningOutClosesWhatThatSignInOpened) {
  Live live;
  const auto mine = std::make_shared<Page>();
  const auto other = std::make_shared<Page>();
  live.follow(mine, "a", everything, {}, now);
  live.follow(other, "b", everything, {}, now);
  live.end("a");
  EXPECT_TRUE(mine->closed);
  EXPECT_FALSE(other->closed);
}

}  // namespace
}  // namespace evenkeel::server
