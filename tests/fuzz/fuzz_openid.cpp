// What an OpenID provider sends, and the file about it: any text is refused with a reason or holds what it
// promises; nobody's signature comes about by chance.
#include "fuzz_target.hpp"
#include "openid/claims.hpp"
#include "openid/keys.hpp"
#include "openid/settings.hpp"

namespace {

using namespace evenkeel;

void settings(std::string_view text) {
  const auto read = openid::read_settings(text);
  if (!read) return promise(!read.error().empty(), "a refusal has a reason");
  promise(openid::is_safe_address(read->issuer) && openid::is_safe_address(read->redirect()),
          "no word of a sign-in crosses a network in the open");
}

void tokens(std::string_view text) {
  // The public half of a key that nobody has.
  static const openid::Keys keys = *openid::Keys::read(
      R"({"keys": [{"kty": "EC", "crv": "P-256", "kid": "ec-1", "x": "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
          "y": "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"}]})");
  const auto payload = keys.payload_of(text);
  promise(!payload && !payload.error().why.empty(), "nothing that is not signed is taken");
  const auto read = openid::Keys::read(text);
  if (read) promise(read->size() <= openid::Keys::most_keys, "the keys are bounded");
}

void claims(std::string_view text) {
  static const Instant now = *Instant::parse("2026-03-02T08:00:00Z");
  const openid::Expected expected{"https://login.example.org", "evenkeel", "the-nonce", {}, {"otp"}, {}};
  const auto subject = openid::subject_of(text, expected, now);
  if (!subject) return promise(!subject.error().what.empty(), "a refusal has words");
  promise(!subject->empty() && subject->size() <= 255, "a subject is a short word");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = as_text(data, size);
  settings(text);
  tokens(text);
  claims(text);
  return 0;
}
