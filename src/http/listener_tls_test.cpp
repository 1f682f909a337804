// TLS of a real listener, against OpenSSL's client.
#include <gtest/gtest.h>
#include <openssl/err.h>
#include <openssl/ssl.h>

#include <memory>

#include "http/listener.hpp"
#include "support/http_client.hpp"
#include "support/running_server.hpp"

namespace evenkeel::http {
namespace {

using std::chrono::milliseconds;
using test::HttpClient;
using test::plain_request;
using test::RunningServer;
using test::TestCertificate;

Answer whether_secure(const Request& request) {
  return Response{200, "text/plain", request.secure ? "secure" : "open", {}};
}

using Context = std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)>;

// A client that trusts this certificate alone.
Context trusting(const Tls& tls) {
  Context context{SSL_CTX_new(TLS_client_method()), &SSL_CTX_free};
  EXPECT_EQ(SSL_CTX_load_verify_file(context.get(), tls.certificate.c_str()), 1);
  SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
  X509_VERIFY_PARAM_set1_ip_asc(SSL_CTX_get0_param(context.get()), "127.0.0.1");
  return context;
}

void offer(const Context& context, std::string_view protocols) {
  SSL_CTX_set_alpn_protos(context.get(), reinterpret_cast<const unsigned char*>(protocols.data()),
                          static_cast<unsigned>(protocols.size()));
}

TEST(ListenerTls, ServesAClientThatVerifiesIt) {
  const TestCertificate certificate;
  RunningServer server(whether_secure, {}, certificate.files());
  const Context context = trusting(certificate.files());
  offer(context, "\x02h2\x08http/1.1");
  HttpClient client(server.port(), context.get());
  ASSERT_TRUE(client.connected());
  EXPECT_STREQ(SSL_get_version(client.tls()), "TLSv1.3");
  const unsigned char* chosen = nullptr;
  unsigned size = 0;
  SSL_get0_alpn_selected(client.tls(), &chosen, &size);
  EXPECT_EQ(std::string(chosen, chosen + size), "http/1.1");
  client.send(std::string(plain_request) + std::string(plain_request));
  EXPECT_EQ(client.reply().body, "secure");
  EXPECT_EQ(client.reply().body, "secure");
  EXPECT_EQ(client.ask("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n").body, "secure");
  EXPECT_TRUE(client.ends());
  EXPECT_EQ(SSL_get_shutdown(client.tls()) & SSL_RECEIVED_SHUTDOWN, SSL_RECEIVED_SHUTDOWN);
}

// R9
TEST(ListenerTls, TakesOnlyWhatIsStillSafe) {
  const TestCertificate certificate;
  RunningServer server(whether_secure, {}, certificate.files());
  const auto connects = [&](auto&& restrict) {
    const Context context = trusting(certificate.files());
    restrict(context.get());
    const bool connected = HttpClient(server.port(), context.get()).connected();
    ERR_clear_error();
    return connected;
  };
  EXPECT_TRUE(connects([](SSL_CTX* context) { SSL_CTX_set_max_proto_version(context, TLS1_2_VERSION); }));
  EXPECT_FALSE(connects([](SSL_CTX* context) {
    SSL_CTX_set_security_level(context, 0);
    SSL_CTX_set_min_proto_version(context, TLS1_VERSION);
    SSL_CTX_set_max_proto_version(context, TLS1_1_VERSION);
  }));
  EXPECT_FALSE(connects([](SSL_CTX* context) {
    SSL_CTX_set_max_proto_version(context, TLS1_2_VERSION);
    SSL_CTX_set_cipher_list(context, "ECDHE-ECDSA-AES256-SHA");  // CBC
  }));
  EXPECT_FALSE(connects([](SSL_CTX* context) {
    SSL_CTX_set_alpn_protos(context, reinterpret_cast<const unsigned char*>("\x02h2"), 3);
  }));
}

TEST(ListenerTls, ClosesWhatDoesNotShakeHands) {
  const TestCertificate certificate;
  RunningServer server(whether_secure, {.header_time = milliseconds{50}}, certificate.files());
  HttpClient open(server.port());
  open.send(plain_request);
  open.until("nothing of HTTP");
  HttpClient silent(server.port());
  EXPECT_TRUE(silent.ends());
}

TEST(ListenerTls, RefusesWithAnAnswerToo) {
  const TestCertificate certificate;
  RunningServer server(whether_secure, {.body_time = milliseconds{50}}, certificate.files());
  const Context context = trusting(certificate.files());
  HttpClient slow(server.port(), context.get());
  slow.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nx");
  EXPECT_EQ(slow.reply().status, 408);
  HttpClient large(server.port(), context.get());
  large.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3000000\r\n\r\n" + std::string(3'000'000, 'x'));
  EXPECT_EQ(large.reply().status, 413);
  EXPECT_TRUE(large.ends());
}

TEST(ListenerTls, CarriesStreamsAndLargeAnswers) {
  const TestCertificate certificate;
  const std::string large(5'000'000, 'x');
  RunningServer server(
      [&](const Request& request) -> Answer {
        if (request.target.path.empty()) return Response{200, "text/plain", large, {}};
        return Stream{{}, [](const std::shared_ptr<Sink>& sink) { sink->send("data: 1\n\n"); }, nullptr};
      },
      {}, certificate.files());
  const Context context = trusting(certificate.files());
  HttpClient client(server.port(), context.get());
  EXPECT_EQ(client.ask(plain_request).body, large);
  EXPECT_EQ(client.ask("GET /stream HTTP/1.1\r\nHost: h\r\n\r\n").body, "data: 1\n\n");
  EXPECT_TRUE(client.ends());
}

TEST(ListenerTls, SaysWhatIsWrongWithItsFiles) {
  const TestCertificate certificate;
  const TestCertificate other;
  const auto why = [](const Tls& tls) {
    const auto opened = Listener::open({{"127.0.0.1", 0}, tls, {}, {}}, whether_secure);
    return opened ? Error{} : opened.error();
  };
  const Tls good = certificate.files();
  EXPECT_EQ(why({certificate.folder() / "none", good.key}).where, (certificate.folder() / "none").string());
  EXPECT_NE(why({good.key, good.key}).what.find("no certificate chain in PEM"), std::string::npos);
  EXPECT_NE(why({good.certificate, good.certificate}).what.find("no private key in PEM"), std::string::npos);
  EXPECT_EQ(why({good.certificate, other.files().key}).where, other.files().key.string());
  const auto locked = certificate.folder() / "locked.pem";
  test::write_locked_key(locked);
  EXPECT_EQ(why({good.certificate, locked}).where, locked.string());
}

}  // namespace
}  // namespace evenkeel::http
