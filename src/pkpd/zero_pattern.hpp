// Where a compartment system's exponential has entries at all: between compartments that drug can get
// from one to the other. A metabolite never turns back into the parent, so half of the matrix and more
// than half of the work fall away.
//
// Rows are those of the receiving, columns those of the giving state. Values; safe to use from any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace evenkeel::pkpd {

class ZeroPattern {
 public:
  // A sum of products for each entry: entry e of a product of two matrices is the sum over
  // factors [begin[e], begin[e + 1]) of  left[factor.left] * right[factor.right].
  struct Products {
    struct Factor {
      std::uint16_t left = 0;
      std::uint16_t right = 0;
    };
    std::vector<std::uint32_t> begin;
    std::vector<Factor> factors;
  };

  static constexpr std::size_t most_states = 64;

  ZeroPattern() = default;
  // `direct[i]`: bit j set where state j feeds state i. At most 64 states.
  explicit ZeroPattern(std::vector<std::uint64_t> direct);

  [[nodiscard]] const std::vector<std::uint64_t>& direct() const { return direct_; }
  [[nodiscard]] std::size_t states() const { return direct_.size(); }
  [[nodiscard]] std::size_t entries() const { return column_.size(); }
  // Entries of a row are [begin(row), begin(row + 1)), by rising column; the diagonal is always there.
  [[nodiscard]] std::size_t begin(std::size_t row) const { return begin_[row]; }
  [[nodiscard]] std::size_t column(std::size_t entry) const { return column_[entry]; }
  [[nodiscard]] std::size_t row(std::size_t entry) const { return row_[entry]; }
  // The entries of a column, by rising row.
  [[nodiscard]] std::span<const std::size_t> in_column(std::size_t column) const {
    return in_column_[column];
  }
  [[nodiscard]] std::optional<std::size_t> entry(std::size_t row, std::size_t column) const;

  // The entries of a row that the system's own matrix has, the diagonal with them.
  [[nodiscard]] std::span<const std::size_t> own(std::size_t row) const {
    return std::span{own_}.subspan(own_begin_[row], own_begin_[row + 1] - own_begin_[row]);
  }

  // Of a matrix of this pattern with the system's own matrix, and with itself.
  [[nodiscard]] const Products& times_system() const { return times_system_; }
  [[nodiscard]] const Products& squared() const { return squared_; }

 private:
  [[nodiscard]] Products products(const std::vector<std::uint64_t>& right) const;

  std::vector<std::uint64_t> direct_;
  std::vector<std::size_t> begin_;
  std::vector<std::size_t> column_;
  std::vector<std::size_t> row_;
  std::vector<std::vector<std::size_t>> in_column_;
  std::vector<std::size_t> own_begin_;
  std::vector<std::size_t> own_;
  Products times_system_;
  Products squared_;
};

}  // namespace evenkeel::pkpd
