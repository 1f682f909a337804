#include "clinic/site_key.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>

#include "base/expects.hpp"

namespace evenkeel::clinic {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view word = "evenkeel-site-key-1 ";
constexpr std::size_t key_bytes = crypto_secretbox_KEYBYTES;
constexpr std::size_t line_bytes = word.size() + 2 * key_bytes + 1;

std::string reason() {
  return std::generic_category().message(errno);
}

class File {
 public:
  File(const fs::path& file, int flags)
      : descriptor_(::open(file.c_str(), flags | O_CLOEXEC | O_NOFOLLOW, 0600)) {}
  ~File() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  [[nodiscard]] int get() const { return descriptor_; }

 private:
  int descriptor_;
};

Result<void> check_owner(const File& in, const fs::path& file) {
  struct stat about {};
  if (::fstat(in.get(), &about) != 0) return Error{ErrorCode::storage, file.string(), reason()};
  if (about.st_uid == ::geteuid() && (about.st_mode & (S_IRWXG | S_IRWXO)) == 0) return {};
  return Error{ErrorCode::not_permitted, file.string(),
               "the site key is for its owner alone, who runs this program: chmod 600"};
}

const unsigned char* bytes_of(std::string_view text) {
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): libsodium takes bytes
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* bytes_of(std::string& text) {
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): libsodium takes bytes
  return reinterpret_cast<unsigned char*>(text.data());
}

std::string hex(std::string_view bytes) {
  std::string text(2 * bytes.size() + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), bytes_of(bytes), bytes.size());
  text.pop_back();
  return text;
}

// Nothing where it is not hexadecimal from end to end.
std::string from_hex(std::string_view text) {
  std::string bytes(text.size() / 2, '\0');
  std::size_t size = 0;
  const char* end = nullptr;
  const int read =
      sodium_hex2bin(bytes_of(bytes), bytes.size(), text.data(), text.size(), nullptr, &size, &end);
  if (read == 0 && size == bytes.size() && end == text.data() + text.size()) return bytes;
  wipe(bytes);
  return bytes;
}

// Whole or not at all, and never over one that is there: written beside, then given its name.
Result<void> make(const fs::path& file) {
  const Secret key = random_bytes(key_bytes);
  const Secret line{std::string{word} + hex(key.view()) + "\n"};
  fs::path beside = file;
  beside += ".new-" + random_text(8, "abcdefghijkmnpqrstuvwxyz");
  bool written = false;
  {
    const File out{beside, O_WRONLY | O_CREAT | O_EXCL};
    if (out.get() < 0)
      return Error{ErrorCode::storage, file.string(),
                   fmt::format("the site key cannot be made: {}", reason())};
    written =
        ::write(out.get(), line.view().data(), line.view().size()) == static_cast<ssize_t>(line_bytes) &&
        ::fsync(out.get()) == 0;
  }
  const bool named = written && (::link(beside.c_str(), file.c_str()) == 0 || errno == EEXIST);
  const std::string why = named ? "" : reason();
  ::unlink(beside.c_str());
  if (!named)
    return Error{ErrorCode::storage, file.string(), fmt::format("the site key was not written: {}", why)};
  const File folder{file.has_parent_path() ? file.parent_path() : fs::path{"."}, O_RDONLY | O_DIRECTORY};
  if (folder.get() >= 0) ::fsync(folder.get());
  return {};
}

}  // namespace

Result<SiteKey> SiteKey::read(const fs::path& file) {
  const File in{file, O_RDONLY};
  if (in.get() < 0) {
    const bool none = errno == ENOENT;
    return Error{none ? ErrorCode::not_found : ErrorCode::storage, file.string(),
                 none ? "there is no site key" : fmt::format("the site key cannot be read: {}", reason())};
  }
  if (auto owned = check_owner(in, file); !owned) return owned.error();
  std::string line(line_bytes + 1, '\0');
  const ssize_t size = ::read(in.get(), line.data(), line.size());
  const bool named = size == static_cast<ssize_t>(line_bytes) && line.starts_with(word);
  std::string key = named ? from_hex(std::string_view{line}.substr(word.size(), 2 * key_bytes)) : "";
  wipe(line);
  if (key.size() == key_bytes) return SiteKey{Secret{std::move(key)}};
  return Error{
      ErrorCode::invalid_input, file.string(),
      fmt::format("is no site key; its one line begins with '{}' and has {} digits", word, 2 * key_bytes)};
}

Result<SiteKey> SiteKey::read_or_make(const fs::path& file) {
  auto key = read(file);
  if (key || key.error().code != ErrorCode::not_found) return key;
  if (auto made = make(file); !made) return made.error();
  return read(file);
}

std::string SiteKey::seal(std::string_view text, std::string_view owner) const {
  std::string plain = fmt::format("{}\n{}", owner, text);
  const Secret nonce = random_bytes(crypto_secretbox_NONCEBYTES);
  std::string box(plain.size() + crypto_secretbox_MACBYTES, '\0');
  crypto_secretbox_easy(bytes_of(box), bytes_of(std::string_view{plain}), plain.size(),
                        bytes_of(nonce.view()), bytes_of(bytes_.view()));
  wipe(plain);
  return hex(nonce.view()) + hex(box);
}

Result<Secret> SiteKey::open(std::string_view sealed, std::string_view owner) const {
  const Error closed{
      ErrorCode::storage, "site key",
      "what was sealed for this account does not open with it: bring back the key file that was "
      "there, or let an administrator remove the second factor"};
  const std::string all = from_hex(sealed);
  if (all.size() < crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES) return closed;
  const std::string_view nonce = std::string_view{all}.substr(0, crypto_secretbox_NONCEBYTES);
  const std::string_view box = std::string_view{all}.substr(crypto_secretbox_NONCEBYTES);
  std::string plain(box.size() - crypto_secretbox_MACBYTES, '\0');
  const bool opened = crypto_secretbox_open_easy(bytes_of(plain), bytes_of(box), box.size(), bytes_of(nonce),
                                                 bytes_of(bytes_.view())) == 0;
  const Secret whole{std::move(plain)};
  if (!opened || !whole.view().starts_with(fmt::format("{}\n", owner))) return closed;
  return Secret{std::string{whole.view().substr(owner.size() + 1)}};
}

}  // namespace evenkeel::clinic
