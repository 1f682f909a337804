// Whether a plan may be approved, and who signs.

#include "care/plan_check.hpp"

#include <gtest/gtest.h>

#include "support/chart.hpp"

namespace evenkeel::care {
namespace {

using namespace test;
using units::kg;
using units::mg;

const Protocol& trd() {
  return protocol_named("iv-ket-trd-0.5x40");
}
const Protocol& nasal() {
  return protocol_named("nasal-esketamine-trd");
}

PlanApproved nasal_plan(std::string_view dose = "56") {
  PlanApproved body = plan("0.5", 3.5 * units::day);
  body.protocol = nasal().id;
  body.protocol_version = nasal().version;
  body.drug = Drug::esketamine;
  body.dose_mg_per_kg = Decimal{};
  body.fixed_dose_mg = *Decimal::parse(dose);
  body.infusion_length = 10.0 * units::min;
  return body;
}

std::string faults(const PlanApproved& approved, const Protocol& protocol = trd(),
                   std::span<const Event> valid = {}, std::optional<BodyMass> ideal = {}) {
  std::string all;
  for (const PlanFault& fault : check_plan({approved, protocol, day(0), valid, library().instruments, ideal}))
    all += fault.field + ": " + fault.words + "\n";
  return all;
}

template <class Edit>
std::string faults_with(Edit&& edit) {
  PlanApproved approved = plan();
  edit(approved);
  return faults(approved);
}

TEST(CheckPlan, FindsNothingAgainstAWholePlan) {
  EXPECT_EQ(faults(plan()), "");
  EXPECT_EQ(faults(nasal_plan(), nasal()), "");
}

// R15: no plan without an endpoint and a stop date.
TEST(CheckPlan, NoPlanWithoutAnEndpointAndAStopDate) {
  EXPECT_NE(faults_with([](auto& p) { p.endpoint.instrument = ""; }).find("endpoint"), std::string::npos);
  EXPECT_NE(faults_with([](auto& p) { p.endpoint.instrument = "phq-8"; }).find("no instrument 'phq-8'"),
            std::string::npos);
  EXPECT_NE(faults_with([](auto& p) { p.endpoint.target = "well"; }).find("neither response nor"),
            std::string::npos);
  EXPECT_NE(
      faults_with([](auto& p) { p.endpoint.instrument = "craving-0-10"; }).find("does not define response"),
      std::string::npos);
  EXPECT_NE(faults_with([](auto& p) { p.stop_date = date(0); }).find("stop date"), std::string::npos);
  EXPECT_NE(faults_with([](auto& p) { p.stop_date = date(365); }).find("longest course"), std::string::npos);
  EXPECT_EQ(faults_with([](auto& p) { p.stop_date = date(364); }), "");
}

TEST(CheckPlan, TheNextReviewIsAheadAndNotAfterTheStopDate) {
  EXPECT_NE(faults_with([](auto& p) { p.next_review = date(0); }).find("not after the approval"),
            std::string::npos);
  EXPECT_NE(faults_with([](auto& p) { p.next_review = date(301); }).find("after the stop date"),
            std::string::npos);
  EXPECT_EQ(faults_with([](auto& p) { p.next_review = date(300); }), "");
}

// R16
TEST(CheckPlan, DoseRateAndSpacingLieWithinTheProtocol) {
  const auto dose = [](const char* text, double minutes) {
    return faults_with([&](auto& p) {
      p.dose_mg_per_kg = *Decimal::parse(text);
      p.infusion_length = minutes * units::min;
    });
  };
  EXPECT_EQ(dose("1.5", 60), "") << "at the highest dose and rate";
  EXPECT_NE(dose("1.51", 80).find("0.1 to 1.5"), std::string::npos);
  EXPECT_NE(dose("0.09", 40).find("0.1 to 1.5"), std::string::npos);
  EXPECT_EQ(dose("1.0", 40), "");
  EXPECT_NE(dose("1.01", 40).find("at most 1.5"), std::string::npos) << "mg/kg/h";
  EXPECT_NE(faults_with([](auto& p) { p.interval = 35.9 * units::h; }).find("36 h at least"),
            std::string::npos);
  EXPECT_NE(faults_with([](auto& p) { p.interval = 2.0 * units::day; }).find("a week"), std::string::npos);
  EXPECT_EQ(faults_with([](auto& p) { p.interval = 7.0 / 3.0 * units::day; }), "");
  EXPECT_NE(faults_with([](auto& p) {
              p.interval = 2.4 * units::day;
              p.dose_mg_per_kg = *Decimal::parse("1.1");
              p.infusion_length = 60.0 * units::min;
            }).find("mg/kg a week"),
            std::string::npos);
}

TEST(CheckPlan, IsOfItsProtocolAndItsDrug) {
  EXPECT_NE(faults_with([](auto& p) { p.drug = Drug::esketamine; }).find("drug"), std::string::npos);
  EXPECT_NE(faults_with([](auto& p) { p.protocol_version = "1.0.0"; }).find("the protocol is"),
            std::string::npos);
}

TEST(CheckPlan, AFixedDoseIsOneOfTheProtocols) {
  EXPECT_EQ(faults(nasal_plan("84"), nasal()), "");
  EXPECT_NE(faults(nasal_plan("70"), nasal()).find("56 or 84 mg"), std::string::npos);
  EXPECT_NE(faults(plan(), nasal()).find("fixed doses"), std::string::npos);
  auto fixed = plan();
  fixed.fixed_dose_mg = Decimal{35};
  EXPECT_NE(faults(fixed).find("by body weight"), std::string::npos);
}

TEST(CheckPlan, SaysWhyItReplacesAPlanAndRaisesOnTwoScores) {
  History history;
  history.add(day(-30), plan());
  history.add(day(-29), total("phq-9", 20));
  auto next = plan("0.6");
  EXPECT_NE(faults(next, trd(), history.events).find("say why"), std::string::npos);
  next.change_reason = ChangeReason::insufficient_response;
  next.change_note = "little gain";
  EXPECT_NE(faults(next, trd(), history.events).find("two scores of phq-9; 1 recorded"), std::string::npos);
  history.add(day(-2), total("phq-9", 19));
  EXPECT_EQ(faults(next, trd(), history.events), "");
}

TEST(DoseByWeights, FromTheLimitOfTheBodyMassIndexBothAreShown) {
  History history;
  history.add(day(-1), PatientFacts{{}, {}, 170.0, 86.7 * kg});  // 30.0
  const auto facts = latest_facts(history.events);
  const auto both = dose_by_weights(plan(), trd(), facts, 66.0 * kg);
  EXPECT_TRUE(both.show_both);
  EXPECT_DOUBLE_EQ(both.by_actual->in(mg), 43.35);
  EXPECT_DOUBLE_EQ(both.by_ideal->in(mg), 33.0);
  EXPECT_NE(both.words.find("33 mg by ideal weight"), std::string::npos);
  EXPECT_NE(faults(plan(), trd(), history.events).find("state the ideal weight"), std::string::npos);
  EXPECT_EQ(faults(plan(), trd(), history.events, 66.0 * kg), "");
  auto light = facts;
  light.weight = 86.6 * kg;
  EXPECT_FALSE(dose_by_weights(plan(), trd(), light, {}).show_both);
  EXPECT_EQ(dose_by_weights(nasal_plan(), nasal(), facts, {}).by_actual, std::nullopt);
}

// R7, R16: above the limit two people sign, each by name, for the event that they sign.
TEST(SecondSignature, IsAnotherClinicianOnTheEventThatSetTheDose) {
  EXPECT_FALSE(needs_second_signature(plan("1.0"), trd()));
  EXPECT_TRUE(needs_second_signature(plan("1.01"), trd()));
  EXPECT_FALSE(needs_second_signature(nasal_plan("84"), nasal()));
  History history;
  const auto approved = history.add(day(0), plan("0.5"));
  const auto signed_by = [&](const char* clinician, const std::string& what) {
    History with = history;
    with.add(day(2), PlanSigned{what, clinician});
    return is_signed(with.events, *plan_at(with.events, day(3)), day(3));
  };
  EXPECT_FALSE(is_signed(history.events, *plan_at(history.events, day(3)), day(3)));
  EXPECT_TRUE(signed_by("dr-b", approved));
  EXPECT_FALSE(signed_by("Dr-A ", approved)) << "the responsible clinician";
  EXPECT_FALSE(signed_by("nurse", approved)) << "who wrote the plan down";
  const auto change = history.add(day(1), dose_change("1.2", ChangeReason::insufficient_response));
  EXPECT_FALSE(signed_by("dr-b", approved)) << "a signature is for one dose";
  EXPECT_TRUE(signed_by("dr-b", change));
}

}  // namespace
}  // namespace evenkeel::care
