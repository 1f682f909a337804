// The whole way of a sign-in against a provider in memory, and what may go wrong on it.
#include "openid/provider.hpp"

#include <gtest/gtest.h>

#include "openid/words.hpp"
#include "support/openid_provider.hpp"

namespace evenkeel::openid {
namespace {

using test::FakeProvider;
using test::jwk_text;
using test::key_set;
using test::rsa_key;

const Instant start = *Instant::parse("2026-03-02T08:00:00Z");

class ProviderTest : public testing::Test {
 protected:
  Begun begin(const std::string& about = "") {
    const auto begun = provider_.begin({about, false, "10.0.0.1"}, now_);
    EXPECT_TRUE(begun) << begun.error().what;
    fake_.know("248289761001", begun->address, now_);
    return *begun;
  }
  [[nodiscard]] Returned returned(const Begun& begun) const {
    return {FakeProvider::parameter(begun.address, "state"), "a-code", "", "", begun.browser};
  }
  Result<Known, Failed> finish(const Begun& begun) { return provider_.finish(returned(begun), now_); }
  // Why it came to nothing.
  std::string trouble(const Result<Known, Failed>& known) {
    return known ? "taken" : known.error().trouble.what;
  }

  Instant now_ = start;
  FakeProvider fake_;
  Provider provider_{FakeProvider::settings(), fake_.fetch()};
};

// R1
TEST_F(ProviderTest, SomebodyGoesThereAndComesBackAndItIsKnownWhoItIs) {
  const Begun begun = begin("the screen");
  EXPECT_TRUE(begun.address.starts_with(
      "https://login.example.org/clinic/auth?response_type=code&client_id=evenkeel&"));
  for (const char* part : {"redirect_uri=https%3A%2F%2Fevenkeel.example.org%2Fapi%2Fopenid%2Freturn",
                           "scope=openid", "code_challenge_method=S256", "prompt=login", "max_age=0"})
    EXPECT_NE(begun.address.find(part), std::string::npos) << part;
  EXPECT_EQ(begun.address.find(begun.browser), std::string::npos);
  const auto known = finish(begun);
  ASSERT_TRUE(known) << trouble(known);
  EXPECT_EQ(known->subject, "248289761001");
  EXPECT_EQ(known->issuer, FakeProvider::issuer);
  EXPECT_EQ(known->about, "the screen");
}

TEST_F(ProviderTest, TheCodeIsRedeemedWithTheSecretAndTheVerifier) {
  const Begun begun = begin();
  Asking asked;
  auto token = fake_.answers["/token"];
  fake_.answers["/token"] = [&] {
    asked = fake_.last;
    return token();
  };
  ASSERT_TRUE(finish(begun));
  ASSERT_TRUE(asked.form && asked.client);
  const std::string verifier = FakeProvider::parameter("?" + *asked.form, "code_verifier");
  EXPECT_EQ(challenge_of(verifier), FakeProvider::parameter(begun.address, "code_challenge"));
  EXPECT_NE(asked.form->find("grant_type=authorization_code&code=a-code&"), std::string::npos);
  EXPECT_EQ(asked.client->second, "se%3Acret");
  EXPECT_EQ(asked.form->find("client_secret"), std::string::npos) << "not in the form as well";
}

// R1
TEST_F(ProviderTest, AStateThatWasForgedOrUsedOrIsAnotherBrowsersIsRefused) {
  const Begun begun = begin();
  Returned other = returned(begun);
  other.browser = begin().browser;
  EXPECT_EQ(provider_.finish(other, now_).error().trouble.why, Why::stale);
  Returned forged = returned(begun);
  forged.state = random_word();
  EXPECT_EQ(provider_.finish(forged, now_).error().trouble.why, Why::stale);
  fake_.know("248289761001", begun.address, now_);
  EXPECT_TRUE(finish(begun));
  const int asked = fake_.asked["/token"];
  EXPECT_EQ(finish(begun).error().trouble.why, Why::stale) << "a second time";
  EXPECT_EQ(fake_.asked["/token"], asked) << "of none of these the provider hears";
}

TEST_F(ProviderTest, ACodeThatTheProviderDoesNotTakeBackIsRefused) {
  const Begun begun = begin();
  fake_.answers["/token"] = [] {
    return Told{400, R"({"error": "invalid_grant", "error_description": "<script>"})"};
  };
  EXPECT_EQ(trouble(finish(begun)), "the sign-in service does not take its own answer back: invalid_grant");
}

TEST_F(ProviderTest, AnAnswerOfAnotherProviderIsRefusedBeforeTheCodeGoesAnywhere) {
  Returned mixed = returned(begin());
  mixed.issuer = "https://login.example.com";
  EXPECT_EQ(provider_.finish(mixed, now_).error().trouble.why, Why::refused);
  EXPECT_EQ(fake_.asked["/token"], 0);
  Returned named = returned(begin());
  named.issuer = FakeProvider::issuer;
  EXPECT_TRUE(provider_.finish(named, now_));
}

TEST_F(ProviderTest, ANonceOrAnIssuerThatIsNotOursIsRefused) {
  for (const auto& [claim, value] :
       {std::pair{"nonce", "\"another\""}, std::pair{"iss", "\"https://login.example.com\""}}) {
    const Begun begun = begin();
    fake_.members[claim] = value;
    const auto refused = finish(begun);
    ASSERT_FALSE(refused) << claim;
    EXPECT_EQ(refused.error().trouble.why, Why::refused);
  }
}

TEST_F(ProviderTest, WhoDoesNotSignInThereIsToldSoInKnownWordsAlone) {
  Returned denied = returned(begin());
  denied.error = "access_denied";
  denied.code = "";
  const auto refused = provider_.finish(denied, now_);
  EXPECT_EQ(refused.error().trouble.why, Why::denied);
  EXPECT_NE(refused.error().trouble.what.find("access_denied"), std::string::npos);
  Returned strange = returned(begin());
  strange.error = "call 0900 1234 now";
  EXPECT_EQ(trouble(provider_.finish(strange, now_)).find("0900"), std::string::npos);
}

TEST_F(ProviderTest, WhatIsKnownOfTheProviderIsReadOnceAnHour) {
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(finish(begin()));
  EXPECT_EQ(fake_.asked["/.well-known/openid-configuration"], 1);
  EXPECT_EQ(fake_.asked["/keys"], 1);
  now_ = start + 61.0 * units::min;
  EXPECT_TRUE(finish(begin()));
  EXPECT_EQ(fake_.asked["/.well-known/openid-configuration"], 2);
  EXPECT_EQ(fake_.asked["/keys"], 2);
}

TEST_F(ProviderTest, ANewKeyIsReadWhenItIsMetAndAtMostOnceAMinute) {
  EXPECT_TRUE(finish(begin()));
  const auto fresh = test::ec_key("ec-2");
  fake_.answers["/token"] = [&] {
    return Told{200,
                R"({"id_token": ")" + test::signed_token(fresh, "ES256", fake_.claims(), "ec-2") + "\"}"};
  };
  for (int i = 0; i < 3; ++i)
    EXPECT_FALSE(finish(begin())) << "nobody's key; and within the minute it is not asked again";
  EXPECT_EQ(fake_.asked["/keys"], 1);
  now_ = now_ + 61.0 * units::s;
  EXPECT_FALSE(finish(begin()));
  EXPECT_FALSE(finish(begin()));
  EXPECT_EQ(fake_.asked["/keys"], 2);
  fake_.answers["/keys"] = [&] { return Told{200, key_set({jwk_text(fresh)})}; };
  now_ = now_ + 61.0 * units::s;
  EXPECT_TRUE(finish(begin()));
}

// R1: the provider is down.
TEST_F(ProviderTest, AProviderThatDoesNotAnswerIsToldInPlainWordsAndNotAskedAtOnceAgain) {
  fake_.answers.clear();
  for (int i = 0; i < 3; ++i) {
    const auto begun = provider_.begin({"", false, "10.0.0.1"}, now_);
    ASSERT_FALSE(begun);
    EXPECT_EQ(begun.error().why, Why::out_of_reach);
    EXPECT_NE(begun.error().what.find("out of reach"), std::string::npos);
  }
  EXPECT_EQ(fake_.asked["/.well-known/openid-configuration"], 1);
  now_ = now_ + 6.0 * units::s;
  EXPECT_FALSE(provider_.begin({"", false, "10.0.0.1"}, now_));
  EXPECT_EQ(fake_.asked["/.well-known/openid-configuration"], 2);
}

TEST_F(ProviderTest, ADescriptionThatCannotBeTrustedIsNotFollowed) {
  const auto with = [&](const std::string& text) {
    fake_.answers["/.well-known/openid-configuration"] = [text] { return Told{200, text}; };
    Provider anew{FakeProvider::settings(), fake_.fetch()};
    return anew.begin({"", false, "10.0.0.1"}, now_).has_value();
  };
  const std::string issuer = FakeProvider::issuer;
  const auto text = [&](const std::string& who, const std::string& token) {
    return R"({"issuer": ")" + who + R"(", "authorization_endpoint": ")" + issuer +
           R"(/auth", "jwks_uri": ")" + issuer + R"(/keys", "token_endpoint": ")" + token + "\"}";
  };
  EXPECT_TRUE(with(text(issuer, issuer + "/token")));
  EXPECT_TRUE(with(text(issuer, issuer + "/token?tenant=a")));
  EXPECT_FALSE(with(text("https://login.example.com", issuer + "/token")));
  for (const char* bad : {"http://login.example.org/token", "http://127.0.0.1/token", "file:///etc/passwd",
                          "", "https://a@b/token"})
    EXPECT_FALSE(with(text(issuer, bad))) << bad;
  for (const char* bad : {"", "{}", "[]", "<html>"}) EXPECT_FALSE(with(bad)) << bad;
}

TEST_F(ProviderTest, WhereTheProviderNeedNotAskEachTimeOnlyALockedScreenMakesIt) {
  Settings settings = FakeProvider::settings();
  settings.ask_every_time = false;
  Provider once{settings, fake_.fetch()};
  const auto plain = once.begin({"", false, "10.0.0.1"}, now_);
  EXPECT_EQ(plain->address.find("prompt"), std::string::npos);
  const auto screen = once.begin({"screen", true, "10.0.0.1"}, now_);
  EXPECT_NE(screen->address.find("prompt=login&max_age=0"), std::string::npos);
  fake_.know("1", screen->address, now_);
  fake_.members.erase("auth_time");
  const auto refused =
      once.finish({FakeProvider::parameter(screen->address, "state"), "c", "", "", screen->browser}, now_);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().about, "screen");
}

}  // namespace
}  // namespace evenkeel::openid
