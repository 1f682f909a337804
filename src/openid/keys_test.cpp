// Signatures: by the provider's keys and by nobody else's, and by two algorithms alone.
#include "openid/keys.hpp"

#include <gtest/gtest.h>

#include "support/openid_provider.hpp"

namespace evenkeel::openid {
namespace {

using test::base64url;
using test::jwk_text;
using test::key_set;
using test::rsa_key;
using test::signed_token;

const std::string claims = R"({"sub": "1"})";

Keys both(const test::Key& ec) {
  return *Keys::read(key_set({jwk_text(rsa_key()), jwk_text(ec)}));
}

// R1
TEST(Keys, WhatOneOfThemSignedIsRead) {
  const auto ec = test::ec_key("ec-1");
  const Keys keys = both(ec);
  EXPECT_EQ(keys.size(), 2U);
  EXPECT_EQ(keys.payload_of(signed_token(rsa_key(), "RS256", claims, "rsa-1")), claims);
  EXPECT_EQ(keys.payload_of(signed_token(ec, "ES256", claims, "ec-1")), claims);
  EXPECT_EQ(keys.payload_of(signed_token(ec, "ES256", claims, "")), claims) << "without a key's name";
}

TEST(Keys, WhatAnotherKeySignedIsRefused) {
  const auto ec = test::ec_key("ec-1");
  const auto other = test::ec_key("ec-1");
  const Keys keys = both(ec);
  const auto forged = keys.payload_of(signed_token(other, "ES256", claims, "ec-1"));
  ASSERT_FALSE(forged);
  EXPECT_FALSE(forged.error().key_unknown);
  const auto unknown = keys.payload_of(signed_token(other, "ES256", claims, "ec-2"));
  ASSERT_FALSE(unknown);
  EXPECT_TRUE(unknown.error().key_unknown);
  EXPECT_TRUE(keys.payload_of(signed_token(other, "ES256", claims, "")).error().key_unknown);
}

TEST(Keys, WhatWasAlteredIsRefused) {
  const Keys keys = *Keys::read(key_set({jwk_text(rsa_key())}));
  const std::string token = signed_token(rsa_key(), "RS256", claims, "rsa-1");
  const auto first = token.find('.'), second = token.rfind('.');
  const std::string head = token.substr(0, first), sign = token.substr(second + 1);
  EXPECT_FALSE(keys.payload_of(head + "." + base64url(R"({"sub": "2"})") + "." + sign));
  EXPECT_FALSE(keys.payload_of(token.substr(0, second + 1)));
  EXPECT_FALSE(keys.payload_of(token.substr(0, second)));
  EXPECT_FALSE(keys.payload_of(token + "A"));
  EXPECT_FALSE(keys.payload_of(token + "." + sign));
  EXPECT_FALSE(keys.payload_of(""));
  EXPECT_FALSE(keys.payload_of(".."));
  EXPECT_FALSE(keys.payload_of(std::string(Keys::longest_token + 1, 'a')));
}

// Found by the fuzzer: cjose ends the program at base64 that is none.
TEST(Keys, WhatIsNoBase64IsRefusedBeforeItIsDecoded) {
  const Keys keys = *Keys::read(key_set({jwk_text(rsa_key())}));
  const std::string token = signed_token(rsa_key(), "RS256", claims, "rsa-1");
  for (const std::string& bad :
       {"ey=" + token, "ey" + token + "=", token + "\n", "a" + token, token.substr(1), std::string{"a.b.c"},
        std::string{"eyJhbGciOiAiRVMyNTYiLCAia1lkI=ogImVjLTEifQ.e30.AQEB"}})
    EXPECT_FALSE(keys.payload_of(bad)) << bad;
  const std::string rsa = jwk_text(rsa_key());
  std::string broken = rsa;
  broken.replace(broken.find("\"n\":\"") + 5, 3, "=a=");
  EXPECT_EQ(Keys::read(key_set({broken}))->size(), 0U) << broken;
}

// R1: the oldest tricks: no algorithm, and the public key taken for a shared secret.
TEST(Keys, OtherAlgorithmsAreRefusedBeforeAnyKeyIsLookedAt) {
  const Keys keys = *Keys::read(key_set({jwk_text(rsa_key())}));
  for (const char* algorithm : {"none", "None", "NONE", "", "HS256", "RS1", "PS256"}) {
    const std::string header = base64url(std::string{R"({"alg": ")"} + algorithm + R"(", "kid": "rsa-1"})");
    for (const char* sign : {"", "AAAA"}) {
      const auto refused = keys.payload_of(header + "." + base64url(claims) + "." + sign);
      EXPECT_FALSE(refused) << algorithm;
    }
  }
  cjose_err error{};
  const std::string shared = jwk_text(rsa_key());
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): bytes of text
  const test::Key oct{
      cjose_jwk_create_oct_spec(reinterpret_cast<const std::uint8_t*>(shared.data()), shared.size(), &error)};
  const std::string confused = signed_token(oct, "HS256", claims, "rsa-1");
  ASSERT_FALSE(confused.empty());
  const auto refused = keys.payload_of(confused);
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().why.find("HS256"), std::string::npos) << refused.error().why;
}

TEST(Keys, AHeaderThatAsksForWhatIsNotKnownIsRefused) {
  const Keys keys = *Keys::read(key_set({jwk_text(rsa_key())}));
  const std::string token = signed_token(rsa_key(), "RS256", claims, "rsa-1");
  const std::string header = base64url(R"({"alg": "RS256", "kid": "rsa-1", "crit": ["exp"], "exp": 1})");
  EXPECT_FALSE(keys.payload_of(header + token.substr(token.find('.'))));
}

TEST(Keys, OfASetThatIsTakenWhichCanHoldAnAlgorithmOfOurs) {
  const std::string rsa = jwk_text(rsa_key());
  const auto with = [&](const std::string& member) {
    return Keys::read(key_set({rsa.substr(0, rsa.size() - 1) + "," + member + "}"}))->size();
  };
  EXPECT_EQ(with(R"("use": "sig")"), 1U);
  EXPECT_EQ(with(R"("alg": "RS256")"), 1U);
  EXPECT_EQ(with(R"("use": "enc")"), 0U);
  EXPECT_EQ(with(R"("alg": "RS512")"), 0U);
  EXPECT_EQ(Keys::read(key_set({R"({"kty": "oct", "k": "c2VjcmV0"})"}))->size(), 0U);
  EXPECT_EQ(Keys::read(key_set({R"({"kty": "RSA", "n": "AQAB", "e": "AQAB"})"}))->size(), 0U) << "too short";
  EXPECT_EQ(Keys::read(key_set({"17", "null", "[]"}))->size(), 0U);
  for (const char* none : {"", "{}", "[]", R"({"keys": 1})", R"({"keys": {}})"})
    EXPECT_FALSE(Keys::read(none)) << none;
}

}  // namespace
}  // namespace evenkeel::openid
