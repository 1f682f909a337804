// The kinds of a visit, from the door to the way home: what each takes at its bounds, and what it refuses.

#include "exchange/visit_reader.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>

#include "exchange/record_reader.hpp"
#include "support/event_lines.hpp"

namespace evenkeel::exchange {
namespace {

using test::good;
using test::refused;

TEST(ReadVisit, ASignatureNamesItsPlanAndItsClinician) {
  const auto body = good<care::PlanSigned>("plan_signed", R"({"plan":"e1","clinician":"dr-b"})");
  EXPECT_EQ(body.plan, "e1");
  EXPECT_EQ(body.clinician, "dr-b");
  refused("plan_signed", R"({"plan":"e1"})", "body.clinician", "clinician");
  refused("plan_signed", R"({"plan":"a b","clinician":"dr-b"})", "body.plan", "a b");
}

TEST(ReadVisit, ConsentIsGivenOrWithdrawn) {
  EXPECT_TRUE(
      good<care::ConsentRecorded>("consent_recorded", R"({"version":"2","given":true,"explained_by":"dr-a"})")
          .given);
  const auto withdrawn = good<care::ConsentRecorded>(
      "consent_recorded", R"({"version":"2","given":false,"explained_by":"dr-a"})");
  EXPECT_FALSE(withdrawn.given);
  EXPECT_EQ(withdrawn.version, "2");
  EXPECT_EQ(withdrawn.explained_by, "dr-a");
  refused("consent_recorded", R"({"version":"2","given":"yes","explained_by":"dr-a"})", "body.given", "");
}

TEST(ReadVisit, AConcernAndWhatDoesNotApplyAreNoted) {
  const auto clear = good<care::Screening>("screening", R"({"criterion":"ecg","outcome":"clear"})");
  EXPECT_EQ(clear.outcome, care::Screened::clear);
  EXPECT_EQ(clear.note, "");
  const auto concern =
      good<care::Screening>("screening", R"({"criterion":"ecg","outcome":"concern","note":"a block"})");
  EXPECT_EQ(concern.outcome, care::Screened::concern);
  EXPECT_EQ(concern.note, "a block");
  for (const char* outcome : {"concern", "not_applicable"}) {
    const std::string end = R"(","outcome":")" + std::string(outcome) + R"("})";
    refused("screening", R"({"criterion":"ecg)" + end, "body", "'note' is missing");
    refused("pre_check", R"({"session":"s1","check":"fasting)" + end, "body", "'note' is missing");
  }
  refused("screening", R"({"criterion":"ecg","outcome":"maybe"})", "body.outcome", "clear");
}

TEST(ReadVisit, ACheckInMayNameThePlace) {
  EXPECT_EQ(good<care::SessionCheckedIn>("session_checked_in", R"({"session":"s1","place":"chair 2"})").place,
            "chair 2");
  EXPECT_EQ(good<care::SessionCheckedIn>("session_checked_in", R"({"session":"s1"})").place, "");
  refused("session_checked_in", R"({"session":"s1","place":")" + std::string(61, 'x') + R"("})", "body.place",
          "60");
}

TEST(ReadVisit, EachCheckHasItsWord) {
  int code = 1;
  for (const char* word :
       {"identity_first", "identity_second", "fasting", "escort", "equipment", "no_change", "pregnancy"}) {
    const auto body = good<care::PreCheck>(
        "pre_check", R"({"session":"s1","outcome":"clear","check":")" + std::string(word) + R"("})");
    EXPECT_EQ(static_cast<int>(body.check), code++) << word;
  }
  refused("pre_check", R"({"session":"s1","outcome":"clear","check":"mood"})", "body.check", "'mood'");
}

// R18: who decided to go on, about what, and why.
TEST(ReadVisit, ADecisionSaysWhoAboutWhatAndWhy) {
  const auto body = good<care::SessionDecision>(
      "session_decision",
      R"({"session":"s1","about":"fasting","go_on":true,"clinician":"dr-a","reason":"water only"})");
  EXPECT_EQ(body.about, "fasting");
  EXPECT_TRUE(body.go_on);
  EXPECT_EQ(body.clinician, "dr-a");
  EXPECT_EQ(body.reason, "water only");
  refused("session_decision", R"({"session":"s1","about":"fasting","go_on":true,"clinician":"dr-a"})",
          "body.reason", "reason");
  refused("session_decision",
          R"({"session":"s1","about":"fasting","go_on":true,"clinician":"dr-a","reason":""})", "body.reason",
          "");
}

TEST(ReadVisit, ASignIsNamedByItsId) {
  EXPECT_EQ(good<care::SignSeen>("sign_seen", R"({"session":"s1","sign":"chest-pain"})").note, "");
  EXPECT_EQ(good<care::SignSeen>("sign_seen", R"({"session":"s1","sign":"chest-pain","note":"left"})").note,
            "left");
  refused("sign_seen", R"({"session":"s1","sign":"chest pain"})", "body.sign", "chest pain");
}

std::string ready(std::string_view dose, std::string_view strength) {
  return R"({"session":"s1","dose":)" + std::string(dose) +
         R"(,"infusion_length":{"value":40,"unit":"min"},"concentration":)" + std::string(strength) +
         R"(,"second_checker":"nurse-2"})";
}

// R17: amounts of base, in their units, with the digits that were written.
TEST(ReadVisit, WhatIsDrawnUpIsBaseWithItsStrength) {
  const auto body = good<care::SessionReady>(
      "session_ready",
      ready(R"({"value":35.0,"unit":"mg","as":"base"})", R"({"value":0.50,"unit":"mg/mL","as":"base"})"));
  EXPECT_EQ(body.dose_mg.to_string(), "35.0");
  EXPECT_EQ(body.mg_per_mL.to_string(), "0.50");
  EXPECT_EQ(body.second_checker, "nurse-2");
  const char* dose = R"({"value":35,"unit":"mg","as":"base"})";
  refused("session_ready",
          ready(R"({"value":0,"unit":"mg","as":"base"})", R"({"value":1,"unit":"mg/mL","as":"base"})"),
          "body.dose.value", "zero");
  refused("session_ready", ready(dose, R"({"value":1,"unit":"mg/mL","as":"hydrochloride"})"),
          "body.concentration.as", "hydrochloride");
  refused("session_ready", ready(dose, R"({"value":1,"unit":"mg/L","as":"base"})"), "body.concentration.unit",
          "use mg/mL");
  refused("session_ready", ready(dose, R"({"value":0,"unit":"mg/mL","as":"base"})"),
          "body.concentration.value", "outside");
  refused("session_ready", ready(dose, R"({"value":1000.1,"unit":"mg/mL","as":"base"})"),
          "body.concentration.value", "outside");
}

TEST(ReadVisit, AVisitEndsOtherwiseWithItsReason) {
  EXPECT_EQ(good<care::SessionCancelled>("session_cancelled", R"({"session":"s1","reason":"a cold"})").reason,
            "a cold");
  refused("session_cancelled", R"({"session":"s1"})", "body.reason", "reason");
  const auto stopped = good<care::SessionStopped>(
      "session_stopped",
      R"({"session":"s1","departure":"left_against_advice","reason":"would not wait","given":{"value":0,"unit":"mg","as":"base"}})");
  EXPECT_EQ(stopped.departure, care::Departure::left_against_advice);
  EXPECT_EQ(stopped.given_mg, Decimal{0});
  EXPECT_FALSE(
      good<care::SessionStopped>("session_stopped", R"({"session":"s1","departure":"other","reason":"x"})")
          .given_mg);
  refused("session_stopped", R"({"session":"s1","departure":"home","reason":"x"})", "body.departure",
          "'home'");
  refused("session_stopped",
          R"({"session":"s1","departure":"other","reason":"x","given":{"value":-1,"unit":"mg","as":"base"}})",
          "body.given.value", "negative");
}

std::string plan(std::string_view dose) {
  return R"({"protocol":"p","protocol_version":"1","drug":"esketamine","indication":"x",)"
         R"("endpoint":{"instrument":"phq-9","target":"response"},"infusion_length":{"value":10,"unit":"min"},)"
         R"("weight_basis":"actual","planned_sessions":8,"interval":{"value":3,"unit":"d"},)"
         R"("stop_date":"2026-06-30","responsible_clinician":"dr-a","next_review":"2026-04-01",)"
         R"("consent_version":"1")" +
         std::string(dose) + "}";
}

TEST(ReadVisit, APlanHasADoseByWeightOrAFixedOne) {
  const auto fixed = good<care::PlanApproved>(
      "plan_approved", plan(R"(,"fixed_dose":{"value":56,"unit":"mg","as":"base"},"other_care":"sertraline",)"
                            R"("change_reason":"spacing","change_note":"every week now")"));
  EXPECT_EQ(fixed.fixed_dose_mg, Decimal{56});
  EXPECT_EQ(fixed.other_care, "sertraline");
  EXPECT_EQ(fixed.change_reason, care::ChangeReason::spacing);
  EXPECT_EQ(fixed.change_note, "every week now");
  refused("plan_approved", plan(""), "body", "either 'dose'");
  refused(
      "plan_approved",
      plan(
          R"(,"fixed_dose":{"value":56,"unit":"mg","as":"base"},"dose":{"value":1,"unit":"mg/kg","as":"base"})"),
      "body", "either 'dose'");
}

TEST(ReadVisit, ASessionMayBeByTheNose) {
  const auto body = good<care::SessionStarted>(
      "session_started",
      R"({"session":"s1","route":"intranasal","drug":"esketamine","dose":{"value":56,"unit":"mg","as":"base"},)"
      R"("infusion_length":{"value":10,"unit":"min"},"weight":{"value":70,"unit":"kg"}})");
  EXPECT_EQ(body.route, care::Route::intranasal);
}

TEST(ReadVisit, ADischargeMayNameTheNextContact) {
  const auto body = good<care::SessionDischarged>(
      "session_discharged", R"({"session":"s1","escort":true,"next_contact":"2026-03-03"})");
  EXPECT_EQ(body.next_contact, *Date::parse("2026-03-03"));
}

// The page's examples are what its words say: a heading and thirty-three events that the program takes.
TEST(RecordFormatPage, ItsExamplesAreAWholeRecord) {
  std::ifstream page{std::string(EVENKEEL_SOURCE_DIR) + "/docs/record-format.md"};
  std::string heading;
  std::vector<std::string> events;
  for (std::string text; std::getline(page, text);) {
    if (text.starts_with(R"({"format")")) heading = text;
    if (text.starts_with(R"({"id": "e)")) events.push_back(text);
  }
  std::ranges::sort(events, {}, [](const std::string& text) { return text.substr(0, 14); });
  ASSERT_EQ(events.size(), 33U);
  std::string all = heading + "\n";
  for (const std::string& each : events) all += each + "\n";
  std::istringstream in{all};
  const auto reading = read_record(in);
  ASSERT_TRUE(reading) << to_string(reading.error());
  EXPECT_EQ(reading->record.size(), 33U);
  std::set<std::string_view> kinds;
  for (const care::Event& event : reading->record.events()) kinds.insert(care::kind_text(event.body));
  EXPECT_EQ(kinds.size(), std::variant_size_v<care::Body>);
  for (const auto& aside : reading->set_aside) ADD_FAILURE() << to_string(aside.error);
}

}  // namespace
}  // namespace evenkeel::exchange
