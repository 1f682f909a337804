#include "report/plot_exposure.hpp"

#include <gtest/gtest.h>

namespace evenkeel::report {
namespace {

const Instant nine = *Instant::parse("2026-03-02T09:00:00Z");
const Concentration ng_per_mL = units::ng / units::mL;

assess::Assessment two_sessions() {
  assess::Assessment a;
  a.now = nine + 10.0 * units::day;
  for (const int i : {0, 1}) {
    care::Session session;
    session.id = i == 0 ? "s1" : "s2";
    session.start = nine + static_cast<double>(i) * 3.0 * units::day;
    session.weight = 70.0 * units::kg;
    session.ordered = {Decimal{35}};
    session.ordered_length = 40.0 * units::min;
    session.infusion = {{session.start, session.start + 40.0 * units::min, 35.0 * units::mg}};
    a.sessions.push_back({session, {}, {}});
    assess::SessionExposure e;
    e.session = session.id;
    e.peak = {200.0 * ng_per_mL, 40.0 * units::min};
    e.curve = {{0.0, {}}, {40.0, 200.0 * ng_per_mL}, {360.0, 10.0 * ng_per_mL}};
    e.above = {{"dissociation", 100.0 * ng_per_mL, 250.0 * ng_per_mL, Label::seen, 30.0 * units::min},
               {"anaesthesia", 1200.0 * ng_per_mL, 2400.0 * ng_per_mL, Label::seen, Duration{}}};
    a.exposure.sessions.push_back(std::move(e));
  }
  return a;
}

void measure(assess::Assessment& a, care::Analyte analyte, std::optional<double> value,
             std::string not_compared) {
  assess::Comparison c;
  c.event = "m1";
  c.at = nine + 60.0 * units::min;
  c.assay.analyte = analyte;
  if (value) c.assay.value = *value * ng_per_mL;
  c.assay.lower_limit = 5.0 * ng_per_mL;
  c.not_compared = std::move(not_compared);
  a.exposure.comparisons.push_back(std::move(c));
}

bool contains(const Html& markup, std::string_view part) {
  return markup.markup.find(part) != std::string::npos;
}

TEST(PlotExposure, TheLatestSessionStandsInFrontOfTheOthers) {
  const Html plot = plot_curves(two_sessions());
  EXPECT_TRUE(contains(plot, "class=\"curve ghost\""));
  EXPECT_LT(plot.markup.find("class=\"curve ghost\""), plot.markup.find("class=\"curve\""));
  EXPECT_TRUE(contains(curves_legend(two_sessions()), "latest predicted session, s2"));
}

TEST(PlotExposure, ALevelAboveThePlotIsToldAndNotDrawn) {
  EXPECT_TRUE(contains(plot_curves(two_sessions()), "dissociation, from 100 ng/mL"));
  EXPECT_FALSE(contains(plot_curves(two_sessions()), "anaesthesia"));
  EXPECT_TRUE(contains(curves_legend(two_sessions()), "anaesthesia, from 1200 ng/mL, lies above this plot"));
}

TEST(PlotExposure, AComparedValueIsFilledAndOneNotComparedIsHollow) {
  assess::Assessment a = two_sessions();
  measure(a, care::Analyte::ketamine, 150.0, "");
  EXPECT_TRUE(contains(plot_curves(a), "r=\"4.5\" class=\"measured\""));
  EXPECT_FALSE(contains(plot_curves(a), "measured hollow"));
  measure(a, care::Analyte::ketamine, 120.0, "drawn venous");
  EXPECT_TRUE(contains(plot_curves(a), "r=\"4.5\" class=\"measured hollow\""));
}

// A metabolite lay on the parent drug's curve as if the curve were about it.
TEST(PlotExposure, AMetaboliteIsNeverDrawnAsIfTheCurveWereIts) {
  assess::Assessment a = two_sessions();
  measure(a, care::Analyte::norketamine, 60.0, "");
  EXPECT_FALSE(contains(plot_curves(a), "<circle"));
  EXPECT_TRUE(contains(curves_legend(a), "its own prediction is in the table, not on this curve"));
}

TEST(PlotExposure, AValueBelowTheLimitIsATriangleAtTheLimit) {
  assess::Assessment a = two_sessions();
  measure(a, care::Analyte::ketamine, std::nullopt, "");
  EXPECT_TRUE(contains(plot_curves(a), "class=\"measured\""));
  EXPECT_FALSE(contains(plot_curves(a), "<circle"));
  EXPECT_TRUE(contains(curves_legend(a), "drawn at the limit"));
}

TEST(PlotExposure, ASessionWithoutAPredictionHasNoCurveAndTheTableSaysWhy) {
  assess::Assessment a = two_sessions();
  a.exposure.sessions[1].refused = Error{ErrorCode::outside_domain, "session s2", "a weight of 290 kg"};
  a.exposure.sessions[1].curve.clear();
  const Html plot = plot_curves(a);
  EXPECT_TRUE(contains(plot, "not predicted: a weight of 290 kg"));
  EXPECT_TRUE(contains(curves_legend(a), "latest predicted session, s1"));
}

TEST(PlotExposure, NothingPredictedAndNothingMeasuredIsNoPlot) {
  EXPECT_TRUE(plot_curves({}).empty());
  EXPECT_TRUE(plot_each_session({}).empty());
  EXPECT_TRUE(plot_doses({}).empty());
}

TEST(PlotExposure, ASampleBelongsToTheLastSessionBegunBeforeIt) {
  const assess::Assessment a = two_sessions();
  EXPECT_EQ(session_at(a, nine - 1.0 * units::min), nullptr);
  EXPECT_EQ(session_at(a, nine)->id, "s1");
  EXPECT_EQ(session_at(a, nine + 4.0 * units::day)->id, "s2");
}

}  // namespace
}  // namespace evenkeel::report
