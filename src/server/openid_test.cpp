// The sign-in through a provider, from the browser's side: what it is sent, what it brings back, what it is
// shown.
#include <gtest/gtest.h>

#include "clinic/accounts.hpp"
#include "clinic/one_time_code.hpp"
#include "support/house.hpp"
#include "support/openid_provider.hpp"

namespace evenkeel::server {
namespace {

using clinic::Role;
using test::FakeProvider;
using test::member;
using test::TestHouse;

const clinic::Subject anna{FakeProvider::issuer, "248289761001"};

class OpenIdTest : public testing::Test {
 protected:
  OpenIdTest() {
    house_.add_account("admin-1", Role::administrator);
    house_.add_account("nurse-1", Role::nurse);
    house_.add_account("nurse-2", Role::nurse);
    for (const char* name : {"admin-1", "nurse-1", "nurse-2"}) house_.sign_in(name);
  }

  void furnish(Settings& settings) {
    openid::Settings of_provider = FakeProvider::settings();
    of_provider.passwords = passwords_;
    settings.provider = std::make_unique<openid::Provider>(of_provider, fake_.fetch());
  }
  void link(const std::string& name, const std::string& subject, const char* more = "") {
    const auto linked = house_.post("admin-1", "/api/users/" + name + "/link",
                                    R"({"subject": ")" + subject + "\"" + more + "}");
    ASSERT_EQ(linked.status, 200) << linked.body;
  }

  struct Away {
    std::string address, cookie;
  };
  // A browser that is sent to the provider; with the cookie of this person's sign-in, where one is named.
  Away go(const std::string& name = "", const std::string& target = "/api/openid/begin") {
    const auto sent = house_.get(name, target);
    EXPECT_EQ(sent.status, 302) << sent.body;
    const std::string set{find_header(sent.headers, "Set-Cookie").value_or("")};
    for (const char* mark : {"HttpOnly", "SameSite=Lax", "Max-Age=600", "Path=/"})
      EXPECT_NE(set.find(mark), std::string::npos) << set;
    return {std::string{find_header(sent.headers, "Location").value_or("")}, set.substr(0, set.find(';'))};
  }
  // And comes back, known there as this subject. The sign-in's own cookie is not sent along from elsewhere.
  Response come_back(const Away& away, const std::string& subject, const std::string& more = "") {
    fake_.know(subject, away.address, house_.now);
    auto request = house_.request(
        "", Method::get,
        "/api/openid/return?code=a-code&state=" + FakeProvider::parameter(away.address, "state") + more);
    request.headers.push_back({"Cookie", away.cookie});
    return house_.send(request);
  }
  // The sign-in's cookie of an answer; empty where it gives none.
  static std::string sign_in_of(const Response& answer) {
    for (const Header& each : answer.headers) {
      if (each.name == "Set-Cookie" && each.value.starts_with("evenkeel="))
        return each.value.substr(0, each.value.find(';'));
    }
    return {};
  }
  Response me(const std::string& cookie) {
    auto request = house_.request("", Method::get, "/api/me");
    request.headers.push_back({"Cookie", cookie});
    return house_.send(request);
  }

  bool passwords_ = true;
  FakeProvider fake_;
  TestHouse house_{testing::UnitTest::GetInstance()->current_test_info()->name(),
                   [this](Settings& settings) { furnish(settings); }};
};

// R1
TEST_F(OpenIdTest, WhoIsLinkedComesBackSignedIn) {
  link("nurse-1", anna.subject);
  EXPECT_EQ(member(house_.get("", "/api/sign-in/ways"), "provider"), "Clinic sign-in");
  const auto answer = come_back(go(), anna.subject);
  EXPECT_EQ(answer.status, 200) << answer.body;
  EXPECT_NE(answer.body.find(R"(<meta http-equiv="refresh" content="0; url=/">)"), std::string::npos);
  EXPECT_EQ(answer.body.find("<script"), std::string::npos);
  EXPECT_TRUE(find_header(answer.headers, "Content-Security-Policy")
                  ->starts_with("default-src 'none'; style-src 'sha256-"));
  const auto who = me(sign_in_of(answer));
  EXPECT_EQ(member(who, "name"), "nurse-1");
  EXPECT_EQ(member(who, "role"), "nurse");
  EXPECT_EQ(member(who, "provider"), "Clinic sign-in");
}

// R1
TEST_F(OpenIdTest, WhoIsNotLinkedIsToldWhatAnAdministratorNeeds) {
  const auto answer = come_back(go(), "2<b>4");
  EXPECT_EQ(answer.status, 403);
  EXPECT_NE(answer.body.find("No account here is linked to you"), std::string::npos);
  EXPECT_NE(answer.body.find("<code>2&lt;b&gt;4</code>"), std::string::npos) << answer.body;
  EXPECT_EQ(sign_in_of(answer), "");
}

// R1
TEST_F(OpenIdTest, AnAnswerCountsOnceAndInTheBrowserThatBegan) {
  link("nurse-1", anna.subject);
  const Away mine = go(), others = go();
  EXPECT_EQ(come_back({mine.address, others.cookie}, anna.subject).status, 400);
  EXPECT_EQ(come_back({mine.address, ""}, anna.subject).status, 400);
  EXPECT_EQ(house_.get("", "/api/openid/return?code=a&state=b").status, 400);
  EXPECT_EQ(house_.get("", "/api/openid/return").status, 400);
  EXPECT_EQ(fake_.asked["/token"], 0);
  EXPECT_EQ(come_back(mine, anna.subject).status, 200);
  EXPECT_EQ(come_back(mine, anna.subject).status, 400) << "a second time";
  house_.now = house_.now + 11.0 * units::min;
  EXPECT_EQ(come_back(others, anna.subject).status, 400) << "too late";
}

TEST_F(OpenIdTest, NowhereElseIsItSentThanToThePages) {
  link("nurse-1", anna.subject);
  const auto answer =
      come_back(go(), anna.subject, "&next=https://example.com&url=//example.com&redirect_uri=/x");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body.find("example.com"), std::string::npos);
  EXPECT_FALSE(find_header(answer.headers, "Location"));
}

// R1: a nurse gets in while the provider is down.
TEST_F(OpenIdTest, WhereTheProviderIsDownItIsSaidAndThePasswordWorks) {
  fake_.answers.clear();
  const auto answer = house_.get("", "/api/openid/begin");
  EXPECT_EQ(answer.status, 503);
  EXPECT_NE(answer.body.find("The sign-in service does not answer"), std::string::npos);
  const std::string by_password =
      std::string{R"({"name": "nurse-1", "password": ")"} + test::house_password + "\"}";
  EXPECT_EQ(house_.post("", "/api/sign-in", by_password).status, 200);
}

TEST_F(OpenIdTest, InGermanWhereTheBrowserPrefersIt) {
  auto request = house_.request("", Method::get, "/api/openid/return");
  request.headers.push_back({"Accept-Language", "de-CH,de;q=0.9,en;q=0.8"});
  EXPECT_NE(house_.send(request).body.find("Diese Anmeldung gilt nicht mehr"), std::string::npos);
}

// R1
TEST_F(OpenIdTest, ALockedScreenIsOpenedByItsOwnerAndStaysShutForOthers) {
  link("nurse-1", anna.subject, R"(, "without_password": true)");
  link("nurse-2", "2");
  const std::string cookie = sign_in_of(come_back(go(), anna.subject));
  EXPECT_EQ(me(cookie).body.find(R"("password":true)"), std::string::npos) << "no password opens it";
  const auto opens = [&](const std::string& subject) {
    house_.now = house_.now + 6.0 * units::min;
    EXPECT_NE(me(cookie).body.find(R"("locked":true)"), std::string::npos);
    auto request = house_.request("", Method::get, "/api/openid/begin?for=unlock");
    request.headers.push_back({"Cookie", cookie});
    const auto sent = house_.send(request);
    const std::string set{find_header(sent.headers, "Set-Cookie").value_or("")};
    const std::string address{find_header(sent.headers, "Location").value_or("")};
    EXPECT_NE(address.find("prompt=login&max_age=0"), std::string::npos);
    const auto answer = come_back({address, set.substr(0, set.find(';'))}, subject);
    EXPECT_EQ(sign_in_of(answer), "") << "the sign-in stays the one it is";
    return me(cookie).body.find(R"("locked":false)") != std::string::npos;
  };
  EXPECT_FALSE(opens("2")) << "another account came back";
  EXPECT_FALSE(opens("3")) << "nobody's";
  EXPECT_TRUE(opens(anna.subject));
}

// R1: a lock-out by the provider is no lock-out of the clinic.
TEST_F(OpenIdTest, WherePasswordsAreOfAdministratorsAloneTheyGetInWithOne) {
  passwords_ = false;
  house_.open();
  const auto by_password = [&](const char* name) {
    return house_.post(
        "", "/api/sign-in",
        std::string{R"({"name": ")"} + name + R"(", "password": ")" + test::house_password + "\"}");
  };
  EXPECT_EQ(by_password("admin-1").status, 200);
  EXPECT_EQ(member(by_password("nurse-1"), "code"), "provider_only");
  EXPECT_NE(house_.get("", "/api/sign-in/ways").body.find(R"("passwords":false)"), std::string::npos);
}

// R4: two people are named there all the same, each by a colleague's account.
TEST_F(OpenIdTest, WhereTheWitnessHasNoPasswordTheyAreNamedAndSignNothing) {
  passwords_ = false;
  house_.open();
  for (const char* name : {"admin-1", "nurse-1"}) house_.sign_in(name);
  EXPECT_NE(house_.get("nurse-1", "/api/colleagues")
                .body.find(R"("role":"nurse","handles_drug":true,"signs":false)"),
            std::string::npos);
  const std::string said = R"({"kind": "received", "body": {"lot": "K-1", "drug": "racemic-ketamine",
      "strength": {"value": 50, "unit": "mg/mL", "as": "base"}, "vial_volume": {"value": 10, "unit": "mL"},
      "vials": 5, "expires": "2027-08-31", "supplier": "wholesaler-1", "document": "D-1",
      "by": "nurse-1", "witness": "nurse-2"}})";
  EXPECT_EQ(member(house_.countersign("nurse-1", said), "code"), "countersign");
  EXPECT_EQ(house_.post("nurse-1", "/api/ledger/events", said).status, 201);
  house_.add_account("auditor-1", Role::auditor);
  house_.sign_in("auditor-1");
  EXPECT_NE(
      house_.get("auditor-1", "/api/audit?action=overridden").body.find("names nurse-2, who has no password"),
      std::string::npos);
}

// R5
TEST_F(OpenIdTest, WhatCameToNothingStandsInTheAudit) {
  EXPECT_EQ(house_.get("", "/api/openid/return?code=a&state=b").status, 400);
  house_.add_account("auditor-1", Role::auditor);
  house_.sign_in("auditor-1");
  EXPECT_NE(
      house_.get("auditor-1", "/api/audit").body.find("by the provider: this sign-in was not begun here"),
      std::string::npos);
}

TEST(OpenIdWithout, AServerWithoutAProviderSaysSo) {
  TestHouse house{"without-provider"};
  EXPECT_EQ(house.get("", "/api/openid/begin").status, 404);
  EXPECT_EQ(house.get("", "/api/openid/return").status, 404);
  EXPECT_EQ(house.get("", "/api/sign-in/ways").body.find("provider"), std::string::npos);
}

class SecondFactorTest : public testing::Test {
 protected:
  SecondFactorTest() {
    house_.add_account("nurse-1", Role::nurse);
    house_.sign_in("nurse-1");
  }
  TestHouse house_{testing::UnitTest::GetInstance()->current_test_info()->name(),
                   [](Settings& settings) { settings.second_factor_required = true; }};
};

// R1: a site demands a second factor of everybody.
TEST_F(SecondFactorTest, WithoutOneNothingIsDoneButToSetItUp) {
  EXPECT_NE(house_.get("nurse-1", "/api/me").body.find(R"("second_factor_due":true)"), std::string::npos);
  for (const char* target : {"/api/today", "/api/colleagues", "/api/patients/p1/chart"})
    EXPECT_EQ(member(house_.get("nurse-1", target), "code"), "second_factor_to_set") << target;
  const auto offer = house_.post("nurse-1", "/api/second-factor");
  ASSERT_EQ(offer.status, 200) << offer.body;
  const std::string secret = member(offer, "secret");
  const auto key = clinic::bytes_of_base32(secret);
  const auto confirmed = house_.post("nurse-1", "/api/second-factor/confirm",
                                     R"({"secret": ")" + secret + R"(", "code": ")" +
                                         clinic::code_at(*key, clinic::step_of(house_.now)) +
                                         R"(", "password": ")" + test::house_password + "\"}");
  ASSERT_EQ(confirmed.status, 200) << confirmed.body;
  EXPECT_NE(confirmed.body.find(R"("second_factor_due":false)"), std::string::npos);
  EXPECT_EQ(house_.get("nurse-1", "/api/colleagues").status, 200);
  house_.add_account("nurse-2", Role::nurse);
  const std::string said = R"({"kind": "counted", "body": {"lot": "K-1", "vials": 1, "part_vials": [],
      "by": "nurse-1", "witness": "nurse-2"}})";
  const auto unsigned_yet = house_.countersign("nurse-1", said);
  EXPECT_EQ(unsigned_yet.status, 403) << "nor signed beside another";
  EXPECT_NE(member(unsigned_yet, "detail").find("demands a second factor"), std::string::npos)
      << unsigned_yet.body;
  const auto removed = house_.send(house_.request("nurse-1", Method::remove, "/api/second-factor",
                                                  R"({"password": "any", "code": "123456"})"));
  EXPECT_EQ(removed.status, 403) << removed.body;
}

}  // namespace
}  // namespace evenkeel::server
