#include "server/countersigned.hpp"

#include <gtest/gtest.h>

namespace evenkeel::server {
namespace {

const Instant start = *Instant::parse("2026-03-02T08:00:00Z");
const SignedEntry entry{"sign-in", "nurse-2", "print"};

TEST(Countersigned, ServesOneWriteHoweverOftenItIsTried) {
  Countersigned all;
  EXPECT_FALSE(all.claim(entry, "a", start));
  EXPECT_EQ(all.add(entry, start), start + Countersigned::holds);
  EXPECT_TRUE(all.claim(entry, "a", start));
  EXPECT_TRUE(all.claim(entry, "a", start));
  EXPECT_FALSE(all.claim(entry, "b", start));
  EXPECT_TRUE(all.spend("a"));
  EXPECT_FALSE(all.spend("a"));
  EXPECT_FALSE(all.claim(entry, "a", start));
}

TEST(Countersigned, GivenBackItServesAnother) {
  Countersigned all;
  static_cast<void>(all.add(entry, start));
  EXPECT_TRUE(all.claim(entry, "a", start));
  all.give_back("a");
  EXPECT_TRUE(all.claim(entry, "b", start));
}

TEST(Countersigned, IsOfOneScreenOnePersonOneEntryAndAFewMinutes) {
  Countersigned all;
  static_cast<void>(all.add(entry, start));
  for (const SignedEntry& other : {SignedEntry{"other", "nurse-2", "print"},
                                   {"sign-in", "nurse-3", "print"},
                                   {"sign-in", "nurse-2", "x"}})
    EXPECT_FALSE(all.claim(other, "a", start));
  EXPECT_FALSE(all.claim(entry, "a", start + Countersigned::holds));
}

TEST(Countersigned, TwoOfTheSameEntryAreOneUntilTheFirstIsInUse) {
  Countersigned all;
  static_cast<void>(all.add(entry, start));
  static_cast<void>(all.add(entry, start));
  EXPECT_TRUE(all.claim(entry, "a", start));
  EXPECT_FALSE(all.claim(entry, "b", start));
  static_cast<void>(all.add(entry, start));
  EXPECT_TRUE(all.claim(entry, "b", start));
}

TEST(Countersigned, OneInUseOutlivesItsTimeUntilItsWriteIsDone) {
  Countersigned all;
  static_cast<void>(all.add(entry, start));
  EXPECT_TRUE(all.claim(entry, "a", start + 4.9 * units::min));
  static_cast<void>(all.add({"sign-in", "nurse-3", "other"}, start + 5.1 * units::min));
  EXPECT_TRUE(all.spend("a"));
}

TEST(Countersigned, NoKeyIsNobodys) {
  Countersigned all;
  static_cast<void>(all.add(entry, start));
  EXPECT_FALSE(all.spend(""));
  EXPECT_TRUE(all.claim(entry, "a", start));
}

}  // namespace
}  // namespace evenkeel::server
