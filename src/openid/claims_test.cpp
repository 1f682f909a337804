// What a token says, held against what was asked for: each refusal is a row.
#include "openid/claims.hpp"

#include <gtest/gtest.h>

#include <map>

namespace evenkeel::openid {
namespace {

const Instant now = *Instant::parse("2026-03-02T08:00:00Z");
constexpr long long at = 1'772'438'400;  // the same

Expected expected() {
  return {"https://login.example.org", "evenkeel", "the-nonce", {}, {}, {}};
}

std::map<std::string, std::string> good() {
  return {{"iss", R"("https://login.example.org")"},
          {"sub", R"("248289761001")"},
          {"aud", R"("evenkeel")"},
          {"nonce", R"("the-nonce")"},
          {"iat", std::to_string(at)},
          {"exp", std::to_string(at + 300)},
          {"email", R"("somebody@example.org")"},
          {"groups", R"(["a", {"b": null}])"}};
}

// The good claims with one replaced; an empty value leaves it out.
std::string with(const std::string& claim, const std::string& value,
                 std::map<std::string, std::string> all = good()) {
  all[claim] = value;
  std::string text;
  for (const auto& [name, each] : all) {
    if (!each.empty()) text += (text.empty() ? "\"" : ", \"") + name + "\": " + each;
  }
  return "{" + text + "}";
}

std::string refusal(const std::string& payload, const Expected& what = expected()) {
  const auto subject = subject_of(payload, what, now);
  return subject ? "taken" : subject.error().where;
}

TEST(Claims, OfAGoodTokenTheSubjectIsTaken) {
  const auto subject = subject_of(with("email", "\"a@b\""), expected(), now);
  ASSERT_TRUE(subject) << subject.error().what;
  EXPECT_EQ(*subject, "248289761001");
}

// R1
TEST(Claims, WhatWasNotMadeForThisSignInIsRefused) {
  const struct {
    const char *claim, *value, *refused;
  } rows[] = {{"iss", R"("https://login.example.com")", "iss"},
              {"iss", R"("https://login.example.org/")", "iss"},
              {"iss", "", "iss"},
              {"aud", R"("another")", "aud"},
              {"aud", R"(["another"])", "aud"},
              {"aud", "", "aud"},
              {"aud", "[]", "aud"},
              {"aud", R"(["evenkeel", "another"])", "azp"},
              {"azp", R"("another")", "azp"},
              {"nonce", R"("another")", "nonce"},
              {"nonce", R"("")", "token"},
              {"nonce", "", "nonce"},
              {"sub", "", "sub"},
              {"sub", R"("with a blank")", "sub"},
              {"sub", "17", "token"},
              {"aud", "{}", "token"},
              {"iat", R"("yesterday")", "token"}};
  for (const auto& row : rows)
    EXPECT_EQ(refusal(with(row.claim, row.value)), row.refused) << row.claim << row.value;
  EXPECT_EQ(refusal("[]"), "token");
  EXPECT_EQ(refusal("{"), "token");
  EXPECT_EQ(refusal(R"({"iss": "a", "iss": "b"})"), "token");
  EXPECT_EQ(refusal(with("sub", "\"" + std::string(256, 'a') + "\"")), "sub");
}

TEST(Claims, AnotherProgramBesideUsIsTakenWhereTheTokenWasMadeForUs) {
  auto claims = good();
  claims["aud"] = R"(["another", "evenkeel"])";
  EXPECT_EQ(refusal(with("azp", R"("evenkeel")", claims)), "taken");
  EXPECT_EQ(refusal(with("azp", R"("another")", claims)), "azp");
}

TEST(Claims, ATokenIsGoodForItsTimeAndAMinuteOfSkew) {
  const auto seconds = [](long long value) { return std::to_string(at + value); };
  const struct {
    const char* claim;
    long long value;
    const char* refused;
  } rows[] = {{"exp", -59, "taken"},  {"exp", -60, "exp"},  {"iat", 59, "taken"}, {"iat", 61, "iat"},
              {"iat", -600, "taken"}, {"iat", -601, "iat"}, {"nbf", 60, "taken"}, {"nbf", 61, "nbf"}};
  for (const auto& row : rows)
    EXPECT_EQ(refusal(with(row.claim, seconds(row.value))), row.refused) << row.claim << row.value;
  EXPECT_EQ(refusal(with("exp", "")), "exp");
  EXPECT_EQ(refusal(with("iat", "")), "iat");
  EXPECT_EQ(refusal(with("exp", "1e300")), "token");
}

TEST(Claims, WhereTheProviderWasToAskAnewItSaysWhen) {
  Expected anew = expected();
  anew.since = now - 30.0 * units::s;
  EXPECT_EQ(refusal(with("auth_time", std::to_string(at - 10)), anew), "taken");
  EXPECT_EQ(refusal(with("auth_time", std::to_string(at - 90)), anew), "taken");
  EXPECT_EQ(refusal(with("auth_time", std::to_string(at - 91)), anew), "auth_time");
  EXPECT_EQ(refusal(with("auth_time", std::to_string(at + 61)), anew), "auth_time");
  EXPECT_EQ(refusal(with("auth_time", ""), anew), "auth_time");
}

// R1: a site demands the provider's second factor.
TEST(Claims, WhatTheSiteDemandsOfTheSignInHasToStandThere) {
  Expected more = expected();
  more.acr = {"gold", "silver"};
  EXPECT_EQ(refusal(with("acr", R"("silver")"), more), "taken");
  EXPECT_EQ(refusal(with("acr", R"("bronze")"), more), "acr");
  EXPECT_EQ(refusal(with("acr", ""), more), "acr");
  more = expected();
  more.amr = {"pwd", "otp"};
  EXPECT_EQ(refusal(with("amr", R"(["otp", "mfa", "pwd"])"), more), "taken");
  EXPECT_EQ(refusal(with("amr", R"(["pwd"])"), more), "amr");
  EXPECT_EQ(refusal(with("amr", R"("otp")"), more), "amr");
  EXPECT_EQ(refusal(with("amr", ""), more), "amr");
}

}  // namespace
}  // namespace evenkeel::openid
