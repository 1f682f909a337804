// Sites: the example satisfies reader and schema, and whatever breaks the schema, the reader refuses.
// (The reader knows more: which unit a limit has, and which numbers belong together.)

#include <gtest/gtest.h>

#include <filesystem>

#include "content/library_loader.hpp"
#include "content/schema_check.hpp"
#include "content/site_reader.hpp"
#include "mutations.hpp"

namespace evenkeel::content {
namespace {

const std::filesystem::path source{EVENKEEL_SOURCE_DIR};

std::string schema() {
  return *read_text(source / "schema/site-1.schema.json");
}
std::string example() {
  return *read_text(source / "examples/site.json");
}

TEST(SiteContract, TheExampleSatisfiesReaderAndSchema) {
  for (const Error& fault : contradictions(example(), schema())) ADD_FAILURE() << to_string(fault);
  const auto site = read_site(example());
  ASSERT_TRUE(site) << to_string(site.error().front());
  ASSERT_EQ(site->limits.size(), 5U);
  EXPECT_EQ(site->limits[0].value.to_string(), "1.0");
  EXPECT_EQ(site->limits[0].origin, plan::Origin::site);
  EXPECT_NE(site->limits[0].source.find("Australian"), std::string::npos);
  EXPECT_EQ(site->syringe.mg_per_mL.to_string(), "2");
  EXPECT_EQ(site->freshness.pressure_giving.value, 12.0 * units::h);
  EXPECT_EQ(site->hours.size(), 3U);
  EXPECT_EQ(site->hours[0].from_min, 480);
}

TEST(SiteContract, WhateverBreaksTheSchemaTheReaderRefuses) {
  const std::string rules = schema();
  std::size_t broken = 0;
  for (const auto& mutation : test::mutations(nlohmann::json::parse(example()))) {
    const std::string mutated = mutation.document.dump();
    if (contradictions(mutated, rules).empty()) continue;
    ++broken;
    EXPECT_FALSE(read_site(mutated)) << "the reader accepts " << mutation.what;
  }
  EXPECT_GT(broken, 150U);
}

TEST(SiteContract, AnUnknownKeyAnywhereIsRefusedByBoth) {
  const std::string rules = schema();
  for (const auto& mutation : test::mutations(nlohmann::json::parse(example()))) {
    if (!mutation.what.starts_with("unknown key")) continue;
    const std::string mutated = mutation.document.dump();
    EXPECT_FALSE(contradictions(mutated, rules).empty()) << "the schema accepts an " << mutation.what;
    EXPECT_FALSE(read_site(mutated)) << "the reader accepts an " << mutation.what;
  }
}

TEST(SiteContract, ReaderAndSchemaHaveTheSameBounds) {
  struct Case {
    const char* place;
    const char* value;
    bool allowed;
  };
  for (const Case& each :
       {Case{"/limits/1/value", "0", false}, Case{"/limits/1/value", "-1", false},
        Case{"/limits/1/value", "100000", true}, Case{"/limits/1/value", "100001", false},
        Case{"/limits/0/kind", "\"dose_per_pound\"", false}, Case{"/syringe/step/value", "0", false},
        Case{"/syringe/step/unit", "\"mg\"", false}, Case{"/pump/largest_rate/value", "0.1", true},
        Case{"/freshness/weight/value", "0", false}, Case{"/freshness/weight/unit", "\"kg\"", false},
        Case{"/hours/0/weekday", "0", false}, Case{"/hours/0/weekday", "8", false},
        Case{"/hours/0/from", "\"24:01\"", false}, Case{"/hours/0/until", "\"24:00\"", true},
        Case{"/hours/0/from", "\"7:30\"", false}, Case{"/hours/0/from", "\"07:60\"", false}}) {
    auto tree = nlohmann::json::parse(example());
    tree[nlohmann::json::json_pointer{each.place}] = nlohmann::json::parse(each.value);
    EXPECT_EQ(contradictions(tree.dump(), schema()).empty(), each.allowed) << each.place << " " << each.value;
    EXPECT_EQ(read_site(tree.dump()).has_value(), each.allowed) << each.place << " " << each.value;
  }
}

// What the form cannot say.
TEST(SiteContract, TheReaderKnowsMoreThanTheForm) {
  struct Case {
    const char* place;
    const char* value;
  };
  for (const Case& each : {Case{"/limits/1/unit", "\"mg/kg\""}, Case{"/limits/1/kind", "\"dose_per_kg\""},
                           Case{"/limits/4/value", "2.5"}, Case{"/limits/1/value", "0.0000001"},
                           Case{"/syringe/step/value", "51"}, Case{"/pump/rate_step/value", "1201"},
                           Case{"/limits/0/source", "\"nobody\""}, Case{"/hours/0/until", "\"08:00\""},
                           Case{"/freshness/weight/value", "401"}}) {
    auto tree = nlohmann::json::parse(example());
    tree[nlohmann::json::json_pointer{each.place}] = nlohmann::json::parse(each.value);
    EXPECT_FALSE(read_site(tree.dump())) << each.place << " " << each.value;
  }
}

}  // namespace
}  // namespace evenkeel::content
