#include "exchange/regimen_reader.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "support/linear_models.hpp"

namespace evenkeel::exchange {
namespace {

using pkpd::DoseForm;
using pkpd::SteadyState;
using units::h;
using units::kg;
using units::mg;
using units::min;

const pkpd::Structure absorption{test::absorption_model()};

std::string regimen(const std::string& doses) {
  return R"({"schema":"evenkeel.regimen/1","doses":[)" + doses + "]}";
}

Regimen good(const std::string& doses) {
  auto read = read_regimen(regimen(doses), absorption);
  EXPECT_TRUE(read) << doses << ": " << (read ? "" : to_string(read.error().front()));
  return read ? *std::move(read) : Regimen{};
}

std::vector<pkpd::TimedDose> doses(const std::string& text, std::optional<BodyMass> weight = 70.0 * kg) {
  auto made = doses_for(good(text), weight);
  EXPECT_TRUE(made) << text << ": " << (made ? "" : to_string(made.error()));
  return made ? *std::move(made) : std::vector<pkpd::TimedDose>{};
}

void refused_text(const std::string& text, std::string_view where, std::string_view what) {
  const auto read = read_regimen(text, absorption);
  ASSERT_FALSE(read) << text;
  const bool told = std::ranges::any_of(read.error(), [&](const Error& fault) {
    return fault.where == where && fault.what.find(what) != std::string::npos;
  });
  EXPECT_TRUE(told) << text << ": " << to_string(read.error().front());
}
void refused(const std::string& dose, std::string_view where, std::string_view what) {
  refused_text(regimen(dose), where, what);
}

const std::string at_0 = R"("at":{"value":0,"unit":"h"})";
const std::string mg_35 = R"("amount":{"value":35,"unit":"mg","as":"base"})";
const std::string every_2d = R"("every":{"value":2,"unit":"d"})";

std::string rate(const std::string& value, const std::string& unit = "mg/h") {
  return R"("rate":{"value":)" + value + R"(,"unit":")" + unit + R"(","as":"base"})";
}
std::string segment(const std::string& value, const std::string& minutes, const std::string& more = "") {
  return "{" + rate(value) + R"(,"for":{"value":)" + minutes + R"(,"unit":"min"})" + more + "}";
}
std::string segments(const std::string& list, const std::string& more = "") {
  return "{" + at_0 + R"(,"segments":[)" + list + "]" + more + "}";
}

TEST(ReadRegimen, TakesADoseAtOnceByTheFirstRoute) {
  const auto found = doses(R"({"at":{"value":90,"unit":"min"},)" + mg_35 + "}");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].at, 1.5 * h);
  EXPECT_EQ(found[0].dose.route, 0U);
  EXPECT_EQ(found[0].dose.amount, 35.0 * mg);
  EXPECT_EQ(found[0].dose.form, DoseForm::at_once);
  EXPECT_EQ(found[0].dose.additional, 0);
  EXPECT_EQ(found[0].dose.steady, SteadyState::none);
}

TEST(ReadRegimen, TakesALengthARouteAndRepeats) {
  const auto found =
      doses("{" + at_0 + "," + mg_35 + R"(,"over":{"value":40,"unit":"min"},"route":"central",)" +
            R"("repeat":{)" + every_2d + R"(,"total":6}})");
  EXPECT_EQ(found[0].dose.route, 1U);
  EXPECT_EQ(found[0].dose.form, DoseForm::over_duration);
  EXPECT_EQ(found[0].dose.duration, 40.0 * min);
  EXPECT_EQ(found[0].dose.additional, 5);
  EXPECT_EQ(found[0].dose.interval, 48.0 * h);
}

TEST(ReadRegimen, TakesARate) {
  const auto found = doses("{" + at_0 + "," + mg_35 + "," + rate("52.5") + "}");
  EXPECT_EQ(found[0].dose.form, DoseForm::over_duration);
  EXPECT_DOUBLE_EQ(found[0].dose.duration.in(min), 40.0);
}

TEST(ReadRegimen, GivesByBodyWeightWhatSaysSo) {
  const std::string text =
      "{" + at_0 + R"(,"amount":{"value":0.5,"unit":"mg/kg","as":"base"},)" + rate("12.5", "ug/kg/min") + "}";
  const Regimen read = good(text);
  EXPECT_TRUE(needs_weight(read));
  EXPECT_EQ(read.doses[0].amount->value.to_string(), "0.5");
  EXPECT_EQ(read.doses[0].rate->value, *Decimal::parse("0.75"));
  const auto found = doses(text, 80.0 * kg);
  EXPECT_EQ(found[0].dose.amount, 40.0 * mg);
  EXPECT_DOUBLE_EQ(found[0].dose.duration.in(min), 40.0);
  const auto unknown = doses_for(read, std::nullopt);
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().what, "0.5 mg/kg needs a body weight, which is not known");
  EXPECT_FALSE(needs_weight(good("{" + at_0 + "," + mg_35 + "}")));
}

TEST(ReadRegimen, MixesAnAmountAndARateByBodyWeight) {
  const auto found = doses("{" + at_0 + "," + mg_35 + "," + rate("0.5", "mg/kg/h") + "}", 70.0 * kg);
  EXPECT_DOUBLE_EQ(found[0].dose.duration.in(h), 1.0);
}

TEST(ReadRegimen, KeepsTheDigitsOfAnAmount) {
  const auto value = [](const std::string& number, const std::string& unit) {
    return good("{" + at_0 + R"(,"amount":{"value":)" + number + R"(,"unit":")" + unit + R"(","as":"base"}})")
        .doses[0]
        .amount->value.to_string();
  };
  EXPECT_EQ(value("35.0", "mg"), "35.0");
  EXPECT_EQ(*Decimal::parse(value("0.1", "g")), Decimal{100});
  EXPECT_EQ(*Decimal::parse(value("250", "ug/kg")), *Decimal::parse("0.25"));
}

TEST(ReadRegimen, TakesAnInfusionInSegments) {
  const auto found = doses(segments(segment("60", "10") + "," + segment("30", "20") + "," +
                                    segment("12", "30", R"(,"from":{"value":45,"unit":"min"})")));
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0].at, Duration{});
  EXPECT_DOUBLE_EQ(found[1].at.in(min), 10.0);
  EXPECT_DOUBLE_EQ(found[2].at.in(min), 45.0);
  for (const auto& [index, amount_mg, length_min] :
       {std::tuple{0U, 10.0, 10.0}, std::tuple{1U, 10.0, 20.0}, std::tuple{2U, 6.0, 30.0}}) {
    EXPECT_EQ(found[index].dose.form, DoseForm::over_duration);
    EXPECT_DOUBLE_EQ(found[index].dose.amount.in(mg), amount_mg);
    EXPECT_DOUBLE_EQ(found[index].dose.duration.in(min), length_min);
  }
}

TEST(ReadRegimen, PausesASegmentAtRateZero) {
  const auto found =
      doses(segments(segment("60", "10") + "," + segment("0", "5") + "," + segment("30", "20")));
  ASSERT_EQ(found.size(), 2U);
  EXPECT_DOUBLE_EQ(found[1].at.in(min), 15.0);
}

TEST(ReadRegimen, RepeatsEverySegment) {
  const auto found = doses(segments(segment("60", "10") + "," + segment("30", "20"),
                                    R"(,"repeat":{)" + every_2d + R"(,"total":3})"));
  for (const auto& each : found) {
    EXPECT_EQ(each.dose.additional, 2);
    EXPECT_EQ(each.dose.interval, 48.0 * h);
  }
}

TEST(ReadRegimen, AddsASteadyState) {
  const auto found =
      doses("{" + at_0 + "," + mg_35 + R"(,"steady_state":true,"repeat":{)" + every_2d + R"(,"total":1}})");
  EXPECT_EQ(found[0].dose.steady, SteadyState::adds);
  EXPECT_EQ(found[0].dose.additional, 0);
  EXPECT_EQ(found[0].dose.interval, 48.0 * h);
}

TEST(ReadRegimen, MakesRowsThatAModelTakes) {
  const auto found =
      doses("{" + at_0 + "," + mg_35 + R"(,"over":{"value":40,"unit":"min"},"route":"central"})");
  const std::vector<Duration> observed{1.0 * h};
  const pkpd::History history{{}, pkpd::merged(found, observed)};
  const pkpd::Person person{{}, {{0, 10.0}, {1, 50.0}, {2, 1.0}}, {}};
  const auto subject = pkpd::make_subject(absorption, history, person);
  ASSERT_TRUE(subject);
  EXPECT_TRUE(pkpd::schedule(absorption, *subject));
}

TEST(ReadRegimen, RefusesASaltWithTheConversion) {
  refused("{" + at_0 + R"(,"amount":{"value":35,"unit":"mg","as":"hydrochloride"}})", "doses[0].amount.as",
          "11.53 mg");
  refused("{" + at_0 + R"(,"amount":{"value":35,"unit":"mg"}})", "doses[0].amount.as", "'as' is missing");
}

TEST(ReadRegimen, RefusesAmountsThatCannotBe) {
  const auto amount = [](const std::string& value, const std::string& unit, std::string_view where,
                         std::string_view what) {
    refused("{" + at_0 + R"(,"amount":{"value":)" + value + R"(,"unit":")" + unit + R"(","as":"base"}})",
            "doses[0].amount." + std::string(where), what);
  };
  amount("0", "mg", "value", "a dose of zero");
  amount("-1", "mg/kg", "value", "a negative amount");
  amount("1000000.1", "mg", "value", "more than can be meant");
  amount("10000.1", "mg/kg", "value", "more than can be meant");
  amount("35", "mL", "unit", "use mg, ug or g, or by body weight mg/kg or ug/kg");
  amount("1e2", "mg", "value", "");
}

TEST(ReadRegimen, RefusesTimesThatCannotBe) {
  refused(R"({"at":{"value":-1,"unit":"h"},)" + mg_35 + "}", "doses[0].at.value", "allowed: 0 to 1000000 h");
  refused(R"({"at":{"value":1e7,"unit":"h"},)" + mg_35 + "}", "doses[0].at.value", "allowed: 0 to");
  refused(R"({"at":{"value":1,"unit":"year"},)" + mg_35 + "}", "doses[0].at.unit", "use min, s, h, d or wk");
  refused("{" + at_0 + "," + mg_35 + R"(,"over":{"value":0,"unit":"h"}})", "doses[0].over.value", "above 0");
  refused("{" + at_0 + "," + mg_35 + R"(,"repeat":{"every":{"value":0,"unit":"h"},"total":2}})",
          "doses[0].repeat.every.value", "above 0");
  const auto slow = doses_for(good("{" + at_0 + "," + mg_35 + "," + rate("0.00001") + "}"), std::nullopt);
  ASSERT_FALSE(slow);
  EXPECT_NE(slow.error().what.find("allowed: above 0 to 1000000 h"), std::string::npos);
}

TEST(ReadRegimen, RefusesDosesThatContradictThemselves) {
  refused("{" + at_0 + "}", "doses[0]", "either 'amount' or 'segments'");
  refused("{" + at_0 + "," + mg_35 + R"(,"segments":[)" + segment("1", "1") + "]}", "doses[0]", "either");
  refused("{" + at_0 + "," + mg_35 + "," + rate("5") + R"(,"over":{"value":1,"unit":"h"}})", "doses[0]",
          "'over' or 'rate', not both");
  refused("{" + at_0 + "," + mg_35 + "," + rate("0") + "}", "doses[0].rate.value", "a rate of zero");
  refused("{" + at_0 + "," + mg_35 + R"(,"steady_state":true})", "doses[0]", "'repeat' is missing");
  refused("{" + at_0 + "," + mg_35 + R"(,"repeat":{)" + every_2d + R"(,"total":1}})", "doses[0].repeat.total",
          "is not repeated");
  refused("{" + at_0 + "," + mg_35 + R"(,"repeat":{)" + every_2d + R"(,"total":0}})", "doses[0].repeat.total",
          "from 1 to 100000");
  refused("{" + at_0 + "," + mg_35 + R"(,"route":"nasal"})", "doses[0].route",
          "no route 'nasal'; it has depot, central");
}

TEST(ReadRegimen, RefusesSegmentsThatDoNotFit) {
  refused(segments(segment("1", "10") + "," + segment("1", "10", R"(,"from":{"value":9,"unit":"min"})")),
          "doses[0].segments[1].from", "before the segment before it ends");
  refused(segments(segment("0", "10")), "doses[0].segments", "no segment gives anything");
  refused(segments(""), "doses[0].segments", "a list of 0");
  refused(segments(segment("1", "0")), "doses[0].segments[0].for.value", "above 0");
  refused(segments(segment("-1", "10")), "doses[0].segments[0].rate.value", "a negative amount");
  refused(segments(segment("1", "10"), R"(,"steady_state":true,"repeat":{)" + every_2d + R"(,"total":2})"),
          "doses[0]", "'steady_state' does not go with 'segments'");
  refused(segments(segment("1", "10"), R"(,"over":{"value":1,"unit":"h"})"), "doses[0]",
          "'over' does not go");
  refused(segments(segment("1", "10"), "," + rate("1")), "doses[0]", "'rate' does not go");
}

TEST(ReadRegimen, RefusesWhatIsNoRegimen) {
  refused_text("", "", "not valid JSON");
  refused_text("[]", "", "a list where an object is expected");
  refused_text(R"({"schema":"evenkeel.regimen/2","doses":[]})", "schema", "'evenkeel.regimen/1' is expected");
  refused_text(R"({"schema":"evenkeel.regimen/1","doses":[]})", "doses", "a list of 0");
  refused_text(R"({"schema":"evenkeel.regimen/1"})", "doses", "'doses' is missing");
  refused_text(R"({"schema":"evenkeel.regimen/1","title":"","doses":[]})", "title", "an empty text");
  refused("{" + at_0 + "," + mg_35 + R"(,"unit":"mg"})", "doses[0].unit", "unknown key 'unit'");
}

}  // namespace
}  // namespace evenkeel::exchange
