#include "http/http.hpp"

#include <gtest/gtest.h>

namespace evenkeel::http {
namespace {

using Path = std::vector<std::string>;

std::string why(std::string_view target) {
  const auto parsed = parse_target(target);
  return parsed ? "taken" : parsed.error().what;
}

TEST(Target, IsTakenApartAndDecodedOnce) {
  const auto target =
      parse_target("/patients/p%201/a+b?from=2026-01-01&q=two+words%2B&q=again&flag&%C3%A9=%e2%82%ac");
  ASSERT_TRUE(target);
  EXPECT_EQ(target->path, (Path{"patients", "p 1", "a+b"}));
  EXPECT_EQ(target->parameter("from"), "2026-01-01");
  EXPECT_EQ(target->parameter("q"), "two words+");
  EXPECT_EQ(target->parameter("flag"), "");
  EXPECT_EQ(target->parameter("\u00e9"), "\u20ac");
  EXPECT_EQ(target->parameter("Q"), std::nullopt);
  EXPECT_EQ(target->query.size(), 5U);
  EXPECT_EQ(parse_target("/%2541")->path, Path{"%41"});
}

TEST(Target, KeepsATrailingSlashAsAnEmptySegment) {
  EXPECT_EQ(parse_target("/")->path, Path{});
  EXPECT_EQ(parse_target("/a")->path, Path{"a"});
  EXPECT_EQ(parse_target("/a/")->path, (Path{"a", ""}));
  EXPECT_EQ(parse_target("/?")->query.size(), 0U);
  EXPECT_EQ(parse_target("/?&&a=1&")->query.size(), 1U);
  EXPECT_EQ(parse_target("/?a=b=c")->parameter("a"), "b=c");
}

TEST(Target, RefusesWhatTwoReadersCouldReadDifferently) {
  for (const std::string_view text : {"", "a", "*", "host:443", "?a=1"}) {
    EXPECT_EQ(why(text), "it does not begin with a slash") << text;
  }
  for (const std::string_view text :
       {"/a b", "/a#b", "/a\\b", "/a\"", "/<", "/\xC3\xA9", "/a\tb", "/a\x7F"}) {
    EXPECT_EQ(why(text), "it has a character that must be escaped") << text;
  }
  for (const std::string_view text : {"//", "//host/a", "/a//b"})
    EXPECT_EQ(why(text), "it has an empty segment");
  for (const std::string_view text : {"/.", "/..", "/a/../b", "/%2e%2E/b", "/a/."}) {
    EXPECT_EQ(why(text), "it has a segment '.' or '..'") << text;
  }
  for (const std::string_view text : {"/a%2Fb", "/a%5cb"}) {
    EXPECT_EQ(why(text), "it has a slash or backslash inside a segment") << text;
  }
  for (const std::string_view text : {"/%", "/%4", "/%zz", "/?a=%4", "/?%=1", "/%+1"}) {
    EXPECT_EQ(why(text), "a % must be followed by two hexadecimal digits") << text;
  }
  for (const std::string_view text : {"/%00", "/%0a", "/?a=%0D", "/?%7f"}) {
    EXPECT_EQ(why(text), "it has a control character") << text;
  }
}

// The rows of Unicode's table 3-7 at their edges, and one beyond.
TEST(Target, IsUtf8OnceDecoded) {
  for (const std::string_view text : {"/%C2%80", "/%DF%BF", "/%E0%A0%80", "/%ED%9F%BF", "/%EE%80%80",
                                      "/%EF%BF%BF", "/%F0%90%80%80", "/%F4%8F%BF%BF"}) {
    EXPECT_EQ(why(text), "taken") << text;
  }
  for (const std::string_view text :
       {"/%80", "/%C0%80", "/%C1%BF", "/%C2", "/%C2%41", "/%E0%9F%80", "/%ED%A0%80", "/%E2%82",
        "/%F0%8F%80%80", "/%F4%90%80%80", "/%F5%80%80%80", "/%FF", "/?a=%E2%28%A1"}) {
    EXPECT_EQ(why(text), "it is not UTF-8 once decoded") << text;
  }
}

TEST(Target, HasAtMostAHundredParameters) {
  std::string text = "/?";
  for (int i = 0; i < 100; ++i) text += "a=1&";
  EXPECT_EQ(parse_target(text)->query.size(), 100U);
  EXPECT_EQ(why(text + "a=1"), "it has more than 100 parameters");
}

TEST(Request, FindsHeadersInWhateverCase) {
  Request request;
  request.headers = {{"content-TYPE", "a"}, {"X", "1"}, {"x", "2"}};
  EXPECT_EQ(request.header("Content-Type"), "a");
  EXPECT_EQ(request.header("X"), "1");
  EXPECT_EQ(request.header("Content"), std::nullopt);
}

TEST(Request, FindsACookieUnlessItIsThereTwice) {
  Request request;
  EXPECT_EQ(request.cookie("a"), std::nullopt);
  request.headers = {{"Cookie", "a=1; __Host-s=x=y==;b= ; c; d=1;d=2"}};
  EXPECT_EQ(request.cookie("a"), "1");
  EXPECT_EQ(request.cookie("__Host-s"), "x=y==");
  EXPECT_EQ(request.cookie("b"), "");
  EXPECT_EQ(request.cookie("c"), std::nullopt);
  EXPECT_EQ(request.cookie("d"), std::nullopt);
  EXPECT_EQ(request.cookie("A"), std::nullopt);
}

TEST(Methods, HaveTheirNamesBothWays) {
  for (const auto method :
       {Method::get, Method::head, Method::post, Method::put, Method::patch, Method::remove}) {
    EXPECT_EQ(method_from_text(method_text(method)), method);
  }
  EXPECT_EQ(method_text(Method::remove), "DELETE");
  EXPECT_EQ(method_from_text("get"), std::nullopt);
}

}  // namespace
}  // namespace evenkeel::http
