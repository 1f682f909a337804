// A site's own numbers in a protocol: only where it may, only as far as it may, and with a trace.

#include "content/protocol_settings.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "content/library_loader.hpp"
#include "content/schema_check.hpp"

namespace evenkeel::content {
namespace {

using nlohmann::json;

const std::filesystem::path source{EVENKEEL_SOURCE_DIR};

std::string protocol() {
  return *read_text(source / "content/protocols/iv-ket-trd-0.5x40.json");
}
std::string schema() {
  return *read_text(source / "schema/protocol-settings-1.schema.json");
}
json example() {
  return json::parse(*read_text(source / "examples/protocol-settings.json"));
}

// Settings of one number, by one person.
json one(const char* place, double value, const char* unit) {
  json made = example();
  made.erase("second");
  made["set"] = {{place, {{"value", value}, {"unit", unit}}}};
  return made;
}

std::string faults_of(const json& settings) {
  const auto read = read_protocol_for_site(protocol(), settings.dump());
  std::string all;
  if (!read) {
    for (const Error& fault : read.error()) all += to_string(fault) + "\n";
  }
  return all;
}

TEST(ProtocolSettings, TheExampleSatisfiesReaderAndSchema) {
  for (const Error& fault : contradictions(example().dump(), schema())) ADD_FAILURE() << to_string(fault);
  EXPECT_EQ(faults_of(example()), "");
}

// R16: the trace of what was set, and by whom.
TEST(ProtocolSettings, WhatIsSetStandsInTheProtocolWithItsTrace) {
  const auto set = *read_protocol_for_site(protocol(), example().dump());
  EXPECT_DOUBLE_EQ(set.session.vitals_every.value.in(units::min), 5.0);
  EXPECT_EQ(set.session.vitals_every.from.source, "site");
  EXPECT_EQ(set.session.vitals_every.from.label, Label::proposal);
  ASSERT_EQ(set.set_by_site.size(), 4U);
  EXPECT_NE(set.set_by_site[0].find("session.vitals_every: 5 min where the protocol has 10 min"),
            std::string::npos);
  EXPECT_NE(set.set_by_site[0].find("head nurse"), std::string::npos);
  EXPECT_DOUBLE_EQ(set.session.vitals_late_after.value.in(units::min), 5.0) << "the rest stays";
}

TEST(ProtocolSettings, OnlyAdjustableNumbersWithinTheirBoundsInTheirUnit) {
  EXPECT_EQ(faults_of(one("session.vitals_every", 5, "min")), "");
  EXPECT_NE(faults_of(one("session.vitals_every", 4.9, "min")).find("may set 5 to 10"), std::string::npos);
  EXPECT_NE(faults_of(one("session.vitals_every", 300, "s")).find("the protocol has 'min'"),
            std::string::npos);
  EXPECT_NE(faults_of(one("session.vitals_ever", 5, "min")).find("no number here"), std::string::npos);
  EXPECT_NE(faults_of(one("session.discharge.moaas", 4, "of 5")).find("does not let a site"),
            std::string::npos);
  EXPECT_NE(faults_of(one("session.during.99.limit", 4, "of 5")).find("no number here"), std::string::npos);
}

// R16: raising a cap takes two people.
TEST(ProtocolSettings, ALooserBoundTakesASecondPerson) {
  const auto alone = one("dosing.bounds.highest", 1.6, "mg/kg");
  EXPECT_NE(faults_of(alone).find("'second' person"), std::string::npos);
  auto two = alone;
  two["second"] = "another";
  EXPECT_EQ(faults_of(two), "");
  two["second"] = two["set_by"];
  EXPECT_NE(faults_of(two).find("same person"), std::string::npos);
  EXPECT_EQ(faults_of(one("dosing.bounds.highest", 1.2, "mg/kg")), "") << "stricter: one will do";
  EXPECT_EQ(faults_of(one("session.during.spo2-below-92.limit", 93, "%")), "") << "stricter from below";
}

TEST(ProtocolSettings, AreForOneVersionOfOneProtocol) {
  auto settings = example();
  settings["protocol_version"] = "1.0.0";
  EXPECT_NE(faults_of(settings).find("the settings are for"), std::string::npos);
}

TEST(ProtocolSettings, WhatTheProtocolItselfCannotHoldIsStillRefused) {
  auto settings = one("dosing.bounds.per_week", 1.5, "mg/kg");  // within what may be set...
  settings["set"]["dosing.bounds.highest"] = {{"value", 2}, {"unit", "mg/kg"}};
  settings["second"] = "another";
  EXPECT_NE(faults_of(settings).find("could never be given"), std::string::npos)
      << "...but not beside that dose";
}

TEST(ProtocolSettings, EveryNumberWatchedFromAboveIsLooserHigher) {
  EXPECT_TRUE(makes_looser("session.during.x.limit", true, true));
  EXPECT_FALSE(makes_looser("session.during.x.limit", false, true));
  EXPECT_TRUE(makes_looser("session.during.x.limit", false, false));
  EXPECT_TRUE(makes_looser("dosing.infusion_length", false, false)) << "faster";
  EXPECT_FALSE(makes_looser("dosing.infusion_length", true, false));
  EXPECT_TRUE(makes_looser("a.place.of.tomorrow", true, false)) << "what is not known is never stricter";
  EXPECT_TRUE(makes_looser("a.place.of.tomorrow", false, false));
}

TEST(ProtocolSettings, WhateverBreaksTheSchemaTheReaderRefuses) {
  for (const char* key : {"schema", "protocol", "set", "set_by", "reason", "date"}) {
    for (const json& value : {json(7), json(nullptr), json("")}) {
      json broken = example();
      broken[key] = value;
      EXPECT_FALSE(contradictions(broken.dump(), schema()).empty()) << key << value;
      EXPECT_NE(faults_of(broken), "") << key << value;
    }
    json without = example();
    without.erase(key);
    EXPECT_FALSE(contradictions(without.dump(), schema()).empty()) << key;
    EXPECT_NE(faults_of(without), "") << key;
  }
  json unknown = example();
  unknown["never heard of"] = 1;
  EXPECT_FALSE(contradictions(unknown.dump(), schema()).empty());
  EXPECT_NE(faults_of(unknown), "");
}

}  // namespace
}  // namespace evenkeel::content
