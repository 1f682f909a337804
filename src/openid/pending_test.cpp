#include "openid/pending.hpp"

#include <gtest/gtest.h>

#include <set>

namespace evenkeel::openid {
namespace {

const Instant start = *Instant::parse("2026-03-02T08:00:00Z");

// R1
TEST(Pendings, EachIsGoodOnceAndInItsOwnBrowser) {
  Pendings all;
  const auto one = all.begin("about", true, "10.0.0.1", start);
  const auto other = all.begin("", false, "10.0.0.1", start);
  ASSERT_TRUE(one && other);
  EXPECT_FALSE(all.take(one->pending.state, other->browser, start)) << "another browser's word";
  EXPECT_FALSE(all.take(one->pending.state, "", start));
  EXPECT_FALSE(all.take("", one->browser, start));
  EXPECT_FALSE(all.take(one->pending.state + "a", one->browser, start)) << "a state that was made up";
  const auto taken = all.take(one->pending.state, one->browser, start);
  ASSERT_TRUE(taken) << "what others tried did not end it";
  EXPECT_EQ(taken->about, "about");
  EXPECT_TRUE(taken->anew);
  EXPECT_EQ(taken->nonce, one->pending.nonce);
  EXPECT_FALSE(all.take(one->pending.state, one->browser, start)) << "a second time";
}

TEST(Pendings, AreOverAfterTenMinutes) {
  Pendings all;
  const auto begun = all.begin("", false, "10.0.0.1", start);
  EXPECT_FALSE(all.take(begun->pending.state, begun->browser, start + Pendings::longest));
  const auto again = all.begin("", false, "10.0.0.1", start);
  EXPECT_TRUE(all.take(again->pending.state, again->browser, start + 599.0 * units::s));
}

TEST(Pendings, NoWordIsLikeAnother) {
  Pendings all;
  std::set<std::string> words;
  for (int i = 0; i < 20; ++i) {
    const auto begun = all.begin("", false, "10.0.0.1", start);
    words.insert({begun->pending.state, begun->pending.nonce, begun->pending.verifier, begun->browser});
  }
  EXPECT_EQ(words.size(), 80U);
  for (const std::string& each : words) EXPECT_EQ(each.size(), 43U);
}

TEST(Pendings, OneAddressPushesOutItsOwnOldestAndAllTogetherAreBounded) {
  Pendings all;
  const auto mine = all.begin("", false, "10.0.0.1", start);
  const auto oldest = all.begin("", false, "10.0.0.2", start);
  for (std::size_t i = 0; i < Pendings::most_of_one; ++i)
    ASSERT_TRUE(all.begin("", false, "10.0.0.2", start + 1.0 * units::s));
  EXPECT_FALSE(all.take(oldest->pending.state, oldest->browser, start + 2.0 * units::s));
  EXPECT_TRUE(all.take(mine->pending.state, mine->browser, start + 2.0 * units::s));
  std::size_t begun = Pendings::most_of_one;
  while (all.begin("", false, "peer-" + std::to_string(begun), start + 2.0 * units::s)) ++begun;
  EXPECT_EQ(begun, Pendings::most);
  EXPECT_TRUE(all.begin("", false, "10.0.0.9", start + Pendings::longest + 2.0 * units::s)) << "they end";
}

}  // namespace
}  // namespace evenkeel::openid
