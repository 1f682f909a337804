// A listener that runs while a test does, on a port of its own, and a certificate made for it.
#pragma once

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "base/expects.hpp"
#include "http/listener.hpp"

namespace evenkeel::test {

inline constexpr std::string_view plain_request = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";

class RunningServer {
 public:
  explicit RunningServer(http::Handler handler, http::Limits limits = {}, std::optional<http::Tls> tls = {},
                         std::vector<std::string> proxies = {}) {
    auto opened = http::Listener::open({{"127.0.0.1", 0}, std::move(tls), limits, std::move(proxies)},
                                       std::move(handler));
    expects(opened.has_value(), "a test's listener opens");
    listener_ = std::move(*opened);
    thread_ = std::thread([this] { listener_->run(); });
  }
  ~RunningServer() { finish(); }
  RunningServer(const RunningServer&) = delete;
  RunningServer& operator=(const RunningServer&) = delete;

  [[nodiscard]] std::uint16_t port() const { return listener_->port(); }
  [[nodiscard]] http::Listener& listener() { return *listener_; }
  // Stops it and waits until it has.
  void finish() {
    listener_->stop();
    if (thread_.joinable()) thread_.join();
  }

 private:
  std::unique_ptr<http::Listener> listener_;
  std::thread thread_;
};

// A certificate for 127.0.0.1, signed with its own key, in a folder that goes when this does.
class TestCertificate {
 public:
  TestCertificate() {
    std::string name = (std::filesystem::temp_directory_path() / "evenkeel-tls-XXXXXX").string();
    expects(::mkdtemp(name.data()) != nullptr, "a folder for the certificate");
    folder_ = name;
    EVP_PKEY* key = EVP_EC_gen("P-256");
    X509* certificate = X509_new();
    X509_set_version(certificate, X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate), -60);
    X509_gmtime_adj(X509_getm_notAfter(certificate), 3600);
    X509_set_pubkey(certificate, key);
    X509_NAME* subject = X509_get_subject_name(certificate);
    const std::string words = "test server";
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>(words.c_str()), -1, -1, 0);
    X509_set_issuer_name(certificate, subject);
    X509_EXTENSION* names = X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, "IP:127.0.0.1");
    X509_add_ext(certificate, names, -1);
    X509_EXTENSION_free(names);
    expects(X509_sign(certificate, key, EVP_sha256()) > 0, "the certificate is signed");
    write(files().certificate, [&](std::FILE* file) { return PEM_write_X509(file, certificate); });
    write(files().key, [&](std::FILE* file) {
      return PEM_write_PrivateKey(file, key, nullptr, nullptr, 0, nullptr, nullptr);
    });
    X509_free(certificate);
    EVP_PKEY_free(key);
  }
  ~TestCertificate() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  TestCertificate(const TestCertificate&) = delete;
  TestCertificate& operator=(const TestCertificate&) = delete;

  [[nodiscard]] http::Tls files() const { return {folder_ / "certificate.pem", folder_ / "key.pem"}; }
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }

 private:
  template <class Write>
  static void write(const std::filesystem::path& path, Write&& as_pem) {
    std::FILE* file = std::fopen(path.c_str(), "w");
    expects(file != nullptr && as_pem(file) == 1 && std::fclose(file) == 0, "a PEM file is written");
  }

  std::filesystem::path folder_;
};

// A private key that only its password opens.
inline void write_locked_key(const std::filesystem::path& path) {
  EVP_PKEY* key = EVP_EC_gen("P-256");
  std::FILE* file = std::fopen(path.c_str(), "w");
  char word[] = "password";
  const bool written =
      file != nullptr && PEM_write_PrivateKey(file, key, EVP_aes_128_cbc(), nullptr, 0, nullptr, word) == 1;
  expects(written && std::fclose(file) == 0, "a PEM file is written");
  EVP_PKEY_free(key);
}

}  // namespace evenkeel::test
