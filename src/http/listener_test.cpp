// A real listener, real sockets: what goes in and what comes out.
#include "http/listener.hpp"

#include <gtest/gtest.h>

#include <regex>
#include <stdexcept>

#include "support/http_client.hpp"
#include "support/running_server.hpp"

namespace evenkeel::http {
namespace {

using test::HttpClient;
using test::Reply;
using test::RunningServer;

// Says what it was asked.
Answer echo(const Request& request) {
  std::string said{method_text(request.method)};
  for (const std::string& segment : request.target.path) said += "/" + segment;
  return Response{
      200, "text/plain", said + "|" + request.body + "|" + request.peer + (request.secure ? "|s" : ""), {}};
}

std::string get(std::string_view target, std::string_view headers = "") {
  return "GET " + std::string(target) + " HTTP/1.1\r\nHost: h\r\n" + std::string(headers) + "\r\n";
}

std::string post(std::string_view headers, std::string_view body) {
  return "POST /a HTTP/1.1\r\nHost: h\r\n" + std::string(headers) + "\r\n" + std::string(body);
}

TEST(Listener, AnswersWithEachHeaderOnce) {
  RunningServer server(echo);
  HttpClient client(server.port());
  const Reply reply = client.ask(get("/a/b%20c"));
  EXPECT_EQ(reply.head.substr(0, 17), "HTTP/1.1 200 OK\r\n");
  EXPECT_EQ(reply.body, "GET/a/b c||127.0.0.1");
  for (const std::string_view name :
       {"\r\nDate: ", "\r\nConnection: ", "\r\nContent-Length: ", "\r\nContent-Type: "}) {
    EXPECT_EQ(reply.count(name), 1U) << name;
  }
  EXPECT_EQ(reply.header("Connection"), "keep-alive");
  EXPECT_TRUE(std::regex_match(reply.header("Date"),
                               std::regex("(Mon|Tue|Wed|Thu|Fri|Sat|Sun), [0-9]{2} [A-Z][a-z]{2} [0-9]{4} "
                                          "[0-9]{2}:[0-9]{2}:[0-9]{2} GMT")))
      << reply.head;
}

TEST(Listener, KeepsTheConnectionUntilItIsAskedNotTo) {
  RunningServer server(echo);
  HttpClient client(server.port());
  EXPECT_EQ(client.ask(get("/a")).status, 200);
  EXPECT_EQ(client.ask(post("Content-Length: 2\r\n", "hi")).body, "POST/a|hi|127.0.0.1");
  const Reply last = client.ask(get("/b", "Connection: close\r\n"));
  EXPECT_EQ(last.header("Connection"), "close");
  EXPECT_TRUE(client.ends());

  HttpClient old(server.port());
  EXPECT_EQ(old.ask("GET /c HTTP/1.0\r\n\r\n").body, "GET/c||127.0.0.1");
  EXPECT_TRUE(old.ends());
}

TEST(Listener, AnswersPipelinedRequestsInTheirOrder) {
  RunningServer server(echo);
  HttpClient client(server.port());
  std::string all;
  for (int i = 0; i < 50; ++i) {
    all += i % 2 == 0 ? get("/" + std::to_string(i))
                      : post("Transfer-Encoding: chunked\r\n", "1\r\nx\r\n0\r\n\r\n");
  }
  client.send(all);
  for (int i = 0; i < 50; ++i) {
    EXPECT_EQ(client.reply().body,
              i % 2 == 0 ? "GET/" + std::to_string(i) + "||127.0.0.1" : "POST/a|x|127.0.0.1");
  }
}

TEST(Listener, TakesABodyInWhateverPieces) {
  RunningServer server(echo);
  HttpClient client(server.port());
  for (const char c : post("Transfer-Encoding: chunked\r\n", "5\r\nhello\r\n3\r\n, w\r\n0\r\n\r\n")) {
    ASSERT_TRUE(client.send({&c, 1}));
  }
  EXPECT_EQ(client.reply().body, "POST/a|hello, w|127.0.0.1");
  const std::string large(1 << 20, 'x');
  EXPECT_EQ(client.ask(post("Content-Length: 1048576\r\n", large)).body, "POST/a|" + large + "|127.0.0.1");
}

TEST(Listener, SaysContinueToWhoWaitsForIt) {
  RunningServer server(echo);
  HttpClient client(server.port());
  client.send(post("Content-Length: 2\r\nExpect: 100-continue\r\n", ""));
  EXPECT_EQ(client.until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
  EXPECT_EQ(client.ask("hi").body, "POST/a|hi|127.0.0.1");
  const Reply refused = client.ask(post("Content-Length: 9999999\r\nExpect: 100-continue\r\n", ""));
  EXPECT_EQ(refused.status, 413);
  EXPECT_TRUE(client.ends());
}

TEST(Listener, SendsNoBodyWhereNoneBelongs) {
  RunningServer server([](const Request& request) -> Answer {
    if (request.method == Method::remove) return Response{204, "", "", {}};
    return Response{200, "text/plain", "four", {}};
  });
  HttpClient client(server.port());
  client.send("HEAD / HTTP/1.1\r\nHost: h\r\n\r\nDELETE / HTTP/1.1\r\nHost: h\r\n\r\n" + get("/"));
  EXPECT_EQ(client.reply(true).header("Content-Length"), "4");
  const Reply removed = client.reply(true);
  EXPECT_EQ(removed.status, 204);
  EXPECT_EQ(removed.header("Content-Length"), "");
  EXPECT_EQ(client.reply().body, "four");
}

// R11
TEST(Listener, DoesNotTellWhatAHandlerThrew) {
  RunningServer server([](const Request& request) -> Answer {
    if (request.target.path.empty()) throw std::runtime_error("patient p1");
    return Response{200, "", "", {{"X-A", "b\r\nSet-Cookie: s=1"}}};
  });
  HttpClient client(server.port());
  for (const std::string_view target : {"/", "/a"}) {
    const Reply reply = client.ask(get(target));
    EXPECT_EQ(reply.status, 500);
    EXPECT_EQ(reply.header("Content-Type"), "application/problem+json");
    EXPECT_EQ((reply.head + reply.body).find("p1"), std::string::npos);
    EXPECT_EQ(reply.head.find("Set-Cookie"), std::string::npos);
  }
}

TEST(Listener, RefusesAnswersThatItCannotFrame) {
  RunningServer server([](const Request& request) -> Answer {
    const std::string_view which = request.target.path.front();
    if (which == "length") return Response{200, "", "", {{"content-length", "3"}}};
    if (which == "status") return Response{101, "", "", {}};
    if (which == "name") return Response{200, "", "", {{"A B", "c"}}};
    if (which == "type") return Response{200, "a\nb", "", {}};
    return Stream{{{"Transfer-Encoding", "chunked"}}, {}, nullptr};
  });
  HttpClient client(server.port());
  for (const std::string_view which : {"/length", "/status", "/name", "/type", "/stream"}) {
    EXPECT_EQ(client.ask(get(which)).status, 500) << which;
  }
}

TEST(Listener, RefusesOnceAndThenCloses) {
  RunningServer server(echo);
  const std::pair<std::string, int> refused[] = {
      {post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
            "0\r\n\r\nGET /b HTTP/1.1\r\nHost: h\r\n\r\n"),
       400},
      {get("/a%00"), 400},
      {"OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n" + get("/a"), 501},
      {get("/" + std::string(5000, 'a')), 414},
      {get("/", "X: " + std::string(20'000, 'a') + "\r\n"), 431},
      // More than any socket buffers: the answer still reaches a client that is sending.
      {post("Content-Length: 20000000\r\n", std::string(3'000'000, 'x')), 413}};
  for (const auto& [bytes, status] : refused) {
    HttpClient client(server.port());
    client.send(bytes);
    client.end_sending();
    const Reply reply = client.reply();
    EXPECT_EQ(reply.status, status);
    EXPECT_EQ(reply.header("Connection"), "close");
    EXPECT_EQ(reply.header("Cache-Control"), "no-store");
    EXPECT_TRUE(client.ends());
  }
}

TEST(Listener, BelievesAProxyItTrustsAndNobodyElse) {
  const std::string asked = get("/", "X-Forwarded-For: 9.9.9.9, 192.0.2.7\r\nX-Forwarded-Proto: https\r\n");
  RunningServer alone(echo);
  EXPECT_EQ(HttpClient(alone.port()).ask(asked).body, "GET||127.0.0.1");
  RunningServer behind(echo, {}, {}, {"127.0.0.1"});
  EXPECT_EQ(HttpClient(behind.port()).ask(asked).body, "GET||192.0.2.7|s");
  EXPECT_EQ(HttpClient(behind.port()).ask(get("/")).body, "GET||127.0.0.1");
}

TEST(Listener, SaysWhyItCannotOpen) {
  RunningServer server(echo);
  const auto why = [](const Listen& listen) {
    const auto opened = Listener::open(listen, echo);
    return opened ? "opened" : to_string(opened.error());
  };
  EXPECT_EQ(why({{"127.0.0.1", server.port()}, {}, {}, {}}),
            "127.0.0.1:" + std::to_string(server.port()) + ": cannot listen there: Address already in use");
  EXPECT_EQ(why({{"clinic", 0}, {}, {}, {}}),
            "address: 'clinic' is no address; use an IP address or localhost");
  EXPECT_EQ(why({{"::1", 0}, {}, {.workers = 0}, {}}), "limits.workers: it must be above zero");
  EXPECT_EQ(why({{"localhost", 0}, {}, {}, {"10.0.0.0/8"}}), "proxies: '10.0.0.0/8' is no IP address");
}

}  // namespace
}  // namespace evenkeel::http
