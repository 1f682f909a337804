// The key under which the store keeps what must be read again: the secrets of second factors.
//
// It stands in a file beside the store, for its owner alone, and in no backup of the store: somebody who has
// a copy of the store has no second factor with it. Keep a copy of the file elsewhere; without it every
// second factor has to be set anew. XSalsa20-Poly1305 of libsodium.
// A value that is wiped where it ends; sealing and opening are safe from any thread.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "clinic/secret.hpp"

namespace evenkeel::clinic {

class SiteKey {
 public:
  // Errors: not_found where there is no file; not_permitted where it belongs to somebody else or others may
  // read or write it; invalid_input where it is no key; storage.
  [[nodiscard]] static Result<SiteKey> read(const std::filesystem::path& file);
  // Makes the file where there is none; one that is there is never written over. Errors: as read.
  [[nodiscard]] static Result<SiteKey> read_or_make(const std::filesystem::path& file);

  // As hexadecimal digits, bound to `owner`: opened for another it does not open.
  [[nodiscard]] std::string seal(std::string_view text, std::string_view owner) const;
  // Error: storage, where it was sealed with another key, for another owner, or was altered.
  [[nodiscard]] Result<Secret> open(std::string_view sealed, std::string_view owner) const;

 private:
  explicit SiteKey(Secret bytes) : bytes_(std::move(bytes)) {}

  Secret bytes_;
};

}  // namespace evenkeel::clinic
