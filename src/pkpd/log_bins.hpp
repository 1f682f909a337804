// Bins of equal width in relative terms: 512 for each doubling, from 2^-100 to 2^28.
//
// A bin is the exponent and the first nine bits of a number's mantissa, so that it costs a shift. The
// two ends of a bin differ by 1/512 of the lower one at most. Bin 0 also takes all that lies below,
// zero above all; the last bin all that lies above.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>

namespace evenkeel::pkpd::log_bins {

inline constexpr double lowest = 0x1p-100;
inline constexpr double highest = 0x1.ffffffffffffep27;
inline constexpr int shift = 52 - 9;
inline constexpr std::uint64_t first_bits = std::bit_cast<std::uint64_t>(lowest);
inline constexpr double relative_width = 1.0 / 512.0;

[[nodiscard]] inline std::uint16_t bin_of(double value) {
  const double within = std::min(std::max(value, lowest), highest);
  return static_cast<std::uint16_t>((std::bit_cast<std::uint64_t>(within) - first_bits) >> shift);
}

// The lower end of a bin; that of the next is its upper one.
[[nodiscard]] inline double lower_end(std::uint32_t bin) {
  return std::bit_cast<double>(first_bits + (std::uint64_t{bin} << shift));
}

}  // namespace evenkeel::pkpd::log_bins
