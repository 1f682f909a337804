#include "clinic/password.hpp"

#include <gtest/gtest.h>
#include <sodium.h>

#include <set>

namespace evenkeel::clinic {
namespace {

Secret text(std::string what) {
  return Secret{std::move(what)};
}

TEST(Password, ProvesItselfAgainstItsHashAndNoOtherDoes) {
  const auto hash = hash_password(text("the quick brown fox"));
  ASSERT_TRUE(hash);
  EXPECT_TRUE(hash->starts_with("$argon2id$v=19$m=65536,t=3,p=1$")) << *hash;
  EXPECT_TRUE(verify_password(*hash, text("the quick brown fox")));
  EXPECT_FALSE(verify_password(*hash, text("the quick brown fo")));
  EXPECT_FALSE(verify_password(*hash, text("the quick brown fox ")));
  EXPECT_FALSE(verify_password(*hash, text("")));
}

// From the tests of the reference implementation of Argon2: another program made this hash.
TEST(Password, AgreesWithTheReferenceImplementation) {
  const std::string hash =
      "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
  EXPECT_TRUE(verify_password(hash, text("password")));
  EXPECT_FALSE(verify_password(hash, text("Password")));
}

TEST(Password, HashesTheSameTextDifferentlyEachTime) {
  EXPECT_NE(*hash_password(text("the quick brown fox")), *hash_password(text("the quick brown fox")));
}

TEST(Password, IsNeverRightForWhatIsNoHash) {
  for (const char* hash : {"", "x", "$argon2id$", "$argon2i$v=19$m=16,t=3,p=1$c29tc2FsdA$abc"})
    EXPECT_FALSE(verify_password(hash, text("the quick brown fox"))) << hash;
}

TEST(Password, IsNotReadBeyondItsBound) {
  std::string longest(most_password_bytes, 'x');
  longest[0] = 'y';
  const auto hash = hash_password(text(std::string{longest}));
  EXPECT_TRUE(verify_password(*hash, text(std::string{longest})));
  EXPECT_FALSE(verify_password(*hash, text(longest + "x")));
}

// The time that a wrong password takes is that of its hash's costs: the same for a name that nobody has.
TEST(Password, OfNobodyCostsWhatEveryOtherCosts) {
  const auto hash = hash_password(text("the quick brown fox"));
  const auto costs = [](const std::string& of) { return of.substr(0, of.find("$", of.find("p="))); };
  EXPECT_EQ(costs(*hash), "$argon2id$v=19$m=65536,t=3,p=1");
  EXPECT_EQ(crypto_pwhash_str_needs_rehash(hash->c_str(), 3, 64UL << 20U), 0);
  EXPECT_EQ(crypto_pwhash_str_needs_rehash(hash_of_nobody(), 3, 64UL << 20U), 0);
}

// R1
TEST(Password, MustBeLongAndNotTheCommonestNorTheName) {
  for (const char* bad : {"", "short", "elevenchars", "passwordpassword", "PasswordPassword", "123456789012",
                          "aaaaaaaaaaaaaaaa", "nurse-one-12", "x-nurse-one-1"}) {
    const auto refused = check_new_password(text(bad), "nurse-one");
    ASSERT_FALSE(refused) << bad;
    EXPECT_EQ(refused.error().where, "password");
    EXPECT_EQ(refused.error().what.find(std::string{bad} + "'"), std::string::npos)
        << "a password is not shown";
  }
  EXPECT_FALSE(check_new_password(text(std::string(201, 'x') + "y"), "nurse-one"));
  for (const char* good :
       {"twelve chars", "kettle-orbit-fjord", "grüße aus ulm", "nurse-one likes marmalade"})
    EXPECT_TRUE(check_new_password(text(good), "nurse-one")) << good;
}

TEST(Password, CountsCharactersNotBytes) {
  EXPECT_FALSE(check_new_password(text("grüße an ul"), "nurse-one")) << "eleven of them, thirteen bytes";
  EXPECT_TRUE(check_new_password(text("grüße an uli"), "nurse-one"));
}

TEST(Password, ThatIsTemporaryIsGoodAndNeverTheSame) {
  std::set<std::string> seen;
  for (int i = 0; i < 100; ++i) {
    const Secret made = temporary_password();
    EXPECT_TRUE(check_new_password(made, "nurse-one"));
    EXPECT_EQ(made.view().size(), 19U);
    seen.insert(std::string{made.view()});
  }
  EXPECT_EQ(seen.size(), 100U);
}

TEST(Secret, LeavesNothingWhereItWasMovedFrom) {
  std::string typed = "short";
  Secret first{std::move(typed)};
  EXPECT_TRUE(typed.empty());  // NOLINT(bugprone-use-after-move): what is tested
  EXPECT_EQ(std::string_view(typed.data(), 5), std::string_view("\0\0\0\0\0", 5));
  const Secret second = std::move(first);
  EXPECT_TRUE(first.empty());  // NOLINT(bugprone-use-after-move)
  EXPECT_EQ(second.view(), "short");
}

}  // namespace
}  // namespace evenkeel::clinic
