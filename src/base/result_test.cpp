#include "base/result.hpp"

#include <gtest/gtest.h>

namespace evenkeel {
namespace {

Result<int> half(int value) {
  if (value % 2 != 0) return Error{ErrorCode::invalid_input, "value", "odd"};
  return value / 2;
}

TEST(Result, HoldsAValueOrAnError) {
  EXPECT_EQ(half(8).value(), 4);
  ASSERT_FALSE(half(7).has_value());
  EXPECT_EQ(half(7).error(), (Error{ErrorCode::invalid_input, "value", "odd"}));
}

TEST(Result, CarriesEveryErrorWhereThereAreMany) {
  const Result<int, Errors> failed = Errors{{ErrorCode::storage, "a", "b"}, {ErrorCode::not_found, "c", "d"}};
  ASSERT_FALSE(failed.has_value());
  EXPECT_EQ(failed.error().size(), 2U);
}

TEST(Error, NamesItsPlaceWhereItHasOne) {
  EXPECT_EQ(to_string(Error{ErrorCode::storage, "a.json", "cannot be read"}), "a.json: cannot be read");
  EXPECT_EQ(to_string(Error{ErrorCode::storage, "", "cannot be read"}), "cannot be read");
}

TEST(ErrorCode, KeepsItsNumbers) {
  EXPECT_EQ(static_cast<int>(ErrorCode::invalid_input), 1);
  EXPECT_EQ(static_cast<int>(ErrorCode::not_found), 2);
  EXPECT_EQ(static_cast<int>(ErrorCode::outside_domain), 3);
  EXPECT_EQ(static_cast<int>(ErrorCode::storage), 4);
}

}  // namespace
}  // namespace evenkeel
