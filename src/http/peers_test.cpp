#include "http/peers.hpp"

#include <gtest/gtest.h>

namespace evenkeel::http {
namespace {

using std::chrono::milliseconds;

TEST(Peers, TakeTokensThatComeBackWithTime) {
  Peers peers({.requests_per_second = 10, .burst = 3});
  const Peers::Time start{};
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(peers.request("a", start));
  EXPECT_FALSE(peers.request("a", start));
  EXPECT_TRUE(peers.request("b", start));
  EXPECT_FALSE(peers.request("a", start + milliseconds{99}));
  EXPECT_TRUE(peers.request("a", start + milliseconds{101}));
  EXPECT_FALSE(peers.request("a", start + milliseconds{101}));
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(peers.request("a", start + milliseconds{10'000}));
  EXPECT_FALSE(peers.request("a", start + milliseconds{10'000}));
}

TEST(Peers, AreForgottenWhenNothingIsOwed) {
  Peers peers({.requests_per_second = 10, .burst = 3});
  const Peers::Time start{};
  EXPECT_EQ(peers.connect("a", start), 1U);
  EXPECT_EQ(peers.connect("a", start), 2U);
  EXPECT_TRUE(peers.request("b", start));
  peers.forget(start + milliseconds{50});
  EXPECT_EQ(peers.size(), 2U);
  peers.forget(start + milliseconds{150});
  EXPECT_EQ(peers.size(), 1U);
  peers.disconnect("a");
  peers.disconnect("a");
  peers.forget(start + milliseconds{150});
  EXPECT_EQ(peers.size(), 0U);
}

TEST(Peers, AreAnAddressOrANetworkOfSix) {
  EXPECT_EQ(peer_group("192.0.2.7"), "192.0.2.7");
  EXPECT_EQ(peer_group("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
  EXPECT_EQ(peer_group("2001:db8:1:2::9"), peer_group("2001:db8:1:2:8::"));
  EXPECT_EQ(plain_address("::ffff:192.0.2.7"), "192.0.2.7");
  EXPECT_EQ(plain_address("2001:DB8::0"), "2001:db8::");
  EXPECT_EQ(plain_address("host"), std::nullopt);
}

// Anybody can write the left of the header; only what trusted proxies added on the right counts.
TEST(Peers, AreWhomTheNearestProxySaw) {
  const std::vector<std::string> proxies{"10.0.0.1", "10.0.0.2"};
  EXPECT_EQ(forwarded_for("192.0.2.7", "10.0.0.1", proxies), "192.0.2.7");
  EXPECT_EQ(forwarded_for("1.1.1.1, 192.0.2.7 ,10.0.0.2", "10.0.0.1", proxies), "192.0.2.7");
  EXPECT_EQ(forwarded_for("1.1.1.1, nobody", "10.0.0.1", proxies), "10.0.0.1");
  EXPECT_EQ(forwarded_for("1.1.1.1, nobody, 10.0.0.2", "10.0.0.1", proxies), "10.0.0.2");
  EXPECT_EQ(forwarded_for("", "10.0.0.1", proxies), "10.0.0.1");
  EXPECT_EQ(forwarded_for("2001:DB8::7", "10.0.0.1", proxies), "2001:db8::7");
}

}  // namespace
}  // namespace evenkeel::http
