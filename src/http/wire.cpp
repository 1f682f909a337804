#include "http/wire.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <boost/asio/buffer.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/write.hpp>
#include <string>
#include <utility>

namespace evenkeel::http {
namespace {

// The list of protocols that a client offers is length-prefixed; we speak one of them.
int choose_protocol(SSL*, const unsigned char** out, unsigned char* out_size, const unsigned char* in,
                    unsigned int in_size, void*) {
  static constexpr unsigned char ours[] = "\x08http/1.1";
  unsigned char* chosen = nullptr;
  const int found = SSL_select_next_proto(&chosen, out_size, ours, sizeof ours - 1, in, in_size);
  *out = chosen;
  return found == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

Error cannot_use(const std::filesystem::path& file, std::string_view what, const Wire::Fault& fault) {
  return {ErrorCode::invalid_input, file.string(), std::string(what) + ": " + fault.message()};
}

}  // namespace

Result<SecureContext> secure_context(const Tls& tls) {
  SecureContext context{SecureContext::tls_server};
  SSL_CTX* const native = context.native_handle();
  SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
  SSL_CTX_set_options(native, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_TICKET |
                                  SSL_OP_CIPHER_SERVER_PREFERENCE);
  SSL_CTX_set_session_cache_mode(native, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_cipher_list(native, "ECDHE+AESGCM:ECDHE+CHACHA20");
  SSL_CTX_set_alpn_select_cb(native, &choose_protocol, nullptr);
  Wire::Fault fault;
  // A key with a password would be asked for at the terminal.
  context.set_password_callback([](std::size_t, SecureContext::password_purpose) { return std::string(); },
                                fault);
  context.use_certificate_chain_file(tls.certificate.string(), fault);
  if (fault) return cannot_use(tls.certificate, "no certificate chain in PEM", fault);
  context.use_private_key_file(tls.key.string(), SecureContext::pem, fault);
  if (fault)
    return cannot_use(tls.key, "no private key in PEM, without a password, of the certificate", fault);
  if (SSL_CTX_check_private_key(native) != 1) {
    ERR_clear_error();
    return Error{ErrorCode::invalid_input, tls.key.string(), "the key is not the certificate's"};
  }
  return context;
}

Wire::Wire(Socket socket, SecureContext* secure) : socket_(std::move(socket)) {
  Fault ignored;
  socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
  if (secure != nullptr) tls_.emplace(socket_, *secure);
}

void Wire::handshake(Done done) {
  tls_->async_handshake(asio::ssl::stream_base::server,
                        [done = std::move(done)](const Fault& fault) { done(fault, 0); });
}

void Wire::read(char* bytes, std::size_t size, Done done) {
  if (tls_) {
    tls_->async_read_some(asio::buffer(bytes, size), std::move(done));
  } else {
    socket_.async_read_some(asio::buffer(bytes, size), std::move(done));
  }
}

void Wire::write(std::string_view text, Done done) {
  if (tls_) {
    asio::async_write(*tls_, asio::buffer(text), std::move(done));
  } else {
    asio::async_write(socket_, asio::buffer(text), std::move(done));
  }
}

void Wire::say_goodbye(bool reading, std::function<void(Goodbye)> done) {
  if (tls_ && !reading) {
    tls_->async_shutdown([done = std::move(done)](const Fault& fault) {
      // OpenSSL's own fault here is that data came instead of the client's goodbye.
      const bool data = fault.category() == asio::error::get_ssl_category();
      done(data ? Goodbye::more_may_come : Goodbye::both_said);
    });
    return;
  }
  Fault ignored;
  socket_.shutdown(Socket::shutdown_send, ignored);
  done(Goodbye::more_may_come);
}

void Wire::discard(char* bytes, std::size_t size, Done done) {
  socket_.async_read_some(asio::buffer(bytes, size), std::move(done));
}

void Wire::close() {
  Fault ignored;
  socket_.close(ignored);
}

void Wire::cut() {
  Fault ignored;
  socket_.set_option(asio::socket_base::linger(true, 0), ignored);
  socket_.close(ignored);
}

}  // namespace evenkeel::http
