#include <gtest/gtest.h>

#include "content/readers.hpp"

namespace evenkeel::content {
namespace {

// Every kind of member once.
constexpr std::string_view example = R"({
  "schema": "evenkeel.model/2", "id": "example", "version": "1.0.0", "status": "draft", "title": "Example",
  "sources": {"paper": "Somebody 2000"},
  "aliases": ["sample"],
  "dosed": ["esketamine"], "preferred": false, "on_request": true,
  "compartments": [{"id": "depot"}, {"id": "central", "volume": "V"}, {"id": "cell"},
                   {"id": "metabolite", "volume": "VM"}],
  "routes": [
    {"id": "intravenous", "paths": [{"into": "central", "modelled_duration": "D", "modelled_rate": "R"}]},
    {"id": "nasal", "paths": [{"into": "depot", "fraction": ["F", "SHARE"], "lag": "TLAG", "over": "D0"},
                              {"into": "cell", "fraction": [{"one_minus": ["F", "SHARE"]}]}]}
  ],
  "parameters": {
    "CL": {"value": 1.5, "unit": "L/min", "source": "paper", "label": "V", "standard_error": 0.5,
           "effects": [{"covariate": "weight", "reference": 70, "unit": "kg", "exponent": 0.75,
                        "source": "paper", "label": "P", "note": "assumed"},
                       {"covariate": "age", "above": 60, "unit": "a", "per_unit": -0.01,
                        "source": "paper", "label": "V"},
                       {"covariate": "asian", "factor": 0.5, "source": "paper", "label": "V"}]},
    "V": {"value": 2, "unit": "L/kg", "source": "paper", "label": "V"},
    "VM": {"value": 50, "unit": "L", "source": "paper", "label": "V"},
    "KA": {"value": 0.05, "unit": "1/min", "source": "paper", "label": "V"},
    "KM": {"value": 0.5, "unit": "1/h", "source": "paper", "label": "V"},
    "MTT": {"value": 30, "unit": "min", "source": "paper", "label": "V"},
    "TLAG": {"value": 6, "unit": "min", "source": "paper", "label": "V"},
    "D0": {"value": 12, "unit": "min", "source": "paper", "label": "V"},
    "F": {"value": 54, "unit": "%", "source": "paper", "label": "V"},
    "SHARE": {"value": 0.6, "unit": "1", "source": "paper", "label": "V"},
    "RATIO": {"value": 0.94, "unit": "1", "source": "paper", "label": "D"},
    "D": {"given_by": "user", "unit": "h", "note": "column D1"},
    "R": {"given_by": "user", "unit": "mg/h"}
  },
  "flows": [
    {"from": "depot", "to": "central", "rate": "KA"},
    {"from": "central", "to": "cell", "clearance": "CL"},
    {"from": "cell", "to": "metabolite", "mean_time": "MTT", "stages": 2, "fraction": ["SHARE"],
     "yield": ["RATIO"]},
    {"from": "cell", "mean_time": "MTT", "stages": 2, "fraction": [{"one_minus": ["SHARE"]}]},
    {"from": "metabolite", "rate": "KM"}
  ],
  "outputs": [{"id": "K", "compartment": "central", "moiety": "esketamine", "site": "venous"},
              {"id": "M", "compartment": "metabolite", "moiety": "esnorketamine", "site": "venous"}],
  "levels": [],
  "variability": {
    "note": "borrowed",
    "blocks": [{"level": "subject", "parameters": ["CL", "V"], "distribution": "log-normal",
                "covariance": [[0.1, 0.02], [0.02, 0.2]], "source": "paper", "label": "V"},
               {"level": "occasion", "parameters": ["F", "CL"], "distribution": ["logit-normal", "normal"],
                "covariance": [[0.5, 0], [0, 1]], "source": "paper", "label": "V"}],
    "residuals": [{"output": "K", "proportional_sd": 0.1, "additive_sd": {"value": 13, "unit": "ng/mL"},
                   "source": "paper", "label": "V"},
                  {"output": "M", "log_sd": 0.3, "source": "paper", "label": "V"}]
  },
  "domain": {"weight": {"low": 40, "high": 120, "unit": "kg", "source": "paper", "label": "V"},
             "age": {"low": 18, "high": 60, "unit": "a", "source": "paper", "label": "V"}},
  "caveats": []
})";

Result<pkpd::Model, Errors> read_with(std::string_view from, std::string_view to) {
  std::string text{example};
  const auto place = text.find(from);
  EXPECT_NE(place, std::string::npos) << "the example has no " << from;
  if (place != std::string::npos) text.replace(place, from.size(), to);
  return read_model(text);
}

const pkpd::Parameter& parameter(const pkpd::Model& model, std::string_view name) {
  return *std::ranges::find(model.parameters, name, &pkpd::Parameter::name);
}

TEST(ReadModel, PutsEveryNumberInItsCanonicalUnit) {
  const auto model = read_model(example);
  ASSERT_TRUE(model) << to_string(model.error().front());
  const auto& clearance = parameter(*model, "CL");
  EXPECT_EQ(clearance.dimension, pkpd::Dimension::clearance);
  EXPECT_DOUBLE_EQ(*clearance.value, 90.0);
  EXPECT_DOUBLE_EQ(*clearance.standard_error, 30.0);
  EXPECT_DOUBLE_EQ(std::get<pkpd::SlopeEffect>(clearance.effects[1]).per_unit, -0.6);
  EXPECT_TRUE(parameter(*model, "V").per_body_mass);
  EXPECT_EQ(parameter(*model, "MTT").dimension, pkpd::Dimension::time);
  EXPECT_DOUBLE_EQ(*parameter(*model, "MTT").value, 0.5);
  EXPECT_DOUBLE_EQ(*parameter(*model, "F").value, 0.54);
  EXPECT_EQ(parameter(*model, "R").dimension, pkpd::Dimension::input_rate);
  EXPECT_FALSE(parameter(*model, "R").value.has_value());
  EXPECT_DOUBLE_EQ(model->variability.residuals[0].additive_sd.in(units::ng / units::mL), 13.0);
}

TEST(ReadModel, KeepsRoutesFlowsAndRandomEffectsAsTheyStand) {
  const auto model = read_model(example);
  ASSERT_TRUE(model);
  EXPECT_TRUE(model->on_request);
  EXPECT_EQ(model->aliases, std::vector<std::string>{"sample"});
  const auto& nasal = model->routes.at(1).paths;
  ASSERT_EQ(nasal.size(), 2U);
  EXPECT_EQ(nasal[0].fraction.size(), 2U);
  EXPECT_EQ(nasal[0].lag, "TLAG");
  EXPECT_TRUE(nasal[1].fraction.at(0).complement);
  EXPECT_EQ(nasal[1].fraction.at(0).product, (std::vector<std::string>{"F", "SHARE"}));
  EXPECT_EQ(model->flows.at(2).stages, 2);
  EXPECT_EQ(model->flows.at(2).yield.at(0).product.at(0), "RATIO");
  const auto& occasion = model->variability.blocks.at(1);
  EXPECT_EQ(occasion.level, pkpd::Level::occasion);
  EXPECT_EQ(occasion.distributions.at(0), pkpd::Distribution::logit_normal);
  EXPECT_DOUBLE_EQ(model->variability.blocks[0].covariance(0, 1), 0.02);
}

struct Fault {
  std::string_view from;
  std::string_view to;
  std::string_view where;
  std::string_view what;
};

class ReadModelFault : public testing::TestWithParam<Fault> {};

TEST_P(ReadModelFault, IsToldWithItsPlace) {
  const Fault& each = GetParam();
  const auto model = read_with(each.from, each.to);
  ASSERT_FALSE(model) << each.to;
  std::string all;
  for (const Error& error : model.error()) all += to_string(error) + "\n";
  EXPECT_TRUE(std::ranges::any_of(model.error(), [&](const Error& error) {
    return error.where == each.where && error.what.find(each.what) != std::string::npos;
  })) << all;
}

INSTANTIATE_TEST_SUITE_P(
    Routes, ReadModelFault,
    testing::Values(Fault{R"("into": "cell")", R"("into": "liver")", "routes", "no compartment 'liver'"},
                    Fault{R"("lag": "TLAG")", R"("lag": "F")", "routes", "does not fit its use"},
                    Fault{R"("over": "D0")", R"("over": "D9")", "routes", "no parameter 'D9'"},
                    Fault{R"({"value": 12, "unit": "min")", R"({"value": 0, "unit": "min")", "parameters.D0",
                          "above zero"},
                    Fault{R"("modelled_rate": "R")", R"("modelled_rate": "D")", "routes", "unit h"},
                    Fault{R"("id": "nasal")", R"("id": "intravenous")", "routes", "appears twice"},
                    Fault{R"({"value": 54, "unit": "%")", R"({"value": 116, "unit": "%")", "parameters.F",
                          "needs a note"},
                    Fault{R"({"value": 54, "unit": "%")", R"({"value": 116, "note": "seen so", "unit": "%")",
                          "parameters.F", "one minus this would be negative"}));

INSTANTIATE_TEST_SUITE_P(
    Flows, ReadModelFault,
    testing::Values(Fault{R"("rate": "KA")", R"("rate": "KA", "clearance": "CL")", "flows[0]", "exactly one"},
                    Fault{R"(, "rate": "KA")", "", "flows[0]", "exactly one"},
                    Fault{R"("rate": "KA")", R"("rate": "KA", "stages": 2)", "flows[0].stages", "mean_time"},
                    Fault{R"("stages": 2)", R"("stages": 21)", "flows[2].stages", "21"},
                    Fault{R"({"value": 0.6,)", R"({"value": 1.1, "note": "more",)", "parameters.SHARE",
                          "a fraction of a flow is at most 1"},
                    Fault{R"({"value": 0.94,)", R"({"value": 2.1,)", "flows", "a yield of 2.1"},
                    Fault{R"({"from": "metabolite", "rate")",
                          R"({"from": "metabolite", "to": "metabolite", "rate")", "flows", "to itself"}));

INSTANTIATE_TEST_SUITE_P(
    Parameters, ReadModelFault,
    testing::Values(Fault{R"("exponent": 0.75,)", "", "parameters.CL.effects[0]", "an effect has"},
                    Fault{R"("unit": "kg", "exponent")", R"("unit": "a", "exponent")",
                          "parameters.CL.effects[0].unit", "'kg' is expected"},
                    Fault{R"("covariate": "asian")", R"("covariate": "age")",
                          "parameters.CL.effects[2].covariate", "allowed: asian"},
                    Fault{R"("given_by": "user", "unit": "h")", R"("given_by": "fate", "unit": "h")",
                          "parameters.D.given_by", "allowed: user"},
                    Fault{R"("unit": "mg/h"})", R"("unit": "mg"})", "parameters.R.unit", "mg/h"},
                    Fault{R"({"value": 2, "unit": "L/kg")",
                          R"({"effects": [{"covariate": "weight", "reference": 70, "unit": "kg", "exponent":
                              1, "source": "paper", "label": "V"}], "value": 2, "unit": "L/kg")",
                          "parameters.V.effects[0]", "scaled by weight already"}));

INSTANTIATE_TEST_SUITE_P(
    Variability, ReadModelFault,
    testing::Values(Fault{"[[0.1, 0.02], [0.02, 0.2]]", "[[0.1, 0.02], [0.03, 0.2]]",
                          "variability.blocks[0].covariance", "not symmetric"},
                    Fault{"[[0.1, 0.02], [0.02, 0.2]]", "[[0.1, 0.2], [0.2, 0.4]]",
                          "variability.blocks[0].covariance", "rank-deficient"},
                    Fault{"[[0.1, 0.02], [0.02, 0.2]]", "[[0.1, 0.3], [0.3, 0.2]]",
                          "variability.blocks[0].covariance", "not positive definite"},
                    Fault{"[[0.1, 0.02], [0.02, 0.2]]", "[[0.1, 0.02]]", "variability.blocks[0].covariance",
                          "2 rows of 2 numbers"},
                    Fault{"[[0.1, 0.02], [0.02, 0.2]]", "[[0, 0], [0, 0.2]]",
                          "variability.blocks[0].covariance", "a variance is above zero"},
                    Fault{R"(["logit-normal", "normal"])", R"(["logit-normal"])",
                          "variability.blocks[1].distribution", "1 distributions for 2 parameters"},
                    Fault{R"(["logit-normal", "normal"])", R"("logit-normal")", "variability",
                          "logit-normal is for a fraction"},
                    Fault{R"("parameters": ["F", "CL"])", R"("parameters": ["F", "XX"])", "variability",
                          "no parameter 'XX'"},
                    Fault{R"("level": "occasion", "parameters": ["F", "CL"])",
                          R"("level": "subject", "parameters": ["F", "CL"])", "variability", "drawn twice"},
                    Fault{R"("log_sd": 0.3)", R"("log_sd": 0.3, "proportional_sd": 0.1)",
                          "variability.residuals[1]", "a residual has"},
                    Fault{R"("proportional_sd": 0.1)", R"("proportional_sd": -0.1)",
                          "variability.residuals[0].proportional_sd", "-0.1"},
                    Fault{R"("output": "M")", R"("output": "K")", "variability", "two residual errors"}));

INSTANTIATE_TEST_SUITE_P(
    Use, ReadModelFault,
    testing::Values(
        Fault{R"("preferred": false)", R"("preferred": true)", "on_request", "not preferred"},
        Fault{R"("moiety": "esnorketamine")", R"("moiety": "unspecified")", "domain", "has no domain"},
        Fault{R"("dosed": ["esketamine"], "preferred": false, "on_request": true)",
              R"("dosed": ["unspecified"], "preferred": true, "on_request": false)", "preferred",
              "never preferred"},
        Fault{
            R"("domain": {"weight": {"low": 40, "high": 120, "unit": "kg", "source": "paper", "label": "V"},)",
            R"("domain": {)", "domain", "for which weights and ages"},
        Fault{R"("aliases": ["sample"])", R"("aliases": ["sample", "sample"])", "aliases", "appears twice"}));

}  // namespace
}  // namespace evenkeel::content
