#include "openid/fetch.hpp"

#include <curl/curl.h>
#include <fmt/format.h>

#include <memory>
#include <mutex>

#include "openid/settings.hpp"

namespace evenkeel::openid {
namespace {

using Easy = std::unique_ptr<CURL, decltype(&curl_easy_cleanup)>;
using Headers = std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>;

struct Taken {
  std::string bytes;
  std::size_t most = 0;
};

// Less than what was given ends the transfer: the answer is too large.
std::size_t take(char* part, std::size_t one, std::size_t size, void* to) {
  Taken& taken = *static_cast<Taken*>(to);
  if (taken.bytes.size() + size > taken.most) return 0;
  taken.bytes.append(part, one * size);
  return one * size;
}

void guard(CURL* easy, const Asking& asking, const std::string& ca_file, const FetchLimits& limits) {
  const bool plain = asking.url.starts_with("http://") && is_this_machine(asking.url);
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, plain ? "http" : "https");
  curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
  if (!ca_file.empty()) {
    curl_easy_setopt(easy, CURLOPT_CAINFO, ca_file.c_str());
    curl_easy_setopt(easy, CURLOPT_CAPATH, nullptr);
  }
  // A proxy of the environment leads out of the house, never to this machine.
  if (is_this_machine(asking.url)) curl_easy_setopt(easy, CURLOPT_PROXY, "");
  curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(limits.connect.count()));
  curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(limits.whole.count()));
}

std::string why(CURLcode code) {
  switch (code) {
    case CURLE_WRITE_ERROR:
      return "its answer is too large";
    case CURLE_OPERATION_TIMEDOUT:
      return "it does not answer in time";
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT:
      return "it cannot be reached";
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
      return "its certificate cannot be trusted";
    default:
      return curl_easy_strerror(code);
  }
}

Result<Told> fetched(const Asking& asking, const std::string& ca_file, const FetchLimits& limits) {
  const Easy easy{curl_easy_init(), &curl_easy_cleanup};
  const Headers headers{curl_slist_append(nullptr, "Accept: application/json"), &curl_slist_free_all};
  if (!easy || !headers) return Error{ErrorCode::storage, "provider", "there is no memory to ask it with"};
  Taken taken{"", limits.bytes};
  guard(easy.get(), asking, ca_file, limits);
  curl_easy_setopt(easy.get(), CURLOPT_URL, asking.url.c_str());
  curl_easy_setopt(easy.get(), CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(easy.get(), CURLOPT_USERAGENT, "evenkeel");
  curl_easy_setopt(easy.get(), CURLOPT_WRITEFUNCTION, &take);
  curl_easy_setopt(easy.get(), CURLOPT_WRITEDATA, &taken);
  if (asking.form) {
    curl_easy_setopt(easy.get(), CURLOPT_POSTFIELDSIZE, static_cast<long>(asking.form->size()));
    curl_easy_setopt(easy.get(), CURLOPT_POSTFIELDS, asking.form->c_str());
  }
  if (asking.client) {
    curl_easy_setopt(easy.get(), CURLOPT_HTTPAUTH, static_cast<long>(CURLAUTH_BASIC));
    curl_easy_setopt(easy.get(), CURLOPT_USERNAME, asking.client->first.c_str());
    curl_easy_setopt(easy.get(), CURLOPT_PASSWORD, asking.client->second.c_str());
  }
  if (const CURLcode code = curl_easy_perform(easy.get()); code != CURLE_OK)
    return Error{ErrorCode::storage, "provider", why(code)};
  long status = 0;
  curl_easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &status);
  return Told{static_cast<int>(status), std::move(taken.bytes)};
}

}  // namespace

Fetch fetch_with_curl(std::string ca_file, FetchLimits limits) {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
  return [ca_file = std::move(ca_file), limits](const Asking& asking) {
    return fetched(asking, ca_file, limits);
  };
}

}  // namespace evenkeel::openid
