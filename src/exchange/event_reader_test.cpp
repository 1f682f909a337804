// One event line: what each kind takes at its bounds, and what it refuses with which words.

#include <gtest/gtest.h>

#include <algorithm>

#include "exchange/record_reader.hpp"
#include "support/event_lines.hpp"

namespace evenkeel::exchange {
namespace {

using test::good;
using test::refused;

void taken(std::string_view kind, std::initializer_list<const char*> bodies) {
  for (const char* body : bodies) {
    const auto event = read_event(test::event_line(kind, body));
    EXPECT_TRUE(event) << body << ": " << (event ? "" : to_string(event.error().front()));
  }
}

TEST(ReadEvent, TheEnvelopeIsReadWhole) {
  const auto event = read_event(test::event_line("contact", R"({"from":"clinic","topic":"follow_up"})"));
  ASSERT_TRUE(event);
  EXPECT_EQ(event->id, "e1");
  EXPECT_EQ(event->patient, "p");
  EXPECT_EQ(event->at, *Instant::parse("2026-03-02T09:00:00Z"));
  EXPECT_EQ(event->recorded_at, *Instant::parse("2026-03-02T09:01:00Z"));
  EXPECT_EQ(event->recorded_by, "n");
}

TEST(ReadEvent, EveryFaultOfALineIsTold) {
  const auto event = read_event(R"({"id":"a b","patient":"","at":"noon","recorded_at":7,)"
                                R"("recorded_by":"n","kind":"visit","body":{}})");
  ASSERT_FALSE(event);
  std::vector<std::string> places;
  for (const Error& fault : event.error()) places.push_back(fault.where);
  EXPECT_EQ(places, (std::vector<std::string>{"id", "patient", "at", "recorded_at", "kind"}));
}

TEST(ReadEvent, FactsAreOptionalEachAndHumanSized) {
  EXPECT_FALSE(good<care::PatientFacts>("patient_facts", "{}").weight);
  taken("patient_facts",
        {R"({"height_cm":40})", R"({"height_cm":260})", R"({"weight":{"value":0.3,"unit":"kg"}})",
         R"({"weight":{"value":650,"unit":"kg"}})"});
  refused("patient_facts", R"({"height_cm":39.9})", "body.height_cm", "outside 40 to 260");
  refused("patient_facts", R"({"height_cm":260.1})", "body.height_cm", "outside 40 to 260");
  refused("patient_facts", R"({"weight":{"value":0.29,"unit":"kg"}})", "body.weight.value",
          "outside 0.3 to 650");
  refused("patient_facts", R"({"weight":{"value":650.1,"unit":"kg"}})", "body.weight.value", "outside");
  refused("patient_facts", R"({"sex":"f"})", "body.sex", "female, male, other");
  refused("patient_facts", R"({"born":"1984-02-30"})", "body.born", "");
}

std::string approved(std::string_view dose, std::string_view length, std::string_view sessions,
                     std::string_view interval) {
  return R"({"protocol":"x","protocol_version":"1.0.0","drug":"esketamine","indication":"i",)"
         R"("endpoint":{"instrument":"phq-9","target":"response"},"dose":{"value":)" +
         std::string(dose) + R"(,"unit":"mg/kg","as":"base"},"infusion_length":{"value":)" +
         std::string(length) + R"(,"unit":"h"},"weight_basis":"ideal","planned_sessions":)" +
         std::string(sessions) + R"(,"interval":{"value":)" + std::string(interval) +
         R"(,"unit":"d"},"stop_date":"2026-12-31","responsible_clinician":"c","next_review":"2026-06-30",)"
         R"("consent_version":"1"})";
}

TEST(ReadEvent, APlanHasBounds) {
  const auto plan = good<care::PlanApproved>("plan_approved", approved("0.50", "24", "500", "400"));
  EXPECT_EQ(plan.dose_mg_per_kg.to_string(), "0.50");
  EXPECT_EQ(plan.drug, care::Drug::esketamine);
  EXPECT_EQ(plan.weight_basis, care::WeightBasis::ideal);
  EXPECT_TRUE(plan.prior_treatments.empty());
  EXPECT_EQ(read_event(test::event_line("plan_approved", approved("20", "1", "1", "1"))).has_value(), true);
  refused("plan_approved", approved("20.01", "1", "1", "1"), "body.dose.value", "more than can be meant");
  refused("plan_approved", approved("0", "1", "1", "1"), "body.dose.value", "a dose of zero");
  refused("plan_approved", approved("-1", "1", "1", "1"), "body.dose.value", "a negative amount");
  refused("plan_approved", approved("1", "24.1", "1", "1"), "body.infusion_length.value", "outside 0");
  refused("plan_approved", approved("1", "0", "1", "1"), "body.infusion_length.value", "outside 0");
  refused("plan_approved", approved("1", "1", "0", "1"), "body.planned_sessions", "from 1 to 500");
  refused("plan_approved", approved("1", "1", "501", "1"), "body.planned_sessions", "from 1 to 500");
  refused("plan_approved", approved("1", "1", "6.0", "1"), "body.planned_sessions", "a whole number");
  refused("plan_approved", approved("1", "1", "1", "401"), "body.interval.value", "outside 0");
}

TEST(ReadEvent, APlanChangeNeedsAReasonAndANote) {
  taken("plan_changed", {R"({"reason":"taper","note":"n"})",
                         R"({"reason":"spacing","note":"n","interval":{"value":2,"unit":"wk"}})"});
  refused("plan_changed", R"({"reason":"taper"})", "body.note", "'note' is missing");
  refused("plan_changed", R"({"reason":"mood","note":"n"})", "body.reason", "'mood' is not known here");
  refused("plan_changed", R"({"reason":"taper","note":"n","dose":{"value":0,"unit":"mg/kg","as":"base"}})",
          "body.dose.value", "a dose of zero");
}

std::string start(std::string_view value, std::string_view unit, std::string_view as = "base") {
  return R"({"session":"s1","route":"intravenous","drug":"racemic-ketamine","dose":{"value":)" +
         std::string(value) + R"(,"unit":")" + std::string(unit) + R"(","as":")" + std::string(as) +
         R"("},"infusion_length":{"value":40,"unit":"min"},"weight":{"value":70,"unit":"kg"}})";
}

TEST(ReadEvent, ADoseKeepsItsDigitsInMilligrams) {
  const auto dose = [](std::string_view value, std::string_view unit) {
    return good<care::SessionStarted>("session_started", start(value, unit)).dose.mg.to_string();
  };
  EXPECT_EQ(dose("35.0", "mg"), "35.0");
  EXPECT_EQ(dose("0.1", "mg"), "0.1");
  EXPECT_EQ(*Decimal::parse(dose("35000", "ug")), Decimal{35});
  EXPECT_EQ(*Decimal::parse(dose("0.035", "g")), Decimal{35});
  EXPECT_EQ(*Decimal::parse(dose("5", "g")), Decimal{5000});
  refused("session_started", start("5000.1", "mg"), "body.dose.value", "more than can be meant");
  refused("session_started", start("35", "mL"), "body.dose.unit", "use mg, ug or g");
  refused("session_started", start("35", "mg", "hydrochloride"), "body.dose.as", "11.53 mg");
  refused("session_started", start("0.1234567890123", "mg"), "body.dose.value", "");
}

TEST(ReadEvent, ARateMayBeZeroAndADoseMayNot) {
  const auto rate = [](std::string_view value, std::string_view unit) {
    return R"({"session":"s","reason":"r","rate":{"value":)" + std::string(value) + R"(,"unit":")" +
           std::string(unit) + R"(","as":"base"}})";
  };
  EXPECT_EQ(good<care::RateChanged>("rate_changed", rate("0", "mg/h")).rate_mg_per_h, Decimal{0});
  EXPECT_EQ(good<care::RateChanged>("rate_changed", rate("0.5", "mg/min")).rate_mg_per_h, Decimal{30});
  EXPECT_EQ(good<care::RateChanged>("rate_changed", rate("500", "ug/min")).rate_mg_per_h, Decimal{30});
  EXPECT_EQ(good<care::RateChanged>("rate_changed", rate("10000", "mg/h")).rate_mg_per_h, Decimal{10000});
  refused("rate_changed", rate("10001", "mg/h"), "body.rate.value", "more than can be meant");
  refused("rate_changed", rate("-1", "mg/h"), "body.rate.value", "a negative amount");
}

TEST(ReadEvent, AStoppedInfusionSaysWhy) {
  const std::string given = R"("session":"s","given":{"value":0,"unit":"mg","as":"base"},"completion":)";
  EXPECT_TRUE(good<care::SessionEnded>("session_ended", "{" + given + R"("completed"})").reason.empty());
  EXPECT_EQ(good<care::SessionEnded>("session_ended", "{" + given + R"("stopped","reason":"r"})").reason,
            "r");
  refused("session_ended", "{" + given + R"("stopped"})", "body", "says why");
  refused("session_ended", "{" + given + R"("stopped","reason":""})", "body.reason", "an empty text");
}

TEST(ReadEvent, ADischargeSaysWhetherEscorted) {
  taken("session_discharged",
        {R"({"session":"s","escort":false})", R"({"session":"s","escort":true,"moaas":0})",
         R"({"session":"s","escort":true,"moaas":5})"});
  refused("session_discharged", R"({"session":"s"})", "body.escort", "'escort' is missing");
  refused("session_discharged", R"({"session":"s","escort":1})", "body.escort", "");
  refused("session_discharged", R"({"session":"s","escort":true,"moaas":6})", "body.moaas", "from 0 to 5");
}

TEST(ReadEvent, VitalSignsHaveBoundsAtBothEnds) {
  taken("vital_signs",
        {R"({"systolic_mmHg":350,"diastolic_mmHg":250})", R"({"systolic_mmHg":30,"diastolic_mmHg":10})",
         R"({"heart_rate_per_min":10})", R"({"heart_rate_per_min":350})", R"({"spo2_percent":30})",
         R"({"spo2_percent":100})", R"({"respiratory_rate_per_min":0})", R"({"respiratory_rate_per_min":99})",
         R"({"moaas":0})", R"({"moaas":5})", R"({"systolic_mmHg":80,"diastolic_mmHg":79})"});
  for (const auto& [key, value] :
       std::initializer_list<std::pair<const char*, int>>{{"heart_rate_per_min", 9},
                                                          {"heart_rate_per_min", 351},
                                                          {"spo2_percent", 29},
                                                          {"spo2_percent", 101},
                                                          {"respiratory_rate_per_min", -1},
                                                          {"respiratory_rate_per_min", 100},
                                                          {"moaas", -1},
                                                          {"moaas", 6}}) {
    refused("vital_signs", "{\"" + std::string(key) + "\":" + std::to_string(value) + "}",
            "body." + std::string(key), "a whole number from");
  }
  refused("vital_signs", R"({"systolic_mmHg":351,"diastolic_mmHg":80})", "body.systolic_mmHg", "30 to 350");
  refused("vital_signs", R"({"systolic_mmHg":29,"diastolic_mmHg":10})", "body.systolic_mmHg", "30 to 350");
  refused("vital_signs", R"({"systolic_mmHg":120,"diastolic_mmHg":9})", "body.diastolic_mmHg", "10 to 250");
}

TEST(ReadEvent, PressuresComeTogetherAndSomethingIsMeasured) {
  refused("vital_signs", R"({"systolic_mmHg":120})", "body", "come together");
  refused("vital_signs", R"({"diastolic_mmHg":80,"moaas":5})", "body", "come together");
  refused("vital_signs", R"({"systolic_mmHg":80,"diastolic_mmHg":80})", "body.diastolic_mmHg",
          "is not below");
  refused("vital_signs", "{}", "body", "no vital sign is given");
  refused("vital_signs", R"({"session":"s1"})", "body", "no vital sign is given");
}

TEST(ReadEvent, AnEvaluationHasAnswersOrATotal) {
  const auto answers = good<care::Evaluation>(
      "evaluation", R"({"instrument":"phq-9","moment":"before_dose","answers":{"1":3,"difficulty":-1}})");
  EXPECT_EQ(answers.answers, (std::map<std::string, int>{{"1", 3}, {"difficulty", -1}}));
  EXPECT_FALSE(answers.total);
  taken("evaluation", {R"({"instrument":"i","moment":"baseline","total":-1000})",
                       R"({"instrument":"i","moment":"baseline","total":1000})"});
  const std::string both = R"({"instrument":"i","moment":"baseline","answers":{},"total":1})";
  refused("evaluation", both, "body", "either 'answers' or");
  refused("evaluation", R"({"instrument":"i","moment":"baseline"})", "body", "either 'answers' or");
  refused("evaluation", R"({"instrument":"i","moment":"baseline","total":1001})", "body.total", "1000");
  refused("evaluation", R"({"instrument":"i","moment":"baseline","answers":{"1":1.5}})", "body.answers.1",
          "a whole number");
  refused("evaluation", R"({"instrument":"i","moment":"baseline","answers":{"a b":1}})", "body.answers",
          "is not a name");
  refused("evaluation", R"({"instrument":"i","moment":"noon","total":1})", "body.moment", "not known here");
}

std::string assay(std::string_view rest) {
  return R"({"analyte":"ketamine","site":"venous")" + std::string(rest) + "}";
}
const char* const ten = R"(,"value":{"value":10,"unit":"ng/mL"})";
const char* const limit = R"(,"lower_limit":{"value":10,"unit":"ng/mL"})";

TEST(ReadEvent, AnAssayIsAValueOrBelowItsLimit) {
  const auto below = good<care::Assay>("assay", assay(std::string(R"(,"below_limit":true)") + limit));
  EXPECT_FALSE(below.value);
  EXPECT_DOUBLE_EQ(below.lower_limit->in(units::ng / units::mL), 10.0);
  EXPECT_FALSE(good<care::Assay>("assay", assay(ten)).lower_limit);
  EXPECT_TRUE(good<care::Assay>("assay", assay(std::string(ten) + limit)).lower_limit);  // at the limit
  refused("assay", assay(""), "body", "either 'value' or");
  refused("assay", assay(R"(,"below_limit":false)"), "body", "either 'value' or");
  refused("assay", assay(std::string(ten) + R"(,"below_limit":true)" + limit), "body", "either 'value' or");
  refused("assay", assay(R"(,"below_limit":true)"), "body", "below which limit?");
}

TEST(ReadEvent, AnAssaysValueIsPositivePossibleAndNotBelowItsLimit) {
  const auto value = [](std::string_view number, std::string_view unit = "ng/mL") {
    return assay(R"(,"value":{"value":)" + std::string(number) + R"(,"unit":")" + std::string(unit) + "\"}");
  };
  taken("assay", {value("0.001").c_str(), value("100", "mg/L").c_str()});
  refused("assay", value("0"), "body.value", "above zero");
  refused("assay", value("-1"), "body.value", "above zero");
  refused("assay", value("100.1", "mg/L"), "body.value", "more than 100 mg/L");
  refused("assay", value("1", "nmol/L"), "body.value.unit", "is not a unit allowed here");
  refused("assay", assay(R"(,"value":{"value":9.9,"unit":"ng/mL"})" + std::string(limit)), "body.value",
          "below its own lower limit");
  refused("assay", assay(std::string(ten) + R"(,"lower_limit":{"value":0,"unit":"ng/mL"})"),
          "body.lower_limit", "above zero");
}

TEST(ReadEvent, AnotherSymptomIsNamed) {
  taken("symptom_report", {R"({"symptom":"other","severity":"mild","note":"itching"})",
                           R"({"symptom":"nocturia","severity":"none"})"});
  refused("symptom_report", R"({"symptom":"other","severity":"mild"})", "body", "'note' is missing");
  refused("symptom_report", R"({"symptom":"nocturia","severity":"bad"})", "body.severity", "none, mild");
}

TEST(ReadEvent, AContactIsFromOneOfTwo) {
  EXPECT_TRUE(good<care::Contact>("contact", R"({"from":"patient","topic":"asked_sooner"})").from_patient);
  EXPECT_FALSE(good<care::Contact>("contact", R"({"from":"clinic","topic":"other"})").from_patient);
  refused("contact", R"({"from":"mother","topic":"other"})", "body.from", "patient, clinic");
}

TEST(ReadEvent, AnEmptyListSaysThatNothingWasFound) {
  EXPECT_TRUE(
      good<care::OtherSource>("other_source", R"({"looked_in":"toxicology","found":[]})").found.empty());
  refused("other_source", R"({"looked_in":"toxicology"})", "body.found", "'found' is missing");
  refused("other_source", R"({"looked_in":"toxicology","found":[{"substance":"k"}]})",
          "body.found[0].supplier", "'supplier' is missing");
}

TEST(ReadEvent, AReviewNamesItsRulesUnlessItIsOfThePlan) {
  const auto review = [](std::string_view decision, std::string_view rules) {
    return R"({"clinician":"c","decision":")" + std::string(decision) + R"(","reason":"r")" +
           std::string(rules) + "}";
  };
  taken("review",
        {review("plan_reviewed", "").c_str(), review("no_concern", R"(,"rules":["a"])").c_str(),
         review("plan_reviewed", R"(,"rules":[])").c_str(), review("act", R"(,"events":["e1"])").c_str(),
         review("no_concern", R"(,"rules":["a"],"events":["e1"])").c_str()});
  refused("review", review("plan_reviewed", R"(,"events":["e1"])"), "body", "names the rules");
  for (const char* decision : {"no_concern", "watch", "act"}) {
    refused("review", review(decision, ""), "body", "names the rules");
    refused("review", review(decision, R"(,"rules":[])"), "body", "names the rules");
  }
  refused("review", review("plan_reviewed", R"(,"rules":["a"])"), "body", "names the rules");
}

TEST(ReadEvent, ACorrectionNamesItsEventAndReason) {
  EXPECT_EQ(good<care::EnteredInError>("entered_in_error", R"({"event":"e9","reason":"r"})").event, "e9");
  refused("entered_in_error", R"({"event":"e9"})", "body.reason", "'reason' is missing");
  refused("entered_in_error", R"({"event":"e 9","reason":"r"})", "body.event", "is not a name");
}

}  // namespace
}  // namespace evenkeel::exchange
