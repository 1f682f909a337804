// What the provider says of itself (OpenID Connect Discovery 1.0) and its keys: read when they are needed,
// kept for an hour. Keys are read again for one that is not known, at most once a minute. After a failure it
// is not asked again for some seconds, and two ask at a time: a provider that is slow holds up two requests
// and no more. Safe to use from any thread; blocks.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <semaphore>
#include <string>

#include "base/instant.hpp"
#include "base/quantity.hpp"
#include "openid/fetch.hpp"
#include "openid/keys.hpp"
#include "openid/trouble.hpp"

namespace evenkeel::openid {

struct Metadata {
  std::string authorization, token, keys;  // addresses
  bool secret_in_form = false;             // the client's secret goes in the form, not in a header
  bool names_itself = false;               // each answer to a browser has `iss` (RFC 9207)
};

class ProviderSource {
 public:
  ProviderSource(std::string issuer, Fetch fetch) : issuer_(std::move(issuer)), fetch_(std::move(fetch)) {}

  [[nodiscard]] Result<Metadata, Trouble> metadata(Instant now);
  // What the token says, signed by one of the provider's keys as they are now.
  [[nodiscard]] Result<std::string, Trouble> payload_of(const std::string& token, Instant now);
  // Out of reach, or busy.
  [[nodiscard]] Result<Told, Trouble> ask(const Asking& asking);

  static constexpr Duration fresh = 1.0 * units::h;
  static constexpr Duration between_keys = 1.0 * units::min;
  static constexpr Duration after_failure = 5.0 * units::s;
  static constexpr std::chrono::milliseconds patience{2'000};  // for one of the two

 private:
  // Keeps that the provider was out of reach; the same trouble.
  Trouble failed(const Trouble& trouble, Instant now);
  [[nodiscard]] Result<Metadata, Trouble> read_metadata();
  // Those that are kept; read anew where they are older than `oldest`.
  [[nodiscard]] Result<std::shared_ptr<const Keys>, Trouble> keys(Instant now, Duration oldest);

  const std::string issuer_;
  const Fetch fetch_;
  std::counting_semaphore<2> asking_{2};
  std::mutex mutex_;
  std::optional<Metadata> metadata_;
  Instant metadata_at_;
  std::shared_ptr<const Keys> keys_;
  Instant keys_at_;
  std::optional<Instant> failed_at_;  // the latest, of either
  Trouble failure_;
};

}  // namespace evenkeel::openid
