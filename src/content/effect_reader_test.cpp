// The readers of effects and interactions: one thing wrong at a time, and where it is told.
#include <gtest/gtest.h>

#include <string>

#include "content/readers.hpp"

namespace evenkeel::content {
namespace {

const std::string effect_text = R"({
  "schema": "evenkeel.effect/1", "id": "e", "version": "1.0.0", "status": "released", "title": "E",
  "sources": {"s": "S"},
  "endpoint": "score", "unit": "points", "population": "children",
  "pairing": {"moiety": "racemic-ketamine", "site": "not_seen", "models": ["m"], "any_model": false,
              "source": "s", "label": "V"},
  "delay": {"kind": "half_life", "half_life": {"value": 11, "unit": "s", "source": "s", "label": "V"}},
  "form": {"kind": "sigmoid_emax",
    "baseline": {"value": 5, "unit": "points", "source": "s", "label": "V"},
    "largest": {"value": 0.9, "unit": "1", "source": "s", "label": "V"},
    "direction": "falls",
    "c50": {"value": 0.56, "unit": "mg/L", "low": 0.2, "high": 1.5, "interval": "range", "source": "s",
            "label": "V"},
    "gamma": {"value": 3.7, "unit": "1", "source": "s", "label": "V"}},
  "caveats": ["c"]})";

const std::string interaction_text = R"({
  "schema": "evenkeel.interaction/1", "id": "i", "version": "1.0.0", "status": "released", "title": "I",
  "sources": {"s": "S"}, "with": "juice", "mechanism": "inhibits",
  "acts_on": {"value": "liver", "source": "s", "label": "P"},
  "observed": [{"route": "oral", "dosed": "esketamine", "study": "n 12",
    "auc_ratio": {"value": 3, "unit": "1", "low": 2.4, "high": 3.6, "interval": "as printed", "source": "s",
                  "label": "V"},
    "source": "s", "label": "V"}],
  "remarks": [{"text": "t", "source": "s", "label": "V"}]})";

std::string changed(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  if (at != std::string::npos) text.replace(at, from.size(), to);
  return text;
}

struct Fault {
  std::string from;
  std::string to;
  std::string where;
  std::string what;
};

template <class T>
void expect_fault(const Result<T, Errors>& read, const Fault& fault) {
  ASSERT_FALSE(read.has_value()) << fault.to;
  std::string all;
  bool found = false;
  for (const Error& error : read.error()) {
    all += to_string(error) + "\n";
    found = found || (error.where == fault.where && error.what.find(fault.what) != std::string::npos);
  }
  EXPECT_TRUE(found) << fault.where << ": " << fault.what << " is not in:\n" << all;
}

TEST(ReadEffect, TakesEveryNumberInItsUnitWithItsInterval) {
  const auto effect = read_effect(effect_text);
  ASSERT_TRUE(effect.has_value()) << to_string(effect.error().front());
  const auto& form = std::get<pkpd::SigmoidEmax>(effect->form);
  EXPECT_NEAR(form.c50.value.in(units::ng / units::mL), 560.0, 1e-9);
  EXPECT_NEAR(form.c50.low().in(units::ng / units::mL), 200.0, 1e-9);
  EXPECT_EQ(form.c50.interval_is, "range");
  EXPECT_FALSE(form.largest.interval.has_value());
  EXPECT_TRUE(form.falls);
  EXPECT_FALSE(effect->pairing.site.has_value());
  EXPECT_NEAR(std::get<pkpd::DelayHalfLife>(effect->delay).half_life.value.in(units::s), 11.0, 1e-9);
}

TEST(ReadEffect, RefusesWhatContradictsItself) {
  for (const Fault& fault :
       {Fault{R"("low": 0.2)", R"("low": 0.6)", "form.c50", "does not hold the value"},
        Fault{R"("low": 0.2, )", "", "form.c50", "stand together"},
        Fault{R"("interval": "range", )", "", "form.c50", "stand together"},
        Fault{R"("value": 0.56)", R"("value": 0)", "form.c50.value", "1e-09"},
        Fault{R"("value": 3.7)", R"("value": -1)", "form.gamma.value", "1e-09"},
        Fault{R"("mg/L")", R"("mg/dL")", "form.c50.unit", "not a unit allowed here"},
        Fault{R"("value": 0.9)", R"("value": 1.1)", "form.largest", "more than the whole baseline"},
        Fault{R"("value": 5, "unit": "points")", R"("value": 5, "unit": "%")", "form.baseline.unit",
              "'%' where 'points' is expected"},
        Fault{R"("label": "V"})", R"("label": "R"})", "pairing.label", "only recalled"},
        Fault{R"("models": ["m"])", R"("models": [])", "pairing", "nothing could be read"},
        Fault{R"("racemic-ketamine")", R"("unspecified")", "pairing.moiety", "not a moiety"},
        Fault{R"("sigmoid_emax")", R"("straight_line")", "form.kind", "'straight_line' is not known"},
        Fault{R"("value": 3.7, )", R"("value": 3.7, "low": 3, "high": 4, "interval": "range", )",
              "form.gamma.interval", "no interval is carried here"}})
    expect_fault(read_effect(changed(effect_text, fault.from, fault.to)), fault);
}

TEST(ReadEffect, TheUnitOfTheValueFitsTheForm) {
  const auto from = effect_text.find(R"("form")");
  const std::string half = effect_text.substr(0, from) + R"("form": {"kind": "half_maximal",
    "c50": {"value": 71, "unit": "ng/mL", "source": "s", "label": "V"}}, "caveats": []})";
  expect_fault(read_effect(half), {"", "", "unit", "'points' where this form gives 'C/C50'"});
  EXPECT_TRUE(read_effect(changed(half, R"("unit": "points")", R"("unit": "C/C50")")).has_value());
}

TEST(ReadEffect, AnAnchorRisesAndAShareHasTwoLevels) {
  const auto from = effect_text.find(R"("form")");
  const auto with = [&](const std::string& form) {
    return effect_text.substr(0, from) + R"("form": )" + form + R"(, "caveats": []})";
  };
  const std::string level = R"({"value": 50, "unit": "ng/mL", "source": "s", "label": "V"})";
  const std::string rise = R"({"value": 2, "unit": "points", "source": "s", "label": "V"})";
  const auto anchor = [&](const std::string& at_none) {
    return with(R"({"kind": "anchor", "at_none": )" + at_none + R"(, "level": )" + level +
                R"(, "at_level": )" + rise + "}");
  };
  EXPECT_TRUE(read_effect(anchor("1")).has_value());
  expect_fault(read_effect(anchor("2")), {"", "", "form", "not above what is seen without drug"});
  const std::string share =
      with(R"({"kind": "share_of_rise", "from": )" + level + R"(, "to": )" + level + "}");
  expect_fault(read_effect(share), {"", "", "form", "'from' is not below 'to'"});
}

TEST(ReadInteraction, TakesARatioWithItsInterval) {
  const auto interaction = read_interaction(interaction_text);
  ASSERT_TRUE(interaction.has_value()) << to_string(interaction.error().front());
  EXPECT_EQ(interaction->acts_on.value, pkpd::ActsOn::liver);
  ASSERT_EQ(interaction->observed.size(), 1U);
  EXPECT_EQ(interaction->observed[0].auc_ratio->value, 3.0);
  EXPECT_EQ(interaction->observed[0].auc_ratio->high(), 3.6);
  EXPECT_FALSE(interaction->observed[0].cmax_ratio.has_value());
}

TEST(ReadInteraction, RefusesWhatContradictsItself) {
  for (const Fault& fault :
       {Fault{R"("value": 3,)", R"("value": 0,)", "observed[0].auc_ratio.value", "1e-09"},
        Fault{R"("value": 3, "unit": "1")", R"("value": 3, "unit": "%")", "observed[0].auc_ratio.unit",
              "'%' where '1' is expected"},
        Fault{R"("liver")", R"("kidney")", "acts_on.value", "'kidney' is not known"},
        Fault{R"("liver")", R"("effect")", "observed", "changes no concentration"},
        Fault{R"("esketamine")", R"("ketamin")", "observed[0].dosed", "not a moiety"}})
    expect_fault(read_interaction(changed(interaction_text, fault.from, fault.to)), fault);
}

}  // namespace
}  // namespace evenkeel::content
