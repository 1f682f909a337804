// The kinds that warning signs are read from: what each takes at its bounds, and what it refuses.

#include "exchange/sign_reader.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "exchange/record_reader.hpp"
#include "support/event_lines.hpp"

namespace evenkeel::exchange {
namespace {

using test::good;
using test::refused;

std::string test_of(std::string_view results) {
  return R"({"specimen":"urine","confirmed":false,"results":[)" + std::string(results) + "]}";
}

TEST(ReadSign, ADrugTestSaysWhatWasLookedForAndFound) {
  const auto body = good<care::Toxicology>(
      "toxicology", test_of(R"({"substance":"ketamine","found":true,"limit":{"value":50,"unit":"ng/mL"}},)"
                            R"({"substance":"other","found":false,"note":"tramadol"})"));
  EXPECT_EQ(body.specimen, care::Specimen::urine);
  EXPECT_FALSE(body.confirmed);
  ASSERT_EQ(body.results.size(), 2U);
  EXPECT_TRUE(body.results[0].found);
  EXPECT_DOUBLE_EQ(body.results[0].limit->in(units::ng / units::mL), 50.0);
  EXPECT_FALSE(body.results[1].found);
  EXPECT_FALSE(body.results[1].limit);
  EXPECT_EQ(body.results[1].note, "tramadol");
}

TEST(ReadSign, ADrugTestOfNothingOrWithoutALimitAboveZeroIsRefused) {
  refused("toxicology", test_of(""), "body.results", "");
  refused("toxicology", R"({"specimen":"urine","confirmed":false})", "body.results", "'results' is missing");
  refused("toxicology",
          R"({"specimen":"sweat","confirmed":false,"results":[{"substance":"ghb","found":true}]})",
          "body.specimen", "urine, blood, oral_fluid, hair");
  refused("toxicology", R"({"specimen":"urine","confirmed":1,"results":[{"substance":"ghb","found":true}]})",
          "body.confirmed", "");
  refused("toxicology", test_of(R"({"substance":"ghb"})"), "body.results[0].found", "'found' is missing");
  refused("toxicology", test_of(R"({"substance":"tea","found":true})"), "body.results[0].substance", "'tea'");
  refused("toxicology", test_of(R"({"substance":"ghb","found":true,"limit":{"value":0,"unit":"ng/mL"}})"),
          "body.results[0].limit", "above zero");
  refused("toxicology", test_of(R"({"substance":"ghb","found":true,"limit":{"value":1,"unit":"mmol/L"}})"),
          "body.results[0].limit.unit", "is not a unit allowed here");
  refused("toxicology", test_of(R"({"substance":"other","found":true})"), "body.results[0]",
          "'note' is missing");
}

TEST(ReadSign, ADrugTestSaysOneThingOfEachSubstance) {
  refused("toxicology",
          test_of(R"({"substance":"opioid","found":true},{"substance":"opioid","found":false})"),
          "body.results[1]", "a second result for the same substance");
  const auto body = good<care::Toxicology>(
      "toxicology", test_of(R"({"substance":"opioid","found":true,"note":"oxycodone"},)"
                            R"({"substance":"opioid","found":false,"note":"methadone"})"));
  EXPECT_EQ(body.results.size(), 2U);
}

std::string change(std::string_view substance, std::string_view what, std::string_view by) {
  return R"({"substance":")" + std::string(substance) + R"(","name":"x 1 mg","change":")" +
         std::string(what) + R"(","prescribed":")" + std::string(by) + R"("})";
}

TEST(ReadSign, AMedicineIsBegunOrStopped) {
  const auto begun =
      good<care::MedicineChanged>("medicine_changed", change("benzodiazepine", "started", "elsewhere"));
  EXPECT_TRUE(begun.taken);
  EXPECT_EQ(begun.prescribed, care::Prescribed::elsewhere);
  EXPECT_EQ(begun.name, "x 1 mg");
  EXPECT_FALSE(
      good<care::MedicineChanged>("medicine_changed", change("alcohol", "stopped", "unknown")).taken);
  refused("medicine_changed", change("aspirin", "started", "here"), "body.substance", "'aspirin'");
  refused("medicine_changed", change("opioid", "doubled", "here"), "body.change", "started, stopped");
  refused("medicine_changed", change("opioid", "started", "friend"), "body.prescribed", "not_prescribed");
  refused("medicine_changed", R"({"substance":"opioid","change":"started","prescribed":"here"})", "body.name",
          "'name' is missing");
}

std::string lab(std::string_view value, std::string_view limit, std::string_view test = "alt") {
  return R"({"test":")" + std::string(test) + R"(","value":)" + std::string(value) + R"(,"upper_limit":)" +
         std::string(limit) + R"(,"unit":"U/L"})";
}

TEST(ReadSign, ABloodTestHasItsOwnLimitAboveZero) {
  EXPECT_DOUBLE_EQ(good<care::LabResult>("lab_result", lab("80", "40")).times_upper_limit(), 2.0);
  EXPECT_DOUBLE_EQ(good<care::LabResult>("lab_result", lab("0", "1000000")).value, 0.0);
  EXPECT_DOUBLE_EQ(good<care::LabResult>("lab_result", lab("1000000", "0.1")).value, 1e6);
  refused("lab_result", lab("-1", "40"), "body.value", "outside 0");
  refused("lab_result", lab("1000001", "40"), "body.value", "outside 0");
  refused("lab_result", lab("80", "0"), "body.upper_limit", "above zero");
  refused("lab_result", lab("80", "40", "troponin"), "body.test", "alt, alp, bilirubin, ggt, ast");
  refused("lab_result", R"({"test":"alt","value":80,"unit":"U/L"})", "body.upper_limit",
          "'upper_limit' is missing");
  refused("lab_result", R"({"test":"alt","value":80,"upper_limit":40})", "body.unit", "'unit' is missing");
}

TEST(ReadSign, AUrineTestAnswersBothQuestions) {
  EXPECT_TRUE(good<care::UrineTest>("urine_test", R"({"infection":true,"blood":false})").infection);
  EXPECT_TRUE(good<care::UrineTest>("urine_test", R"({"infection":false,"blood":true})").blood);
  refused("urine_test", R"({"infection":true})", "body.blood", "'blood' is missing");
  refused("urine_test", R"({"infection":"no","blood":true})", "body.infection", "");
}

TEST(ReadSign, AMissedAppointmentHasItsReason) {
  EXPECT_EQ(good<care::AppointmentMissed>("appointment_missed", R"({"reason":"clinic"})").reason,
            care::MissedBecause::clinic);
  EXPECT_EQ(good<care::AppointmentMissed>("appointment_missed", R"({"reason":"other","note":"n"})").note,
            "n");
  refused("appointment_missed", "{}", "body.reason", "'reason' is missing");
  refused("appointment_missed", R"({"reason":"rain"})", "body.reason", "no_word, illness, travel, clinic");
  refused("appointment_missed", R"({"reason":"other","note":""})", "body.note", "an empty text");
}

TEST(ReadSign, ACircumstanceIsOneOfThoseThatExplain) {
  EXPECT_EQ(good<care::CircumstanceNoted>("circumstance", R"({"circumstance":"carer_duty"})").circumstance,
            care::Circumstance::carer_duty);
  refused("circumstance", R"({"circumstance":"mood"})", "body.circumstance", "physical_illness, pain");
  refused("circumstance", R"({"note":"n"})", "body.circumstance", "'circumstance' is missing");
}

TEST(ReadSign, HarmIsOneOfThoseThatWantAPersonSoon) {
  EXPECT_EQ(good<care::HarmSeen>("harm", R"({"harm":"self_harm","note":"n"})").harm, care::Harm::self_harm);
  refused("harm", R"({"harm":"bruise"})", "body.harm", "overdose, breathing");
  refused("harm", "{}", "body.harm", "'harm' is missing");
}

TEST(ReadSign, ASupplyMaySayWhatItIsAndHowLongItLasts) {
  const auto look = [](std::string_view rest) {
    return R"({"looked_in":"dispensing_history","found":[{"substance":"k","supplier":"s")" +
           std::string(rest) + "}]}";
  };
  const auto plain = good<care::OtherSource>("other_source", look(""));
  EXPECT_EQ(plain.found.at(0).kind, care::SupplyKind::ketamine);
  EXPECT_FALSE(plain.found[0].days_supply);
  EXPECT_FALSE(plain.found[0].for_home);
  const auto whole =
      good<care::OtherSource>("other_source", look(R"(,"kind":"opioid","days_supply":400,"for_home":true)"));
  EXPECT_EQ(whole.found.at(0).kind, care::SupplyKind::opioid);
  EXPECT_EQ(whole.found[0].days_supply, 400);
  EXPECT_TRUE(whole.found[0].for_home);
  refused("other_source", look(R"(,"kind":"tea")"), "body.found[0].kind", "ketamine, opioid");
  refused("other_source", look(R"(,"days_supply":0)"), "body.found[0].days_supply", "from 1 to 400");
  refused("other_source", look(R"(,"days_supply":401)"), "body.found[0].days_supply", "from 1 to 400");
  refused("other_source", look(R"(,"for_home":1)"), "body.found[0].for_home", "");
}

TEST(ReadSign, AKidneysAlarmsAreSymptoms) {
  for (const char* word : {"fever", "flank_pain", "urinary_retention"}) {
    const auto body = good<care::SymptomReport>(
        "symptom_report", R"({"severity":"mild","symptom":")" + std::string(word) + R"("})");
    EXPECT_TRUE(care::is_kidney_alarm(body.symptom)) << word;
    EXPECT_FALSE(care::is_bladder(body.symptom)) << word;
  }
}

}  // namespace
}  // namespace evenkeel::exchange
