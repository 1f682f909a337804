#include "clinic/one_time_code.hpp"

#include <gtest/gtest.h>

namespace evenkeel::clinic {
namespace {

const Secret& rfc_key() {
  static const Secret key{std::string{"12345678901234567890"}};
  return key;
}

Instant at_second(std::int64_t seconds) {
  return Instant{Instant::Time{std::chrono::seconds{seconds}}};
}

// RFC 6238, appendix B, SHA-1.
TEST(OneTimeCode, IsThatOfTheRfc) {
  const std::pair<std::int64_t, const char*> vectors[] = {{59, "94287082"},
                                                          {1'111'111'109, "07081804"},
                                                          {1'111'111'111, "14050471"},
                                                          {1'234'567'890, "89005924"},
                                                          {2'000'000'000, "69279037"},
                                                          {20'000'000'000, "65353130"}};
  for (const auto& [seconds, code] : vectors) EXPECT_EQ(code_at(rfc_key(), seconds / 30, 8), code) << seconds;
}

// RFC 4226, appendix D.
TEST(OneTimeCode, HasSixDigitsOfTheRfcBelowIt) {
  const char* vectors[] = {"755224", "287082", "359152", "969429", "338314",
                           "254676", "287922", "162583", "399871", "520489"};
  for (std::size_t i = 0; i < std::size(vectors); ++i)
    EXPECT_EQ(code_at(rfc_key(), static_cast<std::int64_t>(i)), vectors[i]);
}

TEST(OneTimeCode, IsTakenAStepEarlyAndAStepLateAndNoMore) {
  const Instant now = at_second(1'234'567'890);
  const std::int64_t step = step_of(now);
  EXPECT_EQ(step, 41'152'263);
  for (const int apart : {-1, 0, 1})
    EXPECT_EQ(step_taken(rfc_key(), code_at(rfc_key(), step + apart), now, 0), step + apart) << apart;
  for (const int apart : {-2, 2, 3, -10})
    EXPECT_EQ(step_taken(rfc_key(), code_at(rfc_key(), step + apart), now, 0), std::nullopt) << apart;
}

TEST(OneTimeCode, IsTakenOnce) {
  const Instant now = at_second(1'234'567'890);
  const std::int64_t step = step_of(now);
  EXPECT_EQ(step_taken(rfc_key(), code_at(rfc_key(), step), now, step - 1), step);
  EXPECT_EQ(step_taken(rfc_key(), code_at(rfc_key(), step), now, step), std::nullopt);
  EXPECT_EQ(step_taken(rfc_key(), code_at(rfc_key(), step - 1), now, step), std::nullopt)
      << "nor an older one";
}

TEST(OneTimeCode, IsSixDigitsAndNothingElse) {
  const Instant now = at_second(1'234'567'890);
  const std::string right = code_at(rfc_key(), step_of(now));
  for (const std::string& bad :
       {std::string{}, right.substr(0, 5), right + "0", " " + right, std::string(6, '\0')})
    EXPECT_EQ(step_taken(rfc_key(), bad, now, 0), std::nullopt) << bad;
}

// RFC 4648, section 10.
TEST(Base32, IsThatOfTheRfcBothWays) {
  const std::pair<const char*, const char*> vectors[] = {{"", ""},
                                                         {"f", "MY"},
                                                         {"fo", "MZXQ"},
                                                         {"foo", "MZXW6"},
                                                         {"foob", "MZXW6YQ"},
                                                         {"fooba", "MZXW6YTB"},
                                                         {"foobar", "MZXW6YTBOI"}};
  for (const auto& [bytes, text] : vectors) {
    EXPECT_EQ(base32(bytes), text);
    EXPECT_EQ(bytes_of_base32(text)->view(), bytes);
  }
  EXPECT_EQ(bytes_of_base32("mzxw 6ytb-oi")->view(), "foobar") << "as people type it";
  for (const char* bad : {"MZXW1", "MZXW0", "MY======", "ü"}) EXPECT_FALSE(bytes_of_base32(bad)) << bad;
}

TEST(OneTimeCode, SecretsAreLongAndDifferent) {
  const Secret one = new_code_secret();
  EXPECT_EQ(bytes_of_base32(one.view())->view().size(), 20U);
  EXPECT_NE(one.view(), new_code_secret().view());
}

TEST(OneTimeCode, IsOfferedAsAppsReadIt) {
  const Secret secret{std::string{"MZXW6YTBOI"}};
  EXPECT_EQ(otpauth_uri(secret, "nurse-1", "Example Clinic").view(),
            "otpauth://totp/Example%20Clinic:nurse-1?secret=MZXW6YTBOI&issuer=Example%20Clinic"
            "&algorithm=SHA1&digits=6&period=30");
}

}  // namespace
}  // namespace evenkeel::clinic
