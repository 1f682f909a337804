// What is predicted, for which sessions, and why not where nothing is.

#include "assess/exposure.hpp"

#include <gtest/gtest.h>

#include "support/chart.hpp"

namespace evenkeel::assess {
namespace {

using namespace test;
using units::h;
using units::mL;
using units::ng;

Exposure exposed(const History& history, std::string model = "", bool lines_set_aside = false) {
  const care::Record record = history.record();
  const auto valid = record.valid();
  const auto sessions = care::sessions(valid, day(300));
  care::Facts facts = care::latest_facts(valid);
  if (!facts.born) facts.born = *Date::parse("1984-05-02");
  return expose({valid, sessions, library().models, std::move(model), facts, lines_set_aside});
}

care::Assay assay(care::Analyte analyte, care::Site site, std::optional<double> ng_per_mL = 100.0) {
  care::Assay body{analyte, site, {}, {}};
  if (ng_per_mL)
    body.value = *ng_per_mL * (ng / mL);
  else
    body.lower_limit = 1.0 * (ng / mL);
  return body;
}

const pkpd::Model& preferred() {
  const auto found = std::ranges::find_if(library().models, [](const pkpd::Model& m) {
    return m.preferred && m.dosed.front() == pkpd::Moiety::racemic_ketamine;
  });
  expects(found != library().models.end(), "a preferred model for the racemate");
  return *found;
}
care::Site its_site() {
  return preferred().outputs.front().site == pkpd::SamplingSite::arterial ? care::Site::arterial
                                                                          : care::Site::venous;
}
care::Site other_site() {
  return its_site() == care::Site::arterial ? care::Site::venous : care::Site::arterial;
}

TEST(Expose, IsEmptyWithoutSessions) {
  const Exposure found = exposed(History{});
  EXPECT_FALSE(found.model);
  EXPECT_FALSE(found.refused);
}

TEST(Expose, UsesThePreferredModelOrTheOneNamed) {
  History history;
  history.infuse("s1", day(1));
  EXPECT_EQ(exposed(history).model->id, preferred().id);
  EXPECT_EQ(exposed(history, preferred().id).model->version, preferred().version);
  const Exposure unknown = exposed(history, "nobody");
  EXPECT_FALSE(unknown.model);
  EXPECT_EQ(unknown.refused->code, ErrorCode::not_found);
  EXPECT_TRUE(unknown.sessions.empty());
}

TEST(Expose, AWindowIsADayOrUntilTheNextSession) {
  History history;
  history.infuse("s1", day(0));
  history.infuse("s2", minute(120));
  history.infuse("s3", day(3));
  const Exposure found = exposed(history);
  ASSERT_EQ(found.sessions.size(), 3U);
  EXPECT_EQ(found.sessions[0].window, 2.0 * h);
  EXPECT_EQ(found.sessions[1].window, 24.0 * h);
  EXPECT_EQ(found.sessions[2].window, 24.0 * h);
}

TEST(Expose, WhatIsLeftOfOneSessionAddsToTheNext) {
  History alone;
  alone.infuse("s2", minute(120));
  History both;
  both.infuse("s1", day(0));
  both.infuse("s2", minute(120));
  const auto single = exposed(alone).sessions.at(0);
  const auto second = exposed(both).sessions.at(1);
  EXPECT_GT(second.peak.value, single.peak.value);
  EXPECT_GT(second.area, single.area);
  EXPECT_GT(second.curve.front().value, single.curve.front().value);
}

TEST(Expose, ACurveRunsFromTheStartToSixHours) {
  History history;
  history.infuse("s1", day(0));
  const auto session = exposed(history).sessions.at(0);
  EXPECT_EQ(session.curve.front().minutes, 0.0);
  EXPECT_EQ(session.curve.front().value, Concentration{});
  EXPECT_EQ(session.curve.back().minutes, 360.0);
  EXPECT_NEAR(session.peak.at.in(units::min), 40.0, 0.01);
  for (const CurvePoint& point : session.curve) EXPECT_LE(point.value, 1.000001 * session.peak.value);
}

TEST(Expose, ADoubledDoseDoublesThePrediction) {
  History once;
  once.infuse("s1", day(0), "35");
  History twice;
  twice.infuse("s1", day(0), "70");
  const auto one = exposed(once).sessions.at(0);
  const auto two = exposed(twice).sessions.at(0);
  EXPECT_NEAR(two.peak.value / one.peak.value, 2.0, 1e-9);
  EXPECT_NEAR(two.area / one.area, 2.0, 1e-9);
}

TEST(Expose, StopsAtTheFirstSessionOutsideTheDomain) {
  History history;
  history.infuse("s1", day(0));
  history.infuse("s2", day(3), "4", 7.0);  // 7 kg
  history.infuse("s3", day(6));
  history.add(day(7), assay(care::Analyte::ketamine, its_site()));
  const Exposure found = exposed(history);
  EXPECT_FALSE(found.refused);
  EXPECT_FALSE(found.sessions.at(0).refused);
  EXPECT_EQ(found.sessions.at(1).refused->code, ErrorCode::outside_domain);
  EXPECT_EQ(found.sessions.at(1).refused->where, "session s2");
  EXPECT_EQ(found.sessions.at(2).refused->where, "session s3");
  EXPECT_NE(found.sessions.at(2).refused->what.find("because session s2 is not"), std::string::npos);
  EXPECT_FALSE(found.comparisons.at(0).predicted);
  EXPECT_FALSE(found.comparisons.at(0).not_compared.empty());
}

TEST(Expose, RefusesAllWhenTheFirstIsOutside) {
  History history;
  history.infuse("s1", day(0), "4", 7.0);
  history.add(day(1), assay(care::Analyte::ketamine, its_site()));
  const Exposure found = exposed(history);
  EXPECT_EQ(found.refused->code, ErrorCode::outside_domain);
  EXPECT_FALSE(found.comparisons.at(0).not_compared.empty());
}

// A depot with a bioavailability would have been passed over without a word.
TEST(Expose, RefusesAModelWhoseFirstRouteIsNotTheVein) {
  History history;
  history.infuse("s1", day(0));
  const care::Record record = history.record();
  const auto valid = record.valid();
  const auto sessions = care::sessions(valid, day(300));
  for (const char* change : {"another route first", "a fraction"}) {
    pkpd::Model model = preferred();
    if (std::string(change) == "a fraction") {
      model.routes.front().paths.front().fraction = {{{model.parameters.front().name}, false}};
    } else {
      model.routes.front().id = "oral";
    }
    const Exposure found = expose({valid, sessions, {&model, 1}, "", care::latest_facts(valid), false});
    ASSERT_TRUE(found.refused.has_value()) << change;
    EXPECT_EQ(found.refused->code, ErrorCode::outside_domain) << change;
    EXPECT_NE(found.refused->what.find("by vein"), std::string::npos) << change;
  }
}

TEST(Expose, TakesTheModelsOtherNamesToo) {
  History history;
  history.infuse("s1", day(0));
  const care::Record record = history.record();
  const auto valid = record.valid();
  const auto sessions = care::sessions(valid, day(300));
  pkpd::Model model = preferred();
  model.aliases = {"house-model"};
  const Exposure found =
      expose({valid, sessions, {&model, 1}, "house-model", care::latest_facts(valid), false});
  ASSERT_TRUE(found.model.has_value());
  EXPECT_EQ(found.model->id, model.id);
}

TEST(Expose, RefusesTwoDrugsInOneCourse) {
  History history;
  history.infuse("s1", day(0));
  care::SessionStarted other = started("s2");
  other.drug = care::Drug::esketamine;
  history.add(day(3), other);
  history.add(day(3) + 40.0 * units::min, ended("s2"));
  const Exposure found = exposed(history);
  EXPECT_FALSE(found.model);
  EXPECT_EQ(found.refused->code, ErrorCode::outside_domain);
  EXPECT_EQ(found.refused->where, "session s2");
}

TEST(Expose, AnUnknownInfusionIsRefusedAndWarnedOfForAWeek) {
  History history;
  history.infuse("s1", day(0));
  history.events[1].body = ended("s1", "20");
  history.infuse("s2", day(6.9));
  history.infuse("s3", day(7));
  const Exposure found = exposed(history);
  EXPECT_EQ(found.sessions.at(0).refused->code, ErrorCode::invalid_input);
  ASSERT_EQ(found.sessions.at(1).cautions.size(), 1U);
  EXPECT_NE(found.sessions.at(1).cautions[0].find("too low by what is left of session s1"),
            std::string::npos);
  EXPECT_TRUE(found.sessions.at(2).cautions.empty());  // seven days exactly
}

TEST(Expose, LinesSetAsideAreACautionOnEverySession) {
  History history;
  history.infuse("s1", day(0));
  EXPECT_TRUE(exposed(history).sessions.at(0).cautions.empty());
  EXPECT_EQ(exposed(history, "", true).sessions.at(0).cautions.size(), 1U);
}

TEST(Compare, AMeasurementStandsBesideItsPrediction) {
  History history;
  history.infuse("s1", day(0));
  history.add(minute(60), assay(care::Analyte::ketamine, its_site(), 100.0));
  const auto found = exposed(history);
  const Comparison& c = found.comparisons.at(0);
  ASSERT_TRUE(c.predicted);
  EXPECT_NEAR(*c.ratio, 100.0 / c.predicted->in(ng / mL), 1e-9);
  EXPECT_TRUE(c.not_compared.empty());
  for (const CurvePoint& point : found.sessions[0].curve) {
    if (point.minutes == 60.0) {
      EXPECT_NEAR(point.value / *c.predicted, 1.0, 1e-9);
    }
  }
}

TEST(Compare, BelowTheLimitHasAPredictionButNoRatio) {
  History history;
  history.infuse("s1", day(0));
  history.add(minute(60), assay(care::Analyte::ketamine, its_site(), std::nullopt));
  const Comparison c = exposed(history).comparisons.at(0);
  EXPECT_TRUE(c.predicted);
  EXPECT_FALSE(c.ratio);
}

TEST(Compare, BeforeTheFirstDoseNothingIsPredictedAndThereIsNoRatio) {
  History history;
  history.add(minute(-10), assay(care::Analyte::ketamine, its_site(), 5.0));
  history.infuse("s1", day(0));
  const Comparison c = exposed(history).comparisons.at(0);
  EXPECT_EQ(c.predicted, Concentration{});
  EXPECT_FALSE(c.ratio);
}

TEST(Compare, AnotherSiteOrAnEnantiomerOfTheRacemateIsNotCompared) {
  History history;
  history.infuse("s1", day(0));
  history.add(minute(60), assay(care::Analyte::ketamine, other_site()));
  history.add(minute(61), assay(care::Analyte::esketamine, its_site()));
  const auto found = exposed(history);
  EXPECT_NE(found.comparisons.at(0).not_compared.find("drawn"), std::string::npos);
  EXPECT_NE(found.comparisons.at(1).not_compared.find("esketamine alone is not predicted"),
            std::string::npos);
  for (const Comparison& c : found.comparisons) EXPECT_FALSE(c.predicted);
}

TEST(Compare, WithinAWeekOfAnUnknownInfusionNothingIsCompared) {
  History history;
  history.infuse("s1", day(0));
  history.events[1].body = ended("s1", "20");
  history.add(day(6.9), assay(care::Analyte::ketamine, its_site()));
  history.infuse("s2", day(7.5));
  history.add(day(7.6), assay(care::Analyte::ketamine, its_site()));
  const auto found = exposed(history);
  EXPECT_EQ(found.comparisons.at(0).not_compared, "the infusion of session s1 is not known");
  EXPECT_TRUE(found.comparisons.at(1).predicted);
}

}  // namespace
}  // namespace evenkeel::assess
