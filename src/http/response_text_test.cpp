#include "http/response_text.hpp"

#include <gtest/gtest.h>

namespace evenkeel::http {
namespace {

// The date is RFC 9110's own example, which is 784,111,777 seconds after the epoch.
constexpr Framing at_the_example{std::chrono::sys_seconds{std::chrono::seconds{784'111'777}}, true, false};

TEST(ResponseText, IsAsTheStandardHasIt) {
  EXPECT_EQ(head_text(Response{404, "text/plain", "no", {{"X-A", "b"}}}, at_the_example),
            "HTTP/1.1 404 Not Found\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nConnection: keep-alive\r\n"
            "Content-Type: text/plain\r\nX-A: b\r\nContent-Length: 2\r\n\r\n");
  EXPECT_EQ(
      head_text(Response{204, "", "", {}}, at_the_example),
      "HTTP/1.1 204 No Content\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nConnection: keep-alive\r\n\r\n");
  EXPECT_EQ(chunk_text(std::string(26, 'x')), "1a\r\n" + std::string(26, 'x') + "\r\n");
}

TEST(ResponseText, RefusesWhatWouldBeAnotherHeader) {
  const std::vector<Header> refused[] = {
      {{"X", "a\r\nb"}}, {{"X", "a\nb"}}, {{"X", std::string(1, '\0')}}, {{"X:", "a"}},          {{"", "a"}},
      {{"X\r\nY", "a"}}, {{"DATE", "a"}}, {{"Connection", ""}},          {{"content-type", "a"}}};
  for (const auto& headers : refused) {
    EXPECT_FALSE(head_text(Response{200, "", "", headers}, at_the_example)) << headers.front().name;
    EXPECT_FALSE(head_text(Stream{headers, {}, nullptr}, at_the_example)) << headers.front().name;
  }
  EXPECT_FALSE(head_text(Response{199, "", "", {}}, at_the_example));
  EXPECT_FALSE(head_text(Response{600, "", "", {}}, at_the_example));
}

TEST(ResponseText, LeavesTheCacheOfAStreamToItsHandler) {
  const auto with = [](std::vector<Header> headers) {
    return *head_text(Stream{std::move(headers), {}, nullptr}, at_the_example);
  };
  EXPECT_NE(with({}).find("Cache-Control: no-store\r\n"), std::string::npos);
  EXPECT_EQ(with({{"cache-control", "no-cache"}}).find("no-store"), std::string::npos);
}

}  // namespace
}  // namespace evenkeel::http
