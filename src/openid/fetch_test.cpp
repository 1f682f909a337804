// What goes out, against a real listener: bounded, over TLS that holds, and nowhere else than it was told.
#include "openid/fetch.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "support/running_server.hpp"

namespace evenkeel::openid {
namespace {

using std::chrono::milliseconds;
using test::RunningServer;
using test::TestCertificate;

std::string base(const RunningServer& server, const char* scheme = "http") {
  return std::string{scheme} + "://127.0.0.1:" + std::to_string(server.port());
}

http::Answer told(const http::Request& request) {
  std::string said = request.body + "|" + std::string{request.header("Authorization").value_or("")} + "|" +
                     std::string{request.header("Content-Type").value_or("")};
  return http::Response{request.body.empty() ? 200 : 201, "application/json", std::move(said), {}};
}

std::string why(const Result<Told>& told) {
  return told ? "answered" : told.error().what;
}

TEST(Fetch, AsksAndIsTold) {
  const RunningServer server(told);
  const Fetch fetch = fetch_with_curl("");
  EXPECT_EQ(fetch({base(server) + "/a"})->body, "||");
  const auto posted = fetch({base(server) + "/a", "a=b", {{"name", "secret"}}});
  ASSERT_TRUE(posted);
  EXPECT_EQ(posted->status, 201);
  EXPECT_EQ(posted->body, "a=b|Basic bmFtZTpzZWNyZXQ=|application/x-www-form-urlencoded");
}

TEST(Fetch, FollowsNoRedirect) {
  std::atomic<int> asked = 0;
  const RunningServer server([&](const http::Request&) -> http::Answer {
    ++asked;
    return http::Response{302, "", "", {{"Location", "/elsewhere"}}};
  });
  EXPECT_EQ(fetch_with_curl("")({base(server) + "/"})->status, 302);
  EXPECT_EQ(asked, 1);
}

// R9
TEST(Fetch, AnAnswerThatIsTooLargeOrTooSlowIsGivenUp) {
  const RunningServer server([](const http::Request& request) -> http::Answer {
    if (request.target.path.front() == "slow") std::this_thread::sleep_for(milliseconds{600});
    return http::Response{200, "text/plain", std::string(300U << 10U, 'a'), {}};
  });
  EXPECT_EQ(why(fetch_with_curl("")({base(server) + "/large"})), "its answer is too large");
  FetchLimits hurried;
  hurried.whole = milliseconds{200};
  const auto began = std::chrono::steady_clock::now();
  EXPECT_EQ(why(fetch_with_curl("", hurried)({base(server) + "/slow"})), "it does not answer in time");
  EXPECT_LT(std::chrono::steady_clock::now() - began, milliseconds{550});
}

// R9
TEST(Fetch, TrustsTheAuthorityThatIsNamedAndNoOther) {
  const TestCertificate mine, other;
  const RunningServer server(told, {}, mine.files());
  const std::string url = base(server, "https") + "/";
  EXPECT_EQ(why(fetch_with_curl(mine.files().certificate)({url})), "answered");
  for (const std::string& authority : {other.files().certificate.string(), std::string{}})
    EXPECT_EQ(why(fetch_with_curl(authority)({url})), "its certificate cannot be trusted");
  const std::string by_name = "https://localhost:" + std::to_string(server.port()) + "/";
  EXPECT_NE(why(fetch_with_curl(mine.files().certificate)({by_name})), "answered") << "it is another's";
}

TEST(Fetch, GoesOverHttpsAloneAndInTheOpenToThisMachine) {
  for (const char* bad :
       {"http://192.0.2.1/", "file:///etc/hostname", "ftp://127.0.0.1/", "gopher://127.0.0.1/"})
    EXPECT_NE(why(fetch_with_curl("")({bad})), "answered") << bad;
  EXPECT_EQ(why(fetch_with_curl("")({"http://127.0.0.1:1/"})), "it cannot be reached");
}

}  // namespace
}  // namespace evenkeel::openid
