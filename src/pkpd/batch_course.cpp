#include "pkpd/batch_course.hpp"

#include <algorithm>
#include <cmath>

#include "base/expects.hpp"

namespace evenkeel::pkpd {
namespace {

constexpr std::size_t tile_doubles = 1024;  // 8 KiB: stays in the first cache beside the factors
constexpr std::size_t most_modes = 4;

// As is_mammillary in modal.cpp, for one lane.
bool is_mammillary(const GroupSystems& systems, std::size_t lane) {
  const auto k = [&](std::size_t row, std::size_t column) { return systems.rate(row, column)[lane]; };
  const std::size_t n = systems.compartments;
  double eliminated = -k(0, 0);
  for (std::size_t i = 1; i < n; ++i) {
    if (!(k(i, 0) > 0.0 && k(0, i) > 0.0)) return false;
    if (!(std::abs(k(i, i) + k(0, i)) <= 1e-14 * k(0, i))) return false;
    eliminated -= k(i, 0);
    for (std::size_t j = 1; j < n; ++j) {
      if (i != j && k(i, j) != 0.0) return false;
    }
  }
  return eliminated > 0.0;
}

}  // namespace

TileWriter::TileWriter(std::size_t outputs, Shown shown, TileSink& sink)
    : moment_doubles_(outputs * lanes),
      shown_(shown),
      sink_(&sink),
      tile_(std::max(moment_doubles_, tile_doubles / moment_doubles_ * moment_doubles_)) {}

std::span<double> TileWriter::room(std::size_t wanted) {
  const std::size_t capacity = tile_.size() / moment_doubles_;
  if (filled_ == capacity) empty();
  const std::size_t granted = std::min(wanted, capacity - filled_);
  return std::span{tile_}.subspan(filled_ * moment_doubles_, granted * moment_doubles_);
}

void TileWriter::empty() {
  if (filled_ > 0) sink_->take(tile_.data(), first_, filled_);
  first_ += filled_;
  filled_ = 0;
}

void TileWriter::end(const double* areas) {
  empty();
  first_ = 0;
  sink_->end(areas);
}

bool modal_serves(const GroupSystems& systems, const BatchPlan& plan) {
  const bool central = systems.outputs == std::vector<std::size_t>{0} &&
                       std::ranges::all_of(plan.dosed(), [](std::size_t c) { return c == 0; });
  if (!central || systems.compartments > most_modes) return false;
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    if (!is_mammillary(systems, lane)) return false;
  }
  return true;
}

}  // namespace evenkeel::pkpd
