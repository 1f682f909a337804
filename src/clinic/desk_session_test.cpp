// The desk at the chair: a start, an end and a decision as the protocol and the syringe bear them. The visit
// is that of the demo clinic, played through the desk up to a minute.

#include <gtest/gtest.h>

#include <sstream>

#include "clinic/desk.hpp"
#include "exchange/record_reader.hpp"
#include "json/document.hpp"
#include "json/write.hpp"
#include "support/clinic_store.hpp"
#include "support/shipped_library.hpp"

namespace evenkeel::clinic {
namespace {

class DeskSessionTest : public ClinicStore {
 protected:
  DeskSessionTest() {
    const auto text = *content::read_text(EVENKEEL_SOURCE_DIR "/examples/demo/visit.jsonl");
    std::istringstream in{text};
    for (std::string line; std::getline(in, line);) lines_.push_back(line);
  }
  static std::string field(const std::string& line, const std::string& key) {
    const auto tree = json::parse(line);
    for (const json::Member& each : tree->members) {
      if (each.key == key)
        return each.value.kind == json::Kind::object ? json::dump(each.value) : each.value.text;
    }
    return {};
  }
  static void replace(std::string& text, const std::string& what, const std::string& with) {
    if (const auto at = text.find(what); at != std::string::npos) text.replace(at, what.size(), with);
  }
  static Role role_of(const std::string& who) {
    return who.starts_with("prescriber")   ? Role::prescriber
           : who.starts_with("pharmacist") ? Role::pharmacist
           : who.starts_with("desk")       ? Role::front_desk
                                           : Role::nurse;
  }

  Result<Written> enter_at(double minute, const std::string& who, const std::string& kind,
                           const std::string& body) {
    const Instant then = arrival_ + minute * units::min;
    return enter_anywhere({*log_, test::shipped_library(), {who, role_of(who), then}}, "p1",
                          {*exchange::read_body_text(kind, body), then});
  }
  Result<Written> nurse(double minute, const std::string& kind, const std::string& body) {
    return enter_at(minute, "nurse-1", kind, body);
  }
  // Every line before this minute of the visit. The infusion is made ready at 17 and starts at 20.
  void play_until(int minute) {
    for (; next_ < lines_.size() && std::stoi(field(lines_[next_], "minute")) < minute; ++next_) {
      const std::string& line = lines_[next_];
      std::string body = field(line, "body");
      replace(body, "{+120}", "2026-06-30");
      replace(body, "{+14}", "2026-03-16");
      replace(body, "{place}", "chair 1");
      const auto written =
          enter_at(std::stoi(field(line, "minute")), field(line, "by"), field(line, "kind"), body);
      ASSERT_TRUE(written) << line << "\n" << to_string(written.error());
    }
  }
  static std::string weight(const char* kg) {
    return std::string{R"({"weight": {"value": )"} + kg + R"(, "unit": "kg"}})";
  }
  static std::string start(const char* mg, const char* kg) {
    return std::string{R"({"session": "s1", "route": "intravenous", "drug": "racemic-ketamine",
      "dose": {"value": )"} +
           mg + R"(, "unit": "mg", "as": "base"}, "infusion_length": {"value": 40, "unit": "min"},
      "weight": {"value": )" +
           kg + R"(, "unit": "kg"}})";
  }
  static std::string given(const char* mg, const std::string& more = "") {
    return std::string{R"({"session": "s1", "completion": "completed", "given": {"value": )"} + mg +
           R"(, "unit": "mg", "as": "base"})" + more + "}";
  }

  std::vector<std::string> lines_;
  std::size_t next_ = 0;
  const Instant arrival_ = *Instant::parse("2026-03-02T08:40:00Z");
};

// 35 mg were made ready at 80 kg, and ran at 60 kg: 0.583 mg/kg against a plan of 0.5.
TEST_F(DeskSessionTest, AStartIsHeldAgainstThePlanForTheWeightThatIsKnownThen) {
  play_until(20);
  ASSERT_TRUE(nurse(18, "patient_facts", weight("60")));
  const auto refused = nurse(20, "session_started", start("35", "60"));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::outside_domain);
  EXPECT_EQ(
      refused.error().what,
      "35 mg at 60 kg is above the plan's 0.5 mg/kg; the weight was changed after the dose was drawn up: "
      "draw up anew");
  const auto pretended = nurse(20, "session_started", start("35", "70"));
  ASSERT_FALSE(pretended);
  EXPECT_EQ(pretended.error().what, "the start states 70 kg, the weight of today is 60 kg");
  ASSERT_TRUE(
      nurse(21, "session_ready", R"({"session": "s1", "dose": {"value": 30, "unit": "mg", "as": "base"},
    "infusion_length": {"value": 40, "unit": "min"},
    "concentration": {"value": 5, "unit": "mg/mL", "as": "base"}, "second_checker": "nurse-2"})"));
  EXPECT_TRUE(nurse(22, "session_started", start("30", "60")));
}

// No change of a plan was taken at the desk: it was asked for the reason that stands in the change.
TEST_F(DeskSessionTest, AStartBeyondAPlanThatWasLoweredMeanwhileIsRefused) {
  play_until(20);
  const auto lowered = enter_at(18, "prescriber-1", "plan_changed", R"({"reason": "safety",
    "note": "dizzy last time", "dose": {"value": 0.4, "unit": "mg/kg", "as": "base"}})");
  ASSERT_TRUE(lowered) << to_string(lowered.error());
  const auto refused = nurse(20, "session_started", start("35", "70"));
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().what.find("the plan was changed after the dose was drawn up"), std::string::npos)
      << refused.error().what;
}

// A slip of the keys became the dose of the record.
TEST_F(DeskSessionTest, MoreThanWasDrawnUpIsAskedAbout) {
  play_until(60);
  const auto slip = nurse(60, "session_ended", given("350"));
  ASSERT_FALSE(slip);
  EXPECT_EQ(slip.error().where, "body.given");
  EXPECT_NE(slip.error().what.find("350 mg are said to be given, but 35 mg were drawn up"),
            std::string::npos);
  const auto gone =
      nurse(60, "session_stopped", R"({"session": "s1", "departure": "transferred", "reason": "r",
    "given": {"value": 36, "unit": "mg", "as": "base"}})");
  ASSERT_FALSE(gone);
  EXPECT_EQ(gone.error().where, "body.given");
  EXPECT_TRUE(nurse(60, "session_ended", given("36", R"(, "more_than_drawn_up": true)")))
      << "what happened is written down";
}

// A sign that the protocol does not list held the infusion, and no decision about it was taken.
TEST_F(DeskSessionTest, WhatHoldsCanBeDecided) {
  play_until(30);
  ASSERT_TRUE(nurse(31, "sign_seen", R"({"session": "s1", "sign": "hives", "note": "on the arm"})"));
  const std::string faster =
      R"({"session": "s1", "rate": {"value": 50, "unit": "mg/h", "as": "base"}, "reason": "r"})";
  EXPECT_FALSE(nurse(32, "rate_changed", faster));
  const auto decided = enter_at(33, "prescriber-1", "session_decision",
                                R"({"session": "s1", "about": "hives", "go_on": true,
    "clinician": "prescriber-1", "reason": "from the plaster"})");
  ASSERT_TRUE(decided) << to_string(decided.error());
  EXPECT_TRUE(nurse(34, "rate_changed", faster));
}

// From the pause to the decision and on: nothing is a dead end.
TEST_F(DeskSessionTest, APausedHoldIsDecidedAndGoneOnWith) {
  play_until(30);
  ASSERT_TRUE(nurse(31, "vital_signs", R"({"session": "s1", "systolic_mmHg": 185, "diastolic_mmHg": 115})"));
  ASSERT_TRUE(
      nurse(32, "rate_changed",
            R"({"session": "s1", "rate": {"value": 0, "unit": "mg/h", "as": "base"}, "reason": "r"})"));
  const std::string on =
      R"({"session": "s1", "rate": {"value": 52.5, "unit": "mg/h", "as": "base"}, "reason": "r"})";
  EXPECT_FALSE(nurse(33, "rate_changed", on));
  ASSERT_TRUE(enter_at(34, "prescriber-1", "session_decision",
                       R"({"session": "s1", "about": "systolic-above-180", "go_on": true,
    "clinician": "prescriber-1", "reason": "142 on the other arm"})"));
  EXPECT_TRUE(nurse(35, "rate_changed", on));
}

}  // namespace
}  // namespace evenkeel::clinic
