// Who may ask what: each route, each role, each patient; and what comes before a handler is reached.
#include "server/router.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "server/route.hpp"
#include "support/house.hpp"

namespace evenkeel::server {
namespace {

using clinic::Role;
using test::member;
using test::TestHouse;

// Written by hand, from the clinic's point of view and not from the table of routes: who may ask it at all.
// P prescriber, N nurse, T therapist, H pharmacist, D front desk, L laboratory, U auditor, A administrator.
// What an event takes depends on its kind: see below.
struct Allowed {
  const char* route;
  const char* roles;
  const char* body = "{}";
};
constexpr const char* everybody = "PNTHDLUA";
constexpr const char* anybody = "open";
constexpr const char* start_body = R"({"base_mg": 35, "volume_mL": 7, "rate_mL_per_h": 10.5})";
constexpr const char* link_body = R"({"instrument": "phq-9", "moment": "baseline"})";
constexpr const char* contact = R"({"kind": "contact", "body": {"from": "patient", "topic": "scheduling"}})";

constexpr Allowed table[] = {
    {"GET /api/sign-in/ways", anybody},
    {"POST /api/sign-in", anybody},
    {"GET /api/openid/begin", anybody},
    {"GET /api/openid/return", anybody},
    {"GET /api/me", everybody},
    {"POST /api/lock", everybody},
    {"POST /api/unlock", everybody},
    {"POST /api/sign-out", everybody},
    {"POST /api/password", everybody},
    {"POST /api/second-factor", everybody},
    {"POST /api/second-factor/confirm", everybody},
    {"DELETE /api/second-factor", everybody},
    {"POST /api/patients/search", "PNTHD"},
    {"POST /api/patients", "PND"},
    {"POST /api/patients/{patient}/identity", "PND"},
    {"GET /api/patients/{patient}", "PNTHD"},
    {"GET /api/patients/{patient}/chart", "PNTHU"},
    {"GET /api/patients/{patient}/events", "PNTHU"},
    {"POST /api/patients/{patient}/events", "PNTHD", contact},
    {"GET /api/patients/{patient}/dose", "PNTHU"},
    {"GET /api/patients/{patient}/report", "PNTHU"},
    {"GET /api/patients/{patient}/export", "PU"},
    {"POST /api/patients/{patient}/break-glass", "PN"},
    {"GET /api/patients/{patient}/sessions/{session}", "PNTHU"},
    {"GET /api/patients/{patient}/sessions/{session}/curve", "PNTHU"},
    {"POST /api/patients/{patient}/sessions/{session}/start", "PN", start_body},
    {"GET /api/today", "PNTHDU"},
    {"GET /api/live", "PNTHDU"},
    {"GET /api/library", everybody},
    {"GET /api/library/{kind}/{id}", everybody},
    {"GET /api/instruments", everybody},
    {"GET /api/instruments/{id}", everybody},
    {"POST /api/patients/{patient}/links", "PNT", link_body},
    {"POST /api/answer/open", anybody},
    {"POST /api/answer", anybody},
    {"GET /api/ledger", "PNHU"},
    {"POST /api/ledger/events", "PNH"},
    {"GET /api/ledger/reconciled", "PNHU"},
    {"GET /api/patients/{patient}/sessions/{session}/reconciled", "PNHU"},
    {"POST /api/ledger/countersign", "PNH"},
    {"POST /api/patients/{patient}/countersign", "PNH"},
    {"GET /api/audit", "U"},
    {"GET /api/audit/openings", "U"},
    {"POST /api/audit/verify", "UA"},
    {"GET /api/audit/head", "UA"},
    {"GET /api/site", everybody},
    {"GET /api/colleagues", everybody},
    {"GET /api/users", "A"},
    {"POST /api/users", "A"},
    {"POST /api/users/{name}/role", "A"},
    {"POST /api/users/{name}/disable", "A"},
    {"POST /api/users/{name}/enable", "A"},
    {"POST /api/users/{name}/unlock", "A"},
    {"POST /api/users/{name}/reset", "A"},
    {"POST /api/users/{name}/link", "A"},
    {"POST /api/users/{name}/unlink", "A"},
    {"POST /api/users/{name}/second-factor/remove", "A"},
    {"GET /api/public/evidence", anybody},
    {"GET /api/public/study", anybody},
    {"GET /api/public/study/{arm}", anybody},
    {"GET /api/health", anybody},
    {"GET /api/openapi.json", anybody},
    {"GET /api/schema/{file}", anybody},
};

constexpr std::pair<char, Role> letters[] = {
    {'P', Role::prescriber}, {'N', Role::nurse},      {'T', Role::therapist}, {'H', Role::pharmacist},
    {'D', Role::front_desk}, {'L', Role::laboratory}, {'U', Role::auditor},   {'A', Role::administrator}};

std::string name_of(const Route& route) {
  return std::string{method_text(route.method)} + " " + std::string{route.pattern};
}

const Allowed* allowed(const Route& route) {
  const auto found =
      std::ranges::find_if(table, [&](const Allowed& each) { return each.route == name_of(route); });
  return found == std::end(table) ? nullptr : &*found;
}

// The pattern with names put in; of a patient this one.
std::string target_of(const Route& route, const std::string& patient) {
  std::string target{route.pattern};
  const auto put = [&](const std::string& name, const std::string& value) {
    if (const auto at = target.find(name); at != std::string::npos) target.replace(at, name.size(), value);
  };
  put("{patient}", patient);
  put("{session}", "s1");
  put("{kind}", "instruments");
  put("{id}", "phq-9");
  put("{name}", "somebody");
  put("{file}", "api-1.schema.json");
  if (route.pattern.ends_with("/export")) target += "?recipient=somebody";
  return target;
}

class RouterTest : public testing::Test {
 protected:
  RouterTest() : house_{testing::UnitTest::GetInstance()->current_test_info()->name()} {
    for (const auto& [letter, role] : letters) {
      house_.add_account(name_for(letter), role, clinic::PatientList{{"p1"}});
      house_.sign_in(name_for(letter));
    }
    for (const char* patient : {"p1", "p2"}) {
      const clinic::Person nurse{"n", Role::nurse, house_.now};
      const auto body = exchange::read_body_text("patient_facts", R"({"born": "1984-05-17"})");
      EXPECT_TRUE(clinic::enter_anywhere({house_.log(), test::shipped_library(), nurse}, patient,
                                         {*body, house_.now, patient}));
    }
  }

  static std::string name_for(char letter) {
    return std::string{"user-"} + static_cast<char>(std::tolower(letter));
  }

  int status(char letter, const Route& route, const std::string& patient) {
    const auto answer = server::answer(
        house_.house(), house_.request(name_for(letter), route.method, target_of(route, patient),
                                       route.writes() ? allowed(route)->body : ""));
    const auto* response = std::get_if<Response>(&answer);
    return response == nullptr ? 200 : response->status;
  }

  TestHouse house_;
};

// R2: none is forgotten, for the list is that of the router.
TEST_F(RouterTest, EveryRouteHasItsLineInTheTableOfWhoMay) {
  for (const Route& route : routes()) EXPECT_NE(allowed(route), nullptr) << name_of(route);
  EXPECT_EQ(std::size(table), routes().size()) << "a line of the table is of no route";
}

// R2
TEST_F(RouterTest, EachRoleMayAskWhatItsLineSaysAndNothingElse) {
  for (const Route& route : routes()) {
    if (route.door == Door::open || route.door == Door::any_state) continue;
    for (const auto& [letter, role] : letters) {
      const bool may = std::string_view{allowed(route)->roles}.find(letter) != std::string_view::npos;
      const int got = status(letter, route, "p1");
      EXPECT_EQ(got == 403, !may) << name_of(route) << " as " << clinic::role_text(role) << ": " << got;
      EXPECT_NE(got, 500) << name_of(route);
      EXPECT_NE(got, 401) << name_of(route);
    }
  }
}

// R2: each access is judged for the patient.
TEST_F(RouterTest, NobodySeesAPatientWhoIsNotTheirs) {
  for (const Route& route : routes()) {
    if (!route.of_patient() || route.pattern.ends_with("break-glass")) continue;
    for (const auto& [letter, role] : letters)
      EXPECT_EQ(status(letter, route, "p2"), 403) << name_of(route) << " as " << clinic::role_text(role);
  }
}

TEST_F(RouterTest, WithoutASignInOnlyWhatIsOpenAnswers) {
  for (const Route& route : routes()) {
    const auto answer = server::answer(
        house_.house(), house_.request("", route.method, target_of(route, "p1"), route.writes() ? "{}" : ""));
    const int got = std::get<Response>(answer).status;
    EXPECT_EQ(got == 401, route.door != Door::open) << name_of(route) << " " << got;
  }
}

// What a site elsewhere can make a browser send has no word of ours, and no JSON type.
// R9
TEST_F(RouterTest, AWriteThatIsForgedElsewhereIsRefused) {
  for (const Route& route : routes()) {
    if (!route.writes() || route.door == Door::open) continue;
    auto forged = house_.request("user-p", route.method, target_of(route, "p1"), allowed(route)->body);
    std::erase_if(forged.headers, [](const Header& h) { return h.name == "X-Evenkeel-CSRF"; });
    EXPECT_EQ(house_.send(forged).status, 403) << name_of(route);
    EXPECT_EQ(member(house_.send(forged), "code"), "csrf") << name_of(route);
    forged.headers.push_back({"X-Evenkeel-CSRF", std::string(64, 'a')});
    EXPECT_EQ(house_.send(forged).status, 403) << name_of(route);
  }
  auto form = house_.request("user-n", Method::post, "/api/patients/p1/events", contact);
  for (Header& each : form.headers) {
    if (each.name == "Content-Type") each.value = "text/plain";
  }
  EXPECT_EQ(house_.send(form).status, 415);
}

// R1
TEST_F(RouterTest, AnIdleScreenLocksAndThePasswordOpensIt) {
  house_.now = house_.now + 6.0 * units::min;
  const auto locked = house_.get("user-n", "/api/patients/p1/chart");
  EXPECT_EQ(locked.status, 401);
  EXPECT_EQ(member(locked, "code"), "screen_locked");
  EXPECT_EQ(member(house_.get("user-n", "/api/me"), "name"), "user-n");
  EXPECT_EQ(house_.post("user-n", "/api/unlock", R"({"password": "another one altogether"})").status, 401);
  const std::string right = std::string{R"({"password": ")"} + test::house_password + R"("})";
  EXPECT_EQ(house_.post("user-n", "/api/unlock", right).status, 200);
  EXPECT_EQ(house_.get("user-n", "/api/patients/p1/chart").status, 200);
}

// What a page asks for by itself keeps no screen open.
TEST_F(RouterTest, WatchingTheDayKeepsNoScreenOpen) {
  for (int i = 0; i < 6; ++i) {
    house_.now = house_.now + 1.0 * units::min;
    static_cast<void>(house_.get("user-n", "/api/today"));
    auto again = house_.request("user-n", Method::get, "/api/patients/p1/chart");
    again.headers.push_back({"X-Evenkeel-By-Itself", "yes"});
    static_cast<void>(house_.send(again));
  }
  EXPECT_EQ(house_.get("user-n", "/api/patients/p1/chart").status, 401);
}

// A disk that hangs or a database that restarts says nothing of who may be here.
TEST_F(RouterTest, AStoreThatIsAwaySignsNobodyOut) {
  house_.store_is_away(true);
  const auto refused = house_.get("user-n", "/api/patients/p1/chart");
  EXPECT_EQ(refused.status, 503);
  EXPECT_EQ(member(refused, "code"), "storage");
  EXPECT_EQ(house_.get("", "/api/health").status, 503);
  EXPECT_EQ(house_.get("user-n", "/api/today").status, 503) << "a list that looks whole and is not";
  house_.store_is_away(false);
  EXPECT_EQ(house_.get("user-n", "/api/patients/p1/chart").status, 200);
}

TEST_F(RouterTest, ASignInIsOverAfterADaysWork) {
  house_.now = house_.now + 12.0 * units::h;
  EXPECT_EQ(member(house_.get("user-n", "/api/me"), "code"), "signed_out");
}

TEST_F(RouterTest, WhoLosesARightIsSignedOutAtOnce) {
  EXPECT_EQ(house_.post("user-a", "/api/users/user-n/role", R"({"role": "laboratory"})").status, 200);
  EXPECT_EQ(house_.get("user-n", "/api/patients/p1/chart").status, 401);
}

// R1
TEST_F(RouterTest, APasswordThatAnotherPersonGaveIsChangedFirst) {
  house_.add_account("fresh", Role::nurse, {}, true);
  house_.sign_in("fresh");
  EXPECT_EQ(house_.get("fresh", "/api/me").status, 200);
  const auto refused = house_.get("fresh", "/api/today");
  EXPECT_EQ(refused.status, 403);
  EXPECT_EQ(member(refused, "code"), "password_to_change");
}

TEST_F(RouterTest, WhatIsKnownAlreadyIsNotSentAgain) {
  auto request = house_.request("user-n", Method::get, "/api/patients/p1/events");
  const auto first = house_.send(request);
  request.headers.push_back({"If-None-Match", std::string{*find_header(first.headers, "ETag")}});
  const auto second = house_.send(request);
  EXPECT_EQ(second.status, 304);
  EXPECT_TRUE(second.body.empty());
}

// A misspelt one would be passed over, and the answer be to another question.
TEST_F(RouterTest, AParameterThatTheRouteDoesNotKnowIsRefusedByName) {
  const auto refused = house_.get("user-n", "/api/patients/p1/events?limt=5");
  EXPECT_EQ(refused.status, 422);
  EXPECT_EQ(member(refused, "field"), "limt");
  EXPECT_NE(member(refused, "detail").find("limit"), std::string::npos) << refused.body;
  EXPECT_EQ(member(house_.get("user-n", "/api/patients/p1/events?limit=5&limit=6"), "field"), "limit");
  EXPECT_EQ(house_.get("user-n", "/api/patients/p1/chart?limit=5").status, 422);
  EXPECT_EQ(house_.post("user-n", "/api/patients/p1/events?limit=5", contact).status, 422);
  EXPECT_EQ(house_.get("user-n", "/api/patients/p1/events?limit=5").status, 200);
}

TEST_F(RouterTest, AnUnknownAddressAndAnotherMethodAreTold) {
  EXPECT_EQ(house_.get("user-n", "/api/nothing").status, 404);
  const auto refused = house_.send(house_.request("user-n", Method::remove, "/api/today"));
  EXPECT_EQ(refused.status, 405);
  EXPECT_EQ(find_header(refused.headers, "Allow"), "GET");
}

// R9
TEST_F(RouterTest, EveryAnswerCarriesItsGuards) {
  for (const char* target : {"/api/health", "/api/today", "/", "/api/nothing"}) {
    const auto answer = house_.get("", target);
    EXPECT_TRUE(find_header(answer.headers, "Content-Security-Policy")) << target;
    EXPECT_EQ(find_header(answer.headers, "X-Content-Type-Options"), "nosniff") << target;
  }
}

// R3
TEST_F(RouterTest, BreakingTheGlassOpensAPatientForAWhileAndTheAuditorSeesIt) {
  EXPECT_EQ(house_.get("user-n", "/api/patients/p2/chart").status, 403);
  EXPECT_EQ(house_.post("user-n", "/api/patients/p2/break-glass", R"({"reason": "short"})").status, 422);
  const auto opened =
      house_.post("user-n", "/api/patients/p2/break-glass", R"({"reason": "collapsed in the waiting room"})");
  EXPECT_EQ(opened.status, 201) << opened.body;
  const auto chart = house_.get("user-n", "/api/patients/p2/chart");
  EXPECT_EQ(chart.status, 200);
  EXPECT_EQ(member(chart, "opened_until"), (house_.now + 60.0 * units::min).to_string());
  EXPECT_EQ(member(house_.get("user-n", "/api/patients/p1/chart"), "opened_until"), "") << "theirs anyway";
  EXPECT_NE(house_.get("user-n", "/api/me").body.find("\"restricted\":true"), std::string::npos);
  EXPECT_NE(house_.get("user-u", "/api/audit").body.find("collapsed in the waiting room"), std::string::npos);
  const std::string openings = house_.get("user-u", "/api/audit/openings").body;
  EXPECT_NE(openings.find(R"("account":"user-n","patient":"p2","reason":"collapsed in the waiting room")"),
            std::string::npos)
      << openings;
  house_.now = house_.now + 61.0 * units::min;
  house_.sign_in("user-n");
  EXPECT_EQ(house_.get("user-n", "/api/patients/p2/chart").status, 403);
}

// The pages offer them to choose from.
TEST_F(RouterTest, TheSchemaNamesEveryActionOfTheAudit) {
  const std::string schema = *content::read_text(EVENKEEL_SOURCE_DIR "/schema/api-1.schema.json");
  for (int code = int(store::Action::created); code <= int(store::last_action); ++code) {
    const auto words = store::action_words(store::Action(code));
    EXPECT_NE(schema.find(fmt::format("\"{}\"", words)), std::string::npos) << words;
  }
}

// R5
TEST_F(RouterTest, TheAuditIsSearchedBySubjectPersonAndAction) {
  EXPECT_EQ(house_.get("user-p", "/api/patients/p1/chart").status, 200);
  EXPECT_EQ(house_.get("user-d", "/api/patients/p1/chart").status, 403);
  const auto says = [this](const char* query, const char* actor) {
    const auto answer = house_.get("user-u", std::string{"/api/audit?"} + query);
    EXPECT_EQ(answer.status, 200) << answer.body;
    return answer.body.find(fmt::format(R"("actor":"{}")", actor)) != std::string::npos;
  };
  EXPECT_TRUE(says("about=patient/p1&action=denied", "user-d"));
  EXPECT_FALSE(says("about=patient/p1&action=denied", "user-p"));
  EXPECT_TRUE(says("by=user-p", "user-p"));
  EXPECT_FALSE(says("by=user-p", "user-d"));
  EXPECT_EQ(house_.get("user-u", "/api/audit?action=dreamt").status, 422);
}

// R5
TEST_F(RouterTest, TheAuditIsReadPageByPageAndBySpellingsThatPeopleUse) {
  for (int i = 0; i < 5; ++i) EXPECT_EQ(house_.get("user-p", "/api/patients/p1/chart").status, 200);
  const auto page = house_.get("user-u", "/api/audit?about=P1&by=User-P&action=read&last=2");
  test::expect_described(page.body, "audit");
  const std::string next = member(page, "next");
  ASSERT_NE(next, "") << page.body;
  const auto older = house_.get("user-u", "/api/audit?about=patient/p1&by=user-p&last=100&before=" + next);
  EXPECT_EQ(older.body.find("\"number\":" + next + ","), std::string::npos);
  EXPECT_NE(older.body.find("\"actor\":\"user-p\""), std::string::npos) << older.body;
  EXPECT_EQ(house_.get("user-u", "/api/audit?before=0").status, 422);
}

// R5
TEST_F(RouterTest, WhoLookedUpWhoSomebodyIsStandsInTheAudit) {
  house_.add_patient("p1", "Demo Yew");
  EXPECT_EQ(house_.get("user-d", "/api/patients/p1").status, 200);
  EXPECT_NE(house_.get("user-u", "/api/audit?about=person/p1&by=user-d").body.find("\"action\":\"read\""),
            std::string::npos);
}

// R5
TEST_F(RouterTest, ADenialStandsInTheAudit) {
  EXPECT_EQ(house_.get("user-d", "/api/patients/p1/chart").status, 403);
  EXPECT_NE(house_.get("user-u", "/api/audit?about=patient/p1").body.find("read a chart"), std::string::npos);
}

}  // namespace
}  // namespace evenkeel::server
