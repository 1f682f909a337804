#include "clinic/secret.hpp"

#include <sodium.h>

#include "base/expects.hpp"

namespace evenkeel::clinic {

void wipe(std::string& text) {
  // To the capacity: what a text was before it became shorter is still there.
  text.resize(text.capacity());
  sodium_memzero(text.data(), text.size());
  text.clear();
}

Secret random_bytes(std::size_t size) {
  expects(sodium_init() >= 0, "libsodium has its random numbers");
  std::string bytes(size, '\0');
  randombytes_buf(bytes.data(), bytes.size());
  return Secret{std::move(bytes)};
}

std::string random_text(std::size_t size, std::string_view alphabet) {
  expects(sodium_init() >= 0, "libsodium has its random numbers");
  std::string text;
  text.reserve(size);
  for (std::size_t i = 0; i < size; ++i)
    text += alphabet[randombytes_uniform(static_cast<std::uint32_t>(alphabet.size()))];
  return text;
}

}  // namespace evenkeel::clinic
