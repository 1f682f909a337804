// Links between accounts and subjects of an OpenID provider, and signing in by one.
#include "clinic/provider_sign_in.hpp"

#include "clinic/accounts.hpp"
#include "clinic/sign_in.hpp"
#include "support/clinic_store.hpp"

namespace evenkeel::clinic {
namespace {

const Subject anna{"https://login.example.org", "248289761001"};
const Subject ben{"https://login.example.org", "248289761002"};
constexpr const char* right = "kettle orbit fjord";

class ProviderSignInTest : public ClinicStore {
 protected:
  ProviderSignInTest() : key_(*SiteKey::read_or_make(folder_ / "site.key")) {
    EXPECT_TRUE(first_account(*log_, {"admin-1", "", Role::administrator}, Secret{std::string{right}}, now));
    for (const char* name : {"nurse-1", "nurse-2"})
      EXPECT_TRUE(create_account(*log_, {name, "", Role::nurse}, admin));
  }
  Result<Account> link(const std::string& name, const Subject& subject, bool keeps_password = true) {
    return link_account(*log_, name, subject, keeps_password, admin);
  }
  Result<Account> enters(const Subject& subject) { return sign_in_by_provider(*log_, subject, now); }
  [[nodiscard]] std::string refusal(const Result<Account>& account) const {
    return account ? account->name : account.error().where;
  }

  SiteKey key_;
};

// R1, R5
TEST_F(ProviderSignInTest, WhoIsLinkedSignsInAndIsAudited) {
  ASSERT_TRUE(link("nurse-1", anna));
  EXPECT_EQ(last_audited().action, store::Action::rights_changed);
  EXPECT_NE(last_audited().detail.find(anna.subject), std::string::npos);
  const auto account = enters(anna);
  ASSERT_TRUE(account) << to_string(account.error());
  EXPECT_EQ(account->name, "nurse-1");
  EXPECT_EQ(account->role, Role::nurse);
  EXPECT_EQ(account->last_signed_in, now);
  EXPECT_EQ(last_audited().action, store::Action::signed_in);
  EXPECT_EQ(last_audited().detail, "by the provider");
}

// R1, R5
TEST_F(ProviderSignInTest, WhoIsNotLinkedIsRefusedAndItIsAudited) {
  ASSERT_TRUE(link("nurse-1", anna));
  EXPECT_EQ(refusal(enters(ben)), "subject");
  EXPECT_EQ(last_audited().action, store::Action::sign_in_failed);
  EXPECT_NE(last_audited().detail.find(ben.subject), std::string::npos);
  EXPECT_EQ(refusal(enters({"https://login.example.com", anna.subject})), "subject") << "of another provider";
  ASSERT_TRUE(unlink_account(*log_, "nurse-1", admin));
  EXPECT_EQ(refusal(enters(anna)), "subject");
  const auto before = audited(store::Action::sign_in_failed);
  for (int i = 0; i < 150; ++i) EXPECT_FALSE(enters(ben));
  EXPECT_LE(audited(store::Action::sign_in_failed) - before, 100U) << "nobody fills the disk";
}

TEST_F(ProviderSignInTest, ADisabledAccountStaysShut) {
  ASSERT_TRUE(link("nurse-1", anna));
  ASSERT_TRUE(disable_account(*log_, "nurse-1", "left", admin));
  EXPECT_EQ(refusal(enters(anna)), "disabled");
  EXPECT_EQ(last_audited().subject, "account/nurse-1");
}

TEST_F(ProviderSignInTest, ASubjectOpensOneAccountAndMovesOnceItIsFree) {
  ASSERT_TRUE(link("nurse-1", anna));
  EXPECT_EQ(refusal(link("nurse-2", anna)), "subject");
  EXPECT_EQ(refusal(link("nurse-1", anna)), "nurse-1") << "said again";
  ASSERT_TRUE(unlink_account(*log_, "nurse-1", admin));
  ASSERT_TRUE(link("nurse-2", anna));
  EXPECT_EQ(refusal(enters(anna)), "nurse-2");
  ASSERT_TRUE(link("nurse-2", ben)) << "another subject for the account";
  EXPECT_EQ(refusal(enters(anna)), "subject");
  EXPECT_EQ(refusal(enters(ben)), "nurse-2");
}

// The pointer is not believed alone: what a crash left between the two streams opens nothing.
TEST_F(ProviderSignInTest, APointerWithoutALinkOpensNothing) {
  ASSERT_TRUE(point_to(*log_, anna, "nurse-1", admin));
  EXPECT_EQ(refusal(enters(anna)), "subject");
  EXPECT_EQ(refusal(link("nurse-2", anna)), "nurse-2");
}

// R2
TEST_F(ProviderSignInTest, AnAdministratorAloneLinksAndASubjectIsOne) {
  EXPECT_EQ(link_account(*log_, "nurse-1", anna, true, nurse).error().code, ErrorCode::not_permitted);
  EXPECT_EQ(unlink_account(*log_, "nurse-1", nurse).error().code, ErrorCode::not_permitted);
  EXPECT_EQ(refusal(link("nobody-1", anna)), "name");
  for (const char* bad : {"", "two words", "n\xC3\xBC", "a\nb"})
    EXPECT_EQ(refusal(link("nurse-1", {anna.issuer, bad})), "subject");
  EXPECT_EQ(refusal(link("nurse-1", {anna.issuer, std::string(256, 'a')})), "subject");
  EXPECT_EQ(refusal(link("nurse-1", {"", "1"})), "issuer");
}

TEST_F(ProviderSignInTest, WithoutAPasswordTheProviderAloneOpens) {
  const auto given = reset_password(*log_, "nurse-1", admin);
  ASSERT_TRUE(link("nurse-1", anna, false));
  EXPECT_FALSE(account_of(*log_, "nurse-1", admin)->has_password());
  EXPECT_FALSE(sign_in(*log_, key_, {"nurse-1", Secret{std::string{given->password.view()}}}, now));
  EXPECT_FALSE(sign_in(*log_, key_, {"nurse-1", Secret{}}, now));
  EXPECT_EQ(refusal(enters(anna)), "nurse-1");
  EXPECT_EQ(refusal(link("admin-1", ben, false)), "without_password")
      << "for the day on which the provider is down";
  const auto again = reset_password(*log_, "nurse-1", admin);
  EXPECT_TRUE(sign_in(*log_, key_, {"nurse-1", Secret{std::string{again->password.view()}}}, now));
}

TEST_F(ProviderSignInTest, ALockedScreenIsOpenedByItsOwnerAlone) {
  ASSERT_TRUE(link("nurse-1", anna));
  ASSERT_TRUE(link("nurse-2", ben));
  EXPECT_EQ(refusal(unlock_by_provider(*log_, "nurse-1", anna, now)), "nurse-1");
  EXPECT_EQ(refusal(unlock_by_provider(*log_, "nurse-1", ben, now)), "another");
  EXPECT_EQ(last_audited().action, store::Action::sign_in_failed);
  EXPECT_EQ(last_audited().subject, "account/nurse-2");
}

TEST_F(ProviderSignInTest, WhatChangesALinkEndsTheSessions) {
  ASSERT_TRUE(link("nurse-1", anna));
  const Account held = *enters(anna);
  EXPECT_TRUE(keep_up(*log_, held));
  ASSERT_TRUE(unlink_account(*log_, "nurse-1", admin));
  EXPECT_FALSE(keep_up(*log_, held));
}

// R1: a site may take passwords of administrators alone.
TEST_F(ProviderSignInTest, WhereTheSiteSaysSoAPasswordIsTakenOfAdministratorsAlone) {
  const auto given = reset_password(*log_, "nurse-1", admin);
  const auto by = [&](const char* name, std::string_view password) {
    return SignIn{name, Secret{std::string{password}}, {}, Passwords::of_administrators};
  };
  EXPECT_EQ(refusal(sign_in(*log_, key_, by("admin-1", right), now)), "admin-1");
  EXPECT_EQ(refusal(sign_in(*log_, key_, by("nurse-1", given->password.view()), now)), "provider");
  EXPECT_EQ(last_audited().action, store::Action::sign_in_failed);
  EXPECT_EQ(refusal(sign_in(*log_, key_, by("nurse-1", "a wrong one altogether"), now)), "sign-in")
      << "who has not shown the password learns nothing of the account";
  EXPECT_EQ(refusal(unlock_screen(*log_, by("nurse-1", given->password.view()), now)), "provider");
  EXPECT_EQ(refusal(unlock_screen(*log_, by("admin-1", right), now)), "admin-1");
}

}  // namespace
}  // namespace evenkeel::clinic
