#include "server/sign_ins.hpp"

#include <gtest/gtest.h>

#include <set>

namespace evenkeel::server {
namespace {

const Instant start = *Instant::parse("2026-03-02T08:00:00Z");

clinic::Account account(const std::string& name) {
  clinic::Account made;
  made.name = name;
  return made;
}

TEST(SignIns, ATokenOpensItsOwnSignInAndNoOther) {
  SignIns all;
  const auto a = all.begin(account("a"), start);
  const auto b = all.begin(account("b"), start);
  EXPECT_EQ(all.find(a.token, start, true)->account.name, "a");
  EXPECT_EQ(all.find(b.token, start, true)->account.name, "b");
  EXPECT_FALSE(all.find(a.token.substr(1) + "0", start, true));
  EXPECT_FALSE(all.find("", start, true));
}

TEST(SignIns, LocksWhenNothingWasDoneForTheTime) {
  SignIns all;
  const auto mine = all.begin(account("a"), start);
  EXPECT_FALSE(all.find(mine.token, start + 4.9 * units::min, true)->locked);
  EXPECT_FALSE(all.find(mine.token, start + 9.8 * units::min, false)->locked);
  EXPECT_TRUE(all.find(mine.token, start + 9.9 * units::min, true)->locked);
  EXPECT_TRUE(all.find(mine.token, start + 10.0 * units::min, true)->locked);
  all.unlock(mine.token, start + 11.0 * units::min);
  EXPECT_FALSE(all.find(mine.token, start + 12.0 * units::min, true)->locked);
}

TEST(SignIns, EndsAfterItsLongestTimeWhateverIsDone) {
  SignIns all;
  const auto mine = all.begin(account("a"), start);
  for (int i = 1; i < 180; ++i) EXPECT_TRUE(all.find(mine.token, start + 4.0 * i * units::min, true)) << i;
  EXPECT_FALSE(all.find(mine.token, start + 12.0 * units::h, true));
}

TEST(SignIns, TheOldestOfTooManyEnds) {
  SignIns all;
  std::vector<std::string> tokens;
  for (std::size_t i = 0; i <= SignIns::most_of_one; ++i)
    tokens.push_back(all.begin(account("a"), start + static_cast<double>(i) * units::s).token);
  EXPECT_FALSE(all.find(tokens.front(), start + 20.0 * units::s, true));
  EXPECT_TRUE(all.find(tokens[1], start + 20.0 * units::s, true));
}

TEST(SignIns, TellWhichEndBeforeTheirTime) {
  std::vector<std::string> ended;
  SignIns all{{}, [&](const std::string& id) { ended.push_back(id); }};
  const auto first = all.begin(account("a"), start);
  for (std::size_t i = 0; i < SignIns::most_of_one; ++i)
    static_cast<void>(all.begin(account("a"), start + 1.0 * units::s));
  EXPECT_EQ(ended, std::vector{first.sign_in.id}) << "one too many";
  const auto second = all.begin(account("b"), start);
  all.end(second.token);
  EXPECT_EQ(ended.back(), second.sign_in.id);
}

TEST(SignIns, AnOlderStateOfTheAccountChangesNothing) {
  SignIns all;
  const auto mine = all.begin(account("a"), start);
  for (const std::uint64_t version : {6, 5}) {
    clinic::Account read = account("a");
    read.version = version;
    all.refresh(mine.token, read);
    EXPECT_EQ(all.find(mine.token, start, false)->account.version, 6U);
  }
}

TEST(SignIns, EndAllOfSparesTheOneThatIsNamedAndOtherPeople) {
  SignIns all;
  const auto kept = all.begin(account("a"), start);
  const auto ended = all.begin(account("a"), start);
  const auto other = all.begin(account("b"), start);
  all.end_all_of("a", kept.token);
  EXPECT_TRUE(all.find(kept.token, start, true));
  EXPECT_FALSE(all.find(ended.token, start, true));
  EXPECT_TRUE(all.find(other.token, start, true));
}

TEST(SignIns, TokensAreNeverAlike) {
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) EXPECT_TRUE(seen.insert(random_token()).second);
}

TEST(SignIns, AnEmptySecretEqualsNothing) {
  EXPECT_FALSE(same_secret("", ""));
  EXPECT_FALSE(same_secret("a", "b"));
  EXPECT_FALSE(same_secret("a", "ab"));
  EXPECT_TRUE(same_secret("ab", "ab"));
}

}  // namespace
}  // namespace evenkeel::server
