#include "clinic/accounts.hpp"

#include "clinic/break_glass.hpp"
#include "clinic/sign_in.hpp"
#include "support/clinic_store.hpp"

namespace evenkeel::clinic {
namespace {

class AccountsTest : public ClinicStore {
 protected:
  AccountsTest() : key_(*SiteKey::read_or_make(folder_ / "site.key")) {
    EXPECT_TRUE(first_account(*log_, {"admin-1", "Admin One", Role::administrator},
                              Secret{std::string{"kettle orbit fjord"}}, now));
  }
  Handed nurse_made(const PatientList& patients = {}) {
    auto made = create_account(*log_, {"nurse-1", "Nurse One", Role::nurse, patients}, admin);
    EXPECT_TRUE(made);
    return *std::move(made);
  }
  Result<Account> signed_in(const std::string& name, const Secret& password) {
    return sign_in(*log_, key_, {name, Secret{std::string{password.view()}}}, now);
  }

  SiteKey key_;
};

TEST_F(AccountsTest, TheFirstIsAnAdministratorAndThereIsOneFirst) {
  EXPECT_EQ(account_of(*log_, "admin-1", admin)->role, Role::administrator);
  EXPECT_FALSE(account_of(*log_, "admin-1", admin)->must_change);
  const auto second = first_account(*log_, {"admin-2", "", Role::administrator},
                                    Secret{std::string{"kettle orbit fjord"}}, now);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::not_permitted);
}

TEST_F(AccountsTest, AreMadeWithAPasswordThatMustBeChanged) {
  const Handed handed = nurse_made();
  const auto account = signed_in("nurse-1", handed.password);
  ASSERT_TRUE(account);
  EXPECT_TRUE(account->must_change);
  EXPECT_EQ(account->display, "Nurse One");
  const auto changed =
      change_password(*log_, "nurse-1", handed.password, Secret{std::string{"plain toast, no jam"}}, now);
  ASSERT_TRUE(changed);
  EXPECT_FALSE(changed->must_change);
  EXPECT_FALSE(signed_in("nurse-1", handed.password));
}

TEST_F(AccountsTest, ThatWereReadAreReadAgainOnceTheyMoveOn) {
  const Handed handed = nurse_made();
  AccountsRead read;
  const auto of_nurse = [&] { return colleagues(*log_, Passwords::of_all, admin, &read)->back(); };
  EXPECT_EQ(of_nurse().role, Role::nurse);
  EXPECT_TRUE(of_nurse().signs);
  ASSERT_TRUE(change_role(*log_, "nurse-1", Role::therapist, {}, admin));
  EXPECT_EQ(of_nurse().role, Role::therapist);
  EXPECT_EQ(accounts(*log_, admin, &read)->size(), 2U);
  ASSERT_TRUE(disable_account(*log_, "nurse-1", "left", admin));
  EXPECT_EQ(of_nurse().name, "admin-1");
}

TEST_F(AccountsTest, ATakenOrBadNameIsRefused) {
  nurse_made();
  for (const char* name : {"nurse-1", "admin-1", "Nurse 2", "", "nobody"}) {
    const auto refused = create_account(*log_, {name, "", Role::nurse}, admin);
    ASSERT_FALSE(refused) << name;
    EXPECT_EQ(refused.error().code, ErrorCode::invalid_input);
  }
  EXPECT_FALSE(create_account(*log_, {"nurse-2", std::string(101, 'x'), Role::nurse}, admin));
  EXPECT_EQ(accounts(*log_, admin)->size(), 2U);
}

TEST_F(AccountsTest, AreKeptByAnAdministratorAlone) {
  nurse_made();
  for (const Role role : all_roles) {
    if (role == Role::administrator) continue;
    const Person who{"someone-1", role, now};
    for (const ErrorCode code :
         {create_account(*log_, {"nurse-2", "", Role::nurse}, who).error().code,
          change_role(*log_, "nurse-1", Role::prescriber, {}, who).error().code,
          disable_account(*log_, "nurse-1", "no reason", who).error().code,
          enable_account(*log_, "nurse-1", who).error().code,
          unlock_account(*log_, "nurse-1", who).error().code,
          reset_password(*log_, "nurse-1", who).error().code,
          remove_factor_of(*log_, "nurse-1", who).error().code, accounts(*log_, who).error().code,
          account_of(*log_, "nurse-1", who).error().code})
      EXPECT_EQ(code, ErrorCode::not_permitted) << role_text(role);
  }
  EXPECT_EQ(audited(store::Action::denied), 7U * 9U);
  EXPECT_TRUE(account_of(*log_, "nurse-1", nurse)) << "one's own";
}

TEST_F(AccountsTest, NobodyChangesTheirOwnRights) {
  EXPECT_EQ(change_role(*log_, "admin-1", Role::prescriber, {}, admin).error().code,
            ErrorCode::not_permitted);
  EXPECT_EQ(reset_password(*log_, "admin-1", admin).error().code, ErrorCode::not_permitted);
  EXPECT_EQ(remove_factor_of(*log_, "admin-1", admin).error().code, ErrorCode::not_permitted);
}

TEST_F(AccountsTest, TheLastAdministratorStays) {
  const Person other{"admin-2", Role::administrator, now};
  EXPECT_FALSE(disable_account(*log_, "admin-1", "left the clinic", admin));
  EXPECT_FALSE(change_role(*log_, "admin-1", Role::nurse, {}, other));
  ASSERT_TRUE(create_account(*log_, {"admin-2", "", Role::administrator}, admin));
  ASSERT_TRUE(disable_account(*log_, "admin-1", "left the clinic", other));
  const auto last = disable_account(*log_, "admin-2", "left as well", other);
  ASSERT_FALSE(last);
  EXPECT_NE(last.error().what.find("last administrator"), std::string::npos);
}

TEST_F(AccountsTest, ADisabledOneIsOutAndComesBackAsItWas) {
  const Handed handed = nurse_made();
  const Account held = *signed_in("nurse-1", handed.password);
  ASSERT_TRUE(disable_account(*log_, "nurse-1", "on leave", admin));
  EXPECT_FALSE(keep_up(*log_, held)) << "at once";
  EXPECT_FALSE(signed_in("nurse-1", handed.password));
  ASSERT_TRUE(enable_account(*log_, "nurse-1", admin));
  EXPECT_TRUE(signed_in("nurse-1", handed.password));
  EXPECT_EQ(audited(store::Action::rights_changed), 4U) << "two made, out and in";
}

TEST_F(AccountsTest, AChangeOfRoleEndsTheSessionAndIsAudited) {
  const Handed handed = nurse_made();
  const Account held = *signed_in("nurse-1", handed.password);
  const auto changed = change_role(*log_, "nurse-1", Role::therapist, std::set<std::string>{"p1"}, admin);
  ASSERT_TRUE(changed);
  EXPECT_EQ(changed->role, Role::therapist);
  EXPECT_FALSE(keep_up(*log_, held));
  EXPECT_EQ(last_audited().action, store::Action::rights_changed);
  EXPECT_EQ(last_audited().subject, "account/nurse-1");
  EXPECT_EQ(last_audited().detail, "therapist, 1 patients by name");
}

TEST_F(AccountsTest, ALockIsEndedByAnAdministratorOrANewPassword) {
  const Handed handed = nurse_made();
  const Secret wrong{std::string{"wrong"}};
  for (int i = 0; i < 5; ++i) EXPECT_FALSE(signed_in("nurse-1", wrong));
  EXPECT_EQ(signed_in("nurse-1", handed.password).error().code, ErrorCode::stale);
  ASSERT_TRUE(unlock_account(*log_, "nurse-1", admin));
  EXPECT_EQ(last_audited().action, store::Action::released);
  EXPECT_TRUE(signed_in("nurse-1", handed.password));
  for (int i = 0; i < 5; ++i) EXPECT_FALSE(signed_in("nurse-1", wrong));
  const auto again = reset_password(*log_, "nurse-1", admin);
  ASSERT_TRUE(again);
  EXPECT_TRUE(signed_in("nurse-1", again->password)->must_change);
  EXPECT_FALSE(signed_in("nurse-1", handed.password));
}

TEST_F(AccountsTest, OfANameThatIsNotThereSaySo) {
  EXPECT_EQ(unlock_account(*log_, "nurse-9", admin).error().code, ErrorCode::not_found);
  EXPECT_EQ(account_of(*log_, "nurse-9", admin).error().code, ErrorCode::not_found);
}

// Nothing that the audit says holds a password or its hash.
TEST_F(AccountsTest, LeaveNoPasswordInTheAuditAndAStoreThatVerifies) {
  const Handed handed = nurse_made();
  EXPECT_TRUE(log_->each_audit([&](const store::AuditEntry& entry) {
    EXPECT_EQ(entry.detail.find("argon2"), std::string::npos);
    EXPECT_EQ(entry.detail.find(handed.password.view()), std::string::npos);
    return true;
  }));
  EXPECT_TRUE(store::verify(*log_, {}).sound());
}

// R3
TEST_F(AccountsTest, TheGlassIsBrokenForAnHourWithAReason) {
  nurse_made(std::set<std::string>{"p1"});
  EXPECT_EQ(break_glass(*log_, "p2", "urgent", nurse).error().where, "reason");
  EXPECT_EQ(break_glass(*log_, "p1", "unconscious in the lobby", nurse).error().where, "patient");
  const auto account = break_glass(*log_, "p2", "unconscious in the lobby", nurse);
  ASSERT_TRUE(account) << to_string(account.error());
  EXPECT_TRUE(may_see(*account, "p2", now));
  EXPECT_TRUE(may_see(*account, "p2", now + 59.0 * units::min));
  EXPECT_FALSE(may_see(*account, "p2", now + 60.0 * units::min));
  EXPECT_FALSE(may_see(*account, "p3", now));
  EXPECT_EQ(audited(store::Action::broke_glass), 1U);
  const auto seen = openings(*log_, now, now + 24.0 * units::h, auditor);
  ASSERT_TRUE(seen);
  ASSERT_EQ(seen->size(), 1U);
  EXPECT_EQ(seen->front().account, "nurse-1");
  EXPECT_EQ(seen->front().opening.patient, "p2");
  EXPECT_EQ(seen->front().opening.reason, "unconscious in the lobby");
  EXPECT_EQ(openings(*log_, now, now, nurse).error().code, ErrorCode::not_permitted);
}

TEST_F(AccountsTest, TheGlassIsNotForEverybody) {
  EXPECT_EQ(break_glass(*log_, "p2", "unconscious in the lobby", auditor).error().code,
            ErrorCode::not_permitted);
  EXPECT_EQ(break_glass(*log_, "p2", "unconscious in the lobby", admin).error().code,
            ErrorCode::not_permitted);
  EXPECT_EQ(break_glass(*log_, "p2", "unconscious in the lobby", nurse).error().code, ErrorCode::not_found)
      << "there is no such account";
}

}  // namespace
}  // namespace evenkeel::clinic
