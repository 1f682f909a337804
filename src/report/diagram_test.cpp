#include "report/diagram.hpp"

#include <gtest/gtest.h>

#include <set>

#include "report/diagram_text.hpp"
#include "support/drawn_models.hpp"

namespace evenkeel::report {
namespace {

std::size_t count(std::string_view text, std::string_view part) {
  std::size_t found = 0;
  for (auto i = text.find(part); i != std::string_view::npos; i = text.find(part, i + part.size())) ++found;
  return found;
}

TEST(Diagram, EveryCompartmentIsInBothDrawingsAndInTheWords) {
  const std::string page = diagram(test::three_compartments()).markup;
  EXPECT_EQ(count(page, "<svg "), 2U);
  for (const std::string_view name : {"central", "rapid", "slow"})
    EXPECT_EQ(count(page, ">" + std::string(name) + "</text>"), 2U) << name;
  EXPECT_NE(page.find("central exchanges with rapid by Q2."), std::string::npos);
  EXPECT_NE(page.find("central to out of the body by CL."), std::string::npos);
}

TEST(Diagram, EveryFlowAndEveryPathIsARowOfTheTable) {
  const pkpd::Model model = test::with_film_and_chain();
  std::size_t ways = model.flows.size();
  for (const auto& route : model.routes) ways += route.paths.size();
  const std::string page = diagram(model).markup;
  EXPECT_EQ(count(page, "<tr>") - 1, ways);  // one row is the heading's
  EXPECT_NE(page.find("<td>2 / MTT</td>"), std::string::npos);
  EXPECT_NE(page.find("<td>CL / V</td>"), std::string::npos);
  EXPECT_NE(page.find("<td>mass times RATIO</td>"), std::string::npos);
}

TEST(Diagram, ADelayIsExplainedOnlyWhereThereIsOne) {
  EXPECT_NE(diagram(test::with_film_and_chain()).markup.find("cells that only pass on"), std::string::npos);
  EXPECT_EQ(diagram(test::three_compartments()).markup.find("cells that only pass on"), std::string::npos);
}

TEST(Diagram, NoTextOfAModelBecomesMarkup) {
  pkpd::Model model = test::one_compartment();
  const std::string bad = "<script>";
  model.title = bad;
  model.compartments.front() = {bad, bad};
  model.flows = {{.from = bad, .clearance = bad}};
  model.routes = {{bad, {{.compartment = bad, .lag = bad}}}};
  model.outputs.front().compartment = bad;
  const std::string page = diagram(model).markup;
  EXPECT_EQ(page.find(bad), std::string::npos);
  EXPECT_NE(page.find("&lt;script&gt;"), std::string::npos);
}

TEST(DiagramText, IsBrokenAtSpacesOnly) {
  EXPECT_EQ(broken("gut to liver delay", 10), (std::vector<std::string>{"gut to", "liver", "delay"}));
  EXPECT_EQ(broken("norketamine", 4), (std::vector<std::string>{"norketamine"}));
  EXPECT_EQ(broken("(1\u00A0−\u00A0F1) b", 6), (std::vector<std::string>{"(1\u00A0−\u00A0F1)", "b"}));
  EXPECT_TRUE(broken("", 5).empty());
}

TEST(DiagramText, TheLongestMoleculeIsBrokenAtItsSeam) {
  EXPECT_EQ(name_lines("hydroxynorketamine delay", 11),
            (std::vector<std::string>{"hydroxy-", "norketamine", "delay"}));
  EXPECT_EQ(name_lines("hydroxynorketamine", 20), (std::vector<std::string>{"hydroxynorketamine"}));
}

TEST(DiagramText, CapitalsAreWiderThanSlimLetters) {
  EXPECT_GT(widest({"WWW"}), widest({"lll"}));
  EXPECT_EQ(widest({"a", "abc", "ab"}), widest({"abc"}));
}

}  // namespace
}  // namespace evenkeel::report
