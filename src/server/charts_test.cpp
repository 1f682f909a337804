#include "server/charts.hpp"

#include <gtest/gtest.h>

#include "support/clinic_store.hpp"

namespace evenkeel::server {
namespace {

class ChartsTest : public clinic::ClinicStore {
 protected:
  // Begins a record of so many events and opens it.
  void open(const std::string& patient, std::size_t events) {
    EXPECT_TRUE(begin_chart(patient, {care::Contact{}, now, "0"}, nurse));
    auto chart = clinic::open_chart(*log_, patient, nurse);
    ASSERT_TRUE(chart);
    for (std::size_t i = 1; i < events; ++i)
      EXPECT_TRUE(clinic::write(*log_, *chart, {care::Contact{}, now, std::to_string(i)}, nurse));
    ASSERT_TRUE(charts_.open(patient, nurse));
  }
  [[nodiscard]] bool kept(const std::string& patient) { return charts_.in_memory(patient) != nullptr; }

  Charts charts_{*log_, 5};
};

TEST_F(ChartsTest, TheOneNotAskedForLongestGoesWhenThereAreTooManyEvents) {
  open("p1", 2);
  open("p2", 2);
  ASSERT_TRUE(charts_.open("p1", nurse));
  open("p3", 2);
  EXPECT_TRUE(kept("p1"));
  EXPECT_FALSE(kept("p2"));
  EXPECT_TRUE(kept("p3"));
}

TEST_F(ChartsTest, TheOneAskedForLastStaysHoweverLarge) {
  open("p1", 1);
  open("p2", 7);
  EXPECT_FALSE(kept("p1"));
  EXPECT_TRUE(kept("p2"));
}

TEST_F(ChartsTest, OneThatGrowsCountsAsItIsNow) {
  open("p1", 2);
  open("p2", 2);
  auto chart = clinic::open_chart(*log_, "p2", nurse);
  ASSERT_TRUE(chart);
  for (const char* key : {"a", "b"})
    ASSERT_TRUE(clinic::write(*log_, *chart, {care::Contact{}, now, key}, nurse));
  ASSERT_TRUE(charts_.open("p2", nurse));
  EXPECT_FALSE(kept("p1"));
  EXPECT_EQ((*charts_.open("p1", nurse))->version, 2U) << "read anew";
}

}  // namespace
}  // namespace evenkeel::server
