#include "report/model_page.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "support/drawn_models.hpp"

namespace evenkeel::report {
namespace {

std::size_t count(std::string_view text, std::string_view part) {
  std::size_t found = 0;
  for (auto i = text.find(part); i != std::string_view::npos; i = text.find(part, i + part.size())) ++found;
  return found;
}
bool has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

pkpd::RandomBlock two_by_two() {
  pkpd::RandomBlock block;
  block.parameters = {"CL", "V"};
  block.distributions = {pkpd::Distribution::log_normal, pkpd::Distribution::log_normal};
  block.covariance = Eigen::MatrixXd{{0.04, 0.03}, {0.03, 0.09}};
  block.from = {"paper", Label::seen, ""};
  return block;
}

TEST(ModelPage, EveryNumberStandsWithItsUnitItsErrorAndItsLabelInWords) {
  pkpd::Model model = test::one_compartment();
  model.parameters.front().standard_error = 0.5;
  model.parameters.front().from.note = "Fixed there.";
  const std::string page = model_page(model);
  EXPECT_TRUE(
      has(page, "<th scope=\"row\">CL</th><td class=\"n\">5 L/h</td><td class=\"n\">0.5 (10 %)</td>"));
  EXPECT_TRUE(has(page, "paper<small>seen in a secondary source</small></td><td>a</td>"));
  EXPECT_TRUE(has(page, "<b>a</b> Fixed there."));
  EXPECT_TRUE(has(page, "<td class=\"n\">10 L</td><td class=\"n\">not given</td>"));
}

TEST(ModelPage, AStandardErrorIsInTheUnitOfTheValueAsGiven) {
  pkpd::Model model = test::one_compartment();
  pkpd::Parameter& p = model.parameters.front();
  p.value = 60.0;  // L/h
  p.value_as_given = 1.0;
  p.unit = "L/min";
  p.standard_error = 6.0;  // L/h
  EXPECT_TRUE(has(model_page(model), "1 L/min</td><td class=\"n\">0.1 (10 %)</td>"));
}

TEST(ModelPage, CovariateEffectsAreReadableFormulas) {
  pkpd::Model model = test::one_compartment();
  const Provenance from{"paper", Label::secondary, ""};
  model.parameters[0].effects = {pkpd::PowerEffect{pkpd::Covariate::weight, 70.0, 0.75, from},
                                 pkpd::GroupEffect{pkpd::Covariate::asian, 0.36, from}};
  model.parameters[1].effects = {pkpd::SlopeEffect{pkpd::Covariate::age, 60.0, -0.2, from}};
  const std::string page = model_page(model);
  EXPECT_TRUE(has(page, "5 L/h × (weight / 70 kg)<sup>0.75</sup> × 0.36 if Asian<"));
  EXPECT_TRUE(has(page, "10 L − 0.2 L × (age − 60) above 60 years<"));
}

TEST(ModelPage, AnEffectFromElsewhereNamesItsSource) {
  pkpd::Model model = test::one_compartment();
  model.parameters[0].effects = {
      pkpd::PowerEffect{pkpd::Covariate::weight, 70.0, 0.75, {"evenkeel", Label::proposal, "Not printed."}}};
  EXPECT_TRUE(has(model_page(model),
                  "Covariate effect: evenkeel: a proposal of this software, not a finding; Not printed."));
}

// CV of exp(eta): sqrt(e^0.04 - 1) = 20.2 %; correlation 0.03 / sqrt(0.04 * 0.09) = 0.5.
TEST(ModelPage, SpreadsAreCoefficientsOfVariationAndCorrelations) {
  pkpd::Model model = test::one_compartment();
  model.variability.blocks = {two_by_two()};
  const std::string page = model_page(model);
  EXPECT_TRUE(has(page, "<th scope=\"row\">CL</th><td class=\"n\">20.2 %</td><td class=\"n\">none</td>"));
  EXPECT_TRUE(has(page, "CL with V, between subjects: 0.50"));
}

TEST(ModelPage, WithoutASpreadThePageSaysThatPersonsDiffer) {
  EXPECT_TRUE(
      has(model_page(test::one_compartment()), "it predicts a typical person only, and persons differ"));
}

TEST(ModelPage, ResidualErrorsStandByOutput) {
  pkpd::Model model = test::one_compartment();
  model.variability.residuals = {
      {"arterial", 0.236, 0.5 * units::ng / units::mL, 0.0, {"paper", Label::seen, ""}}};
  EXPECT_TRUE(has(model_page(model), "<td class=\"n\">23.6 %</td><td class=\"n\">SD 0.5 ng/mL</td>"));
}

// 35 mg over 40 min, V 10 L, CL 5 L/h: 2976 ng/mL at the end; AUC over 24 h 35/5 less what is still there.
TEST(ModelPage, WhatIsReadOffTheTypicalCurveIsTheTextbookValue) {
  const double peak = 52.5 / 5.0 * (1.0 - std::exp(-1.0 / 3.0)) * 1000.0;
  EXPECT_NEAR(peak, 2976.0, 0.5);
  const std::string page = model_page(test::one_compartment());
  EXPECT_TRUE(has(page, "<td class=\"n\">2976</td><td class=\"n\">40 min</td><td class=\"n\">7000</td>"));
}

TEST(ModelPage, DefectsDomainAndSourcesAreThere) {
  pkpd::Model model = test::one_compartment();
  model.caveats = {"Too high after an hour."};
  model.domain.weight = {*Interval<BodyMass>::make(40.0 * units::kg, 90.0 * units::kg),
                         {"paper", Label::seen, "Range studied."}};
  const std::string page = model_page(model);
  EXPECT_TRUE(has(page, "<li>Too high after an hour.</li>"));
  EXPECT_TRUE(has(page, "40 to 90 kg"));
  EXPECT_TRUE(has(page, "Weight: paper: seen in the primary source; Range studied."));
  EXPECT_TRUE(has(page, "<dt>paper</dt><dd>A paper. 2020</dd>"));
}

TEST(ModelPage, AModelWithoutNumbersHasNoCurveAndSaysWhy) {
  pkpd::Model model = test::one_compartment();
  model.parameters.front().value.reset();
  const std::string page = model_page(model);
  EXPECT_TRUE(has(page, "<b>No curve</b>, because parameters of this model come from its user."));
  EXPECT_TRUE(has(page, "given by the user, L/h"));
}

TEST(ModelPage, ThePageRunsNoScriptFetchesNothingAndUsesNoIdTwice) {
  for (const auto& model : test::drawn_models()) {
    const std::string page = model_page(model);
    for (const std::string_view banned : {"<script", "<link", "<img", "@import", "url(", " src="})
      EXPECT_EQ(page.find(banned), std::string::npos) << banned;
    std::set<std::string> seen;
    for (auto i = page.find(" id=\""); i != std::string::npos; i = page.find(" id=\"", i + 5))
      EXPECT_TRUE(seen.insert(page.substr(i, page.find('"', i + 5) - i)).second) << page.substr(i, 40);
    EXPECT_EQ(count(page, "<svg "), count(page, "<title id="));
    EXPECT_EQ(page.find("<td></td>"), std::string::npos);
  }
}

TEST(ModelPage, NoTextOfAModelBecomesMarkup) {
  pkpd::Model model = test::one_compartment();
  const std::string bad = "<script>alert(1)</script>";
  model.id = model.version = model.status = model.title = bad;
  model.aliases = model.caveats = {bad};
  model.sources = {{bad, bad}};
  model.parameters.front().from = {bad, Label::seen, bad};
  model.variability.note = bad;
  model.outputs.front().id = bad;
  for (const std::string& page : {model_page(model), model_index(std::vector{model})}) {
    EXPECT_EQ(page.find("<script"), std::string::npos);
    EXPECT_TRUE(has(page, "&lt;script&gt;"));
  }
}

TEST(ModelIndex, LinksToEveryModelAndPutsTheFirstChoiceFirst) {
  std::vector<pkpd::Model> models{test::one_compartment(), test::three_compartments(),
                                  test::with_metabolite()};
  models[2].preferred = true;
  models[0].on_request = true;
  const std::string page = model_index(models);
  for (const auto& model : models) EXPECT_EQ(count(page, "<a href=\"" + model.id + ".html\">"), 1U);
  EXPECT_LT(page.find("metabolite.html"), page.find("three.html"));
  EXPECT_LT(page.find("three.html"), page.find("one.html"));
  EXPECT_TRUE(has(page, "first choice for racemic ketamine"));
}

}  // namespace
}  // namespace evenkeel::report
