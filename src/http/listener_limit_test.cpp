// R13: what a listener does with too much, too slow and too many, and how it stops.
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <atomic>
#include <latch>
#include <vector>

#include "http/listener.hpp"
#include "support/http_client.hpp"
#include "support/running_server.hpp"

namespace evenkeel::http {
namespace {

using std::chrono::milliseconds;
using test::HttpClient;
using test::plain_request;
using test::Reply;
using test::RunningServer;

Answer done(const Request&) {
  return Response{200, "text/plain", "done", {}};
}

TEST(ListenerLimit, OfAHeaderThatDoesNotEnd) {
  RunningServer server(done, {.header_time = milliseconds{50}});
  HttpClient client(server.port());
  client.send("GET / HTTP/1.1\r\nHost:");
  EXPECT_EQ(client.reply().status, 408);
  EXPECT_TRUE(client.ends());
}

// A byte now and then does not renew the time.
TEST(ListenerLimit, OfAHeaderThatCrawls) {
  RunningServer server(done, {.header_time = milliseconds{50}});
  HttpClient client(server.port());
  client.send("GET / HTTP/1.1\r\nX: ");
  while (client.send("x") && !client.readable(1)) {
  }
  EXPECT_EQ(client.reply().status, 408);
}

TEST(ListenerLimit, OfABodyThatDoesNotEnd) {
  RunningServer server(done, {.body_time = milliseconds{50}});
  HttpClient client(server.port());
  client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\n12345");
  EXPECT_EQ(client.reply().status, 408);
  EXPECT_TRUE(client.ends());
  HttpClient waiting(server.port());
  waiting.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(waiting.reply(true).status, 100);
  EXPECT_EQ(waiting.reply().status, 408);
}

TEST(ListenerLimit, OfTimeBetweenRequests) {
  RunningServer server(done, {.idle_time = milliseconds{50}});
  HttpClient silent(server.port());
  EXPECT_TRUE(silent.ends());
  for (bool answered = false; !answered;) {  // a busy machine may take too long to ask
    HttpClient client(server.port());
    answered = client.ask(plain_request).status == 200;
    EXPECT_TRUE(client.ends());
  }
}

TEST(ListenerLimit, OfAReaderThatDoesNotRead) {
  RunningServer server(
      [](const Request&) -> Answer {
        return Response{200, "text/plain", std::string(16 << 20, 'x'), {}};
      },
      {.write_time = milliseconds{100}});
  HttpClient client(server.port());
  client.send(plain_request);
  EXPECT_TRUE(client.breaks());
}

TEST(ListenerLimit, OfConnections) {
  RunningServer server(done, {.connections = 2});
  HttpClient first(server.port());
  HttpClient second(server.port());
  EXPECT_EQ(first.ask(plain_request).status, 200);
  EXPECT_EQ(second.ask(plain_request).status, 200);
  {
    HttpClient third(server.port());
    const Reply refused = third.ask(plain_request);
    EXPECT_EQ(refused.status, 503);
    EXPECT_EQ(refused.header("Retry-After"), "1");
    EXPECT_TRUE(third.ends());
  }
  std::vector<std::unique_ptr<HttpClient>> waiting;
  for (int i = 0; i < 16; ++i) waiting.push_back(std::make_unique<HttpClient>(server.port()));
  HttpClient too_many(server.port());
  EXPECT_TRUE(too_many.ends());
  EXPECT_EQ(first.ask(plain_request).status, 200);
}

TEST(ListenerLimit, OfConnectionsFromOnePeer) {
  RunningServer server(done, {.connections_per_peer = 1});
  HttpClient first(server.port());
  EXPECT_EQ(first.ask(plain_request).status, 200);
  EXPECT_EQ(HttpClient(server.port()).ask(plain_request).status, 429);
  HttpClient asks_the_head(server.port());
  asks_the_head.send("HEAD / HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(asks_the_head.reply(true).status, 429);
  EXPECT_TRUE(asks_the_head.ends()) << "without a body";
  EXPECT_EQ(first.ask(plain_request).status, 200);
}

TEST(ListenerLimit, OfRequestsFromOnePeer) {
  RunningServer server(done, {.requests_per_second = 0.001, .burst = 2}, {}, {"127.0.0.1"});
  const auto ask = [&](std::string_view peer) {
    return HttpClient(server.port())
        .ask("GET / HTTP/1.1\r\nHost: h\r\nX-Forwarded-For: " + std::string(peer) + "\r\n\r\n")
        .status;
  };
  EXPECT_EQ(ask("192.0.2.1"), 200);
  EXPECT_EQ(ask("192.0.2.1"), 200);
  EXPECT_EQ(ask("192.0.2.1"), 429);
  EXPECT_EQ(ask("192.0.2.2"), 200);
}

// A handler that is held until the test lets it go.
class Held {
 public:
  Handler handler() {
    return [this](const Request&) -> Answer {
      entered.count_down();
      let_go.wait();
      return Response{200, "text/plain", "held", {}};
    };
  }
  std::latch entered{1}, let_go{1};
};

TEST(ListenerLimit, OfWorkThatWaits) {
  Held held;
  std::atomic<int> asked = 0;
  RunningServer server(
      [&, handler = held.handler()](const Request& request) {
        return ++asked == 1 ? handler(request) : done(request);
      },
      {.workers = 1, .queue = 1});
  HttpClient first(server.port());
  first.send(plain_request);
  held.entered.wait();
  HttpClient second(server.port());
  HttpClient third(server.port());
  second.send(plain_request);
  // Which of the two came first, nobody can say; one waits, and the other is refused.
  third.send(plain_request);
  HttpClient& refused = HttpClient::first_readable(second, third);
  EXPECT_EQ(refused.reply().status, 503);
  held.let_go.count_down();
  EXPECT_EQ(first.reply().body, "held");
  EXPECT_EQ((&refused == &second ? third : second).reply().body, "done");
  EXPECT_EQ(asked, 2);
}

TEST(ListenerLimit, LeavesRoomBesideFiveHundredIdleConnections) {
  rlimit files{};
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &files), 0);
  files.rlim_cur = files.rlim_max;
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &files), 0);
  RunningServer server(done,
                       {.header_time = milliseconds{60'000}, .connections_per_peer = 600, .workers = 2});
  std::vector<std::unique_ptr<HttpClient>> idle;
  for (int i = 0; i < 500; ++i) {
    idle.push_back(std::make_unique<HttpClient>(server.port()));
    ASSERT_TRUE(idle.back()->connected());
    if (i % 2 == 0) idle.back()->send("GET / HTTP/1.1\r\n");
  }
  EXPECT_EQ(HttpClient(server.port()).ask(plain_request).body, "done");
  for (int i = 1; i < 500; i += 2)
    EXPECT_EQ(idle[static_cast<std::size_t>(i)]->ask(plain_request).body, "done");
  EXPECT_EQ(idle.front()->ask("Host: h\r\n\r\n").body, "done");
}

TEST(ListenerStop, FinishesWhatIsInWork) {
  Held held;
  RunningServer server(held.handler(), {.linger = milliseconds{50}});
  HttpClient busy(server.port());
  HttpClient idle(server.port());
  busy.send(plain_request);
  held.entered.wait();
  server.listener().stop();
  EXPECT_TRUE(idle.ends());
  held.let_go.count_down();
  const Reply reply = busy.reply();
  EXPECT_EQ(reply.body, "held");
  EXPECT_EQ(reply.header("Connection"), "close");
  EXPECT_TRUE(busy.ends());
  server.finish();
  EXPECT_FALSE(HttpClient(server.port()).connected());
}

TEST(ListenerStop, MayBeSaidBeforeItRunsAndTwice) {
  auto listener = Listener::open({{"127.0.0.1", 0}, {}, {}, {}}, done);
  ASSERT_TRUE(listener);
  (*listener)->stop();
  (*listener)->stop();
  (*listener)->run();
  EXPECT_FALSE(HttpClient((*listener)->port()).connected());
}

}  // namespace
}  // namespace evenkeel::http
