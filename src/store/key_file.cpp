// The files of a pair of keys: one line each, a word that says which, and the digits.
#include <fcntl.h>
#include <fmt/format.h>
#include <sodium.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <system_error>

#include "base/expects.hpp"
#include "store/head_export.hpp"

namespace evenkeel::store {

namespace {

constexpr std::string_view secret_word = "evenkeel-secret-key-1 ";
constexpr std::string_view public_word = "evenkeel-public-key-1 ";

Result<void> write_new(const std::filesystem::path& file, mode_t mode, const std::string& text) {
  const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
  if (descriptor < 0) {
    return Error{ErrorCode::storage, file.string(),
                 fmt::format("the key cannot be written: {}", std::generic_category().message(errno))};
  }
  const bool written = ::write(descriptor, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
                       fsync(descriptor) == 0;
  ::close(descriptor);
  if (written) return {};
  return Error{ErrorCode::storage, file.string(), "the key was not written whole"};
}

template <std::size_t size>
Result<void> read_key(const std::filesystem::path& file, std::string_view word,
                      std::array<std::uint8_t, size>& bytes) {
  std::ifstream in{file};
  std::string line;
  if (!in || !std::getline(in, line)) return Error{ErrorCode::storage, file.string(), "cannot be read"};
  std::size_t read = 0;
  const bool named =
      line.size() == word.size() + 2 * size && std::string_view{line}.substr(0, word.size()) == word;
  if (named &&
      sodium_hex2bin(bytes.data(), size, line.data() + word.size(), 2 * size, nullptr, &read, nullptr) == 0 &&
      read == size) {
    return {};
  }
  return Error{ErrorCode::invalid_input, file.string(),
               fmt::format("is no key; its line begins with '{}' and has {} digits", word, 2 * size)};
}

template <std::size_t size>
std::string line_of(std::string_view word, const std::array<std::uint8_t, size>& bytes) {
  std::string text{word};
  for (const auto byte : bytes) text += fmt::format("{:02x}", byte);
  return text + "\n";
}

}  // namespace

Result<void> make_key(const std::filesystem::path& file) {
  expects(sodium_init() >= 0, "libsodium has its random numbers");
  SecretKey secret;
  PublicKey shown{};
  expects(crypto_sign_keypair(shown.data(), secret.bytes.data()) == 0, "a pair can be made");
  std::filesystem::path beside = file;
  beside += ".pub";
  if (auto written = write_new(file, 0600, line_of(secret_word, secret.bytes)); !written) return written;
  return write_new(beside, 0644, line_of(public_word, shown));
}

Result<SecretKey> read_secret_key(const std::filesystem::path& file) {
  SecretKey key;
  if (auto read = read_key(file, secret_word, key.bytes); !read) return read.error();
  return key;
}

Result<PublicKey> read_public_key(const std::filesystem::path& file) {
  PublicKey key{};
  if (auto read = read_key(file, public_word, key); !read) return read.error();
  return key;
}

}  // namespace evenkeel::store
