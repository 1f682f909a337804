// What becomes of a tile of moments while it is still in the first cache. Vectors as in lanes.hpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "pkpd/batch_course.hpp"

namespace evenkeel::pkpd {

// Copies past the caches: what is not read again soon would only push out what is. `to` is aligned to
// 64 bytes, `count` a multiple of 8. The copy is visible to others after `end_streaming`.
void stream(const double* from, std::size_t count, double* to);
void end_streaming();

// A running summary of eight courses of one output.
struct alignas(64) LaneSummary {
  double peak[lanes];      // mg/L
  double peak_at[lanes];   // h
  double above[lanes];     // h, at or above the level
  double previous[lanes];  // mg/L, at the last moment
};
// Takes `moments` of output `output` of `outputs` from a tile: their times, and how long each is after
// the one before. Between two moments the curve is taken as straight where it rises and as exponential
// where it falls.
struct Moments {
  std::span<const double> at_h;
  std::span<const double> passed_h;
};
void summarise_tile(const double* tile, const Moments& moments, std::size_t outputs, double level_mg_L,
                    LaneSummary& summary);

// Bins of the logarithmic histograms of bands.hpp, one for each number.
void bin_tile(const double* tile, std::size_t count, std::uint16_t* bins);

}  // namespace evenkeel::pkpd
