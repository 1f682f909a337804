#include "openid/claims.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "json/reader.hpp"
#include "openid/words.hpp"

namespace evenkeel::openid {
namespace {

constexpr double latest = 1e11;  // seconds of 1970 and later
constexpr std::size_t longest = 2000;

double seconds_of(Instant at) {
  return std::chrono::duration<double>(at.time().time_since_epoch()).count();
}

Error refuse(const char* claim, std::string what) {
  return {ErrorCode::not_permitted, claim, std::move(what)};
}

// The claims are read leniently as to what else is there, and strictly as to what counts.
class Claims {
 public:
  Claims(const json::Node& tree, Errors& faults) : top_(tree, faults) {}

  [[nodiscard]] std::string text(const char* key) const {
    return top_.has(key) ? top_[key].text(longest) : std::string{};
  }
  [[nodiscard]] std::optional<double> moment(const char* key) const {
    if (!top_.has(key)) return std::nullopt;
    return top_[key].number(0, latest);
  }
  // A text, or a list of them.
  [[nodiscard]] std::vector<std::string> texts(const char* key) const {
    std::vector<std::string> all;
    if (!top_.has(key)) return all;
    if (top_[key].node()->kind == json::Kind::text) return {top_[key].text(longest)};
    for (json::Reader& each : top_[key].items()) all.push_back(each.text(longest));
    return all;
  }

 private:
  json::Reader top_;
};

bool names(const std::vector<std::string>& all, const std::string& word) {
  return std::ranges::find(all, word) != all.end();
}

std::optional<Error> not_for_us(const Claims& claims, const Expected& expected) {
  if (claims.text("iss") != expected.issuer) return refuse("iss", "the token comes from another provider");
  const auto audience = claims.texts("aud");
  if (!names(audience, expected.client_id)) return refuse("aud", "the token is for another program");
  const std::string party = claims.text("azp");
  // With others in it, it has to say for whom it was made.
  if ((audience.size() > 1 || !party.empty()) && party != expected.client_id)
    return refuse("azp", "the token was made for another program");
  if (!same_word(claims.text("nonce"), expected.nonce))
    return refuse("nonce", "the token belongs to another sign-in");
  return std::nullopt;
}

std::optional<Error> out_of_time(const Claims& claims, const Expected& expected, Instant now) {
  const double at = seconds_of(now);
  const auto ends = claims.moment("exp");
  const auto made = claims.moment("iat");
  const auto begins = claims.moment("nbf");
  if (!ends || at >= *ends + clock_skew_s)
    return refuse("exp", "the token is over, or does not say when it ends");
  if (!made || *made > at + clock_skew_s || *made < at - oldest_token_s)
    return refuse("iat", "the token was not made just now: are both clocks right?");
  if (begins && *begins > at + clock_skew_s) return refuse("nbf", "the token is not good yet");
  if (!expected.since) return std::nullopt;
  const auto shown = claims.moment("auth_time");
  if (!shown || *shown < seconds_of(*expected.since) - clock_skew_s || *shown > at + clock_skew_s)
    return refuse("auth_time", "the provider did not ask anew who it is, or does not say when it did");
  return std::nullopt;
}

std::optional<Error> too_weak(const Claims& claims, const Expected& expected) {
  if (!expected.acr.empty() && !names(expected.acr, claims.text("acr")))
    return refuse("acr", "the provider did not ask for as much as this clinic demands");
  const auto shown = claims.texts("amr");
  for (const std::string& each : expected.amr) {
    if (!names(shown, each))
      return refuse("amr", fmt::format("the provider did not ask for what this clinic demands: {}", each));
  }
  return std::nullopt;
}

}  // namespace

Result<std::string> subject_of(std::string_view payload, const Expected& expected, Instant now) {
  const auto tree = json::parse(payload, {.bytes = 64U << 10U, .depth = 16});
  if (!tree || tree->kind != json::Kind::object) return refuse("token", "the token cannot be read");
  Errors faults;
  const Claims claims{*tree, faults};
  std::string subject = claims.text("sub");
  auto refused = not_for_us(claims, expected);
  if (!refused) refused = out_of_time(claims, expected, now);
  if (!refused) refused = too_weak(claims, expected);
  if (!faults.empty()) return refuse("token", "the token cannot be read: " + faults.front().where);
  if (refused) return *refused;
  const bool plain = std::ranges::all_of(subject, [](char c) { return c > ' ' && c < 0x7F; });
  if (subject.empty() || subject.size() > 255 || !plain)
    return refuse("sub", "the token does not say whom it is about");
  return subject;
}

}  // namespace evenkeel::openid
