#include "openid/settings.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <map>

namespace evenkeel::openid {
namespace {

namespace fs = std::filesystem;

std::string text_with(const std::string& key, const std::string& value) {
  std::map<std::string, std::string> all{{"schema", R"("evenkeel.openid/1")"},
                                         {"issuer", R"("https://login.example.org/clinic")"},
                                         {"client_id", R"("evenkeel")"},
                                         {"client_secret_file", R"("openid.secret")"},
                                         {"address", R"("https://evenkeel.example.org")"},
                                         {"name", R"("Clinic sign-in")"}};
  if (!key.empty()) all[key] = value;
  std::string text;
  for (const auto& [name, each] : all) {
    if (!each.empty()) text += (text.empty() ? "\"" : ", \"") + name + "\": " + each;
  }
  return "{" + text + "}";
}

std::string refusal(const std::string& key, const std::string& value) {
  const auto read = read_settings(text_with(key, value));
  return read ? "taken" : read.error().front().where;
}

TEST(OpenIdSettings, SayWhatIsNotThereByItsOrdinaryValue) {
  const auto settings = read_settings(text_with("", ""));
  ASSERT_TRUE(settings) << to_string(settings.error().front());
  EXPECT_TRUE(settings->ask_every_time);
  EXPECT_TRUE(settings->passwords);
  EXPECT_FALSE(settings->demands_more());
}

TEST(OpenIdSettings, ThatWouldLetWordsCrossANetworkInTheOpenAreRefused) {
  for (const char* good :
       {R"("https://login.example.org")", R"("http://127.0.0.1:3000")", R"("http://localhost:3000/a")",
        R"("http://[::1]:3000")", R"("https://login.example.org:8443/a/b")"})
    EXPECT_EQ(refusal("issuer", good), "taken") << good;
  for (const char* bad :
       {R"("http://login.example.org")", R"("login.example.org")", R"("ftp://localhost")", R"("https://")",
        R"("https://a@login.example.org")", R"("https://login.example.org?a=b")",
        R"("https://login.example.org#a")", R"("http://localhost.example.org")",
        R"("http://127.0.0.1.example.org")", R"("https://login .example.org")", R"("javascript:1")", "17"})
    EXPECT_EQ(refusal("issuer", bad), "issuer") << bad;
}

TEST(OpenIdSettings, ThatAreNotOfTheFormAreRefusedWithTheirPlace) {
  EXPECT_EQ(refusal("address", R"("https://evenkeel.example.org/")"), "address");
  EXPECT_EQ(refusal("address", R"("https://evenkeel.example.org/a")"), "address");
  EXPECT_EQ(refusal("schema", R"("evenkeel.openid/2")"), "schema");
  EXPECT_EQ(refusal("amr", "[]"), "amr");
  EXPECT_EQ(refusal("acr", R"(["two words"])"), "acr[0]");
  EXPECT_EQ(refusal("passwords", R"("no")"), "passwords");
  EXPECT_NE(refusal("role", R"("nurse")"), "taken") << "a role never comes from the provider";
  EXPECT_NE(refusal("client_id", ""), "taken");
}

class OpenIdFiles : public testing::Test {
 protected:
  OpenIdFiles() : folder_{fs::path{testing::TempDir()} / ("openid-" + std::to_string(::getpid()))} {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    write("openid.json", text_with("", ""), 0644);
  }
  ~OpenIdFiles() override { fs::remove_all(folder_); }

  void write(const char* name, const std::string& text, mode_t mode) const {
    std::ofstream{folder_ / name} << text;
    ::chmod((folder_ / name).c_str(), mode);
  }
  [[nodiscard]] Result<Settings, Errors> load() const { return load_settings(folder_ / "openid.json"); }

  fs::path folder_;
};

TEST_F(OpenIdFiles, TheSecretIsReadFromBesideThemAndIsItsOwnersAlone) {
  EXPECT_FALSE(load()) << "no secret";
  write("openid.secret", "s3cret\n", 0600);
  ASSERT_TRUE(load()) << to_string(load().error().front());
  EXPECT_EQ(load()->client_secret, "s3cret");
  write("openid.secret", "s3cret\n", 0640);
  ASSERT_FALSE(load());
  EXPECT_EQ(load().error().front().code, ErrorCode::not_permitted);
  EXPECT_EQ(load().error().front().what.find("s3cret"), std::string::npos);
  for (const char* bad : {"", "\n", "two words\n", "two\nlines\n"}) {
    write("openid.secret", bad, 0600);
    EXPECT_FALSE(load()) << bad;
  }
}

TEST_F(OpenIdFiles, AnAuthorityThatIsNamedIsThere) {
  write("openid.secret", "s3cret\n", 0600);
  write("openid.json", text_with("ca_file", R"("ca.pem")"), 0644);
  EXPECT_FALSE(load());
  write("ca.pem", "anything", 0644);
  ASSERT_TRUE(load());
  EXPECT_EQ(load()->ca_file, (folder_ / "ca.pem").string());
}

}  // namespace
}  // namespace evenkeel::openid
