#include "server/summaries.hpp"

#include <gtest/gtest.h>

#include "clinic/chart.hpp"
#include "support/clinic_store.hpp"

namespace evenkeel::server {
namespace {

using namespace std::chrono_literals;

class SummariesTest : public clinic::ClinicStore {
 protected:
  SummariesTest() { EXPECT_TRUE(begin_chart("p1", {care::Contact{}, now}, nurse)); }

  [[nodiscard]] SharedSummary only(Duration later) {
    clinic::Person itself = auditor;
    itself.now = now + later;
    const auto all = summaries_.of(*log_->streams(store::StreamKind::patient, itself.request()), itself);
    return all->summaries.size() == 1 ? all->summaries.front() : nullptr;
  }

  const assess::Library library_;
  Charts charts_{*log_};
  Summaries summaries_{library_, charts_};
};

TEST_F(SummariesTest, OneThatGrowsOldIsMadeAnewBeforeSomebodyWaitsForIt) {
  ASSERT_NE(only({}), nullptr);
  summaries_.keep_fresh(now + 4.0 * units::min, 1h);
  EXPECT_EQ(only(4.0 * units::min)->as_of, now) << "it is fresh";
  summaries_.keep_fresh(now + 6.0 * units::min, 1h);
  EXPECT_EQ(only(11.0 * units::min)->as_of, now + 6.0 * units::min);
}

TEST_F(SummariesTest, KeptFreshOrNotTheOldestThatIsShownIsAsOld) {
  ASSERT_NE(only({}), nullptr);
  EXPECT_EQ(only(9.0 * units::min)->as_of, now);
  summaries_.keep_fresh(now + 9.0 * units::min, 0ms);
  EXPECT_EQ(only(11.0 * units::min)->as_of, now + 11.0 * units::min);
}

TEST_F(SummariesTest, KeepingThemFreshReadsNothingThatWouldBeAudited) {
  ASSERT_NE(only({}), nullptr);
  const auto before = audited(store::Action::read);
  summaries_.keep_fresh(now + 6.0 * units::min, 1h);
  EXPECT_EQ(audited(store::Action::read), before);
}

TEST_F(SummariesTest, WhatWasWrittenSinceIsInTheNextOne) {
  ASSERT_EQ(only({})->version, 1U);
  auto chart = clinic::open_chart(*log_, "p1", nurse);
  ASSERT_TRUE(chart && clinic::write(*log_, *chart, {care::Contact{}, now, "another"}, nurse));
  EXPECT_EQ(only(1.0 * units::min)->version, 2U);
}

}  // namespace
}  // namespace evenkeel::server
