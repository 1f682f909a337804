#include "http/problem.hpp"

#include <gtest/gtest.h>

namespace evenkeel::http {
namespace {

TEST(Problem, IsAsTheStandardHasIt) {
  const Response response = problem(Problem{409, "taken", "Taken already", "p1 has a session", "body.id"});
  EXPECT_EQ(response.status, 409);
  EXPECT_EQ(response.type, "application/problem+json");
  EXPECT_EQ(find_header(response.headers, "Cache-Control"), "no-store");
  EXPECT_EQ(response.body, R"({"type":"about:blank","title":"Taken already","status":409,"code":"taken",)"
                           R"("detail":"p1 has a session","field":"body.id",)"
                           R"("errors":[{"code":"taken","field":"body.id","detail":"p1 has a session"}]})"
                           "\n");
  EXPECT_EQ(problem(Problem{500, "internal", "No", "", ""}).body,
            R"({"type":"about:blank","title":"No","status":500,"code":"internal"})"
            "\n");
}

TEST(Problem, HasAStatusForEachErrorCode) {
  const std::pair<ErrorCode, int> expected[] = {
      {ErrorCode::invalid_input, 422}, {ErrorCode::not_found, 404}, {ErrorCode::outside_domain, 409},
      {ErrorCode::storage, 503},       {ErrorCode::stale, 412},     {ErrorCode::not_permitted, 403}};
  for (const auto& [code, status] : expected) {
    EXPECT_EQ(status_of(code), status);
    EXPECT_EQ(problem(Error{code, "", ""}).status, status);
  }
}

TEST(Problem, NamesEveryErrorAndTakesTheWeightiestStatus) {
  const Response response = problem(Errors{{ErrorCode::outside_domain, "a", "first"},
                                           {ErrorCode::invalid_input, "b", "second"},
                                           {ErrorCode::invalid_input, "c", "third"}});
  EXPECT_EQ(response.status, 422);
  EXPECT_EQ(
      response.body,
      R"({"type":"about:blank","title":"The input cannot be taken","status":422,"code":"invalid_input",)"
      R"("detail":"second","field":"b","errors":[{"code":"outside_domain","field":"a","detail":"first"},)"
      R"({"code":"invalid_input","field":"b","detail":"second"},)"
      R"({"code":"invalid_input","field":"c","detail":"third"}]})"
      "\n");
}

// R11
TEST(Problem, DoesNotTellWhatTheStoreSaysOfItself) {
  const Response response = problem(Error{ErrorCode::storage, "/var/lib/evenkeel/log.db", "disk I/O error"});
  EXPECT_EQ(response.status, 503);
  EXPECT_EQ(response.body.find("/var"), std::string::npos);
  EXPECT_EQ(response.body.find("disk"), std::string::npos);
}

}  // namespace
}  // namespace evenkeel::http
