#include "content/population_reader.hpp"

#include <gtest/gtest.h>

#include <string>

namespace evenkeel::content {
namespace {

const std::string whole = R"({
  "schema": "evenkeel.population/1", "id": "example", "version": "1.0.0", "status": "draft", "title": "Example",
  "sources": {"survey": "A survey", "own": "An assumption"},
  "weight": {"distribution": "log-normal", "unit": "kg", "median": 78, "log_sd": 0.2, "low": 45, "high": 140,
             "source": "survey", "label": "V", "note": "Table 1"},
  "age": {"distribution": "normal", "unit": "years", "mean": 42, "sd": 14, "low": 18, "high": 70,
          "source": "own", "label": "P"},
  "weight_age_correlation": {"value": -0.1, "source": "own", "label": "P"},
  "groups": {"asian": {"value": 0.14, "source": "survey", "label": "V"},
             "japanese": {"value": 0.09, "source": "survey", "label": "V"}},
  "caveats": ["Made up."]
})";

std::string with(const std::string& old_text, const std::string& new_text) {
  std::string text = whole;
  const auto at = text.find(old_text);
  EXPECT_NE(at, std::string::npos) << old_text;
  return text.replace(at, old_text.size(), new_text);
}

TEST(ReadPopulation, KeepsEveryNumberWithItsProvenance) {
  const auto read = read_population(whole);
  ASSERT_TRUE(read) << to_string(read.error().front());
  EXPECT_EQ(read->id, "example");
  EXPECT_EQ(read->version, "1.0.0");
  EXPECT_EQ(read->status, "draft");
  EXPECT_EQ(read->title, "Example");
  EXPECT_EQ(read->weight->shape, pkpd::Shape::log_normal);
  EXPECT_EQ(read->weight->centre, 78.0);
  EXPECT_EQ(read->weight->width, 0.2);
  EXPECT_EQ(read->weight->within, *Interval<double>::make(45.0, 140.0));
  EXPECT_EQ(read->weight->from.source, "survey");
  EXPECT_EQ(read->weight->from.label, Label::seen);
  EXPECT_EQ(read->weight->from.note, "Table 1");
  EXPECT_EQ(read->age->shape, pkpd::Shape::normal);
  EXPECT_EQ(read->age->centre, 42.0);
  EXPECT_EQ(read->age->width, 14.0);
  EXPECT_EQ(read->weight_age_correlation->value, -0.1);
  EXPECT_EQ(read->weight_age_correlation->from.label, Label::proposal);
  EXPECT_EQ(read->asian->value, 0.14);
  EXPECT_EQ(read->japanese->value, 0.09);
  EXPECT_EQ(read->caveats, std::vector<std::string>{"Made up."});
  EXPECT_EQ(read->sources.size(), 2U);
}

TEST(ReadPopulation, WhatIsLeftOutStaysUnknown) {
  const auto read = read_population(R"({"schema": "evenkeel.population/1", "id": "nobody", "version": "1.0.0",
    "status": "draft", "title": "Nothing known", "sources": {}})");
  ASSERT_TRUE(read);
  EXPECT_FALSE(read->weight || read->age || read->asian || read->japanese || read->weight_age_correlation);
}

TEST(ReadPopulation, AUniformSpreadHasItsEndsAlone) {
  const auto uniform = with(R"("distribution": "normal", "unit": "years", "mean": 42, "sd": 14)",
                            R"("distribution": "uniform", "unit": "years")");
  const auto read = read_population(uniform);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->age->shape, pkpd::Shape::uniform);
  EXPECT_FALSE(read_population(with(R"("normal")", R"("uniform")")));  // which has no mean and sd
}

struct Fault {
  const char* old_text;
  const char* new_text;
  const char* where;
  const char* words;
};
void PrintTo(const Fault& fault, std::ostream* out) {
  *out << fault.where << " " << fault.new_text;
}

class ReadPopulationFault : public testing::TestWithParam<Fault> {};

TEST_P(ReadPopulationFault, IsToldAtItsPlace) {
  const Fault& fault = GetParam();
  const auto read = read_population(with(fault.old_text, fault.new_text));
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().front().where, fault.where);
  EXPECT_NE(read.error().front().what.find(fault.words), std::string::npos) << read.error().front().what;
}

INSTANTIATE_TEST_SUITE_P(
    Each, ReadPopulationFault,
    testing::Values(
        Fault{"population/1", "population/2", "schema", "expected"},
        Fault{R"("log-normal")", R"("lognormal")", "weight.distribution", "not known here"},
        Fault{R"("unit": "kg")", R"("unit": "lb")", "weight.unit", "'lb' where 'kg'"},
        Fault{R"("unit": "years")", R"("unit": "months")", "age.unit", "'months' where 'years'"},
        Fault{R"("median": 78)", R"("mean": 78)", "weight.median", "median"},
        Fault{R"("low": 45)", R"("low": 145)", "weight.low", "above the high end"},
        Fault{R"("log_sd": 0.2)", R"("log_sd": 0)", "weight", "above zero"},
        Fault{R"("mean": 42)", R"("mean": 142)", "age.mean", "130"},
        Fault{R"("low": 18, "high": 70)", R"("low": 1, "high": 2)", "age", "another distribution"},
        Fault{R"("value": -0.1)", R"("value": -1)", "weight_age_correlation", "above -1"},
        Fault{R"("value": 0.09)", R"("value": 0.19)", "groups.japanese", "part of the Asian"},
        Fault{R"("value": 0.14)", R"("value": 1.4)", "groups.asian.value", "1.4"},
        Fault{R"("source": "survey", "label": "V", "note")", R"("source": "book", "label": "V", "note")",
              "weight.source", "not among the file's sources"},
        Fault{R"("label": "V", "note")", R"("label": "R", "note")", "weight.label", "only recalled"}));

}  // namespace
}  // namespace evenkeel::content
