#include "report/diagram_graph.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "support/drawn_models.hpp"

namespace evenkeel::report {
namespace {

std::size_t box(const Graph& graph, const std::string& name) {
  const auto found = std::ranges::find(graph.boxes, name, &Box::name);
  EXPECT_NE(found, graph.boxes.end()) << name;
  return static_cast<std::size_t>(found - graph.boxes.begin());
}

const Arrow* arrow(const Graph& graph, const std::string& from, const std::string& to) {
  const auto found = std::ranges::find_if(graph.arrows, [&](const Arrow& a) {
    return graph.boxes[a.from].name == from && graph.boxes[a.to].name == to;
  });
  return found == graph.arrows.end() ? nullptr : &*found;
}

std::size_t count(const Graph& graph, BoxKind kind) {
  return static_cast<std::size_t>(std::ranges::count(graph.boxes, kind, &Box::kind));
}

TEST(DiagramGraph, TwoFlowsThatGoAndReturnAreOneExchange) {
  const Graph graph = graph_of(test::three_compartments());
  EXPECT_EQ(graph.arrows.size(), 4U);  // in, out, and two exchanges for four flows
  const Arrow* exchange = arrow(graph, "central", "rapid");
  ASSERT_NE(exchange, nullptr);
  EXPECT_TRUE(exchange->exchange);
  EXPECT_EQ(exchange->label, "Q2");
  EXPECT_EQ(exchange->back_label, "");
}

TEST(DiagramGraph, AnExchangeByTwoParametersNamesBoth) {
  pkpd::Model model = test::one_compartment();
  model.compartments.push_back({"other", ""});
  model.flows.push_back({.from = "central", .to = "other", .rate = "K12"});
  model.flows.push_back({.from = "other", .to = "central", .rate = "K21"});
  const Graph graph = graph_of(model);
  const Arrow* exchange = arrow(graph, "central", "other");
  ASSERT_NE(exchange, nullptr);
  EXPECT_EQ(exchange->label, "K12");
  EXPECT_EQ(exchange->back_label, "K21");
}

TEST(DiagramGraph, TheCellsOfAChainAreOneBoxThatCountsThem) {
  const Graph graph = graph_of(test::with_film_and_chain());
  const Box& chain = graph.boxes[box(graph, "delay")];
  EXPECT_EQ(chain.kind, BoxKind::delay);
  EXPECT_EQ(chain.detail, "2 cells, MTT");
  EXPECT_EQ(graph.boxes[box(graph, "gut delay")].detail, "1 cell, MTTG");
  ASSERT_NE(arrow(graph, "delay", "norketamine"), nullptr);
  EXPECT_EQ(arrow(graph, "delay", "norketamine")->label, "FM ×\u00A0RATIO");
  ASSERT_NE(arrow(graph, "gut delay", "delay"), nullptr);
}

TEST(DiagramGraph, ACellThatIsFedFromElsewhereAsWellStandsAlone) {
  pkpd::Model model = test::with_film_and_chain();
  model.flows.push_back({.from = "norketamine", .to = "delay-2", .rate = "KA1"});
  const Graph graph = graph_of(model);
  EXPECT_EQ(graph.boxes[box(graph, "delay 1")].detail, "1 cell, MTT");
  EXPECT_EQ(graph.boxes[box(graph, "delay 2")].detail, "1 cell, MTT");
}

TEST(DiagramGraph, BoxesAreOfTheKindTheirFlowsSay) {
  const Graph graph = graph_of(test::with_film_and_chain());
  EXPECT_EQ(graph.boxes[box(graph, "film")].kind, BoxKind::route);
  EXPECT_EQ(graph.boxes[box(graph, "gut")].kind, BoxKind::depot);
  EXPECT_EQ(graph.boxes[box(graph, "slow")].kind, BoxKind::peripheral);
  EXPECT_EQ(graph.boxes[box(graph, "norketamine peripheral")].kind, BoxKind::peripheral);
  EXPECT_EQ(graph.boxes[box(graph, "central")].kind, BoxKind::body);
  EXPECT_TRUE(graph.boxes[box(graph, "norketamine")].predicted);
  EXPECT_EQ(graph.hub, box(graph, "central"));
  EXPECT_EQ(count(graph, BoxKind::outside), 2U);  // what norketamine and the chain lose
}

TEST(DiagramGraph, ACompartmentThatAlsoPassesDrugOnIsNoPeripheral) {
  const Graph graph = graph_of(test::with_liver());
  EXPECT_EQ(graph.boxes[box(graph, "liver")].kind, BoxKind::body);
}

TEST(DiagramGraph, SeveralWaysOutOfACompartmentAreOneArrow) {
  pkpd::Model model = test::one_compartment();
  model.flows.push_back({.from = "central", .clearance = "CLR"});
  const Graph graph = graph_of(model);
  EXPECT_EQ(count(graph, BoxKind::outside), 1U);
  EXPECT_EQ(arrow(graph, "central", "out of the body")->label, "CL + CLR");
}

TEST(DiagramGraph, RoutesIntoTheSameCompartmentsAreOneBox) {
  const Graph graph = graph_of(test::with_liver());
  EXPECT_EQ(count(graph, BoxKind::route), 2U);
  const std::string nasal = "nasal first, nasal further";
  EXPECT_EQ(arrow(graph, nasal, "nose")->label, "FN or FN ·\u00A0FURTHER");
}

TEST(DiagramGraph, APathSaysShareDelayAndPace) {
  EXPECT_EQ(path_text({.compartment = "c", .fraction = {{{"F1"}, false}}, .lag = "ALAG1", .over = "D1"}),
            "F1, after ALAG1, over D1");
  EXPECT_EQ(path_text({.compartment = "c"}), "");
}

TEST(DiagramGraph, AFlowIsNamedByItsRateAndItsShare) {
  EXPECT_EQ(flow_text({.from = "a", .rate = "KA", .fraction = {{{"F1"}, true}}}),
            "KA ·\u00A0(1\u00A0−\u00A0F1)");
  EXPECT_EQ(flow_text({.from = "a", .mean_time = "MTT", .stages = 2}), "");
}

}  // namespace
}  // namespace evenkeel::report
