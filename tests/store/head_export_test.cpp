#include "store/head_export.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <regex>

#include "support.hpp"

namespace evenkeel::store::test {
namespace {

const Head some{12, sha256("some")};
const Instant noon = at("2026-03-02T12:00:00Z");

class Keys : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(make_key(folder_ / "key"));
    secret_ = *read_secret_key(folder_ / "key");
    public_ = *read_public_key(folder_ / "key.pub");
  }

  TempFolder folder_;
  SecretKey secret_;
  PublicKey public_{};
};

// R5
TEST_F(Keys, AHeadComesBackAsItWasExported) {
  const auto plain = import_head(export_head(some, noon));
  ASSERT_TRUE(plain) << to_string(plain.error());
  EXPECT_EQ(plain->head, some);
  EXPECT_EQ(plain->at, noon);
  EXPECT_FALSE(plain->signed_by);
  const auto signed_head = import_signed_head(sign_head(some, noon, secret_), public_);
  ASSERT_TRUE(signed_head) << to_string(signed_head.error());
  EXPECT_EQ(signed_head->head, some);
  EXPECT_EQ(signed_head->signed_by, public_);
}

// R5
TEST_F(Keys, AnAlteredSignedHeadIsRefusedAlsoByWhoAsksForNoSignature) {
  const std::string text = sign_head(some, noon, secret_);
  for (const auto& [from, to] : {std::pair{"12,", "13,"}, std::pair{"T12:00", "T13:00"}}) {
    const std::string altered = std::regex_replace(text, std::regex{from}, to);
    ASSERT_NE(altered, text);
    const auto read = import_head(altered);
    ASSERT_FALSE(read);
    EXPECT_NE(read.error().what.find("does not hold"), std::string::npos) << read.error().what;
  }
}

TEST_F(Keys, AHeadWithoutSignatureOrOfAnotherKeyIsRefusedWhereOneIsAskedFor) {
  EXPECT_FALSE(import_signed_head(export_head(some, noon), public_));
  ASSERT_TRUE(make_key(folder_ / "other"));
  const std::string of_other = sign_head(some, noon, *read_secret_key(folder_ / "other"));
  EXPECT_TRUE(import_head(of_other));
  const auto read = import_signed_head(of_other, public_);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().where, "signature.public_key");
}

TEST_F(Keys, AreNeverOverwrittenAndTheSecretOneIsItsOwnersAlone) {
  EXPECT_FALSE(make_key(folder_ / "key"));
  const auto permissions = std::filesystem::status(folder_ / "key").permissions();
  EXPECT_EQ(permissions & (std::filesystem::perms::group_all | std::filesystem::perms::others_all),
            std::filesystem::perms::none);
  EXPECT_FALSE(read_secret_key(folder_ / "key.pub"));
  EXPECT_FALSE(read_public_key(folder_ / "key"));
}

TEST(HeadExport, TextsThatAreNoHeadAreRefused) {
  for (const char* text :
       {"", "{}", "[]", R"({"audit_head": {"number": -1, "hash": "", "at": ""}})",
        R"({"audit_head": {"number": 1.5, "hash": "00", "at": "2026-03-02T12:00:00Z"}})"}) {
    EXPECT_FALSE(import_head(text)) << text;
  }
}

}  // namespace
}  // namespace evenkeel::store::test
