// The reader of protocols: what a file may say, and what no file can.

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "content/library_loader.hpp"
#include "content/readers.hpp"

namespace evenkeel::content {
namespace {

using nlohmann::json;
using units::h;
using units::kg;
using units::mg;

const std::filesystem::path folder = std::filesystem::path{EVENKEEL_SOURCE_DIR} / "content/protocols";

json tree_of(const char* id = "iv-ket-trd-0.5x40") {
  return json::parse(*read_text(folder / (std::string(id) + ".json")));
}

std::string faults_of(const json& tree) {
  const auto read = read_protocol(tree.dump());
  std::string all;
  if (!read) {
    for (const Error& fault : read.error()) all += to_string(fault) + "\n";
  }
  return all;
}

void set(json& tree, const char* place, json value) {
  tree[json::json_pointer{place}] = std::move(value);
}

// Without what a site may set, so that only the protocol's own checks speak.
void strip_adjustable(json& node) {
  if (node.is_object()) node.erase("adjustable");
  if (!node.is_structured()) return;
  for (json& child : node) strip_adjustable(child);
}

struct Break {
  const char* place;
  const char* value;
  const char* told;
};

void expect_refused(const char* id, std::initializer_list<Break> breaks) {
  for (const Break& each : breaks) {
    json tree = tree_of(id);
    strip_adjustable(tree);
    set(tree, each.place, json::parse(each.value));
    EXPECT_NE(faults_of(tree).find(each.told), std::string::npos)
        << each.place << " = " << each.value << ":\n"
        << faults_of(tree);
  }
}

TEST(ProtocolReader, ReadsTheWholeOfTheDepressionProtocol) {
  const auto protocol = *read_protocol(tree_of().dump());
  EXPECT_EQ(protocol.indication, "treatment-resistant depression");
  EXPECT_EQ(protocol.route, care::Route::intravenous);
  ASSERT_TRUE(protocol.dosing);
  EXPECT_FALSE(protocol.fixed);
  EXPECT_DOUBLE_EQ(protocol.dosing->standard.value.in(mg / kg), 0.5);
  EXPECT_DOUBLE_EQ(protocol.dosing->second_signature_above.value.in(mg / kg), 1.0);
  EXPECT_DOUBLE_EQ(protocol.dosing->step_up_monitoring_above.value.in(mg / kg / h), 1.0);
  EXPECT_DOUBLE_EQ(protocol.dosing->ideal_weight_from_bmi.value, 30.0);
  EXPECT_EQ(protocol.session.gates.size(), 15U) << "every gate there is";
  EXPECT_EQ(protocol.course.maintenance.size(), 4U);
  EXPECT_EQ(protocol.session.discharge.least_total->value, 9);
  const auto lasting =
      std::ranges::find(protocol.session.during, "systolic-above-180-lasting", &care::VitalRule::id);
  ASSERT_NE(lasting, protocol.session.during.end());
  EXPECT_EQ(lasting->consequence, care::Consequence::stop);
  EXPECT_EQ(lasting->lasting->from.label, Label::proposal);
}

TEST(ProtocolReader, ReadsFixedDosesAndTheTwoHoursOfTheNasalProtocol) {
  const auto protocol = *read_protocol(tree_of("nasal-esketamine-trd").dump());
  EXPECT_FALSE(protocol.dosing);
  ASSERT_TRUE(protocol.fixed);
  ASSERT_EQ(protocol.fixed->doses.size(), 2U);
  EXPECT_DOUBLE_EQ(protocol.fixed->doses.back().value.in(mg), 84.0);
  EXPECT_DOUBLE_EQ(protocol.session.discharge.after_start->value.in(h), 2.0);
  EXPECT_EQ(protocol.course.induction_sessions.value, 8);
}

TEST(ProtocolReader, NoShippedProtocolHasAVitalLimitThatNoSourceGives) {
  for (const char* id : {"iv-ket-trd-0.5x40", "nasal-esketamine-trd", "iv-ket-chronic-pain"}) {
    const auto protocol = *read_protocol(tree_of(id).dump());
    for (const care::VitalRule& rule : protocol.session.before_start) {
      if (rule.vital != care::Vital::diastolic) continue;
      EXPECT_EQ(rule.value.value, 90) << "110 was only recalled";
    }
    EXPECT_EQ(protocol.status, "draft");
    EXPECT_FALSE(protocol.approval) << "no person has signed for it";
  }
}

TEST(ProtocolReader, RefusesTheOldFormInOneSentence) {
  json tree = tree_of();
  tree["schema"] = "evenkeel.protocol/1";
  tree.erase("eligibility");
  const auto read = read_protocol(tree.dump());
  ASSERT_FALSE(read);
  ASSERT_EQ(read.error().size(), 1U);
  EXPECT_NE(read.error().front().what.find("old form"), std::string::npos);
  EXPECT_NE(read.error().front().what.find("evenkeel.protocol/2"), std::string::npos);
}

TEST(ProtocolReader, HasExactlyOneKindOfDosing) {
  json both = tree_of();
  both["fixed_dosing"] = tree_of("nasal-esketamine-trd")["fixed_dosing"];
  EXPECT_NE(faults_of(both), "");
  json none = tree_of();
  none.erase("dosing");
  EXPECT_NE(faults_of(none).find("'dosing' is missing"), std::string::npos);
}

// R16: a file can restrict what is compiled in, and never lift it.
TEST(ProtocolReader, StaysWithinWhatIsCompiledIn) {
  expect_refused("iv-ket-trd-0.5x40", {{"/dosing/bounds/highest/value", "3.01", "compiled in, 3"},
                                       {"/dosing/bounds/highest_rate/value", "2.1", "compiled in, 2"},
                                       {"/dosing/bounds/least_interval/value", "19", "compiled in, 20"},
                                       {"/dosing/infusion_length/value", "241", "compiled in, 240"},
                                       {"/course/induction_per_week_most/value", "8", "7"}});
}

TEST(ProtocolReader, HoldsItsNumbersAgainstEachOther) {
  expect_refused("iv-ket-trd-0.5x40",
                 {{"/dosing/bounds/lowest/value", "0.6", "lowest to the highest"},
                  {"/dosing/standard/value", "0.05", "lowest to the highest"},
                  {"/dosing/infusion_length/value", "15", "above the highest rate"},
                  {"/dosing/second_signature_above/value", "1.6", "second signature"},
                  {"/dosing/bounds/per_week/value", "1.4", "could never be given"},
                  {"/course/review_after_sessions/0/value", "7", "after the end of induction"},
                  {"/course/review_after_sessions/1/value", "4", "rise from one"},
                  {"/course/maintenance/0/from_session/value", "2", "from session 1"},
                  {"/course/maintenance/2/interval/value", "8", "intervals lengthen"},
                  {"/course/maintenance/1/from_session/value", "1", "steps rise"},
                  {"/course/taper/stretch/value", "1", "longer than the one before"},
                  {"/course/longest_course/value", "521", "ten years"},
                  {"/session/vitals_after_end/1/value", "0", "rise from one"},
                  {"/session/during/1/limit/value", "101", "100"}});
  expect_refused("nasal-esketamine-trd", {{"/fixed_dosing/doses/1/value", "56", "rise from one"},
                                          {"/fixed_dosing/per_week/value", "83", "could never be given"}});
}

TEST(ProtocolReader, HoldsNamesAndPlacesTogether) {
  expect_refused("iv-ket-trd-0.5x40",
                 {{"/eligibility/1/id", "\"vascular-malformation\"", "twice"},
                  {"/eligibility/0/required", "false", "only a baseline check"},
                  {"/session/during/0/id", "\"chest-pain\"", "twice"},
                  {"/session/during/0/id", "\"identity\"", "twice"},
                  {"/course/stop_when/0/id", "\"chest-pain\"", "rule of the session"},
                  {"/session/during/0/consequence", "\"block\"", "allowed: advise, hold, stop"},
                  {"/session/before_start/0/consequence", "\"stop\"", "allowed: advise, decide, block"},
                  {"/course/stop_when/0/consequence", "\"hold\"", "allowed: decide, stop"},
                  {"/session/gates/1/kind", "\"identity\"", "twice"},
                  {"/session/gates/0/consequence", "\"decide\"", "no session starts without it"},
                  {"/session/gates/0/instruments", "[\"asq\"]", "only there"},
                  {"/session/signs/0/consequence", "\"decide\"", "allowed: hold, stop"},
                  {"/calendar/9/criterion", "\"nothing\"", "no criterion"},
                  {"/calendar/0/phases", "[\"induction\", \"induction\"]", "twice"},
                  {"/calendar/0/phases", "[\"ended\"]", "not known here"}});
  json tree = tree_of();
  tree["session"]["gates"].erase(8);  // the suicide screen
  EXPECT_NE(faults_of(tree).find("gate suicide_screen; add it"), std::string::npos) << faults_of(tree);
}

TEST(ProtocolReader, WhatASiteMaySetLiesAroundTheNumber) {
  json tree = tree_of();
  set(tree, "/session/vitals_every/adjustable", {{"low", 1}, {"high", 9}});
  EXPECT_NE(faults_of(tree).find("not within what a site may set"), std::string::npos);
  set(tree, "/session/vitals_every/adjustable", {{"low", 20}, {"high", 9}});
  EXPECT_NE(faults_of(tree).find("above the high one"), std::string::npos);
}

// R19: what is no draft says who stands for it, and two others have looked.
TEST(ProtocolReader, WhatIsNoDraftNamesItsAuthorAndTwoReviewers) {
  json tree = tree_of();
  tree["status"] = "released";
  EXPECT_NE(faults_of(tree).find("'approval'"), std::string::npos);
  tree["approval"] = {{"author", "a"}, {"reviewers", {"b", "c"}}, {"effective", "2026-12-01"}};
  EXPECT_EQ(faults_of(tree), "");
  EXPECT_EQ(read_protocol(tree.dump())->approval->reviewers.size(), 2U);
  tree["approval"]["reviewers"] = {"b"};
  EXPECT_NE(faults_of(tree), "") << "one reviewer";
  tree["approval"]["reviewers"] = {"b", "a"};
  EXPECT_NE(faults_of(tree).find("twice"), std::string::npos) << "the author reviews it";
}

}  // namespace
}  // namespace evenkeel::content
