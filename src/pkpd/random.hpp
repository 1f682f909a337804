// Random numbers that are looked up, not drawn one after the other: each is a pure function of what it is
// for. Subject 17 is the same in any order, on any thread, among any number of others; one more random
// effect, occasion or observation moves no other number.
//
//   counter = (subject, index, variable's code)   128 bits        key = seed   64 bits
//   uniform = odd multiple of 2^-53 from the first 64 bits of Philox4x32-10(counter, key)
//   standard normal = Phi^-1(uniform)
//
// Philox4x32-10: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC11 (2011),
// as the Random123 library of its authors has it. The same bits on every machine (normal.hpp).
// Pure; safe to use from any thread.
#pragma once

#include <cstdint>
#include <string_view>

namespace evenkeel::pkpd {

// What a number is for. Part of the counter: the values are frozen, or every simulated patient changes.
enum class Purpose : std::uint8_t {
  subject_effect = 1,
  occasion_effect = 2,
  proportional_error = 3,
  additive_error = 4,
  log_error = 5,
  covariate = 6,
  typical_value = 7,
  posterior = 8,
  virtual_life = 9,
};

// What varies, by name: "CL" is drawn the same in whichever model, at whichever place it stands. The code
// is the purpose (8 bits) and a hash of the name (the upper 56 of 64-bit FNV-1a): that two of a hundred names
// share a code has a chance near 1e-13.
class Variable {
 public:
  constexpr Variable(Purpose purpose, std::string_view name)
      : code_((static_cast<std::uint64_t>(purpose) << 56) | (hash(name) >> 8)) {}
  [[nodiscard]] constexpr std::uint64_t code() const { return code_; }

 private:
  static constexpr std::uint64_t hash(std::string_view text) {
    std::uint64_t bits = 0xcbf29ce484222325;
    for (const char c : text) bits = (bits ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    return bits;
  }

  std::uint64_t code_;
};

struct Draw {
  std::uint64_t seed = 0;
  std::uint32_t subject =
      0;  // or the replicate, for Purpose::typical_value; or the draw, for Purpose::posterior
  std::uint32_t index = 0;  // the occasion, the row or the coordinate; 0 where there is none
};

// Above 0 and below 1; 52 random bits, symmetric about 1/2.
[[nodiscard]] double uniform(const Variable& variable, const Draw& draw);

// N(0, 1); never beyond 8.3.
[[nodiscard]] double standard_normal(const Variable& variable, const Draw& draw);

}  // namespace evenkeel::pkpd
