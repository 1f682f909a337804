#include "store/head_export.hpp"

#include <fmt/format.h>
#include <sodium.h>

#include <charconv>

#include "base/expects.hpp"
#include "json/document.hpp"
#include "json/reader.hpp"
#include "json/write.hpp"

namespace evenkeel::store {

namespace {

using Signature = std::array<std::uint8_t, crypto_sign_BYTES>;

// What is signed: the fields in one form, whatever the JSON around them looks like.
std::string signed_bytes(const Head& head, Instant at) {
  return fmt::format("evenkeel audit head 1\n{}\n{}\n{}\n", head.number, hex(head.hash), at.to_string());
}

template <std::size_t size>
std::string digits(const std::array<std::uint8_t, size>& bytes) {
  std::string text;
  for (const auto byte : bytes) text += fmt::format("{:02x}", byte);
  return text;
}

template <std::size_t size>
bool from_digits(std::string_view text, std::array<std::uint8_t, size>& bytes) {
  std::size_t read = 0;
  const char* end = nullptr;
  if (text.size() != 2 * size) return false;
  return sodium_hex2bin(bytes.data(), size, text.data(), text.size(), nullptr, &read, &end) == 0 &&
         read == size;
}

const unsigned char* raw(std::string_view text) {
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): bytes of text are what is signed
  return reinterpret_cast<const unsigned char*>(text.data());
}

json::Node head_node(const Head& head, Instant at) {
  return json::object({{"number", json::number(static_cast<long long>(head.number))},
                       {"hash", json::text(hex(head.hash))},
                       {"at", json::text(at.to_string())}});
}

std::uint64_t number_of(json::Reader reader) {
  const json::Node* node = reader.node();
  if (node == nullptr) return 0;
  std::uint64_t number = 0;
  const char* end = node->text.data() + node->text.size();
  const auto read = std::from_chars(node->text.data(), end, number);
  const bool whole = node->kind == json::Kind::number && read.ec == std::errc{} && read.ptr == end;
  if (!whole || number > 9'000'000'000'000'000'000U) reader.fault("is no whole number from 0 on");
  return number;
}

Error invalid(std::string where, std::string what) {
  return {ErrorCode::invalid_input, std::move(where), std::move(what)};
}

void read_signature(json::Reader reader, ExportedHead& exported) {
  if (!reader.object({"public_key", "ed25519"})) return;
  PublicKey key{};
  Signature signature{};
  if (!from_digits(reader["public_key"].text(), key)) reader["public_key"].fault("is not 64 digits 0 to f");
  if (!from_digits(reader["ed25519"].text(), signature)) reader["ed25519"].fault("is not 128 digits 0 to f");
  const std::string bytes = signed_bytes(exported.head, exported.at);
  if (crypto_sign_verify_detached(signature.data(), raw(bytes), bytes.size(), key.data()) != 0) {
    reader.fault("does not hold: the head was altered, or another key signed it");
    return;
  }
  exported.signed_by = key;
}

}  // namespace

std::string export_head(const Head& head, Instant at) {
  return json::dump_indented(json::object({{"audit_head", head_node(head, at)}})) + "\n";
}

std::string sign_head(const Head& head, Instant at, const SecretKey& key) {
  const std::string bytes = signed_bytes(head, at);
  Signature signature{};
  PublicKey shown{};
  expects(crypto_sign_detached(signature.data(), nullptr, raw(bytes), bytes.size(), key.bytes.data()) == 0 &&
              crypto_sign_ed25519_sk_to_pk(shown.data(), key.bytes.data()) == 0,
          "signing cannot fail");
  return json::dump_indented(
             json::object({{"audit_head", head_node(head, at)},
                           {"signature", json::object({{"public_key", json::text(digits(shown))},
                                                       {"ed25519", json::text(digits(signature))}})}})) +
         "\n";
}

Result<ExportedHead> import_head(std::string_view text) {
  const auto tree = json::parse(text);
  if (!tree) return tree.error().front();
  Errors faults;
  json::Reader top{*tree, faults};
  ExportedHead exported;
  if (top.object({"audit_head"}, {"signature"})) {
    json::Reader head = top["audit_head"];
    if (head.object({"number", "hash", "at"})) {
      exported.head.number = number_of(head["number"]);
      const auto hash = hash_from_hex(head["hash"].text());
      if (!hash) head["hash"].fault(hash.error().what);
      if (hash) exported.head.hash = *hash;
      exported.at = head["at"].instant();
    }
    if (faults.empty() && top.has("signature")) read_signature(top["signature"], exported);
  }
  if (!faults.empty()) return faults.front();
  return exported;
}

Result<ExportedHead> import_signed_head(std::string_view text, const PublicKey& key) {
  auto exported = import_head(text);
  if (!exported) return exported;
  if (!exported->signed_by) return invalid("signature", "is missing; this head must be signed");
  if (*exported->signed_by != key) {
    return invalid("signature.public_key", fmt::format("is {}, the head must be signed with {}",
                                                       digits(*exported->signed_by), digits(key)));
  }
  return exported;
}

}  // namespace evenkeel::store
