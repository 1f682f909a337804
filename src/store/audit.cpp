#include "store/audit.hpp"

#include <fmt/format.h>
#include <sodium.h>

namespace evenkeel::store {

Hash sha256(std::string_view bytes) {
  Hash hash{};
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): bytes of text are what is hashed
  crypto_hash_sha256(hash.data(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  return hash;
}

}  // namespace evenkeel::store
