// Streams of Server-Sent Events from a real listener.
#include <gtest/gtest.h>

#include <future>
#include <thread>

#include "http/feed.hpp"
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

// Hands the sink of the stream that is opened next to the test.
class Opened {
 public:
  Handler handler(std::function<std::string()> beat = nullptr) {
    return [this, beat](const Request&) -> Answer {
      return Stream{
          {{"X-A", "b"}}, [this](std::shared_ptr<Sink> sink) { promise_.set_value(std::move(sink)); }, beat};
    };
  }
  std::shared_ptr<Sink> sink() { return promise_.get_future().get(); }

 private:
  std::promise<std::shared_ptr<Sink>> promise_;
};

TEST(ListenerStream, CarriesWhatIsSentInItsOrder) {
  Opened opened;
  RunningServer server(opened.handler());
  HttpClient client(server.port());
  const Reply head = [&] {
    client.send(plain_request);
    return client.reply(true);
  }();
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.header("Content-Type"), "text/event-stream");
  EXPECT_EQ(head.header("Cache-Control"), "no-store");
  EXPECT_EQ(head.header("Transfer-Encoding"), "chunked");
  EXPECT_EQ(head.header("Connection"), "close");
  EXPECT_EQ(head.header("X-A"), "b");
  EXPECT_EQ(head.header("Content-Length"), "");
  auto sink = opened.sink();
  std::string expected;
  std::string seen;
  for (int i = 0; i < 1000; ++i) {
    const std::string text = "data: " + std::to_string(i) + "\n\n";
    EXPECT_TRUE(sink->send(text));
    expected += text;
  }
  while (seen.size() < expected.size()) seen += client.chunk();
  EXPECT_EQ(seen, expected);
  EXPECT_TRUE(sink->send("data: last\n\n"));
  sink->close();
  EXPECT_FALSE(sink->send("data: late\n\n"));
  EXPECT_EQ(client.chunk(), "data: last\n\n");
  EXPECT_EQ(client.exactly(5), "0\r\n\r\n");
  EXPECT_TRUE(client.ends());
}

TEST(ListenerStream, EndsWhenNobodyHoldsItsSink) {
  RunningServer server([](const Request&) -> Answer {
    return Stream{{}, [](const std::shared_ptr<Sink>& sink) { sink->send("data: only\n\n"); }, nullptr};
  });
  EXPECT_EQ(HttpClient(server.port()).ask(plain_request).body, "data: only\n\n");
  HttpClient old(server.port());
  const Reply head = old.ask("GET / HTTP/1.0\r\n\r\n");
  EXPECT_EQ(head.header("Transfer-Encoding"), "");
  EXPECT_EQ(old.until("\n\n"), "data: only\n\n");
  EXPECT_TRUE(old.ends());
  HttpClient only_head(server.port());
  only_head.send("HEAD / HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(only_head.reply(true).status, 200);
  EXPECT_TRUE(only_head.ends());
}

TEST(ListenerStream, BeatsWhileNothingHappens) {
  Opened opened;
  RunningServer server(opened.handler([] { return std::string{": beat\n\n"}; }), {.beat = milliseconds{20}});
  HttpClient client(server.port());
  client.send(plain_request);
  EXPECT_EQ(client.reply(true).status, 200);
  auto sink = opened.sink();
  EXPECT_EQ(client.chunk(), ": beat\n\n");
  EXPECT_EQ(client.chunk(), ": beat\n\n");
}

TEST(ListenerStream, IsCutWhenItsReaderIsTooSlow) {
  Opened opened;
  RunningServer server(opened.handler(), {.stream_queue = 100'000});
  HttpClient client(server.port());
  client.send(plain_request);
  auto sink = opened.sink();
  const std::string text(10'000, 'x');
  std::size_t sent = 0;
  while (sink->send(text)) sent += text.size();
  EXPECT_GE(sent, 100'000U - text.size());
  EXPECT_FALSE(sink->send("x"));
  EXPECT_TRUE(client.breaks());
}

// However long it may take to write what it holds.
TEST(ListenerStream, IsCutInTheMiddleOfAWrite) {
  Opened opened;
  RunningServer server(opened.handler(), {.stream_queue = 20'000'000});
  HttpClient client(server.port());
  client.send(plain_request);
  EXPECT_EQ(client.reply(true).status, 200);
  auto sink = opened.sink();
  EXPECT_TRUE(sink->send(std::string(19'000'000, 'x')));
  EXPECT_EQ(client.until("\r\n"), "121eac0\r\n");
  EXPECT_FALSE(sink->send(std::string(2'000'000, 'x')));
  EXPECT_TRUE(client.breaks());
}

TEST(ListenerStream, TellsTheSenderThatItsReaderIsGone) {
  Opened opened;
  RunningServer server(opened.handler([] { return std::string{": beat\n\n"}; }), {.beat = milliseconds{5}});
  std::shared_ptr<Sink> sink;
  {
    HttpClient client(server.port());
    client.send(plain_request);
    sink = opened.sink();
    EXPECT_TRUE(sink->send("data: 1\n\n"));
  }
  while (sink->send("")) std::this_thread::yield();
}

TEST(ListenerStream, IsClosedByStop) {
  Opened opened;
  std::shared_ptr<Sink> sink;
  {
    RunningServer server(opened.handler());
    HttpClient client(server.port());
    client.send(plain_request);
    EXPECT_EQ(client.reply(true).status, 200);
    sink = opened.sink();
    EXPECT_TRUE(sink->send("data: 1\n\n"));
    server.listener().stop();
    EXPECT_EQ(client.chunk(), "data: 1\n\n");
    EXPECT_EQ(client.chunk(), "");
    EXPECT_TRUE(client.ends());
  }
  EXPECT_FALSE(sink->send("data: 2\n\n"));  // and the listener is no more
}

TEST(Feed, CountsWhatIsBeingWrittenAsWaiting) {
  int woken = 0;
  Feed feed(10, [&] { ++woken; });
  EXPECT_TRUE(feed.send("12345"));
  EXPECT_TRUE(feed.send("678"));
  EXPECT_EQ(woken, 1);
  EXPECT_EQ(feed.take().text, "12345678");
  EXPECT_TRUE(feed.send("9a"));
  EXPECT_EQ(woken, 2);
  EXPECT_FALSE(feed.send("b"));
  EXPECT_EQ(woken, 3);
  EXPECT_TRUE(feed.overflowed());
  EXPECT_TRUE(feed.take().ended);
}

}  // namespace
}  // namespace evenkeel::http
