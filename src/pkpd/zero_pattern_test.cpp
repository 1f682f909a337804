#include "pkpd/zero_pattern.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace evenkeel::pkpd {
namespace {

// 0 -> 1 -> 2, and 3 <-> 0.
const ZeroPattern chain{{0b1000, 0b0001, 0b0010, 0b0001}};

TEST(ZeroPattern, HasAnEntryWhereDrugCanGetByAnyWay) {
  EXPECT_TRUE(chain.entry(2, 3).has_value()) << "by way of 0 and 1";
  EXPECT_TRUE(chain.entry(0, 3).has_value());
  EXPECT_TRUE(chain.entry(1, 1).has_value()) << "what stays";
  EXPECT_FALSE(chain.entry(0, 1).has_value()) << "nothing turns back";
  EXPECT_FALSE(chain.entry(1, 2).has_value());
  EXPECT_EQ(chain.entries(), 11U);
}

TEST(ZeroPattern, ListsTheSystemsOwnEntriesAndTheDiagonal) {
  std::vector<std::size_t> columns;
  for (const std::size_t entry : chain.own(1)) columns.push_back(chain.column(entry));
  EXPECT_EQ(columns, (std::vector<std::size_t>{0, 1}));
}

// The products listed are those of a full multiplication that are not zero.
TEST(ZeroPattern, MultipliesAsAFullMatrixWould) {
  std::vector<double> numbers;
  for (std::size_t e = 0; e < chain.entries(); ++e) numbers.push_back(1.0 + 0.1 * static_cast<double>(e));
  const auto full = [&](std::size_t row, std::size_t column) {
    const auto entry = chain.entry(row, column);
    return entry ? numbers[*entry] : 0.0;
  };
  const auto& squared = chain.squared();
  for (std::size_t row = 0; row < 4; ++row) {
    for (std::size_t e = chain.begin(row); e < chain.begin(row + 1); ++e) {
      double expected = 0.0;
      for (std::size_t k = 0; k < 4; ++k) expected += full(row, k) * full(k, chain.column(e));
      double sum = 0.0;
      for (std::uint32_t f = squared.begin[e]; f < squared.begin[e + 1]; ++f)
        sum += numbers[squared.factors[f].left] * numbers[squared.factors[f].right];
      EXPECT_DOUBLE_EQ(sum, expected);
    }
  }
}

}  // namespace
}  // namespace evenkeel::pkpd
