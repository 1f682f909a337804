#include "clinic/sign_in.hpp"

#include <thread>

#include "clinic/accounts.hpp"
#include "clinic/one_time_code.hpp"
#include "support/clinic_store.hpp"

namespace evenkeel::clinic {
namespace {

constexpr const char* right = "kettle orbit fjord";

class SignInTest : public ClinicStore {
 protected:
  SignInTest() : key_(*SiteKey::read_or_make(folder_ / "site.key")) {
    EXPECT_TRUE(first_account(*log_, {"admin-1", "", Role::administrator}, Secret{std::string{right}}, now));
  }

  [[nodiscard]] static SignIn by(const std::string& password, const std::string& name = "admin-1",
                                 const std::string& code = "") {
    return {name, Secret{std::string{password}}, code};
  }
  Result<Account> tried(const std::string& password, Instant at) {
    return sign_in(*log_, key_, by(password), at);
  }
  // Sets a second factor and gives its key.
  Secret with_factor(Instant at) {
    const OfferedFactor offered = offer_second_factor("admin-1");
    Secret bytes = *bytes_of_base32(offered.secret.view());
    const auto set =
        set_second_factor(*log_, key_, by(right), offered.secret, code_at(bytes, step_of(at)), at);
    EXPECT_TRUE(set) << to_string(set.error());
    return bytes;
  }
  [[nodiscard]] std::size_t entries() const {
    std::size_t count = 0;
    EXPECT_TRUE(log_->each_entry([&](const store::Entry&) { return ++count > 0; }));
    return count;
  }

  SiteKey key_;
};

// R1, R5
TEST_F(SignInTest, TakesTheRightPasswordAndIsAudited) {
  const auto account = tried(right, now);
  ASSERT_TRUE(account) << to_string(account.error());
  EXPECT_EQ(account->name, "admin-1");
  EXPECT_EQ(account->role, Role::administrator);
  EXPECT_EQ(account->last_signed_in, now);
  EXPECT_EQ(last_audited().action, store::Action::signed_in);
  EXPECT_EQ(last_audited().actor, "admin-1");
  EXPECT_TRUE(sign_in(*log_, key_, by(right, " Admin-1 "), now)) << "as people type a name";
  ASSERT_TRUE(sign_out(*log_, *account, now));
  EXPECT_EQ(last_audited().action, store::Action::signed_out);
}

TEST_F(SignInTest, SaysTheSameOfAnUnknownNameAWrongPasswordAndADisabledAccount) {
  const auto other = create_account(*log_, {"nurse-1", "", Role::nurse}, admin);
  ASSERT_TRUE(other);
  const std::string theirs{other->password.view()};
  ASSERT_TRUE(disable_account(*log_, "nurse-1", "left the clinic", admin));
  const auto wrong = tried("kettle orbit fjorD", now);
  const auto unknown = sign_in(*log_, key_, by(right, "nobody-here"), now);
  const auto disabled = sign_in(*log_, key_, by(theirs, "nurse-1"), now);
  const auto nothing = sign_in(*log_, key_, by("", ""), now);
  for (const auto* each : {&wrong, &unknown, &disabled, &nothing}) {
    ASSERT_FALSE(*each);
    EXPECT_EQ(each->error(), wrong.error());
  }
  EXPECT_EQ(wrong.error().code, ErrorCode::not_permitted);
  EXPECT_EQ(wrong.error().where, "sign-in");
  EXPECT_EQ(audited(store::Action::sign_in_failed), 4U);
}

// R1
TEST_F(SignInTest, LocksAfterFiveFailuresAndRefusesTheRightPasswordToo) {
  for (int i = 0; i < 4; ++i) EXPECT_EQ(tried("wrong", now).error().code, ErrorCode::not_permitted);
  const auto fifth = tried("wrong", now);
  EXPECT_EQ(fifth.error().code, ErrorCode::stale);
  EXPECT_NE(fifth.error().what.find("2026-03-02T09:15:00Z"), std::string::npos) << fifth.error().what;
  EXPECT_EQ(audited(store::Action::locked), 1U);
  const auto locked = tried(right, now + 14.0 * units::min);
  ASSERT_FALSE(locked);
  EXPECT_EQ(locked.error(), fifth.error());
  EXPECT_TRUE(tried(right, now + 15.0 * units::min));
}

TEST_F(SignInTest, WritesNothingMoreWhileItIsLocked) {
  for (int i = 0; i < 5; ++i) EXPECT_FALSE(tried("wrong", now));
  const auto before = *log_->head();
  const auto written = entries();
  for (int i = 0; i < 50; ++i) EXPECT_FALSE(tried("wrong", now + 1.0 * units::min));
  EXPECT_EQ(*log_->head(), before);
  EXPECT_EQ(entries(), written);
}

TEST_F(SignInTest, LocksTwiceAsLongEachTimeUpToADay) {
  Instant at = now;
  for (const double minutes : {15.0, 30.0, 60.0, 120.0, 240.0, 480.0, 960.0, 1440.0, 1440.0}) {
    AccountBook book = *account_book(*log_, "admin-1");
    for (int i = 0; i < 4; ++i) ASSERT_TRUE(write_account(*log_, book, account::SignInFailed{}, admin));
    EXPECT_FALSE(tried("wrong", at));
    const Account account = account_book(*log_, "admin-1")->record.account();
    EXPECT_EQ(account.locked_until, at + minutes * units::min);
    at = *account.locked_until;
  }
  EXPECT_TRUE(tried(right, at));
  for (int i = 0; i < 5; ++i) EXPECT_FALSE(tried("wrong", at));
  EXPECT_EQ(account_book(*log_, "admin-1")->record.account().locked_until, at + 15.0 * units::min)
      << "a success begins anew";
}

TEST_F(SignInTest, WritesNamesThatNobodyHasAHundredTimesADay) {
  EXPECT_FALSE(sign_in(*log_, key_, by("x", "stranger"), now));
  store::Append others{{store::StreamKind::account, "~2026-03-02"}, 1, {}};
  for (int i = 0; i < 98; ++i)
    others.entries.push_back({"other-" + std::to_string(i), "unknown_name", now, "{}"});
  ASSERT_TRUE(log_->append(others, admin.request()));
  EXPECT_FALSE(sign_in(*log_, key_, by("x", "stranger"), now)) << "the hundredth";
  EXPECT_EQ(audited(store::Action::sign_in_failed), 2U);
  const auto before = *log_->head();
  EXPECT_FALSE(sign_in(*log_, key_, by("x", "stranger"), now));
  EXPECT_EQ(*log_->head(), before);
  EXPECT_FALSE(sign_in(*log_, key_, by("x", "stranger"), now + 24.0 * units::h));
  EXPECT_EQ(audited(store::Action::sign_in_failed), 3U);
  EXPECT_TRUE(log_->each_audit([](const store::AuditEntry& entry) {
    EXPECT_EQ(entry.subject.find("stranger"), std::string::npos) << "it may be a password in the wrong field";
    EXPECT_EQ(entry.actor.find("stranger"), std::string::npos);
    return true;
  }));
  EXPECT_EQ(accounts(*log_, admin)->size(), 1U);
}

// Guesses at the same time count each, and none slips past the lock.
TEST_F(SignInTest, CountsGuessesThatComeTogether) {
  std::vector<std::thread> guesses;
  for (int i = 0; i < 8; ++i) guesses.emplace_back([&] { EXPECT_FALSE(tried("wrong", now)); });
  for (std::thread& each : guesses) each.join();
  const Account account = account_book(*log_, "admin-1")->record.account();
  EXPECT_TRUE(account.locked_at(now));
  EXPECT_EQ(account.version, 6U) << "five of the eight were written";
  EXPECT_FALSE(tried(right, now));
}

// R1
TEST_F(SignInTest, AsksForACodeWhereThereIsASecondFactor) {
  const Secret bytes = with_factor(now);
  const Instant later = now + 5.0 * units::min;
  const auto without = tried(right, later);
  ASSERT_FALSE(without);
  EXPECT_EQ(without.error().code, ErrorCode::not_permitted);
  EXPECT_EQ(without.error().where, "code");
  EXPECT_EQ(account_book(*log_, "admin-1")->record.account().failures, 0) << "asking is no failure";
  const auto wrong = sign_in(*log_, key_, by(right, "admin-1", "000000"), later);
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().where, "code");
  EXPECT_EQ(account_book(*log_, "admin-1")->record.account().failures, 1);
  const std::string code = code_at(bytes, step_of(later));
  EXPECT_TRUE(sign_in(*log_, key_, by(right, "admin-1", code), later));
  EXPECT_FALSE(sign_in(*log_, key_, by(right, "admin-1", code), later)) << "a code is taken once";
  EXPECT_EQ(sign_in(*log_, key_, by("wrong", "admin-1", code), later).error().where, "sign-in");
}

TEST_F(SignInTest, AWrongSiteKeyOpensNothing) {
  with_factor(now);
  const auto other = SiteKey::read_or_make(folder_ / "other.key");
  const auto refused = sign_in(*log_, *other, by(right, "admin-1", "123456"), now);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::storage);
}

TEST_F(SignInTest, AnIdleScreenTakesThePasswordAloneAndCountsFailures) {
  const Secret bytes = with_factor(now);
  EXPECT_TRUE(unlock_screen(*log_, by(right), now));
  for (int i = 0; i < 5; ++i) EXPECT_FALSE(unlock_screen(*log_, by("wrong"), now));
  EXPECT_EQ(unlock_screen(*log_, by(right), now).error().code, ErrorCode::stale);
}

TEST_F(SignInTest, APasswordIsChangedByWhoHasIt) {
  const Account held = *tried(right, now);
  const auto change = [&](const char* old, const char* fresh) {
    return change_password(*log_, "admin-1", Secret{std::string{old}}, Secret{std::string{fresh}}, now);
  };
  EXPECT_EQ(change("wrong", "another good one").error().where, "sign-in");
  EXPECT_EQ(change(right, "short").error().where, "password");
  EXPECT_EQ(change(right, right).error().where, "password");
  const auto changed = change(right, "another good one");
  ASSERT_TRUE(changed);
  EXPECT_FALSE(tried(right, now));
  EXPECT_TRUE(tried("another good one", now));
  EXPECT_FALSE(keep_up(*log_, held)) << "other sessions end";
  EXPECT_TRUE(keep_up(*log_, *changed));
}

TEST_F(SignInTest, ASecondFactorIsSetOnlyWhenTheTelephoneShowsIt) {
  const OfferedFactor offered = offer_second_factor("admin-1");
  const Secret bytes = *bytes_of_base32(offered.secret.view());
  const auto set = [&](const SignIn& who, const std::string& code) {
    return set_second_factor(*log_, key_, who, offered.secret, code, now);
  };
  EXPECT_EQ(set(by(right), "000000").error().where, "new code");
  EXPECT_EQ(set(by("wrong"), code_at(bytes, step_of(now))).error().where, "sign-in");
  ASSERT_TRUE(set(by(right), code_at(bytes, step_of(now))));
  EXPECT_EQ(tried(right, now).error().where, "code");
  EXPECT_TRUE(log_->each_entry([&](const store::Entry& entry) {
    EXPECT_EQ(entry.text.find(offered.secret.view()), std::string::npos) << "it is kept sealed";
    return true;
  }));
}

TEST_F(SignInTest, ASecondFactorIsReplacedAndRemovedWithACodeOfIt) {
  const Secret bytes = with_factor(now);
  const OfferedFactor offered = offer_second_factor("admin-1");
  const Secret fresh = *bytes_of_base32(offered.secret.view());
  const Instant later = now + 2.0 * units::min;
  const std::string shown = code_at(fresh, step_of(later));
  EXPECT_EQ(set_second_factor(*log_, key_, by(right), offered.secret, shown, later).error().where, "code");
  ASSERT_TRUE(set_second_factor(*log_, key_, by(right, "admin-1", code_at(bytes, step_of(later))),
                                offered.secret, shown, later));
  const Instant last = later + 2.0 * units::min;
  EXPECT_EQ(remove_second_factor(*log_, key_, by(right), last).error().where, "code");
  ASSERT_TRUE(remove_second_factor(*log_, key_, by(right, "admin-1", code_at(fresh, step_of(last))), last));
  EXPECT_TRUE(tried(right, last));
}

TEST_F(SignInTest, LeavesAStoreThatVerifies) {
  with_factor(now);
  EXPECT_FALSE(tried("wrong", now));
  EXPECT_FALSE(sign_in(*log_, key_, by("x", "stranger"), now));
  EXPECT_TRUE(store::verify(*log_, {}).sound());
}

// Whoever tries names sees the same words and the same locks, whether somebody has the name or not.
TEST_F(SignInTest, ANameThatNobodyHasLocksLikeOneThatSomebodyHas) {
  Strangers strangers;
  const auto tried_by = [&](const char* name, Instant when) {
    SignIn attempt = by("not the password at all", name);
    attempt.strangers = &strangers;
    return sign_in(*log_, key_, attempt, when).error();
  };
  for (int i = 0; i < 8; ++i) {
    const Instant when = now + static_cast<double>(i) * 5.0 * units::min;
    const Error known = tried_by("admin-1", when);
    const Error stranger = tried_by("nobody-here", when);
    EXPECT_EQ(known.code, stranger.code) << i;
    EXPECT_EQ(known.what, stranger.what) << i;
  }
}

}  // namespace
}  // namespace evenkeel::clinic
