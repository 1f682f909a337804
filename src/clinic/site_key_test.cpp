#include "clinic/site_key.hpp"

#include <sys/stat.h>

#include <fstream>

#include "support/clinic_store.hpp"

namespace evenkeel::clinic {
namespace {

class SiteKeyTest : public ClinicStore {
 protected:
  const std::filesystem::path file_ = folder_ / "site.key";
};

TEST_F(SiteKeyTest, IsMadeOnceAndReadAfterThat) {
  EXPECT_EQ(SiteKey::read(file_).error().code, ErrorCode::not_found);
  const auto made = SiteKey::read_or_make(file_);
  ASSERT_TRUE(made) << to_string(made.error());
  const std::string sealed = made->seal("a secret", "nurse-1");
  const auto again = SiteKey::read_or_make(file_);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->open(sealed, "nurse-1")->view(), "a secret");
  struct stat about {};
  ASSERT_EQ(::stat(file_.c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777U, 0600U);
  std::size_t files = 0;
  for (const auto& each : std::filesystem::directory_iterator{folder_})
    files += each.path().filename().string().starts_with("site.key") ? 1U : 0U;
  EXPECT_EQ(files, 1U) << "nothing is left beside it";
}

TEST_F(SiteKeyTest, ThatOthersMayReadIsRefused) {
  ASSERT_TRUE(SiteKey::read_or_make(file_));
  for (const mode_t mode : {0640U, 0604U, 0660U}) {
    ASSERT_EQ(::chmod(file_.c_str(), mode), 0);
    const auto key = SiteKey::read_or_make(file_);
    ASSERT_FALSE(key);
    EXPECT_EQ(key.error().code, ErrorCode::not_permitted);
    EXPECT_NE(key.error().what.find("chmod 600"), std::string::npos);
  }
}

TEST_F(SiteKeyTest, ThatIsNoneIsRefusedAndNotWrittenOver) {
  std::ofstream{file_} << "something else\n";
  ASSERT_EQ(::chmod(file_.c_str(), 0600), 0);
  EXPECT_EQ(SiteKey::read_or_make(file_).error().code, ErrorCode::invalid_input);
  std::string kept;
  std::getline(std::ifstream{file_}, kept);
  EXPECT_EQ(kept, "something else");
  std::filesystem::create_symlink(folder_ / "elsewhere", folder_ / "link.key");
  EXPECT_EQ(SiteKey::read_or_make(folder_ / "link.key").error().code, ErrorCode::storage);
}

// R10
TEST_F(SiteKeyTest, SealsForOneOwnerAndShowsEveryChange) {
  const auto key = SiteKey::read_or_make(file_);
  const std::string sealed = key->seal("a secret", "nurse-1");
  EXPECT_NE(sealed, key->seal("a secret", "nurse-1"));
  EXPECT_EQ(sealed.find("secret"), std::string::npos);
  EXPECT_FALSE(key->open(sealed, "nurse-2")) << "moved to another account it does not open";
  EXPECT_FALSE(key->open("", "nurse-1"));
  EXPECT_FALSE(key->open(sealed.substr(2), "nurse-1"));
  EXPECT_FALSE(key->open(sealed + "00", "nurse-1"));
  EXPECT_FALSE(key->open("zz" + sealed.substr(2), "nurse-1"));
  for (std::size_t i = 0; i < sealed.size(); i += 7) {
    std::string altered = sealed;
    altered[i] = altered[i] == '0' ? '1' : '0';
    EXPECT_FALSE(key->open(altered, "nurse-1")) << i;
  }
  const auto other = SiteKey::read_or_make(folder_ / "other.key");
  EXPECT_EQ(other->open(sealed, "nurse-1").error().code, ErrorCode::storage);
}

}  // namespace
}  // namespace evenkeel::clinic
