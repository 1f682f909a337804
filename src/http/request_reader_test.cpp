#include "http/request_reader.hpp"

#include <gtest/gtest.h>

namespace evenkeel::http {
namespace {

using State = RequestReader::State;

constexpr ReadLimits small{.target = 64, .header = 512, .body = 32};

// What the reader makes of the bytes, handed over at once or one by one: the same.
struct Seen {
  int refused = 0;  // the status; 0 where the request was taken
  std::string detail;
  Request request;

  bool operator==(const Seen&) const = default;
};

Seen seen_in_pieces(std::string_view bytes, std::size_t piece) {
  RequestReader reader(small);
  while (!bytes.empty() && reader.state() != State::refused) {
    reader.read(bytes.substr(0, piece));
    bytes.remove_prefix(std::min(piece, bytes.size()));
  }
  if (reader.state() == State::body) reader.read({});
  if (reader.state() == State::refused) return {reader.refusal().status, reader.refusal().detail, {}};
  if (reader.state() == State::complete) return {0, "", reader.take()};
  return {-1, "more is awaited", {}};
}

Seen seen(std::string_view bytes) {
  const Seen at_once = seen_in_pieces(bytes, bytes.size());
  EXPECT_EQ(at_once, seen_in_pieces(bytes, 1)) << bytes;
  return at_once;
}

std::string get_with(std::string_view headers) {
  return "GET /a HTTP/1.1\r\n" + std::string(headers) + "\r\n";
}

TEST(RequestReader, ReadsAPlainRequest) {
  const Seen plain =
      seen("\r\nPOST /a?b=c HTTP/1.1\r\nHost: h\r\nX:  y z \r\nContent-Length: 5\r\n\r\nhello");
  EXPECT_EQ(plain.refused, 0) << plain.detail;
  EXPECT_EQ(plain.request.method, Method::post);
  EXPECT_EQ(plain.request.target.path, std::vector<std::string>{"a"});
  EXPECT_EQ(plain.request.header("x"), "y z");
  EXPECT_EQ(plain.request.body, "hello");
}

TEST(RequestReader, PutsChunksTogether) {
  const std::string head = get_with("Host: h\r\nTransfer-Encoding: Chunked\r\n");
  EXPECT_EQ(seen(head + "5\r\nhello\r\nA\r\n, world,ok\r\n0\r\n\r\n").request.body, "hello, world,ok");
  EXPECT_EQ(seen(head + "0\r\n\r\n").request.body, "");
  EXPECT_EQ(seen(head + "05\r\nhello\r\n000\r\n\r\n").request.body, "hello");
}

TEST(RequestReader, LeavesTheNextRequestForLater) {
  RequestReader reader(small);
  EXPECT_EQ(reader.read(get_with("Host: h\r\n") + "GET /b HTTP/1.1\r\nHost: h\r\n\r\nG"), State::complete);
  EXPECT_TRUE(reader.keeps_alive());
  EXPECT_EQ(reader.take().target.path.front(), "a");
  EXPECT_EQ(reader.read({}), State::complete);
  EXPECT_EQ(reader.take().target.path.front(), "b");
  EXPECT_EQ(reader.read({}), State::header);
}

TEST(RequestReader, RefusesWhatSmugglesASecondRequest) {
  const std::string head = "POST /a HTTP/1.1\r\nHost: h\r\n";
  const std::string refused[] = {
      head + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
      head + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n",
      head + "Content-Length: 5\r\nContent-Length: 5\r\n\r\n",
      head + "Content-Length: 5\r\nContent-Length: 6\r\n\r\n",
      head + "Content-Length: 5, 5\r\n\r\n",
      head + "Content-Length: +5\r\n\r\n",
      head + "Content-Length: 0x5\r\n\r\n",
      head + "Content-Length: -1\r\n\r\n",
      head + "Content-Length: \r\n\r\n",
      head + "Content-Length: 99999999999999999999999\r\n\r\n",
      head + "Content-Length : 5\r\n\r\n",
      head + "Transfer-Encoding: gzip\r\n\r\n",
      head + "Transfer-Encoding: gzip, chunked\r\n\r\n",
      head + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n",
      head + "Transfer-Encoding: xchunked\r\n\r\n",
      head + "Transfer-Encoding: \"chunked\"\r\n\r\n",
      "POST /a HTTP/1.0\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n",
      head + "X: a\r\n Content-Length: 5\r\n\r\n",
      head + "X: a\nContent-Length: 5\r\n\r\n",
      head + "X: a\rContent-Length: 5\r\n\r\n",
      head + "X: a\n\n",
      head + "X: a" + std::string(1, '\0') + "\r\n\r\n",
      head + "X Y: a\r\n\r\n",
      head + ": a\r\n\r\n",
      head + "X\r\n\r\n",
  };
  for (const std::string& bytes : refused) EXPECT_EQ(seen(bytes).refused, 400) << bytes;
}

TEST(RequestReader, RefusesChunksThatAreMoreOrLessThanTheirSize) {
  const std::string head = "POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (const std::string_view body :
       {"x\r\nhello\r\n0\r\n\r\n", "5 \r\nhello\r\n0\r\n\r\n", "5;a=b\r\nhello\r\n0\r\n\r\n",
        "5\nhello\r\n0\r\n\r\n", "4\r\nhello\r\n0\r\n\r\n", "5\r\nhello0\r\n\r\n\r\n",
        "-5\r\nhello\r\n0\r\n\r\n", "0\r\nX: y\r\n\r\n", "0;a\r\n\r\n", "0x5\r\nhello\r\n0\r\n\r\n",
        "11111111111111111\r\nhello"}) {
    EXPECT_EQ(seen(head + std::string(body)).refused, 400) << body;
  }
  EXPECT_EQ(seen(head + std::string(70, '0')).refused, 400);
  EXPECT_EQ(seen(head + "10\r\n0123456789abcdef\r\n11\r\n").refused, 413);
}

TEST(RequestReader, WantsOneHost) {
  EXPECT_EQ(seen(get_with("")).refused, 400);
  EXPECT_EQ(seen(get_with("Host: a\r\nHost: a\r\n")).refused, 400);
  EXPECT_EQ(seen(get_with("Host: a b\r\n")).refused, 400);
  EXPECT_EQ(seen(get_with("Host: a/b\r\n")).refused, 400);
  EXPECT_EQ(seen(get_with("Host: \r\n")).refused, 400);
  EXPECT_EQ(seen(get_with("Host: [::1]:8443\r\n")).refused, 0);
  EXPECT_EQ(seen("GET / HTTP/1.0\r\n\r\n").refused, 0);
}

TEST(RequestReader, TakesAnotherFormOfTheTargetOnlyWhereItSaysTheSame) {
  const auto of = [](std::string_view line) { return seen(std::string(line) + "\r\nHost: a:80\r\n\r\n"); };
  EXPECT_EQ(of("GET http://A:80/x?y=1 HTTP/1.1").request.target, parse_target("/x?y=1"));
  EXPECT_EQ(of("GET http://b:80/x HTTP/1.1").refused, 400);
  EXPECT_EQ(of("GET http://u@a:80/x HTTP/1.1").refused, 400);
  EXPECT_EQ(of("GET ftp://a:80/x HTTP/1.1").refused, 400);
  EXPECT_EQ(of("GET a:80 HTTP/1.1").refused, 400);
  EXPECT_EQ(of("GET * HTTP/1.1").refused, 400);
  EXPECT_EQ(of("OPTIONS * HTTP/1.1").refused, 501);
  EXPECT_EQ(of("CONNECT a:80 HTTP/1.1").refused, 501);
  EXPECT_EQ(of("get / HTTP/1.1").refused, 501);
  for (const std::string_view line :
       {"GET / HTTP/2.0", "GET /", "GET  / HTTP/1.1", "GET / HTTP/1.1 ", "GET / http/1.1", " GET / HTTP/1.1",
        "GET /\t HTTP/1.1", "\x16\x03\x01"}) {
    EXPECT_EQ(of(line).refused, 400) << line;
  }
}

// R13
TEST(RequestReader, RefusesWhatIsLargerThanItsLimit) {
  EXPECT_EQ(seen("GET /" + std::string(63, 'a') + " HTTP/1.1\r\nHost: h\r\n\r\n").refused, 0);
  EXPECT_EQ(seen("GET /" + std::string(64, 'a') + " HTTP/1.1\r\nHost: h\r\n\r\n").refused, 414);
  EXPECT_EQ(seen("GET /" + std::string(200, 'a')).refused, 414);
  EXPECT_EQ(seen(get_with("Host: h\r\nX: " + std::string(470, 'a') + "\r\n")).refused, 0);
  EXPECT_EQ(seen(get_with("Host: h\r\nX: " + std::string(480, 'a') + "\r\n")).refused, 431);
  EXPECT_EQ(seen("POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 33\r\n\r\n").refused, 413);
  std::string many;
  for (int i = 0; i < 101; ++i) many += "X:\r\n";
  EXPECT_EQ(seen(get_with(many)).refused, 431);
}

TEST(RequestReader, KnowsWhoWaitsAndWhoStays) {
  RequestReader waits(small);
  EXPECT_EQ(waits.read("POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nExpect: 100-Continue\r\n\r\n"),
            State::body);
  EXPECT_TRUE(waits.waits_for_continue());
  EXPECT_EQ(waits.read("x"), State::complete);
  EXPECT_EQ(seen("POST /a HTTP/1.1\r\nHost: h\r\nExpect: money\r\n\r\n").refused, 417);
  const std::pair<std::string, bool> stays[] = {
      {"GET / HTTP/1.1\r\nHost: h\r\n\r\n", true},
      {"GET / HTTP/1.1\r\nHost: h\r\nConnection: Close\r\n\r\n", false},
      {"GET / HTTP/1.0\r\n\r\n", false},
      {"GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", true}};
  for (const auto& [bytes, expected] : stays) {
    RequestReader reader(small);
    EXPECT_EQ(reader.read(bytes), State::complete);
    EXPECT_EQ(reader.keeps_alive(), expected) << bytes;
  }
}

}  // namespace
}  // namespace evenkeel::http
