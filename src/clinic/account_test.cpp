#include "clinic/account.hpp"

#include "clinic/secret.hpp"
#include "support/clinic_store.hpp"

namespace evenkeel::clinic {
namespace {

const Instant noon = moment("2026-03-02T12:00:00Z");

// One of each kind, in the order of the variant.
std::vector<AccountBody> every_kind() {
  return {account::Created{"Nurse One", Role::nurse, std::set<std::string>{"p1", "p2"}, "$argon2id$x", true},
          account::PasswordChanged{"$argon2id$y", false},
          account::SecondFactorSet{"00ff", 41'152'263},
          account::SecondFactorRemoved{},
          account::RoleChanged{Role::therapist, std::nullopt},
          account::Disabled{"left the clinic"},
          account::Enabled{},
          account::SignInFailed{},
          account::Locked{noon},
          account::Unlocked{},
          account::SignedIn{41'152'264, true},
          account::BrokeGlass{"p3", "found unconscious in the lobby", noon},
          account::Linked{"https://login.example.org", "248289761001"},
          account::Unlinked{},
          account::PasswordRemoved{},
          account::Proved{41'152'265}};
}

AccountEvent event_of(AccountBody body, Instant at = noon) {
  static int number = 0;
  return {"e" + std::to_string(++number), "nurse-1", at, at, "admin-1", std::move(body)};
}

// The account after these events.
Account after(const std::vector<AccountBody>& bodies) {
  AccountHistory history{"nurse-1"};
  EXPECT_TRUE(history.add(event_of(account::Created{"Nurse One", Role::nurse, {}, "$argon2id$x", false})));
  for (const AccountBody& body : bodies) EXPECT_TRUE(history.add(event_of(body)));
  return history.account();
}

TEST(Account, EventsComeBackFromTheirLines) {
  std::set<std::string_view> kinds;
  std::size_t index = 0;
  for (const AccountBody& body : every_kind()) {
    EXPECT_EQ(body.index(), index++);
    kinds.insert(kind_text(body));
    const std::string line = write_account_event(event_of(body));
    const auto again = read_account_event(line);
    ASSERT_TRUE(again) << line << " " << to_string(again.error().front());
    EXPECT_EQ(again->body.index(), body.index());
    EXPECT_EQ(write_account_event(*again), line);
  }
  EXPECT_EQ(kinds.size(), std::variant_size_v<AccountBody>);
}

TEST(Account, LinesWithFaultsAreRefusedWithTheirPlace) {
  const std::string good = write_account_event(event_of(every_kind()[0]));
  const auto with = [&](const std::string& old, const std::string& fresh) {
    std::string line = good;
    return line.replace(line.find(old), old.size(), fresh);
  };
  for (const auto& [line, place] :
       {std::pair{with("\"nurse\"", "\"root\""), "body.role"},
        std::pair{with("\"p1\"", "\"p 1\""), "body.patients[0]"},
        std::pair{with("\"created\"", "\"made\""), "kind"}, std::pair{with("true", "1"), "body.must_change"},
        std::pair{with("{\"id\"", "{\"is\":1,\"id\""), "is"}}) {
    const auto read = read_account_event(line);
    ASSERT_FALSE(read) << line;
    EXPECT_EQ(read.error().front().where, place);
  }
}

TEST(Account, IsMadeOnceAndFirst) {
  AccountHistory history{"nurse-1"};
  EXPECT_FALSE(history.add(event_of(account::Enabled{})));
  ASSERT_TRUE(history.add(event_of(every_kind()[0])));
  EXPECT_FALSE(history.add(event_of(every_kind()[0])));
  AccountEvent others = event_of(account::Enabled{});
  others.account = "nurse-2";
  EXPECT_FALSE(history.add(others));
  EXPECT_EQ(history.events().size(), 1U);
}

TEST(Account, IsWhatItsEventsMakeOfIt) {
  const Account account =
      after({account::PasswordChanged{"$argon2id$y", true}, account::SecondFactorSet{"00ff", 7},
             account::RoleChanged{Role::therapist, std::set<std::string>{"p1"}}, account::Disabled{"away"}});
  EXPECT_EQ(account.password_hash, "$argon2id$y");
  EXPECT_TRUE(account.must_change);
  EXPECT_EQ(account.second_factor, "00ff");
  EXPECT_EQ(account.last_step, 7);
  EXPECT_EQ(account.role, Role::therapist);
  EXPECT_FALSE(account.enabled);
  EXPECT_EQ(account.version, 5U);
  EXPECT_EQ(account.rights_version, 5U);
}

TEST(Account, CountsFailuresSinceTheLastSuccess) {
  const account::SignInFailed failed;
  EXPECT_EQ(after({failed, failed}).failures, 2);
  EXPECT_EQ(after({failed, account::SignedIn{}, failed}).failures, 1);
  const Account locked = after({failed, account::Locked{noon + 15.0 * units::min}});
  EXPECT_EQ(locked.failures, 0);
  EXPECT_EQ(locked.locks, 1);
  EXPECT_TRUE(locked.locked_at(noon));
  EXPECT_FALSE(locked.locked_at(noon + 15.0 * units::min));
  for (const AccountBody& release :
       {AccountBody{account::Unlocked{}}, AccountBody{account::PasswordChanged{"$argon2id$y", true}}}) {
    const Account free = after({account::Locked{noon + 15.0 * units::min}, release});
    EXPECT_FALSE(free.locked_at(noon));
    EXPECT_EQ(free.locks, 0);
  }
}

// A line of before: the way in was a password.
TEST(Account, ASignInThatDoesNotNameTheProviderWasByAPassword) {
  const std::string line = write_account_event(event_of(account::SignedIn{7, false}));
  EXPECT_EQ(line.find("provider"), std::string::npos);
  EXPECT_FALSE(std::get<account::SignedIn>(read_account_event(line)->body).provider);
  const std::string by_it = write_account_event(event_of(account::SignedIn{0, true, true}));
  EXPECT_TRUE(std::get<account::SignedIn>(read_account_event(by_it)->body).provider);
}

TEST(Account, IsLinkedToOneSubjectAtATimeAndMayHaveNoPassword) {
  const account::Linked one{"https://login.example.org", "1"}, two{"https://login.example.org", "2"};
  EXPECT_EQ(after({one, two}).link, (Subject{"https://login.example.org", "2"}));
  EXPECT_FALSE(after({one, account::Unlinked{}}).link);
  const Account without = after({account::PasswordChanged{"$argon2id$y", true}, account::PasswordRemoved{}});
  EXPECT_FALSE(without.has_password());
  EXPECT_FALSE(without.must_change);
  EXPECT_TRUE(
      after({account::PasswordRemoved{}, account::PasswordChanged{"$argon2id$y", true}}).has_password());
}

// Who guesses gets no more tries because the owner came in by another way.
TEST(Account, ASignInByTheProviderEndsNoLock) {
  const account::Locked lock{noon + 15.0 * units::min};
  EXPECT_TRUE(after({lock, account::SignedIn{0, false, true}}).locked_at(noon));
  EXPECT_EQ(after({account::SignInFailed{}, account::SignedIn{0, false, true}}).failures, 1);
}

TEST(Account, RightsMoveOnOnlyWithWhatChangesThem) {
  for (const AccountBody& body : every_kind()) {
    if (std::holds_alternative<account::Created>(body)) continue;
    const Account account = after({body});
    const std::string_view kind = kind_text(body);
    const bool still = kind == "sign_in_failed" || kind == "locked" || kind == "unlocked" ||
                       kind == "signed_in" || kind == "broke_glass" || kind == "proved";
    EXPECT_EQ(account.rights_version, still ? 1U : 2U) << kind;
    EXPECT_EQ(account.version, 2U);
  }
}

TEST(Account, WithoutAListSeesEveryPatientAndWithOneThose) {
  EXPECT_TRUE(may_see(after({}), "p1", noon));
  const Account some = after({account::RoleChanged{Role::nurse, std::set<std::string>{"p1"}}});
  EXPECT_TRUE(may_see(some, "p1", noon));
  EXPECT_FALSE(may_see(some, "p2", noon));
  const Account none = after({account::RoleChanged{Role::nurse, std::set<std::string>{}}});
  EXPECT_FALSE(may_see(none, "p1", noon));
}

TEST(Account, NamesArePlain) {
  for (const char* good : {"nurse-1", "a.b_c", "ab"}) EXPECT_TRUE(check_account_name(good)) << good;
  for (const char* bad : {"", "a", "1nurse", "Nurse", "nurse 1", "nobody", "sign-in", "~2026-03-02", "nürse",
                          "a-name-that-is-longer-than-forty-characters"})
    EXPECT_FALSE(check_account_name(bad)) << bad;
  EXPECT_EQ(account_name_of("  Nurse-1\t"), "nurse-1");
  EXPECT_EQ(account_name_of("   "), "");
}

class AccountInStore : public ClinicStore {
 protected:
  [[nodiscard]] AccountBook made() {
    auto book = nothing_yet<AccountForm>("nurse-1");
    EXPECT_TRUE(write_account(*log_, book, every_kind()[0], admin));
    return book;
  }
};

TEST_F(AccountInStore, IsReadWithoutAnAuditEntry) {
  const AccountBook book = made();
  const auto before = *log_->head();
  const auto again = account_book(*log_, "nurse-1");
  ASSERT_TRUE(again);
  EXPECT_EQ(again->record.account().display, "Nurse One");
  EXPECT_EQ(again->record.account().version, book.version);
  EXPECT_EQ(account_book(*log_, "nurse-2").error().code, ErrorCode::not_found);
  EXPECT_EQ(*log_->head(), before);
}

TEST_F(AccountInStore, TwoChangesAtOneMomentAreTwoAndNobodyWritesOverTheOther) {
  AccountBook mine = made();
  AccountBook yours = *account_book(*log_, "nurse-1");
  ASSERT_TRUE(write_account(*log_, mine, account::SignInFailed{}, nurse));
  const auto late = write_account(*log_, yours, account::SignInFailed{}, nurse);
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().code, ErrorCode::stale);
  yours = *account_book(*log_, "nurse-1");
  ASSERT_TRUE(write_account(*log_, yours, account::SignInFailed{}, nurse));
  EXPECT_EQ(account_book(*log_, "nurse-1")->record.account().failures, 2);
}

TEST_F(AccountInStore, ASessionKeepsUpUntilItsRightsChange) {
  AccountBook book = made();
  const Account held = book.record.account();
  ASSERT_TRUE(write_account(*log_, book, account::SignInFailed{}, nurse));
  ASSERT_TRUE(write_account(*log_, book, account::BrokeGlass{"p9", "found in the lobby", noon}, nurse));
  const auto now_held = keep_up(*log_, held);
  ASSERT_TRUE(now_held);
  EXPECT_EQ(now_held->version, 3U);
  EXPECT_EQ(now_held->failures, 1);
  EXPECT_TRUE(may_see(*now_held, "p9", now));
  ASSERT_TRUE(write_account(*log_, book, account::RoleChanged{Role::auditor, {}}, admin));
  for (const Account& each : {held, *now_held}) {
    const auto ended = keep_up(*log_, each);
    ASSERT_FALSE(ended);
    EXPECT_EQ(ended.error().code, ErrorCode::not_permitted);
    EXPECT_EQ(ended.error().where, "session");
  }
  EXPECT_TRUE(keep_up(*log_, *keep_up(*log_, book.record.account())));
}

}  // namespace
}  // namespace evenkeel::clinic
