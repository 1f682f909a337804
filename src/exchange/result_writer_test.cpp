#include "exchange/result_writer.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace evenkeel::exchange {
namespace {

TEST(ResultWriter, WritesARowForEachRecordWithEveryDigit) {
  std::ostringstream out;
  {
    const std::vector<std::string> heading{"ID", "TIME", "CP"};
    ResultWriter writer{out, heading};
    writer.row("a b", 0.1, std::vector<double>{1.0 / 3.0});
    writer.row("2", 24.0, std::vector<double>{0.0});
  }
  EXPECT_EQ(out.str(), "ID,TIME,CP\n\"a b\",0.1,0.3333333333333333\n2,24,0\n");
}

TEST(ResultWriter, WritesPercentilesWithoutAnId) {
  std::ostringstream out;
  {
    const std::vector<std::string> heading{"TIME", "CP_p50"};
    ResultWriter writer{out, heading};
    writer.row(1.5, std::vector<double>{2.0});
  }
  EXPECT_EQ(out.str(), "TIME,CP_p50\n1.5,2\n");
}

TEST(ColumnOf, NamesTheUnitUnlessTheModelHasNoneOfItsOwn) {
  const auto drug = column_of(
      {"ketamine-arterial", "central", pkpd::Moiety::racemic_ketamine, pkpd::SamplingSite::arterial});
  EXPECT_EQ(drug.name, "ketamine_arterial_ng_mL");
  EXPECT_EQ(drug.of_mg_L, 1000.0);
  const auto any = column_of({"CP", "central", pkpd::Moiety::unspecified, pkpd::SamplingSite::unspecified});
  EXPECT_EQ(any.name, "CP");
  EXPECT_EQ(any.of_mg_L, 1.0);
}

}  // namespace
}  // namespace evenkeel::exchange
