#include <gtest/gtest.h>

#include <set>

#include "report/simulation.hpp"

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

SimulatedModel model(const std::string& id, double scale) {
  SimulatedModel made;
  made.id = id;
  made.version = "1.0.0";
  made.status = "released";
  made.title = "Title of " + id;
  made.dosed = "racemic-ketamine";
  made.variability = "The spread is drawn.";
  made.caveats = {"Caveat of " + id};
  made.curves = {{"ketamine-arterial",
                  "ng/mL",
                  {5.0, 50.0, 95.0},
                  {{0.0, 50.0 * scale, 10.0}, {0.0, 100.0 * scale, 20.0}, {0.0, 200.0 * scale, 40.0}}}};
  made.quantities = {{"ketamine-arterial", "Cmax", "ng/mL", {50.0, 100.0, 200.0}}};
  return made;
}

Simulation two_models() {
  Simulation s;
  s.program = "evenkeel 9.9";
  s.title = "Three doses";
  s.subjects = "100 simulated subjects, seed 7.";
  s.seed = 7;
  s.count = 100;
  s.doses = {{0.0, "35 mg over 40 min", 2.0 / 3.0, 2, 48.0}};
  s.times_h = {0.0, 1.0, 120.0};
  s.models = {model("one", 1.0), model("two", 2.0)};
  return s;
}

TEST(SimulationPage, EachModelHasItsPlotsWithMedianAndBand) {
  const std::string page = simulation_page(two_models());
  EXPECT_EQ(count(page, "<svg "), 4U);  // two models, linear and logarithmic
  EXPECT_EQ(count(page, "class=\"spread\""), 4U);
  EXPECT_EQ(count(page, "<polyline"), 4U);
  EXPECT_TRUE(has(page, "P5 to P95"));
}

TEST(SimulationPage, ModelsSideBySideShareTheirAxes) {
  const std::string page = simulation_page(two_models());
  // The highest value is 400: its tick stands in the linear plot of either model.
  EXPECT_EQ(count(page, ">400</text>"), 2U);
}

TEST(SimulationPage, EveryRepeatedDoseIsCountedAndMarked) {
  const std::string page = simulation_page(two_models());
  EXPECT_TRUE(has(page, "<dt>Doses</dt><dd>3<small>35 mg over 40 min"));
  EXPECT_EQ(count(page, "class=\"dose-mark\""), 12U);
}

TEST(SimulationPage, ADoseAfterTheLastTimeIsNotMarked) {
  Simulation s = two_models();
  s.times_h = {0.0, 1.0, 50.0};
  EXPECT_EQ(count(simulation_page(s), "class=\"dose-mark\""), 8U);
}

TEST(SimulationPage, TheQuantitiesStandUnderTheirPercentiles) {
  const std::string page = simulation_page(two_models());
  EXPECT_TRUE(has(page, "<th scope=\"col\" class=\"n\">P5</th><th scope=\"col\" class=\"n\">median</th>"));
  EXPECT_TRUE(has(page,
                  "<th scope=\"row\">one</th><td>ketamine arterial</td><td>Cmax, ng/mL</td>"
                  "<td class=\"n\">50.0</td><td class=\"n\">100</td><td class=\"n\">200</td>"));
}

TEST(SimulationPage, TheNumbersOfThePlotsAreInATable) {
  EXPECT_TRUE(has(simulation_page(two_models()),
                  "<th scope=\"row\">1</th><td class=\"n\">50.0</td><td class=\"n\">100</td><td "
                  "class=\"n\">200</td><td class=\"n\">100</td>"));
}

TEST(SimulationPage, ASingleCurveHasNoBand) {
  Simulation s = two_models();
  s.models.pop_back();
  s.models.front().curves.front().percentiles.clear();
  s.models.front().curves.front().values = {{0.0, 100.0, 20.0}};
  s.models.front().quantities.front().values = {100.0};
  const std::string page = simulation_page(s);
  EXPECT_EQ(count(page, "class=\"spread\""), 0U);
  EXPECT_TRUE(has(page, "<th scope=\"col\" class=\"n\">Value</th>"));
}

TEST(SimulationPage, ASingleTimeIsATableWithoutAPlot) {
  Simulation s = two_models();
  s.times_h = {1.0};
  for (auto& each : s.models) each.curves.front().values = {{50.0}, {100.0}, {200.0}};
  const std::string page = simulation_page(s);
  EXPECT_EQ(count(page, "<svg "), 0U);
  EXPECT_TRUE(has(page, "<td class=\"n\">200</td>"));
}

TEST(SimulationPage, CaveatsAssumptionsAndProgramAreThere) {
  const std::string page = simulation_page(two_models());
  for (const std::string_view part : {"<li>Caveat of one</li>", "<li>Caveat of two</li>",
                                      "The spread is drawn.", "evenkeel 9.9", "seed 7", "status released"})
    EXPECT_TRUE(has(page, part)) << part;
}

TEST(SimulationPage, NoTextBecomesMarkupNoScriptRunsAndNoIdIsUsedTwice) {
  Simulation s = two_models();
  const std::string bad = "<script>";
  s.program = s.title = s.subjects = s.doses.front().words = bad;
  auto& m = s.models.front();
  m.id = m.version = m.status = m.title = m.dosed = m.variability = m.caveats.front() = bad;
  m.curves.front().name = m.curves.front().unit = bad;
  m.quantities.front() = {bad, bad, bad, {1.0, 2.0, 3.0}};
  const std::string page = simulation_page(s);
  for (const std::string_view banned : {"<script", "<link", "<img", "@import", "url(", " src="})
    EXPECT_FALSE(has(page, banned)) << banned;
  EXPECT_EQ(count(page, "<svg "), count(page, "<title id="));
  std::set<std::string> seen;
  for (auto i = page.find(" id=\""); i != std::string::npos; i = page.find(" id=\"", i + 5))
    EXPECT_TRUE(seen.insert(page.substr(i, page.find('"', i + 5) - i)).second) << page.substr(i, 40);
}

}  // namespace
}  // namespace evenkeel::report
