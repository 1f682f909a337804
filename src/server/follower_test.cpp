#include "server/follower.hpp"

#include <gtest/gtest.h>

#include "clinic/chart.hpp"
#include "support/clinic_store.hpp"

namespace evenkeel::server {
namespace {

class Heard : public Sink {
 public:
  bool send(std::string more) override {
    text += more;
    return true;
  }
  void close() override {}

  std::string text;
};

class FollowerTest : public clinic::ClinicStore {
 protected:
  FollowerTest() {
    begin("before");
    EXPECT_TRUE(follower_.look());
    live_.follow(
        heard_, "a", [](const std::string&) { return Sight::yes; }, {}, now);
  }

  void begin(const std::string& patient) { EXPECT_TRUE(begin_chart(patient, {care::Contact{}, now}, nurse)); }

  Live live_;
  Follower follower_{*log_, live_};
  std::shared_ptr<Heard> heard_ = std::make_shared<Heard>();
};

TEST_F(FollowerTest, TellsOnceOfWhatWasWrittenSinceItsFirstLook) {
  begin("p1");
  ASSERT_TRUE(follower_.look());
  ASSERT_TRUE(follower_.look());
  const std::string told = heard_->text;
  const std::string p1 = R"("patient":"p1","version":1,"kind":"contact")";
  EXPECT_NE(told.find(p1), std::string::npos) << told;
  EXPECT_EQ(told.find(p1), told.rfind(p1));
  EXPECT_EQ(told.find("before"), std::string::npos);
}

TEST_F(FollowerTest, TellsOfPatientsAloneAndNotOfAccounts) {
  ASSERT_TRUE(log_->append({{store::StreamKind::account, "nurse-1"}, 0, {{"k", "renamed", now, "{}"}}},
                           nurse.request()));
  const std::string before = heard_->text;
  ASSERT_TRUE(follower_.look());
  EXPECT_EQ(heard_->text, before);
}

}  // namespace
}  // namespace evenkeel::server
