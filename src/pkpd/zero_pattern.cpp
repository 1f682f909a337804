#include "pkpd/zero_pattern.hpp"

#include <algorithm>

#include "base/expects.hpp"

namespace evenkeel::pkpd {
namespace {

constexpr std::uint64_t bit(std::size_t state) {
  return std::uint64_t{1} << state;
}

// Every state that drug reaches a row's state from, by whatever way (Warshall's closure).
std::vector<std::uint64_t> reached_from(std::vector<std::uint64_t> rows) {
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i] |= bit(i);
  for (std::size_t through = 0; through < rows.size(); ++through) {
    for (auto& row : rows) {
      if ((row & bit(through)) != 0) row |= rows[through];
    }
  }
  return rows;
}

}  // namespace

ZeroPattern::ZeroPattern(std::vector<std::uint64_t> direct) : direct_(std::move(direct)) {
  expects(direct_.size() <= most_states, "a zero pattern of at most 64 states");
  const auto rows = reached_from(direct_);
  in_column_.resize(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    begin_.push_back(column_.size());
    for (std::size_t j = 0; j < rows.size(); ++j) {
      if ((rows[i] & bit(j)) == 0) continue;
      in_column_[j].push_back(column_.size());
      column_.push_back(j);
      row_.push_back(i);
    }
  }
  begin_.push_back(column_.size());
  auto own = direct_;
  for (std::size_t i = 0; i < own.size(); ++i) own[i] |= bit(i);
  for (std::size_t row = 0; row < rows.size(); ++row) {
    own_begin_.push_back(own_.size());
    for (std::size_t e = begin_[row]; e < begin_[row + 1]; ++e) {
      if ((own[row] & bit(column_[e])) != 0) own_.push_back(e);
    }
  }
  own_begin_.push_back(own_.size());
  times_system_ = products(own);
  squared_ = products(rows);
}

std::optional<std::size_t> ZeroPattern::entry(std::size_t row, std::size_t column) const {
  const auto from = column_.begin() + static_cast<std::ptrdiff_t>(begin_[row]);
  const auto to = column_.begin() + static_cast<std::ptrdiff_t>(begin_[row + 1]);
  const auto found = std::lower_bound(from, to, column);
  if (found == to || *found != column) return std::nullopt;
  return static_cast<std::size_t>(found - column_.begin());
}

ZeroPattern::Products ZeroPattern::products(const std::vector<std::uint64_t>& right) const {
  Products list;
  for (std::size_t row = 0; row < states(); ++row) {
    for (std::size_t e = begin_[row]; e < begin_[row + 1]; ++e) {
      list.begin.push_back(static_cast<std::uint32_t>(list.factors.size()));
      for (std::size_t left = begin_[row]; left < begin_[row + 1]; ++left) {
        const std::size_t through = column_[left];
        if ((right[through] & bit(column_[e])) == 0) continue;
        list.factors.push_back(
            {static_cast<std::uint16_t>(left), static_cast<std::uint16_t>(*entry(through, column_[e]))});
      }
    }
  }
  list.begin.push_back(static_cast<std::uint32_t>(list.factors.size()));
  return list;
}

}  // namespace evenkeel::pkpd
