// One question to the provider over HTTPS, and its answer; bounded in time and size.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "base/result.hpp"

namespace evenkeel::openid {

struct Asking {
  std::string url;
  std::optional<std::string> form = {};                            // sent by POST; none: GET
  std::optional<std::pair<std::string, std::string>> client = {};  // name and secret, as Basic has them
};

struct Told {
  int status = 0;
  std::string body;
};

// From any thread; blocks. Errors: storage, where nothing of use came back: `what` names no secret.
// A port, so that tests need no network: fetch_with_curl is the one at work.
using Fetch = std::function<Result<Told>(const Asking&)>;

struct FetchLimits {
  std::chrono::milliseconds connect{3'000};
  std::chrono::milliseconds whole{8'000};  // less than a page waits
  std::size_t bytes = 256U << 10U;
};

// https alone (http to this machine, where the address says so), TLS 1.2 or newer, the certificate held
// against `ca_file` or the machine's own authorities. Follows no redirect, keeps no cookie, takes no
// compressed answer.
[[nodiscard]] Fetch fetch_with_curl(std::string ca_file, FetchLimits limits = {});

}  // namespace evenkeel::openid
